"""Trends: what rose, and how often keywords are used over time, together and by source."""

import streamlit as st

from dashboard.measures.findings import Finding
from dashboard.measures.rises.finding import rose as rose_finding
from dashboard.measures.trends.finding import compared, trend
from dashboard.ui import frame, search, sources, widgets
from dashboard.ui.choice import compare
from dashboard.ui.missing import nothing, unused
from dashboard.ui.trends import drawn, keywords, rises

view = compare.compared(frame.view())
if not nothing.is_empty(view):
    asked = keywords.chosen_keywords()
    rose = rises.what_rose(view if not asked else rises.whole(view))
    shown = asked or rises.suggested(view)[:1]
    measure = keywords.chosen_measure(view.index.n_articles)
    among, now = keywords.chosen_among(), drawn.drawn(view)
    counted = {"among": among, "width": now.width, "smooth": now.smooth}
    several = len(shown) > 1
    table = view.measure("trends_together" if several else "trends", keywords=shown, **counted)
    if several:
        finding = view.kept(
            "trends compared",
            lambda: compared(table, shown, now.period, measure, among),
            (*shown, among, now.width, measure),
        )
    elif not asked and (said := rose_finding(rose)):
        finding = said
    elif shown:
        finding = view.kept(
            "trends finding",
            lambda: trend(table, shown[0], view.noun, measure, among),
            (*shown, among, now.width, measure),
        )
    else:
        finding = Finding("Type a keyword to follow", "There is too little text to suggest one.")
    widgets.head(finding.title, finding.standfirst)
    used = set(table.loc[table["n_with"] > 0, "keyword"])
    for keyword in shown:
        if keyword not in used:
            unused.say(view, keyword, shown, among)
    if not asked:
        rises.rises(view, rose)
    keywords.keyword_picker(view, shown, measure)
    drawn.how(view, now)
    if several and used:
        st.space("small")
        keywords.together(view, table, shown, measure, now)
        st.space("small")
    keyword = keywords.in_detail(view, shown)
    if keyword in used:
        compare.picker(view)
        sources.part_picker(view)
        st.space("small")
        own = view.measure("trends", keywords=[keyword], **counted)
        keywords.chart(view, own, keyword, measure, now)
        drawn.lanes(view, now)
        keywords.related(view, keyword, shown)
        most = search.FEW_HITS if several else search.MOST_HITS
        search.concordance(frame.view(), keyword, to_articles=True, most=most)
    if asked and view.scope.is_everything:
        st.space("small")
        rises.rises(view, rose)
    rises.then_and_now(view)
