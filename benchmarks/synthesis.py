"""New articles out of the sentences of real ones; ``generate.py`` says how, and is the command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.sentence_pool import (
    DIGITS,
    RARE_DF,
    UPPER,
    Ints,
    SentencePool,
    concatenated,
    fit_heaps,
)

ROW_GROUP = 2_000
SAME_GROUP, SPLICED, SWAPPED = 0.7, 0.15, 0.25
DONORS = 4  # articles of the group that an article's sentences come from
NEAR = 40  # places, in the order by frequency, that a word's stand-in may be away
DAYS = 28
REUSE = 3.0  # exponent: how much the older forms of a rare word are preferred
FIELDS = ("title", "text", "source", "date", "url")
_SYLLABLES = ["".join(s) for s in product("bdfklmnprtvz", "aeiou")]
N_SUFFIXES = len(_SYLLABLES) ** 2
SUFFIXES = (
    *(f"{a}{b}" for a, b in product(["", *_SYLLABLES[1:]], _SYLLABLES)),
    *(f"{a}{b}".upper() for a, b in product(["", *_SYLLABLES[1:]], _SYLLABLES)),
    *(f"{n:03d}" for n in range(N_SUFFIXES)),
)
SCHEMA = pa.schema([(name, pa.string()) for name in ("id", *FIELDS)])


@dataclass(frozen=True)
class Source:
    """A real corpus: its sentences, and what else its articles say, by article."""

    pool: SentencePool
    sources: list[str]
    dates: list[str]
    days: NDArray[np.datetime64]
    hosts: list[str]


@dataclass
class Growth:
    """How far the vocabulary is: ``forms`` (T,) counts the suffixed forms of each rare word."""

    beta: float
    forms: Ints
    seen: NDArray[np.bool_]
    words: int = 0
    made: int = 0
    written: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    @property
    def reached(self) -> int:
        """Types in the texts made so far."""
        return int(self.seen.sum()) + self.made


def generate(
    source: Source, n_articles: int, random_state: int = 0, row_group: int = ROW_GROUP
) -> Iterator[tuple[pa.Table, Growth]]:
    """Yield ``n_articles`` in tables of ``row_group``, with the state of the vocabulary after each.

    Raises ValueError when the source has too few sentences for that many different texts.
    """
    pool = source.pool
    rng = np.random.default_rng(random_state)
    beta = fit_heaps(pool, rng)
    n_types = len(pool.df)
    growth = Growth(beta, np.zeros(n_types, dtype=np.int64), np.zeros(n_types, dtype=np.bool_))
    done = idle = 0
    while done < n_articles:
        templates = rng.integers(0, len(pool.first), min(row_group, n_articles - done))
        table = _made(source, templates, growth, rng, done)
        idle = 0 if table.num_rows else idle + 1
        if idle == 20:
            raise ValueError(f"the source has too few sentences for {n_articles:,} different texts")
        done += table.num_rows
        if table.num_rows:
            yield table, growth


def predicted(pool: SentencePool, beta: float, n_words: int) -> float:
    """Types that Heaps' law gives for ``n_words``, from the source's own number of types."""
    return float(np.count_nonzero(pool.df) * (n_words / pool.n_words) ** beta)


def _made(
    source: Source, templates: Ints, growth: Growth, rng: np.random.Generator, done: int
) -> pa.Table:
    pool = source.pool
    starts, sizes, templates, slots = _drawn(pool, templates, growth, rng)
    if not len(templates):
        return SCHEMA.empty_table()
    ids = pool.pieces[concatenated(starts, sizes)]
    n_pieces = np.add.reduceat(sizes.reshape(-1, 3).sum(axis=1), np.cumsum(slots) - slots)
    ends = np.concatenate([[0], np.cumsum(n_pieces)])
    _swap(pool, ids, ends, done)
    ids, ends = _grown(pool, ids, ends, growth, rng)
    title_ids, title_ends = _titles(pool, templates, rng)
    _swap(pool, title_ids, title_ends, done)
    shifts = rng.integers(-DAYS, DAYS + 1, len(templates))
    days = np.datetime_as_string(source.days[templates] + shifts).tolist()
    numbers = range(done + 1, done + len(templates) + 1)
    hosts = [source.hosts[t] or "news.example" for t in templates]
    return pa.table(
        [
            pa.array([f"g{n:08d}" for n in numbers]),
            _rendered(pool, title_ids, title_ends),
            _rendered(pool, ids, ends),
            pa.array([source.sources[t] for t in templates], pa.string()),
            pa.array([source.dates[t] if d == "NaT" else d
                      for t, d in zip(templates, days, strict=True)], pa.string()),
            pa.array([f"https://{h}/generated/{n}" for h, n in zip(hosts, numbers, strict=True)]),
        ],
        schema=SCHEMA,
    )  # fmt: skip


def _drawn(
    pool: SentencePool, templates: Ints, growth: Growth, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Ints]:
    """Ranges of pieces, three for each sentence (head, tail, separator); the templates whose draw
    is new, and their number of sentences."""
    slots = pool.sizes[templates]
    own = concatenated(pool.first[templates], slots)
    n = len(own)
    head, tail = (_pick(pool, templates, slots, rng) for _ in range(2))
    n_head, n_tail = pool.words[head], pool.words[tail]
    spliced = (rng.random(n) < SPLICED) & (n_head > 1) & (n_tail > 1)
    cut_head = 1 + (rng.random(n) * (n_head - 1)).astype(np.int64)
    cut_tail = 1 + (rng.random(n) * (n_tail - 1)).astype(np.int64)
    starts = np.empty((n, 3), dtype=np.int64)
    sizes = np.ones((n, 3), dtype=np.int64)
    starts[:, 0] = pool.starts[head]
    sizes[:, 0] = np.where(spliced, 2 * cut_head, 2 * n_head) + 1
    starts[:, 1] = pool.starts[tail] + 2 * cut_tail + 1
    sizes[:, 1] = np.where(spliced, 2 * (n_tail - cut_tail), 0)
    starts[:, 2] = pool.starts[own] + 2 * pool.words[own] + 1

    begins = np.cumsum(slots) - slots
    # What the text is: each sentence or splice, and its place. By it a text is known again.
    key = _mixed(pool.same[head] << 20 | cut_head * spliced)
    key += _mixed((pool.same[tail] << 20 | cut_tail) * spliced)
    place = np.arange(n) - np.repeat(begins, slots)
    texts = np.add.reduceat(_mixed(key + _mixed(place)), begins)
    _, once = np.unique(texts, return_index=True)
    is_new = np.zeros(len(texts), dtype=np.bool_)
    is_new[once] = True
    at = np.searchsorted(growth.written, texts)
    is_new &= np.append(growth.written, np.uint64(0))[at] != texts
    fresh = np.sort(texts[is_new])
    growth.written = np.insert(growth.written, np.searchsorted(growth.written, fresh), fresh)
    rows = np.repeat(is_new, slots)
    return starts[rows].ravel(), sizes[rows].ravel(), templates[is_new], slots[is_new]


def _mixed(values: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Each value's hash (the finaliser of splitmix64)."""
    x = values.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _pick(pool: SentencePool, templates: Ints, slots: Ints, rng: np.random.Generator) -> Ints:
    """A sentence for each slot: of one of the article's donors, or of any article.

    A few donors, read on from a random place, so that words come again within an article as they
    do in real ones, and sentences don't.
    """
    low, high = (pool.group_starts[pool.groups[templates] + i][:, None] for i in (0, 1))
    shape = (len(templates), DONORS)
    donors = pool.by_group[low + (rng.random(shape) * (high - low)).astype(np.int64)]
    begins = rng.integers(0, 1 << 30, shape)
    n = int(slots.sum())
    article = np.repeat(np.arange(len(templates)), slots)
    which = rng.integers(0, DONORS, n)
    donor = donors[article, which]
    place = begins[article, which] + np.arange(n)
    near = pool.first[donor] + place % pool.sizes[donor]
    return np.where(rng.random(n) < SAME_GROUP, near, rng.integers(0, len(pool.starts), n))


