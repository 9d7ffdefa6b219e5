"""Corrections: applied by content, shown as given, kept when files are read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.corpus.corrections import Corrections, read_corrections
from dashboard.corpus.importing.read import read_corpus

TEXT = (
    "Harbour strike goes on\n\nMore News\n\nDockers voted on Tuesday to go on with their strike, "
    "the union said, and the port authority called the vote a mistake for the whole town.\n"
)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_fields_are_given_and_hold_under_another_name(text: Path) -> None:
    article = read_corpus([text]).articles[0]
    said = Corrections({article.article_id: {"source": "Port News", "date": "2024-03-05"}})
    text.rename(text.with_name("renamed.txt"))
    again = read_corpus([text.with_name("renamed.txt")], said).articles[0]
    assert again.article_id == article.article_id
    assert (again.fields["source"].value, again.fields["source"].basis) == ("Port News", "given")
    assert again.fields["date"].value == "2024-03-05"


def test_a_value_can_be_set_to_unknown(text: Path) -> None:
    article = read_corpus([text]).articles[0]
    again = read_corpus([text], Corrections({article.article_id: {"title": ""}})).articles[0]
    assert (again.fields["title"].value, again.fields["title"].basis) == (None, "unknown")


def test_lines_come_back_into_the_text(text: Path) -> None:
    article = read_corpus([text]).articles[0]
    aside = next(line for line in article.lines if line.text == "More News")
    assert aside.label != "keep"
    again = read_corpus([text], Corrections(lines={article.article_id: [aside.number]})).articles[0]
    assert "More News" in again.paragraphs


def test_the_language_is_that_of_the_lines_that_came_back(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    aside = "Subscribe to continue reading\nThank you for subscribing\nSign in to continue\n"
    path.write_text(f"The strike goes on.\n{aside}", encoding="utf-8")
    (article,) = read_corpus([path]).articles
    assert article.language == "unknown"
    back = Corrections(lines={article.article_id: [2, 3, 4]})
    assert read_corpus([path], back).articles[0].language == "en"


def test_sources_are_renamed_everywhere(text: Path) -> None:
    again = read_corpus([text], Corrections(sources={"": "Port News"})).articles[0]
    assert again.fields["source"].value == "Port News"


def test_round_trip_and_what_does_not_fit_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    assert read_corrections(path) == Corrections()
    data = {
        "articles": {"a": {"title": "T", "date": "yesterday", "url": "x"}, "b": 3},
        "lines": {"a": [1, "x"], "b": "no"},
        "sources": {"NYT": "New York Times", "x": ""},
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    found = read_corrections(path)
    assert found.articles == {"a": {"title": "T"}}
    assert found.lines == {"a": [1]}
    assert found.sources == {"NYT": "New York Times"}
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="not a corrections file"):
        read_corrections(path)
