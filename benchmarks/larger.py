"""An index many times over, to ask what a larger one would be asked: for the benchmarks that need a
size and not other words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from dashboard.index.building.sums_build import write_sums
from dashboard.index.index import Index
from dashboard.index.layers.layer import LayerArrays
from dashboard.index.storage.container import Container
from dashboard.index.storage.segment import Segment
from dashboard.index.storage.sums import Sums
from dashboard.index.terms.lexicon import Lexicon

OVER_SLICES = ("slice_leaf", "slice_words", "slice_passages", "slice_squares", "slice_near")
OVER_ARTICLES = ("source_of", "days", "article_words")
MADE_ANEW = ("segments", "article_slices", "cells_per_slice", "sums", "day_number", "days_present",
             "title_words")  # fmt: skip
#: Layers that are taken along, and which array says what group an article is in.
GROUPS = {"stories": "story_of", "copies": "copy_group", "house_style": ""}


def many_times(index: Index, times: int, folder: Path) -> Index:
    """The index with its only segment so many times; ``folder`` takes the sums.

    The same words, N times the articles, stories, groups of copies and slices. Files are read from
    the page cache, as in a server that was asked before. Sums are made as a build makes them. What
    finds an article by its id finds the first of N.
    """
    (segment,) = index.segments
    joint, n, n_slices = index._joint, index.n_articles, len(index.slice_article)  # noqa: SLF001
    own = {name: np.tile(joint[name], times) for name in (*OVER_ARTICLES, *OVER_SLICES)}
    first = np.arange(times, dtype=np.int32)
    own["slice_article"] = (first[:, None] * n + joint["slice_article"]).ravel()
    by_date = np.asarray(joint["by_date"], dtype=np.int64)
    own["by_date"] = (by_date[:, None] + first * n).ravel()
    own["first_article"], own["first_slice"] = first * n, first * n_slices
    made = object.__new__(Index)
    made.__dict__.update(index.__dict__)
    for name in MADE_ANEW:
        made.__dict__.pop(name, None)
    made._joint, made.n_articles, made.n_words = own, n * times, index.n_words * times
    more = {
        name: index.lexicon._arrays[name].astype(np.int64) * times  # noqa: SLF001
        for name in ("doc_freq", "count")
    }
    made.lexicon = Lexicon({**index.lexicon._arrays, **more})  # noqa: SLF001
    made.sources = [
        replace(source, n_articles=source.n_articles * times) for source in index.sources
    ]
    made.__dict__["segments"] = [
        Segment(segment.arrays, segment.articles, i * n, i * n_slices) for i in range(times)
    ]
    write_sums(folder, [segment.arrays] * times, own, len(index.sources),
               len(index.leaf_passages) - 1, len(index.lexicon.analysed))  # fmt: skip
    made.__dict__["sums"] = Sums({path.stem: Container(path) for path in folder.glob("*.bin")})

    def layer(name: str) -> LayerArrays:
        found = index.layer(name)
        arrays = dict(found.joint)
        if group := GROUPS[name]:
            of = arrays[group].astype(np.int32)  # below 0: in none
            others = first[:, None] * (int(of.max()) + 1) + of
            arrays[group] = np.where(of < 0, of, others).ravel()
        return LayerArrays(arrays, list(found.segments) * times)

    kept = {name: layer(name) for name in GROUPS}
    made.__dict__["layer"] = kept.__getitem__
    return made
