"""Topics: how many, their shares and words, where they stand in time, how they relate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.parts import dates
from dashboard.charts.topics import map as topic_map
from dashboard.charts.topics import tree as topic_tree
from dashboard.charts.topics import trends as topic_trends
from dashboard.charts.topics.bars import present
from dashboard.charts.topics.bars import topics as topic_bars
from dashboard.index.counts.topic_mix import n_without_topic
from dashboard.index.topics.nodes import OTHER_KIND
from dashboard.measures import TABLES
from dashboard.measures.columns import FIRM
from dashboard.ui import gestures, state, tables, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.wording import count, percent

MOST_PANELS = 24
N_TERMS = 12
HOW_THEY_RELATE = "How the topics relate"
RELATIONS = {"tree": "Tree", "map": "Map"}


def shares(view: View, topics: pd.DataFrame, every: pd.DataFrame) -> None:
    """Share of the text by topic; ``every``: the same without the topic filter."""
    found = present(topics)
    n_drawn, n_all = (int((t["kind"] != OTHER_KIND).sum()) for t in (found, every))
    drawn = f"; {n_drawn:,} of {count(n_all, 'topic')} drawn" * (n_drawn < n_all)
    drawn += ", the others have no passage in view" * (len(found) < len(topics) == len(every))
    widgets.chart(
        view.drawing(
            "topics",
            lambda: topic_bars(topics, view.mode, float(every[["share", "ci_high"]].max().max())),
        ),
        key="topics",
        finding="Share of text by topic",
        caption="Share of the words of all topics in view, %, with 95 % intervals; n: passages. "
        + "Faint: not stable. " * (not view.index.fit.given)
        + "Click a bar to filter",
        note=f"n = {every['n_words'].sum():,} words in "
        f"{count(int(every['n_passages'].sum()), 'passage')}{drawn}. {_reliability(view)}",
        computed=TABLES["topics"].method,
        table=topics,
        filename="topics.csv",
    )


def _reliability(view: View) -> str:
    fit = view.index.fit
    if fit.given:
        index = view.index
        without = n_without_topic(index)
        some = f"{without:,} of {count(index.n_articles, 'article')} have none there (Other)"
        return (
            f"Given in {md(fit.given['file'], 80)}, not fitted, so there is no reliability; "
            + (some if without else "every article has one")
            + "."
        )
    return (
        f"Reliability {fit.reliability:.2f} (1 = perfect; shuffled text scores "
        f"{fit.reliability_of_shuffled_text:.2f}{_of_corpus(view)})."
    )


def number_picker(view: View) -> None:
    """From broad to fine: cuts the tree, fits nothing."""
    nodes = view.index.nodes
    if len(nodes.sizes) < 2:
        return
    now = view.cut.size
    state.seed_widget("pick_k", now)
    st.slider(
        "Number of topics, broad to fine",
        nodes.sizes[0],
        nodes.sizes[-1],
        key="pick_k",
        on_change=_number_picked,
        args=(view,),
        width=420,
        help=f"Merges or splits the topics; applies to every page. Now {now:,}, by default "
        f"{nodes.default_size:,}.",
    )


def _number_picked(view: View) -> None:
    size = state.widget("pick_k")
    cut = view.index.cut(size)
    there = {t.topic_id for t in cut.topics}
    # What is selected stays selected, as far as there are topics of its text.
    moved = [new for t in view.scope.topics for new in ([t] if t in there else cut.holding(t))]
    chosen = "" if size == cut.nodes.default_size else str(size)
    state.set_scope(k=chosen, topic=list(dict.fromkeys(moved)))


def over_time(view: View, topics: pd.DataFrame, key: str = "topic_trends") -> None:
    """The share of each topic over time; nothing where all articles are of one time. A click
    filters by the period and, where the page shows all topics, by the topic."""
    table = view.measure("topic_trends")
    n_periods, note = view.kept("note of periods", lambda: _periods(table))
    if n_periods < 2:
        return
    st.space("small")
    found = present(topics)
    drawn = found.head(MOST_PANELS)
    note += f" {len(found) - len(drawn):,} more topics in the table." * (len(found) > len(drawn))
    widgets.chart(
        view.drawing(key, lambda: topic_trends.topic_trends(table, drawn, view.mode)),
        key=key,
        finding="Topics over time" if len(drawn) > 1 else "Over time",
        caption="Share of the words of each period with 95 % intervals. Each panel has its own "
        "scale; the peak is named. Faint: few articles. Click a mark to filter",
        note=note,
        computed=TABLES["topic_trends"].method,
        table=table,
        filename="topic_trends.csv",
        on_click=gestures.follow if key == "topic_trends" else _period_alone,
    )


def _periods(trends: pd.DataFrame) -> tuple[int, str]:
    """How many periods have a date, and the articles of all of them in words."""
    cells = trends.drop_duplicates("period")
    n_undated = int(cells[cells["period"].isna()]["n_articles"].sum())
    undated = f"{n_undated:,}" if n_undated else "none"
    dated = cells.dropna(subset=["period"])
    n_articles = count(int(cells["n_articles"].sum()), "article")
    early = dates.said_early(dict(zip(dated["period"], dated["n_articles"], strict=True)))
    return len(dated), f"n = {n_articles}, {undated} undated.{early}"


def _period_alone(mark: Mapping[str, Any]) -> None:
    """On the page of a topic that need not be the one selected."""
    gestures.follow({"period": mark["period"]})


def relations(view: View, topics: pd.DataFrame) -> None:
    """How topics hang together: which merge, and where their articles lie on a map."""
    if len(view.cut.topics) < 2:
        return
    st.space("small")
    placed = len(view.index.map_places[0])
    chosen = bool(state.option("relation"))
    fold = st.expander(HOW_THEY_RELATE, expanded=chosen, key="np-relations", on_change="rerun")
    if not fold.open:  # nothing is sent for what is not shown
        return
    with fold:
        shown = widgets.picked("relation", RELATIONS, "Drawn as") if placed else "tree"
        _map(view, topics, placed) if shown == "map" else _tree(view)


def _tree(view: View) -> None:
    tree = view.measure("topic_tree")
    caption = (
        "Topics that join further left are more alike: merging them costs less (Ward’s method, no "
        "unit). The slider merges them in this order. Click one to filter"
    )
    st.caption(caption)
    figure = view.drawing("tree", lambda: topic_tree.tree(tree, view.mode))
    on_click = partial(_node_clicked, view)
    widgets.draw(figure, "tree", "Tree of topics", on_click)
    n_leaves = view.index.nodes.n_leaves
    widgets.foot(
        "tree",
        f"n = {count(n_leaves, 'finest topic')}, {count(int(tree['is_topic'].sum()), 'topic')} "
        f"drawn{_of_corpus(view)}.",
        TABLES["topic_tree"].method,
        tree,
        "topic_tree.csv",
        widgets.Picture({"tree": ""}, HOW_THEY_RELATE, caption),
        drawn=[figure],
        on_click=on_click,
    )


def _of_corpus(view: View) -> str:
    """Said of what no filter changes."""
    return "" if view.scope.is_everything else ", of the whole corpus"


def _node_clicked(view: View, mark: Mapping[str, Any]) -> None:
    chosen = view.cut.holding(mark["node"])
    state.set_scope(topic=[] if chosen == list(view.scope.topics) else chosen)


def _map(view: View, topics: pd.DataFrame, placed: int) -> None:
    table = view.measure("topic_map")
    how = (
        "Click one to read it"
        if len(table) <= topic_map.MAX_MARKS
        else "The stronger the tint, the more articles. To read one, filter to "
        f"{topic_map.MAX_MARKS:,} or fewer"
    )
    caption = f"Articles with similar wording are close together; the axes have no meaning. {how}"
    st.caption(caption)

    def draw() -> go.Figure:
        few = len(table) <= topic_map.MAX_MARKS
        drawn = tables.with_titles(view.index, table) if few else table
        return topic_map.topic_map(drawn, topics, view.mode, view.scope.topics)

    figure = view.drawing("map", draw)
    widgets.draw(figure, "map", "Map of articles")
    widgets.foot(
        "map",
        f"n = {count(len(table), 'article')} in view, of {placed:,} that were read to find the "
        "topics.",
        TABLES["topic_map"].method,
        table,
        "topic_map.csv",
        widgets.Picture({"map": ""}, HOW_THEY_RELATE, caption),
        drawn=[figure],
    )


def words(view: View, topics: pd.DataFrame) -> None:
    """Each topic with its strongest terms, the way to its passages and to its details."""
    terms = view.measure("topic_terms")
    with st.container(gap=None):
        st.header("The words of each topic", anchor=False)
        st.caption("Most typical words first")
    strongest = view.kept(
        "words of topics",
        lambda: {t: rows["term"].head(N_TERMS).tolist() for t, rows in terms.groupby("topic_id")},
    )
    with st.grid(min_column_width=320):
        for topic in view.kept("topics", lambda: list(tables.rows_of(topics))):
            if not topic.n_passages and topic.topic_id not in view.scope.topics:
                continue  # there is nothing to read
            _topic(view, topic, strongest.get(topic.topic_id, []))
    widgets.foot("topic_terms", "", TABLES["topic_terms"].method, terms, "topic_terms.csv")


def _topic(view: View, topic: Any, terms: Sequence[str]) -> None:
    with st.container(gap=None, key=f"np-topic-{topic.topic_id}"):
        trust = "" if topic.reliability_word in FIRM else f" :gray-badge[{topic.reliability_word}]"
        st.markdown(f"**{md(topic.label)}**{trust}")
        st.caption(md(", ".join(terms) or "no words of its own"))
        chosen = topic.topic_id in view.scope.topics
        with st.container(horizontal=True):
            details_link(topic, "words")
            st.button(
                "Show all topics" if chosen else f"Read the {count(topic.n_passages, 'passage')}",
                key=f"read-{topic.topic_id}",
                type="tertiary",
                on_click=state.toggle,
                args=("topic", topic.topic_id),
            )


def details_link(topic: Any, where: str, label: str = "Details →") -> None:
    """The way to a topic's own address; Other has none. ``where``: tells several apart."""
    if topic.kind != OTHER_KIND:
        st.button(
            label,
            key=f"detail-{where}-{topic.topic_id}",
            type="tertiary",
            on_click=state.set_option,
            args=("detail", topic.topic_id),
        )


def history(view: View) -> None:
    """What the last fit made of the topics before, and how what came since differs."""
    changes, drift = view.measure("topic_changes"), view.measure("topic_drift")
    for row in tables.rows_of(drift):
        told = (
            "no more than chance would give"
            if row.divergence <= 2 * row.expected
            else "more than chance would give"
        )
        widgets.foot(
            "drift",
            f"{count(row.n_articles_since, 'article')} came after the topics were found on "
            f"{row.n_articles_fitted:,}: the mix differs by {row.divergence:.3f} bits of 1, {told} "
            f"({row.expected:.3f}). On no topic: {percent(row.no_topic_since)} of their words, "
            f"{percent(row.no_topic_fitted)} before. To find topics anew: python -m dashboard "
            "build --out DIR --refit",
            TABLES["topic_drift"].method,
            drift,
            "topic_drift.csv",
        )
    if len(changes):
        counts = changes["change"].value_counts()
        said = ", ".join(
            f"{counts[w]:,} {w}"
            for w in ("same", "split", "merged", "appeared", "vanished")
            if w in counts
        )
        with st.expander(f"Since the topics were found before: {said}"):
            tables.table(changes, "topic-changes")
