"""The text behind a number: passages, keywords in their context."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.index.topics.nodes import Topic
from dashboard.ui import state, widgets
from dashboard.ui.articles import ARTICLES_PAGE, byline
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.wording import count

MOST_PASSAGES = 6
MOST_HITS = 10
MOST_READ = 500  # in the table


def passages(view: View, topic: Topic, *, nearest: bool = True) -> None:
    """The passages of one topic in view, some in full, all of them in the table. ``nearest``: where
    they are many those that stand for it, else the first ones."""
    scope = replace(view.scope, topics=(topic.topic_id,))
    chosen = replace(view, scope=scope)
    table = chosen.measure("passages", most=MOST_READ)
    total = int(chosen.measure("topics")["n_passages"].sum())
    drawn, order = table.head(MOST_PASSAGES), "In the order of articles and text"
    if nearest and total > MOST_PASSAGES and len(found := chosen.measure("exemplars")):
        drawn, order = found, "Nearest to its centre first, each from a different article"
    with st.container(gap=None):
        st.subheader(f"The passages behind “{md(topic.label)}”", anchor=False)
        st.caption(order)
    for row in widgets.rows_of(drawn):
        quoted(view, f"passage-{row.passage_id}", md(row.text, 2000), row)
    more = f", {len(drawn):,} above" * (total > len(drawn))
    more += f", {len(table):,} in the table" * (total > len(table))
    widgets.foot(
        f"passages-{topic.topic_id}",
        f"n = {count(total, 'passage')} in view{more}.",
        "",
        table,
        "passages.csv",
    )


def concordance(view: View, keyword: str, number: int = 0) -> None:
    """A keyword in context, with the way to each article; ``number`` tells several apart."""
    hits = view.measure("concordance", keywords=[keyword])
    if hits.empty:
        return
    # One long article must not take all lines: the first hits of each, then their second ones.
    nth = hits.groupby("article_id").cumcount().sort_values(kind="stable")
    drawn = hits.loc[sorted(nth.index[:MOST_HITS])]
    with st.container(gap=None):
        st.subheader(f"“{md(keyword)}” in context", anchor=False)
        one_each = ", from as many articles as fit" * (len(drawn) < len(hits))
        st.caption(f"In order of date{one_each}")
    for i, hit in enumerate(widgets.rows_of(drawn)):
        text = f"{_spaced(hit.left)}**{md(hit.match)}**{_spaced(hit.right)}"
        key = f"hit-{number}-{i}"
        quoted(view, key, text, hit)
    total = int(view.measure("trends", keywords=[keyword])["count"].sum())
    more = f"{len(drawn):,} above" if total > len(drawn) else "all above"
    more += f", {len(hits):,} in the table" * (total > len(hits))
    widgets.foot(
        f"concordance-{number}",
        f"n = {count(total, 'hit')}, {more}.",
        "",
        hits,
        "concordance.csv",
    )


def _spaced(text: str) -> str:
    """Escaped, with the space at either end that escaping takes off."""
    return " " * text[:1].isspace() + md(text) + " " * text[-1:].isspace()


def quoted(view: View, key: str, markdown: str, row: Any, note: str = "") -> None:
    """A passage with whose it is, a ``note``, and the way to its article. ``row`` has article_id
    and passage_id."""
    positions = [p for p in [view.index.position(row.article_id)] if p is not None]
    columns = ("source_id", "date", "date_basis")
    article = next(widgets.rows_of(view.index.article_rows(positions, columns)))
    with st.container(gap=None, key=f"np-quote-{key}"):
        st.markdown(markdown)
        with st.container(horizontal=True, vertical_alignment="center"):
            whose = byline(view, article)
            st.markdown(whose + f" :small[:gray[· {md(note)}]]" * bool(note), width="content")
            st.page_link(
                ARTICLES_PAGE,
                label="Open →",
                query_params=state.opening(row.article_id, row.passage_id.rpartition("-")[2]),
            )
