"""Trends: what rose, and how often keywords are used over time, by source."""

import streamlit as st

from dashboard.measures import findings
from dashboard.measures.rises.finding import rose as rose_finding
from dashboard.ui import frame, search, sources, state, trends, widgets
from dashboard.ui.choice import compare
from dashboard.ui.missing import nothing

MOST_KEYWORDS = 4

view = compare.compared(frame.view())
if not nothing.is_empty(view):
    asked = state.keywords()[:MOST_KEYWORDS]
    rose = trends.what_rose(view if not asked else trends.whole(view))
    keywords = asked or trends.suggested(view)[:1]
    measure = trends.chosen_measure(view.index.n_articles)
    among = trends.chosen_among()
    table = view.measure("trends", keywords=keywords, among=among)
    finding = view.kept(
        "trends finding",
        lambda: findings.trends(table, keywords, view.noun),
        tuple(keywords),
        among,
    )
    if not asked and len(rose):
        finding = rose_finding(rose) or finding
    widgets.head(finding.title, finding.standfirst)
    if not asked:
        trends.rises(view, rose)
    trends.keyword_picker(view, keywords, measure, MOST_KEYWORDS)
    compare.picker(view)
    sources.part_picker(view)
    for i, keyword in enumerate(keywords):
        st.space("small")
        trends.chart(view, table, keyword, measure, i)
        search.concordance(frame.view(), keyword, i)
    if asked and view.scope.is_everything:
        st.space("small")
        trends.rises(view, rose)
    trends.then_and_now(view)
