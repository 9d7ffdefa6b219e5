"""What the rules make of quotations that were written and labelled for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.voices import LABELLED, Case, read_cases, same_speaker

CASES = read_cases()
GERMAN = read_cases(Path(__file__).with_name("labelled_de.txt"))
QUOTED = ("direct", "mixed", "phrase", "title")


def test_there_are_enough() -> None:
    marked = [label for case in CASES for label in case.labels if label.kind in QUOTED]
    assert len(marked) >= 195
    assert sum(len(case.labels) for case in CASES) >= 210
    assert LABELLED.is_file()


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_every_quotation_is_found(case: Case) -> None:
    voices = [voice for voice in case.voices() if voice.kind in QUOTED]
    assert len(voices) == sum(label.kind in QUOTED for label in case.labels)


def scores(cases: list[Case], language: str, *, indirect: bool) -> tuple[float, float]:
    """Precision and recall of the speakers."""
    n = found = right = 0
    for case in cases:
        for label, voice in case.pairs(language):
            kind = label.kind if label else voice.kind if voice else ""
            if (kind == "indirect") != indirect:
                continue
            n += label is not None and bool(label.speaker)
            if voice is None or not voice.speaker or voice.kind in ("phrase", "title"):
                continue
            found += 1
            right += label is not None and same_speaker(label.speaker, voice)
    return right / found, right / n


def test_speakers() -> None:
    precision, recall = scores(CASES, "en", indirect=False)
    assert precision >= 0.97
    assert recall >= 0.95
    precision, recall = scores(CASES, "en", indirect=True)
    assert precision >= 0.9
    assert recall >= 0.9


def test_channels() -> None:
    labelled = [
        (label.channel, voice.channel)
        for case in CASES
        for label, voice in case.pairs()
        if label and voice and label.channel
    ]
    assert len(labelled) > 15
    wrong = [(a, b) for a, b in labelled if a.split()[-1] not in b]
    assert len(wrong) <= 2, wrong


def test_phrases_and_titles_have_no_speaker() -> None:
    held = [
        (label.kind, voice.kind)
        for case in CASES
        for label, voice in case.pairs()
        if label and voice and label.kind in ("phrase", "title")
    ]
    assert len(held) >= 6
    assert all(found in ("phrase", "title") for _, found in held)
    assert ("title", "title") in held


def test_german_needs_a_folder_of_words_and_nothing_else() -> None:
    assert len(GERMAN) == 20
    precision, recall = scores(GERMAN, "de", indirect=False)
    assert precision >= 0.9
    assert recall >= 0.9
