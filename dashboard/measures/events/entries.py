"""Entries of a timeline: dated statements of a scope, those about one event put together.

Bounded whatever the scope: of each date the first statements of their articles, at most
``MOST_A_DATE``, and of the dates those told most, until ``MOST_STATEMENTS`` are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.measures.events.agreement import Wordings, leaders, wordings_of
from dashboard.scope import Scope
from dashboard.text.dates.around import BASES
from dashboard.text.dates.spans import GRANULARITIES
from dashboard.text.dates.tense import TENSES

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MOST_A_DATE, MOST_STATEMENTS = 150, 40_000
SAME_TEXT = 0.9  # cosine of two statements of one text
_PRESENT, _FUTURE = TENSES.index("present"), TENSES.index("future")
_BY_ARTICLE = BASES.index("by the article's date")
_DAY, _MONTH = GRANULARITIES.index("day"), GRANULARITIES.index("month")
#: So many things happen in one that its date says little for two statements being about one.
COARSE = [i for i, g in enumerate(GRANULARITIES) if g not in ("day", "weekend", "week", "month")]
#: A day by itself tells more than a year.
_FINENESS = np.asarray([1.0 if g in ("day", "weekend") else 0.6 if g in ("week", "month") else 0.3
                        for g in GRANULARITIES])  # fmt: skip
_COLUMNS = ("article", "sentence", "first_day", "last_day", "granularity", "tense", "basis",
            "start", "end", "is_alleged")  # fmt: skip


@dataclass(frozen=True)
class Entries:
    """Statements in order of entry, of an entry the one that tells most first.

    ``columns``: arrays over statements, those of the layer with ``segment`` and, for the position
    in the index, ``article``; ``bounds`` (n_entries + 1,) the first statement of each entry, which
    are in order of date; ``score``, ``n_sources``, ``n_articles`` (n_entries,), where copies of a
    sentence or an article count once; ``is_plan`` (n_entries,) what was ahead of every article
    that tells it, ``is_alleged`` what half of its statements or more only allege, and no plan;
    ``n_found``: the statements in scope, of which these are a part.
    """

    columns: dict[str, NDArray[Any]]
    bounds: NDArray[np.int64]
    score: NDArray[np.float64]
    n_sources: NDArray[np.int64]
    n_articles: NDArray[np.int64]
    is_plan: NDArray[np.bool_]
    is_alleged: NDArray[np.bool_]
    n_found: int

    def __len__(self) -> int:
        return len(self.score)

    @property
    def first_day(self) -> NDArray[np.datetime64]:
        """(n_entries,) the first day of each."""
        days: NDArray[np.datetime64] = self.columns["first_day"][self.bounds[:-1]]
        return days

    def most_told(self, most: int) -> NDArray[np.int64]:
        """The entries with the highest scores, in order of date."""
        return np.sort(np.argsort(-self.score, kind="stable")[:most])


# So few that an index that was replaced is soon let go.
@lru_cache(maxsize=8)
def entries_of(index: Index, scope: Scope) -> Entries:
    """The entries of a scope. Raises ``MissingLayer``."""
    found, n_found = _statements(index, scope)
    wordings = _wordings(index, found)
    leader = leaders(wordings, found["key"], np.isin(found["granularity"], COARSE))
    return _entries(index, found, leader, wordings.rows, n_found)


def _statements(index: Index, scope: Scope) -> tuple[dict[str, NDArray[Any]], int]:
    """The statements in scope that a timeline can tell, at most ``MOST_STATEMENTS``."""
    mask = scope.article_mask(index)
    parts: list[dict[str, NDArray[Any]]] = []
    for number, arrays in enumerate(index.layer("timeline").segments):
        articles = arrays["article"] + index.segments[number].first_article
        rows = np.flatnonzero(arrays["is_statement"] & mask[articles])
        part = {name: arrays[name][rows] for name in _COLUMNS}
        part["article"] = articles[rows].astype(np.int64)
        part["row"], part["segment"] = rows, np.full(len(rows), number)
        parts.append(part)
    names = (*_COLUMNS, "row", "segment")
    found = {name: np.concatenate([p[name] for p in parts]) for name in names} if parts else {
        name: np.zeros(0, "datetime64[D]" if name.endswith("_day") else np.int64) for name in names
    }  # fmt: skip
    # What holds as the article appears is no event: "this year, voters want".
    days = index.days[found["article"]]
    lasts = (found["first_day"] <= days) & (days <= found["last_day"])
    is_state = (found["tense"] == _PRESENT) & (found["basis"] == _BY_ARTICLE) & lasts
    found = _taken(found, np.flatnonzero(~is_state))
    n_found = len(found["row"])
    first, last = (found[name].astype(np.int64) for name in ("first_day", "last_day"))
    order = np.lexsort((found["row"], found["granularity"], last, first))
    found = _taken(found, order)
    changes = np.zeros(n_found, dtype=bool)
    for name in ("first_day", "last_day", "granularity"):
        changes[1:] |= found[name][1:] != found[name][:-1]
    found["key"] = np.cumsum(changes)
    # Its place among the dated statements of its article: a lead tells more.
    starts = np.concatenate([[True], np.diff(np.sort(found["article"])) > 0])[:n_found]
    by_text = np.lexsort((found["row"], found["article"]))
    began = np.maximum.accumulate(np.where(starts, np.arange(n_found), 0))
    place = np.empty(n_found, np.int64)
    place[by_text] = np.arange(n_found) - began
    found["place"] = place
    return _bounded(found), n_found


def _bounded(found: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    n = len(found["row"])
    order = np.lexsort((found["place"], found["key"]))
    keys = found["key"][order]
    counts = np.bincount(keys) if n else np.zeros(0, np.int64)
    rank = np.arange(n) - np.repeat(np.cumsum(counts) - counts, counts)
    order, keys = order[rank < MOST_A_DATE], keys[rank < MOST_A_DATE]
    if len(order) > MOST_STATEMENTS:
        kept = np.minimum(counts, MOST_A_DATE)
        by_count = np.argsort(-counts, kind="stable")
        chosen = np.zeros(len(counts), dtype=bool)
        chosen[by_count[np.cumsum(kept[by_count]) <= MOST_STATEMENTS]] = True
        order = order[chosen[keys]]
    return _taken(found, np.sort(order))


def _taken(found: dict[str, NDArray[Any]], rows: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    return {name: values[rows] for name, values in found.items()}


def _wordings(index: Index, found: dict[str, NDArray[Any]]) -> Wordings:
    n = len(found["row"])
    lengths = np.zeros(n, np.int64)
    parts: list[NDArray[np.uint32]] = [np.zeros(0, np.uint32)]
    at: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for number, arrays in enumerate(index.layer("timeline").segments):
        own = np.flatnonzero(found["segment"] == number)
        offsets, rows = arrays["word_offsets"], found["row"][own]
        lengths[own] = offsets[rows + 1] - offsets[rows]
        first = np.repeat(offsets[rows] - np.cumsum(lengths[own]) + lengths[own], lengths[own])
        parts.append(arrays["words"][first + np.arange(len(first))])
        at.append(np.repeat(own, lengths[own]))
    return wordings_of(n, np.concatenate(at), np.concatenate(parts))


def _entries(
    index: Index,
    found: dict[str, NDArray[Any]],
    leader: NDArray[np.int64],
    words: csr_matrix,
    n_found: int,
) -> Entries:
    n = len(leader)
    near = np.asarray(words.multiply(words[leader]).sum(axis=1)).ravel() if n else np.zeros(0)
    is_leader = leader == np.arange(n)
    order = np.lexsort((found["place"], -near, ~is_leader, leader))
    # Leaders are in order of date, as statements are.
    firsts = np.flatnonzero(np.concatenate([[True], np.diff(leader[order]) > 0])[:n])
    bounds = np.append(firsts, n).astype(np.int64)
    entry = np.repeat(np.arange(len(firsts)), np.diff(bounds))
    columns = _taken(found, order)
    copies = _copies(index, columns["article"])
    is_copy = (near[order] >= SAME_TEXT) & (np.arange(n) != bounds[entry])
    _, kept = np.unique(np.stack([entry, copies]), axis=1, return_index=True)
    is_copy |= ~np.isin(np.arange(n), kept)
    sources = index.source_of[columns["article"]] % (len(index.sources) + 1)
    n_sources = _different(entry[~is_copy], sources[~is_copy], len(firsts))
    n_articles = _different(entry[~is_copy], copies[~is_copy], len(firsts))
    days = index.days[columns["article"]]
    away = np.abs((columns["first_day"] - days).astype("timedelta64[D]").astype(np.float64))
    nearness = np.where(np.isnat(days), 0.5, np.exp(-np.nan_to_num(away) / 90))
    lead = 1 / (1 + columns["place"])
    nearest = np.maximum.reduceat(nearness, firsts) if n else np.zeros(0)
    first_told = np.maximum.reduceat(lead, firsts) if n else np.zeros(0)
    fineness = _FINENESS[columns["granularity"][firsts]]
    told = n_sources + 0.3 * np.minimum(n_articles - n_sources, 5)
    score = told * (0.4 + 0.6 * nearest) + 0.7 * first_told + fineness
    ahead = np.where(np.isnat(days), False, columns["first_day"] > days)
    behind = np.where(np.isnat(days), False, columns["last_day"] < days)
    plans = (ahead | (columns["tense"] == _FUTURE)) & ~behind
    is_plan = np.bincount(entry, plans, len(firsts)) == np.diff(bounds)
    alleged = 2 * np.bincount(entry, columns["is_alleged"], len(firsts)) >= np.diff(bounds)
    return Entries(
        columns, bounds, score, n_sources, n_articles, is_plan, alleged & ~is_plan, n_found
    )


def _copies(index: Index, articles: NDArray[np.int64]) -> NDArray[np.int64]:
    """One number for articles that are copies of one text, where the index knows them."""
    try:
        group = np.asarray(index.layer("copies").joint["copy_group"])[articles].astype(np.int64)
    except MissingLayer:
        return articles
    return np.where(group >= 0, -1 - group, articles)


def _different(entry: NDArray[np.int64], what: NDArray[Any], n: int) -> NDArray[np.int64]:
    """(n,) how many different values each entry has."""
    pairs = np.unique(np.stack([entry, what.astype(np.int64)], axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=n).astype(np.int64)
