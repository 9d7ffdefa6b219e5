"""Articles: search, list and read."""

import streamlit as st

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
    widgets.head(
        f"{n:,} of {total:,} articles{what}" if n < total else f"All {n:,} articles{what}",
        "Open one to read it with its evidence. Search and filter at the left.",
    )
    first = 0
    if n > PER_PAGE:
        first = (st.pagination(-(-n // PER_PAGE), key="articles_page") - 1) * PER_PAGE
    for article in articles.iloc[first : first + PER_PAGE].itertuples():
        blocks.article_line(view, article)
    widgets.foot(
        "articles",
        f"n = {n:,} articles, {int(articles['date'].isna().sum()):,} undated.",
        "",
        articles,
        "articles.csv",
    )
