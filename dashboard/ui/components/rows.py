"""A list of articles or passages whose titles are links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import streamlit as st

_rows = st.components.v2.component(
    "newsprism_rows",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)

#: Text in parts: each with whether it is a word that was looked for.
Segments = list[tuple[str, bool]]


@dataclass(frozen=True)
class Byline:
    """Whose it is and of when. ``facts``: the date in words, then what else there is to say;
    ``mark``: address of the source's mark; ``basis``: how the date is known, where it isn't
    stated, and ``why`` in a sentence."""

    name: str
    facts: list[str]
    mark: str = ""
    basis: str = ""
    why: str = ""


@dataclass(frozen=True)
class Row:
    """An article (with a ``title``) or a passage of one (without). ``open``: what a click asks
    for; ``href``: the link to the same; ``strip``: numbers drawn as bars, the first day first. In a
    timeline ``when`` stands beside the row, in words, and ``kind`` below it; rows without one go on
    with the row before."""

    open: list[str]
    href: str
    by: Byline
    title: str = ""
    text: Segments = field(default_factory=list)
    strip: list[int] = field(default_factory=list)
    when: str = ""
    kind: str = ""


def rows(items: Iterable[Row], key: str, on_open: Callable[[], None], *, in_time: str = "") -> None:
    """Draw the list, ``in_time`` (``past`` or ``ahead``) as a timeline. ``on_open`` finds the
    row's ``open`` in the state of ``key``."""
    _rows(
        key=key,
        data={"rows": [asdict(item) for item in items], "in_time": in_time},
        on_open_change=on_open,
    )
