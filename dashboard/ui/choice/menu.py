"""The menu of pages: groups that say which page is open, and other names of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.ui import state


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
    """Addresses that people try, each with its page: capitals, and the first page's name."""
    first = next(page for page in pages if not page.url_path)
    names = [(page.title, page) for page in pages] + [(first.title.lower(), first)]
    return {
        st.Page(_elsewhere, title=name, url_path=name, visibility="hidden"): page
        for name, page in names
    }


def _elsewhere() -> None:
    """What another name of a page draws: nothing, ``app.py`` goes to the page."""
