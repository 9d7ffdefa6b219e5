"""Whole lines by their words: phrases that are never an article, and words that may be one.

A text file a list and language, ``REASON_LANGUAGE.txt``, a phrase a line.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from dashboard.corpus.article import Label

_REASONS = (
    "share button",
    "error message of a page",
    "navigation",
    "account or subscription",
    "advertisement",
    "heading of links",
    "comments box",
    "legal line",
    "release mark",
)


class Verdict(NamedTuple):
    """A label and the reason for it."""

    label: Label
    reason: str


def phrases(name: str) -> list[str]:
    """Return the phrases of a list in all its languages."""
    files = sorted(Path(__file__).parent.glob(f"{name.replace(' ', '_')}_??.txt"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if not line.startswith("#")]


def _folded(name: str) -> frozenset[str]:
    """As lines are compared: "ß" is "ss", and capitals of the Turkish "ı" may stand for "i"."""
    listed = phrases(name)
    return frozenset(form.casefold() for phrase in listed for form in (phrase, phrase.upper()))


EXACT: dict[str, Verdict] = {
    phrase: Verdict("boilerplate", reason) for reason in _REASONS for phrase in _folded(reason)
}
LINK_HEADINGS = _folded("heading of links")
# Several in a row are no text.
TAB_NAMES = _folded("tab names")
# Context decides.
AMBIGUOUS = _folded("ambiguous")
NETWORKS = _folded("networks")
SHARE_WORDS = NETWORKS | _folded("share words")
