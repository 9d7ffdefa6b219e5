"""Topics: what the text is about, and the passages behind each."""

import streamlit as st

from dashboard.measures import findings
from dashboard.ui import blocks, frame, topic_blocks, topic_detail, widgets

view = frame.view()
if frame.is_empty(view):
    pass
elif (topic_id := topic_detail.asked(view)) is not None:
    topic_detail.read(view, topic_id)
else:
    topics, every = view.measure("topics"), view.over_all_topics().measure("topics")
    finding = findings.topics(every)
    widgets.head(finding.title, finding.standfirst)
    if (every["kind"] != "other").any():
        topic_blocks.number_picker(view)
        st.space("small")
        topic_blocks.shares(view, topics, every)
        for topic in view.scope.topics:
            st.space("small")
            blocks.passages(view, view.cut.topic(topic))
            topic_blocks.details_link(view.cut.topic(topic), "passages")
        topic_blocks.by_source(view, topics)
        topic_blocks.over_time(view, topics)
        topic_blocks.relations(view, topics)
        st.space("small")
        topic_blocks.words(view, topics)
        topic_blocks.history(view)
