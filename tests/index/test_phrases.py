"""Phrases: every run that the rule allows and that several texts hold, and no other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.index.phrases import MAX_PHRASE, find_phrases
from dashboard.index.stream import read_tokens
from dashboard.index.words import DATE_WORDS, EDGE_WORDS, LINK_WORDS

WORDS = ["Xi", "Hall", "of", "the", "signed", "Signed", "monday", "10", "is", "People", ",", "北京"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


def slow_phrases(stream, barred, min_df: int) -> dict[tuple[int, ...], list[int]]:
    """Every run of every text, looked at one by one."""
    vocabulary = stream.vocabulary
    uses: dict[tuple[int, ...], list[int]] = {}
    for text in range(len(stream.offsets) - 1):
        end = stream.offsets[text + 1]
        for start in range(stream.offsets[text], end):
            for length in range(2, min(MAX_PHRASE, end - start) + 1):
                at = np.arange(start, start + length)
                ids, edges = stream.ids[at], at[[0, -1]]
                words = [vocabulary[i] for i in ids]
                links = any(word in LINK_WORDS for word in words[1:-1])
                if (
                    (stream.joined[at[1:]] == 0).any()
                    or any(barred[i] and vocabulary[i] not in LINK_WORDS for i in ids[1:-1])
                    or any(barred[i] for i in ids[[0, -1]])
                    or any(w in LINK_WORDS | DATE_WORDS | {"北京"} for w in (words[0], words[-1]))
                    or any(
                        vocabulary[stream.ids[i]] in EDGE_WORDS | {"signed"} and not stream.shape[i]
                        for i in edges
                    )
                    or (links and not (stream.shape[edges] > 0).all())
                ):
                    continue
                uses.setdefault(tuple(ids.tolist()), []).append(text)
    return {run: texts for run, texts in uses.items() if len(set(texts)) >= min_df}


@given(st.lists(TEXT, max_size=8), st.integers(1, 3))
def test_phrases_are_those_of_a_slow_search(texts: list[str], min_df: int) -> None:
    stream = read_tokens(texts)
    barred = np.asarray([w in ("is", "of", "the", "10") for w in stream.vocabulary], dtype=bool)
    found = find_phrases(stream, barred, min_df)
    expected = slow_phrases(stream, barred, min_df)
    assert {p.tokens: p.texts.tolist() for p in found} == expected
    assert [p.tokens for p in found] == sorted(expected)


def test_surfaces_are_written_as_most_uses_are() -> None:
    texts = ["Seen: Xi Jinping-era rules.", "The old Xi Jinping-era rules.", "So xi jinping said."]
    stream = read_tokens(texts)
    found = find_phrases(stream, np.zeros(len(stream.vocabulary), dtype=bool), 2)
    surfaces = {p.surface: p.is_name for p in found}
    assert surfaces["Xi Jinping"]
    assert not surfaces["Xi Jinping-era rules"]
