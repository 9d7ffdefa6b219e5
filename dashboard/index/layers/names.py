"""Names: the people, organisations and places that each article names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.index.storage.container import Strings, pack_numbered, pack_strings, with_prefix
from dashboard.text.names.find import NameUse, find_names, small_words
from dashboard.text.names.lexicon import LANGUAGES, name_words
from dashboard.text.names.shared import KINDS, Uses, shared_names

#: Texts of a use, each stored as numbers into a table of strings of its own.
TEXTS = ("name", "written", "title")


class Names(Layer):
    """Arrays of a segment, a row for each use of a name in the order of the text: ``article`` and
    ``passage`` (its number in the article), ``start`` and ``end`` in characters of the passage,
    ``seen`` (bits, see ``text.names.pieces``), and for each of ``TEXTS`` a number into the string
    table of that name. ``read`` (n_articles,): whether the rules know the language of the article,
    which is English so far; others have no rows. ``words`` and ``small``: words that are names by
    themselves, and how often they begin with a small letter.

    Joint, over all segments in their order: ``name`` (a number into ``names``, one for all
    articles; "" for what is no name after all) of each use, and ``kind`` (position in ``KINDS``) of
    each of ``names``."""

    name: ClassVar[str] = "names"
    version: ClassVar[int] = 2
    needs: ClassVar[tuple[str, ...]] = ("sentences",)
    slow: ClassVar[bool] = True

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the passages."""
        read = [language in LANGUAGES for language in segment.articles.column("language")]
        articles: list[int] = []
        uses: list[NameUse] = []
        small: Counter[str] = Counter()
        for article, (passages, sentences) in enumerate(segment.sentences()):
            if not read[article]:
                continue
            here = small_words(passages)
            found = find_names(passages, sentences, "en", here)
            small.update(here)
            articles += [article] * len(found)
            uses += found
        words = sorted({part.casefold() for use in uses for part in use.name.split()[:1]})
        return {
            "read": np.asarray(read, dtype=bool),
            "article": np.asarray(articles, dtype=np.int32),
            **{name: np.asarray([getattr(u, name) for u in uses], dtype=np.int32)
               for name in ("passage", "start", "end")},
            "seen": np.asarray([u.seen for u in uses], dtype=np.uint8),
            **{key: array for name in TEXTS
               for key, array in pack_numbered(name, [getattr(u, name) for u in uses]).items()},
            **with_prefix("words", pack_strings(words)),
            "small": np.asarray([small[word] for word in words], dtype=np.int64),
        }  # fmt: skip

    def join(self, segments: Sequence[SegmentView]) -> Arrays:
        """Who is the same in all articles, and of which kind."""
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        meant: dict[str, Counter[str]] = defaultdict(Counter)
        small: Counter[str] = Counter()
        tables: list[tuple[list[str], NDArray[np.int32]]] = []
        for segment in segments:
            own = segment.layers[self.name]
            names, written = list(Strings.of(own, "names")), list(Strings.of(own, "writtens"))
            tables.append((names, own["name"]))
            _count(own, names, written, counts, meant)
            small.update(dict(zip(Strings.of(own, "words"), own["small"].tolist(), strict=True)))
        uses = {name: Uses.of(by_bits) for name, by_bits in counts.items()}
        shared, kinds = shared_names(uses, meant, small, name_words("en"))
        shown = sorted({"", *kinds})
        number = {name: i for i, name in enumerate(shown)}
        parts = [
            np.asarray([number[shared[name]] for name in names], dtype=np.int32)[own]
            for names, own in tables
            if names
        ]
        kind = [KINDS.index(kinds.get(name, "unknown")) for name in shown]
        return {
            "name": np.concatenate([np.zeros(0, np.int32), *parts]),
            "kind": np.asarray(kind, dtype=np.uint8),
            **with_prefix("names", pack_strings(shown)),
        }


def _count(
    own: Arrays,
    names: Sequence[str],
    written: Sequence[str],
    counts: dict[str, Counter[int]],
    meant: dict[str, Counter[str]],
) -> None:
    """Add up how each name is used, and in how many articles a word stands for a full name."""
    pairs = np.stack([own["name"].astype(np.int64), own["seen"].astype(np.int64)])
    found, n = np.unique(pairs, axis=1, return_counts=True)
    for (name, seen), times in zip(found.T.tolist(), n.tolist(), strict=True):
        counts[names[name]][seen] += times
    columns = ("written", "name", "article")
    triples = np.unique(np.stack([own[c].astype(np.int64) for c in columns]), axis=1)
    found, n = np.unique(triples[:2], axis=1, return_counts=True)
    for (word, name), times in zip(found.T.tolist(), n.tolist(), strict=True):
        if " " in names[name] and " " not in written[word]:
            meant[written[word]][names[name]] += times
