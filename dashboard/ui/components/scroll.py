"""A page opens at its top or at the passage asked for; Back undoes a click and returns to where one
was."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_scroll = st.components.v2.component(
    "newsprism_scroll",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def scroll(place: str, *, at_passage: bool = False, asked: str = "", shown_at: str = "") -> None:
    """Where the browser is: another ``place`` than in the last run opens at its top, or at the
    marked passage (``at_passage``). In the same place a change leaves it alone; but where something
    else is ``asked`` for than before, and what shows it, the element with the key ``shown_at``, is
    out of sight, the page goes there."""
    with st.container(key="np-scroll"):
        data = {"place": place, "at": at_passage, "asked": asked, "shownAt": shown_at}
        _scroll(key="scroll", data=data)
