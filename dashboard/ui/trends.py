"""Keywords over time: which, how measured, and their charts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.charts.parts import dates
from dashboard.charts.rises import rises as rises_chart
from dashboard.charts.trend_points import Measure
from dashboard.charts.trends import trends as trend_chart
from dashboard.measures import TABLES
from dashboard.measures.rises.bursts import standing_out
from dashboard.scope import Scope
from dashboard.text.query import UnreadableQuery, as_keyword, parse_keyword
from dashboard.ui import state, tables, widgets
from dashboard.ui.frame import View
from dashboard.ui.sources import absent
from dashboard.ui.text import md, plain
from dashboard.wording import count, in_quotes, show_day

MEASURES: dict[Measure, str] = {
    "count": "Count",
    "per_10k": "Per 10,000 words",
    "share": "Articles, %",
}
UNITS: dict[Measure, str] = {
    "count": "Times used",
    "per_10k": "Uses per 10,000 words",
    "share": "Share of articles that use it, %",
}
MOST_SUGGESTED = 8
MOST_READ = 100_000  # articles of a corpus whose bursts a page finds
COUNTED = 50  # more articles than that are compared by rate


def chosen_measure(n_articles: int) -> Measure:
    """What the link asks for; else counts, or rates where the articles of the corpus are more than
    ``COUNTED``: a filter doesn't change the measure."""
    usual: Measure = "count" if n_articles <= COUNTED else "per_10k"
    asked = state.option("measure", usual, allowed=MEASURES)
    return next(measure for measure in MEASURES if measure == asked)


def whole(view: View) -> View:
    """The view of all articles."""
    return replace(view, scope=Scope(n_topics=view.scope.n_topics))


def what_rose(view: View) -> pd.DataFrame:
    """The bursts to begin with: see ``standing_out``; none of so many articles that a visitor would
    wait for them."""
    if view.index.n_articles > MOST_READ:
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
        caption="Pale: far more articles than usual have the word. Strong: where that is clearest. "
        "Click a bar to see the word over time",
        note=f"The {count(len(rose), 'burst')} that stand out most, up to two a year (or month, or "
        "day), of the dated articles in view.",
        computed=TABLES["bursts"].method,
        table=rose,
        filename="bursts.csv",
    )


def chosen_among() -> str:
    """The keyword that articles must use to be counted; one that can't be read is said."""
    text = plain(state.option("among"))
    try:
        return text if parse_keyword(text) else ""
    except UnreadableQuery as error:
        state.notices().append(f"The keyword {in_quotes(text)} is left out: {error}.")
        return ""


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
        st.caption(
            f"All words now, from {show_day(first)}, against then. Contribution: a word’s part of "
            "what sets the two apart, with its 95 % interval over articles."
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


def keyword_picker(
    view: View,
    keywords: Sequence[str],
    measure: Measure,
    most: int,
) -> None:
    """Keywords to type or to pick, and what to measure."""
    offered = suggested(view)
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        state.seed_widget("pick_kw", ", ".join(keywords))
        st.text_input(
            "Keywords",
            key="pick_kw",
            on_change=_keywords_typed,
            args=(most,),
            help=f"Up to {most}, separated by commas. Several words form a phrase; end a word with "
            "\\* for any ending; write OR between alternatives, in brackets within a phrase: "
            "climate (change OR crisis). =Trump is only what is written so; tariff\\* NEAR/5 China "
            "counts tariff\\* where China stands at most five words away.",
        )
    with right:
        state.seed_widget("pick_measure", measure)
        st.segmented_control(
            "Measure",
            list(MEASURES),
            key="pick_measure",
            format_func=MEASURES.__getitem__,
            required=True,
            on_change=lambda: state.carry("measure", "pick_measure"),
        )
        state.seed_widget("pick_among", chosen_among())
        st.text_input(
            "Of the articles with",
            key="pick_among",
            placeholder="all articles in view",
            help="Another keyword: only articles that use it are counted, so that “tariff” among "
            "those with “China” is not a matter of how often China is in the news.",
            on_change=lambda: state.carry("among", "pick_among"),
        )
    if offered:
        state.seed_widget("pick_suggested", [k for k in offered if k in keywords])
        st.pills(
            "Suggested" if view.scope.is_everything else "Suggested, from the whole corpus",
            list(offered),
            key="pick_suggested",
            selection_mode="multi",
            format_func=md,
            on_change=_keywords_picked,
            args=(list(keywords), list(offered), most),
        )


def _keywords_typed(most: int) -> None:
    # A comma in quotes, or between digits, belongs to the keyword: 5,000.
    found = re.findall(r'(?:"[^"]*"|“[^”]*”|[^,]|(?<=\d),(?=\d))+', state.widget("pick_kw") or "")
    typed = {" ".join(keyword.split()).casefold(): keyword.strip() for keyword in found}
    chosen = [k for k in typed.values() if k]
    if len(chosen) > most:
        state.say(f"The first {most} keywords are drawn; more can’t be told apart.")
    state.set_option("kw", chosen[:most])


def _keywords_picked(keywords: list[str], suggested: list[str], most: int) -> None:
    picked = state.widget("pick_suggested") or []
    kept = [k for k in keywords if k not in suggested or k in picked]
    state.set_option("kw", [*kept, *(k for k in picked if k not in kept)][-most:])


def chart(view: View, table: pd.DataFrame, keyword: str, measure: Measure, number: int) -> None:
    """One keyword of ``table``, a row a source; ``number`` tells several charts apart."""
    rows = view.of_drawn(table[table["keyword"] == keyword])
    widgets.chart(
        view.drawing(
            "trends",
            lambda: trend_chart(rows, keyword, view.styles, view.mode, measure),
            keyword,
            measure,
            chosen_among(),
        ),
        key=f"trends-{number}",
        finding=f"{in_quotes(keyword)} by {view.noun}",
        caption=f"{UNITS[measure]}. {_key(rows)} Click a mark, or drag over several, to filter",
        note=_note(rows) + absent(view),
        computed=TABLES["trends"].method,
        table=rows,
        filename="trends.csv",
    )


def _key(rows: pd.DataFrame) -> str:
    """What the marks mean, which depends on how many dates there are."""
    if rows["period"].nunique() <= dates.MAX_DOTS:
        return "Filled: uses the word. Hollow: doesn’t."
    return "Grey bars: articles of the period. A gap: none."


def _note(rows: pd.DataFrame) -> str:
    """n for a keyword's chart; what is undated or of unknown source is counted."""
    n, words = int(rows["n_articles"].sum()), int(rows["n_words"].sum())
    undated = int(rows[rows["period"].isna()]["n_articles"].sum())
    dated = rows.dropna(subset=["period"]).groupby("period")["n_articles"].sum()
    early = dates.said_early({str(period): float(n) for period, n in dated.items()})
    among = chosen_among()
    of = f" with {in_quotes(among)}" if among else ""
    return f"n = {count(n, 'article')}{of}, {words:,} words, {undated:,} undated.{early}"
