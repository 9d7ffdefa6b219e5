"""Words of a source's house style: of its bylines, links, captions and templates."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import ungrouped
from dashboard.index.counts.term_counts import term_counts
from dashboard.index.index import Index
from dashboard.index.layers.house_style import SHAPES
from dashboard.index.layers.layer import MissingLayer
from dashboard.index.terms.lexicon import STOP
from dashboard.measures.columns import DRAWN, KNOWN_SOURCE, KNOWN_SOURCE_ID
from dashboard.measures.keyness.compared import compared
from dashboard.measures.registry import table
from dashboard.scope import Scope

LEAST, MOSTLY = 3, 0.5  # uses in furniture, and their share of all the source's uses
TRUNCATED = "truncated"
N_TERMS = 50
_FRAGMENT = 2  # letters

METHOD = """
A word is a source's house style when at least half of its uses there, and three, stand in lines
that three of its articles repeat, in six words that four of its articles share and hardly another
source, in short lines at an article's beginning or end, or in short lines without a full stop.
Lower-case words of one or two letters (“ly”, “n't”) are taken for truncated forms. No list of
words is used.
"""


@lru_cache(maxsize=4)
def _entries(index: Index) -> tuple[NDArray[np.int64], ...]:
    """Source, term, uses and (n, 4) uses in furniture, over all segments; nothing for an index
    without the layer."""
    try:
        layer = index.layer("house_style")
    except MissingLayer:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none, none.reshape(0, len(SHAPES))
    n_terms = len(index.lexicon)
    keys, cells = [], []
    for segment, arrays in zip(index.segments, layer.segments, strict=True):
        source = index.source_of[arrays["row"] + segment.first_article].astype(np.int64)
        keys.append(source * n_terms + arrays["term"])
        cells.append(np.column_stack([arrays["uses"], arrays["styled"]]).astype(np.int64))
    key, at = np.unique(np.concatenate(keys), return_inverse=True)
    sums = np.zeros((len(key), 1 + len(SHAPES)), dtype=np.int64)
    np.add.at(sums, at, np.concatenate(cells))
    styled = sums[:, 1:].sum(axis=1)
    kept = (key >= 0) & (styled >= LEAST) & (styled >= MOSTLY * sums[:, 0])
    key, sums = key[kept], sums[kept]
    return key // n_terms, key % n_terms, sums[:, 0], sums[:, 1:]


def in_house_style(index: Index, source: int, terms: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(n_terms,) which of ``terms`` (lexicon numbers) are house style of a source, by position: a
    phrase is where one of its words is. Without the layer only truncated forms are."""
    is_style = np.zeros(len(index.lexicon), dtype=bool)
    is_style[_words_of(index, source)] = True
    phrases, offsets = index.lexicon.phrases, index.lexicon.phrase_offsets
    if len(phrases):
        is_style[phrases] |= np.logical_or.reduceat(
            is_style[index.lexicon.phrase_words], offsets[:-1]
        )
    found: NDArray[np.bool_] = is_style[terms] | _truncated(index, terms)
    return found


def _words_of(index: Index, source: int) -> NDArray[np.int64]:
    """The words of the house style of a source; of a group of sources those that stand in its
    houses' furniture more often than anywhere else."""
    by_source = ungrouped(index)
    of, words, _, styled = _entries(by_source)
    if by_source is index:
        own_words: NDArray[np.int64] = words[of == source]
        return own_words
    houses = np.unique(by_source.source_of[index.source_of == source])
    own = np.isin(of, houses)
    sums = np.bincount(words[own], styled[own].sum(axis=1), len(index.lexicon))
    return np.flatnonzero(sums > MOSTLY * index.lexicon.count)


def _truncated(index: Index, terms: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Words of one or two letters in lower case, in scripts that have a case."""
    found = []
    for surface in index.lexicon.surfaces.take(terms):
        letters = [letter for letter in surface if letter.isalpha()]
        found.append(len(letters) <= _FRAGMENT and any(each.islower() for each in letters[-1:])
                     and surface == surface.lower())  # fmt: skip
    return np.asarray(found, dtype=bool)


@table(
    "house_style",
    row="a word of a known source's house style, those with most uses first, up to 50 each",
    columns={
        "source": KNOWN_SOURCE,
        "term": "the word",
        "shape": "where it mostly stands: `line`, `template`, `edge`, `caption`; or `truncated`",
        "n_group": "its uses in all of the source's articles",
        "share": "share of them in furniture (0 to 1); null: truncated",
        **KNOWN_SOURCE_ID,
    },
    options=[DRAWN],
    method=METHOD,
)
def house_style(index: Index, scope: Scope, drawn: tuple[str, ...] | None = None) -> pd.DataFrame:
    """What ``keyness`` leaves out of each source that it compares, over the whole corpus: a house's
    furniture is the same whatever is in scope. Truncated forms: of 3 uses or more in scope. With
    fewer than two sources in scope, or without the layer and such forms: no rows."""
    groups = compared(index, scope, drawn)
    if groups is None:
        return house_style.frame()
    of, words, uses, styled = _entries(index)
    analysed = index.lexicon.analysed
    short = np.flatnonzero(_truncated(index, analysed) & groups.candidates)
    counts = term_counts(index, groups.selection, groups.groups, len(groups.sources) + 1)[:, short]
    parts = []
    for group, source in enumerate(groups.sources.tolist()):
        own = np.flatnonzero((of == source) & ((index.lexicon.flags[words] & STOP) == 0))
        n_styled = styled[own].sum(axis=1)
        fragments = np.flatnonzero(counts[group] >= LEAST)
        terms = np.concatenate([words[own], analysed[short[fragments]]])
        n = np.concatenate([uses[own], counts[group, fragments]])
        share = np.concatenate([n_styled / uses[own], np.full(len(fragments), np.nan)])
        shapes = np.asarray([*SHAPES, TRUNCATED], dtype=object)
        shape = np.append(styled[own].argmax(axis=1), np.full(len(fragments), len(SHAPES)))
        order = np.lexsort((terms, -n))[:N_TERMS]
        parts.append(
            {
                "source": np.full(len(order), index.source_names[source], dtype=object),
                "term": np.asarray(index.lexicon.surfaces.take(terms[order]), dtype=object),
                "shape": shapes[shape[order].astype(np.int64)],
                "n_group": n[order].astype(np.int64),
                "share": share[order],
                "source_id": np.full(len(order), index.source_ids[source], dtype=object),
            }
        )
    return house_style.frame(
        {name: np.concatenate([part[name] for part in parts]) for name in house_style.columns}
    )
