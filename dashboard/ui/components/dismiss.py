"""A block that a visitor can put away for good."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_dismiss = st.components.v2.component(
    "newsprism_dismiss",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def dismiss(block: str, label: str) -> None:
    """A button that hides the container with the key ``block``, in which it stands; the browser
    remembers it."""
    _dismiss(key=f"dismiss-{block}", data={"block": block, "label": label})
