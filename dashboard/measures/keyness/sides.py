"""Two sides that the reader chose, each by a scope, in the place of sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.errors import NewsprismError
from dashboard.index.counts.grouped import SidedIndex, ungrouped
from dashboard.index.counts.story_labels import story_labels, story_position
from dashboard.index.index import Index
from dashboard.measures.periods import days_in_words
from dashboard.scope import UNKNOWN_SOURCE, UNKNOWN_VALUE, Scope
from dashboard.wording import capital, count, in_quotes, join_words, searched

A, B = ":a", ":b"  # ids of the sides, in the place of those of sources: no slug has a colon
REST = "the rest"
_NAMED = 3  # values of one filter that a name spells out


class NoSideError(NewsprismError):
    """A side has no article of its own; the message says why, and what to do."""


@dataclass(frozen=True, eq=False)
class TwoSides:
    """``index``: the two sides in the place of sources, A first; read it with ``scope``.
    ``n_both``: articles in both, which are on neither side; ``n_neither``: others in view."""

    index: SidedIndex
    scope: Scope
    n_both: int
    n_neither: int

    @property
    def names(self) -> tuple[str, str]:
        """What the sides are called."""
        first, second = self.index.sources
        return first.name, second.name

    @property
    def left_out(self) -> str:
        """The articles in view that are on neither side, in words; "" for none."""
        parts = [
            f"{count(self.n_both, 'article')} on both sides" * bool(self.n_both),
            f"{count(self.n_neither, 'article')} on neither" * bool(self.n_neither),
        ]
        said = join_words([part for part in parts if part])
        return f"Left out: {said}." if said else ""


# So few that an index that was replaced is soon let go.
@lru_cache(maxsize=8)
def two_sides(index: Index, scope: Scope, a: Scope, b: Scope | None = None) -> TwoSides:
    """The articles of ``scope`` that ``a`` selects and those that ``b`` selects; without ``b`` the
    rest of ``scope``.

    A side is a set of whole articles: topics choose those with a passage on them. Where both sides
    have the same topics, only the passages on them are read. An article on both sides can't tell
    them apart, and would depend on itself in a test that takes articles as units: it is left out of
    both, so that swapping the sides changes signs and nothing else. Raises :class:`NoSideError`
    where a side is left with none.
    """
    index = ungrouped(index)
    if b is not None and a.topics and set(a.topics) == set(b.topics) and not scope.topics:
        scope = replace(scope, topics=a.topics)
    view = scope.article_mask(index)
    of_a = a.article_mask(index) & view
    of_b = (b.article_mask(index) & view) if b is not None else view & ~of_a
    both = of_a & of_b
    names = name_of(index, a), name_of(index, b) if b is not None else REST
    _refuse_empty(names, (of_a, of_b), both, a_alone=b is None)
    group_of = np.full(index.n_articles, -1, dtype=np.int32)
    group_of[of_a & ~both], group_of[of_b & ~both] = 0, 1
    named = list(zip((A, B), _told_apart(names), strict=True))
    sides = SidedIndex(index, named, group_of, f"{a!r} against {b!r} of {scope!r}")
    n_both = int(both.sum())
    return TwoSides(sides, scope, n_both, int((view & (group_of < 0)).sum()) - n_both)


def _refuse_empty(
    names: Sequence[str],
    sides: Sequence[NDArray[np.bool_]],
    both: NDArray[np.bool_],
    *,
    a_alone: bool,
) -> None:
    (a, b), (of_a, of_b) = names, sides
    for letter, name, mask in (("A", a, of_a), ("B", b, of_b)):
        if mask.any():
            continue
        if letter == "B" and a_alone:
            raise NoSideError(
                f"A, {in_quotes(a)}, is all that is in view: nothing is left to compare it with. "
                "Choose a B, or filter less"
            )
        raise NoSideError(
            f"{letter}, {in_quotes(name)}, has no article in view. Choose another {letter}, or "
            "filter less"
        )
    for letter, name, other, mask in (("A", a, "B", of_a), ("B", b, "A", of_b)):
        if not (mask & ~both).any():
            raise NoSideError(
                f"{letter}, {in_quotes(name)}, has no article of its own: {other} has its "
                f"{count(int(mask.sum()), 'article')} too. Choose others for {other}"
            )


def _told_apart(names: tuple[str, str]) -> tuple[str, str]:
    a, b = names
    return (f"{a} (A)", f"{b} (B)") if a == b else names


def name_of(index: Index, scope: Scope) -> str:
    """What a scope selects, in a few words: "CNN and Fox News, 2016, with “border”"."""
    index = ungrouped(index)
    sources = {s.source_id: s.name for s in index.sources} | {UNKNOWN_SOURCE: "source unknown"}
    parts = [_some([sources[i] for i in scope.sources if i in sources])]
    for name, values in scope.chosen_values.items():
        parts.append(f"{name}: {_some([value or UNKNOWN_VALUE for value in values], 'or')}")
    if scope.undated:
        parts.append("undated")
    elif scope.date_from or scope.date_to:
        parts.append(days_in_words(scope.date_from, scope.date_to))
    if scope.topics:
        cut = scope.cut(index)
        parts.append(f"on {_some([in_quotes(cut.topic(i).label) for i in scope.topics], 'or')}")
    if scope.story and (position := story_position(index, scope.story)) is not None:
        label = story_labels(index, (position,))[position]
        parts.append(f"in the story {in_quotes(label)}" if label else "in one story")
    if scope.query:
        parts.append(f"with {searched(scope.query)}")
    if scope.copies_once:
        parts.append("copies once")
    said = ", ".join(part for part in parts if part) or "all articles"
    return said if scope.sources else capital(said)


def _some(names: Sequence[str], last: str = "and") -> str:
    if len(names) <= _NAMED:
        return join_words(names, last)
    return join_words([*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"], last)