def _titles(
    pool: SentencePool, templates: Ints, rng: np.random.Generator
) -> tuple[NDArray[np.int32], Ints]:
    """The head of one title of the group and the tail of another; none where it has no titles."""
    groups = pool.groups[templates]
    low, high = pool.title_group_starts[groups], pool.title_group_starts[groups + 1]
    if not len(pool.titles_by_group):
        return np.zeros(0, dtype=np.int32), np.zeros(len(templates) + 1, dtype=np.int64)
    has = high > low
    u = rng.random((2, len(templates)))
    head, tail = pool.titles_by_group[np.where(has, low + (u * (high - low)).astype(np.int64), 0)]
    n_head, n_tail = pool.title_words[head], pool.title_words[tail]
    cut_head, cut_tail = (n_head + 1) // 2, n_tail // 2
    starts = np.stack([pool.title_starts[head], pool.title_starts[tail] + 2 * cut_tail + 1], axis=1)
    # No gap between them where the whole head is taken: a title of one word stands alone.
    alone = (n_head < 2) | (n_tail < 2)
    sizes = np.stack(
        [np.where(alone, 2 * n_head + 1, 2 * cut_head + 1),
         np.where(alone, 0, 2 * (n_tail - cut_tail))], axis=1,
    ) * has[:, None]  # fmt: skip
    ends = np.concatenate([[0], np.cumsum(sizes.sum(axis=1))])
    return pool.pieces[concatenated(starts.ravel(), sizes.ravel())], ends


