"""Dates: two fields to type in, and stretches of time to pick."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from dashboard.measures.facets import RECENT, RECENT_DAYS
from dashboard.measures.periods import period_days
from dashboard.scope import UNDATED
from dashboard.ui import state
from dashboard.ui.frame import View
from dashboard.wording import count, show_day

ALL, TYPED = "", "typed"
_Span = tuple[str, str]  # ``from`` and ``to`` of the link


def picker(view: View, counts: Mapping[str, int], key: str) -> None:
    """Stretches of time with their numbers of articles, and the first and the last day. Nothing
    where all articles are of one day. ``counts``: of the facets of dates; ``key``: the widget's."""
    days = view.index.date_range
    if days is None or days[0] == days[1]:
        return
    first, last = days
    spans = {ALL: ("", "")} | {choice: _span(choice, last) for choice in counts}
    params = view.scope.to_params()
    now = (params["from"], params["to"])
    shown = next((choice for choice, span in spans.items() if span == now), TYPED)
    if shown == TYPED:
        key += "-".join(("", *now))
    choices = [*spans, TYPED] if shown == TYPED else [*spans]

    def labelled(choice: str) -> str:
        if choice == ALL:
            return f"All: {_month(first)} – {_month(last)}"
        if choice == TYPED:
            return said(view.scope.date_from, view.scope.date_to)
        return f"{name_of(choice)} ({counts[choice]:,})"

    state.seed_widget(key, shown)
    st.selectbox(
        "Dates",
        choices,
        key=key,
        format_func=labelled,
        on_change=_picked,
        args=(key, spans),
    )
    for field, name, day in (
        ("pick_from", "From", view.scope.date_from),
        ("pick_to", "To", view.scope.date_to),
    ):
        state.seed_widget(field, min(max(day, first), last) if day else None)
        st.date_input(
            name,
            None,
            min_value=first,
            max_value=last,
            key=field,
            format="YYYY-MM-DD",
            on_change=_typed,
            args=(field,),
        )


def name_of(choice: str) -> str:
    """ "Last 90 days of the corpus", "Undated", "2024", "Q2 2024"."""
    if choice == RECENT:
        return f"Last {count(RECENT_DAYS, 'day')} of the corpus"
    if choice == UNDATED:
        return "Undated"
    year, _, quarter = choice.partition("-")
    return f"{quarter} {year}" if quarter else year


def said(first: date | None, last: date | None) -> str:
    """ "1 Apr 2020 – 30 Jun 2020", "From 1 Apr 2020", "Until 30 Jun 2020"."""
    if first and last:
        return show_day(first) if first == last else f"{show_day(first)} – {show_day(last)}"
    return f"From {show_day(first)}" if first else f"Until {show_day(last)}" if last else ""


def _month(day: date) -> str:
    return show_day(day).partition(" ")[2]


def _span(choice: str, last: date) -> _Span:
    if choice == UNDATED:
        return UNDATED, ""
    if choice == RECENT:
        return (last - timedelta(days=RECENT_DAYS - 1)).isoformat(), ""
    start, end = period_days(choice)
    return start.isoformat(), end.isoformat()


def _picked(key: str, spans: Mapping[str, _Span]) -> None:
    first, last = spans.get(state.widget(key) or ALL, ("", ""))
    state.set_scope(from_=first, to=last)


def _typed(field: str) -> None:
    """One of the fields was changed; where the days would cross, the other one is let go."""
    first, last = state.widget("pick_from"), state.widget("pick_to")
    if first and last and first > last:
        first, last = (first, None) if field == "pick_from" else (None, last)
    state.set_scope(from_=first, to=last)
