"""A keyword that no article in view uses: why, and what may have been meant."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.measures.search import respelt_keyword, why_unused
from dashboard.ui import state
from dashboard.ui.frame import View
from dashboard.ui.missing import meant
from dashboard.ui.text import md
from dashboard.wording import in_quotes


def say(view: View, keyword: str, keywords: Sequence[str], among: str = "") -> None:
    """Why, and a button for each other spelling, which takes the keyword's place in ``keywords``,
    those of the link. ``among``: the keyword that articles must use to be counted."""
    why = view.kept("why no use", lambda: why_unused(view.index, keyword), keyword)
    if among and view.measure("uses", keywords=[keyword])["n_uses"].any():
        why = f"Articles without {in_quotes(among)} use it; these are not counted."
    st.caption(md(f"{in_quotes(keyword)}: {why}" if len(keywords) > 1 else why, 300))

    def choose(other: str) -> None:
        state.set_option("kw", [other if each == keyword else each for each in keywords])

    found = view.kept("meant keyword", lambda: respelt_keyword(view.index, keyword), keyword)
    meant.offer(found, f"meant-{keyword}", choose)
