"""Trends: how often keywords are used over time, by source."""

import streamlit as st

from dashboard.measures import findings
from dashboard.ui import frame, nothing, search, state, trends, widgets

MOST_KEYWORDS = 4

view = frame.view()
if not nothing.is_empty(view):
    suggested = view.index.keywords
    keywords = state.keywords()[:MOST_KEYWORDS] or suggested[:1]
    measure = trends.chosen_measure(view.summary.n_articles)
    table = view.measure("trends", keywords=keywords)
    finding = findings.trends(table, keywords)
    widgets.head(finding.title, finding.standfirst)
    trends.keyword_picker(keywords, suggested, measure, MOST_KEYWORDS)
    for i, keyword in enumerate(keywords):
        st.space("small")
        trends.chart(view, table, keyword, measure, i)
        search.concordance(view, keyword, i)
