"""Articles and passages in lists: titles that open, whose they are and of when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.charts.parts.theme import style_for
from dashboard.index.layers.by_hand import notes_in
from dashboard.measures.passages import context
from dashboard.measures.topics import article_mix
from dashboard.text.hits import find_spans
from dashboard.text.query import Keyword, parse_query
from dashboard.ui import state, tables, widgets
from dashboard.ui.components.rows import Byline, Row, Segments
from dashboard.ui.components.rows import rows as draw_rows
from dashboard.ui.frame import View
from dashboard.ui.text import isolated, md, plain
from dashboard.wording import count, show_day

COLUMNS = ["article_id", "title", "source_id", "date", "date_basis", "file"]
MOST_LETTERS = 180  # of a snippet
#: What stands behind a date that the text doesn't state.
WHY = {
    "given": "The date was supplied with the articles, or corrected here.",
    "inferred": "The text doesn’t state the date; it follows from clues in it. Open the article "
    "to see which.",
    "bounded": "Only the earliest or latest possible date is known.",
}


def article_list(
    view: View,
    articles: Iterable[Any],
    key: str,
    *,
    in_full: bool = False,
    facts_of: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Articles, each a title that opens it, whose it is and of when. ``in_full``: also its length,
    main topic and first words, or the first place of what is searched for, as on the page that
    reads articles. ``facts_of``: more to say of an article, by its id."""
    searched = parse_query(view.scope.query).keywords() if in_full else []
    items = []
    for article in articles:
        facts, text = _more(view, article, searched) if in_full else ([], [])
        title = plain(display_title(view, article), 160)
        by = byline_parts(view, article, [*facts_of.get(article.article_id, ()), *facts])
        items.append(opening_row(article.article_id, "", by, title, text))
    draw_rows(items, key, partial(state.row_opened, key, here=in_full))


def quote_list(view: View, quotes: Sequence[tuple[Any, Segments, str]], key: str) -> None:
    """Passages, each with whose it is and the way to its article. A quote: a row that has
    article_id and passage_id, its text in parts, and a note."""
    ids = tuple(dict.fromkeys(row.article_id for row, _, _ in quotes))

    def read() -> dict[str, Any]:
        positions = [p for p in map(view.index.position, ids) if p is not None]
        found = view.index.article_rows(positions, ["article_id", *COLUMNS[2:5]])
        return {article.article_id: article for article in tables.rows_of(found)}

    articles = view.kept("articles quoted", read, ids)
    items = [
        opening_row(
            row.article_id,
            row.passage_id.rpartition("-")[2],
            byline_parts(view, articles[row.article_id], [note] if note else []),
            text=text,
        )
        for row, text, note in quotes
        if row.article_id in articles
    ]
    draw_rows(items, key, partial(state.row_opened, key, here=False))


def opening_row(
    article_id: str, passage: str, by: Byline, title: str = "", text: Segments | None = None
) -> Row:
    """An entry of a list that opens an article, at a passage where one is named."""
    opened = [article_id, passage] if passage else [article_id]
    return Row(opened, opening_link(*opened), by, title, text or [])


def opening_link(article_id: str, passage: str = "") -> str:
    """The address of an article, at a passage where one is named, with what is selected."""
    carried = {name: token for name, token in state.carried().items() if token}
    params = carried | state.opening(article_id, passage)
    return f"articles?{urlencode(params, errors='replace')}"


def _more(view: View, article: Any, searched: Sequence[Keyword]) -> tuple[list[str], Segments]:
    position = view.index.position(article.article_id)
    if position is None:
        return [], []
    passages = view.index.passages(position)
    facts = [count(int(view.index.article_words[position]), "word")]
    mix = article_mix(view.index, view.cut, position)
    if mix and view.measures_topics:
        facts.append(f"mostly “{plain(mix[0][0].label, 60)}”")
    noted = view.kept("labels of articles", lambda: _labels(view)).get(article.article_id, ())
    facts += [f"labelled {plain(label, 40)}" for label in noted]
    spans = [
        (passage, start, end)
        for passage in passages
        for start, end in sorted(s for keyword in searched for s in find_spans(keyword, passage))
    ]
    if not spans:
        first = plain(passages[0], MOST_LETTERS) if passages else ""
        return facts, [(first, False)] if first else []
    left, match, right = context(*spans[0])
    facts = [*facts, count(len(spans), "match", "matches")]
    return facts, marked(f"{left}{match}{right}", searched)


