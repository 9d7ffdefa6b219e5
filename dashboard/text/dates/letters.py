"""Runs of letters and digits, found sooner where a text has only ASCII."""

from __future__ import annotations

import re
from collections.abc import Callable

LETTER = r"[^\W\d_]"


def finder(pattern: str) -> Callable[[str], list[str]]:
    """``findall`` of a pattern without groups, whose letters are written ``LETTER``. On ASCII,
    these are a set that is looked up in one step."""
    every = re.compile(pattern).findall
    of_ascii = re.compile(pattern.replace(LETTER, "[A-Za-z]"), re.ASCII).findall
    return lambda text: of_ascii(text) if text.isascii() else every(text)
