"""Arabic and Hebrew on a page: lines begin at the right, and so do indents and columns."""

from __future__ import annotations

import random

import pytest

from dashboard.corpus.readers.pdf.gutters import lines_of
from dashboard.corpus.readers.pdf.paragraphs import lay_out
from dashboard.corpus.readers.pdf.words import PrintedLine, PrintedWord

WORDS = {
    "hebrew": "השביתה בנמל נכנסה לשבוע השלישי והעובדים הצביעו להמשיך בה לאחר פגישה".split(),
    "arabic": "دخل إضراب الميناء أسبوعه الثالث وصوت العمال على مواصلته بعد اجتماع".split(),
    "persian": "کارگران بندر در هفته سوم اعتصاب خود پس از نشست طولانی رأی دادند".split(),
}
LETTER, SIZE, PITCH = 6.0, 10.0, 14.0


def paragraph(script: str, n: int, seed: int) -> list[str]:
    rng = random.Random(f"{script} {seed}")
    return [rng.choice(WORDS[script]) for _ in range(n - 1)] + [WORDS[script][0] + "."]


def set_type(
    words: list[str], right: float, top: float, width: float, indent: float
) -> tuple[list[PrintedWord], float]:
    """The words in lines from the right, ragged at the left; and where the next line stands."""
    found, at, bottom = list[PrintedWord](), right - indent, top
    for number, word in enumerate(words):
        length = LETTER * len(word)
        if at - length < right - width:
            at, bottom = right, bottom - PITCH
        # Boxes of some letters are those of their shapes; a line has one of the type's height.
        size = SIZE * (0.7 if number % 3 and number < len(words) - 1 else 1)
        line = PrintedLine(word, at - length, at, bottom, bottom + size, size)
        found.append(PrintedWord(line, number))
        at -= length + 0.3 * SIZE
    return found, bottom - PITCH


@pytest.mark.parametrize("script", WORDS)
@pytest.mark.parametrize(("indent", "gap"), [(20.0, 0.0), (0.0, 10.0)], ids=["indents", "gaps"])
def test_paragraphs_are_told_by_indents_and_gaps(script: str, indent: float, gap: float) -> None:
    written = [paragraph(script, 40 + 7 * i, i) for i in range(5)]
    page, top = list[PrintedWord](), 700.0
    for words in written:
        placed, top = set_type(words, 540, top, 480, indent)
        page += placed
        top -= gap
    laid = lay_out([lines_of(page)])
    assert laid.paragraphs == [" ".join(words) for words in written]


@pytest.mark.parametrize("script", WORDS)
def test_the_right_column_is_read_first(script: str) -> None:
    sides = [[paragraph(script, 30, 10 * side + i) for i in range(3)] for side in range(2)]
    page = list[PrintedWord]()
    for side, right in zip(sides, (540.0, 290.0), strict=True):
        top = 700.0
        for words in side:
            placed, top = set_type(words, right, top, 220, 20)
            page += placed
    random.Random(1).shuffle(page)  # in whatever order the file writes them
    page = [PrintedWord(word.line, 10 * i) for i, word in enumerate(page)]
    laid = lay_out([lines_of(page)])
    assert laid.paragraphs == [" ".join(words) for side in sides for words in side]


def test_a_page_of_another_script_in_the_document_is_read_as_it_is() -> None:
    def latin(words: list[str]) -> list[PrintedLine]:
        return [
            PrintedLine(text, 60 + 20 * (i % 3 == 0), 400 - 150 * (i % 3 == 2), 700 - PITCH * i,
                        710 - PITCH * i, SIZE)
            for i, text in enumerate(words)
        ]  # fmt: skip

    page, _ = set_type(paragraph("hebrew", 60, 1), 540, 700, 480, 20)
    written = ["One strike", "goes on", "here.", "Two strikes", "go on", "there."]
    laid = lay_out([lines_of(page), latin(written)])
    assert laid.paragraphs[-2:] == ["One strike goes on here.", "Two strikes go on there."]