def _labels(view: View) -> dict[str, list[str]]:
    """The labels of the notes on each article that has some, by its id."""
    found: dict[str, list[str]] = {}
    for note in notes_in(view.index.manifest):
        labels = found.setdefault(note.article_id, [])
        labels += [note.label] * bool(note.label and note.label not in labels)
    return found


def marked(text: str, searched: Sequence[Keyword]) -> Segments:
    """A text in parts: what is searched for is marked."""
    parts: Segments = []
    end = 0
    for start, stop in sorted(span for keyword in searched for span in find_spans(keyword, text)):
        if start >= end:
            parts += [(text[end:start], False), (text[start:stop], True)]
            end = stop
    return [*parts, (text[end:], False)]


def hit_text(left: str, match: str, right: str) -> Segments:
    """A use of a keyword in its context."""
    return [(left, False), (match, True), (right, False)]


def listed(view: View, table: str, first: int, most: int, **options: str) -> Iterator[Any]:
    """Rows of ``articles`` or ``search``, as :func:`article_list` takes them."""

    def read() -> list[Any]:
        ids = view.measure(table, first=first, most=most, **options)["article_id"]
        positions = [p for p in map(view.index.position, ids) if p is not None]
        return list(tables.rows_of(view.index.article_rows(positions, COLUMNS)))

    return iter(view.kept("articles listed", read, table, first, most, *options.values()))


def page_picker(n_pages: int, *, below: bool = False) -> int:
    """Which page of a list is drawn, above the list; ``below`` it the same once more."""
    asked = state.option("page", "1")
    page = int(asked) if asked.isdecimal() else 0
    if not 1 <= page <= n_pages:
        page = 1
        if not below:
            state.notices().append(
                f"The link asks for a page that this list of {n_pages:,} pages doesn’t have."
            )
    key = "pick_page_below" if below else "pick_page"
    state.seed_widget(key, page)
    st.pagination(n_pages, key=key, on_change=_turn, args=(key,))
    return page


def _turn(key: str) -> None:
    """One page further or back, a step for the Back button."""
    page = state.widget(key)
    state.set_option("page", "" if page == 1 else str(page))


def order_picker(order: str, orders: Mapping[str, str]) -> None:
    """How a list of articles is ordered."""
    state.seed_widget("pick_order", order)
    st.segmented_control(
        "Order",
        list(orders),
        key="pick_order",
        format_func=orders.__getitem__,
        required=True,
        on_change=lambda: state.carry("order", "pick_order"),
        label_visibility="collapsed",
    )


def byline_parts(view: View, article: Any, facts: Sequence[str] = ()) -> Byline:
    """Mark, source, date and how the date is known, then ``facts``. ``article`` has source_id, date
    and date_basis."""
    day, basis = article.date, article.date_basis
    style = style_for(view.styles, article.source_id)
    name = plain(style.name, 60) if article.source_id else "source unknown"
    when = show_day(date.fromisoformat(day)) if day else "undated"
    known = basis == "stated" or not day
    return Byline(
        name,
        [when, *facts],
        widgets.mark_file(style, view.mode),
        "" if known else basis,
        "" if known else WHY.get(basis, ""),
    )


def byline(view: View, article: Any, facts: Sequence[str] = ()) -> str:
    """:func:`byline_parts` as Markdown."""
    by = byline_parts(view, article)
    badge = f" {widgets.basis_badge(by.basis)}" if by.basis else ""
    said = " · ".join([isolated(md(by.name)), *by.facts])
    after = "".join(f" · {md(fact)}" for fact in facts)
    return f"![]({by.mark}){widgets.EN_SPACE}:small[:gray[{said}]{badge}:gray[{after}]]"


def display_title(view: View, article: Any) -> str:
    """The title, or for an article without one its first words, said to be that."""
    if article.title:
        return str(article.title)
    position = view.index.position(article.article_id)
    passages = view.index.record(position).passages if position is not None else []
    if passages:
        return f"No headline: {passages[0][:90]}…"
    return f"No headline: {article.file}"
