"""Lines that several articles of one source share: the furniture that no rule knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.corpus.lines.units import Unit, split_units, unit_sketches
from dashboard.corpus.parsing.dates import date_line
from dashboard.text.lines import line_sketches

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
    articles: Iterable[tuple[str | None, str]], size: int = 0
) -> dict[str | None, frozenset[str]]:
    """Return the keys of lines that recur across the articles of a source.

    Parameters
    ----------
    articles : iterable of (source, text)
        The articles, to be gone through several times; None groups those whose source is
        unknown. Only lines that recur are held.
    size : int
        About how many characters they have, for many.

    Returns
    -------
    dict of source to frozenset of str
        ``Unit.key`` of lines in at least 3 of its articles, or 2 for lines of less than 8
        words that are no sentence, when they are usual there or stand at the articles' ends.
        Versions of one article don't count; speakers' names, numbers, dates, list items and
        headings of a part are left alone.
    """
    n_articles: Counter[str | None] = Counter()
    seen = _SeenTwice(size)
    for source, text in articles:
        n_articles[source] += 1
        for sketch in unit_sketches(text):
            seen.add((source, sketch))
    counts: dict[str | None, Counter[str]] = defaultdict(Counter)
    for source, text in articles:
        recurring = {sketch for sketch in unit_sketches(text) if (source, sketch) in seen}
        if recurring:
            units = split_units(text.split("\n"))
            counts[source].update({unit.key for unit in units if unit.sketch in recurring})
    shared = {
        source: {key for key, n in counted.items() if n > 1} for source, counted in counts.items()
    }
    sketches = {
        source: set(line_sketches("\n".join(keys))) for source, keys in shared.items() if keys
    }
    counts.clear()
    habits: dict[str | None, dict[str, _Habit]] = defaultdict(dict)
    for source, text in articles:
        of_source = shared.get(source)
        if not of_source or sketches[source].isdisjoint(unit_sketches(text)):
            continue
        units = split_units(text.split("\n"))
        if not _is_copy({unit.key: unit for unit in units}, of_source):
            _note_habits(units, of_source, habits[source])
    return {
        source: frozenset(key for key, habit in habits[source].items() if _is_furniture(habit, n))
        for source, n in n_articles.items()
        if n > 1
    }


class _SeenTwice:
    """Tells what was added twice, and a little that was not: a sketch, for what can't be held."""

    def __init__(self, size: int) -> None:
        # Some twelve bits a line; beyond 64 MB more lines are taken for shared at first.
        self._bits = min(max(size // 8, 2**16).bit_length(), 29)
        self._once, self._twice = (bytearray(2 ** (self._bits - 3)) for _ in range(2))

    def add(self, item: object) -> None:
        byte, bit = self._place(item)
        self._twice[byte] |= self._once[byte] & bit
        self._once[byte] |= bit

    def __contains__(self, item: object) -> bool:
        byte, bit = self._place(item)
        return bool(self._twice[byte] & bit)

    def _place(self, item: object) -> tuple[int, int]:
        value = hash(item) >> 7 & (2**self._bits - 1)
        return value >> 3, 1 << (value & 7)


@dataclass(slots=True)
class _Habit:
    """How a line comes in the articles of a source: in how many of them, and where."""

    unit: Unit
    articles: int = 0
    at_edge: int = 0  # among the first or last lines of the article
    heading: int = 0  # right above a paragraph
    speaking: bool = False  # above several parts of one article, as a speaker's name is


def _note_habits(units: Sequence[Unit], shared: set[str], habits: dict[str, _Habit]) -> None:
    edge = {unit.key for unit in (*units[:_EDGE], *units[-_EDGE:])}
    heads = Counter(
        above.key for above, unit in pairwise(units) if unit.is_paragraph or unit.ends_sentence
    )
    for key, unit in {unit.key: unit for unit in units if unit.key in shared}.items():
        habit = habits.setdefault(key, _Habit(unit))
        habit.unit = unit
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


def _is_furniture(habit: _Habit, n_all: int) -> bool:
    unit, n = habit.unit, habit.articles
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
