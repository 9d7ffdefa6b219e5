"""Phrases: every run that the rule allows and that several texts hold, and no other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.index.terms.find_phrases import MAX_PHRASE, find_phrases
from dashboard.text.token_arrays import read_tokens
from dashboard.text.word_lists import DATE_WORDS, EDGE_WORDS, LINK_WORDS

WORDS = ["Xi", "Hall", "of", "the", "signed", "Signed", "monday", "10", "is", "People", ",", "北京",
         "the-Hall", "is-Xi", "Xi-is", "10-People", "Hall-of", "El", "el"]  # fmt: skip
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
                tied = (stream.joined == 2).tolist()
                small = [barred[i] or vocabulary[i] in LINK_WORDS for i in stream.ids]
                prefix = small[start] and words[0] != "10" and tied[start + 1]
                prefix |= (
                    words[0] == "el" and stream.shape[start] == 1 and not stream.initial[start]
                )
                if (
                    (stream.joined[at[1:]] == 0).any()
                    or any(barred[i] and vocabulary[i] not in LINK_WORDS for i in ids[1:-1])
                    or small[edges[1]]
                    or (small[start] and not prefix)
                    or (not small[start] and tied[start] and small[start - 1])
                    or any(w in DATE_WORDS | {"北京"} for w in (words[0], words[-1]))
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


def test_a_small_word_with_a_hyphen_stays_with_its_phrase() -> None:
    texts = ["The same-sex marriage law and al-Qaeda fighters in El Salvador."] * 2
    stream = read_tokens(texts)
    small = np.asarray([w in ("the", "same", "and", "in") for w in stream.vocabulary], dtype=bool)
    found = {p.surface for p in find_phrases(stream, small, 2)}
    assert {"same-sex marriage", "al-Qaeda", "El Salvador"} <= found
    assert not {"sex marriage", "sex marriage law"} & found
