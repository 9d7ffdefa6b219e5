"""Trends: how often keywords are used over time, by source."""

import streamlit as st

from dashboard.charts import trends as trend_charts
from dashboard.measures import TABLES, findings
from dashboard.text.query import parse_keyword
from dashboard.ui import blocks, frame, state, widgets

MEASURES = {"count": "Count", "per_10k": "Per 10,000 words", "share": "Share of articles"}
UNITS = {
    "count": "Times used",
    "per_10k": "Uses per 10,000 words",
    "share": "Share of articles that use it, %",
}
MOST_KEYWORDS = 4
COUNTED = 50  # more articles than that are compared by rate

view = frame.view()
if not frame.is_empty(view):
    suggested = view.index.keywords
    keywords = state.tokens("kw")[:MOST_KEYWORDS] or suggested[:1]
    usual = "count" if view.summary.n_articles <= COUNTED else "per_10k"
    measure = state.option("measure", usual, allowed=MEASURES)
    table = view.measure("trends", keywords=keywords)
    finding = (
        findings.trends(table, keywords[0])
        if keywords
        else findings.Finding(
            "Type a keyword to follow", "There is too little text here to suggest one."
        )
    )
    widgets.head(finding.title, finding.standfirst)
    blocks.keyword_picker(keywords, suggested, measure, MEASURES, MOST_KEYWORDS)
    for keyword in (k for k in keywords if not parse_keyword(k)):
        state.notices().append(f"“{keyword}” has no word that can be counted.")
    for i, keyword in enumerate(keywords):
        rows = table[table["keyword"] == keyword]
        st.space("small")
        widgets.chart(
            trend_charts.trends(table, keyword, view.styles, view.mode, measure),
            key=f"trends-{i}",
            finding=f"“{keyword}”, by source",
            caption=f"{UNITS[measure]}. Solid: used. Open: an article that doesn’t use it",
            note=blocks.trend_note(rows),
            computed=TABLES["trends"].method,
            table=rows,
            filename="trends.csv",
            on_click=lambda key=f"trends-{i}": blocks.filter_clicked_source(view, key),
        )
        blocks.concordance(view, keyword, i)
