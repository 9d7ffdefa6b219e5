"""Whole pages copied as text: the article is the best run of paragraphs, the rest is aside."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.corpus.lines.units import Unit

# A text is taken for a page only when it has many short lines and several kinds of furniture:
# a list article has the former, a copied article with its share bar the latter.
_MIN_SHORT = 30
_MIN_SHORT_SHARE = 0.3
_MIN_FURNITURE = 4
_MIN_ABOVE = 8  # a page begins with its menus, a list article with its text
_MIN_FURNITURE_ABOVE = 2

# What a line adds to the run that it is in. Tuned on pages whose article is known.
_PARAGRAPH_COST = 5
_PARAGRAPH_MOST = 60
_SHORT_LINE = -9.0
_BULLET = -12.0
_WORDY = 6
_WORDY_LINE = -6.0
_SENTENCE = -2.0
_METADATA = -3.0
_FURNITURE = -8.0
_BORDER = -40.0
_BORDERS = frozenset(("heading of links", "comments box", "copyright line"))


def set_outside_aside(units: Sequence[Unit]) -> None:
    """Label the lines outside the article ``aside``, when ``units`` look like a whole page."""
    if not looks_like_page(units):
        return
    first, last = best_run([_weight(unit) for unit in units])
    above = sum(unit.label == "boilerplate" for unit in units[:first])
    if first < _MIN_ABOVE or above < _MIN_FURNITURE_ABOVE:
        return
    first, last = _extend(units, first, last)
    for i, unit in enumerate(units):
        if not first <= i <= last and not unit.label:
            unit.set("aside", "outside the article on the page")


def looks_like_page(units: Sequence[Unit]) -> bool:
    """True for a page's text: many short lines, and furniture of several kinds."""
    short = sum(
        unit.label in ("", "aside") and not (unit.is_paragraph or unit.ends_sentence)
        for unit in units
    )
    furniture = sum(unit.label == "boilerplate" for unit in units)
    return (
        short >= _MIN_SHORT
        and short >= _MIN_SHORT_SHARE * len(units)
        and furniture >= _MIN_FURNITURE
    )


def _weight(unit: Unit) -> float:
    if unit.label == "boilerplate":
        return _BORDER if unit.reason in _BORDERS else _FURNITURE
    if unit.label:
        return _METADATA
    if unit.is_paragraph:
        return float(min(unit.size, _PARAGRAPH_MOST) - _PARAGRAPH_COST)
    if unit.ends_sentence:
        return _SENTENCE
    if unit.size >= _WORDY:
        return _WORDY_LINE
    return _BULLET if unit.is_bulleted else _SHORT_LINE


def _extend(units: Sequence[Unit], first: int, last: int) -> tuple[int, int]:
    """Take along what joins the run without furniture between: a table, tour dates, a note."""
    while last + 1 < len(units) and _belongs(units[last + 1]):
        last += 1
    while first > 0 and _belongs(units[first - 1]):
        first -= 1
    return first, last


def _belongs(unit: Unit) -> bool:
    return not unit.label and not (unit.is_bulleted and unit.size < _WORDY) and unit.size >= 3


def best_run(weights: Sequence[float]) -> tuple[int, int]:
    """Return the first and last position of the run with the largest sum; (0, -1) if none."""
    best, best_run = 0.0, (0, -1)
    total, start = 0.0, 0
    for i, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, i
        total += weight
        if total > best:
            best, best_run = total, (start, i)
    return best_run
