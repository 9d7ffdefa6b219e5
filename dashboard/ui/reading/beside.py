"""Two to four articles side by side: what they share is shaded, what only one has is marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Literal
from urllib.parse import urlencode

import streamlit as st

from dashboard.corpus.article import join_paragraphs
from dashboard.index.layers.layer import MissingLayer
from dashboard.measures.events.copies import sharing
from dashboard.text.alignment import Several, Shared, align_several
from dashboard.ui import state, tables
from dashboard.ui.articles import COLUMNS, byline, byline_parts, display_title
from dashboard.ui.components.rows import Row, rows
from dashboard.ui.frame import View
from dashboard.ui.link.parameters import written
from dashboard.ui.text import html, md, plain
from dashboard.ui.widgets import page_link
from dashboard.wording import count, percent

MOST_LISTED = 12
MOST_BESIDE = 3  # articles beside the open one


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


def reading_beside(view: View, article_id: str) -> list[str]:
    """The articles that the link puts beside the open one; of others is said that they aren't
    here."""
    asked = list(dict.fromkeys(state.beside()))[:MOST_BESIDE]
    found = [i for i in asked if i != article_id and view.index.position(i) is not None]
    if len(found) < len(asked):
        state.notices().append(
            "An article that this link puts beside another isn’t in this corpus."
        )
    return found


def side_by_side(view: View, article_id: str, others: Sequence[str]) -> None:
    """Draw two to four articles of the corpus beside each other, on a narrow screen one above the
    other paragraph by paragraph."""
    ids = [article_id, *others]
    positions = [p for p in map(view.index.position, ids) if p is not None]
    every = list(tables.rows_of(view.index.article_rows(positions, COLUMNS)))
    texts = [join_paragraphs([n for n in view.index.record(p).lines if n.label == "keep"])
             for p in positions]  # fmt: skip
    found = view.kept("side by side", lambda: align_several(texts), tuple(ids))
    st.button("← This article alone", type="tertiary", on_click=state.set_option,
              args=("beside", None))  # fmt: skip
    with st.container(key="np-read", gap="small"):
        st.title(_title(found, len(ids)), anchor=False)
        st.markdown(
            "Shaded: words that stand in a run of eight or more that "
            + (
                "both articles have. "
                if len(ids) == 2
                else "another article has, named by number. "
            )
            + "Paragraphs without any are marked “only here”."
        )
    choose_beside(view, article_id, others)
    # As between the columns of text, in style.css.
    gap: Literal["medium", "large"] = "large" if len(ids) == 2 else "medium"
    for number, (column, article) in enumerate(
        zip(st.columns(len(ids), gap=gap), every, strict=True), 1
    ):
        with column, st.container(gap=None):
            st.markdown(byline(view, article))
            said = f"{number}. " * (len(ids) > 2) + display_title(view, article)
            st.subheader(md(said), anchor=False)
    names = [byline_parts(view, article).name for article in every]
    st.html(_grid(texts, names, found))


def choose_beside(view: View, article_id: str, others: Sequence[str]) -> None:
    """Which articles stand beside the open one, of those of its story, those that share text with
    it and those like it."""
    near = view.measure("near_articles", article=article_id)["other_id"].tolist()
    position = view.index.position(article_id)
    try:
        found = [] if position is None else sharing(view.index, position)["position"].tolist()
    except MissingLayer:
        found = []
    shared = view.index.article_rows(found[:MOST_LISTED], ["article_id"])["article_id"].tolist()
    offered = list(dict.fromkeys([*others, *shared, *near]))
    if not offered:
        return
    state.seed_widget("pick_beside", list(others))
    st.multiselect(
        "Read side by side",
        offered,
        key="pick_beside",
        max_selections=MOST_BESIDE,
        format_func=_titles(view, offered).__getitem__,
        placeholder="up to three articles like it",
        on_change=lambda: state.set_option("beside", state.widget("pick_beside")),
    )


def choose_from(view: View, ids: Sequence[str]) -> None:
    """Two to four articles of a list, to read side by side."""
    if len(ids) < 2:
        return
    chosen = st.multiselect(
        "Read side by side",
        list(ids),
        key="choose_beside",
        max_selections=MOST_BESIDE + 1,
        format_func=_titles(view, ids).__getitem__,
        placeholder="two to four articles of this list",
    )
    if len(chosen) > 1:
        page_link("articles", "Read them side by side →", **beside_link(chosen))


def beside_link(ids: Sequence[str]) -> dict[str, str]:
    """The parameters that open the first of these articles with the others beside it."""
    more = written(list(ids[1 : MOST_BESIDE + 1]))
    return {**state.opening(ids[0]), "beside": more}


def _titles(view: View, ids: Sequence[str]) -> dict[str, str]:
    positions = [p for p in map(view.index.position, ids) if p is not None]
    rows = tables.rows_of(view.index.article_rows(positions, COLUMNS))
    return {
        row.article_id: plain(f"{byline_parts(view, row).name}: {display_title(view, row)}", 100)
        for row in rows
    }


def _title(found: Several, n: int) -> str:
    if not found.n_shared:
        return "No run of eight words is in " + ("both articles" if n == 2 else "another article")
    words = count(found.n_shared, "word")
    return f"{words} in both articles" if n == 2 else f"{words} of the first are in another"


def _grid(texts: Sequence[Sequence[str]], names: Sequence[str], found: Several) -> str:
    """Paragraph by paragraph, the texts in columns."""
    cells, alone = [], [False] * len(texts)
    for row in _packed(found.rows):
        for at, own in enumerate(row):
            paragraphs = [(texts[at][i], found.spans[at][i]) for i in own]
            cells.append(_cell(paragraphs, names[at], len(texts), after=alone[at]))
            alone[at] = not found.spans[at][own[-1]] if own else alone[at]
    columns = f" np-beside-{len(texts)}" if len(texts) > 2 else ""
    return f'<div class="np-text np-beside{columns}">{"".join(cells)}</div>'


def _packed(rows: Sequence[Sequence[Sequence[int]]]) -> list[list[list[int]]]:
    """The rows, those that follow one another and hold no pair as one: what only one article has
    stands beside what only another has, so that no column waits for the end of another. Rows go by
    the first text."""
    packed: list[list[list[int]]] = []
    alone = False
    for row in rows:
        was_alone, alone = alone, not (row[0] and any(row[1:]))
        if not (alone and was_alone):
            packed.append([[] for _ in row])
        for own, more in zip(packed[-1], row, strict=True):
            own += more
    return packed


def _cell(
    paragraphs: Sequence[tuple[str, Sequence[Shared]]], name: str, n: int, *, after: bool
) -> str:
    """``after``: the paragraph before stands only here too, which is said once."""
    if not paragraphs:
        return "<div></div>"
    made = [f'<span class="np-whose">{html(name)}</span>']
    said = after
    for text, spans in paragraphs:
        if not spans and not said:
            made.append('<span class="np-basis">only here</span>')
        said = not spans
        made.append(_shaded(text, spans, n))
    return f"<div>{''.join(made)}</div>"


def _shaded(text: str, spans: Sequence[Shared], n: int) -> str:
    parts, end = [], 0
    for (start, stop), others in spans:
        where = ", ".join(str(other + 1) for other in others)
        sign = f'<sup class="np-in">{where}</sup>' if n > 2 else ""
        shared = f'<mark class="np-both">{html(text[start:stop])}{sign}</mark>'
        parts += [html(text[end:start]), shared]
        end = stop
    return f"<p>{''.join([*parts, html(text[end:])])}</p>"
