"""Sources: how each one tells it, side by side."""

import streamlit as st

from dashboard.measures import findings
from dashboard.ui import frame, search, sources, state, widgets, words
from dashboard.ui.choice import compare, sides
from dashboard.ui.missing import nothing
from dashboard.ui.profile import profile
from dashboard.ui.similarity import alike

by_source = compare.compared(frame.view())
two = sides.chosen(frame.view())
view = sides.compared(by_source, two)
if not nothing.is_empty(view):
    within = words.words_within(view)
    keyness = view.measure("keyness", drawn=view.drawn.ids, within=within)
    mixes = view.measure("source_topics")
    topics, summary = view.measure("topics"), view.summary
    n_known, n_sources = summary.n_articles - summary.n_unknown, summary.n_sources
    n_compared = max(n_sources, keyness["source_id"].nunique() + 1 if len(keyness) else 0)
    finding = view.kept(
        "keyness finding",
        lambda: findings.keyness(keyness, n_known, n_compared, view.noun),
        view.drawn.ids,
        within,
    )
    times = "" if two.sides else sources.other_times(view)
    widgets.head(finding.title, f"{finding.standfirst} {times}".strip())
    if two.sides is None:
        compare.picker(by_source)
    sides.picker(frame.view(), two)
    if len(keyness) or within:
        st.space("small")
        words.keyness(view, keyness, within, two.sides)
        words.left_out(view)
        for keyword in state.keywords()[:1]:
            search.concordance(frame.view(), keyword)
        if not keyness["distinguishable"].any():
            widgets.not_distinguishable(words.what_would_help(view, within))
    if n_sources and view.measures_topics:
        st.space("small")
        sources.topic_intervals(view, mixes, topics)
    alike.section(view)
    profile.section(view)
