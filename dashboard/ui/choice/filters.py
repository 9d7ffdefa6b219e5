"""The filters in the sidebar; those of sources are also the legend."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.scope import UNKNOWN_SOURCE
from dashboard.ui import state
from dashboard.ui.choice import dates, link
from dashboard.ui.frame import View
from dashboard.ui.text import isolated, md, plain
from dashboard.ui.widgets import EN_SPACE, mark, source_name

MOST_PILLS = 12  # more sources than that are picked from a searchable list
UNKNOWN = "Source unknown"


def sidebar(view: View) -> None:
    """Every filter, with the articles that each of its choices would show; the link; reset."""
    counts = view.kept("facets", lambda: _counts(view.measure("facets")))
    with st.sidebar:
        _source_filter(view, counts.get("source", {}))
        _topic_filter(view, counts.get("topic", {}))
        dates.picker(view, counts.get("dates", {}))
        state.seed_widget("pick_q", view.scope.query)
        st.text_input(
            "Articles with",
            key="pick_q",
            placeholder="trade “no limits” sanction*",
            on_change=lambda: state.carry("q", "pick_q"),
            help="Finds articles with all of these words. Quote a phrase, end a word with \\* for "
            "any ending, write OR between alternatives, - before a word to exclude; brackets hold "
            "together: (quay OR pier) AND NOT fire.",
        )
        link.copy_link(view)
        st.button("Reset", type="tertiary", on_click=state.clear, disabled=view.scope.is_everything)


def _counts(facets: pd.DataFrame) -> dict[str, dict[str, int]]:
    return {
        str(name): dict(zip(rows["choice"], rows["n_articles"].tolist(), strict=True))
        for name, rows in facets.groupby("filter", sort=False)
    }


def _source_filter(view: View, counts: Mapping[str, int]) -> None:
    if not counts or list(counts) == [UNKNOWN_SOURCE]:
        return
    names = {s.source_id: s.name for s in view.index.sources} | {UNKNOWN_SOURCE: UNKNOWN}
    state.seed_widget("pick_src", list(view.scope.sources))
    if len(counts) <= MOST_PILLS:

        def labelled(source: str) -> str:
            style = view.styles.get(source)
            name = source_name(style, view.mode, 26) if style else _unknown(view)
            return f"{name}{EN_SPACE}{counts[source]:,}"

        st.pills(
            "Sources",
            list(counts),
            selection_mode="multi",
            key="pick_src",
            format_func=labelled,
            on_change=lambda: state.carry("src", "pick_src"),
        )
    else:
        st.multiselect(
            "Sources",
            list(counts),
            key="pick_src",
            placeholder=f"All {len(view.index.sources):,} sources",
            format_func=lambda i: f"{isolated(plain(names[i], 60))} ({counts[i]:,})",
            on_change=lambda: state.carry("src", "pick_src"),
            select_all=False,  # a link can't hold them, and none chosen is all
        )


def _unknown(view: View) -> str:
    return f"{mark(None, view.mode)}{EN_SPACE}{md(UNKNOWN)}"


def _topic_filter(view: View, counts: Mapping[str, int]) -> None:
    if len(counts) < 2:
        return
    labels = {t.topic_id: t.label for t in view.cut.topics}
    state.seed_widget("pick_topic", list(view.scope.topics))
    st.multiselect(
        "Topics",
        list(counts),
        key="pick_topic",
        placeholder="All topics",
        format_func=lambda i: f"{plain(labels[i], 60)} ({counts[i]:,})",
        on_change=lambda: state.carry("topic", "pick_topic"),
        select_all=False,
    )
