"""By what a page compares: the sources, or groups of articles by a column of the user's own."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.index.counts.grouped import grouped, grouped_by, ungrouped
from dashboard.index.counts.own_columns import own_columns
from dashboard.ui import state
from dashboard.ui.frame import View
from dashboard.ui.text import plain
from dashboard.wording import count


def compared(view: View) -> View:
    """The view with the groups that the link compares in the place of sources."""
    column = state.option("compare", allowed=list(own_columns(view.index)))
    if not column:
        return view
    index = grouped(view.index, column)
    return replace(view, index=index, drawn=replace(view.drawn, index=index))


def picker(view: View) -> None:
    """What to compare by, where the corpus has columns."""
    columns = own_columns(ungrouped(view.index)).values()
    if not columns:
        return
    # Streamlit knows a choice by its label: no column's may be that of the sources.
    labels = {c.name: f"{plain(c.name, 60)} ({count(len(c.values), 'value')})" for c in columns}
    st.space("small")
    state.seed_widget("pick_compare", grouped_by(view.index))
    st.selectbox(
        "Compare by",
        ["", *labels],
        key="pick_compare",
        format_func=({"": "Sources"} | labels).__getitem__,
        width=280,
        on_change=lambda: state.carry("compare", "pick_compare"),
    )
