"""The timeline page: entries with their sentences, one period alone, and where nothing is dated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import list_rows

Open = Callable[..., AppTest]


def test_entries_stand_by_date_with_their_words_marked(open_page: Open) -> None:
    app = open_page("timeline")
    assert not app.exception
    past, ahead = list_rows(app, "timeline-past"), list_rows(app, "timeline-ahead")
    assert [row["when"] for row in past if row["when"]][:3] == ["Feb 2022", "2023", "Sep 2023"]
    assert [row["when"] for row in ahead] == ["Jun 2024", "Jul 2024"]
    for row in past + ahead:
        assert [marked for _, marked in row["text"]] == [False, True, False]
        assert len(row["open"]) == 2
    assert [row["kind"] for row in past].count("2 sources") == 2


def test_what_is_only_alleged_is_marked(
    open_page: Open, corpora: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        ("Echo", "The clerk is accused of selling the harbour seal to a smuggler in 2009."),
        ("Post", "The mayor of Marrow opened the new harbour in the rain in June 2012."),
    ]
    lines = [
        "source,date,title,text",
        *(f"{s},2020-03-0{i},T,{t}" for i, (s, t) in enumerate(rows, 1)),
    ]
    (tmp_path / "clerk.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setitem(corpora, "clerk", tmp_path)
    past = list_rows(open_page("timeline", "clerk"), "timeline-past")
    assert [row["kind"] for row in past] == ["alleged", ""]
    assert ["only alleged" in row["by"]["facts"] for row in past] == [True, False]


def test_one_period_alone_and_the_way_back(open_page: Open) -> None:
    app = open_page("timeline", when="2023-10")
    days = [row["when"] for row in list_rows(app, "timeline-past") if row["when"]]
    assert days == ["Oct 2023", "23 Oct 2023"]
    app.button(key="np-when").click().run()
    assert len(list_rows(app, "timeline-past")) > 10


def test_a_period_that_is_none_is_named_and_left_out(open_page: Open) -> None:
    app = open_page("timeline", when="soon")
    assert "is not a year or a month" in " ".join(info.value for info in app.info)
    assert len(list_rows(app, "timeline-past")) > 10


def test_a_text_without_dates_says_so(
    open_page: Open, corpora: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "A quiet town\n\nNobody in the town can say when it rained, and nobody minds."
    (tmp_path / "town.txt").write_text(text, encoding="utf-8")
    monkeypatch.setitem(corpora, "town", tmp_path)
    app = open_page("timeline", "town")
    assert not app.exception
    assert [title.value for title in app.title] == ["Nothing is dated here"]
