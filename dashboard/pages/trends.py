"""Trends: what rose, and how often keywords are used over time, by source."""

import streamlit as st

from dashboard.measures import findings
from dashboard.measures.rises.finding import rose as rose_finding
from dashboard.ui import frame, search, sources, state, widgets
from dashboard.ui.choice import compare
from dashboard.ui.missing import nothing
from dashboard.ui.trends import drawn, keywords, rises

view = compare.compared(frame.view())
if not nothing.is_empty(view):
    asked = state.keywords()[: keywords.MOST_KEYWORDS]
    rose = rises.what_rose(view if not asked else rises.whole(view))
    shown = asked or rises.suggested(view)[:1]
    measure = keywords.chosen_measure(view.index.n_articles)
    among, now = keywords.chosen_among(), drawn.drawn(view)
    table = view.measure("trends", keywords=shown, among=among, width=now.width, smooth=now.smooth)
    finding = view.kept(
        "trends finding",
        lambda: findings.trends(table, shown, view.noun, measure),
        (*shown, among, now.width, measure),
    )
    if not asked and len(rose):
        finding = rose_finding(rose) or finding
    widgets.head(finding.title, finding.standfirst)
    if not asked:
        rises.rises(view, rose)
    keywords.keyword_picker(view, shown, measure)
    compare.picker(view)
    drawn.how(view, now)
    sources.part_picker(view)
    for i, keyword in enumerate(shown):
        st.space("small")
        keywords.chart(view, table, keyword, measure, now, i)
        if i == len(shown) - 1:
            drawn.lanes(view, now)
        keywords.related(view, keyword, shown, i)
        search.concordance(frame.view(), keyword, i, to_articles=True)
    if asked and view.scope.is_everything:
        st.space("small")
        rises.rises(view, rose)
    rises.then_and_now(view)
