"""The demo: every page opens on it and says that it is generated; a button brings it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cli import main
from dashboard.library.corpora import UserCorpus, find_corpus
from dashboard.places import DEMO, DEMO_NAME, SITE
from dashboard.ui.corpus import bring
from dashboard.ui.frame import GENERATED
from tests.pages.conftest import PAGES

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def corpora(corpora: dict[str, Path]) -> dict[str, Path]:
    return {**corpora, "demo": DEMO}


def notices(app: AppTest) -> str:
    return " ".join(info.value.replace("\\", "") for info in app.info)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_and_says_that_it_is_generated(open_page: Open, page: str) -> None:
    app = open_page(page, "demo")
    assert not app.exception
    assert len(app.title) == 1
    assert GENERATED in notices(app)


def test_a_button_brings_it_as_a_corpus_of_ones_own(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[UserCorpus] = []
    monkeypatch.setattr(bring, "start_build", started.append)
    app = open_page("corpus")
    assert GENERATED not in notices(app)
    app.button(key="open-demo").click().run()
    assert not app.exception
    (corpus,) = started
    assert find_corpus(corpus.token) == corpus
    assert corpus.name == DEMO_NAME
    assert [(f.name, f.read_bytes()) for f in corpus.files] == [
        (f.name, f.read_bytes()) for f in DEMO.iterdir()
    ]
    assert main(["build", str(corpus.folder / "files"), "--out", str(corpus.index)]) == 0
    app = open_page("corpus", corpus_token=corpus.token)
    assert not app.exception
    assert GENERATED in notices(app)
    assert "generated" in app.title[0].value
    assert not [b for b in app.button if b.key == "open-demo"]


def test_the_command_opens_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("runpy.run_module", lambda *_, **__: started.append([*sys.argv]))
    monkeypatch.setattr("sys.argv", ["newsprism"])
    assert main(["demo", "--port", "8600"]) == 0
    options = ["--server.address=localhost", "--server.port=8600"]
    assert started == [["streamlit", "run", str(SITE / "app.py"), *options, "--", str(DEMO)]]
    assert "generated, not news" in capfd.readouterr().err
