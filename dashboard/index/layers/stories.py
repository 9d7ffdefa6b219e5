"""Stories: which articles tell of the same event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.index.layers.copies import KINDS
from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.index.storage.articles import id_number
from dashboard.index.stories.apart import set_apart
from dashboard.index.stories.calibration import centre_of, likelihoods
from dashboard.index.stories.grouping import Clusters, part_pairs
from dashboard.index.stories.habits import Habits, habits_of
from dashboard.index.stories.likeness import FURTHEST, Likeness, Pairs, Tails, tails
from dashboard.index.stories.weights import weigh
from dashboard.index.stories.words import WordRows, words_of

#: Least average likelihood: of articles in one story, and of those that surely are.
PERHAPS, SURE = 0.4, 0.9
PAIR = 0.7  # the least of two articles alone, which no third one supports
_COPY = 1.0  # merged before all others
_GROWN = 2  # times as many articles: what is usual is found out anew
ALONE, SAME, MAYBE, BY_TEXT = 0, 1, 2, 4  # of ``basis``; the last is a bit beside the others
_KIND = 3
ID_DIGITS = 12  # of an article's id
_TAILS = ("level", "spread", "share")
_LATE = np.datetime64("9999-12-31")


class Stories(Layer):
    """Arrays of a segment: the rows of words (``indptr``, ``feature``, ``weight``, ``is_key``), see
    ``words_of``.

    Joint arrays, of each article: ``article`` (the number of its id), ``story_of`` (position of its
    story), ``basis`` (``ALONE``; ``SAME`` story or ``MAYBE``, plus ``BY_TEXT`` for one that has no
    date), ``is_new`` (settled by the last change), ``level``, ``spread`` and ``share`` (see
    ``Tails``); of each story, ascending: ``story_id`` (bytes), the first digits of the id of the
    article that it began with; of the corpus ``centre`` (the score needed, and of how many articles
    it was found) and ``habits`` (see ``Habits.packed``).

    What is settled stays: an addition puts new articles into the stories there are, or founds new
    ones; it never merges two of before.
    """

    name: ClassVar[str] = "stories"
    version: ClassVar[int] = 3
    needs: ClassVar[tuple[str, ...]] = ("copies",)

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the tokens."""
        found = words_of(segment.counts, segment.lexicon, list(segment.articles.column("language")))
        return {
            "indptr": found.indptr,
            "feature": found.feature,
            "weight": found.weight.astype(np.float16),
            "is_key": found.is_key,
        }

    def settle(
        self, segments: Sequence[SegmentView], settled: Arrays, needed: Mapping[str, Arrays]
    ) -> Arrays:
        """``settled``: of any articles, those that are here keep their stories; what was said by
        hand (see ``said_arrays``) goes before it."""
        ids = [i for segment in segments for i in segment.articles.column("article_id")]
        days = np.concatenate(
            [np.zeros(0, "datetime64[D]"), *(segment.articles.days for segment in segments)]
        )
        here = _Grouped(ids, days, settled)
        if here.is_new.any() and len(ids) > 1:
            matrix, named = weigh([_rows(segment.layers[self.name]) for segment in segments])
            judge = Likeness(matrix, here.tails(matrix), days)
            pairs = judge.pairs(np.flatnonzero(here.is_new))
            sources = _sources(segments)
            if here.habits is None or here.centre is None:
                every = pairs if here.is_new.all() else judge.pairs(np.arange(len(ids)))
                here.habits = habits_of(every, judge, sources)
                here.centre = centre_of(here.habits.scored(every, judge, sources), judge)
            pairs = here.habits.scored(pairs, judge, sources)
            here.group(*_with_copies(pairs, here.centre, needed["copies"], len(ids)), named)
        else:
            here.alone()
        return here.arrays()


