"""Topics: what the text is about, and the passages behind each."""

import streamlit as st

from dashboard.index.topics.nodes import OTHER_KIND
from dashboard.measures import findings
from dashboard.ui import frame, search, sources, topic_details, topics, widgets
from dashboard.ui.choice import compare
from dashboard.ui.missing import nothing

view = frame.view()
if nothing.is_empty(view):
    pass
elif (topic_id := topic_details.asked(view)) is not None:
    topic_details.read(view, topic_id)
else:
    table, every = view.measure("topics"), view.over_all_topics().measure("topics")
    finding = view.kept("topics finding", lambda: findings.topics(table, len(every)))
    widgets.head(finding.title, finding.standfirst)
    if (every["kind"] != OTHER_KIND).any():
        topics.number_picker(view)
        st.space("small")
        if view.measures_topics:
            topics.shares(view, table, every)
        for topic in view.scope.topics:
            st.space("small")
            search.passages(view, view.cut.topic(topic))
            topics.details_link(view.cut.topic(topic), "passages", "Details, and all passages →")
        if view.measures_topics:
            compare.picker(compared := compare.compared(view))
            sources.by_source(compared, table)
            topics.over_time(view, table)
            topics.relations(view, table)
        st.space("small")
        topics.words(view, table)
        topics.history(view)
