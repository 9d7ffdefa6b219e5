"""Overview: what is here."""

import streamlit as st

from dashboard.measures import findings
from dashboard.ui import articles, coverage, frame, nothing, sources, widgets

MOST_LISTED = 6

view = frame.view()
if not nothing.is_empty(view):
    summary, topics = view.summary, view.measure("topics")
    every = view.over_all_topics().measure("topics")
    finding = findings.overview(summary, topics, len(every))
    widgets.head(finding.title, finding.standfirst)
    st.space("small")

    left, right = st.columns([1.7, 1], gap="large")
    with left:
        coverage.coverage(view)
    with right:
        with st.container(gap=None):
            st.subheader("The articles", anchor=False)
            st.caption("In order of date")
        found = articles.listed(view, "articles", 0, MOST_LISTED)
        articles.article_list(view, found, "first-articles")
        if summary.n_articles > MOST_LISTED:
            st.page_link(
                "dashboard/pages/articles.py", label=f"All {summary.n_articles:,} articles"
            )

    st.space("small")
    if view.measures_topics:
        sources.source_topics(view, topics)
    st.space("small")
    frame.import_report(view.index)
