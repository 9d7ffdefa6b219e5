"""Articles: search, list and read."""

import streamlit as st

from dashboard.scope import count
from dashboard.ui import blocks, frame, reader, state, widgets

PER_PAGE = 20

view = frame.open_view()
article_id, passage = state.opened()
if article_id and article_id not in view.index.positions:
    state.notices().append("The article of the link is not in this corpus.")
if article_id in view.index.positions:
    reader.read(view, article_id, passage)
elif not frame.is_empty(view):
    articles = view.measure("articles")
    n, total = len(articles), view.index.manifest["n_articles"]
    what = f" with “{view.scope.query}”" if view.scope.query else ""
    how_many = f"{n:,} of {count(total, 'article')}" if n < total else count(n, "article")
    widgets.head(
        how_many + what,
        "Open one to read it with its evidence. Search and filter at the left.",
    )
    first = 0
    if n > PER_PAGE:
        chosen = st.pagination(-(-n // PER_PAGE), key="page", bind="query-params")
        first = (chosen - 1) * PER_PAGE
    for article in articles.iloc[first : first + PER_PAGE].itertuples():
        blocks.article_line(view, article, here=True)
    widgets.foot(
        "articles",
        f"n = {count(n, 'article')}, {int(articles['date'].isna().sum()):,} undated.",
        "",
        articles,
        "articles.csv",
    )
