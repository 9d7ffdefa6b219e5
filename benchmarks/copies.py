"""How copies are found: a ladder of made-up copies, an exact check of all pairs, and the time.

    .venv/bin/python benchmarks/copies.py INDEX          # a folder that `build` made

The ladder takes articles of the index and keeps 100, 80, 60, 40 or 20 % of the sentences, in one of
four forms, each with the first sentence of a third article as its new opening:

    cut      the sentences as they stood
    shuffled in another order
    mixed    in another order among as many sentences of a second article
    inside   in their order before the whole of a second article

A copy is found where the pair with its original has a row in `copies`. ``one each``: of each
original one copy, by whatever source; ``all of one``: every original has all its copies, which one
outlet published: what repeats there must not be taken for a house template. False pairs are those
that neither the ladder nor the corpus alone explains.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any, cast

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dashboard.arrays import run_starts  # noqa: E402
from dashboard.index.copies.grams import gram_counts, once_each, segment_grams  # noqa: E402
from dashboard.index.index import Index, open_index  # noqa: E402
from dashboard.index.layers.copies import KINDS, Copies  # noqa: E402
from dashboard.index.layers.layer import SegmentView  # noqa: E402
from dashboard.text.sentences import sentence_spans  # noqa: E402
from dashboard.text.token_rule import tokenise  # noqa: E402

KEPT = (1.0, 0.8, 0.6, 0.4, 0.2)
FORMS = ("cut", "shuffled", "mixed", "inside")
ORIGINALS = 2_000  # with one copy each
FAMILIES = 60  # with all of them

Words = list[int]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Articles:
    """As much of an article store as the layer reads."""

    sources: Sequence[str]

    def __len__(self) -> int:
        return len(self.sources)

    def column(self, _name: str) -> Sequence[str]:
        return self.sources


def view(texts: Sequence[Words], sources: Sequence[str]) -> SegmentView:
    """Articles of one passage each as a segment with its sample."""
    counts: dict[str, Any] = {
        "ids": np.asarray([word for text in texts for word in text], dtype=np.int32),
        "offsets": np.cumsum([0, *map(len, texts)]),
        "article_passages": np.arange(len(texts) + 1),
    }
    return of_counts(counts, Articles(sources))


def of_counts(counts: Mapping[str, Any], articles: Any) -> SegmentView:
    layer, no_lexicon = Copies(), cast("Any", None)
    bare = SegmentView(articles, cast("Any", counts), no_lexicon, {})
    return replace(bare, layers=cast("Any", {layer.name: layer.extract(bare)}))


def sentences_of(index: Index) -> list[list[Words]]:
    """The words of each sentence of each article, as numbers."""
    numbers: dict[str, int] = {}
    return [
        [
            [numbers.setdefault(token, len(numbers)) for token, _ in tokenise(text[start:end])]
            for text in index.passages(position)
            for start, end in sentence_spans(text, "en")
        ]
        for position in range(index.n_articles)
    ]


def copied(own: list[Words], other: list[Words], lede: Words, kept: float, form: str,
           rng: random.Random) -> Words:  # fmt: skip
    """A copy of ``own``, see above."""
    chosen = sorted(rng.sample(range(len(own)), max(round(kept * len(own)), 1)))
    text = [own[i] for i in chosen]
    if form == "mixed":
        text += rng.sample(other, min(len(other), len(text)))
    if form in ("shuffled", "mixed"):
        rng.shuffle(text)
    if form == "inside":
        text += other
    return [word for sentence in [lede, *text] for word in sentence]


def pairs_of(views: Sequence[SegmentView]) -> dict[Pair, tuple[float, int]]:
    """Containment and kind of each pair that the layer gives."""
    found = Copies().join(views)
    keys = zip(found["pair_a"].tolist(), found["pair_b"].tolist(), strict=True)
    values = zip(found["pair_containment"].tolist(), found["pair_kind"].tolist(), strict=True)
    return dict(zip(keys, values, strict=True))


def ladder(base: list[list[Words]], sources: list[str], *, families: bool) -> None:
    """Print a table of what is found, by form and share kept."""
    rng = random.Random(7)
    plain = [[word for sentence in article for word in sentence] for article in base]
    usable = [i for i, article in enumerate(base) if len(article) >= 10]
    cells = [(kept, form) for form in FORMS for kept in KEPT]
    originals = rng.sample(usable, min(FAMILIES if families else ORIGINALS, len(usable)))
    made, names = list(plain), list(sources)
    expected: dict[tuple[float, str], list[Pair]] = {cell: [] for cell in cells}
    of: dict[int, set[int]] = {}
    for n, original in enumerate(originals):
        for cell in cells if families else [cells[n % len(cells)]]:
            second, third = rng.sample(usable, 2)
            text = copied(base[original], base[second], base[third][0], *cell, rng)
            expected[cell].append((original, len(made)))
            of[len(made)] = {original, third} | (
                {second} if cell[1] in ("mixed", "inside") else set()
            )
            made.append(text)
            names.append("The Copyist" if families else rng.choice(sources))
    known = set(pairs_of([view(plain, sources)]))
    found = pairs_of([view(made, names)])
    wrong = [
        pair for pair in found.keys() - known
        if not (of.get(pair[0], {pair[0]}) & of.get(pair[1], {pair[1]}))
    ]  # fmt: skip
    print("all of one" if families else "one each", f"({len(made):,} articles)")
    for form in FORMS:
        shares = [
            np.mean([pair in found for pair in expected[kept, form]]) for kept in KEPT
        ]  # fmt: skip
        print(
            f"  {form:<9}",
            "  ".join(f"{k:.0%}: {s:.3f}" for k, s in zip(KEPT, shares, strict=True)),
        )
    every = [[p in found for f in FORMS for p in expected[kept, f]] for kept in KEPT]
    print(
        "  all      ",
        "  ".join(f"{k:.0%}: {np.mean(e):.3f}" for k, e in zip(KEPT, every, strict=True)),
    )
    n_pairs = len(made) * (len(made) - 1) // 2
    print(f"  false pairs: {len(wrong):,} of {n_pairs:,} ({len(wrong) / n_pairs:.1e})")


def exact(views: Sequence[SegmentView], least: float) -> dict[Pair, float]:
    """Containment of every pair of articles, of which no 8-gram is left out."""
    parts, first = [], 0
    for each in views:
        n = gram_counts(each.counts)
        hashes, articles = segment_grams(each.counts, n > 0)
        parts.append((hashes, articles.astype(np.int64) + first))
        first += len(n)
    hashes, articles = once_each(*(np.concatenate(side) for side in zip(*parts, strict=True)))
    distinct = np.bincount(articles, minlength=first)
    shared: Counter[Pair] = Counter()
    starts = run_starts(hashes)
    sizes = np.diff(starts, append=len(hashes))
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        shared.update(combinations(articles[start : start + size].tolist(), 2))
    found = {(a, b): n / min(distinct[a], distinct[b]) for (a, b), n in shared.items()}
    return {pair: value for pair, value in found.items() if value >= least}


def check_recall(name: str, views: Sequence[SegmentView]) -> None:
    """Print how many of the pairs of the exact check the layer gives."""
    found = pairs_of(views)
    for least in (0.8, 0.5, 0.2):
        wanted = exact(views, least)
        there = sum(pair in found for pair in wanted)
        print(f"  {name}: containment ≥ {least}: {there:,} of {len(wanted):,}")


def short(base: list[list[Words]], rng: random.Random) -> SegmentView:
    """The articles, and from each of 1,000 a piece of 20 to 60 words by another outlet."""
    plain = [[word for sentence in article for word in sentence] for article in base]
    pieces = []
    for text in rng.sample(plain, min(1_000, len(plain))):
        size = rng.randint(20, 60)
        at = rng.randrange(max(len(text) - size, 1))
        pieces.append(text[at : at + size] + rng.choice(plain)[: rng.randint(0, size // 2)])
    return view([*plain, *pieces], [*["A"] * len(plain), *["B"] * len(pieces)])


def main(arguments: Iterable[str]) -> None:
    (path,) = arguments
    index = open_index(Path(path))
    began = time.process_time()
    views = [of_counts(segment.arrays, segment.articles) for segment in index.segments]
    read = time.process_time()
    found = Copies().join(views)
    print(
        f"{index.n_articles:,} articles: samples {read - began:.2f}, pairs "
        f"{time.process_time() - read:.2f} processor seconds; "
        + ", ".join(f"{(found['pair_kind'] == i).sum():,} {kind}" for i, kind in enumerate(KINDS))
    )
    base = sentences_of(index)
    sources = ["" if s is None else s for s in index.source_names[index.source_of]]
    check_recall("as it is", views)
    check_recall("with short pieces", [short(base, random.Random(3))])
    ladder(base, sources, families=False)
    ladder(base, sources, families=True)


if __name__ == "__main__":
    main(sys.argv[1:])
