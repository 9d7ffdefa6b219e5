"""Lines that several articles of one source share: the furniture that no rule knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .dates import date_line
from .units import Unit

_LONG_WORDS = 8
_MIN_LONG, _MIN_SHORT = 3, 2
# Two articles that share this much of their text are versions of one, not a house's furniture.
_COPY_SHARE = 0.6
# A heading is the house's template only when it is in this share of a source's articles.
_HEADING_SHARE = 0.5
# Other lines are furniture when they are in this share of them, or stand at the articles' ends:
# a busy newsroom tells the same background, and names the same people, again and again.
_USUAL_SHARE = 0.1
_EDGE = 3


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
        words that are no sentence, when they are usual there or stand at the articles' ends.
        Versions of one article don't count; speakers' names, numbers, dates, list items and
        headings of a part are left alone.
    """
    by_source: dict[str | None, list[Sequence[Unit]]] = defaultdict(list)
    for source, units in articles:
        by_source[source].append(units)
    return {source: _of_source(group) for source, group in by_source.items() if len(group) > 1}


@dataclass(slots=True)
class _Habit:
    """How a line comes in the articles of a source: in how many of them, and where."""

    articles: int = 0
    at_edge: int = 0  # among the first or last lines of the article
    heading: int = 0  # right above a paragraph
    speaking: bool = False  # above several parts of one article, as a speaker's name is


def _of_source(group: list[Sequence[Unit]]) -> frozenset[str]:
    keyed = [{unit.key: unit for unit in units} for units in group]
    in_articles = Counter(key for units in keyed for key in units)
    shared = {key for key, n in in_articles.items() if n > 1}
    habits: dict[str, _Habit] = defaultdict(_Habit)
    for units, by_key in zip(group, keyed, strict=True):
        if shared and not _is_copy(by_key, shared):
            _note_habits(units, shared, habits)
    lines = {key: unit for units in keyed for key, unit in units.items() if key in habits}
    return frozenset(
        key for key, habit in habits.items() if _is_furniture(lines[key], habit, len(group))
    )


def _note_habits(units: Sequence[Unit], shared: set[str], habits: dict[str, _Habit]) -> None:
    edge = {unit.key for unit in (*units[:_EDGE], *units[-_EDGE:])}
    heads = Counter(
        above.key for above, unit in pairwise(units) if unit.is_paragraph or unit.ends_sentence
    )
    for key in {unit.key for unit in units if unit.key in shared}:
        habit = habits[key]
        habit.articles += 1
        habit.at_edge += key in edge
        habit.heading += key in heads
        habit.speaking |= heads[key] > 1


def _is_copy(units: dict[str, Unit], shared: set[str]) -> bool:
    total = common = 0
    for key, unit in units.items():
        if unit.size >= _LONG_WORDS:
            total += unit.size
            common += unit.size if key in shared else 0
    return common > _COPY_SHARE * total


def _is_furniture(unit: Unit, habit: _Habit, n_all: int) -> bool:
    n = habit.articles
    usual = n >= _USUAL_SHARE * n_all or 2 * habit.at_edge >= n
    if unit.size >= _LONG_WORDS:
        return n >= _MIN_LONG and usual
    text = unit.text
    if text.endswith((":", "：")) or unit.is_bulleted or habit.speaking:
        return False
    if not any(char.isalpha() for char in text) or date_line(text) is not None:
        return False
    if 2 * habit.heading >= n:  # heads a part of the text: "Background", "Texas"
        return n >= _MIN_LONG and n >= _HEADING_SHARE * n_all
    return n >= (_MIN_LONG if unit.ends_sentence else _MIN_SHORT) and usual
