"""Uses of a keyword, one below the other, with the words on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

_lines = st.components.v2.component(
    "newsprism_concordance",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class UseLine:
    """``open``: the article and passage that a click asks for; ``href``: the link to the same;
    ``name`` and ``when``: whose it is and of when, in words; ``mark``: address of the source's
    mark."""

    open: list[str]
    href: str
    left: str
    hit: str
    right: str
    name: str
    when: str
    mark: str


def lines(items: Iterable[UseLine], key: str, on_open: Callable[[], None]) -> None:
    """Draw them, each a link. ``on_open`` finds the line's ``open`` in the state of ``key``."""
    _lines(key=key, data={"lines": [asdict(item) for item in items]}, on_open_change=on_open)
