"""Which figures of several sources agree, and which of one thing differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.article_figures import FigureRows
from dashboard.index.layers.figures import NO_DAY
from dashboard.measures.figures.pairs import FigurePairs, Flags, Ints, roots, unite
from dashboard.text.figures.surroundings import ABOUT, AT_LEAST, AT_MOST, DIRECTIONS
from dashboard.text.figures.units import KINDS

STATUSES = ("alone", "same wording", "later figure", "different figures, check", "close", "agree")
ALONE, ONE_WORDING, SUPERSEDED, DIFFERENT, CLOSE, AGREE = range(len(STATUSES))
LEAST_CONFIDENCE = 60  # hundredths: less sure figures stand alone
#: A word by the number of more figures tells nothing: pairs are looked for by the others.
_MOST_EQUAL, _MOST_ALIKE = 150, 150
_AGREE_PART = 0.03  # of the value, at most, that rounding may hide
_CLOSE_PART = 0.1
_FAR_PART = 5.0  # times as much: another thing
_AS_LONG = 3  # times as long: a month is no part of what is said of a year
_SAME_DAYS = 1  # between articles whose values may be close
_YEAR = 366  # days: what is said of a time farther off isn't of the days of an article
_NEAR_DAYS = 2  # between articles that are of one time, where no story says so


@dataclass(frozen=True)
class Grouped:
    """Of each figure: ``status`` (position in ``STATUSES``) and ``group`` (the first figure of its
    group; its own number for one that stands alone)."""

    status: NDArray[np.int64]
    group: Ints


@dataclass(frozen=True)
class Origins:
    """Of each figure's article: ``source`` (-1 unknown), ``days`` (since 1970, ``NO_DAY``
    undated), ``story`` and ``copy`` (the text that it shares with others, -1 for none)."""

    source: Ints
    days: Ints
    story: Ints
    copy: Ints


def group_figures(rows: FigureRows, origins: Origins) -> Grouped:
    """The groups of figures, none across copies of one text: these are one voice. So are those
    that have a sentence word for word; they are in a group, but don't agree by that."""
    n = len(rows)
    status, group = np.zeros(n, np.int64), np.arange(n)
    if n < 2:
        return Grouped(status, group)
    facts = _Judge(rows, origins)
    equal, alike = facts.equal_pairs(), facts.alike_pairs()
    agreed, confirmed = np.zeros(n, bool), np.zeros(n, bool)
    for pairs in (equal.where(facts.agree(equal)), alike.where(facts.agree(alike))):
        agreed[pairs.a] = agreed[pairs.b] = True
        unite(group, pairs)
        two = pairs.where(~facts.of_one_wording(pairs))
        confirmed[two.a] = confirmed[two.b] = True
    group = roots(group)
    confirmed[group[confirmed]] = True
    status[agreed] = np.where(confirmed[group[agreed]], AGREE, ONE_WORDING)
    close = alike.where(facts.close(alike) & ~agreed[alike.a] & ~agreed[alike.b])
    _mark(status, group, close, CLOSE)
    lonely = status == ALONE
    rest = alike.where(lonely[alike.a] & lonely[alike.b])
    rest = rest.where(facts.comparable(rest))
    _mark(status, group, rest.where(facts.of_one_time(rest, 0)), DIFFERENT)
    lonely = status == ALONE
    rest = rest.where(lonely[rest.a] & lonely[rest.b] & facts.of_two_times(rest))
    _mark(status, group, rest, SUPERSEDED)
    return Grouped(status, roots(group))


def _mark(status: NDArray[np.int64], group: Ints, pairs: FigurePairs, what: int) -> None:
    status[pairs.a] = status[pairs.b] = what
    unite(group, pairs)


