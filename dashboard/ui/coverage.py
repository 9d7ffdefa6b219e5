"""When the articles are from."""

from __future__ import annotations

from dashboard.charts import coverage as coverage_charts
from dashboard.measures import TABLES, findings
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
        figure = view.drawing(
            "coverage",
            lambda: coverage_charts.coverage(view.of_drawn(articles), view.styles, view.mode),
        )
        caption = "Each mark is an article on its publication date. Click one to read it"
        note += " Solid: the text states the date. Open: inferred, or given in metadata.csv."
    else:
        figure = view.drawing(
            "counts", lambda: coverage_charts.counts(view.measure("coverage"), view.mode)
        )
        caption = "Articles by publication date. Click a bar, or drag over several, to filter"
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
