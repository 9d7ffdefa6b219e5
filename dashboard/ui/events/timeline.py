"""The story so far: entries by date, each sentence as it stands in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts import timeline as timeline_charts
from dashboard.measures import TABLES, findings
from dashboard.measures.events.dates_in_words import in_words
from dashboard.ui import articles, state, tables, widgets
from dashboard.ui.components.rows import Row
from dashboard.ui.components.rows import rows as draw_rows
from dashboard.ui.frame import View
from dashboard.wording import count

MOST_TOLD = 150  # entries, where there are more than anybody reads
PER_PAGE = 20
MOST_PLANS = 20
ORDERS = {"most": "Told most", "all": "All"}


def story_so_far(view: View) -> None:
    """The whole page: what it comes to, entries over time, what was past and what was ahead."""
    summary = view.kept("timeline", lambda: next(tables.rows_of(view.measure("timeline_summary"))))
    n = summary.n_past + summary.n_plans
    finding = findings.timeline(summary)
    widgets.head(finding.title, finding.standfirst)
    if not n:
        widgets.foot("timeline", _note(summary), TABLES["timeline"].method)
        return
    told = None
    if n > MOST_TOLD:
        told = None if widgets.picked("told", ORDERS, "Entries") == "all" else MOST_TOLD
    when = state.option("when")
    if when and not re.fullmatch(r"\d{4}(-(0\d|1[0-2]))?", when):
        state.notices().append("The link’s “when” is not a year or a month and was ignored.")
        when = ""
    periods = view.measure("timeline_periods", told=told)
    if len(periods) > 1:
        _over_time(view, periods, when, told)
    chosen: dict[str, Any] = {"told": told, "when": when or None}
    if when:
        st.button(
            f"{in_words(when)} ×", on_click=state.set_option, args=("when", ""), key="np-when"
        )
    n_past, n_plans = _counts(periods, summary, when, told)
    if n_past:
        first = 0
        if n_past > PER_PAGE:
            first = (articles.page_picker(-(-n_past // PER_PAGE)) - 1) * PER_PAGE
        shown = view.measure("timeline", **chosen, plans=False, first=first, most=PER_PAGE)
        _entries(view, shown, "past")
        if n_past > PER_PAGE:
            articles.page_picker(-(-n_past // PER_PAGE), below=True)
    if n_plans:
        st.space("small")
        st.header("Ahead when it was told", anchor=False)
        more = f" The first {MOST_PLANS} of {n_plans:,}." if n_plans > MOST_PLANS else ""
        st.caption(f"Plans and forecasts: the articles don’t say whether they came true.{more}")
        ahead = view.measure("timeline", **chosen, plans=True, first=0, most=MOST_PLANS)
        _entries(view, ahead, "ahead")
    table = view.measure(
        "timeline", **({**chosen, "told": told or MOST_TOLD} if n > 500 else chosen)
    )
    widgets.foot("timeline-list", _note(summary), TABLES["timeline"].method, table, "timeline.csv")


def _counts(periods: pd.DataFrame, summary: Any, when: str, told: int | None) -> tuple[int, int]:
    """Entries that were past and that were ahead, of those that are chosen."""
    if not when and told is None:
        return int(summary.n_past), int(summary.n_plans)
    rows = periods
    if when:
        rows = periods[periods["period"].str.startswith(when)]
        if rows.empty and "-" in when:  # a month, while the chart has years
            rows = periods[periods["period"] == when[:4]]
    return int(rows["n_past"].sum()), int(rows["n_plans"].sum())


def _note(summary: Any) -> str:
    note = f"n = {count(summary.n_statements, 'dated statement')}"
    if summary.n_read < summary.n_statements:
        note += f", {summary.n_read:,} of them read: those on the dates told most"
    return f"{note}."


def _over_time(view: View, periods: pd.DataFrame, when: str, told: int | None) -> None:
    figure = view.drawing(
        "timeline_periods",
        lambda: timeline_charts.timeline_periods(periods, view.mode, when),
        told,
        when,
    )
    per = "month" if periods["period"].str.contains("-").any() else "year"
    widgets.chart(
        figure,
        key="timeline",
        finding="When it happened",
        caption=f"Entries that begin in each {per}. Click a bar to read them alone",
        note="Filled: past when it was told. "
        + "Hatched: only alleged. " * bool(periods["n_alleged"].sum())
        + "Hollow: still ahead.",
        computed=TABLES["timeline"].method,
        table=periods,
        filename="timeline-periods.csv",
        on_click=_clicked,
    )


def _clicked(mark: Mapping[str, Any]) -> None:
    """Show one period alone; once more shows all again."""
    period = str(mark.get("period") or "")
    state.set_option("when", "" if state.option("when") == period else period)


def _entries(view: View, statements: pd.DataFrame, in_time: str) -> None:
    """Entries as a timeline, ``past`` or ``ahead``: each with its sentences, the words that say
    when marked."""
    ids = list(dict.fromkeys(statements["article_id"]))
    positions = [p for p in map(view.index.position, ids) if p is not None]
    columns = ["article_id", "source_id", "date", "date_basis"]
    known = view.index.article_rows(positions, columns)
    of = {article.article_id: article for article in tables.rows_of(known)}
    items: list[Row] = []
    last = ""
    for said in tables.rows_of(statements):
        start, end = said.words_start, said.words_start + len(said.words)
        text = [
            (said.sentence[:start], False),
            (said.sentence[start:end], True),
            (said.sentence[end:], False),
        ]
        by = articles.byline_parts(view, of[said.article_id])
        if said.tense == "alleged":
            by = replace(by, facts=[*by.facts, "only alleged"])
        row = articles.opening_row(said.article_id, str(int(said.passage_id[-3:])), by, text=text)
        if said.entry_id != last:
            row = replace(row, when=in_words(said.date), kind=_kind(statements, said))
        items.append(row)
        last = said.entry_id
    key = f"timeline-{in_time}"
    draw_rows(items, key, partial(state.row_opened, key, here=False), in_time=in_time)


def _kind(statements: pd.DataFrame, first: Any) -> str:
    """What an entry is, below its date: alleged, where half of its sentences or more allege it, and
    of how many sources."""
    tenses = statements.loc[statements["entry_id"] == first.entry_id, "tense"]
    parts = ["alleged"] * bool(2 * (tenses == "alleged").sum() >= len(tenses))
    parts += [count(first.n_sources, "source")] * (first.n_sources > 1)
    return " · ".join(parts)