class _Judge:
    """What pairs of figures are judged by."""

    def __init__(self, rows: FigureRows, origins: Origins) -> None:
        self._rows, self._origins = rows, origins
        self._low = np.asarray(rows["low"], np.float64)
        self._high = np.asarray(rows["high"], np.float64)
        self._step = np.asarray(rows["step"], np.float64)
        self._kind = np.asarray(rows["kind"], np.int64)
        self._head = np.asarray(rows["head"], np.int64)
        self._first = np.asarray(rows["first_day"], np.int64)
        self._last = np.asarray(rows["last_day"], np.int64)
        self._bits = np.asarray(rows["qualifier"], np.int64)
        names = [DIRECTIONS[i] for i in np.asarray(rows["direction"], np.int64)]
        self._way = np.asarray([{"u": 1, "d": -1}.get(name[:1], 0) for name in names], np.int64)
        links = {"by": 1, "to": 2, "from": 3}
        self._link = np.asarray([links.get(name.rpartition(" ")[2], 0) for name in names], np.int64)
        self._role = np.asarray(rows["role"], np.int64)
        self._wording = np.asarray(rows["wording"], np.int64)
        self._meant = np.asarray(rows["meant"], np.int64)
        self._sure = np.asarray(rows["confidence"], np.int64) >= LEAST_CONFIDENCE
        self._unit = self._kind * (len(rows.units) + 1) + rows.unit
        # Several of one unit in one sentence are parts of something, or of several things.
        place = np.stack([rows.article, np.asarray(rows["sentence"], np.int64), self._unit], axis=1)
        _, inverse, counts = np.unique(place, axis=0, return_inverse=True, return_counts=True)
        self._in_list = counts[inverse.ravel()] > 1

    def equal_pairs(self) -> FigurePairs:
        """Pairs of the same value."""
        _, value = np.unique(self._low, return_inverse=True)
        return self._pairs([self._unit, value.astype(np.int64)], _MOST_EQUAL)

    def alike_pairs(self) -> FigurePairs:
        """Pairs of any value, of one story."""
        return self._pairs([self._unit, self._origins.story], _MOST_ALIKE)

    def _pairs(self, keys: list[Ints], most: int) -> FigurePairs:
        """Pairs that share a word, among figures for which all ``keys`` are the same; words that
        more than ``most`` of these have are left out."""
        at, word = self._rows.word_figure, self._rows.word.astype(np.int64)
        kept = self._sure[at]
        at, word, near = at[kept], word[kept], self._rows.near[kept]
        columns = [key[at] for key in keys]
        order = np.lexsort([at, word, *columns])
        at, word, near = at[order], word[order], near[order]
        new = np.ones(len(at) + 1, bool)
        new[1:-1] = word[1:] != word[:-1]
        for column in columns:
            new[1:-1] |= np.diff(column[order]) != 0
        bounds = np.flatnonzero(new)
        begins, lengths = bounds[:-1], np.diff(bounds)
        runs = (lengths > 1) & (lengths <= most)
        firsts, seconds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        nears = [np.zeros(0, np.bool_)]
        for length in np.unique(lengths[runs]).tolist():
            i, j = np.triu_indices(length, 1)
            run = begins[runs & (lengths == length)][:, None]
            firsts.append(at[run + i].ravel())
            seconds.append(at[run + j].ravel())
            nears.append((near[run + i] & near[run + j]).ravel())
        a, b = np.concatenate(firsts), np.concatenate(seconds)
        source, copy = self._origins.source, self._origins.copy
        two = (source[a] != source[b]) | (source[a] < 0)
        two &= (copy[a] != copy[b]) | (copy[a] < 0)
        two &= self._rows.article[a] != self._rows.article[b]
        dated = (self._origins.days[a] != NO_DAY) & (self._origins.days[b] != NO_DAY)
        two &= self._one_story(a, b) | (dated & (self._apart(a, b) <= _NEAR_DAYS))
        codes = a[two] * len(self._low) + b[two]
        code, inverse, shared = np.unique(codes, return_inverse=True, return_counts=True)
        both = np.bincount(inverse.ravel(), np.concatenate(nears)[two], len(code)).astype(np.int64)
        return FigurePairs(code // len(self._low), code % len(self._low), shared, both)

    def _one_story(self, a: Ints, b: Ints) -> Flags:
        story: Flags = self._origins.story[a] == self._origins.story[b]
        return story

    def _apart(self, a: Ints, b: Ints) -> Ints:
        """Days between the articles of each pair; 0 where one is undated."""
        x, y = self._origins.days[a], self._origins.days[b]
        apart: Ints = np.where((x == NO_DAY) | (y == NO_DAY), 0, np.abs(x - y))
        return apart

    def _is(self, a: Ints, *kinds: str) -> Flags:
        found: Flags = np.isin(self._kind[a], [KINDS.index(kind) for kind in kinds])
        return found

    def _part(self, p: FigurePairs) -> NDArray[np.float64]:
        """How far the values of each pair are apart, as a part of the larger."""
        x, y = self._low[p.a], self._low[p.b]
        part: NDArray[np.float64] = np.abs(x - y) / np.maximum(
            np.maximum(np.abs(x), np.abs(y)), 1e-12
        )
        return part

    def _periods_meet(self, p: FigurePairs) -> Flags:
        known = (self._first[p.a] != NO_DAY) & (self._first[p.b] != NO_DAY)
        meet = (self._first[p.a] <= self._last[p.b]) & (self._first[p.b] <= self._last[p.a])
        found: Flags = ~known | meet
        return found

    def _same_way(self, p: FigurePairs) -> Flags:
        way = self._way[p.a] * self._way[p.b] >= 0
        x, y = self._link[p.a], self._link[p.b]
        found: Flags = way & ((x == y) | (x == 0) | (y == 0))
        return found

    def agree(self, p: FigurePairs) -> Flags:
        """Equal at the coarser precision, of one period, with words in common: see ``METHOD``."""
        value = self._low[p.a]
        coarse = np.maximum(self._step[p.a], self._step[p.b])
        equal = (np.abs(self._low[p.a] - self._low[p.b]) <= coarse / 2) & (
            np.abs(self._high[p.a] - self._high[p.b]) <= coarse / 2
        )
        same = (self._part(p) < 1e-9) & (self._high[p.a] == self._high[p.b])
        equal = same | (equal & (self._part(p) <= _AGREE_PART) & ~self._is(p.a, "duration", "rank"))
        odd_share = self._is(p.a, "percent", "points") & (value % 5 != 0) & (value > 10)
        special = same & (odd_share | (value >= 1000))
        small = (value < 10) & ~self._is(p.a, "money")
        small |= self._is(p.a, "rank", "multiple", "duration")
        # What is counted is itself a word that both have.
        least = np.where(special, 2, np.where(small, 4, 3)) + (small & self._is(p.a, "count"))
        least -= self._same_head(p) & ~self._is(p.a, "count")
        least += ~same
        # "More than a dozen" is not twelve; "more than 4 million" is 4 million to most.
        opens = AT_LEAST | AT_MOST
        exact = (self._bits[p.a] & opens) == (self._bits[p.b] & opens)
        equal &= exact | ~self._is(p.a, "count") | (value >= 100)
        apart = ~self._one_story(p.a, p.b)
        least = np.where(apart, np.maximum(least + 2, 4), least)
        found: Flags = equal & (p.shared >= least) & self._periods_meet(p) & self._same_way(p)
        return found & self._same_role(p)

    def of_one_wording(self, p: FigurePairs) -> Flags:
        """Whether the sentences are the same, word for word."""
        x, y = self._wording[p.a], self._wording[p.b]
        same: Flags = (x == y) & (x != 0)
        return same

    def _same_role(self, p: FigurePairs) -> Flags:
        """Whether nothing says that two things happen to what they count: killed and wounded."""
        x, y = self._role[p.a], self._role[p.b]
        same: Flags = (x == y) | (x == 0) | (y == 0)
        return same

    def _same_head(self, p: FigurePairs) -> Flags:
        same: Flags = (self._head[p.a] == self._head[p.b]) & (self._head[p.a] != 0)
        return same

    def close(self, p: FigurePairs) -> Flags:
        """Within a tenth, or one within what the other leaves open: "more than 200" and 212."""
        x, y = self._bits[p.a], self._bits[p.b]
        a, b = self._low[p.a], self._low[p.b]
        part = self._part(p)
        open_up = ((x & AT_LEAST > 0) & (b >= a)) | ((y & AT_LEAST > 0) & (a >= b))
        open_down = ((x & AT_MOST > 0) & (b <= a)) | ((y & AT_MOST > 0) & (a <= b))
        inside = (a >= self._low[p.b]) & (a <= self._high[p.b]) & (self._low[p.b] < self._high[p.b])
        inside |= (
            (b >= self._low[p.a]) & (b <= self._high[p.a]) & (self._low[p.a] < self._high[p.a])
        )
        hedged = (open_up | open_down | ((x | y) & ABOUT > 0)) & (part <= 2 * _CLOSE_PART)
        near = (part <= _CLOSE_PART) & (a >= 100) & ~self._is(p.a, "percent")
        found: Flags = (near | hedged | inside) & self.comparable(p, 2) & self._periods_meet(p)
        return found & self.of_one_time(p)

    def comparable(self, p: FigurePairs, least: int = 3) -> Flags:
        """Whether both may be the value of one thing: the same is counted, and they share
        ``least`` words, one of them next to both."""
        kinds = ~self._is(p.a, "duration", "rank", "multiple", "points")
        part = self._part(p)
        size = np.maximum(self._low[p.a], self._low[p.b]) <= _FAR_PART * np.maximum(
            np.minimum(self._low[p.a], self._low[p.b]), 1e-12
        )
        large = np.maximum(self._low[p.a], self._low[p.b]) >= 10
        found: Flags = (
            kinds & (part > 0) & size & large & (self._same_head(p) | (p.near >= 2))
            & (p.shared >= least) & (p.near > 0)
            & self._same_way(p) & ~self._in_list[p.a] & ~self._in_list[p.b]
            & self._one_story(p.a, p.b) & ~self._has_other(p.a, p.b) & ~self._has_other(p.b, p.a)
            & self._same_role(p) & (self._meant[p.a] == self._meant[p.b])
        )  # fmt: skip
        found[found] = ~self._names_differ(p.where(found))
        return found

    def _names_differ(self, p: FigurePairs) -> Flags:
        """Whether each has a name beside it that isn't around the other: one of another place, or
        of somebody else."""
        words, names = self._of_figure
        rows = self._rows

        def own(a: int, b: int) -> bool:
            around = rows.word[words[b] : words[b + 1]]
            return bool(np.setdiff1d(rows.name[names[a] : names[a + 1]], around).size)

        pairs = zip(p.a.tolist(), p.b.tolist(), strict=True)
        return np.asarray([own(a, b) and own(b, a) for a, b in pairs], bool)

    @cached_property
    def _of_figure(self) -> tuple[Ints, Ints]:
        """(n + 1,) where the words of each figure begin, and its names."""
        ends = np.arange(len(self._low) + 1)
        words, names = (
            np.searchsorted(of, ends) for of in (self._rows.word_figure, self._rows.name_figure)
        )
        return words.astype(np.int64), names.astype(np.int64)

    def _has_other(self, a: Ints, b: Ints) -> Flags:
        """Whether the article of ``a`` also says the value of ``b``."""
        article = self._rows.article
        keys = np.stack([article, self._unit], axis=1)
        _, place = np.unique(keys, axis=0, return_inverse=True)
        _, value = np.unique(self._low, return_inverse=True)
        there = np.unique(place.ravel() * (value.max() + 1) + value)
        asked = place.ravel()[a] * (value.max() + 1) + value[b]
        found: Flags = np.isin(asked, there)
        return found

    def of_one_time(self, p: FigurePairs, days: int = _SAME_DAYS) -> Flags:
        """Whether both speak of one period that they state, or at one time, ``days`` apart at
        most."""
        known = (self._first[p.a] != NO_DAY) & (self._first[p.b] != NO_DAY)
        x, y = (self._last[i] - self._first[i] + 1 for i in (p.a, p.b))
        as_long = np.maximum(x, y) <= _AS_LONG * np.minimum(x, y)
        at_once = ~known & (self._apart(p.a, p.b) <= days) & ~self._is_of_another_year(p)
        found: Flags = self._periods_meet(p) & ((known & as_long) | at_once)
        return found

    def of_two_times(self, p: FigurePairs) -> Flags:
        """Whether their periods differ, or one is told on a later day without saying of when."""
        known = (self._first[p.a] != NO_DAY) & (self._first[p.b] != NO_DAY)
        later = ~known & (self._apart(p.a, p.b) > 0) & ~self._is_of_another_year(p)
        found: Flags = ~self._periods_meet(p) | later
        return found

    def _is_of_another_year(self, p: FigurePairs) -> Flags:
        """Whether one states a period that is more than a year from the article of the other, which
        states none."""

        def is_far(a: Ints, b: Ints) -> Flags:
            day = self._origins.days[b]
            asked = (self._first[a] != NO_DAY) & (self._first[b] == NO_DAY) & (day != NO_DAY)
            gap = np.maximum(self._first[a] - day, day - self._last[a])
            far: Flags = asked & (gap > _YEAR)
            return far

        return is_far(p.a, p.b) | is_far(p.b, p.a)
