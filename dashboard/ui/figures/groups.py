"""Groups of figures, each side's sentence beside the other's."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.index.counts.story_labels import story_labels, story_position
from dashboard.measures.figures.figures import ASKED, FigureCounts
from dashboard.measures.figures.grouping import LEAST_CONFIDENCE
from dashboard.ui import articles, tables, widgets
from dashboard.ui.components.rows import Segments
from dashboard.ui.frame import View
from dashboard.ui.text import md, plain
from dashboard.wording import capital, count, show_day

#: Status → what a reader is told, and the colour of its badge.
SAID = {
    "agree": ("agree", "green"),
    "close": ("close", "blue"),
    "different figures, check": ("different figures, check", "orange"),
    "later figure": ("later figure", "gray"),
    "same wording": ("same wording", "gray"),
}
_MOST_LETTERS = 420  # of a sentence
_MOST_SIDES = 8  # of a group


def status_picker(counts: FigureCounts) -> tuple[str, int]:
    """Which groups are listed, "" for all, and how many they are; there is a choice where groups
    have several statuses."""
    there = {word: n for word, status in ASKED.items() if (n := counts.by_status[status])}
    if len(there) < 2:
        return "", counts.groups
    named = {word: f"{capital(SAID[ASKED[word]][0])} {n:,}" for word, n in there.items()}
    asked = widgets.picked("status", {"all": f"All {counts.groups:,}", **named}, "Which figures")
    return ("", counts.groups) if asked == "all" else (asked, there[asked])


def groups(view: View, found: pd.DataFrame) -> None:
    """The groups of ``figure_groups``, under the headlines of their stories."""
    ids = list(dict.fromkeys(found["story_id"]))
    stories = {i: story_position(view.index, i) for i in ids}
    positions = tuple(sorted(p for p in stories.values() if p is not None))
    labels = story_labels(view.index, positions)
    last = ""
    by_group = groupby(tables.rows_of(found), key=attrgetter("group_id"))
    for number, (_, rows) in enumerate(by_group):
        sides = list(rows)
        story = sides[0].story_id
        if story != last:
            place = stories[story]
            label = labels.get(place) if place is not None else None
            st.header(md(plain(label, 160) or "A story without a headline"), anchor=False)
            last = story
        _group(view, sides, number)


def _group(view: View, sides: list[Any], number: int) -> None:
    said, colour = SAID[sides[0].status]
    n_sources, n_voices = len({row.source_id for row in sides}), sides[0].n_sources
    told = count(n_sources, "source")
    if n_voices < n_sources:
        told += f", {count(n_voices, 'wording')}"
    what = next((row.about for row in sides if isinstance(row.about, str)), "")
    values = list(dict.fromkeys(plain(row.text, 60) for row in sides))
    with st.container(gap="xsmall"):
        st.markdown(
            f"**{md(' / '.join(values[:4]), 200)}** {md(_beside(what, values), 80)} "
            f":{colour}-badge[{said}] :small[:gray[{told}]]"
        )
        key = f"np-figures-{number}"
        with st.container(key=f"np-sides-{number}"):
            quotes = [(row, _marked(row), _note(row)) for row in sides[:_MOST_SIDES]]
            articles.quote_list(view, quotes, key)
        if len(sides) > _MOST_SIDES:
            more = count(len(sides) - _MOST_SIDES, "more sentence")
            st.caption(f"And {more}, in the table below.")


def _beside(what: str, values: list[str]) -> str:
    """What a figure is of, where its own words don't say so."""
    return "" if not what or any(what in value for value in values) else f"· {plain(what, 60)}"


def alone(view: View, found: pd.DataFrame, key: str) -> None:
    """Figures of one source, in their sentences."""
    quotes = [(row, _marked(row), _note(row)) for row in tables.rows_of(found)]
    articles.quote_list(view, quotes, key)


def _marked(row: Any) -> Segments:
    """The sentence with its figure marked, cut around it where it is long."""
    text, figure = str(row.sentence_text), str(row.text)
    at = int(row.sentence_start)
    begin = max(at - _MOST_LETTERS // 2, 0)
    end = min(at + len(figure) + _MOST_LETTERS // 2, len(text))
    before = ("…" if begin else "") + text[begin:at]
    after = text[at + len(figure) : end] + ("…" if end < len(text) else "")
    return [(before, False), (figure, True), (after, False)]


def _note(row: Any) -> str:
    """Its period, who states it, and that it is unsure."""
    parts = []
    if isinstance(row.period, str):
        parts.append(f"of {_days(row.period)}")
    if isinstance(row.stated_by, str):
        parts.append(f"stated by {plain(row.stated_by, 60)}")
    if row.confidence * 100 < LEAST_CONFIDENCE:
        parts.append("probably a figure")
    return " · ".join(parts)


def _days(period: str) -> str:
    """A period in words: a year, a month, a day, or from when to when."""
    first, _, last = period.partition("/")
    begin, end = (date.fromisoformat(day) for day in (first, last or first))
    after = end + timedelta(days=1)
    if begin.day == 1 and after.day == 1 and begin.year == end.year:
        if begin.month == 1 and end.month == 12:
            return f"{begin.year}"
        if begin.month == end.month:
            return f"{begin:%B %Y}"
    return show_day(begin) if begin == end else f"{show_day(begin)} – {show_day(end)}"
