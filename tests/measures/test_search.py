"""Search: fields, expressions, copies and stories listed once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures.search import n_found, respelt, respelt_keyword, search, why_unused
from dashboard.scope import Scope
from dashboard.text.query import UnreadableQuery, parse_query


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Spanish articles: one report that three papers print, and others."""
    folder = tmp_path_factory.mktemp("ferries")
    report = (
        "El transbordador de la isla encalló el lunes junto al faro viejo con cuarenta pasajeros a "
        "bordo, según confirmó la capitanía del puerto. Nadie resultó herido y los viajeros "
        "fueron trasladados al muelle en botes de los pescadores durante toda la tarde. "
    )
    other = (
        "La alcaldesa presentó {} el nuevo plan del mercado central, que costará seis millones y "
        "ocupará tres años de obras en la plaza. Los vendedores de {} piden más tiempo y menos "
        "ruido, y la oposición quiere conocer los contratos antes de votar en el pleno de {}. "
    )
    sources = ["El Faro", "La Voz del Norte", "Diario Sur", ""]
    rows = [
        {"title": f"Encalla un transbordador {i}", "source": sources[i], "author": "Ana Ruiz",
         "date": f"2022-03-0{i + 1}", "text": report + f"Fue el caso número {i}."}
        for i in range(3)
    ]  # fmt: skip
    places = "enero pescado mayo fruta junio flores".split()
    rows += [
        {"title": ["Mercado", "Faro nuevo"][i % 2], "source": sources[i % 4],
         "author": "" if i % 2 else "Luis Faro", "date": f"2022-04-0{i + 1}",
         "text": other.format(*(places[(i * step) % 6] for step in (1, 5, 3))) + f"Parte {i}."}
        for i in range(6)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(folder / "rows.csv", index=False)
    build_index([folder / "rows.csv"], folder / "index")
    return open_index(folder / "index")


def titles(index: Index, query: str) -> list[str]:
    positions = np.flatnonzero(Scope(query=query).article_mask(index))
    return sorted(index.article_rows(positions, ["title"])["title"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("title:faro", ["Faro nuevo"] * 3),
        ("source:faro", ["Encalla un transbordador 0", "Mercado", "Mercado"]),
        ('source:"voz del norte"', ["Encalla un transbordador 1", "Faro nuevo", "Faro nuevo"]),
        ("author:faro", ["Mercado"] * 3),
        ("author:RUIZ -source:sur", ["Encalla un transbordador 0", "Encalla un transbordador 1"]),
        ("title:mercado OR author:ana", [*(f"Encalla un transbordador {i}" for i in range(3)),
                                         *["Mercado"] * 3]),
        (r"/transbord\w+/ author:/r.iz/ title:2", ["Encalla un transbordador 2"]),
        ("title:/mer.*/", ["Mercado"] * 3),
    ],
)  # fmt: skip
def test_a_field_is_searched_alone(ferries: Index, query: str, found: list[str]) -> None:
    assert titles(ferries, query) == found


@pytest.mark.parametrize("query", ["source:(a OR b)", "faro NEAR/3 title:a", "=title:a"])
def test_a_field_stands_before_one_word(query: str) -> None:
    with pytest.raises(UnreadableQuery):
        parse_query(query)


def test_an_expression_finds_what_its_words_do(ferries: Index) -> None:
    mask = Scope(query="/mercad.|fa.o/").article_mask(ferries)
    assert (mask == Scope(query="mercado OR faro").article_mask(ferries)).all()
    pd.testing.assert_frame_equal(
        search(ferries, Scope(query="/transbordador/")),
        search(ferries, Scope(query="transbordador")),
    )


def test_copies_are_listed_once_with_their_number(ferries: Index) -> None:
    scope = Scope(query="transbordador OR mercado")
    every = search(ferries, scope)
    assert len(every) == n_found(ferries, scope) == 9
    copies = every[every["title"].str.startswith("Encalla")]
    assert copies["n_copies"].tolist() == [2, 2, 2]
    once = search(ferries, scope, once="copies")
    assert once["title"].str.startswith("Encalla").sum() == 1
    assert len(once) == n_found(ferries, scope, "copies") < 9
    assert once["rank"].tolist() == list(range(1, len(once) + 1))
    # The first of each group, in the same order as before.
    kept = every[every["article_id"].isin(once["article_id"])]
    assert kept["article_id"].tolist() == once["article_id"].tolist()
    part = search(ferries, scope, first=1, most=2, once="copies")
    pd.testing.assert_frame_equal(part, once[1:3].reset_index(drop=True))


def test_only_articles_in_scope_are_counted_as_copies(ferries: Index) -> None:
    first = search(ferries, Scope(query='transbordador source:"el faro"'))
    assert first["n_copies"].tolist() == [0]


def test_stories_are_listed_once(ferries: Index) -> None:
    scope = Scope(query="transbordador")
    once = search(ferries, scope, once="story")
    assert len(once) == n_found(ferries, scope, "story") == 1
    assert once["n_story"].tolist() == [2]


def test_why_a_keyword_is_not_used(seeds_index: Index) -> None:
    assert why_unused(seeds_index, "Mishustin") == (
        "1 article of the corpus uses it, none of them in view."
    )
    assert why_unused(seeds_index, "qqqqzzzz") == "No article of the corpus uses it."
    assert respelt_keyword(seeds_index, "sanctoins") == [("sanctions", 4)]
    assert respelt_keyword(seeds_index, "qqqqzzzz") == []
    with pytest.raises(UnreadableQuery):
        why_unused(seeds_index, "(")


def test_a_query_is_respelt_word_by_word(seeds_index: Index) -> None:
    assert respelt(seeds_index, '"Belt and Raod"')[0] == ('"Belt and road"', 2)
    assert respelt(seeds_index, "Putin") == []
    # Two slips: no single word helps.
    assert respelt(seeds_index, '"Blet and Raod"')[0] == ('"belt and road"', 2)
    assert respelt_keyword(seeds_index, "Blet and Raod")[0] == ("belt and road", 2)
    assert respelt(seeds_index, "qqqqzzzz zzzzqqqq") == []
    assert respelt_keyword(seeds_index, "sanctoins OR trede")[0][0].startswith("sanctions OR")
