"""Sources side by side: what each is on, and the words that lean to it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.charts import sources as source_charts
from dashboard.charts import surprise
from dashboard.charts.keyness import keyness as keyness_panels
from dashboard.measures import TABLES, findings
from dashboard.ui import state, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.wording import count

BY_SOURCE = {"share": "Share", "surprise": "Surprise"}


def part_picker(view: View, where: str = "") -> None:
    """Which sources the charts show, where they are too many for one part, and the way to the
    others. ``where``: tells several on a page apart."""
    drawn = view.drawn
    if drawn.n_parts < 2:
        return
    first = (drawn.number - 1) * drawn.size
    order = "as chosen" if view.scope.sources else "those with most articles first"
    with st.container(horizontal=True, vertical_alignment="center", key=f"np-part{where}"):
        st.caption(
            f"Sources {first + 1:,} to {first + len(drawn.ids):,} of {len(drawn.every):,}, {order}",
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
    if known and widgets.picked("by", BY_SOURCE, "By source") == "surprise":
        _surprise(view, topics, mixes)
    else:
        source_topics(view, topics)


def source_topics(view: View, topics: pd.DataFrame) -> None:
    """Topic × source, and the passages behind a chosen topic."""
    mixes = view.measure("source_topics")
    n_sources = mixes["source_id"].nunique()
    if not n_sources or topics.empty:
        return
    n_words = mixes.drop_duplicates("source_id")["n_source_words"].sum()
    every = ", on whatever topic" * bool(view.scope.topics)
    note = f"n = {n_words:,} words of {count(n_sources, 'source')}{every}."
    if (topics["reliability_word"] != "stable").any():
        note += " Pale: topics that are not stable."
    note += _unknown(view)
    part_picker(view, "-topics")
    widgets.chart(
        view.drawing(
            "source_topics",
            lambda: source_charts.source_topics(mixes, topics, view.styles, view.mode),
        ),
        key="source_topics",
        finding=findings.source_topics(mixes, topics),
        caption="Share of each source’s words by topic, %. Click a bar to filter by its source and "
        "topic",
        note=note,
        computed=TABLES["source_topics"].method,
        table=mixes,
        filename="source_topics.csv",
    )


def _surprise(view: View, topics: pd.DataFrame, mixes: pd.DataFrame) -> None:
    # A topic that no text in view is on has a residual in no source.
    few = int((mixes.groupby("source_id")["residual"].count() == 0).sum())
    note = f"n = {count(int(mixes.drop_duplicates('source_id')['n_articles'].sum()), 'article')}."
    note += f" Too few articles to tell: {count(few, 'source')}." * bool(few)
    part_picker(view, "-topics")
    widgets.chart(
        view.drawing("surprise", lambda: surprise.surprise(mixes, topics, view.styles, view.mode)),
        key="surprise",
        finding="Topics each source covers more than the others",
        caption="Adjusted residuals. Solid: more than the others; open: less; pale: within chance "
        f"(±{surprise.CHANCE:g}). Click a square to filter",
        note=note,
        computed=TABLES["source_topics"].methods["residual"],
        table=mixes,
        filename="source_topics.csv",
    )


def topic_intervals(view: View, mixes: pd.DataFrame, topics: pd.DataFrame, title: str = "") -> None:
    """Topic mix of each source with 95 % intervals, in two columns where there is room; ``title``:
    instead of the finding."""
    ids = source_charts.compared(mixes, view.styles)
    shown = mixes[mixes["source_id"].isin(ids)]
    with st.container(gap=None):
        heading = title or findings.source_topics(mixes, topics)
        caption = "Share of each source’s words by topic, %, with 95 % intervals"
        st.subheader(md(heading), anchor=False)
        st.caption(f"{caption}. Click a mark to filter by its source and topic")
    part_picker(view, "-intervals")
    st.markdown(widgets.key_line([view.styles[i] for i in ids], view.mode))
    upper = float(shown["ci_high"].max()) if len(shown) else None
    half = -(-len(topics) // 2)
    halves = {"intervals-1": topics.iloc[:half], "intervals-2": topics.iloc[half:]}
    figures = view.drawings(
        "intervals",
        lambda: {
            key: source_charts.topic_intervals(shown, part, view.styles, view.mode, upper=upper)
            for key, part in halves.items()
            if len(part)
        },
    )
    for column, (key, figure) in zip(st.columns(2, gap="large"), figures.items(), strict=False):
        with column:
            widgets.draw(figure, key, "Share of each source’s words by topic, with intervals")
    widgets.foot(
        "intervals",
        f"n = {mixes['n_passages'].sum():,} passages of {mixes['source'].nunique():,} sources"
        + f", {len(ids):,} of them drawn" * (mixes["source_id"].nunique() > len(ids))
        + ".",
        TABLES["source_topics"].method,
        mixes,
        "source_topics.csv",
        widgets.Picture(dict.fromkeys(figures, ""), heading, caption),
        marks=list(figures.values()),
    )


def keyness(view: View, keyness: pd.DataFrame) -> None:
    """The words that lean to each source that is drawn, a panel a source."""
    summary = view.summary
    panels = view.drawings("keyness", lambda: keyness_panels(keyness, view.styles, view.mode))
    with st.container(gap=None):
        st.subheader("Words that lean to each source", anchor=False)
        rest = "the rest of the corpus" if summary.n_sources == 1 else "the other sources"
        caption = f"Log-odds against {rest}, z. Pale: not distinguishable from chance"
        st.caption(f"{caption}. Click a word for its context")
    part_picker(view, "-words")
    parts = {}
    with st.container(key="np-panels"), st.grid(min_column_width=140):
        for source_id, figure in panels.items():
            style = view.styles[source_id]
            key = f"keyness-{style.rank}"
            parts[key] = style.name
            with st.container(gap="xsmall"):
                st.markdown(widgets.source_name(style, view.mode))
                widgets.draw(figure, key, f"Words that lean to {style.name}")
    n_known = summary.n_articles - summary.n_unknown
    note = f"n = {count(n_known, 'article')} of {count(summary.n_sources, 'source')}."
    silent = len(view.drawn.ids) - len(panels)
    note += f" Too few articles to judge the words of {count(silent, 'source')}." * bool(silent)
    note += _unknown(view)
    widgets.foot(
        "keyness",
        note,
        TABLES["keyness"].method,
        keyness,
        "keyness.csv",
        widgets.Picture(parts, "Words that lean to each source", caption) if parts else None,
        marks=list(panels.values()),
    )


def _unknown(view: View) -> str:
    n = view.summary.n_unknown
    return f" Not compared: {count(n, 'article')} of unknown source." if n else ""
