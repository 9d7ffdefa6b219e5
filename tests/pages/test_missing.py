"""Missing is missing: what a file doesn't say is neither drawn nor exported as "nan"."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.corpus.importing.read import read_corpus
from dashboard.index.building.build import build_index
from dashboard.index.index import open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.ui.text import html, md, plain
from tests.pages.conftest import VIEWS

SAID = ("nan", "NaN", "None", "NULL", "N/A", "#N/A", "<NA>", "undefined", "(blank)", "–", "n/a", "")
WRITTEN = re.compile(r"\b(?:nan|NaN|None|NaT|NULL|N/A|undefined)\b|<NA>")
BODY = (
    "El puerto cerró el martes porque los estibadores votaron por la huelga, dijo el sindicato. "
    "La autoridad portuaria calificó la votación de error y pidió más tiempo. Veinte barcos {} "
    "esperan fuera de la bahía, y dos navieras ya han desviado su carga hacia otros puertos."
)


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles that say of each field, in some way, that there is nothing to say."""
    path = tmp_path_factory.mktemp("nameless") / "huelga.jsonl"
    rows: list[dict[str, Any]] = [
        {
            "titular": said,
            "medio": said,
            "autor": said,
            "enlace": said,
            "fecha": said,
            "texto": BODY.format(i),
        }
        for i, said in enumerate(SAID)
    ]
    rows += [{"texto": BODY.format("más")}, {"titular": None, "texto": BODY.format("menos")}]
    rows += [{"titular": "La huelga", "fecha": "2023-05-04", "texto": BODY.format("solos")}]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def index(nameless: Path) -> Any:
    out = nameless.parent / "index"
    build_index([nameless], out)
    return open_index(out)


def test_no_field_of_an_article_is_a_word_for_nothing(nameless: Path) -> None:
    articles = read_corpus([nameless]).articles
    assert len(articles) == len(SAID) + 3
    for article in articles[: len(SAID) + 2]:
        assert {name: f.value for name, f in article.fields.items() if f.value} == {}


def test_a_text_that_only_says_nothing_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Überschrift,Volltext\nHafen,nan\nSteg,NULL\n", "utf-8")
    [entry] = read_corpus([tmp_path / "a.csv"]).report.files
    assert (entry.kept, entry.quarantined) == (0, 2)
    assert all("empty text" in problem.reason for problem in entry.problems)


@pytest.mark.parametrize("value", ["Nanking", "None of them came", "NA-2 highway", "0", "N", "A"])
def test_a_value_that_begins_like_one_for_nothing_stays(tmp_path: Path, value: str) -> None:
    (tmp_path / "a.csv").write_text(f'title,text\n"{value}","{BODY}"\n', "utf-8")
    [article] = read_corpus([tmp_path / "a.csv"]).articles
    assert article.fields["title"].value == value


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_table_writes_a_word_for_nothing(index: Any, name: str) -> None:
    table = TABLES[name](index, Scope())
    for column in table.select_dtypes(exclude=["number", "bool"]):
        values = table[column].dropna().map(str)
        assert not [v for v in values if WRITTEN.fullmatch(v.strip())], column


@pytest.mark.parametrize("sink", [plain, md, html])
@pytest.mark.parametrize("value", [None, float("nan"), pd.NaT])
def test_a_missing_value_is_drawn_as_nothing(sink: Callable[[object], str], value: object) -> None:
    assert sink(value) == ""


@pytest.mark.parametrize("corpus", ["nameless", "seeds"])
@pytest.mark.parametrize("page", ["corpus", *VIEWS])
def test_no_page_draws_a_word_for_nothing(
    open_page: Callable[..., AppTest],
    corpora: dict[str, Path],
    nameless: Path,
    page: str,
    corpus: str,
) -> None:
    corpora["nameless"] = nameless
    app = open_page(page, corpus)
    assert not app.exception
    assert words_of(app)
    assert [text for text in words_of(app) if WRITTEN.search(text)] == []


@pytest.mark.parametrize("corpus", ["nameless", "seeds"])
def test_the_reader_says_unknown_in_one_way(
    open_page: Callable[..., AppTest],
    corpora: dict[str, Path],
    nameless: Path,
    seeds_index: Any,
    index: Any,
    corpus: str,
) -> None:
    corpora["nameless"] = nameless
    opened = seeds_index if corpus == "seeds" else index
    for article_id in TABLES["articles"](opened, Scope())["article_id"][:3]:
        app = open_page("articles", corpus)
        app.query_params["article"] = article_id
        app.run()
        assert not app.exception
        assert [text for text in words_of(app) if WRITTEN.search(text)] == []
        fields = opened.record(opened.position(article_id)).fields
        names = ("source", "original_source", "date", "authors", "url")
        unknown = sum(fields[name].basis == "unknown" for name in names)
        drawn = [m.value for m in app.markdown if m.value == ":gray-badge[unknown]"]
        assert len(drawn) == unknown


def words_of(app: AppTest) -> list[str]:
    """What a page draws in words."""
    kinds = (app.markdown, app.caption, app.title, app.header, app.info, app.text)
    texts = [str(element.value) for kind in kinds for element in kind]
    return texts + [button.label for button in app.button]
