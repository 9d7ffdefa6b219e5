"""Notes made on the page that reads an article, and read-only where the corpus is shared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.index.building.build import build_index
from dashboard.index.building.notes import add_note
from dashboard.index.index import open_index
from dashboard.index.layers.by_hand import notes_in
from dashboard.library.corpora import create_corpus
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.pages.conftest import STORY, list_rows

Open = Callable[..., AppTest]


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_a_note_is_made_found_and_removed(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "cache"))
    corpus = create_corpus("Strikes")
    corpus.add([("strike.txt", STORY.encode()), ("other.txt", b"Fog\n\nThere was fog at dawn.")])
    build_index([corpus.folder / "files"], corpus.index)
    index = open_index(corpus.index)
    rows = index.article_rows(np.arange(2), ["article_id", "file"])
    article_id = rows[rows["file"] == "strike.txt"]["article_id"].iloc[0]
    other = rows[rows["file"] == "other.txt"]["article_id"].iloc[0]
    first = add_note(corpus.index, article_id=other, label="pay dispute", note="", by="", passage=0)
    app = open_page("articles", corpus_token=corpus.token, article=article_id)
    app.selectbox(key="note_label").select("pay dispute")
    app.text_area(key="note_text").input("who says [so](http://x.test)?")
    app.text_input(key="note_by").input("rk")
    press(app, "Add")
    assert not app.exception
    own = notes_in(open_index(corpus.index).manifest)  # both of one second
    (made,) = (note for note in own if note.article_id == article_id)
    assert (made.label, made.by, made.passage) == ("pay dispute", "rk", 0)
    kept = json.loads(corpus.corrections.read_text())["notes"]
    assert set(kept) == {first, made.note_id}
    assert any("pay dispute" in each.value for each in app.markdown)
    assert not any("[so](" in each.value for each in app.markdown)
    found = open_page("articles", corpus_token=corpus.token, q="label:pay")
    listed = list_rows(found, "article-list")
    assert {row["open"][0] for row in listed} == {article_id, other}
    assert all("labelled pay dispute" in str(row) for row in listed)
    assert TABLES["notes"](open_index(corpus.index), Scope())["source"].isna().all()
    press(open_page("articles", corpus_token=corpus.token, article=article_id), "Remove")
    assert [n.article_id for n in notes_in(open_index(corpus.index).manifest)] == [other]
    assert list(json.loads(corpus.corrections.read_text())["notes"]) == [first]


def test_a_shared_corpus_says_that_notes_need_one_of_your_own(open_page: Open) -> None:
    (row, *_) = list_rows(open_page("articles"), "article-list")
    app = open_page("articles", article=row["open"][0])
    assert any("In a corpus of your own you can make some" in c.value for c in app.caption)
    assert not [button for button in app.button if button.label == "Add"]
