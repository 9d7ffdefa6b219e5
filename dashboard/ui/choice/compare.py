"""By what a page compares: the sources, or groups of articles by a column of the user's own."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.index.counts.grouped import grouped, grouped_by, ungrouped
from dashboard.index.counts.own_columns import own_columns
from dashboard.ui import state, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import plain


def compared(view: View) -> View:
    """The view with the groups that the link compares in the place of sources."""
    column = state.option("compare", allowed=list(own_columns(view.index)))
    if not column:
        return view
    index = grouped(view.index, column)
    return replace(view, index=index, drawn=replace(view.drawn, index=index))


def picker(view: View) -> None:
    """What to compare by, where the corpus has columns; of groups also the legend: that of sources
    is in the sidebar."""
    names = list(own_columns(ungrouped(view.index)))
    if not names:
        return
    state.seed_widget("pick_compare", grouped_by(view.index))
    st.selectbox(
        "Compare by",
        ["", *names],
        key="pick_compare",
        format_func=lambda name: plain(name, 60) or "Sources",
        width=280,
        on_change=lambda: state.carry("compare", "pick_compare"),
    )
    if grouped_by(view.index) and view.drawn.ids:
        drawn = [view.styles[i] for i in view.drawn.ids]
        st.markdown(widgets.key_line(drawn, view.mode))
