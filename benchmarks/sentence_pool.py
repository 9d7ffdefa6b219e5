"""The sentences of a real corpus as arrays of pieces, to draw new articles from.

A piece is a word (letters and digits, with inner apostrophes) or what stands between two words. A
sentence of n words is 2n + 2 pieces, words at the odd places: opening, word, gap, word, …, word,
closing, and what separates it from the next one (a space, a line break, "" at the end).
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

WORD = re.compile(r"([^\W_]+(?:['’][^\W_]+)*)")
# A line's end, or a stop before a capital that no initial or title precedes.
BOUNDARY = re.compile(
    r"(\s*\n\s*|(?:(?<=[.!?…])|(?<=[.!?…][\"”’')]))"
    r"(?<!\b[A-Z]\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\bSt\.)(?<!\bSen\.)"
    r"(?<!\bRep\.)(?<!\bGov\.)[ \t\u00a0]+(?=[\"“‘'(\[]?[^\Wa-z_]))"
)
RARE_DF = 2
MIN_GROUP = 10  # articles; smaller groups are drawn from as one
LOWER, CAPITALISED, UPPER, DIGITS = range(4)
_ENDINGS = ("s", "ed", "ing", "ly", "er", "al")
_UNSWAPPED = 300  # the commonest types are the language's own words


@dataclass(frozen=True)
class SentencePool:
    """A corpus of A articles, S sentences, P different pieces and T types (words in lower case).

    Attributes
    ----------
    pieces : (n,) int32, the corpus as numbers of pieces, sentences and then titles
    starts, words, same : (S,) a sentence's first place in ``pieces``, its number of words, and a
        number that sentences of equal text share
    first, sizes, groups : (A,) an article's first sentence, its number of sentences, its group
    by_group : (A,) articles ordered by group; ``group_starts`` (G + 1,) where each group begins
    title_starts, title_words : (A,) titles, as for sentences
    titles_by_group, title_group_starts : articles with a title, ordered by group
    blob, piece_starts, piece_sizes : bytes of all pieces in UTF-8, and where each stands
    types : (P,) the type of a piece, -1 for what is no word; ``df`` (T,) articles per type
    shapes : (P,) lower case, capitalised, upper case or ending in a digit
    swap_order, swap_place, swap_ends : words that may be swapped, ordered by shape, ending and
        frequency; (P,) the place in that order or -1; (P, 2) bounds of equal shape and ending
    kept : (A,) position of each article in what was read
    n_words : words in all sentences
    """

    pieces: NDArray[np.int32]
    starts: Ints
    words: Ints
    same: Ints
    first: Ints
    sizes: Ints
    groups: Ints
    by_group: Ints
    group_starts: Ints
    title_starts: Ints
    title_words: Ints
    titles_by_group: Ints
    title_group_starts: Ints
    blob: NDArray[np.uint8]
    piece_starts: NDArray[np.int32]
    piece_sizes: NDArray[np.int32]
    types: NDArray[np.int32]
    df: Ints
    shapes: NDArray[np.int8]
    swap_order: Ints
    swap_place: Ints
    swap_ends: Ints
    kept: Ints
    n_words: int


def concatenated(starts: NDArray[np.integer], sizes: NDArray[np.integer]) -> NDArray[np.int32]:
    """Return the places ``start, start + 1, …`` of all ranges, one range after another."""
    ends = np.cumsum(sizes, dtype=np.int64)
    shift = (starts - (ends - sizes)).astype(np.int32)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(shift, sizes) + np.arange(total, dtype=np.int32)


def read_pool(
    texts: Iterable[str], titles: Iterable[str], groups: Iterable[str], extra: tuple[str, ...] = ()
) -> SentencePool:
    """Split articles into sentences and pieces; one without a word is left out.

    ``extra`` are further pieces, numbered from 0. Raises ValueError when no article has a word.
    """
    index: defaultdict[str, int] = defaultdict(count().__next__)
    for piece in extra:
        index[piece]
    number = index.__getitem__
    same_text: defaultdict[str, int] = defaultdict(count().__next__)
    group_names: defaultdict[str, int] = defaultdict(count().__next__)
    pieces = array("i")
    starts, words, same = array("q"), array("q"), array("q")
    first, sizes, group_of, kept = array("q"), array("q"), array("q"), array("q")
    kept_titles: list[str] = []
    for article, (text, title, group) in enumerate(zip(texts, titles, groups, strict=True)):
        body = text.replace("\r\n", "\n").strip()
        title = " ".join(title.split())
        if title and body.startswith(title):  # some files begin each text with its title
            body = body[len(title) :].lstrip() or body
        before = len(starts)
        parts = [*BOUNDARY.split(body), ""]
        for sentence, separator in zip(parts[::2], parts[1::2], strict=True):
            split = WORD.split(sentence)
            if len(split) > 1:
                starts.append(len(pieces))
                words.append(len(split) // 2)
                same.append(same_text[sentence])
                pieces.extend(map(number, split))
                pieces.append(number(separator))
        if len(starts) > before:
            first.append(before)
            sizes.append(len(starts) - before)
            group_of.append(group_names[group])
            kept.append(article)
            kept_titles.append(title)
    if not starts:
        raise ValueError("no article of the source has a word")
    n_words = sum(words)
    title_starts, title_words = array("q"), array("q")
    for title in kept_titles:
        split = WORD.split(title)
        title_starts.append(len(pieces))
        title_words.append(len(split) // 2)
        pieces.extend(map(number, [*split, ""]))
    ids = np.array(pieces, dtype=np.int32)
    n_in_sentences = int(title_starts[0])
    names = list(index)
    types, shapes, n_types = _types(names)
    sized = np.array(sizes, dtype=np.int64)
    article_of = np.repeat(np.arange(len(sized)), sized)
    per_sentence = 2 * np.array(words, dtype=np.int64) + 2
    used = types[ids[:n_in_sentences]]
    pairs = np.unique(np.repeat(article_of, per_sentence) * (n_types + 1) + used + 1)
    df = np.bincount(pairs % (n_types + 1), minlength=n_types + 1)[1:]
    merged = _merged_small(np.array(group_of, dtype=np.int64))
    encoded = [name.encode("utf-8", "replace") for name in names]
    piece_sizes = np.array([len(e) for e in encoded], dtype=np.int32)
    n_titled = np.array(title_words, dtype=np.int64)
    titled = np.flatnonzero(n_titled)
    order, place, ends = _swaps(names, types, shapes, df, ids)
    return SentencePool(
        pieces=ids,
        starts=np.array(starts, dtype=np.int64),
        words=np.array(words, dtype=np.int64),
        same=np.array(same, dtype=np.int64),
        first=np.array(first, dtype=np.int64),
        sizes=sized,
        groups=merged,
        by_group=np.argsort(merged, kind="stable"),
        group_starts=_starts(merged, merged),
        title_starts=np.array(title_starts, dtype=np.int64),
        title_words=n_titled,
        titles_by_group=titled[np.argsort(merged[titled], kind="stable")],
        title_group_starts=_starts(merged[titled], merged),
        blob=np.frombuffer(b"".join(encoded), dtype=np.uint8),
        piece_starts=(np.cumsum(piece_sizes) - piece_sizes).astype(np.int32),
        piece_sizes=piece_sizes,
        types=types,
        df=df,
        shapes=shapes,
        swap_order=order,
        swap_place=place,
        swap_ends=ends,
        kept=np.array(kept, dtype=np.int64),
        n_words=n_words,
    )


def fit_heaps(pool: SentencePool, rng: np.random.Generator, points: int = 12) -> float:
    """β of Heaps' law V(n) = K n^β, types by words (Heaps 1978), fitted by least squares on log V.

    Read at sizes from an eighth of the source to all of it, its articles in random order: the
    curve bends, so that its upper end says more of larger corpora than the whole.
    """
    order = rng.permutation(len(pool.first))
    sentences = concatenated(pool.first[order], pool.sizes[order])
    places = concatenated(pool.starts[sentences] + 1, 2 * pool.words[sentences])[::2]
    types = pool.types[pool.pieces[places]]
    seen_at = np.full(len(pool.df), len(types), dtype=np.int64)
    seen_at[types[::-1]] = np.arange(len(types) - 1, -1, -1)
    seen_at.sort()
    sizes = np.unique(np.geomspace(max(1, len(types) / 8), len(types), points).astype(np.int64))
    if len(sizes) < 2:
        return 0.5
    n_types = np.searchsorted(seen_at, sizes)
    return float(np.polyfit(np.log(sizes), np.log(np.maximum(n_types, 1)), 1)[0])


def _starts(sorted_into: Ints, groups: Ints) -> Ints:
    sizes = np.bincount(sorted_into, minlength=int(groups.max()) + 1)
    return np.concatenate([[0], np.cumsum(sizes)])


def _merged_small(groups: Ints) -> Ints:
    """Give the articles of small groups one common group, so that they aren't copies of one."""
    small = np.bincount(groups) < MIN_GROUP
    return np.where(small[groups], len(small), groups)


