"""Regular expressions of users, each for one word; by RE2, whose time grows with the text alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import re2

from dashboard.text.queries.lexemes import UnreadableQuery

#: Steps of the compiled expression: more are slow without finding more.
MOST_STEPS = 2_500
MOST_WORDS = 20_000  # that one may stand for
_SECONDS = 0.4
_CHUNK = 1 << 14  # bytes between two looks at the clock


def is_expression(token: str) -> bool:
    """Whether a token of a pattern is an expression, ``/tar+iffs?/``: no word has a slash."""
    return token.startswith("/")


@lru_cache(maxsize=64)
def compiled(token: str) -> Any:
    """The expression that fits whole lines, capitals or not. Raises ``UnreadableQuery``."""
    options = re2.Options()
    options.case_sensitive = False
    options.never_nl = options.never_capture = True
    options.max_mem, options.log_errors = 1 << 20, False
    shown = f"“{token[:60]}”"
    try:
        re2.compile(token[1:-1], options)  # alone: an open bracket mustn't be closed by ours
        found = re2.compile(f"(?m)^(?:{token[1:-1]})$".encode(), options)
    except UnicodeEncodeError:
        raise UnreadableQuery(f"{shown} is not valid text", remedy="write plain words") from None
    except re2.error as error:
        why = error.args[0].decode("utf-8", "replace")
        raise UnreadableQuery(
            f"{shown} is not a regular expression: {why}",
            remedy="write one as RE2 reads it, or plain words",
        ) from None
    if found.programsize > MOST_STEPS:
        raise UnreadableQuery(
            f"{shown} would take too long", remedy="repeat fewer parts in it, or name the words"
        )
    if found.search(b"") is not None:
        raise UnreadableQuery(
            f"{shown} fits a word without letters", remedy="write + for * or leave out a ?"
        )
    return found


def fits(token: str, word: str) -> bool:
    """Whether an expression fits a word, in the form in which words are counted."""
    return compiled(token).search(word.encode("utf-8", "surrogatepass")) is not None


def find_lines(token: str, lines: bytes) -> Iterator[int]:
    """Where the lines begin that an expression fits. Raises ``UnreadableQuery`` for too many, or
    after four tenths of a second."""
    expression, end = compiled(token), time.monotonic() + _SECONDS
    start = n = 0
    while start < len(lines):
        stop = lines.rfind(b"\n", start, start + _CHUNK)
        stop = lines.find(b"\n", start) if stop < 0 else stop  # one line is longer
        stop = len(lines) if stop < 0 else stop
        for match in expression.finditer(lines[start:stop]):
            n += 1
            yield start + int(match.start())
        if n > MOST_WORDS:
            raise UnreadableQuery(
                f"“{token[:60]}” stands for more than {MOST_WORDS:,} words",
                remedy="write more letters in it",
            )
        if time.monotonic() > end:
            raise UnreadableQuery(
                f"“{token[:60]}” takes too long", remedy="simplify it, or name the words"
            )
        start = stop + 1
