"""Pages run by Streamlit's AppTest on small corpora."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cli import main
from dashboard.library import indexes

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(p.stem for p in (ROOT / "dashboard" / "pages").glob("[!_]*.py"))
VIEWS = [page for page in PAGES if page != "corpus"]  # of what is selected
STORY = (
    "Harbour strike enters third week\n\nBy Jane Doe\n\nDockers in the harbour voted on Tuesday to "
    "go on with their strike, the union said. The port authority called the vote a mistake.\n\n"
    "The strike began on 3 March 2024 over pay. Ships wait outside the harbour, and two shipping "
    "lines have moved their cargo to other ports, according to the port authority."
)


@pytest.fixture(scope="module", autouse=True)  # other packages' tests may share the process
def _builds_here() -> Iterator[None]:
    """What the app builds is built in this process, which has loaded what that takes; tests of the
    library and in a browser look at the process of its own."""

    def build(child: indexes.Command, _out: Path) -> None:
        assert main(child[0][3:]) == 0  # after "python -m dashboard"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexes, "_run_in_child", build)
        yield


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """No article, one article, the seeds, and texts that would do harm if they were not text."""
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "empty").mkdir()
    (folder / "one").mkdir()
    (folder / "one" / "strike.txt").write_text(STORY, encoding="utf-8")
    hostile = folder / "hostile"
    for i, source in enumerate(("![x](http://x.test/a.png)", "<b>$5 and $6</b> :red[x]")):
        (hostile / source.replace("/", "∕")).mkdir(parents=True)
        text = f"<script>alert({i})</script> {source}\n\n{STORY} Extra {i}."
        (hostile / source.replace("/", "∕") / f"{i}.txt").write_text(text, encoding="utf-8")
    return {
        "empty": folder / "empty",
        "one": folder / "one",
        "seeds": ROOT / "seeds",
        "hostile": hostile,
    }


def list_rows(app: AppTest, key: str) -> list[dict[str, Any]]:
    """The rows of a list of articles or passages."""
    lists = [e.proto for e in app.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    assert len(lists) == 1, key
    rows: list[dict[str, Any]] = json.loads(lists[0].json)["rows"]
    return rows


@pytest.fixture
def open_page(corpora: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Runs a page of the app on a corpus, with the parameters of a link."""

    def run(page: str, corpus: str = "seeds", **params: str) -> AppTest:
        monkeypatch.setenv("NEWSPRISM_CORPUS", str(corpora[corpus]))
        monkeypatch.setattr("sys.argv", ["app.py"])
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
        for name, value in params.items():
            app.query_params["corpus" if name == "corpus_token" else name] = value
        if page != "overview":  # at once, as a link opens it: nothing is drawn before
            app.switch_page(f"dashboard/pages/{page}.py")
        return app.run()

    return run
