"""Whether the texts of a table need the line rules: a sample decides, the same one every time."""

from __future__ import annotations

import heapq
import zlib
from typing import Literal

from dashboard.corpus.lines.label import clean_lines
from dashboard.corpus.record import Record
from dashboard.text.lines import word_count

CleanMode = Literal["auto", "always", "never"]
# Which records of a file are taken as clean: none, those of a table's rows, or all.
Clean = Literal["none", "rows", "all"]

SAMPLE = 200
# Less than this share of the words would be set aside: reading on is worth more than tidying.
_SHARE = 0.01


class CleanSample:
    """Up to 200 different texts of a file, chosen by what they hold and not by their order.

    Records of files that are one article each are left out: those are pages and pasted texts,
    which need the rules.
    """

    def __init__(self) -> None:
        # Those with the smallest hashes: the largest of them is the first of the heap.
        self._chosen: dict[int, tuple[str, str]] = {}
        self._heap: list[int] = []

    def add(self, record: Record) -> None:
        """Take a record into account."""
        if record.row is None or record.cleaned:
            return
        text = record.text
        # The beginning and the length tell texts apart; hashing all of them costs more.
        key = zlib.crc32(f"{len(text)} {text[:2000]}".encode("utf-8", "replace"))
        if key in self._chosen or (len(self._heap) == SAMPLE and key > -self._heap[0]):
            return
        self._chosen[key] = (text, record.title)
        if len(self._heap) < SAMPLE:
            heapq.heappush(self._heap, -key)
        else:
            del self._chosen[-heapq.heapreplace(self._heap, -key)]

    def is_clean(self) -> bool:
        """True when the line rules would set aside less than 1 % of the words of the texts.

        A title that the table has is no furniture in the text: see ``title.title_line``. False
        without any text.
        """
        total = aside = 0
        for text, title in self._chosen.values():
            for line in clean_lines(text.split("\n"), title=title, is_row=True):
                if line.text.strip() and not (title and line.reason == "title"):
                    words = word_count(line.text)
                    total += words
                    aside += words if line.label != "keep" else 0
        return bool(self._chosen) and (not total or aside < _SHARE * total)


def decide(sample: CleanSample, mode: CleanMode) -> Clean:
    """Return which records of a file need no line rules."""
    if mode == "never":
        return "all"
    return "rows" if mode == "auto" and sample.is_clean() else "none"


def is_clean(record: Record, clean: Clean) -> bool:
    """True when a record's text is taken as the article's own.

    What a page's or a feed's reader took for the article still holds what stands inside it.
    """
    return clean == "all" or (clean == "rows" and record.row is not None and not record.cleaned)
