"""What rose, and when; then and now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.charts.trends.rises import rises as rises_chart
from dashboard.charts.trends.shift import word_shift as shift_chart
from dashboard.measures import TABLES
from dashboard.measures.rises.bursts import standing_out
from dashboard.measures.rises.kept import is_kept
from dashboard.scope import Scope
from dashboard.text.query import as_keyword
from dashboard.ui import state, tables, widgets
from dashboard.ui.frame import View
from dashboard.wording import count, show_day

MOST_SUGGESTED = 8
MOST_READ = 100_000  # articles of a corpus whose bursts a page finds


def whole(view: View) -> View:
    """The view of all articles."""
    return replace(view, scope=Scope(n_topics=view.scope.n_topics))


def what_rose(view: View) -> pd.DataFrame:
    """The bursts to begin with: see ``standing_out``; none of so many articles that a visitor would
    wait for them, unless the build found them."""
    found = view.scope.is_everything and is_kept(view.index)
    if view.index.n_articles > MOST_READ and not found:
        return TABLES["bursts"].frame()
    return view.kept("what rose", lambda: standing_out(view.measure("bursts")))


def suggested(view: View) -> list[str]:
    """Keywords to begin with: what rose in the whole corpus, most telling first, or, where nothing
    did, words of the topics."""
    terms = what_rose(whole(view)).sort_index()["term"].tolist()[:MOST_SUGGESTED]
    return [as_keyword(term) for term in dict.fromkeys(terms)] or list(view.index.keywords)


def rises(view: View, rose: pd.DataFrame) -> None:
    """What rose, and when; a click shows the word over time."""
    if rose.empty:
        return
    widgets.chart(
        view.drawing("rises", lambda: rises_chart(rose, view.mode)),
        key="rises",
        finding="What rose, and when",
        caption="Faint: far more articles than usual have the word. Strong: where that is "
        "clearest. Click a bar to see the word over time",
        note=f"The {count(len(rose), 'burst')} that stand out most, up to two a year (or month, or "
        "day), of the dated articles in view.",
        computed=TABLES["bursts"].method,
        table=rose,
        filename="bursts.csv",
    )


def then_and_now(view: View) -> None:
    """Folded: which words set the time from a day on apart from the time before."""
    st.space("small")
    asked = state.option("since")
    fold = st.expander(
        "Then and now: which words came and went",
        expanded=bool(asked),
        key="np-then-and-now",
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold:
        since = _day_of(asked)
        shift = view.measure("word_shift", since=since)
        if shift.empty and since is not None:
            since, shift = None, view.measure("word_shift")
        if shift.empty:
            st.caption("There are no two times to compare: too few dated articles are in view.")
            return
        first = date.fromisoformat(shift["since"].iloc[0])
        state.seed_widget("pick_since", first)
        st.date_input(
            "Now begins on",
            key="pick_since",
            format="YYYY-MM-DD",
            min_value=date(1, 1, 1),
            max_value=date(9999, 12, 31),
            width=200,
            on_change=lambda: state.carry("since", "pick_since"),
        )
        widgets.chart(
            view.drawing("word_shift", lambda: shift_chart(shift, view.mode), since),
            key="word_shift",
            finding=f"Words that set the time from {show_day(first)} apart",
            caption="A word’s part of what sets now and then apart, %, with its 95 % interval over "
            "articles. Click a bar to see the word over time",
            note="Faint: may be chance, or there is one article on a side.",
            computed=TABLES["word_shift"].method,
            table=shift,
            filename="word_shift.csv",
        )
        columns = ["word", "direction", "rate_then", "rate_now", "contribution", "ci_low",
                   "ci_high", "turbulence"]  # fmt: skip
        tables.table(shift[columns].head(30), "np-word-shift", name="word_shift")
        rising = view.measure("rising", since=since)
        clear = rising[rising["distinguishable"]]
        st.caption(
            f"{count(len(clear), 'term')} used more or less often beyond chance, articles dealt "
            "anew, the clearest first"
        )
        names = ["term", "direction", "rate_then", "rate_now", "df_then", "df_now", "flag",
                 "headlines"]  # fmt: skip
        tables.table(clear[names], "np-rising", name="rising")


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        state.notices().append("The link’s “since” is not a date (YYYY-MM-DD) and was ignored.")
        return None
