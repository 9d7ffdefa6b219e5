"""Where in a text a date may begin: one search by RE2, however many patterns there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import re2

_MOST_ASCII = 128
NOTHING = r"[^\x00-\x{10FFFF}]"  # as RE2 writes it
_NOT_ASCII = r"\x{80}-\x{10FFFF}"
_GROUP = re.compile(r"\(\?P<\w+>")
_DIGIT_OR_CLASS = re.compile(r"\\.|\[\^?|\]", re.DOTALL)


class Places:
    """Finds where one of many patterns may fit.

    ``starts``: what every place fits, from the sign before it on, its head as group 1; ``before``:
    these signs, as the inside of a class; ``loose``: patterns without lookarounds, of which one
    fits at each place that counts. Digits, and signs before, beyond ASCII are not told apart here.
    """

    def __init__(self, starts: re.Pattern[str], before: str, loose: Iterable[str]) -> None:
        self._starts = starts
        signs = "".join(
            rf"\x{number:02x}"
            for number in range(_MOST_ASCII)
            if re.fullmatch(f"[{before}]", chr(number))
        )
        options = re2.Options()
        options.never_capture = True
        rules = "|".join(dict.fromkeys(map(_for_re2, loose)))
        self._search = re2.compile(
            f"[{signs}{_NOT_ASCII}](?:{rules or NOTHING})".encode(), options
        ).search

    def of(self, text: str) -> Iterator[tuple[int, str]]:
        """Each place that counts, and perhaps others, in order: where it begins, and its head."""
        search, starts = self._search, self._starts
        spaced = f" {text}"  # the first word comes after nothing
        # Lone surrogates are neither space nor digit: any one sign will do for them.
        data = spaced.encode("utf-8", "replace")
        at, is_ascii, before, n_before = 0, len(data) == len(spaced), 0, 0
        while found := search(data, at):
            at = found.start()
            if is_ascii:
                begin = at
            else:
                n_before += len(data[before:at].decode())
                before, begin = at, n_before
            match = starts.match(spaced, begin)
            if match is not None:
                yield begin, match[1]
            at += 1  # within a sign RE2 finds nothing


def _for_re2(pattern: str) -> str:
    """Without names, and with any sign beyond ASCII for a digit, as those may be of any script."""
    inside = False

    def rewritten(match: re.Match[str]) -> str:
        nonlocal inside
        found = match[0]
        if found == r"\d":
            return f"0-9{_NOT_ASCII}" if inside else f"[0-9{_NOT_ASCII}]"
        if not found.startswith("\\"):
            inside = found != "]"
        return found

    return _DIGIT_OR_CLASS.sub(rewritten, _GROUP.sub("(?:", pattern))
