"""What is selected, above every page: each filter that is on, to be taken away alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import streamlit as st

from dashboard.charts.parts.theme import style_for
from dashboard.index.counts.own_columns import write_where
from dashboard.index.counts.story_labels import story_labels, story_position
from dashboard.index.terms.spelling import OFTEN
from dashboard.measures.search import respelt
from dashboard.scope import UNKNOWN_SOURCE, UNKNOWN_VALUE, Scope
from dashboard.ui import state
from dashboard.ui.choice import dates
from dashboard.ui.choice.filters import UNKNOWN
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.ui.widgets import EN_SPACE, mark, page_link
from dashboard.wording import count, searched

MOST_CHIPS = 12  # of one kind; as many sources as charts tell apart
_Chip = tuple[str, str, Callable[[], None]]  # key, Markdown, what takes it away


def show(view: View) -> None:
    """What is in view in words, and the chips of the filters."""
    chips = list(_chips(view))
    # A place of its own with chips or without: were it taken and given up, React would take every
    # block below for another one, and draw all charts anew.
    place = st.empty()
    if chips:
        with place.container(
            horizontal=True, vertical_alignment="center", gap="xsmall", key="np-chips"
        ):
            for key, label, remove in chips:
                # The name that a screen reader says begins with the picture's.
                cross = f"![Remove](app/static/marks/{view.mode}-remove.svg)"
                st.button(f"{cross}{EN_SPACE}{label}", key=f"chip-{key}", on_click=remove)
            for query, n in _meant(view):
                st.button(
                    f"Did you mean {md(searched(query), 60)} ({n:,})?",
                    key=f"meant-{query}",
                    type="tertiary",
                    on_click=partial(state.set_scope, q=query),
                )
            if len(chips) > 1:
                st.button(
                    "Clear all filters", key="chip-all", type="tertiary", on_click=state.clear
                )
            _to_the_text(view)
    with st.container(key="np-scope"):
        st.caption(f"Showing {md(view.scope.describe(view.index), 600)}")


def _to_the_text(view: View) -> None:
    """The way from a number that was clicked to what it counts."""
    n, here = int(view.scope.article_mask(view.index).sum()), state.page_here()
    if n and here != "articles":
        page_link("articles", f"Read the {count(n, 'article') if n > 1 else 'article'} →")
    if n and view.scope.topics and here != "topics":
        page_link("topics", "Read the passages →")


def _meant(view: View) -> list[tuple[str, int]]:
    """What a search that finds something may have meant, and far more articles have."""
    query = view.scope.query
    if not query or not view.scope.article_mask(view.index).any():
        return []  # the page says it
    own = int(Scope(query=query).article_mask(view.index).sum())
    found = view.kept("meant", lambda: respelt(view.index, query))
    return [(other, n) for other, n in found if n >= OFTEN * own][:1]


def _in_the_corpus(view: View) -> tuple[date | None, date | None]:
    """The dates that are chosen, without days before the first and after the last article: the
    edge of a chart that is dragged over lies beyond these."""
    first, last, there = view.scope.date_from, view.scope.date_to, view.index.date_range
    if there is None or (first and first > there[1]) or (last and last < there[0]):
        return first, last
    return first and max(first, there[0]), last and min(last, there[1])


def _chips(view: View) -> Iterator[_Chip]:
    scope = view.scope
    if len(scope.sources) > MOST_CHIPS:
        label = f"{len(scope.sources):,} of {count(len(view.index.sources), 'source')}"
        yield "src", label, partial(state.set_scope, src=None)
    for source in scope.sources if len(scope.sources) <= MOST_CHIPS else ():
        style = None if source == UNKNOWN_SOURCE else style_for(view.styles, source)
        name = md(style.name if style else UNKNOWN, 40)
        label = f"{mark(style, view.mode)}{EN_SPACE}{name}"
        yield f"src-{source}", label, partial(state.toggle, "src", source)
    if len(scope.topics) > MOST_CHIPS:
        label = f"{len(scope.topics):,} of {count(len(view.cut.topics), 'topic')}"
        yield "topic", label, partial(state.set_scope, topic=None)
    for topic in scope.topics if len(scope.topics) <= MOST_CHIPS else ():
        label = md(view.cut.topic(topic).label, 40)
        yield f"topic-{topic}", label, partial(state.toggle, "topic", topic)
    for pair in scope.where:
        token = write_where([pair])
        label = md(f"{pair[0]}: {pair[1] or UNKNOWN_VALUE}", 60)
        rest = write_where([other for other in scope.where if other != pair])
        yield f"where-{token}", label, partial(state.set_scope, where=rest)
    if scope.undated or scope.date_from or scope.date_to:
        label = "Undated" if scope.undated else dates.said(*_in_the_corpus(view))
        yield "dates", md(label), partial(state.set_scope, from_=None, to=None)
    if scope.story and (position := story_position(view.index, scope.story)) is not None:
        label = story_labels(view.index, (position,))[position] or "One story"
        yield "story", f"Story: {md(label, 60)}", partial(state.set_scope, story=None)
    if scope.query:
        yield "q", md(searched(scope.query), 60), partial(state.set_scope, q=None)
    if view.hidden:
        label = md(f"Without the words {', '.join(view.hidden)}", 60)
        yield "hide", label, partial(state.set_scope, hide=None)
    if scope.copies_once:
        yield "copies", "Copies once", partial(state.set_scope, copies=None)
