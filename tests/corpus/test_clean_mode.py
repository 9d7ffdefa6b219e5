"""Whether a table's texts need the line rules."""

from __future__ import annotations

import random

from dashboard.corpus.clean_mode import SAMPLE, mark_cleaned, needs_cleaning
from dashboard.corpus.readers.record import Record

CLEAN = [
    f"The council voted {i} to {i + 3} on Tuesday to fund a new bridge across the river. "
    "Residents said that traffic had doubled since 2019, while officials promised work.\n\n"
    "The mayor, who had opposed the plan for years, called it a fair compromise for all."
    for i in range(600)
]
DIRTY = [text + "\n\nShare on Facebook\nSubscribe to our newsletter" for text in CLEAN]


def test_clean_texts_need_none_and_others_do() -> None:
    assert not needs_cleaning(CLEAN)
    assert needs_cleaning(DIRTY)
    assert not needs_cleaning([])
    assert not needs_cleaning(["", " \n"])


def test_a_few_lines_in_many_texts_are_no_reason() -> None:
    assert not needs_cleaning([*CLEAN[:199], DIRTY[199]])


def test_the_answer_depends_on_what_the_texts_are_not_on_their_order() -> None:
    mixed = CLEAN[:500] + DIRTY[500:]
    answers = set()
    for seed in range(3):
        shuffled = mixed[:]
        random.Random(seed).shuffle(shuffled)
        answers.add(needs_cleaning(shuffled))
    assert len(answers) == 1
    assert SAMPLE == 200


def test_known_titles_are_not_looked_for() -> None:
    texts = [f"Council votes on bridge number {i}\n{text}" for i, text in enumerate(CLEAN[:50])]
    assert needs_cleaning(texts)
    assert not needs_cleaning(texts, ["Bridge"] * 50)


def records(texts: list[str], row: bool = True) -> list[Record]:
    return [Record("a.csv", i if row else None, text) for i, text in enumerate(texts, 1)]


def test_records_are_marked_by_mode() -> None:
    def marked(texts: list[str], mode: str, row: bool = True) -> set[bool]:
        return {record.cleaned for record in mark_cleaned(records(texts, row), mode)}  # type: ignore[arg-type]

    assert marked(CLEAN, "auto") == {True}
    assert marked(DIRTY, "auto") == {False}
    assert marked(CLEAN, "always") == {False}
    assert marked(DIRTY, "never") == {True}
    # A page or a pasted text always needs the rules, unless the user says otherwise.
    assert marked(CLEAN[:1], "auto", row=False) == {False}
    assert mark_cleaned([]) == []
