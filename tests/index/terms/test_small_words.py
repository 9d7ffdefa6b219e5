"""Small words follow the languages of the articles, each in its own."""

from __future__ import annotations

import numpy as np
import pytest
import stopwordsiso

from dashboard.index.building.build import stop_words
from dashboard.index.terms.small_words import count_uses, small_words
from dashboard.text.token_arrays import read_tokens

SWEDISH = "Och det är inte så att jag har varit här förut men man kan ju aldrig veta"
ENGLISH = "The man in the kan of har said that his far aunt had sent a man to see it all"


def stop(*articles: tuple[str, str]) -> frozenset[str]:
    stream = read_tokens([text for _, text in articles])
    lengths = np.diff(stream.offsets)
    return stop_words(
        [count_uses(stream.vocabulary, stream.ids, lengths, [name for name, _ in articles])]
    )


def test_a_word_is_small_where_its_uses_are_in_such_articles() -> None:
    mixed = stop(*[("en", ENGLISH)] * 30, ("sv", SWEDISH))
    assert {"och", "är", "inte", "det", "jag", "the"} <= mixed  # one article of 31
    assert not {"man", "kan", "har"} & mixed  # words of the English articles
    assert "man" in stop(("en", ENGLISH), *[("sv", SWEDISH)] * 30)
    assert stop(("en", ENGLISH)) == stop() == stop_words([])


def test_parts_add_up() -> None:
    parts = [{"man": (3, 3), "och": (1, 1)}, {"man": (0, 4)}]
    assert {"man", "och"} & stop_words(parts) == {"och"}
    assert "the" in stop_words([])


@pytest.mark.parametrize("language", sorted(set(stopwordsiso.langs()) - {"en"}))
def test_every_language_with_a_list_has_its_small_words(language: str) -> None:
    assert len(small_words(language)) > 20


def test_lists_that_came_damaged_are_mended() -> None:
    assert {"šiame", "už"} & small_words("lt")
    assert "și" in small_words("ro")
    assert small_words("nn") == small_words("no")
    assert small_words("xx") == frozenset()
