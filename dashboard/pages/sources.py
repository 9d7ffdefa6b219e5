"""Sources: how each one tells it, side by side."""

import streamlit as st

from dashboard.charts import keyness as keyness_charts
from dashboard.measures import findings
from dashboard.ui import blocks, frame, methods, state, widgets
from dashboard.wording import count

MOST_PANELS = 6

view = frame.open_view()
if not frame.is_empty(view):
    keyness, mixes = view.measure("keyness"), view.measure("source_topics")
    topics, summary = view.measure("topics"), view.summary
    n_known, n_sources = summary.n_articles - summary.n_unknown, summary.n_sources
    n_compared = max(n_sources, keyness["source"].nunique() + 1 if len(keyness) else 0)
    finding = findings.keyness(keyness, n_known, n_compared)
    widgets.head(finding.title, finding.standfirst)
    if len(keyness):
        st.space("small")
        panels = keyness_charts.keyness(keyness, view.styles, view.mode)
        with st.container(gap=None):
            st.subheader("Words that lean to each source", anchor=False)
            rest = "the rest of the corpus" if n_sources == 1 else "the other sources"
            st.caption(f"Log-odds against {rest}, z. Pale: not distinguishable from chance")
        with st.container(key="np-panels"), st.grid(min_column_width=140):
            for source, figure in list(panels.items())[:MOST_PANELS]:
                with st.container(gap="xsmall"):
                    st.markdown(widgets.source_name(view.styles[source], view.mode))
                    widgets.draw(
                        figure,
                        f"keyness-{view.styles[source].rank}",
                        f"Words that lean to {source}",
                        lambda key=f"keyness-{view.styles[source].rank}": (
                            blocks.follow_clicked_term(key)
                        ),
                    )
        more = len(panels) - MOST_PANELS
        note = f"n = {count(n_known, 'article')} of {count(n_sources, 'source')}."
        note += f" {more:,} more sources are in the table; choose some at the left." * (more > 0)
        note += f" Not compared: {count(summary.n_unknown, 'article')} of unknown source." * bool(
            summary.n_unknown
        )
        widgets.foot("keyness", note, methods.KEYNESS, keyness, "keyness.csv")
        for keyword in state.tokens("kw")[:1]:
            blocks.concordance(view, keyword)
        if not keyness["distinguishable"].any():
            widgets.not_distinguishable(
                "More articles per source would help: a word has to recur across the articles of "
                "one source before it tells more than an article's subject. Until then compare "
                "the topics below, or read the articles side by side."
            )
    if n_sources:
        st.space("small")
        blocks.topic_intervals(view, mixes, topics)
