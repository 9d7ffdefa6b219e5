"""Lines that several articles of one source share: the furniture that no rule knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from .dates import date_line
from .units import Unit

_LONG_WORDS = 8
_MIN_LONG, _MIN_SHORT = 3, 2
# Two articles that share this much of their text are versions of one, not a house's furniture.
_COPY_SHARE = 0.6
# A heading is the house's template only when it is in this share of a source's articles.
_HEADING_SHARE = 0.5


def repeated_lines(
    articles: Sequence[tuple[str | None, Sequence[Unit]]],
) -> dict[str | None, frozenset[str]]:
    """Return the keys of lines that recur across the articles of a source.

    Parameters
    ----------
    articles : sequence of (source, units)
        The articles; None groups those whose source is unknown.

    Returns
    -------
    dict of source to frozenset of str
        ``Unit.key`` of lines in at least 3 of its articles, or 2 for lines of less than 8
        words that are no sentence. Versions of one article count once; speakers' names,
        numbers, dates, list items and headings of a part are left alone.
    """
    by_source: dict[str | None, list[Sequence[Unit]]] = defaultdict(list)
    for source, units in articles:
        by_source[source].append(units)
    return {source: _of_source(group) for source, group in by_source.items() if len(group) > 1}


def _of_source(group: list[Sequence[Unit]]) -> frozenset[str]:
    keyed = [{unit.key: unit for unit in units} for units in group]
    in_articles = Counter(key for units in keyed for key in units)
    shared = {key for key, n in in_articles.items() if n > 1}
    counts: Counter[str] = Counter()
    headings: Counter[str] = Counter()
    recurring: set[str] = set()
    for units, by_key in zip(group, keyed, strict=True):
        if not shared or _is_copy(by_key, shared):
            continue
        counts.update(key for key in by_key if key in shared)
        within = Counter(unit.key for unit in units if unit.key in shared)
        recurring.update(key for key, n in within.items() if n > 1)
        headings.update(
            {above.key for above, unit in zip(units, units[1:], strict=False)
             if unit.is_paragraph and not above.is_paragraph and above.key in shared}
        )  # fmt: skip
    lines = {key: unit for units in keyed for key, unit in units.items() if key in counts}
    return frozenset(
        key for key, n in counts.items()
        if _is_furniture(lines[key], n, headings[key], key in recurring, len(group))
    )  # fmt: skip


def _is_copy(units: dict[str, Unit], shared: set[str]) -> bool:
    total = common = 0
    for key, unit in units.items():
        if unit.size >= _LONG_WORDS:
            total += unit.size
            common += unit.size if key in shared else 0
    return common > _COPY_SHARE * total


def _is_furniture(unit: Unit, n: int, n_heading: int, recurs: bool, n_all: int) -> bool:
    if unit.size >= _LONG_WORDS or unit.ends_sentence:
        return n >= _MIN_LONG
    text = unit.text
    if text.endswith((":", "：")) or unit.is_bulleted or recurs:
        return False
    if not any(char.isalpha() for char in text) or date_line(text) is not None:
        return False
    if 2 * n_heading >= n:  # heads a part of the text: "Background", "Texas"
        return n >= _MIN_LONG and n >= _HEADING_SHARE * n_all
    return n >= _MIN_SHORT
