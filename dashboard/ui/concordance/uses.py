"""The uses of a keyword: which, in what order, line by line, and by source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.concordance.collocates import MOST as MOST_COLLOCATES
from dashboard.charts.concordance.collocates import collocates as collocates_chart
from dashboard.charts.concordance.dispersion import MOST_ROWS
from dashboard.charts.concordance.dispersion import dispersion as dispersion_chart
from dashboard.charts.parts.theme import style_for
from dashboard.measures import TABLES
from dashboard.measures.concordance.uses import SORTS, WIDTH
from dashboard.text.query import UnreadableQuery, parse_keyword, parse_query
from dashboard.ui import articles, state, tables, widgets
from dashboard.ui.components.concordance import UseLine, lines
from dashboard.ui.frame import View
from dashboard.ui.text import md, plain
from dashboard.wording import count, in_quotes, show_day

PER_PAGE: Final = 40
MOST_LISTED: Final = 2_000  # in the table; `export` gives all


def picked(suggested: Sequence[str]) -> str:
    """The keyword of the link that is shown: of several the ``nth``; without one what is searched
    for, if that is one thing, else the first of those suggested, "" where there is none."""
    asked = state.keywords()
    nth = state.option("nth", "1")
    if nth.isdecimal() and 0 < int(nth) <= len(asked):
        return asked[int(nth) - 1]
    return next(iter([*asked, *_searched(), *suggested]), "")


def _searched() -> list[str]:
    """The search, where it counts as a keyword."""
    search = state.option("q")
    try:
        query = parse_query(search)
        one = query.how == "has" and not query.field and (query.keyword == parse_keyword(search))
    except UnreadableQuery:
        return []
    return [search] if one else []


def picker(keyword: str, suggested: Sequence[str]) -> tuple[str, str]:
    """Which keyword, in what order, near which word: draws the choice and gives the last two."""
    asked = state.keywords()
    if len(asked) > 1:
        state.seed_widget("pick_nth", keyword)
        st.segmented_control(
            "Of the keywords",
            asked,
            key="pick_nth",
            format_func=partial(md, limit=40),
            required=True,
            on_change=_chosen,
            args=(asked,),
            label_visibility="collapsed",
        )
    sort = state.option("sort", "date", allowed=SORTS)
    near = plain(state.option("near"), 40)
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        state.seed_widget("pick_use", keyword)
        st.text_input(
            "Keyword",
            key="pick_use",
            on_change=_typed,
            placeholder=" or ".join(suggested[:2]),
            help="Several words are a phrase; end a word with \\* for any ending; write OR between "
            "alternatives: climate (change OR crisis).",
        )
    with right:
        state.seed_widget("pick_sort", sort)
        st.selectbox(
            "Sorted by",
            list(SORTS),
            key="pick_sort",
            format_func=SORTS.__getitem__,
            on_change=_sorted,
        )
    if near:
        st.button(
            f"Only within {WIDTH} words of {md(in_quotes(near))}",
            icon=":material/close:",
            key="pick_near",
            help="Show all uses again",
            on_click=state.set_option,
            args=("near", None),
        )
    return sort, near


def _chosen(asked: list[str]) -> None:
    state.set_option("near", None)
    state.set_option("nth", str(asked.index(state.widget("pick_nth")) + 1))


def _typed() -> None:
    typed = " ".join((state.widget("pick_use") or "").split())
    state.set_option("near", None)
    state.set_option("nth", None)
    state.set_option("kw", [typed] if typed else None)


def _sorted() -> None:
    sort = state.widget("pick_sort")
    state.set_option("sort", None if sort == "date" else sort)


def use_lines(view: View, keyword: str, sort: str, near: str, n_uses: int) -> None:
    """The uses, page by page, each a line that opens its article there."""
    first = 0
    n_pages = -(-n_uses // PER_PAGE)
    if n_pages > 1:
        first = (articles.page_picker(n_pages) - 1) * PER_PAGE
    asked = {"keywords": [keyword], "sort": sort, "word": near}
    drawn = view.measure("concordance", **asked, first=first, most=PER_PAGE)
    key = "concordance"
    lines(
        [_line(view, row) for row in tables.rows_of(drawn)],
        key,
        partial(state.row_opened, key, here=False),
    )
    if n_pages > 1:
        articles.page_picker(n_pages, below=True)
    more = f", the first {MOST_LISTED:,} in the table; export gives all" * (n_uses > MOST_LISTED)
    widgets.foot(
        "concordance",
        f"n = {count(n_uses, 'use')}{more}.",
        TABLES["concordance"].method,
        view.measure("concordance", **asked, most=MOST_LISTED),
        "concordance.csv",
    )


def _line(view: View, row: Any) -> UseLine:
    style = style_for(view.styles, row.source_id)
    opened = [row.article_id, row.passage_id.rpartition("-")[2]]
    return UseLine(
        opened,
        articles.opening_link(*opened),
        plain(row.left, 200) + " " * row.left[-1:].isspace(),
        plain(row.hit, 120),
        " " * row.right[:1].isspace() + plain(row.right, 200),
        plain(style.name, 40) if row.source_id else "source unknown",
        show_day(date.fromisoformat(row.date)) if row.date else "undated",
        widgets.mark_file(style, view.mode),
    )


def strip(view: View, keyword: str, near: str) -> None:
    """Where the uses are: in each article, or by source in time."""
    rows = view.measure("dispersion", keywords=[keyword], word=near)
    few = rows["article_id"].nunique() <= MOST_ROWS
    n_sources = rows["source_id"].nunique(dropna=False)
    caption = "A line for each use, from the beginning of the article to its end"
    if not few:
        top = f"; the {MOST_ROWS} sources with the most uses" * (n_sources > MOST_ROWS)
        caption = f"The stronger a line, the more uses in the period{top}"

    def draw() -> go.Figure:
        drawn = tables.with_titles(view.index, rows) if few else rows
        return dispersion_chart(drawn, view.styles, view.mode)

    widgets.chart(
        view.drawing("dispersion", draw, keyword, near),
        key="dispersion",
        finding="Where in the articles" if few else "When, by source",
        caption=f"{caption}. Click one to {'open the article' if few else 'filter by it'}",
        note=f"n = {count(len(rows), 'use')}.",
        computed="",
        table=rows.head(MOST_LISTED),
        filename="dispersion.csv",
    )


def by_source(view: View, keyword: str, near: str) -> None:
    """Uses and articles of each source, as a table."""
    rows = view.measure("uses", keywords=[keyword], word=near)
    used = rows[rows["n_uses"] > 0]
    with st.container(gap=None):
        st.header("By source", anchor=False)
        st.caption("Most uses first. Long articles use a word more often: compare the rates.")
    tables.table(used.drop(columns="keyword"), "uses-by-source", name="uses")
    widgets.foot(
        "uses",
        f"n = {count(len(rows), 'source')}, {len(used):,} use it.",
        TABLES["uses"].method,
        rows,
        "uses.csv",
    )


def collocates(view: View, keyword: str) -> None:
    """The words near it; a click lists the uses that have one near them."""
    rows = view.measure("collocates", keywords=[keyword])
    if rows.empty:
        return
    beyond = int(((rows["q"] < 0.05) & (rows["log_likelihood"] > 0)).sum())
    faint = " Faint: could be chance." if beyond < min(len(rows), MOST_COLLOCATES) else ""
    widgets.chart(
        view.drawing("collocates", lambda: collocates_chart(rows, view.mode), keyword),
        key="collocates",
        finding=f"Words near {in_quotes(keyword)}",
        caption="How closely they go together (log-Dice), and how often within "
        f"{WIDTH} words of it. Click a word to see where",
        note=f"n = {count(len(rows), 'word')}"
        + f", the first {MOST_COLLOCATES} drawn" * (len(rows) > MOST_COLLOCATES)
        + f".{faint}",
        computed=TABLES["collocates"].method,
        table=rows,
        filename="collocates.csv",
        on_click=_near,
    )


def _near(mark: Mapping[str, Any]) -> None:
    state.set_option("near", str(mark["kw"]))


def total(rows: pd.DataFrame) -> str:
    """ "5 uses in 3 articles of 2 sources" of the table ``uses``."""
    used = rows[rows["n_uses"] > 0]
    return (
        f"{count(int(used['n_uses'].sum()), 'use')} in "
        f"{count(int(used['n_with'].sum()), 'article')} of {count(len(used), 'source')}"
    )
