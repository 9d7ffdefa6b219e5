"""Articles: search, list and read."""

import streamlit as st

from dashboard.measures import TABLES
from dashboard.text.query import parse_query
from dashboard.ui import articles, frame, reader, state, widgets
from dashboard.wording import count

PER_PAGE = 20
ORDERS = {"relevance": "Relevance", "date": "Date"}
MOST_LISTED = 5_000  # in the table; `export` gives all

view = frame.view()
article_id, passage = state.opened()
if article_id and view.index.position(article_id) is None:
    state.notices().append("The article in this link is not in this corpus.")
if view.index.position(article_id) is not None:
    reader.read(view, article_id, passage)
elif not frame.is_empty(view):
    summary = view.summary
    n, total = summary.n_articles, view.index.n_articles
    what = f" with “{view.scope.query}”" if view.scope.query else ""
    how_many = f"{n:,} of {count(total, 'article')}" if n < total else count(n, "article")
    widgets.head(
        how_many + what,
        "Open one to read it with its evidence. The filters narrow the list.",
    )
    by = "date"
    if parse_query(view.scope.query).keywords():
        by = state.option("order", "relevance", allowed=ORDERS)
        articles.order_picker(by, ORDERS)
    first = 0
    if n > PER_PAGE:
        chosen = st.pagination(-(-n // PER_PAGE), key="page", bind="query-params")
        first = (chosen - 1) * PER_PAGE
    table = "search" if by == "relevance" else "articles"
    for article in articles.listed(view, table, first, PER_PAGE):
        articles.article_line(view, article, here=True)
    widgets.foot(
        "articles",
        f"n = {count(n, 'article')}, {summary.n_undated:,} undated"
        + (f", the first {MOST_LISTED:,} in the table." if n > MOST_LISTED else "."),
        TABLES["search"].method if by == "relevance" else "",
        view.measure(table, most=MOST_LISTED),
        f"{table}.csv",
    )
