"""A page whose index lacks a layer says so, and has it made where the app keeps the index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.index.building.build import build_index
from dashboard.index.index import open_index
from dashboard.index.layers import registry
from dashboard.library import jobs
from dashboard.library.corpora import create_corpus
from dashboard.places import cache_folder, input_id
from dashboard.ui import coverage
from dashboard.ui.missing import layers
from tests.pages.conftest import STORY
from tests.pages.test_missing import words_of

ADDED = "The sentences are here"


@pytest.fixture(autouse=True)
def _page_of_sentences(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A section of the overview that needs a layer."""

    def show(view: Any) -> None:
        assert len(view.measure("sentences")) > 0
        st.caption(ADDED)

    monkeypatch.setattr(coverage, "coverage", show)
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "cache"))
    layers._tried.clear()


@pytest.fixture
def old_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Path], Path]:
    """Builds an index as a version did that knew no layers, from one article in ``files``."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "strike.txt").write_text(STORY, encoding="utf-8")

    def build(out: Path) -> Path:
        with monkeypatch.context() as patch:
            patch.setattr(registry, "LAYERS", ())
            build_index([tmp_path / "files"], out)
        assert not open_index(out).layer_versions
        return out

    return build


def test_an_index_that_was_opened_as_it_is_says_who_can_add_it(
    old_index: Callable[[Path], Path],
    corpora: dict[str, Path],
    open_page: Callable[..., AppTest],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    corpora["old"] = old_index(tmp_path / "index")
    app = open_page("overview", "old")
    assert not app.exception
    words = " ".join(words_of(app))
    assert "Not in this index yet" in words
    assert "“copies”" in words  # which the page asks for first
    assert ADDED not in words
    assert not [said for said in (str(tmp_path), "build", "update") if said in words]
    assert f"build --out {tmp_path / 'index'} --update" in capsys.readouterr().err
    assert not open_index(tmp_path / "index").layer_versions  # the user's: never changed


def test_an_index_that_the_app_keeps_gets_it(
    old_index: Callable[[Path], Path],
    corpora: dict[str, Path],
    open_page: Callable[..., AppTest],
    tmp_path: Path,
) -> None:
    corpora["old"] = tmp_path / "files"
    out = old_index(cache_folder() / input_id([corpora["old"]]))
    app = open_page("overview", "old")
    assert not app.exception
    assert ADDED in words_of(app)
    assert open_index(out).layer_versions == registry.current_versions()


def test_an_uploaded_corpus_gets_it_while_other_pages_stay_open(
    old_index: Callable[[Path], Path], open_page: Callable[..., AppTest], tmp_path: Path
) -> None:
    corpus = create_corpus("Strike")
    corpus.add([("strike.txt", STORY.encode())])
    old_index(corpus.index)
    app = open_page("overview", corpus_token=corpus.token)
    assert not app.exception
    words = " ".join(words_of(app))
    assert "Bringing the index up to date" in words
    assert "“copies”" in words  # which the page asks for first
    assert not [said for said in (str(tmp_path), "build --", "--update") if said in words]
    process = jobs._running[corpus.token]
    app.switch_page("dashboard/pages/articles.py").run()
    assert not app.exception
    assert "1 article" in words_of(app)
    assert process.wait(300) == 0
    app.switch_page("dashboard/pages/overview.py").run()
    assert not app.exception
    assert ADDED in words_of(app)
    assert open_index(corpus.index).layer_versions == registry.current_versions()


def test_an_update_that_does_not_help_is_not_tried_again(
    old_index: Callable[[Path], Path],
    open_page: Callable[..., AppTest],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = create_corpus("Strike")
    corpus.add([("strike.txt", STORY.encode())])
    old_index(corpus.index)
    started = []
    monkeypatch.setattr(layers, "start_update", started.append)
    app = open_page("overview", corpus_token=corpus.token)
    app.run()
    assert not app.exception
    assert len(started) == 1
    assert [e.value for e in app.error] == ["This did not work. Read the articles again instead."]
    assert "Read the articles again" in [button.label for button in app.button]
