"""The brief and the findings: sentences that can be opened, numbers in words."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.measures import TABLES
from dashboard.measures.brief.brief import PARTS
from dashboard.measures.brief.document import brief_html, brief_markdown
from dashboard.measures.brief.reading import MOST_ARTICLES
from dashboard.ui import tables, widgets
from dashboard.ui.articles import quote_list
from dashboard.ui.frame import View
from dashboard.ui.text import md, plain
from dashboard.wording import capital, count, number

MOST_CARDS = 3
#: Where a finding can be seen, by its kind.
_PAGES = {
    "topic": ("sources", "Sources"),
    "word": ("sources", "Sources"),
    "peak": ("trends", "Trends"),
    "silence": ("brief", "Brief"),
}


def what_was_read(n_articles: int) -> str:
    """Of how many articles a brief is made, where these are not all."""
    if n_articles <= MOST_ARTICLES:
        return ""
    return (
        f"Up to {MOST_ARTICLES} of the {n_articles:,} articles are read for it: those of the "
        "stories that most sources carry. The story so far is of all of them."
    )


def digest(view: View) -> None:
    """All parts of the brief, each sentence a link to its place, then the ways to take it along."""
    table = view.measure("brief")
    for part, rows in table.groupby("part", sort=False):
        with st.container(key=f"np-brief-{part}", gap="small"):
            st.header(PARTS[str(part)], anchor=False)
            if part == "signals" and rows["sentence"].notna().any():
                _signals(view, rows)
            else:
                _sentences(view, rows, str(part))
    _take_along(view, table)


def news(view: View, most: int) -> None:
    """The first sentences of the brief."""
    _sentences(view, view.measure("brief", part="news").head(most), "first-news")


def _sentences(view: View, rows: pd.DataFrame, key: str) -> None:
    found = [row for row in tables.rows_of(rows) if isinstance(row.sentence, str)]
    quotes = [(row, [*_before(row), *_text(row)], _beside(row)) for row in found]
    quote_list(view, quotes, f"brief-{key}")
    for row in tables.rows_of(rows):
        if not isinstance(row.sentence, str):
            st.caption(md(row.note, 400))


def _signals(view: View, rows: pd.DataFrame) -> None:
    """A card for each theme."""
    for rank, card in rows.groupby("rank", sort=True):
        first = card.iloc[0]
        with st.container(border=True, gap="small"):
            st.markdown(f"**{md(capital(first['note']), 200)}**")
            st.caption(md(first["carried_by"], 600))
            quotes = [(row, _text(row), "") for row in tables.rows_of(card)]
            quote_list(view, quotes, f"signal-{rank}")


def _before(row: Any) -> list[tuple[str, bool]]:
    """The date that a sentence tells of, or who is quoted, before it."""
    return [(f"{plain(row.note, 60)}: ", True)] if row.part in ("so_far", "voices") else []


def _text(row: Any) -> list[tuple[str, bool]]:
    return [(plain(row.sentence, 1000), False)]


def _beside(row: Any) -> str:
    if row.part == "silent":
        return plain(row.note, 300)
    if row.part in ("so_far", "voices"):
        return ""
    return f"also {plain(row.carried_by, 300)}" if isinstance(row.carried_by, str) else ""


def _take_along(view: View, table: pd.DataFrame) -> None:
    """n, method and table, the text to copy, and the page to print."""
    n_sentences = int(table["sentence"].notna().sum())
    widgets.foot(
        "brief",
        f"n = {count(n_sentences, 'sentence')}, each as its article has it.",
        TABLES["brief"].method,
        table,
        "brief.csv",
    )
    title = view.corpus.name if view.corpus else "Brief"
    words = view.scope.describe(view.index)
    with st.container(horizontal=True):
        copy = st.popover("Copy as Markdown", key="np-brief-markdown", on_change="rerun")
        if copy.open:
            with copy:
                st.code(brief_markdown(table, title, words), language="markdown", wrap_lines=True)
        st.download_button(
            "Page to print",
            data=lambda: brief_html(table, title, words).encode("utf-8", "replace"),
            file_name=tables.file_name("brief.html"),
            mime="text/html",
            on_click="ignore",
        )


def _how_many(n: int, robust: int) -> str:
    """How many findings there are, are robust and stand above."""
    sure = "all" if robust == n else "none" if not robust else f"{robust:,}"
    rest = f"; {number(MOST_CARDS)} stand above" if n > MOST_CARDS else ""
    return f"{count(n, 'finding')}, {sure} robust{rest}."


def findings(view: View) -> None:
    """The first findings as cards, those that are not robust faint and with the reason."""
    table = view.measure("findings")
    if table.empty:
        st.caption("Nothing in view differs, peaks or is missing clearly enough to be said here.")
        return
    columns = st.columns(min(len(table), MOST_CARDS))
    for column, row in zip(columns, tables.rows_of(table), strict=False):
        page, name = _PAGES[row.kind]
        with column, st.container(border=True, height="stretch", gap="small"):
            said = md(row.finding, 400)
            st.markdown(said if row.robust else f":gray[{said}]")
            if not row.robust:
                st.caption(f"Not robust: {md(row.caution, 300)}")
            with st.container(horizontal=True, vertical_alignment="center"):
                widgets.page_link(page, f"{name} →")
                with st.popover("How is this computed?", type="tertiary"):
                    st.markdown(TABLES[row.table].method)
                    st.markdown(TABLES["findings"].method)
    widgets.foot(
        "findings",
        _how_many(len(table), int(table["robust"].sum())),
        "",
        table,
        "findings.csv",
    )
