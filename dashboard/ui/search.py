"""The text behind a number: passages, keywords in their context."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.index.topics.nodes import Topic
from dashboard.text.query import UnreadableQuery, parse_keyword, parse_query
from dashboard.ui import state, tables, widgets
from dashboard.ui.articles import hit_text, page_picker, quote_list
from dashboard.ui.frame import View
from dashboard.ui.text import md, plain
from dashboard.wording import count, in_quotes

PER_PAGE = 10  # passages
MOST_HITS = 10
FEW_HITS = 4  # of one keyword among several
MOST_READ = 500  # in the table
MOST_USES = 100  # of a keyword; the page Concordance has all


def passages(view: View, topic: Topic, *, all_of_them: bool = False) -> None:
    """The passages of one topic in view: those that stand for it, or ``all_of_them``, page by
    page; and a table of them."""
    chosen = replace(view, scope=replace(view.scope, topics=(topic.topic_id,)))
    table = chosen.measure("passages", most=MOST_READ)
    total = int(chosen.measure("topics")["n_passages"].sum())
    key, n_pages = topic.topic_id, -(-total // PER_PAGE)
    drawn, order, place = table.head(PER_PAGE), "In the order of articles and text", "above"
    if not all_of_them and n_pages > 1 and len(found := chosen.measure("exemplars")):
        drawn, order = found, "Typical ones first, each from a different article"
    with st.container(gap=None, key=f"np-passages-{key}"):
        st.header(f"The passages behind “{md(topic.label)}”", anchor=False)
        st.caption(order)
    is_paged = all_of_them and n_pages > 1
    if is_paged:
        first = (page_picker(n_pages) - 1) * PER_PAGE
        drawn = chosen.measure("passages", first=first, most=PER_PAGE)
        place = f"above, from number {first + 1:,} on"
    quotes = [(row, [(plain(row.text, 2000), False)], "") for row in tables.rows_of(drawn)]
    quote_list(view, quotes, f"quotes-{key}")
    if is_paged:
        page_picker(n_pages, below=True)
    more = f", {len(drawn):,} {place}" * (total > len(drawn))
    more += f", the first {len(table):,} in the table" * (total > len(table))
    note = f"n = {count(total, 'passage')} in view{more}."
    widgets.foot(f"passages-{key}", note, "", table, "passages.csv")


def concordance(
    view: View, keyword: str, *, to_articles: bool = False, most: int = MOST_HITS
) -> None:
    """A keyword in context, ``most`` uses of it, with the way to each article; ``to_articles``: and
    to all of them at once."""
    hits = view.measure("concordance", keywords=[keyword], most=MOST_USES)
    if hits.empty:
        return
    # One long article must not take all lines: the first hits of each, then their second ones.
    nth = hits.groupby("article_id").cumcount().sort_values(kind="stable")
    drawn = hits.loc[sorted(nth.index[:most])]
    with st.container(gap=None):
        st.header(f"{md(in_quotes(keyword))} in context", anchor=False)
        one_each = "; one use of each article first" * (len(drawn) < len(hits))
        st.caption(f"In order of date{one_each}")
    hit_rows = [(hit, hit_text(hit.left, hit.hit, hit.right), "") for hit in tables.rows_of(drawn)]
    quote_list(view, hit_rows, "hits")
    counted = view.measure("trends", keywords=[keyword])
    total = int(counted["count"].sum())
    more = f"{len(drawn):,} above" if total > len(drawn) else "all above"
    more += f", {len(hits):,} in the table" * (total > len(hits))
    asked = state.keywords() or view.index.keywords[:1]
    if total > len(drawn) and keyword in asked:
        widgets.page_link(
            "concordance",
            f"All {total:,} uses, sorted and counted →",
            nth=str(asked.index(keyword) + 1),
        )
    if to_articles and not view.scope.query and (query := _as_query(keyword)):
        # As many as the search will find: it looks into headlines too.
        n = view.kept("articles with", lambda: _found(view, query), query)
        if others := n - int(counted["n_with"].sum()):
            elsewhere = " or on another topic" if view.scope.topics else ""
            have = "has it" if others == 1 else "have it"
            st.caption(
                f"{others:,} of the {count(n, 'article')} below {have} only in the "
                f"headline{elsewhere}, which is not counted above"
            )
        st.button(
            f"Read the {count(n, 'article') if n > 1 else 'article'} with "
            f"{md(in_quotes(keyword))} →",
            key="read",
            type="tertiary",
            on_click=_read,
            args=(query,),
        )
    widgets.foot(
        "concordance",
        f"n = {count(total, 'hit')}, {more}.",
        "",
        hits,
        "concordance.csv",
    )


def _as_query(keyword: str) -> str:
    """The search that finds the articles which use a keyword; "" where none says just that, as in
    a search words beside each other are no phrase."""
    for text in (keyword, f'"{keyword}"'):
        try:
            query = parse_query(text)
            if query.how == "has" and not query.field and query.keyword == parse_keyword(keyword):
                return text
        except UnreadableQuery:
            continue
    return ""


def _found(view: View, query: str) -> int:
    return int(replace(view.scope, query=query).article_mask(view.index).sum())


def _read(query: str) -> None:
    """List what the search finds. For callbacks."""
    state.set_scope(q=query)
    state.ask_for("articles", {})
