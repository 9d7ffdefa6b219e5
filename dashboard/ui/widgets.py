"""The blocks that pages are made of. Every text given to them is escaped here, unless a parameter
is said to be Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.parts.theme import SOURCE_SYMBOLS, Mode, SourceStyle
from dashboard.places import PACKAGE
from dashboard.ui import gestures, state, tables
from dashboard.ui.components import drawing
from dashboard.ui.components.drawing import Drawing
from dashboard.ui.text import isolated, md

MOST_LISTED = 20  # marks at a time
EN_SPACE = "\u2002"

#: Takes what a mark selects, by the names of ``charts.parts.layout.clickable``.
OnClick = Callable[[Mapping[str, Any]], None]


def head(title: str, standfirst: str) -> None:
    """Page title, a finding where there is one, and one to three sentences below it."""
    with st.container(key="np-head", gap="small"):
        st.title(md(title), anchor=False)
        if standfirst:
            st.markdown(md(standfirst, 1000))


def page_link(noun: str, label: str, **parameters: str) -> None:
    """A link to the page of that noun, wherever the dashboard is installed, and what it opens
    with."""
    page = PACKAGE / "pages" / f"{noun}.py"
    st.page_link(page, label=label, query_params=parameters or None)


def mark_file(style: SourceStyle | None, mode: Mode) -> str:
    """Address of a source's mark, exact in colour and shape; ``None`` is the unknown source."""
    rank = style.rank if style and style.rank in SOURCE_SYMBOLS else 0
    return f"app/static/marks/{mode}-{rank}.svg"


def mark(style: SourceStyle | None, mode: Mode) -> str:
    """A source's mark as Markdown."""
    return f"![]({mark_file(style, mode)})"


def source_name(style: SourceStyle, mode: Mode, limit: int = 60) -> str:
    """Mark and escaped name as Markdown, for labels and lists."""
    return f"{mark(style, mode)}{EN_SPACE}{isolated(md(style.name, limit))}"


def key_line(styles: Mapping[str, SourceStyle] | Sequence[SourceStyle], mode: Mode) -> str:
    """One line of marks and names as Markdown, by number: the legend of a block."""
    given = styles.values() if isinstance(styles, Mapping) else styles
    ranked = sorted(given, key=lambda style: (style.order, style.name))
    # Each in a span of its own: style.css keeps a mark and its name on one line.
    return f"{EN_SPACE} ".join(f":color[{source_name(style, mode)}]" for style in ranked)


