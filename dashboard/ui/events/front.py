"""The front page: the largest stories, each with who carries it and when."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.ui import tables
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.wording import count, show_day


def largest_stories(view: View, most: int) -> None:
    """The stories of most articles in view."""
    rows = view.measure("story_list", first=0, most=most)
    if rows.empty:
        st.caption("No two articles in view tell of the same event.")
    for row in tables.rows_of(rows):
        days = [show_day(date.fromisoformat(d)) for d in dict.fromkeys((row.first, row.last)) if d]
        facts = [count(row.n_articles, "article"), count(row.n_sources, "source")]
        facts.append(" – ".join(days) or "undated")
        with st.container(gap=None):
            st.markdown(f"**{md(row.label or 'Without a headline', 160)}**")
            st.caption(md(" · ".join(facts), 200))
