"""When articles are from, on the Overview."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import coverage
from tests.drawn import figures, heads

Open = Callable[..., AppTest]


@pytest.fixture
def corpora(tmp_path: Path, corpora: dict[str, Path]) -> dict[str, Path]:
    undated = tmp_path / "undated"
    undated.mkdir()
    for name in ("harbour", "rail"):
        text = f"The {name} strike goes on\n\nWorkers of the {name} want more pay, they say. " * 3
        (undated / f"{name}.txt").write_text(text, encoding="utf-8")
    return {**corpora, "undated": undated}


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "MAX_MARKS", 1)


def captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


def charts(app: AppTest) -> dict[str, dict[str, Any]]:
    return {head["key"]: chart for head, chart in zip(heads(app), figures(app), strict=True)}


def test_many_articles_are_counted_by_source(open_page: Open) -> None:
    app = open_page("overview")
    assert "Articles per day, by source. Click a bar" in captions(app)
    chart = charts(app)["coverage"]
    assert len(chart["data"]) == 5
    keys = [text.value for text in app.markdown if "marks/light-1" in text.value]
    assert any(all(trace["name"] in key for trace in chart["data"]) for key in keys)


def test_where_nothing_is_dated_no_empty_chart_asks_for_a_click(open_page: Open) -> None:
    app = open_page("overview", "undated")
    assert "all 2 articles are undated" in captions(app)
    assert "drag over several" not in captions(app)
    assert "coverage" not in charts(app)
