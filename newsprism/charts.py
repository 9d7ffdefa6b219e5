"""The charts of the pages for a notebook: a figure each, with its title."""

from __future__ import annotations

from datetime import date

import plotly.graph_objects as go

from dashboard.charts import coverage as coverage_charts
from dashboard.charts import sources as source_charts
from dashboard.charts.counts import counts
from dashboard.charts.parts.drawn import Drawn
from dashboard.charts.parts.theme import MOST_KEYWORDS
from dashboard.charts.topics.bars import topics as topic_bars
from dashboard.charts.trends.lanes import lanes as lane_chart
from dashboard.charts.trends.points import Scale
from dashboard.charts.trends.together import together
from dashboard.charts.trends.trends import trends as trend_chart
from dashboard.index.index import Index
from dashboard.measures import TABLES, findings
from dashboard.scope import Scope
from dashboard.wording import in_quotes, join_words


def coverage(index: Index, scope: Scope) -> go.Figure:
    """When the articles came: a mark each, or counts by period where they are many."""
    summary = TABLES["summary"](index, scope)
    if summary["n_articles"].sum() <= coverage_charts.MAX_MARKS:
        articles = TABLES["articles"](index, scope)
        figure = coverage_charts.coverage(articles, Drawn(index, scope).styles, "light")
    else:
        last = summary["last_day"].dropna()
        last_day = date.fromisoformat(last.iloc[0]) if len(last) else None
        figure = counts(TABLES["coverage"](index, scope), "light", last_day)
    title = findings.coverage(next(summary.itertuples())) if len(summary) else ""
    return _titled(figure, title)


def topics(index: Index, scope: Scope) -> go.Figure:
    """Shares of the text by topic."""
    table = TABLES["topics"](index, scope)
    return _titled(topic_bars(table, "light"), findings.topics(table).title)


def source_topics(index: Index, scope: Scope) -> go.Figure:
    """Shares of topics by source."""
    mixes, table = TABLES["source_topics"](index, scope), TABLES["topics"](index, scope)
    styles = Drawn(index, scope).styles
    figure = source_charts.source_topics(mixes, table, styles, "light")
    return _titled(figure, findings.source_topics(mixes, table))


def trends(
    index: Index,
    scope: Scope,
    *keywords: str,
    width: str | None = None,
    smooth: int = 1,
    scale: Scale = "linear",
) -> go.Figure:
    """Uses of a keyword per 10,000 words, by period and source; of several keywords those in all
    sources together, in one chart. Raises ``ValueError`` for more than can be told apart."""
    if not 0 < len(keywords) <= MOST_KEYWORDS:
        raise ValueError(f"one to {MOST_KEYWORDS} keywords can be drawn, not {len(keywords)}")
    over = f", smoothed over {smooth} periods" if smooth > 1 else ""
    asked = {"keywords": keywords, "width": width, "smooth": smooth}
    named = join_words([in_quotes(keyword) for keyword in keywords])
    if len(keywords) > 1:
        table = TABLES["trends_together"](index, scope, **asked)
        return _titled(together(table, keywords, "light", scale=scale), f"{named} together{over}")
    table = TABLES["trends"](index, scope, **asked)
    styles = Drawn(index, scope).styles
    figure = trend_chart(table, keywords[0], styles, "light", scale=scale)
    return _titled(figure, f"{named} by source{over}")


def lanes(index: Index, scope: Scope) -> go.Figure:
    """When each source's articles begin, pause and end."""
    figure = lane_chart(TABLES["lanes"](index, scope), Drawn(index, scope).styles, "light")
    return _titled(figure, "When each source’s articles begin, pause and end")


def _titled(figure: go.Figure, title: str) -> go.Figure:
    """The wide form of a figure, where it has one, below its title."""
    meta = figure.layout.meta or {}
    if "wide" in meta:
        wide = meta["wide"]
        template = figure.layout.template
        figure = go.Figure(wide)
        figure.update_layout(template=template)
    top = (figure.layout.margin.t or 0) + 48
    height = figure.layout.height
    figure.update_layout(
        title={"text": _plain(title), "x": 0, "xref": "container", "yref": "container", "y": 0.98,
               "yanchor": "top"},
        margin={"t": top},
        height=height + 48 if height else None,
    )  # fmt: skip
    return figure


def _plain(title: str) -> str:
    from dashboard.charts.parts.text import escape

    return escape(title)
