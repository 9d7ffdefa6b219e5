"""Counts by slice against a plain count, and their sums by either engine."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.index.segments import count_slices
from dashboard.index.segments.count_slices import count_tokens
from dashboard.index.segments.tokens import SegmentTokens
from dashboard.index.terms.lexicon import Lexicon, pack_lexicon
from dashboard.index.terms.match_phrases import match_phrases

N_WORDS = 6
PHRASES = [(0, 1), (0, 1, 2), (3, 3), (1, 4), (5, 0)]
# Of each article: its source, and of each passage its leaf and words.
CORPUS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.lists(
            st.tuples(st.integers(-1, 2), st.lists(st.integers(0, N_WORDS - 1), max_size=9)),
            max_size=4,
        ),
    ),
    max_size=7,
)
CHOSEN = st.sets(st.integers(0, len(PHRASES) - 1))


def lexicon_of(chosen: set[int], analysed: list[int]) -> Lexicon:
    """Words w0 to w5, then every phrase; ``chosen`` are counted."""
    terms = [f"w{i}" for i in range(N_WORDS)]
    terms += [" ".join(terms[i] for i in phrase) for phrase in PHRASES]
    zeros = np.zeros(len(terms), dtype=np.int64)
    phrases = {N_WORDS + i: PHRASES[i] for i in sorted(chosen)}
    return Lexicon(
        pack_lexicon(terms, terms, zeros.astype(np.uint8), zeros, zeros, [(0, N_WORDS)], phrases,
                     np.asarray(analysed, dtype=np.int64))
    )  # fmt: skip


def tokens_of(corpus) -> tuple[SegmentTokens, np.ndarray]:
    passages = [(i, leaf, words) for i, (_, own) in enumerate(corpus) for leaf, words in own]
    ids = np.asarray([w for _, _, words in passages for w in words], dtype=np.int32)
    offsets = np.cumsum([0, *(len(words) for _, _, words in passages)]).astype(np.int64)
    tokens = SegmentTokens(
        ids,
        np.zeros(len(ids), dtype=np.int8),
        offsets,
        np.asarray([i for i, _, _ in passages], dtype=np.int64),
        np.zeros(0, dtype=np.int32),
        np.zeros(len(corpus) + 1, dtype=np.int64),
    )
    return tokens, np.asarray([leaf for _, leaf, _ in passages], dtype=np.int64)


def counted(corpus, chosen: set[int], analysed: list[int], ranks: list[int]):
    tokens, leaf = tokens_of(corpus)
    lexicon = lexicon_of(chosen, analysed)
    phrases = match_phrases(tokens.ids, tokens.offsets, lexicon)
    near = np.linspace(0, 1, len(leaf))
    return count_tokens(tokens, (leaf, near), np.asarray(ranks), lexicon, phrases)


def places(words: list[int], chosen: set[int]) -> list[tuple[int, int]]:
    """Where the chosen phrases stand, by looking everywhere."""
    return [
        (at, N_WORDS + i)
        for at in range(len(words))
        for i in sorted(chosen)
        if tuple(words[at : at + len(PHRASES[i])]) == PHRASES[i]
    ]


@settings(max_examples=60)
@given(CORPUS, CHOSEN)
def test_phrases_stand_where_looking_everywhere_finds_them(corpus, chosen) -> None:
    tokens, _ = tokens_of(corpus)
    at, number = match_phrases(tokens.ids, tokens.offsets, lexicon_of(chosen, []))
    texts = [words for _, own in corpus for _, words in own]
    expected = [
        (int(start) + place, term)
        for start, words in zip(tokens.offsets, texts, strict=False)
        for place, term in places(words, chosen)
    ]
    assert list(zip(at.tolist(), number.tolist(), strict=True)) == expected


@settings(max_examples=60)
@given(CORPUS, CHOSEN, st.permutations(range(3)), st.sampled_from([1, 2, 0xFFFF]))
def test_slices_hold_what_a_plain_count_finds(corpus, chosen, ranks, most) -> None:
    analysed = [0, 2, 3, N_WORDS, N_WORDS + 2]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(count_slices, "_MOST_COUNTED", most)  # more stands in several cells
        arrays = counted(corpus, chosen, analysed, ranks)
    uses: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    lengths: dict[tuple[int, int], list[int]] = defaultdict(list)
    for article, (_, own) in enumerate(corpus):
        for leaf, words in own:
            uses[article, leaf] += Counter(words)
            uses[article, leaf] += Counter(term for _, term in places(words, chosen))
            lengths[article, leaf].append(len(words))
    slices = sorted(lengths, key=lambda s: (s[0], ranks[s[1]] if s[1] >= 0 else -1))
    assert list(zip(arrays["slice_article"], arrays["slice_leaf"], strict=True)) == slices
    assert arrays["slice_words"].tolist() == [sum(lengths[s]) for s in slices]
    assert arrays["slice_passages"].tolist() == [len(lengths[s]) for s in slices]
    assert arrays["slice_squares"].tolist() == [sum(n * n for n in lengths[s]) for s in slices]
    found: dict[int, Counter[int]] = defaultdict(Counter)
    bounds = arrays["posting_offsets"].tolist()
    for term, first, last in zip(
        arrays["posting_terms"].tolist(), bounds, bounds[1:], strict=False
    ):
        own = arrays["posting_slices"][first:last].tolist()
        assert own == sorted(own)
        for row, n in zip(own, arrays["posting_counts"][first:last].tolist(), strict=True):
            assert 0 < n <= most
            found[row][term] += n
    assert [found[i] for i in range(len(slices))] == [uses[s] for s in slices]
    terms = arrays["posting_terms"].tolist()
    assert terms == sorted({t for c in uses.values() for t in c})
    assert arrays["count"].tolist() == [sum(c[t] for c in uses.values()) for t in terms]
    assert arrays["doc_freq"].tolist() == [
        len({article for (article, _), c in uses.items() if c[t]}) for t in terms
    ]
    for row, own_slice in enumerate(slices):
        cells = slice(*arrays["row_indptr"][row : row + 2])
        columns: Counter[int] = Counter()
        for column, n in zip(arrays["row_terms"][cells], arrays["row_counts"][cells], strict=True):
            columns[analysed[column]] += int(n)
        assert columns == Counter({t: n for t, n in uses[own_slice].items() if t in analysed})
