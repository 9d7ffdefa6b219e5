"""Families: sources of one owner or newsroom, which count as one wherever independence counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dashboard.corpus.own_columns import FAMILY
from dashboard.corpus.parsing.addresses import OUTLETS, domain_of
from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.index.layers.own_columns import codes_in
from dashboard.index.storage.container import Strings

BY_HAND, BY_COLUMN, BY_ADDRESS, ALONE = "by hand", "column", "address", "alone"
_ADDRESSES = 40  # articles of a source whose addresses are looked at


@dataclass(frozen=True, eq=False)
class Families:
    """``names``, those of most articles first; ``of_source`` (n_sources,), the family of each
    source; ``of_article`` (n_articles,), -1 for none; ``basis``, of each source how its family is
    known. ``column``: what the user's own column is called, or "family"."""

    names: tuple[str, ...]
    of_source: NDArray[np.int64]
    of_article: NDArray[np.int32]
    basis: tuple[str, ...]
    column: str

    @property
    def any_known(self) -> bool:
        """Whether there is more to say than that each source is its own family."""
        return len(set(self.of_source.tolist())) < len(self.of_source) or any(
            basis in (BY_HAND, BY_COLUMN) for basis in self.basis
        )


# So few that an index that was replaced is soon let go.
@lru_cache(maxsize=4)
def families(index: Index) -> Families:
    """The family of each source: what was said by hand, else what most of its articles have in a
    column “family”, else the domain where most of its articles stand (by its name, where they have
    no address), if another source's do too; else its own name. Names that differ in case are one.
    ``index``: by its sources, not by groups.
    """
    column, values, codes = _own_column(index)
    n = len(index.sources)
    known = index.source_of >= 0
    cells = index.source_of[known].astype(np.int64) * (len(values) + 1) + codes[known]
    counts = np.bincount(cells, minlength=n * (len(values) + 1)).reshape(n, len(values) + 1)
    counts[:, 0] = 0
    said = index.manifest.get("families", {})
    domains = _domains(index)
    shared = {d for d, n_sources in Counter(domains).items() if n_sources > 1}
    names, basis = [], []
    for i, source in enumerate(index.sources):
        if said.get(source.name):
            found = said[source.name], BY_HAND
        elif counts[i].any():
            found = values[int(counts[i].argmax()) - 1], BY_COLUMN
        elif domains[i] in shared and domains[i]:
            found = OUTLETS.get(domains[i], domains[i]), BY_ADDRESS
        else:
            found = source.name, ALONE
        names.append(found[0])
        basis.append(found[1])
    return _numbered(index, names, basis, column, values, codes)


def _numbered(
    index: Index,
    names: list[str],
    basis: list[str],
    column: str,
    values: list[str],
    codes: NDArray[np.int64],
) -> Families:
    spelt: dict[str, str] = {}
    for name in (*names, *values):
        spelt.setdefault(name.casefold(), name)
    number = {key: i for i, key in enumerate(spelt)}
    of_source = np.asarray([number[name.casefold()] for name in names], dtype=np.int64)
    # An article of unknown source may still say of whose it is.
    of_value = np.asarray([-1, *(number[value.casefold()] for value in values)], dtype=np.int64)
    of_article = np.where(
        index.source_of >= 0, np.append(of_source, -1)[index.source_of], of_value[codes]
    )
    counts = np.bincount(of_article + 1, minlength=len(spelt) + 1)[1:]
    order = [i for i in np.argsort(-counts, kind="stable").tolist() if counts[i]]
    place = np.full(len(spelt) + 1, -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    every = list(spelt.values())
    return Families(
        tuple(every[i] for i in order),
        place[of_source],
        place[of_article].astype(np.int32),
        tuple(basis),
        column,
    )


def _own_column(index: Index) -> tuple[str, list[str], NDArray[np.int64]]:
    """The user's own column “family”, whatever its case: how it is written, its values, and
    (n_articles,) the number of each article's from 1, 0 for none. Read of the segments: a column
    with one value sorts no articles into groups, but makes one family of all."""
    numbers: dict[str, int] = {}
    written, parts = FAMILY, [np.zeros(0, np.int64)]
    if "own_columns" not in index.layer_versions:  # built before there was one
        return written, [], np.zeros(index.n_articles, np.int64)
    try:
        segments = index.layer("own_columns").segments
    except MissingLayer:
        return written, [], np.zeros(index.n_articles, np.int64)
    for arrays in segments:
        values, codes = codes_in(arrays, FAMILY)
        table = np.zeros(256, np.int64)
        table[1 : len(values) + 1] = [numbers.setdefault(v, len(numbers) + 1) for v in values]
        parts.append(table[codes])
        written = next((n for n in Strings.of(arrays, "names") if n.casefold() == FAMILY), written)
    return written, list(numbers), np.concatenate(parts)


def _domains(index: Index) -> list[str]:
    """The domain of each source: where more than half of its articles with an address stand, of
    forty spread over it; else that of its name; "" where there is none."""
    order = np.argsort(index.source_of, kind="stable")
    bounds = np.searchsorted(index.source_of[order], np.arange(len(index.sources) + 1))
    chosen = [
        order[np.unique(np.linspace(start, end - 1, _ADDRESSES).astype(np.int64))]
        for start, end in pairwise(bounds.tolist())
        if end > start
    ]
    positions = np.sort(np.concatenate([np.zeros(0, np.int64), *chosen]))
    urls = index.article_rows(positions, ["url"])["url"]
    found: dict[int, Counter[str]] = {}
    for source, url in zip(index.source_of[positions].tolist(), urls, strict=True):
        if isinstance(url, str) and url:
            found.setdefault(source, Counter())[domain_of(url)] += 1
    hosts = {name.casefold(): host for host, name in reversed(OUTLETS.items())}
    return [
        _most(found[i]) if i in found else domain_of(hosts.get(source.name.casefold(), source.name))
        for i, source in enumerate(index.sources)
    ]


def _most(counts: Counter[str]) -> str:
    domain, n = counts.most_common(1)[0]
    return domain if 2 * n > counts.total() else ""
