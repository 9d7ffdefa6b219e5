"""The names of a text, against those that a reader finds, in texts of two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.text.names.find import find_names
from dashboard.text.names.pieces import UNSURE
from dashboard.text.sentences import sentence_spans

HERE = Path(__file__).parent


def cases(language: str) -> list[tuple[str, list[str]]]:
    """Each text with its names."""
    lines = (HERE / f"labelled_{language}.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for block in "\n".join(x for x in lines if not x.startswith("#")).strip().split("\n\n"):
        text, _, names = block.rpartition("\n=")
        found.append((text, [name.strip() for name in names.split(" | ") if name.strip()]))
    return found


def names_in(text: str, language: str = "en") -> list[str]:
    """The names that are sure: what only begins a sentence is left to the other articles."""
    uses = find_names([text], [sentence_spans(text, language)], language)
    for use in uses:
        assert text[use.start : use.end] == use.written
    return [use.name for use in uses if " " in use.written or not use.seen & UNSURE]


ENGLISH, GERMAN = cases("en"), cases("de")


def test_the_fixtures_are_large_enough() -> None:
    assert len(ENGLISH) >= 60
    assert len(GERMAN) == 20


@pytest.mark.parametrize(("text", "names"), ENGLISH, ids=[text[:30] for text, _ in ENGLISH])
def test_english(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(("text", "names"), GERMAN, ids=[text[:30] for text, _ in GERMAN])
def test_german_is_a_folder_of_words(text: str, names: list[str]) -> None:
    assert names_in(text, "de") == names
