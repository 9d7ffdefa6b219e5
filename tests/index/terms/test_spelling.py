"""Words spelt like one that the corpus doesn't have."""

from __future__ import annotations

import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.index.terms.spelling import similar_words


@pytest.fixture(scope="module")
def lexicon_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("spelling")
    texts = {
        "a": "Der Haushalt der Gemeinde wächst. Die Gemeinde plant ein Klärwerk.",
        "b": "Die Gemeinden streiten über den Haushalt und über die Brücke am Fluss.",
        "c": "Климат меняется быстро, сказали учёные. Климат города теплее.",
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"Titel {name}\n\n{text}\n", encoding="utf-8")
    build_index([folder], folder / "index")
    return open_index(folder / "index")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hasuhalt", "haushalt"),  # swapped
        ("haushlat", "haushalt"),
        ("brücken", "brücke"),  # one too many
        ("кимат", "климат"),  # one too few, another script
        ("gemeinda", "gemeinde"),  # changed; "gemeinden" is further off
    ],
)
def test_the_nearest_word_comes_first(lexicon_index: Index, typed: str, first: str) -> None:
    assert similar_words(lexicon_index.lexicon, typed)[0] == first


def test_nothing_is_like_a_short_or_strange_word(lexicon_index: Index) -> None:
    assert similar_words(lexicon_index.lexicon, "dre") == []
    assert similar_words(lexicon_index.lexicon, "qqqqzzzzwwww") == []
    assert similar_words(lexicon_index.lexicon, "") == []


def test_a_word_is_not_like_itself_and_no_more_come_than_asked_for(lexicon_index: Index) -> None:
    found = similar_words(lexicon_index.lexicon, "gemeinde", most=1)
    assert found == ["gemeinden"]
