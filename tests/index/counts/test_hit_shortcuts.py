"""Keyword hits: short cuts give what reading all tokens gives."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.index.counts import postings
from dashboard.index.counts.word_windows import keyword_hits
from dashboard.index.terms.lexicon import Lexicon
from dashboard.text.hits import find_spans
from dashboard.text.query import parse_keyword
from dashboard.text.token_rule import tokenise

KEYWORDS = ["China", "Belt and Road", "sanction*", "the", "of the", "Xi OR the Kremlin", "no-such"]


def test_phrases_of_the_lexicon_are_counted_as_their_words(
    seeds_index, monkeypatch: pytest.MonkeyPatch
) -> None:
    lexicon = seeds_index.lexicon
    phrases = [lexicon.terms[i] for i in lexicon.phrases.tolist()][:60]
    assert phrases
    quick = [postings.count_keyword(seeds_index, parse_keyword(f'"{p}"')) for p in phrases]
    monkeypatch.setattr(Lexicon, "find_phrase", lambda self, words: -1)
    for phrase, (slices, uses) in zip(phrases, quick, strict=True):
        plain = postings.count_keyword(seeds_index, parse_keyword(f'"{phrase}"'))
        assert len(slices)
        assert uses.sum() == lexicon.count[lexicon.phrases[phrases.index(phrase)]]
        # Several hits of a slice come one after the other there.
        assert slices.tolist() == plain[0].tolist()
        assert uses.tolist() == plain[1].tolist()


@pytest.mark.parametrize("dense", [0.0, 2.0])
@pytest.mark.parametrize("read", [0.0, 2.0])
@pytest.mark.parametrize("text", KEYWORDS)
def test_hits_are_those_of_the_shown_text(
    seeds_index, monkeypatch: pytest.MonkeyPatch, text: str, dense: float, read: float
) -> None:
    monkeypatch.setattr(postings, "_DENSE", dense)
    monkeypatch.setattr(postings, "_MOST_READ", read)
    keyword = parse_keyword(text)
    slices, uses = postings.count_keyword(seeds_index, keyword)
    assert (np.diff(slices) > 0).all()
    of_article = np.zeros(seeds_index.n_articles, dtype=np.int64)
    np.add.at(of_article, seeds_index.slice_article[slices], uses)
    everywhere = np.ones(len(seeds_index.slice_article), dtype=bool)
    hits = keyword_hits(seeds_index, keyword, everywhere)
    for position in range(seeds_index.n_articles):
        own, before = hits.take(hits.article == position), 0
        passages = seeds_index.record(position).passages
        spans = [find_spans(keyword, p) for p in passages]
        numbers = [i for i, found in enumerate(spans) for _ in found]
        assert own.passage.tolist() == numbers
        assert of_article[position] == len(numbers)
        for i, passage in enumerate(passages):
            tokens = [span for _, span in tokenise(passage)]
            here = own.take(own.passage == i)
            places, lengths = here.token.tolist(), here.length.tolist()
            assert [
                (tokens[t][0], tokens[t + n - 1][1]) for t, n in zip(places, lengths, strict=True)
            ] == spans[i]
            assert here.before.tolist() == [before + t for t in places]
            before += len(tokens)
    assert seeds_index.passages(0) == seeds_index.record(0).passages
