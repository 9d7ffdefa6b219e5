"""When the articles are from."""

from __future__ import annotations

from datetime import date

from dashboard.charts import coverage as coverage_charts
from dashboard.measures import TABLES, findings
from dashboard.measures.periods import scope_width
from dashboard.ui import widgets
from dashboard.ui.frame import View
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
            "counts", lambda: coverage_charts.counts(view.measure("coverage"), view.mode, last_day)
        )
        per = scope_width(view.index, view.scope)
        caption = f"Articles per {per}. Click a bar, or drag over several, to filter"
    widgets.chart(
        figure,
        key="coverage",
        finding=findings.coverage(summary),
        caption=caption,
        note=note,
        computed=TABLES["coverage"].method,
        table=articles if marked else view.measure("coverage"),
        filename="articles.csv" if marked else "coverage.csv",
    )
