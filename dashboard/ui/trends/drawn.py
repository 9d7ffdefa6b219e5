"""How keywords are drawn over time: periods, smoothing, scale, and whose articles there are."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from dashboard.charts.trends.lanes import lanes as lanes_chart
from dashboard.charts.trends.points import Scale
from dashboard.measures import TABLES
from dashboard.measures.periods import WIDTHS, scope_width
from dashboard.ui import state, widgets
from dashboard.ui.frame import View
from dashboard.wording import count

WINDOWS = (3, 5, 7, 13)
SCALES = {"linear": "Linear", "log": "Logarithmic"}
_BY = {"day": "by day", "week": "by week", "month": "by month", "quarter": "by quarter",
       "year": "by year"}  # fmt: skip


class HowDrawn(NamedTuple):
    """``width``: of ``WIDTHS``, None for the one that suits the articles; ``smooth``: periods that
    a value is over; ``lanes``: whether the lanes of sources are drawn."""

    width: str | None
    smooth: int
    scale: Scale
    lanes: bool
    period: str  # the width there is

    @property
    def words(self) -> str:
        """Of what differs from the usual, for the title of a chart: ", smoothed over 3 months"."""
        said = f", smoothed over {count(self.smooth, self.period)}" if self.smooth > 1 else ""
        return said + (", logarithmic scale" if self.scale == "log" else "")


def drawn(view: View) -> HowDrawn:
    """What the link asks for."""
    width = state.option("period", allowed=WIDTHS) or None
    smooth = int(state.option("smooth", "1", allowed=[str(n) for n in WINDOWS]))
    scale: Scale = "log" if state.option("scale", "linear", allowed=SCALES) == "log" else "linear"
    return HowDrawn(
        width, smooth, scale, state.option("lanes", allowed=["1"]) == "1",
        width or scope_width(view.index, view.scope),
    )  # fmt: skip


def how(view: View, now: HowDrawn) -> None:
    """Folded: how it is drawn, to change."""
    said = [_BY[now.period]] + [now.words.removeprefix(", ")] * bool(now.words)
    suits = scope_width(view.index, view.scope)
    with st.expander(f"How it is drawn: {', '.join(said)}", key="np-how-drawn"):
        st.caption("Period")
        widgets.picked(
            "period",
            {"": f"Chosen: {suits}", **{width: width.capitalize() for width in WIDTHS}},
            "Period",
        )
        st.caption(
            f"Smoothing: each value is of so many {now.period}s together, the one it stands at in "
            "the middle; gaps stay gaps"
        )
        widgets.picked(
            "smooth", {"": "None", **{str(n): f"{n} {now.period}s" for n in WINDOWS}}, "Smoothing"
        )
        st.caption("Scale: on a logarithmic one, zeros are hollow marks below the lines")
        widgets.picked("scale", SCALES, "Scale")
        state.seed_widget("pick_lanes", now.lanes)
        st.toggle(
            "Show when each source’s articles begin, pause and end",
            key="pick_lanes",
            on_change=lambda: state.set_option("lanes", "1" if state.widget("pick_lanes") else ""),
        )


def lanes(view: View, now: HowDrawn) -> None:
    """When each source's articles begin, pause and end, where that is asked for."""
    if not now.lanes:
        return
    table = view.of_drawn(view.measure("lanes", width=now.width))
    n, undated = int(table["n_articles"].sum()), table[table["first"].isna()]["n_articles"].sum()
    widgets.chart(
        view.drawing("lanes", lambda: lanes_chart(table, view.styles, view.mode), now.width),
        key="lanes",
        finding=f"When each {view.noun}’s articles begin, pause and end",
        caption=f"A bar: an article in each {now.period}. Click one to filter by its {view.noun}",
        note=f"n = {count(n, 'article')}, {int(undated):,} undated.",
        computed=TABLES["lanes"].method,
        table=table,
        filename="lanes.csv",
    )
