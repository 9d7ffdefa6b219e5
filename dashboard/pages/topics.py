"""Topics: what the text is about, and the passages behind each."""

import streamlit as st

from dashboard.charts import topics as topic_charts
from dashboard.measures import findings
from dashboard.scope import count
from dashboard.ui import blocks, frame, methods, widgets

view = frame.open_view()
if not frame.is_empty(view):
    topics, terms = view.measure("topics"), view.measure("topic_terms")
    every = view.over_all_topics().measure("topics")
    finding = findings.topics(every)
    widgets.head(finding.title, finding.standfirst)
    st.space("small")
    if set(every["topic_id"]) - {"other"}:
        widgets.chart(
            topic_charts.topics(topics, view.mode),
            key="topics",
            finding="Share of text by topic",
            caption="Share of the words of all topics in view, %. Click a bar to filter",
            note=f"n = {every['n_words'].sum():,} words in "
            f"{count(int(every['n_passages'].sum()), 'passage')}; {len(topics):,} of "
            f"{count(len(every), 'topic')} drawn. Pale: exploratory or tentative.",
            computed=methods.TOPICS,
            table=topics,
            filename="topics.csv",
            on_click=lambda: blocks.toggle_clicked_topic("topics", 0),
        )
        st.space("small")
        blocks.source_topics(view, topics)
        st.space("small")

        with st.container(gap=None):
            st.subheader("The words of each topic", anchor=False)
            st.caption("Most typical first: frequent in the topic, rare in others, met together")
        for topic in topics.itertuples():
            blocks.topic_words(view, topic, terms)
        widgets.foot("topic_terms", "", methods.TOPIC_TERMS, terms, "topic_terms.csv")
        for topic_id in view.scope.topics:
            st.space("small")
            blocks.passages(view, view.index.topic(topic_id))
