"""Lines that several articles of one source share: the furniture that no rule knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from dashboard.corpus.article import tidy
from dashboard.corpus.lines.hashes import HashedLines
from dashboard.corpus.lines.units import Unit, may_wrap, split_units
from dashboard.corpus.parsing.dates import date_line
from dashboard.text.lines import line_key, line_sketches

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
_BRACKETS = ("[]", "{}", "<>", "【】")


def repeated_lines(
    articles: Iterable[tuple[str | None, str]], size: int = 0
) -> dict[str | None, frozenset[str]]:
    """Return the keys of lines that recur across the articles of a source.

    Parameters
    ----------
    articles : iterable of (source, text)
        The articles, to be gone through several times; None groups those whose source is
        unknown. Only lines that recur are held, and the hashes of some millions.
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
    lines = HashedLines(articles, size)
    counts: dict[str | None, Counter[str]] = defaultdict(Counter)
    for source, text, recurring in lines.articles_with(lines.recurring()):
        counts[source].update(_keys_at(text, recurring))
    shared = {
        source: {key for key, n in counted.items() if n > 1} for source, counted in counts.items()
    }
    counts.clear()
    sketches = {
        source: set(line_sketches("\n".join(keys))) for source, keys in shared.items() if keys
    }
    habits: dict[str | None, dict[str, _Habit]] = defaultdict(dict)
    for source, text, _ in lines.articles_with(lines.places_of(sketches)):
        if source in sketches:
            units = split_units(text.split("\n"))
            _note_habits(units, shared[source], sketches[source], habits[source])
    return {
        source: frozenset(key for key, habit in habits[source].items() if _is_furniture(habit, n))
        for source, n in lines.n_articles.items()
        if n > 1
    }


def _keys_at(text: str, places: Sequence[int]) -> set[str]:
    """Return the keys of the units of a text that have these numbers, blank lines left out."""
    raw = text.split("\n")
    if may_wrap(raw):
        units = split_units(raw)
        return {units[place].key for place in places}
    found = [tidy(raw[place]) for place in places if raw[place]]
    return {line_key(line) for line in found if line}


@dataclass(slots=True)
class _Habit:
    """How a line comes in the articles of a source: in how many of them, and where."""

    unit: Unit
    articles: int = 0
    at_edge: int = 0  # among the first or last lines of the article
    heading: int = 0  # right above a paragraph
    speaking: bool = False  # above several parts of one article, as a speaker's name is


def _note_habits(
    units: Sequence[Unit], shared: set[str], sketches: set[bytes], habits: dict[str, _Habit]
) -> None:
    """Note how the shared lines come in an article, unless it is a copy of others."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        if unit.sketch in sketches and unit.key in shared:
            places[unit.key].append(i)
    if not places or _is_copy(units, places, sketches):
        return
    for key, found in places.items():
        unit = units[found[-1]]
        below = [units[i + 1] for i in found if i + 1 < len(units)]
        heads = sum(other.is_paragraph or other.ends_sentence for other in below)
        habit = habits.setdefault(key, _Habit(unit))
        habit.unit = unit
        habit.articles += 1
        habit.at_edge += found[0] < _EDGE or found[-1] >= len(units) - _EDGE
        habit.heading += heads > 0
        habit.speaking |= heads > 1


def _is_copy(units: Sequence[Unit], shared: Container[str], sketches: Container[bytes]) -> bool:
    # Lines of different sketches have different keys, which take longer to find.
    times = Counter(unit.sketch for unit in units)
    once = [unit for unit in units if times[unit.sketch] == 1]
    others = {unit.key: unit for unit in units if times[unit.sketch] > 1}
    long = [unit for unit in (*once, *others.values()) if unit.size >= _LONG_WORDS]
    common = sum(unit.size for unit in long if unit.sketch in sketches and unit.key in shared)
    return common > _COPY_SHARE * sum(unit.size for unit in long)


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
    if text[0] + text[-1] in _BRACKETS:  # what a page's program left: "[pullquote]"
        return n >= _MIN_LONG
    if 2 * habit.heading >= n:  # heads a part of the text: "Background", "Texas"
        return n >= _MIN_LONG and n >= _HEADING_SHARE * n_all
    return n >= (_MIN_LONG if unit.ends_sentence else _MIN_SHORT) and usual
