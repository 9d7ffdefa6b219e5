"""What a search or a keyword that finds nothing may have meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.ui.text import md


def offer(spellings: Sequence[tuple[str, int]], key: str, choose: Callable[[str], None]) -> None:
    """A button for each other spelling, with the articles that it finds; nothing without one.
    ``key``: unique on the page; ``choose``: called with the one that is clicked."""
    if not spellings:
        return
    st.markdown("Did you mean:")
    with st.container(horizontal=True):
        for other, n in spellings:
            st.button(
                f"{md(other, 60)} ({n:,})",
                key=f"{key}-{other}",
                on_click=choose,
                args=(other,),
            )
