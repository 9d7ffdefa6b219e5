"""Voices: who says what, through whom, and whom each source cites."""

import streamlit as st

from dashboard.measures.voices import findings
from dashboard.ui import frame, widgets
from dashboard.ui.missing import nothing
from dashboard.ui.voices import people, sourcing

view = frame.view()
if not nothing.is_empty(view):
    speakers = view.measure("speakers")
    finding = view.kept("voices finding", lambda: findings.voices(speakers))
    widgets.head(finding.title, finding.standfirst)
    if len(speakers):
        people.matrix(view, speakers)
        st.space("small")
        people.in_detail(view, speakers)
        st.space("small")
    sourcing.same_words(view)
    sourcing.cited(view)