def picked(name: str, options: Mapping[str, str], label: str) -> str:
    """Which of ``options`` is drawn, to pick another: the one of the link, else the first."""
    usual = next(iter(options))
    shown, key = state.option(name, usual, allowed=options), f"pick_{name}"
    state.seed_widget(key, shown)

    def carry() -> None:
        picked = state.widget(key)
        state.set_option(name, "" if picked == usual else picked)

    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        required=True,
        on_change=carry,
        label_visibility="collapsed",
    )
    return shown


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture of charts shows, beside the note at their foot; untrusted text.

    Parameters
    ----------
    parts
        By key of each chart what stands above it, or ``""``.
    title, caption
        Above all of them.
    keys
        The sources that the charts tell apart without naming them.
    """

    parts: Mapping[str, str]
    title: str
    caption: str = ""
    keys: Sequence[SourceStyle] = ()


def chart(
    figure: Drawing,
    key: str,
    finding: str,
    caption: str,
    note: str,
    computed: str,
    table: pd.DataFrame | None,
    filename: str,
    on_click: OnClick = gestures.follow,
    choice: Callable[[], None] | None = None,
) -> None:
    """Finding, measure and unit, chart, n, method, marks, table: always in this order.

    Parameters
    ----------
    figure
        From ``View.drawing``.
    key
        Unique on the page; the widgets inside take it as a prefix.
    finding
        A sentence computed from the measures (or a plain title); also the chart's alternative text.
    caption
        Measure and unit.
    note
        ``"n = …"`` and what open or pale marks mean.
    computed
        Markdown written in this project: how the numbers come about.
    table
        The rows drawn, as export gives them; ``None`` leaves the table out.
    filename
        Name of the CSV file.
    on_click
        Called with what a clicked mark selects.
    choice
        Draws what there is to choose, above the chart.
    """
    with st.container(key=f"np-chart-{key}", gap="small"):
        with st.container(gap=None):
            st.header(md(finding), anchor=False)
            if caption:
                st.caption(md(caption, 600))
        if choice:
            choice()
        draw(figure, key, finding, on_click)
        foot(
            key,
            note,
            computed,
            table,
            filename,
            Picture({key: ""}, finding, caption),
            drawn=[figure],
            on_click=on_click,
        )


def panels(key: str, n: int, least: int) -> Any:
    """A grid of ``n`` small charts, each with a name above it, of ``least`` pixels or more."""
    return st.container(key=f"np-panels-{key}").grid(min(max(n, 1), 6), min_column_width=least)


def draw(figure: Drawing, key: str, alt: str, on_click: OnClick = gestures.follow) -> None:
    """The bare chart, for blocks of several (:func:`foot` closes them). A stretch of a time axis
    that is dragged over becomes the dates."""

    def clicked() -> None:
        if cells := state.clicked(key):
            on_click(dict(zip(figure.keys, cells, strict=False)))

    def brushed() -> None:
        if days := state.brushed(key):
            state.set_scope(from_=days[0], to=days[1])

    drawing.show(
        figure,
        key,
        alt,
        clicked if figure.keys else None,
        brushed if figure.keys and figure.in_time else None,
    )


def _listed(key: str, drawn: Sequence[Drawing], on_click: OnClick) -> None:
    """The marks of charts as buttons that do what a click on them does: the way to them without a
    pointer. Made only when it is opened."""
    if not any(figure.keys for figure in drawn):
        return
    popover = st.popover("Show as list", type="tertiary", key=f"{key}-list", on_change="rerun")
    if not popover.open:
        return
    marks = [mark for figure in drawn for mark in gestures.marks_of(json.loads(figure.spec))]
    with popover, st.container(key=f"np-list-{key}", gap=None):
        first = 0
        if len(marks) > MOST_LISTED:
            pages = -(-len(marks) // MOST_LISTED)
            first = MOST_LISTED * (st.pagination(pages, key=f"{key}-list-page") - 1)
        for i, mark in enumerate(marks[first : first + MOST_LISTED], start=first):
            if "" in mark.keys.values():
                st.markdown(md(mark.words, 400))
            else:
                st.button(
                    md(mark.words, 400),
                    key=f"{key}-mark-{i}",
                    type="tertiary",
                    on_click=on_click,
                    args=(mark.keys,),
                )


def foot(
    key: str,
    note: str,
    computed: str,
    rows: pd.DataFrame | None = None,
    filename: str = "",
    picture: Picture | None = None,
    *,
    drawn: Sequence[Drawing] = (),
    on_click: OnClick = gestures.follow,
) -> None:
    """n, "How is this computed?", the marks of what is ``drawn``, its picture and the table behind
    it."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"np-foot-{key}"):
        st.caption(md(note, 1000), width="stretch")
        if computed:
            with st.popover("How is this computed?", type="tertiary"):
                st.markdown(computed)
        _listed(key, drawn, on_click)
        if picture:
            with st.popover("Picture", type="tertiary"):
                drawing.picture(
                    picture.parts,
                    tables.file_name(f"{filename.partition('.')[0] or key}.").rstrip("."),
                    [(mark_file(style, drawing.theme()), style.name) for style in picture.keys],
                    title=picture.title,
                    caption=picture.caption.partition(". Click ")[0],  # which a picture can't
                    note=note,
                )
        if rows is None or rows.empty:
            return
        # Sent to the browser only when it is opened.
        popover = st.popover("Table", type="tertiary", key=f"{key}-popover", on_change="rerun")
        if not popover.open:
            return
        with popover:
            tables.table(rows, f"{key}-table", name=filename.partition(".")[0])
            tables.downloads(rows, filename, key)


def empty(
    title: str,
    body: str,
    button: str | None = None,
    on_click: Callable[[], None] | None = None,
    *,
    key: str = "np-empty",
) -> bool:
    """What to do when there is nothing to show. Returns whether its one button was pressed."""
    head(title, body)
    if button is None:
        return False
    return st.button(md(button), type="primary", on_click=on_click, key=key)


def not_distinguishable(body: str) -> None:
    """The measure found no difference beyond chance: said in words, with what would help."""
    with st.container(border=True):
        st.markdown(f":material/balance: **Not distinguishable.** {md(body, 1000)}")


def basis_badge(basis: str) -> str:
    """Markdown badge that says how a value is known: given, stated, inferred, bounded, unknown."""
    return f":gray-badge[{md(basis, 20)}]"
