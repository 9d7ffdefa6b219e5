"""The menu of pages: groups that say which page is open, and other names of pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.ui import state


def group_label(name: str, pages: Sequence[Any]) -> str:
    """The name of a group of pages in the menu, with the page that is open: "Compare: Topics"."""
    here = state.page_here()
    open_pages = [page.title for page in pages if page.url_path == here]
    return f"{name}: {open_pages[0]}" if name and open_pages else name


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
