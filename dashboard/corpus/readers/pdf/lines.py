"""What stands on the pages of a PDF file: lines of text with their places, by PDFium."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

from dashboard.corpus.readers.pdf.gutters import lines_of
from dashboard.corpus.readers.pdf.words import LINE_ENDS, PrintedLine, words_of
from dashboard.corpus.record import RefusedFile

MAX_BYTES = 200 * 1024**2
MAX_PAGES = 3_000
MAX_CHARACTERS = 200_000  # on one page
_SPLIT = "split it into several documents"
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00ad": "-"}  # as PDFium marks one at a line's end
_MOST_UNKNOWN = 0.3  # share of letters


@dataclass(frozen=True, slots=True)
class Pages:
    """The lines of each page, in no order; the numbers, from 1, of those without text and of those
    that can't be read."""

    lines: list[list[PrintedLine]]
    empty: list[int]
    damaged: list[int]


def read_pages(data: bytes) -> Pages:
    """Read the text of a PDF file.

    Raises
    ------
    RefusedFile
        Damaged, protected by a password, too large, or its fonts don't say what letters mean.
    """
    import pypdfium2
    from pypdfium2 import raw

    if len(data) > MAX_BYTES:
        raise RefusedFile(f"larger than {MAX_BYTES // 1024**2} MB", _SPLIT, "pdf")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            reason = "the PDF is protected by a password"
            remedy = "open it with its password and print it to a PDF without one"
            raise RefusedFile(reason, remedy, "pdf") from error
        raise RefusedFile(
            "the PDF is damaged or incomplete", "download or save it again", "pdf"
        ) from error
    with document:
        if len(document) > MAX_PAGES:
            raise RefusedFile(f"more than {MAX_PAGES:,} pages", _SPLIT, "pdf")
        pages = Pages([], [], [])
        unknown = known = 0
        for number in range(1, len(document) + 1):
            try:
                letters = _letters(document[number - 1], raw)
            except pypdfium2.PdfiumError:
                pages.damaged.append(number)
                pages.lines.append([])
                continue
            bad = sum(_is_unknown(letter.text) for letter in letters)
            unknown, known = unknown + bad, known + len(letters) - bad
            pages.lines.append(lines_of(words_of(letters)))
            if not pages.lines[-1]:
                pages.empty.append(number)
    if unknown > _MOST_UNKNOWN * (unknown + known):
        raise RefusedFile(
            "the fonts of the PDF don’t say which letters their shapes are",
            "recognise its text (OCR) in a PDF program, or copy it from the source",
            "pdf",
        )
    return pages


def _letters(page: Any, raw: Any) -> list[PrintedLine]:
    """Each character with its place; line ends, which PDFium finds, have none."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > MAX_CHARACTERS:
            raise RefusedFile(f"a page of more than {MAX_CHARACTERS:,} characters", _SPLIT, "pdf")
        handle, box = textpage.raw, raw.FS_RECTF()
        reference = ctypes.byref(box)
        x, base = ctypes.c_double(), ctypes.c_double()
        found = []
        for i in range(count):
            code = raw.FPDFText_GetUnicode(handle, i)
            text = chr(code) if 0 < code < 0x110000 else "\ufffd"
            has_place = bool(raw.FPDFText_GetLooseCharBox(handle, i, reference))
            if text in LINE_ENDS or not has_place:
                found.append(PrintedLine(text if text in LINE_ENDS else " ", 0, 0, 0, 0, 0))
                continue
            text = _HYPHENS.get(text, text)
            # By the line it is written on: some fonts have a box for each shape.
            if not raw.FPDFText_GetCharOrigin(handle, i, ctypes.byref(x), ctypes.byref(base)):
                base.value = box.bottom
            size = box.top - box.bottom
            found.append(
                PrintedLine(text, box.left, box.right, base.value, base.value + size, size)
            )
        return found
    finally:
        textpage.close()
        page.close()


def _is_unknown(text: str) -> bool:
    return text == "\ufffd" or "\ue000" <= text <= "\uf8ff"
