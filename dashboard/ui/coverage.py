"""What came in, and when it is from."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.charts import coverage as coverage_charts
from dashboard.charts.counts import counts, is_part, parts
from dashboard.charts.parts.dates import parse_period
from dashboard.corpus.report import summarise_counts
from dashboard.index.index import Index
from dashboard.measures import TABLES, findings
from dashboard.measures.periods import scope_width
from dashboard.ui import tables, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import md, plain
from dashboard.wording import count


def coverage(view: View) -> None:
    """When the articles are from: a mark each, or counts where they are many."""
    summary = view.summary
    note = f"n = {count(summary.n_articles, 'article')}, {summary.n_undated:,} undated."
    if summary.n_articles <= coverage_charts.MAX_MARKS:
        _marks(view, note)
    elif summary.n_days:
        _counts(view, note)
    else:
        with st.container(key="np-chart-coverage", gap=None):
            st.header(md(findings.coverage(summary)), anchor=False)
            st.caption(
                f"There is nothing to draw in time: all {summary.n_articles:,} articles are "
                "undated. A date column in your table, or a metadata.csv file beside the texts, "
                "says when they are from."
            )


def _marks(view: View, note: str) -> None:
    summary = view.summary
    articles = view.measure("articles", most=coverage_charts.MAX_MARKS)
    drawn = view.of_drawn(articles)
    caption = "Each mark is an article on its publication date. Click one to read it"
    if summary.n_articles - summary.n_undated > coverage_charts.MOST_EXACT:
        caption = "Each mark is an article; neighbouring days are stacked. Click one to read it"
    caption = caption if summary.n_days else "Each mark is an article. Click one to read it"
    widgets.chart(
        view.drawing("coverage", lambda: coverage_charts.coverage(drawn, view.styles, view.mode)),
        key="coverage",
        finding=findings.coverage(summary),
        caption=caption,
        note=f"{note} Filled: the text states the date. Hollow: inferred, or supplied beside the "
        "text.",
        computed=TABLES["coverage"].method,
        table=articles,
        filename="articles.csv",
    )


def _counts(view: View, note: str) -> None:
    """Articles per period, by source where several are told apart."""
    table = view.measure("coverage")
    last_day = date.fromisoformat(view.summary.last_day)
    per = scope_width(view.index, view.scope)
    last = parse_period(table["period"].dropna().max())
    if last and is_part(last, last_day):
        note += f" Hatched: the articles end within the {per}."
    looks = view.kept("parts of coverage", lambda: parts(table, view.styles))
    keys = looks if len(looks) > 1 else []
    heading = findings.coverage(view.summary)
    caption = f"Articles per {per}{f', by {view.noun}' if keys else ''}. "
    caption += "Click a bar, or drag over several, to filter"
    figure = view.drawing("counts", lambda: counts(table, view.mode, last_day, view.styles))
    with st.container(key="np-chart-coverage", gap="small"):
        with st.container(gap=None):
            st.header(md(heading), anchor=False)
            st.caption(caption)
        if keys:
            st.markdown(widgets.key_line(keys, view.mode))
        widgets.draw(figure, "coverage", heading)
        widgets.foot(
            "coverage",
            note,
            TABLES["coverage"].method,
            table if keys else view.measure("periods"),
            "coverage.csv" if keys else "periods.csv",
            widgets.Picture({"coverage": ""}, heading, caption, keys),
            drawn=[figure],
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
