"""Sources side by side: what each is on, and the words that lean to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts import sources as source_charts
from dashboard.charts import surprise
from dashboard.index.counts.grouped import grouped_by
from dashboard.index.topics.nodes import OTHER_ID
from dashboard.measures import TABLES, findings
from dashboard.measures.columns import FIRM
from dashboard.measures.statistics.mixes import (
    ARTICLES,
    MIN_ARTICLES,
    intervals_apart,
    separating_topics,
)
from dashboard.ui import state, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.wording import capital, count, join_words

MOST_TOPICS = 8
ROWS = {"spread": f"The {MOST_TOPICS} topics that differ most", "all": "All topics"}
BY_SOURCE = {"share": "Share", "surprise": "Over/under"}


def part_picker(view: View, where: str = "") -> None:
    """Which sources the charts show, where they are too many for one part, and the way to the
    others. ``where``: tells several on a page apart."""
    drawn = view.drawn
    if drawn.n_parts < 2:
        return
    first = (drawn.number - 1) * drawn.size
    order = "as chosen" if view.drawn.chosen else "those with the most articles first"
    with st.container(horizontal=True, vertical_alignment="center", key=f"np-part{where}"):
        st.caption(
            f"{capital(view.noun)}s {first + 1:,} to {first + len(drawn.ids):,} of "
            f"{len(drawn.every):,}, {order}",
            width="content",
        )
        for name, label, number in (
            ("previous", "← Previous", drawn.number - 1),
            ("next", "Next →", drawn.number + 1),
        ):
            st.button(
                label,
                key=f"{name}-part{where}",
                type="tertiary",
                disabled=not 1 <= number <= drawn.n_parts,
                on_click=state.set_option,
                args=("part", "" if number == 1 else str(number)),
            )


def by_source(view: View, topics: pd.DataFrame) -> None:
    """Topic × source: shares, or how far they are from what all sources would give; the latter
    only where some source has articles enough. Nothing where there is one source: it would be the
    shares once more."""
    mixes = view.measure("source_topics")
    if mixes["source_id"].nunique() < 2:
        return
    st.space("small")
    known = mixes["residual"].notna().any()
    if known and widgets.picked("by", BY_SOURCE, f"By {view.noun}") == "surprise":
        _surprise(view, topics, mixes)
    else:
        source_topics(view, topics)


def source_topics(view: View, topics: pd.DataFrame) -> None:
    """Topic × source, and the passages behind a chosen topic."""
    mixes = view.measure("source_topics")
    if mixes["source_id"].isna().all() or topics.empty:
        return
    finding, note = view.kept("words on source_topics", lambda: _said(view, topics, mixes))

    def draw() -> go.Figure:
        return source_charts.source_topics(
            mixes, topics, view.styles, view.mode, separating_topics(mixes, topics)
        )

    widgets.chart(
        view.drawing("source_topics", draw),
        key="source_topics",
        finding=finding,
        caption=f"Share of each {view.noun}’s words by topic, %; first what differs beyond "
        f"chance, then by spread. Click a bar to filter by its {view.noun} and topic",
        note=note,
        computed=TABLES["source_topics"].method,
        table=mixes,
        filename="source_topics.csv",
        choice=lambda: part_picker(view, "-topics"),
    )


def _said(view: View, topics: pd.DataFrame, mixes: pd.DataFrame) -> tuple[str, str]:
    """The finding of topic × source, and its note."""
    n_words = mixes.drop_duplicates("source_id")["n_source_words"].sum()
    every = ", on whatever topic" * bool(view.scope.topics)
    note = f"n = {n_words:,} words of {count(mixes['source_id'].nunique(), view.noun)}{every}."
    if not topics["reliability_word"].isin(FIRM).all():
        note += " Faint: topics that are not stable."
    apart, drawn = separating_topics(mixes, topics), source_charts.compared(mixes, view.styles)
    if apart:
        note += f" Bold: {view.noun}s differ beyond chance."
    label_of = dict(zip(topics["topic_id"], topics["label"], strict=True))
    hints = [label_of[t] for t in intervals_apart(mixes, topics, drawn) if t not in apart]
    if hints:
        n_topics = topics.loc[topics["n_words"] > 0, "topic_id"].ne(OTHER_ID).sum()
        named = join_words([f"“{label}”" for label in hints[:3]])
        note += (
            f" Intervals that lie apart, as on {named}, may still be chance: "
            f"{count(int(n_topics), 'topic')} are compared."
        )
    note += _unjudged(view, mixes, drawn) + f" {other_times(view)}".rstrip()
    return findings.source_topics(mixes, topics, view.noun, drawn), note + unknown(view)


def _unjudged(view: View, mixes: pd.DataFrame, drawn: Sequence[str]) -> str:
    """Which of those drawn have too few articles for the title to speak of; "" for none."""
    few = mixes[(mixes["interval_unit"] != ARTICLES) & mixes["source_id"].isin(drawn)]
    names = [view.styles[source].name for source in drawn if source in set(few["source_id"])]
    if not names or len(names) == len(drawn):  # of which the title speaks
        return ""
    return f" With fewer than {MIN_ARTICLES} articles, not judged: {join_words(names)}."


def _surprise(view: View, topics: pd.DataFrame, mixes: pd.DataFrame) -> None:
    # A topic that no text in view is on has a residual in no source.
    few = int((mixes.groupby("source_id")["residual"].count() == 0).sum())
    note = f"n = {count(int(mixes.drop_duplicates('source_id')['n_articles'].sum()), 'article')}."
    note += f" Too few articles to tell: {count(few, view.noun)}." * bool(few)
    widgets.chart(
        view.drawing("surprise", lambda: surprise.surprise(mixes, topics, view.styles, view.mode)),
        key="surprise",
        finding=f"Topics each {view.noun} covers more, or less, than the others",
        caption=f"How far each {view.noun} leans to a topic, in standard errors. Grey band and "
        f"faint bars: within chance (±{surprise.CHANCE:g}). Click a bar to filter",
        note=note,
        computed=TABLES["source_topics"].methods["residual"],
        table=mixes,
        filename="source_topics.csv",
        choice=lambda: part_picker(view, "-topics"),
    )


def topic_intervals(view: View, mixes: pd.DataFrame, topics: pd.DataFrame, title: str = "") -> None:
    """Topic mix of each source with 95 % intervals; ``title``: instead of the finding."""
    ids = source_charts.compared(mixes, view.styles)
    shown = mixes[mixes["source_id"].isin(ids)]
    with st.container(gap=None):
        heading = title or view.kept(
            "finding of intervals", lambda: findings.source_topics(mixes, topics, view.noun, ids)
        )
        caption = f"Share of each {view.noun}’s words by topic, %, with 95 % intervals"
        st.header(md(heading), anchor=False)
        st.caption(f"{caption}. Click a mark to filter by its {view.noun} and topic")
    part_picker(view, "-intervals")
    st.markdown(widgets.key_line([view.styles[i] for i in ids], view.mode))
    most = None
    n_rows = shown[shown["share"] > 0]["topic_id"].nunique()
    if n_rows > MOST_TOPICS and widgets.picked("rows", ROWS, "Topics") == "spread":
        most = MOST_TOPICS
    figure = view.drawing(
        "intervals",
        lambda: source_charts.topic_intervals(
            shown, topics, view.styles, view.mode, most, separating_topics(mixes, topics)
        ),
        most,
    )
    widgets.draw(figure, "intervals", heading)
    widgets.foot(
        "intervals",
        f"n = {mixes['n_passages'].sum():,} passages of "
        + count(mixes["source"].nunique(), view.noun)
        + f", {len(ids):,} of them drawn" * (mixes["source_id"].nunique() > len(ids))
        + f".{_unjudged(view, mixes, ids)}"
        + f" Bold: {view.noun}s differ beyond chance." * bool(separating_topics(mixes, topics)),
        TABLES["source_topics"].method,
        mixes,
        "source_topics.csv",
        widgets.Picture({"intervals": ""}, heading, caption, [view.styles[i] for i in ids]),
        drawn=[figure],
    )


def other_times(view: View) -> str:
    """A warning where sources that the charts show are of other times; "" where none is."""
    if view.noun != "source":  # sides and groups may be of other times by design
        return ""
    dates = view.measure("source_dates")
    return view.kept("other times", lambda: findings.other_times(dates, view.drawn.ids))


def unknown(view: View) -> str:
    """What is not compared: articles of unknown source, and what is absent."""
    n = view.summary.n_unknown if view.noun != "side" else 0
    column = grouped_by(view.index)
    of = f"without a value of {column}" if column else "of unknown source"
    said = f" Not compared: {count(n, 'article')} {of}." if n else ""
    return said + absent(view)


def absent(view: View) -> str:
    """Which of the sources that are chosen have nothing to draw; "" where all have."""
    index, drawn = view.index, view.drawn.ids if view.drawn.chosen else ()
    there = set(index.source_ids[np.unique(index.source_of[view.scope.article_mask(index)])])
    names = [view.styles[source].name for source in drawn if source not in there]
    return f" No article in view: {join_words(names)}." if names else ""
