"""Overview: what is here."""

import streamlit as st

from dashboard.measures import findings
from dashboard.ui import articles, coverage, frame, sources, widgets

MOST_LISTED = 6

view = frame.view()
if not frame.is_empty(view):
    summary, topics = view.summary, view.measure("topics")
    finding = findings.overview(summary, view.over_all_topics().measure("topics"))
    widgets.head(finding.title, finding.standfirst)
    st.space("small")

    left, right = st.columns([1.7, 1], gap="large")
    with left:
        coverage.coverage(view)
    with right:
        with st.container(gap=None):
            st.subheader("The articles", anchor=False)
            st.caption("In order of date")
        for article in widgets.rows_of(view.measure("articles", most=MOST_LISTED)):
            articles.article_line(view, article)
        if summary.n_articles > MOST_LISTED:
            st.page_link(
                "dashboard/pages/articles.py", label=f"All {summary.n_articles:,} articles"
            )

    st.space("small")
    sources.source_topics(view, topics)
    st.space("small")
    frame.import_report(view.index)
