"""Groups of figures, each side's sentence beside the other's."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.index.counts.story_labels import story_labels, story_position
from dashboard.measures.figures.grouping import LEAST_CONFIDENCE
from dashboard.ui import articles, tables
from dashboard.ui.components.rows import Segments
from dashboard.ui.frame import View
from dashboard.ui.text import md, plain
from dashboard.wording import count

#: Status → what a reader is told, and the colour of its badge.
SAID = {
    "agree": ("agree", "green"),
    "close": ("close", "blue"),
    "different figures, check": ("different figures, check", "orange"),
    "later figure": ("later figure", "gray"),
}
_MOST_LETTERS = 420  # of a sentence
_MOST_SIDES = 8  # of a group


def groups(view: View, found: pd.DataFrame) -> None:
    """The groups of ``figure_groups``, under the headlines of their stories."""
    ids = list(dict.fromkeys(found["story_id"]))
    stories = {i: story_position(view.index, i) for i in ids}
    positions = tuple(sorted(p for p in stories.values() if p is not None))
    labels = story_labels(view.index, positions)
    last = ""
    for number, (_, rows) in enumerate(found.groupby("group_id", sort=False)):
        story = str(rows["story_id"].iloc[0])
        if story != last:
            place = stories[story]
            label = labels.get(place) if place is not None else None
            st.header(md(plain(label, 160) or "A story without a headline"), anchor=False)
            last = story
        _group(view, rows, number)


def _group(view: View, rows: pd.DataFrame, number: int) -> None:
    said, colour = SAID[rows["status"].iloc[0]]
    sides = list(tables.rows_of(rows))
    n_sources = len({row.source_id for row in sides})
    what = next((row.about for row in sides if isinstance(row.about, str)), "")
    values = list(dict.fromkeys(plain(row.text, 60) for row in sides))
    with st.container(gap="xsmall"):
        st.markdown(
            f"**{md(' / '.join(values[:4]), 200)}** {md(_beside(what, values), 80)} "
            f":{colour}-badge[{said}] :small[:gray[{count(n_sources, 'source')}]]"
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
        first, _, last = row.period.partition("/")
        whole_year = last[:4] == first[:4] and first.endswith("-01-01") and last.endswith("-12-31")
        parts.append(f"of {first[:4]}" if whole_year else f"of {row.period.replace('/', ' to ')}")
    if isinstance(row.stated_by, str):
        parts.append(f"stated by {plain(row.stated_by, 60)}")
    if row.confidence * 100 < LEAST_CONFIDENCE:
        parts.append("probably a figure")
    return " · ".join(parts)
