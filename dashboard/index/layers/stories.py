"""Stories: which articles tell of the same event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.index.storage.articles import id_number
from dashboard.index.stories.calibration import centre_of, likelihoods
from dashboard.index.stories.grouping import Clusters
from dashboard.index.stories.likeness import Likeness, Pairs, Tails, tails, weigh
from dashboard.index.stories.words import WordRows, words_of

#: Least average likelihood: of articles in one story, and of those that surely are.
PERHAPS, SURE = 0.42, 0.9
_GROWN = 2  # times as many articles: what is usual is found out anew
ALONE, SAME, MAYBE, BY_TEXT = 0, 1, 2, 4  # of ``basis``; the last is a bit beside the others
_KIND = 3
_ID = 12  # digits
_TAILS = ("level", "spread", "share")
_LATE = np.datetime64("9999-12-31")


class Stories(Layer):
    """Arrays of a segment: the rows of words (``indptr``, ``feature``, ``weight``), see
    ``words_of``.

    Joint arrays, of each article: ``article`` (the number of its id), ``story_of`` (position of its
    story), ``basis`` (``ALONE``; ``SAME`` story or ``MAYBE``, plus ``BY_TEXT`` for one that has no
    date), ``is_new`` (settled by the last change), ``level``, ``spread`` and ``share`` (see
    ``Tails``); of each story, ascending: ``story_id`` (bytes), the first digits of the id of the
    article that it began with.

    What is settled stays: an addition puts new articles into the stories there are, or founds new
    ones; it never merges two of before.
    """

    name: ClassVar[str] = "stories"
    version: ClassVar[int] = 1

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the tokens."""
        found = words_of(
            segment.counts, segment.lexicon, list(segment.articles.column("language"))
        )
        return {
            "indptr": found.indptr,
            "feature": found.feature,
            "weight": found.weight.astype(np.float16),
        }

    def join(self, segments: Sequence[SegmentView]) -> Arrays:
        """Stories of nothing but these."""
        return self.settle(segments, {})

    def settle(self, segments: Sequence[SegmentView], settled: Arrays) -> Arrays:
        """``settled``: as ``join`` gives it, of any articles; those that are here keep their
        stories. ``article`` and ``story`` (the id of each one's story) are enough."""
        ids = [i for segment in segments for i in segment.articles.column("article_id")]
        days = np.concatenate(
            [np.zeros(0, "datetime64[D]"), *(segment.articles.days for segment in segments)]
        )
        here = _Articles(ids, days, settled)
        if here.is_new.any() and len(ids) > 1:
            self._group(here, segments)
        else:
            here.alone()
        return here.arrays()

    def _group(self, here: _Articles, segments: Sequence[SegmentView]) -> None:
        matrix = weigh([_rows(segment.layers[self.name]) for segment in segments])
        known = here.tails(matrix)
        judge = Likeness(matrix, known, here.days)
        pairs = judge.pairs(np.flatnonzero(here.is_new))
        if here.centre is None:
            every = pairs if here.is_new.all() else judge.pairs(np.arange(len(here.ids)))
            here.centre = centre_of(every, judge)
        here.group(pairs)


def _rows(arrays: Arrays) -> WordRows:
    return WordRows(arrays["indptr"], arrays["feature"], arrays["weight"].astype(np.float32))


class _Articles:
    """The articles of an index, what is settled of them, and what is found out."""

    def __init__(
        self, ids: Sequence[str], days: NDArray[np.datetime64], settled: Arrays
    ) -> None:
        self.ids, self.days = ids, days
        self.keys = np.asarray([id_number(i) for i in ids], dtype=np.int64)
        n = len(ids)
        self.story = np.zeros(n, "S16")
        self.basis = np.zeros(n, np.uint8)
        self._tails = {name: np.full(n, np.nan, np.float32) for name in _TAILS}
        self.centre: float | None = None
        self._n_then = n
        if len(settled.get("article", ())):
            self._take(settled)
        self.is_new = self.story == b""

    def _take(self, settled: Arrays) -> None:
        order = np.argsort(settled["article"], kind="stable")
        numbers = settled["article"][order]
        at = np.searchsorted(numbers, self.keys).clip(max=len(numbers) - 1)
        there = np.flatnonzero(numbers[at] == self.keys)
        of = order[at[there]]
        story = settled["story"] if "story" in settled else story_names(settled)
        self.story[there] = story[of]
        arrays = {"basis": self.basis}
        if "centre" in settled and len(self.ids) <= _GROWN * settled["centre"][1]:
            self.centre, self._n_then = settled["centre"].tolist()
            arrays |= self._tails
        for name, array in arrays.items():
            if name in settled:
                array[there] = settled[name][of]

    def tails(self, matrix: Any) -> Tails:
        """Those that are settled, and those of the others found."""
        todo = np.flatnonzero(np.isnan(self._tails["level"]))
        found = tails(matrix, self.keys, todo)
        for name in _TAILS:
            self._tails[name][todo] = getattr(found, name)
        return Tails(**self._tails)

    def group(self, pairs: Pairs) -> None:
        """Put new articles into stories."""
        settled = ~self.is_new
        labels = np.arange(len(self.ids))
        _, first, story_of = np.unique(
            self.story[settled], return_index=True, return_inverse=True
        )
        labels[settled] = np.flatnonzero(settled)[first][story_of]
        clusters = Clusters(self.keys, labels)
        likely = likelihoods(pairs.score, self.centre or 0)
        clusters.link(pairs.a, pairs.b, likely, SURE, settled)
        sure = clusters.labels.copy()
        clusters.link(pairs.a, pairs.b, likely, PERHAPS, settled)
        self._name(clusters.labels, sure)

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
            name = own = self.ids[article][:_ID].encode("ascii", "replace")
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
            **self._tails,
        }


def story_names(joint: Arrays) -> NDArray[np.bytes_]:
    """(n_articles,) the id of each article's story."""
    names: NDArray[np.bytes_] = joint["story_id"][joint["story_of"]]
    return names
