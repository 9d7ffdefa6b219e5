"""How fast names are found, and which are named in most articles.

    .venv/bin/python benchmarks/names.py INDEX [MOST]

``INDEX`` is an index with the layer of sentences; prints articles a CPU second on one core, of the
rules and of the pass over all articles, and the ``MOST`` (60) names in most articles with their
kind.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.index.index import open_index
from dashboard.index.layers.layer import SegmentView
from dashboard.index.layers.names import Names
from dashboard.index.storage.container import Strings
from dashboard.text.names.shared import KINDS


def main() -> None:
    index = open_index(Path(sys.argv[1]))
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    layer, views = Names(), []
    began = time.process_time()
    for segment, sentences in zip(index.segments, index.layer("sentences").segments, strict=True):
        view = SegmentView(
            segment.articles, segment.arrays, index.lexicon, {"sentences": sentences}
        )
        found = layer.extract(view)
        views.append(replace(view, layers={"sentences": sentences, "names": found}))
    read = time.process_time()
    joint = layer.join(views)
    done = time.process_time()
    print(f"{index.n_articles / (read - began):.0f} articles a CPU second by the rules,", end=" ")
    print(f"{done - read:.1f} s for all together")
    articles = np.concatenate(
        [v.layers["names"]["article"] + s.first_article
         for v, s in zip(views, index.segments, strict=True)]
    )  # fmt: skip
    names = list(Strings.of(joint, "names"))
    pairs = np.unique(np.stack([joint["name"].astype(np.int64), articles]), axis=1)
    counts = np.bincount(pairs[0], minlength=len(names))
    counts[names.index("")] = 0
    for number in np.argsort(-counts, kind="stable")[:most].tolist():
        print(f"{counts[number]:7,} {names[number]} ({KINDS[joint['kind'][number]]})")


if __name__ == "__main__":
    main()
