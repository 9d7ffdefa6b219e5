"""Words of a source's house style: of its bylines, links, captions and templates."""

from __future__ import annotations

from collections import Counter
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
from dashboard.text.token_rule import tokenise

LEAST, MOSTLY = 3, 0.5  # uses in furniture, and their share of all the source's uses
TRUNCATED, OWN_NAME = "truncated", "name"
N_TERMS = 50
_FRAGMENT = 2  # letters

METHOD = """
A word is a source's house style when at least half of its uses there, and three, stand in lines
that three of its articles repeat, in six words that four of its articles share and hardly another
source, in short lines at an article's beginning or end, or in short lines without a full stop.
Lower-case words of one or two letters (“ly”, “n't”) are taken for truncated forms. A source's own
name is the word of it that no other house's name has, and what holds it (“tells NPR”). No list of
words is used.
"""


@lru_cache(maxsize=4)
def _entries(index: Index) -> tuple[NDArray[np.int64], ...]:
    """Source, term, uses and (n, 4) uses in furniture, over all segments; nothing for an index
    without the layer."""
    none = np.zeros(0, dtype=np.int64)
    nothing = none, none, none, none.reshape(0, len(SHAPES))
    try:
        layer = index.layer("house_style")
    except MissingLayer:
        return nothing
    if not layer.segments:  # of an index without articles
        return nothing
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
    phrase is where one of its words is. Without the layer only its name and truncated forms are."""
    is_style = np.zeros(len(index.lexicon), dtype=bool)
    is_style[_words_of(index, source)] = True
    is_style[_own_name(index, source)] = True
    phrases, offsets = index.lexicon.phrases, index.lexicon.phrase_offsets
    if len(phrases):
        is_style[phrases] |= np.logical_or.reduceat(
            is_style[index.lexicon.phrase_words], offsets[:-1]
        )
    found: NDArray[np.bool_] = is_style[terms] | _truncated(index, terms)
    return found


def _words_of(index: Index, source: int) -> NDArray[np.int64]:
    """The words of the house style of a source; of a group of several those that stand in its
    houses' furniture more often than anywhere else."""
    houses = _houses(index, source)
    of, words, _, styled = _entries(ungrouped(index))
    own = np.isin(of, houses)
    if len(houses) == 1:
        own_words: NDArray[np.int64] = words[own]
        return own_words
    sums = np.bincount(words[own], styled[own].sum(axis=1), len(index.lexicon))
    return np.flatnonzero(sums > MOSTLY * index.lexicon.count)


def _houses(index: Index, source: int) -> NDArray[np.int64]:
    """The sources, by number, whose articles a source or group of the index has; -1 for unknown."""
    if ungrouped(index) is index:
        return np.asarray([source])
    houses: NDArray[np.int64] = np.unique(ungrouped(index).source_of[index.source_of == source])
    return houses


def _own_name(index: Index, source: int) -> NDArray[np.int64]:
    """The words of a source's name that tell it from other houses: “NPR” of “NPR Online News”. None
    where several would be needed, such as “Wall Street” of “Wall Street Journal”, but for initials;
    none of a group of several sources."""
    houses, by_source = _houses(index, source), ungrouped(index)
    if len(houses) != 1 or houses[0] < 0:
        return np.zeros(0, dtype=np.int64)
    alone, first = _telling(tuple(name or "" for name in by_source.source_names[:-1]))[houses[0]]
    numbers = {word: index.lexicon.find(word) for word in [*alone, *first]}
    there = np.asarray([n for n in numbers.values() if n >= 0], dtype=np.int64)
    surfaces = dict(zip(there.tolist(), index.lexicon.surfaces.take(there), strict=True))
    kept = [
        n for word, n in numbers.items()
        if n >= 0 and (_is_initials(surfaces[n]) or [word] == alone)
    ]  # fmt: skip
    return np.asarray(kept, dtype=np.int64)


@lru_cache(maxsize=4)
def _telling(names: tuple[str, ...]) -> list[tuple[list[str], list[str]]]:
    """Of each source's name the words that no other source's has, and the one that it begins with
    as do all others that have it: those of one house."""
    words = [list(dict.fromkeys(token for token, _ in tokenise(name))) for name in names]
    n_names = Counter(word for own in words for word in own)
    n_first = Counter(own[0] for own in words if own)
    return [
        (
            [word for word in own if n_names[word] == 1],
            [word for word in own[:1] if 1 < n_names[word] == n_first[word]],
        )
        for own in words
    ]


def _is_initials(surface: str) -> bool:
    return len(surface) > 2 and surface.isupper()


def _truncated(index: Index, terms: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Words of one or two letters in lower case, in scripts that have a case."""
    found: NDArray[np.bool_] = _of_analysed(index)[terms]
    others = np.flatnonzero(~np.isin(terms, index.lexicon.analysed))
    for place, surface in zip(
        others.tolist(), index.lexicon.surfaces.take(terms[others]), strict=True
    ):
        found[place] = _is_fragment(surface)
    return found


@lru_cache(maxsize=4)
def _of_analysed(index: Index) -> NDArray[np.bool_]:
    """(n_lexicon,) which of the analysed terms are truncated."""
    found = np.zeros(len(index.lexicon), dtype=bool)
    analysed = index.lexicon.analysed
    found[analysed] = [_is_fragment(surface) for surface in index.lexicon.surfaces.take(analysed)]
    return found


def _is_fragment(surface: str) -> bool:
    letters = [letter for letter in surface if letter.isalpha()]
    return (
        len(letters) <= _FRAGMENT
        and any(letter.islower() for letter in letters[-1:])
        and surface == surface.lower()
    )


@table(
    "house_style",
    row="a word of a known source's house style, those with most uses first, up to 50 each",
    columns={
        "source": KNOWN_SOURCE,
        "term": "the word",
        "shape": "where it mostly stands: `line`, `template`, `edge`, `caption`; or `name`, the "
        "source's own; or `truncated`",
        "n_group": "its uses in all of the source's articles",
        "share": "share of them in furniture (0 to 1); null: `name`, `truncated`",
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
    truncated = _truncated(index, analysed) & groups.candidates
    counts = term_counts(index, groups.selection, groups.groups, len(groups.sources) + 1)
    parts = []
    for group, source in enumerate(groups.sources.tolist()):
        own = np.flatnonzero((of == source) & ((index.lexicon.flags[words] & STOP) == 0))
        n_styled = styled[own].sum(axis=1)
        named = np.isin(analysed, _own_name(index, source)) & ~np.isin(analysed, words[own])
        others = np.flatnonzero((truncated | named) & (counts[group] >= LEAST))
        terms = np.concatenate([words[own], analysed[others]])
        n = np.concatenate([uses[own], counts[group, others]])
        share = np.concatenate([n_styled / uses[own], np.full(len(others), np.nan)])
        shapes = np.asarray([*SHAPES, TRUNCATED, OWN_NAME], dtype=object)
        shape = np.append(styled[own].argmax(axis=1), len(SHAPES) + named[others])
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
