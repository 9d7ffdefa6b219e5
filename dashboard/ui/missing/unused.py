"""A keyword that no article in view uses: why, and what may have been meant."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.measures.search import respelt_keyword, why_unused
from dashboard.ui import state
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.wording import in_quotes


def say(view: View, keyword: str, keywords: Sequence[str]) -> None:
    """Why, and a button for each other spelling, which takes the keyword's place in ``keywords``,
    those of the link."""
    why = view.kept("why no use", lambda: why_unused(view.index, keyword), keyword)
    st.caption(md(f"{in_quotes(keyword)}: {why}" if len(keywords) > 1 else why, 300))
    meant = view.kept("meant keyword", lambda: respelt_keyword(view.index, keyword), keyword)
    if not meant:
        return
    st.markdown("Did you mean:")
    with st.container(horizontal=True):
        for other, n in meant:
            st.button(
                f"{md(other, 60)} ({n:,})",
                key=f"meant-{keyword}-{other}",
                on_click=state.set_option,
                args=("kw", [other if each == keyword else each for each in keywords]),
            )