def _swap(pool: SentencePool, ids: NDArray[np.int32], ends: Ints, done: int) -> None:
    """Swap some content words, in place, for others of like shape, ending and frequency.

    The same word is swapped for the same one throughout an article, number ``done + i`` of all.
    """
    place = pool.swap_place[ids]
    at = np.flatnonzero(place >= 0)
    article = np.repeat(np.arange(done, done + len(ends) - 1), np.diff(ends))[at]
    chance = _mixed(_mixed(article) + pool.types[ids[at]].astype(np.uint64))
    chosen = chance < np.uint64(SWAPPED * 2**63) * np.uint64(2)
    at, chance = at[chosen], chance[chosen]
    bounds = pool.swap_ends[ids[at]]
    away = (_mixed(chance) % np.uint64(2 * NEAR + 1)).astype(np.int64) - NEAR
    ids[at] = pool.swap_order[np.clip(place[at] + away, bounds[:, 0], bounds[:, 1])]


def _grown(
    pool: SentencePool, ids: NDArray[np.int32], ends: Ints, growth: Growth, rng: np.random.Generator
) -> tuple[NDArray[np.int32], Ints]:
    """Put suffixes to rare words: as many new forms as Heaps' law asks for, and forms made before.

    A new form is the next one of its word; otherwise an earlier one or the word itself is used,
    older ones more often.
    """
    types = pool.types[ids]
    growth.words += int(np.count_nonzero(types >= 0))
    is_rare = (types >= 0) & (pool.df[types] <= RARE_DF)
    growth.seen[types[(types >= 0) & ~is_rare]] = True
    at = np.flatnonzero(is_rare)
    of = types[at]
    form = ((growth.forms[of] + 1) * rng.random(len(at)) ** REUSE).astype(np.int64)
    seen_now = growth.seen.copy()
    seen_now[of[form == 0]] = True
    wanted = predicted(pool, growth.beta, growth.words) - growth.made - int(seen_now.sum())
    chosen = rng.permutation(len(at))[: max(0, round(wanted))]
    chosen = chosen[np.lexsort((chosen, of[chosen]))]
    begins = np.flatnonzero(np.diff(of[chosen], prepend=-1))
    counts = np.diff(np.append(begins, len(chosen)))
    rank = np.arange(len(chosen)) - np.repeat(begins, counts)
    new_form = growth.forms[of[chosen]] + 1 + rank
    chosen, new_form = chosen[new_form < N_SUFFIXES], new_form[new_form < N_SUFFIXES]
    form[chosen] = new_form
    np.add.at(growth.forms, of[chosen], 1)
    growth.made += len(chosen)
    growth.seen[of[form == 0]] = True

    at, form = at[form > 0], form[form > 0]
    shape = pool.shapes[ids[at]]
    table = np.where(shape == UPPER, 1, np.where(shape == DIGITS, 2, 0))
    ids = np.insert(ids, at + 1, (table * N_SUFFIXES + form).astype(np.int32))
    return ids, ends + np.searchsorted(at + 1, ends)


def _rendered(pool: SentencePool, ids: NDArray[np.int32], ends: Ints) -> pa.Array:
    """The texts ``ids[ends[i]:ends[i + 1]]`` as an Arrow column."""
    sizes = pool.piece_sizes[ids]
    data = pool.blob[concatenated(pool.piece_starts[ids], sizes)]
    offsets = np.concatenate([[0], np.cumsum(sizes)])[ends].astype(np.int32)
    return pa.StringArray.from_buffers(len(ends) - 1, pa.py_buffer(offsets), pa.py_buffer(data))
