"""Overview: what is here."""

import streamlit as st

from dashboard.measures import findings
from dashboard.ui import blocks, frame, widgets

MOST_LISTED = 6

view = frame.open_view()
if not frame.is_empty(view):
    articles, topics = view.measure("articles"), view.measure("topics")
    finding = findings.overview(articles, view.over_all_topics().measure("topics"))
    widgets.head(finding.title, finding.standfirst)
    st.space("small")

    left, right = st.columns([1.7, 1], gap="large")
    with left:
        blocks.coverage(view, articles)
    with right:
        with st.container(gap=None):
            st.subheader("The articles", anchor=False)
            st.caption("In order of date")
        for article in articles.head(MOST_LISTED).itertuples():
            blocks.article_line(view, article)
        if len(articles) > MOST_LISTED:
            st.page_link("dashboard/pages/articles.py", label=f"All {len(articles):,} articles")

    st.space("small")
    blocks.source_topics(view, topics)
    st.space("small")
    frame.import_report(view.index)
