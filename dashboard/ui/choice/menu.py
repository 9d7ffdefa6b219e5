"""The menu of pages: groups that say which page is open, and other names of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

import streamlit as st

from dashboard.ui import state
from dashboard.ui.text import plain
from dashboard.wording import capital, did_you_mean, in_quotes

#: What Streamlit calls the first page, whose address is "/": a name that nobody types.
FIRST = "first-page"
_MISSING = "missing page"  # its name; "" once it was said


def named(groups: Mapping[str, Sequence[Any]], hidden: Iterable[Any]) -> dict[str, list[Any]]:
    """The groups by the names that the menu shows, "Compare: Topics" for the one whose page is
    open; ``hidden`` goes to the pages without a group."""
    here = state.page_here()
    made = {}
    for name, pages in groups.items():
        opened = [page.title for page in pages if page.url_path == here]
        made[f"{name}: {opened[0]}" if name and opened else name] = list(pages)
    made[""] += hidden
    return made


def other_names(pages: Sequence[Any]) -> dict[Any, Any]:
    """Addresses that people try, each with its page: in capitals, by the first page's name, and the
    one that was asked for and isn't there, of which a notice says so. Before ``state.carriers``."""
    first = next(page for page in pages if not page.url_path)
    named = {page.title: page for page in pages} | {first.title.lower(): first}
    by_name = {title.lower(): page for title, page in named.items()}
    here = unquote(state.page_here())
    if here not in {*named, FIRST, *(page.url_path for page in pages)} and _can_be_asked_for(here):
        named[here] = by_name.get(here.lower(), first)  # else Streamlit shows a dialog
        if here.lower() not in by_name:
            _say_once(here, first.title, [page.title for page in pages])
    elif missing := state.noted(_MISSING):
        _say_once(missing, first.title, [page.title for page in pages])
    return {
        st.Page(_elsewhere, title=name, url_path=name, visibility="hidden"): page
        for name, page in named.items()
    }


def _can_be_asked_for(name: str) -> bool:
    """Whether Streamlit takes it for the address of a page."""
    return (
        bool(name) and name == name.strip() and name.isprintable() and not set(name) & set("/\\?#%")
    )


def _say_once(name: str, first: str, titles: Sequence[str]) -> None:
    """That there is no such page: in the run after the one that goes to the first page."""
    if state.noted(_MISSING) is None:
        state.note(_MISSING, name)
    elif state.noted(_MISSING):
        near = capital(did_you_mean(name, titles).removeprefix("; "))
        said = f"There is no page {in_quotes(plain(name, 60))}. This is the {first}."
        state.say(f"{said} {near}".strip())
        state.note(_MISSING, "")


def _elsewhere() -> None:
    """What another name of a page draws: nothing, ``app.py`` goes to the page."""
