"""Articles: search, list and read."""

import streamlit as st

from dashboard.measures import TABLES
from dashboard.text.query import parse_query
from dashboard.ui import articles, frame, state, widgets
from dashboard.ui.missing import nothing
from dashboard.ui.reading import reader, results
from dashboard.ui.reading.beside import choose_from, reading_beside, side_by_side
from dashboard.ui.reading.copies import shared_text
from dashboard.ui.reading.notes import every_note
from dashboard.wording import count, searched

PER_PAGE = 20
ORDERS = {"relevance": "Relevance", "date": "Date"}
MOST_LISTED = 5_000  # in the table; `export` gives all

view = frame.view()
article_id, passage = state.opened()
if article_id and view.index.position(article_id) is None:
    state.notices().append("The article in this link is not in this corpus.")
beside = reading_beside(view, article_id)
if beside and view.index.position(article_id) is not None:
    side_by_side(view, article_id, beside)
elif view.index.position(article_id) is not None:
    reader.read(view, article_id, passage)
elif not nothing.is_empty(view):
    summary = view.summary
    n, total = summary.n_articles, view.index.n_articles
    what = f" with {searched(view.scope.query)}" if view.scope.query else ""
    how_many = f"{n:,} of {count(total, 'article')}" if n < total else count(n, "article")
    widgets.head(
        how_many + what,
        "Open one to read it with its evidence.",
    )
    by, once = "date", ""
    if parse_query(view.scope.query).keywords():
        by = state.option("order", "relevance", allowed=ORDERS)
        with st.container(horizontal=True):
            articles.order_picker(by, ORDERS)
            if by == "relevance":
                once = results.fold_picker(view)
                n = results.n_listed(view, once)
    first = 0
    if n > PER_PAGE:
        first = (articles.page_picker(-(-n // PER_PAGE)) - 1) * PER_PAGE
    table = "search" if by == "relevance" else "articles"
    folded = {"once": once} if by == "relevance" else {}
    found = list(articles.listed(view, table, first, PER_PAGE, **folded))
    others = results.others(view, first, PER_PAGE, once) if by == "relevance" else {}
    articles.article_list(view, found, "article-list", in_full=True, facts_of=others)
    if n > PER_PAGE:
        articles.page_picker(-(-n // PER_PAGE), below=True)
    choose_from(view, [row.article_id for row in found])
    widgets.foot(
        "articles",
        f"n = {count(summary.n_articles, 'article')}, {summary.n_undated:,} undated"
        + (f", {n:,} listed" if n < summary.n_articles else "")
        + (f", the first {MOST_LISTED:,} in the table." if n > MOST_LISTED else "."),
        TABLES["search"].method if by == "relevance" else "",
        view.measure(table, most=MOST_LISTED, **folded),
        f"{table}.csv",
    )
    shared_text(view)
    every_note(view)