def _with_copies(
    pairs: Pairs, centre: float, copies: Arrays, n: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Pairs with their likelihoods, copies of one text among them, whatever their days."""
    is_copy = copies["pair_kind"] < len(KINDS) - 1
    a, b = copies["pair_a"][is_copy].astype(np.int64), copies["pair_b"][is_copy].astype(np.int64)
    others = ~np.isin(pairs.a * n + pairs.b, a * n + b)
    return (
        np.concatenate([a, pairs.a[others]]),
        np.concatenate([b, pairs.b[others]]),
        np.concatenate([np.full(len(a), _COPY, np.float32), likelihoods(pairs, n, centre)[others]]),
    )


def _sources(segments: Sequence[SegmentView]) -> NDArray[np.int64]:
    """(n,) a number of each article's source; -1: none is known."""
    numbers = {"": -1}
    return np.asarray(
        [
            numbers.setdefault(source, len(numbers))
            for segment in segments
            for source in segment.articles.column("source")
        ],
        dtype=np.int64,
    )


def _rows(arrays: Arrays) -> WordRows:
    # As stored, in two bytes: of a million articles all weights are half a gigabyte more in four.
    return WordRows(arrays["indptr"], arrays["feature"], arrays["weight"], arrays["is_key"])


class _Grouped:
    """The articles of an index, what is settled of them, and what is found out."""

    def __init__(self, ids: Sequence[str], days: NDArray[np.datetime64], settled: Arrays) -> None:
        self.ids, self.days = ids, days
        self.keys = np.asarray([id_number(i) for i in ids], dtype=np.int64)
        n = len(ids)
        self.story = np.zeros(n, "S16")
        self.basis = np.zeros(n, np.uint8)
        self._tails = {name: np.full(n, np.nan, np.float32) for name in _TAILS}
        self.centre: float | None = None
        self.habits: Habits | None = None
        self._n_then = float(n)
        if len(settled.get("article", ())):
            self._take(settled)
        if "said_article" in settled:
            self._hear(settled)
        self.is_new = self.story == b""

    def _take(self, settled: Arrays) -> None:
        there, of = _where(self.keys, settled["article"])
        self.story[there] = story_names(settled)[of]
        arrays: dict[str, NDArray[Any]] = {"basis": self.basis}
        if len(self.ids) <= _GROWN * settled["centre"][1]:
            self._n_then = settled["centre"][1]
            if not np.isnan(settled["centre"][0]):
                self.centre = float(settled["centre"][0])
                self.habits = Habits.of_packed(settled["habits"])
            arrays |= self._tails
        for name, array in arrays.items():
            array[there] = settled[name][of]

    def _hear(self, said: Arrays) -> None:
        there, of = _where(self.keys, said["said_article"])
        self.story[there] = said["said_story"][of]
        self.basis[there] = SAME

    def tails(self, matrix: Any) -> Tails:
        """Those that are settled, and those of the others found."""
        todo = np.flatnonzero(np.isnan(self._tails["level"]))
        found = tails(matrix, self.keys, todo)
        for name in _TAILS:
            self._tails[name][todo] = getattr(found, name)
        return Tails(**self._tails)

    def group(
        self,
        a: NDArray[np.int64],
        b: NDArray[np.int64],
        likely: NDArray[np.float32],
        named: Any,
    ) -> None:
        """Put new articles into stories, by pairs and their likelihoods; ``named``: see
        ``weigh``."""
        settled = ~self.is_new
        labels = np.arange(len(self.ids))
        _, first, story_of = np.unique(self.story[settled], return_index=True, return_inverse=True)
        labels[settled] = np.flatnonzero(settled)[first][story_of]
        clusters = Clusters(self.keys, labels, self.days, FURTHEST)
        clusters.link(a, b, likely, SURE, settled)
        sure = clusters.labels.copy()
        clusters.link(a, b, likely, PERHAPS, settled)
        found = set_apart(clusters.labels, named, self.keys, settled)
        found = part_pairs(found, a, b, likely, PAIR, settled)
        _, sure = np.unique(sure * len(sure) + found, return_inverse=True)
        self._name(found, sure)

    def _name(self, labels: NDArray[np.int64], sure: NDArray[np.int64]) -> None:
        """Ids of new stories, and what each new article's place in its story stands on."""
        n = len(labels)
        settled = ~self.is_new
        sizes = np.bincount(labels, minlength=n)
        sure_sizes = np.bincount(sure, minlength=n)
        dated = np.where(np.isnat(self.days), _LATE, self.days)
        # The core comes first: what is settled, else the most articles that surely belong together.
        order = np.lexsort((self.keys, dated, -sure_sizes[sure], self.is_new, labels))
        first = np.flatnonzero(np.diff(labels[order], prepend=-1))
        founder = np.empty(n, np.int64)
        founder[labels[order[first]]] = order[first]
        of = founder[labels]
        is_core = sure == sure[of]
        basis = np.where(sizes[labels] == 1, ALONE, np.where(is_core, SAME, MAYBE))
        self.basis[self.is_new] = basis[self.is_new]
        founders = order[first][self.is_new[order[first]]]
        taken = set(np.unique(self.story[settled]).tolist())
        for article in founders.tolist():
            name = own = self.ids[article][:ID_DIGITS].encode("ascii", "replace")
            number = 2
            while name in taken:  # its story went on without it, and now it is back
                name, number = own + b"-%d" % number, number + 1
            taken.add(name)
            self.story[article] = name
        self.story[self.is_new] = self.story[of[self.is_new]]

    def alone(self) -> None:
        """New articles as stories of their own."""
        self._name(np.arange(len(self.ids)), np.arange(len(self.ids)))

    def arrays(self) -> Arrays:
        """What ``settle`` returns."""
        story_id, story_of = np.unique(self.story, return_inverse=True)
        is_joined = np.bincount(story_of, minlength=len(story_id))[story_of] > 1
        kind = np.where(is_joined, np.maximum(self.basis & _KIND, SAME), ALONE)
        by_text = np.where(is_joined & np.isnat(self.days), BY_TEXT, 0)
        return {
            "article": self.keys,
            "story_of": story_of.astype(np.int32),
            "basis": (kind | by_text).astype(np.uint8),
            "is_new": self.is_new,
            "story_id": story_id,
            "centre": np.asarray([np.nan if self.centre is None else self.centre, self._n_then]),
            "habits": np.zeros(0) if self.habits is None else self.habits.packed(),
            **self._tails,
        }


def _where(
    keys: NDArray[np.int64], numbers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of the keys that are among ``numbers``, and where each one is there."""
    order = np.argsort(numbers, kind="stable")
    at = np.searchsorted(numbers[order], keys).clip(max=max(len(numbers) - 1, 0))
    there = np.flatnonzero(numbers[order][at] == keys) if len(numbers) else np.zeros(0, np.int64)
    return there, order[at[there]]


def regrouped(
    ids: Sequence[str], days: NDArray[np.datetime64], joint: Arrays, said: Arrays
) -> Arrays:
    """The joint arrays with what was said by hand."""
    here = _Grouped(ids, days, {**joint, **said})
    return here.arrays()


def story_names(joint: Arrays) -> NDArray[np.bytes_]:
    """(n_articles,) the id of each article's story."""
    names: NDArray[np.bytes_] = joint["story_id"][joint["story_of"]]
    return names


class Joined(NamedTuple):
    """What the last change did to stories: new articles in stories of before, how many stories
    these are, and stories of several articles that are all new."""

    n_articles: int
    n_stories: int
    n_founded: int


def joined(joint: Arrays) -> Joined:
    """By the joint arrays; an article that had no company is a story of one."""
    n = len(joint["story_id"])
    size = np.bincount(joint["story_of"], minlength=n)
    new = np.bincount(joint["story_of"][joint["is_new"]], minlength=n)
    grown = (new > 0) & (new < size)
    return Joined(int(new[grown].sum()), int(grown.sum()), int(((new == size) & (size > 1)).sum()))