def _types(names: list[str]) -> tuple[NDArray[np.int32], NDArray[np.int8], int]:
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    types = np.full(len(names), -1, dtype=np.int32)
    shapes = np.zeros(len(names), dtype=np.int8)
    for i, name in enumerate(names):
        if name and WORD.match(name):
            types[i] = numbers[name.lower()]
            shapes[i] = (
                DIGITS
                if name[-1].isdigit()
                else UPPER
                if len(name) > 1 and name.isupper()
                else CAPITALISED
                if name[0].isupper()
                else LOWER
            )
    return types, shapes, len(numbers)


def _swaps(
    names: list[str],
    types: NDArray[np.int32],
    shapes: NDArray[np.int8],
    df: Ints,
    ids: NDArray[np.int32],
) -> tuple[Ints, Ints, Ints]:
    words = np.flatnonzero(types >= 0)
    common = np.sort(df)[-_UNSWAPPED] if len(df) > _UNSWAPPED else np.inf
    of_type = df[types[words]]
    words = words[(of_type > RARE_DF) & (of_type < common) & (shapes[words] != DIGITS)]
    uses = np.bincount(ids, minlength=len(names))[words]
    ending = np.array(
        [next((i for i, e in enumerate(_ENDINGS, 1) if names[w].endswith(e)), 0) for w in words],
        dtype=np.int64,
    )
    kind = shapes[words].astype(np.int64) * (len(_ENDINGS) + 1) + ending
    sort = np.lexsort((words, -uses, kind))
    order, kind = words[sort], kind[sort]
    place = np.full(len(names), -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    ends = np.zeros((len(names), 2), dtype=np.int64)
    ends[order, 0] = np.searchsorted(kind, kind, side="left")
    ends[order, 1] = np.searchsorted(kind, kind, side="right") - 1
    return order, place, ends
