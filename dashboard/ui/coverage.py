"""What came in, and when it is from."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.charts import coverage as coverage_charts
from dashboard.charts.parts.dates import parse_period
from dashboard.corpus.report import summarise_counts
from dashboard.index.index import Index
from dashboard.measures import TABLES, findings
from dashboard.measures.periods import scope_width
from dashboard.ui import tables, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import plain
from dashboard.wording import count


def coverage(view: View) -> None:
    """When the articles are from: a mark each, or counts where they are many."""
    summary = view.summary
    note = f"n = {count(summary.n_articles, 'article')}, {summary.n_undated:,} undated."
    marked = summary.n_articles <= coverage_charts.MAX_MARKS
    if marked:
        articles = view.measure("articles", most=coverage_charts.MAX_MARKS)
        drawn = view.of_drawn(articles)
        figure = view.drawing(
            "coverage", lambda: coverage_charts.coverage(drawn, view.styles, view.mode)
        )
        caption = "Each mark is an article on its publication date. Click one to read it"
        if summary.n_articles - summary.n_undated > coverage_charts.MOST_EXACT:
            caption = "Each mark is an article; neighbouring days are stacked. Click one to read it"
        caption = caption if summary.n_days else "Each mark is an article. Click one to read it"
        note += " Filled: the text states the date. Hollow: inferred, or supplied beside the text."
    else:
        last_day = date.fromisoformat(summary.last_day) if summary.n_days else None
        figure = view.drawing(
            "counts", lambda: coverage_charts.counts(view.measure("periods"), view.mode, last_day)
        )
        per = scope_width(view.index, view.scope)
        last = parse_period(view.measure("periods")["period"].dropna().max())
        if last_day and last and coverage_charts.is_part(last, last_day):
            note += f" Hatched: the articles end within the {per}."
        caption = f"Articles per {per}. Click a bar, or drag over several, to filter"
    widgets.chart(
        figure,
        key="coverage",
        finding=findings.coverage(summary),
        caption=caption,
        note=note,
        computed=TABLES["coverage"].method,
        table=articles if marked else view.measure("periods"),
        filename="articles.csv" if marked else "periods.csv",
    )


def import_report(index: Index) -> None:
    """What came in and what became of it, with every problem."""
    report = index.report
    n_problems = sum(len(file["problems"]) for file in report["files"])
    line = summarise_counts(report["totals"])
    line += f" · {count(n_problems, 'note')}" * bool(n_problems)
    folded = st.expander(line, key="np-report", on_change="rerun")
    if not folded.open:
        return
    problems = [
        {"file": plain(f["file"]), **{k: p[k] for k in ("row", "column", "reason", "remedy")}}
        for f in report["files"]
        for p in f["problems"]
    ]
    with folded:
        if problems:
            tables.table(pd.DataFrame(problems), "problems")
        else:
            st.caption("No problem met.")
