"""How to cite and reproduce a page, and what is taken along from it."""

from __future__ import annotations

import shlex
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.formats.bundles import BUNDLES
from dashboard.formats.tables import TABLE_FORMATS
from dashboard.ui import state


def opened(app: AppTest, key: str) -> AppTest:
    app.session_state[key] = True
    return app.run()


def test_a_page_says_how_to_cite_and_reproduce_it(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "page_here", lambda: "trends")  # AppTest has no address
    app = opened(open_page("trends", q="trade", src="nikkei-asia", kw="oil~no limits"), "cite")
    assert not app.exception
    link, command, entry = [element.value for element in app.code]
    assert "q=trade" in link
    assert "corpus=" in link
    assert shlex.split(command) == [
        "python", "-m", "dashboard", "export", "INDEX", "trends_together", "--keyword=oil",
        "--keyword=no limits", "--source=nikkei-asia", "--query=trade",
    ]  # fmt: skip
    assert entry.startswith("@misc{newsprism-")
    assert "with “trade”" in entry


def test_a_scope_is_offered_in_every_kind_of_file(open_page: Callable[..., AppTest]) -> None:
    app = opened(open_page("topics"), "export")
    assert not app.exception
    labels = [element.proto.label for element in app.get("download_button")]
    assert [bundle.label for bundle in BUNDLES.values()] == [
        label for label in labels if label in {b.label for b in BUNDLES.values()}
    ]


def test_a_table_is_offered_in_every_kind_of_file(open_page: Callable[..., AppTest]) -> None:
    app = opened(open_page("topics"), "topics-popover")
    assert not app.exception
    labels = [element.proto.label for element in app.get("download_button")]
    kinds = [kind.label for kind in TABLE_FORMATS.values()]
    assert labels == ["Download CSV", *kinds[1:]]
