"""A long list to choose from: by a click, or by names typed with commas between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.ui import state
from dashboard.ui.choice.typed import TypedName, read_names
from dashboard.ui.text import md, plain
from dashboard.wording import count, in_quotes, join_words

MOST_OPEN = 8  # names of which is said what they find
MOST_BUTTONS = 6  # for each of them
#: Takes the ids that are chosen, in their order. Called in callbacks only.
Choose = Callable[[list[str]], None]


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed last, and what was chosen when it was read: what it says holds for that."""

    pieces: tuple[TypedName, ...]
    chosen: tuple[str, ...]


def choose(
    label: str,
    names: Mapping[str, str],
    chosen: Sequence[str],
    on_choose: Choose,
    *,
    key: str,
    noun: str,
    placeholder: str,
    labels: Mapping[str, str] | None = None,
    note: str = "",
    select_all: bool | int = False,
) -> None:
    """The list, and below it what typed names find several times or not at all.

    Parameters
    ----------
    label, placeholder
        Markdown and plain text.
    names
        Untrusted, by id; what is typed is looked up in them.
    chosen
        Ids, in the order chosen.
    on_choose
        Takes all ids that are chosen now.
    key
        Of the widget.
    noun
        What a choice is, for sentences: "source".
    labels
        What the list shows, by id, where it is more than the name.
    note
        Under what to keep what was typed, where ``key`` changes.
    select_all
        As in ``st.multiselect``.
    """
    shown, note = labels or names, f"typed-{note or key}"
    state.seed_widget(key, list(chosen))

    st.multiselect(
        label,
        list(shown),
        key=key,
        placeholder=placeholder,
        format_func=lambda each: shown.get(each, each),
        on_change=partial(_changed, key, names, note, on_choose),
        select_all=select_all,
        accept_new_options=True,
        help=f"Type to search. Several at once: write the names of the {noun}s with commas "
        "between them, or paste a list, then press Enter.",
    )
    typed = state.noted(note)
    if isinstance(typed, _Typed) and set(typed.chosen) == set(chosen):
        _say(typed, names, noun, note, on_choose)


def _changed(key: str, names: Mapping[str, str], note: str, on_choose: Choose) -> None:
    """What is chosen now, what was typed among it. For callbacks."""
    values: list[str] = state.widget(key)
    # Streamlit gives what is no choice of the list as it was typed.
    typed = [text for text in values if text not in names]
    pieces = tuple(piece for text in typed for piece in read_names(text, names))
    found = [piece.taken for piece in pieces if piece.taken]
    after = list(dict.fromkeys([*(each for each in values if each in names), *found]))
    state.note(note, _Typed(pieces, tuple(after)) if pieces else None)
    on_choose(after)


def _say(typed: _Typed, names: Mapping[str, str], noun: str, note: str, on_choose: Choose) -> None:
    """What was typed and is not simply chosen: each name with what it finds."""
    left = [piece for piece in typed.pieces if not piece.taken]
    rivals = [piece for piece in typed.pieces if piece.taken and piece.also]
    if not left and not rivals:
        return
    with st.container(key=f"np-{note}", gap="xsmall"):
        if left and len(typed.pieces) > 1:
            n = len(typed.pieces)
            st.caption(f"{n - len(left):,} of {n:,} names are chosen.")
        for piece in left[:MOST_OPEN]:
            also = [each for each in piece.also if each in names]
            st.caption(_finds(piece, len(also), noun))
            with st.container(horizontal=True, gap="xsmall"):
                for each in also[:MOST_BUTTONS]:
                    st.button(
                        md(names[each], 60),
                        key=f"{note}-{piece.text}-{each}",
                        type="tertiary",
                        on_click=partial(_settle, typed, piece, each, note, on_choose),
                    )
        if rest := left[MOST_OPEN:]:
            st.caption(f"Not chosen either: {_listed(piece.text for piece in rest)}.")
        for piece in rivals[:MOST_OPEN]:
            others = _listed((names[each] for each in piece.also if each in names), MOST_BUTTONS)
            st.caption(
                f"{md(in_quotes(piece.text), 60)} is {md(names[piece.taken], 60)}, not {others}."
            )


def _finds(piece: TypedName, n: int, noun: str) -> str:
    said = md(in_quotes(plain(piece.text, 60)), 62)
    if piece.near or not n:
        return f"{said} finds no {noun}." + " Did you mean:" * bool(n)
    which = f"one of the first {MOST_BUTTONS}, or write more of the name" * (n > MOST_BUTTONS)
    return f"{said} finds {count(n, noun)}. Choose{f' {which}' if which else ''}:"


def _listed(texts: Iterable[str], most: int = 20) -> str:
    """Names in a sentence, as Markdown; of many the first."""
    every = [md(text, 60) for text in texts]
    more = [f"{len(every) - most:,} more"] if len(every) > most else []
    return join_words(every[:most] + more)


def _settle(typed: _Typed, piece: TypedName, chosen: str, note: str, on_choose: Choose) -> None:
    """One of several is chosen: the name is settled, the others stay open. For callbacks."""
    after = list(dict.fromkeys([*typed.chosen, chosen]))
    rest = tuple(TypedName(p.text, chosen) if p == piece else p for p in typed.pieces)
    state.note(note, _Typed(rest, tuple(after)))
    on_choose(after)
