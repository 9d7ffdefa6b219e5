"""Words that are parted at the end of a line."""

from __future__ import annotations

import pytest

from dashboard.corpus.article import join_paragraphs
from dashboard.corpus.lines.label import clean_lines


def paragraphs(*lines: str) -> str:
    text = ["A headline of some words", "", *lines]
    return " ".join(join_paragraphs(clean_lines(text)))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ("Die Regie-", "rung tagt am Mitt-", "woch in der Stadt."),
            "Die Regierung tagt am Mittwoch",
        ),
        (("Le gouver\u00ad", "nement se réunit."), "Le gouvernement se réunit."),
        (("Nur Ein-", "und Ausgang sind offen."), "Ein- und Ausgang"),
        (("The Baden-", "Baden line is shut, they say."), "Baden-Baden line"),
        (("A well-", "known case is back in court."), "well-known case"),
        (("A rock-solid rule. A rock-", "solid vote."), "A rock-solid vote."),
        (("Рада міс-", "та ухвалила рішення."), "Рада міста ухвалила"),
        (("He said –", "and left at once, they say."), "– and left"),
    ],
)
def test_a_parted_word_is_one_again(lines: tuple[str, ...], found: str) -> None:
    assert found in paragraphs(*lines)
