"""What is marked in an article: a map of it, and the way to the next by button or key."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_hits = st.components.v2.component(
    "newsprism_hits",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def hits(article_id: str) -> None:
    """Draw it above the text of an article; nothing where nothing is marked."""
    _hits(key=f"hits-{article_id}", data={"article": article_id})
