"""Words spelt like one that the corpus doesn't have."""

from __future__ import annotations

from pathlib import Path

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


def test_no_more_come_than_asked_for(lexicon_index: Index) -> None:
    assert len(similar_words(lexicon_index.lexicon, "gemeindan", most=3)) == 2
    assert similar_words(lexicon_index.lexicon, "gemeindan", most=1) == ["gemeinden"]


def test_a_word_in_print_is_a_slip_only_beside_a_far_commoner_one(tmp_path: Path) -> None:
    for i in range(60):
        word = "goverment" if i == 0 else "governments" if i < 10 else "government"
        (tmp_path / f"{i}.txt").write_text(f"Report {i}\n\nA {word} shutdown in week {i}.\n")
    build_index([tmp_path], tmp_path / "index")
    lexicon = open_index(tmp_path / "index").lexicon
    assert similar_words(lexicon, "goverment") == ["government"]
    assert similar_words(lexicon, "governments") == []
    assert similar_words(lexicon, "government") == []
