"""Two scopes to compare, in the place of every source with the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from dashboard.charts.parts.drawn import Drawn
from dashboard.index.topics.nodes import OTHER_ID
from dashboard.measures.facets import RECENT
from dashboard.measures.keyness.sides import REST, NoSideError, TwoSides, name_of, two_sides
from dashboard.measures.periods import days_in_words, period_days, period_of
from dashboard.scope import PARAMS, UNDATED, Scope
from dashboard.ui import state
from dashboard.ui.choice import lists
from dashboard.ui.choice.dates import TYPED
from dashboard.ui.choice.dates import name_of as name_of_dates
from dashboard.ui.frame import View
from dashboard.ui.link.parameters import PLAIN, length
from dashboard.ui.link.short import ids_there
from dashboard.ui.link.sides import read_side, written_side
from dashboard.ui.text import md, plain
from dashboard.wording import capital

A, B = "a", "b"  # parameters of the link


@dataclass(frozen=True)
class Choice:
    """``a``, ``b``: the scopes that the link names, None for none; ``sides``: what they make;
    ``problem``: why they make nothing, in words."""

    a: Scope | None = None
    b: Scope | None = None
    sides: TwoSides | None = None
    problem: str = ""


def chosen(view: View) -> Choice:
    """What the link compares. A side that this corpus can't have is a notice, and no choice."""
    a, b = _side(view, A), _side(view, B)
    if a is None:
        return Choice(a, b)
    try:
        return Choice(a, b, two_sides(view.index, view.scope, a, b))
    except NoSideError as error:
        return Choice(a, b, problem=f"{error}.")


def compared(view: View, choice: Choice) -> View:
    """The view with the two sides in the place of sources, where they are chosen."""
    if choice.sides is None:
        return view
    index, scope = choice.sides.index, choice.sides.scope
    return replace(view, index=index, scope=scope, drawn=Drawn(index, scope))


def _side(view: View, name: str) -> Scope | None:
    text = state.option(name)
    if not text:
        return None
    n_topics = view.scope.n_topics
    params = read_side(text, ids_there(view.index, n_topics))
    found, unknown = Scope.from_params(params, view.index, n_topics)
    if unknown or found.is_everything:
        state.notices().append(
            f"The link’s {capital(name)} names what this corpus does not have, and is left out."
        )
        return None
    return found


def picker(view: View, choice: Choice) -> None:
    """The forms of both sides, folded while none is chosen. ``view``: by sources."""
    with st.expander("Compare two scopes", expanded=choice.a is not None):
        st.caption(
            "A and B are any articles: of some sources, of a year, with a word. The filters at the "
            "left apply to both; an article in both counts for neither."
        )
        if choice.problem:
            st.warning(md(choice.problem, 400), icon=":material/balance:")
        with st.grid(min_column_width=340):
            with st.container(border=True, gap="small"):
                _form(view, A, choice.a, "not chosen yet")
            with st.container(border=True, gap="small"):
                _form(view, B, choice.b, f"{REST} of what is shown")
        if choice.a is not None or choice.b is not None:
            with st.container(horizontal=True):
                st.button(
                    "Swap A and B",
                    key="sides-swap",
                    disabled=choice.a is None or choice.b is None,
                    on_click=partial(_write, view, {A: choice.b, B: choice.a}),
                )
                st.button(
                    "Compare every source again",
                    key="sides-none",
                    on_click=partial(_write, view, {A: None, B: None}),
                )


def compare(view: View, a: Scope, b: Scope) -> None:
    """Compare these two. For callbacks only."""
    _write(view, {A: a, B: b})


def _form(view: View, name: str, scope: Scope | None, otherwise: str) -> None:
    """Short: sources, dates and words; the rest comes with “Use what is shown”."""
    letter, index = capital(name), view.index
    now = scope or Scope(n_topics=view.scope.n_topics)
    called = name_of(index, scope) if scope is not None else otherwise
    st.markdown(f"**{letter}**: {md(called, 200)}")

    def change(**changes: object) -> None:
        _write(view, {name: replace(now, **changes)})  # type: ignore[arg-type]

    def pick(label: str, field: str, values: Sequence[str], labels: Mapping[str, str]) -> None:
        lists.choose(
            f"{label} of {letter}",
            labels,
            values,
            lambda ids: change(**{field: tuple(ids)}),
            key=f"pick_{name}_{field}",
            noun=label.lower().removesuffix("s"),
            placeholder=f"All {label.lower()}",
        )

    pick("Sources", "sources", now.sources, _labels((s.source_id, s.name) for s in index.sources))
    topics = [(t.topic_id, t.label) for t in view.cut.topics if t.topic_id != OTHER_ID]
    if topics:
        pick("Topics", "topics", now.topics, _labels(topics))
    _dates(view, name, now)
    key = f"pick_{name}_q"
    state.seed_widget(key, now.query)
    st.text_input(
        f"Articles of {letter} with",
        key=key,
        on_change=lambda: change(query=" ".join((state.widget(key) or "").split())),
    )
    st.button(
        f"Use what is shown now as {letter}",
        key=f"sides-{name}",
        type="tertiary",
        disabled=view.scope.is_everything,
        help=f"The filters at the left become those of {letter}, and are cleared there.",
        on_click=partial(_use, view, name),
    )


def _dates(view: View, name: str, now: Scope) -> None:
    """Years and quarters; other days come with “Use what is shown”."""
    shown = UNDATED if now.undated else period_of(now.date_from, now.date_to)
    choices = {"": "All dates"}
    choices |= {each: name_of_dates(each) for each in view.facets("dates") if each != RECENT}
    if shown not in choices or (not shown and (now.date_from or now.date_to)):
        shown = shown or TYPED
        choices[shown] = capital(days_in_words(now.date_from, now.date_to))
    if len(choices) < 2:
        return
    key = f"pick_{name}_dates"
    state.seed_widget(key, shown)

    def picked() -> None:
        value = state.widget(key) or ""
        if value == TYPED:
            return
        first, last = period_days(value) if value not in ("", UNDATED) else (None, None)
        _write(view, {name: replace(now, date_from=first, date_to=last, undated=value == UNDATED)})

    st.selectbox(
        f"Dates of {capital(name)}",
        list(choices),
        key=key,
        format_func=choices.__getitem__,
        on_change=picked,
    )


def _labels(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {each: plain(name, 60) for each, name in named}


def _use(view: View, name: str) -> None:
    """The filters become a side. For callbacks only."""
    before = state.option(name)
    _write(view, {name: view.scope})
    if state.option(name) != before:
        state.set_scope(**dict.fromkeys(PARAMS))


def _write(view: View, changed: Mapping[str, Scope | None]) -> None:
    """Change sides, if the link can hold them. For callbacks only."""
    there = ids_there(view.index, view.scope.n_topics)
    texts = {
        name: written_side(scope, there) if scope is not None else ""
        for name, scope in changed.items()
    }
    for name, text in texts.items():
        if length(text) > PLAIN[name]:
            state.say(
                f"{capital(name)} has more filters than a link can hold, and is as it was before. "
                "Choose fewer, or use the command line: python -m dashboard keyness."
            )
            return
    for name, text in texts.items():
        state.set_option(name, text)
