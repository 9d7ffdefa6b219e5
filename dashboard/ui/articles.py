"""Articles in a list, and when they are from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboard.charts.theme import style_for
from dashboard.ui import state, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.wording import show_day

ARTICLES_PAGE = "dashboard/pages/articles.py"


def article_line(view: View, article: Any, *, here: bool = False) -> None:
    """One article in a list: its title, which opens it, and whose it is of when. ``here``: the
    list stands on the page that reads articles (a page link to the same page leaves the URL)."""
    title = md(display_title(view, article), 160)
    with st.container(gap=None, key=f"np-article-{article.article_id}"):
        if here:
            st.button(
                title,
                key=f"open-{article.article_id}",
                type="tertiary",
                on_click=state.open_article,
                args=(article.article_id,),
            )
        else:
            st.page_link(ARTICLES_PAGE, label=title, query_params=state.opening(article.article_id))
        st.markdown(byline(view, article))


def listed(view: View, table: str, first: int, most: int) -> Iterator[Any]:
    """Rows of ``articles`` or ``search``, as :func:`article_line` takes them."""
    ids = view.measure(table, first=first, most=most)["article_id"]
    positions = [p for p in map(view.index.position, ids) if p is not None]
    columns = ["article_id", "title", "source_id", "date", "date_basis", "file"]
    return widgets.rows_of(view.index.article_rows(positions, columns))


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


def byline(view: View, article: Any) -> str:
    """Mark, source, date and how the date is known, as Markdown. ``article`` has source_id, date
    and date_basis."""
    day, basis = article.date, article.date_basis
    style = style_for(view.styles, article.source_id)
    name = md(style.name, 60) if article.source_id else "source unknown"
    when = show_day(date.fromisoformat(day)) if day else "undated"
    badge = "" if basis == "stated" or not day else f" {widgets.basis_badge(basis)}"
    return (
        f"{widgets.mark(style, view.mode)}{widgets.EN_SPACE}:small[:gray[{name} · {when}]{badge}]"
    )


def display_title(view: View, article: Any) -> str:
    """The title, or for an article without one its first words, said to be that."""
    if article.title:
        return str(article.title)
    position = view.index.position(article.article_id)
    passages = view.index.record(position).passages if position is not None else []
    if passages:
        return f"No headline: {passages[0][:90]}…"
    return f"No headline: {article.file}"
