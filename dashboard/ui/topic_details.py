"""One topic in detail, at an address of its own: ``/topics?detail=ID``."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.charts.topics import terms as term_charts
from dashboard.index.building.rename import MOST_LETTERS, rename_topic
from dashboard.index.storage.folder import IndexFolderError
from dashboard.index.topics.model import MIXED
from dashboard.measures import TABLES
from dashboard.ui import search, sources, state, tables, topics, widgets
from dashboard.ui.articles import quote_list
from dashboard.ui.frame import View
from dashboard.ui.text import md, plain
from dashboard.wording import capital, count, in_quotes, percent, percent_range

USUAL = 0.6  # of relevance: see ``topic_terms``
N_EXEMPLARS = 3
LIKE = 0.1  # cosine from which a topic is said to be similar


def asked(view: View) -> str | None:
    """The topic that the link asks for; where the number of topics is another, the one that holds
    it."""
    wanted = state.option("detail")
    there = [t.topic_id for t in view.cut.topics if t.node >= 0]
    if not wanted or wanted in there:
        return wanted or None
    holders = view.cut.holding(wanted)
    state.notices().append(
        "The link was made for another number of topics; this topic holds the same text."
        if holders
        else "The topic in this link is not in this corpus."
    )
    return holders[0] if holders else None


def read(view: View, topic_id: str) -> None:
    """Draw the topic in the scope of the page, whatever topics are selected."""
    st.button("← All topics", type="tertiary", on_click=state.set_option, args=("detail", None))
    own = replace(view, scope=replace(view.scope, topics=(topic_id,)))
    table = own.measure("topics")
    if table.empty:
        return
    topic = next(tables.rows_of(table))
    widgets.head(topic.label, _standfirst(view, topic))
    _rename(view, topic)
    st.space("small")
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        _words(own, topic)
    with right:
        _exemplars(own)
    for keyword in state.keywords()[:1]:
        _context(own, keyword)
    mixes = own.measure("source_topics")
    if view.measures_topics:
        topics.over_time(own, table, key="detail_trends")
    if view.measures_topics and mixes["source_id"].nunique() > 1:
        st.space("small")
        sources.topic_intervals(own, mixes, table, "By source")
    st.space("small")
    _relatives(view, topic)
    st.space("small")
    search.passages(own, view.cut.topic(topic_id), all_of_them=True)


def _standfirst(view: View, topic: Any) -> str:
    total = int(view.over_all_topics().measure("topics")["n_passages"].sum())
    if not view.measures_topics:
        return (
            f"A theme to read, in {topic.n_passages:,} of {count(total, 'passage')}: topics found "
            "in the same words, shuffled, hold together as well."
        )
    said = capital(
        f"{percent(topic.share)} of the words in view (95 % interval "
        f"{percent_range(topic.ci_low, topic.ci_high)}), in "
        f"{topic.n_passages:,} of {count(total, 'passage')}. "
    )
    if topic.kind == "template":
        return said + "House wording: near-identical lines of one source, set apart from the rest."
    if topic.kind == MIXED:
        return said + (
            "Mixed: fewer than half of its articles hold three of its first ten words, so it is "
            "several themes, or what the others left."
        )
    if given := view.index.fit.given:
        return said + f"Given in {md(given['file'], 80)}, not fitted."
    found = f", found on {count(topic.size, 'passage')}" * (topic.size != topic.n_passages)
    return said + (
        f"{topic.reliability_word.capitalize()}{found}: when topics are found again without a "
        f"fifth of the text, it overlaps {topic.reliability:.2f} of 1 with its best match."
    )


def _rename(view: View, topic: Any) -> None:
    corpus = view.corpus
    if corpus is None:  # a name is for all who see the corpus
        return

    def rename() -> None:
        try:
            rename_topic(corpus.index, topic.topic_id, state.widget("pick_name") or "")
        except (IndexFolderError, OSError) as error:
            state.say(str(error))

    with st.popover("Rename", type="tertiary", icon=":material/edit:"):
        state.seed_widget("pick_name", topic.label)
        st.text_input("Name", key="pick_name", max_chars=MOST_LETTERS, on_change=rename)
        st.caption(
            "Everyone with the link to this corpus sees it. Leave it empty for the original name"
        )


def _words(own: View, topic: Any) -> None:
    relevance = _relevance(state.option("relevance"))
    terms = own.measure("topic_terms", relevance=relevance)
    with st.container(gap=None):
        st.header("Its words", anchor=False)
        caption = "Bar: share of the topic’s words, %. Tick: of all words. Times: bar ÷ tick."
        st.caption(f"{caption} Click one for its context")
    state.seed_widget("pick_relevance", relevance)
    st.slider(
        "Rank words by: exclusive to this topic (0) … most frequent in it (1)",
        0.0,
        1.0,
        step=0.1,
        key="pick_relevance",
        on_change=_relevance_picked,
    )
    figure = own.drawing("terms", lambda: term_charts.terms(terms, own.mode), relevance)
    widgets.draw(figure, "detail_terms", f"Words of {topic.label}")
    widgets.foot(
        "detail_terms",
        f"n = {count(topic.size, 'passage')} of the corpus; the filters don’t change the words.",
        TABLES["topic_terms"].methods["relevance"],
        terms,
        "topic_terms.csv",
        widgets.Picture({"detail_terms": ""}, f"Words of {topic.label}", caption),
        drawn=[figure],
    )


def _relevance(given: str) -> float:
    """λ of a link, 0 to 1; the usual one for what is not a number."""
    try:
        wanted = float(given)
    except ValueError:
        return USUAL
    return USUAL if math.isnan(wanted) else min(max(wanted, 0.0), 1.0)


def _relevance_picked() -> None:
    share = state.widget("pick_relevance")
    state.set_option("relevance", "" if share == USUAL else f"{share:g}")


def _context(own: View, keyword: str) -> None:
    """Where the word stands, and the way to close it."""
    st.space("small")
    if own.measure("concordance", keywords=[keyword]).empty:
        st.caption(f"{md(in_quotes(keyword))} is not in the passages in view")
    search.concordance(own, keyword)
    st.button("Close", key="close-kw", type="tertiary", on_click=state.set_option, args=("kw", ""))


def _exemplars(own: View) -> None:
    exemplars = own.measure("exemplars")
    with st.container(gap=None):
        st.header("Typical passages", anchor=False)
        st.caption(
            "Nearest to the centres of its largest parts, each from a different article. Distance: "
            "from that centre, 0 to 1"
        )
    quotes = [
        (row, [(plain(row.text, 600), False)], f"distance {row.distance:.2f}")
        for row in tables.rows_of(exemplars.head(N_EXEMPLARS))
    ]
    quote_list(own, quotes, "exemplars-quoted")
    if exemplars.empty:
        st.markdown("None of its passages is in view.")
        return
    widgets.foot(
        "exemplars",
        f"{min(len(exemplars), N_EXEMPLARS)} of {count(len(exemplars), 'passage')}.",
        TABLES["exemplars"].method,
        exemplars,
        "exemplars.csv",
    )


def _relatives(view: View, topic: Any) -> None:
    nodes, labels = view.index.nodes, {t.topic_id: t.label for t in view.cut.topics}
    similar = view.over_all_topics().measure("similar_topics")
    themes = [t.topic_id for t in view.cut.topics if t.kind == "theme"]
    similar = similar[
        (similar["topic_id"] == topic.topic_id)
        & (similar["cosine"] >= LIKE)
        & similar["similar_id"].isin(themes)  # house wording is like whatever stands beside it
    ]
    with st.container(gap=None):
        st.header("Similar topics", anchor=False)
        st.caption(
            "Similarity from 0 to 1: the cosine of their mean vectors, minus what all texts share"
        )
    with st.container(gap=None):
        for row in tables.rows_of(similar):
            st.button(
                f"{md(labels[row.similar_id])} · {row.cosine:.2f}",
                key=f"similar-{row.similar_id}",
                type="tertiary",
                on_click=state.set_option,
                args=("detail", row.similar_id),
            )
    if similar.empty:
        st.markdown("No other topic is like it.")
    own = nodes.node_ids.index(topic.topic_id)
    parts = [nodes.labels[i] for i, parent in enumerate(nodes.parents) if parent == own]
    lines = [f"Splits into {' and '.join(f'“{md(p)}”' for p in parts)}."] if parts else []
    sibling = nodes.sibling(own)
    if sibling is not None:
        lines.append(f"Merges with “{md(nodes.labels[sibling])}” when fewer topics are asked for.")
    if lines:
        st.caption(" ".join(lines))
    if len(similar):
        widgets.foot("similar", "", TABLES["similar_topics"].method, similar, "similar_topics.csv")
