"""Families on the Corpus page: shown, corrected, kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.corpus.corrections import read_corrections
from dashboard.index.index import open_index
from dashboard.library.corpora import create_corpus
from dashboard.ui.corpus import families
from dashboard.ui.frame import View
from tests.index.test_families import ROWS
from tests.index.test_families import build as build_rows

Open = Callable[..., AppTest]


def test_a_family_is_corrected_and_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Open
) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path))
    corpus = create_corpus("Casas")
    build_rows(corpus.folder, ROWS)
    app = open_page("corpus", corpus_token=corpus.token)
    assert not app.exception
    assert "Families of sources" in [header.value for header in app.header]
    assert any("7 sources, 5 families" in caption.value for caption in app.caption)
    assert "Columns of your own" in [header.value for header in app.header]
    next(b for b in app.button if b.label == "Save families").click().run()
    said = [each.value for each in (*app.toast, *app.info, *app.warning)]
    assert any("no cell was edited" in each for each in said)

    shown = pd.DataFrame({"source": ["Ana Blog", "Rui Blog"], "family": "x"})
    edits = {"edited_rows": {0: {"family": " Blogs "}, 1: {"family": None}}}
    monkeypatch.setattr("dashboard.ui.state.widget", lambda key: edits)
    said = []
    monkeypatch.setattr("dashboard.ui.state.say", said.append)
    index = open_index(corpus.index)
    view = View.__new__(View)
    object.__setattr__(view, "index", index)
    object.__setattr__(view, "corpus", corpus)
    families._save(view, shown)
    assert said == ["Saved the family of 2 sources."]
    assert read_corrections(corpus.corrections).families == {"Ana Blog": "Blogs", "Rui Blog": ""}
    assert open_index(corpus.index).manifest["families"]["Ana Blog"] == "Blogs"


def test_families_found_by_domain_are_no_column_of_your_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Open
) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path))
    corpus = create_corpus("Casas")
    build_rows(corpus.folder, [row for row in ROWS if not row[2]])
    headers = [each.value for each in open_page("corpus", corpus_token=corpus.token).header]
    assert "Families of sources" in headers
    assert "Columns of your own" not in headers
