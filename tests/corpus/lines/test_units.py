"""Lines and paragraphs."""

from __future__ import annotations

import pytest

from dashboard.corpus.lines.units import split_units
from dashboard.text.lines import line_key, word_count


def test_words_of_scripts_without_spaces() -> None:
    assert word_count("two words") == 2
    assert word_count("习近平同普京举行会谈") == 1 + 10 // 2
    assert word_count("") == 0


def test_keys_leave_punctuation_out() -> None:
    assert line_key("Read  More »") == line_key("read more")
    assert line_key("***") == "***"


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("The two leaders signed a statement in Beijing on Thursday.", True),
        ("She declined.", False),
        ("Xi and Putin meet as trade between Beijing and Moscow at all time high", False),
        ("Will the two leaders ever sign a statement in Beijing?", False),
        ("Xi urges closer ties of the neighbours with the U.S.", False),
        ("他们在北京签署了一份关于贸易和能源的声明，并且举行了会谈。", True),
        (" ".join(["word"] * 30), True),
    ],
)
def test_paragraphs(text: str, paragraph: bool) -> None:
    (unit,) = split_units([text])
    assert unit.is_paragraph is paragraph


def test_short_lines_are_not_wrapped() -> None:
    poem = ["The road goes on and on", "Down from the door", "Where it began", "Now far ahead"]
    assert [unit.text for unit in split_units(poem)] == poem


def test_blank_lines_make_no_unit() -> None:
    units = split_units(["", "a", " ", "\u00a0", "b"])
    assert [(unit.first, unit.text, unit.blank_above) for unit in units] == [
        (1, "a", True),
        (4, "b", True),
    ]
    assert split_units([]) == []
