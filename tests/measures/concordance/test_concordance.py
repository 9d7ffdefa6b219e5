"""Keywords in context: every use, at its place, in the order asked for, and the words near it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures.concordance.collocates import collocates, log_likelihood
from dashboard.measures.concordance.concordance import concordance, dispersion, uses
from dashboard.measures.concordance.uses import SORTS, WIDTH
from dashboard.measures.trends.trends import trends
from dashboard.scope import Scope
from dashboard.text.hits import find_spans
from dashboard.text.query import parse_keyword
from dashboard.text.token_rule import tokenise

KEYWORDS = [
    "Hafen", "der Hafen", "Hafen*", "Streik OR Kai", "nirgends", "=hafen", "=Hafen",
    "Streik NEAR/3 Hafen", "der (Hafen OR Zug)",
]  # fmt: skip
SCOPES = [Scope(), Scope(query="Streik"), Scope(sources=("bote",)), Scope(undated=True)]


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Forty German articles of two sources and of none; words dealt at random, some by plan: the
    strike stands near the harbour, the town hall never does."""
    folder = tmp_path_factory.mktemp("harbour")
    dealt = np.random.default_rng(7)
    others = "Wind Regen Markt Schule Brücke Turm Garten Zug Fluss Wald Straße Amt".split()
    rows = []
    for i in range(40):
        words = [str(dealt.choice(others)) for _ in range(90)]
        if i % 2:
            words[10:10] = ["wegen", "Streik", "ruht", "der", "Hafen", "am", "Kai"]
            words[60:60] = ["der", "Hafen", "Streik", "dauert"]
            words += ["Hafenarbeiter", str(i)]
        elif i % 4:
            words[30:30] = ["Rathaus", "tagt"]
        cut = [" ".join(words[a : a + 12]) + "." for a in range(0, len(words), 12)]
        rows.append({
            "title": f"Bericht {i} aus dem Hafen", "source": ["Bote", "Kurier", ""][i % 3],
            "date": "" if i % 5 == 1 else f"2023-0{1 + i % 6}-{1 + i % 28:02d}",
            "text": "\n\n".join(cut),
        })  # fmt: skip
    pd.DataFrame(rows).to_csv(folder / "rows.csv", index=False)
    build_index([folder / "rows.csv"], folder / "index")
    return open_index(folder / "index")


def in_the_texts(index: Index, scope: Scope, keyword: str) -> set[tuple[str, int]]:
    """Passage and first character of every use, as reading all texts finds them."""
    found = set()
    for position in np.flatnonzero(scope.article_mask(index)).tolist():
        article_id = index.article_rows([position], ["article_id"])["article_id"].iloc[0]
        for number, text in enumerate(index.passages(position), 1):
            spans = find_spans(parse_keyword(keyword), text)
            found |= {(f"{article_id}-{number:03d}", start) for start, _ in spans}
    return found


def passage(index: Index, passage_id: str) -> str:
    article_id, _, number = passage_id.rpartition("-")
    position = index.position(article_id)
    assert position is not None
    return index.passages(position)[int(number) - 1]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("keyword", KEYWORDS)
def test_every_use_is_there_once(harbour: Index, scope: Scope, keyword: str) -> None:
    table = concordance(harbour, scope, [keyword])
    places = list(zip(table["passage_id"], table["start"], strict=True))
    assert len(set(places)) == len(places)
    assert set(places) == in_the_texts(harbour, scope, keyword)
    assert len(places) == trends(harbour, scope, [keyword])["count"].sum()
    for row in table.itertuples():
        text = passage(harbour, row.passage_id)
        assert text[row.start : row.start + len(row.hit)] == row.hit
        assert text.replace("\n", " ")[: row.start].endswith(row.left.removeprefix("…"))


