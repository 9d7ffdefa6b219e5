"""Two articles side by side: what they share is shaded, what only one has is marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.corpus.article import join_paragraphs
from dashboard.index.layers.layer import MissingLayer
from dashboard.measures.events.copies import sharing
from dashboard.text.alignment import Alignment, Span, align
from dashboard.ui import state, tables
from dashboard.ui.articles import COLUMNS, byline, byline_parts, display_title
from dashboard.ui.components.rows import Row, rows
from dashboard.ui.frame import View
from dashboard.ui.text import html, md, plain
from dashboard.wording import count, percent

MOST_LISTED = 12


def shared_text(view: View, article_id: str) -> None:
    """The articles that share text with the open one; a click puts one beside it. Nothing where
    there are none, or where the index doesn't know."""
    position = view.index.position(article_id)
    try:
        found = None if position is None else sharing(view.index, position)
    except MissingLayer:
        return
    if found is None or found.empty:
        return
    with st.container(gap="small", key="np-shared"):
        st.caption("Shares text with: open one to see both side by side")
        listed = found.head(MOST_LISTED)
        articles = tables.rows_of(view.index.article_rows(listed["position"].tolist(), COLUMNS))
        items = [
            _row(view, article_id, article, pair)
            for article, pair in zip(articles, tables.rows_of(listed), strict=True)
        ]
        key = f"beside-{article_id}"
        rows(items, key, partial(state.put_beside, key))
        if len(found) > len(listed):
            st.caption(f"and {count(len(found) - len(listed), 'more article')}")


def _row(view: View, article_id: str, article: Any, pair: Any) -> Row:
    facts = [
        f"{pair.kind}, {percent(pair.containment)}",
        f"{count(pair.n_shared_words, 'word')} shared",
    ]
    carried = {name: token for name, token in state.carried().items() if token}
    params = {**carried, **state.opening(article_id), "beside": article.article_id}
    return Row(
        [article.article_id],
        f"articles?{urlencode(params, errors='replace')}",
        byline_parts(view, article, facts),
        plain(display_title(view, article), 120),
    )


def side_by_side(view: View, article_id: str, other_id: str) -> None:
    """Draw two articles of the corpus beside each other, on a narrow screen one above the other
    paragraph by paragraph."""
    positions = [view.index.position(each) for each in (article_id, other_id)]
    one, other = (position for position in positions if position is not None)
    both = list(tables.rows_of(view.index.article_rows([one, other], COLUMNS)))
    texts = [join_paragraphs([n for n in view.index.record(p).lines if n.label == "keep"])
             for p in (one, other)]  # fmt: skip
    found = view.kept("side by side", lambda: align(*texts), article_id, other_id)
    st.button("← This article alone", type="tertiary", on_click=state.set_option,
              args=("beside", None))  # fmt: skip
    with st.container(key="np-read", gap="small"):
        st.title(_title(found), anchor=False)
        st.markdown(
            "Shaded: words that stand in a run of eight or more that both articles have. "
            "Paragraphs without any are marked “only here”."
        )
    for column, article in zip(st.columns(2, gap="large"), both, strict=True):
        with column, st.container(gap=None):
            st.markdown(byline(view, article))
            st.subheader(md(display_title(view, article)), anchor=False)
    names = [byline_parts(view, article).name for article in both]
    st.html(_grid(texts, names, found))


def _title(found: Alignment) -> str:
    if not found.n_shared:
        return "No run of eight words is in both articles"
    return f"{count(found.n_shared, 'word')} in both articles"


def _grid(texts: Sequence[Sequence[str]], names: Sequence[str], found: Alignment) -> str:
    """Paragraph by paragraph, the two texts in columns."""
    spans = (found.left, found.right)
    cells = [
        _cell([(texts[side][at], spans[side][at]) for at in row[side]], names[side])
        for row in found.rows
        for side in (0, 1)
    ]
    return f'<div class="np-text np-beside">{"".join(cells)}</div>'


def _cell(paragraphs: Sequence[tuple[str, Sequence[Span]]], name: str) -> str:
    if not paragraphs:
        return "<div></div>"
    whose = f'<span class="np-whose">{html(name)}</span>'
    if not any(spans for _, spans in paragraphs):
        whose += '<span class="np-basis">only here</span>'
    return f"<div>{whose}{''.join(_shaded(*each) for each in paragraphs)}</div>"


def _shaded(text: str, spans: Sequence[Span]) -> str:
    parts, end = [], 0
    for start, stop in spans:
        parts += [html(text[end:start]), f'<mark class="np-both">{html(text[start:stop])}</mark>']
        end = stop
    return f"<p>{''.join([*parts, html(text[end:])])}</p>"
