"""Whom a phrase means: by where somebody is from, by party, by office; what is a paper."""

from __future__ import annotations

import pytest

from dashboard.text.quotations.voices import Voice, find_voices
from dashboard.text.sentences import sentence_spans

SURE = 0.75


def voices_of(*passages: str) -> list[Voice]:
    return find_voices(passages, [sentence_spans(passage) for passage in passages])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The levy is dead,” said Sen. Orla Finch of Vermont.", "Orla Finch"),
        ("“They burned it,” said the Rev. Tomas Bright.", "Tomas Bright"),
        ("“We lost the room,” one Ohio Republican said.", "one Ohio Republican"),
        ("“We lost the room,” the Ohio Republican Lars Ek said.", "Lars Ek"),
        ("“We will sue,” said Dog Owners of America.", "Dog Owners of America"),
        (
            "“It is late,” said Ada Roy of Maine and Lu Sato of Ohio.",
            "Ada Roy of Maine and Lu Sato of Ohio",
        ),
    ],
)
def test_where_one_is_from_is_no_part_of_a_name(text: str, speaker: str) -> None:
    (voice,) = voices_of(text)
    assert voice.speaker == speaker


def test_a_senator_of_a_party_is_not_another_of_that_party() -> None:
    first = "Sen. Lars Ek, the Ohio Republican, left early."
    (voice,) = voices_of(first, "“It is over,” the Utah Republican said.")
    assert voice.speaker == "the Utah Republican"
    (voice,) = voices_of(first, "“It is over,” the Ohio Republican said.")
    assert voice.speaker == "Lars Ek"


def test_a_paper_is_nobody_whom_he_means() -> None:
    texts = (
        "Gunmen attacked the satirical magazine Rene Papillon on Monday. Omar Haddad claimed it.",
        "He said his group “chose the target” and that Rene Papillon was warned.",
    )
    (voice,) = (v for v in voices_of(*texts) if v.kind == "mixed")
    assert voice.speaker == "Omar Haddad"


def test_an_office_between_a_speaker_and_he_is_doubt() -> None:
    said = "“Delay, delay, delay,” Lars Ek said. "
    after = "“I will name a judge,” he vowed."
    between = "Despite the vote, the governor has not given up."
    *_, plain = voices_of(said, after)
    assert (plain.speaker, plain.confidence >= SURE) == ("Lars Ek", True)
    *_, doubtful = voices_of(said, between, after)
    assert doubtful.confidence < SURE
    *_, known = voices_of("Governor Omar Haddad waited.", said, between, after)
    assert (known.speaker, known.confidence >= SURE) == ("Omar Haddad", True)
    *_, same = voices_of(said.replace("Lars Ek", "Gov. Lars Ek"), between, after)
    assert (same.speaker, same.confidence >= SURE) == ("Lars Ek", True)