@pytest.mark.parametrize("sort", SORTS)
def test_uses_in_order(harbour: Index, sort: str) -> None:
    table = concordance(harbour, Scope(), ["Hafen"], sort=sort)
    usual = concordance(harbour, Scope(), ["Hafen"])
    assert sorted(map(tuple, table.astype(str).to_numpy())) == sorted(
        map(tuple, usual.astype(str).to_numpy())
    )
    if sort in ("date", "source"):
        keys = ["￿" if pd.isna(value) else value.casefold() for value in table[sort]]
    else:
        keys = []
        for row in table.itertuples():
            text = passage(harbour, row.passage_id)
            side = text[: row.start] if sort[:4] == "left" else text[row.start + len(row.hit) :]
            words = [token.casefold() for token, _ in tokenise(side)]
            words = words[::-1] if sort[:4] == "left" else words
            n = int(sort[-1]) - 1
            padded = [*words[:3], "￿", "￿", "￿"][:3]
            keys.append(str([padded[n], *padded[:n], *padded[n + 1 :]]))
    assert keys == sorted(keys)
    assert len(set(keys)) > 1


def test_pages_make_up_the_whole(harbour: Index) -> None:
    whole = concordance(harbour, Scope(), ["Hafen"], sort="right1")
    pages = [
        concordance(harbour, Scope(), ["Hafen"], sort="right1", first=n, most=7)
        for n in range(0, len(whole) + 1, 7)
    ]
    pd.testing.assert_frame_equal(pd.concat(pages, ignore_index=True), whole)


@pytest.mark.parametrize("word", ["Streik", "Kai", "Wind", "Rathaus", "unbekannt"])
def test_only_near_a_word(harbour: Index, word: str) -> None:
    near = set()
    for row in concordance(harbour, Scope(), ["Hafen"]).itertuples():
        text = passage(harbour, row.passage_id)
        before = [t for t, _ in tokenise(text[: row.start])][-WIDTH:]
        behind = [t for t, _ in tokenise(text[row.start + len(row.hit) :])][:WIDTH]
        if word.casefold() in [*before, *behind]:
            near.add((row.passage_id, row.start))
    table = concordance(harbour, Scope(), ["Hafen"], word=word)
    assert set(zip(table["passage_id"], table["start"], strict=True)) == near
    assert bool(near) is (word not in ("Rathaus", "unbekannt"))
    assert uses(harbour, Scope(), ["Hafen"], word)["n_uses"].sum() == len(near)
    assert len(dispersion(harbour, Scope(), ["Hafen"], word)) == len(near)


def test_uses_by_source_add_up(harbour: Index) -> None:
    table = uses(harbour, Scope(), ["Hafen"]).set_index("source")
    by_hand = Counter(concordance(harbour, Scope(), ["Hafen"])["source"])
    assert table["n_uses"].to_dict() == dict(by_hand)
    assert table["n_articles"].sum() == harbour.n_articles
    assert table["n_words"].sum() == harbour.n_words
    assert (table["n_with"] <= table["n_articles"]).all()


def test_places_run_from_the_beginning_to_the_end(harbour: Index) -> None:
    table = dispersion(harbour, Scope(), ["Hafen*"])
    assert table["place"].between(0, 1).all()
    last = table.groupby("article_id")["place"].max()
    assert (last > 0.9).all()  # the workers come last
    assert table["period"].isna().sum() == table["date"].isna().sum() > 0


def test_what_stands_near_is_found_and_what_never_does_is_not(harbour: Index) -> None:
    table = collocates(harbour, Scope(), ["Hafen"]).set_index("word")
    assert table.index[0] == "Streik"
    assert table.loc["Streik", "n_near"] == 40
    assert table.loc["Streik", "n_near_articles"] == table.loc["Streik", "n_both"] == 20
    assert table.loc["Streik", "log_dice"] == pytest.approx(14)
    assert table.loc["Streik", "q"] < 1e-6 < 0.05 < table.loc["Wind", "q"]
    assert "Rathaus" not in table.index
    assert collocates(harbour, Scope(), ["nirgends"]).empty


def test_log_likelihood_is_that_of_the_table() -> None:
    # Dunning's G² of [[10, 20], [30, 40]] by hand: 2 Σ O ln(O/E).
    seen = np.asarray([[10, 20], [30, 40]])
    expected = seen.sum(1, keepdims=True) * seen.sum(0) / 100
    g = 2 * (seen * np.log(seen / expected)).sum()
    assert log_likelihood(np.asarray([10]), 30, np.asarray([40]), 100)[0] == pytest.approx(-g)
    assert log_likelihood(np.asarray([30]), 30, np.asarray([30]), 30)[0] == 0
    assert log_likelihood(np.zeros(0, np.int64), 0, np.zeros(0, np.int64), 0).shape == (0,)
