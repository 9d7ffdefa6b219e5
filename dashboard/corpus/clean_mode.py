"""Whether the texts of a table need the line rules: a sample decides, the same one every time."""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from .cleaning import clean_lines
from .readers.record import Record
from .units import word_count

CleanMode = Literal["auto", "always", "never"]

SAMPLE = 200
# Less than this share of the words would be set aside: reading on is worth more than tidying.
_SHARE = 0.01


def needs_cleaning(texts: Sequence[str], titles: Sequence[str] = ()) -> bool:
    """Return whether the line rules would set aside 1 % or more of the words of ``texts``.

    Parameters
    ----------
    texts : sequence of str
        The text cells of one file. 200 of them are looked at, chosen by what they hold: the
        answer doesn't depend on their order.
    titles : sequence of str
        Their titles, in the same order, if the table has them: none is looked for then.

    Returns
    -------
    bool
        False for no texts.
    """
    total = aside = 0
    for i in _sample(texts):
        raw = texts[i].split("\n")
        title = titles[i] if i < len(titles) else ""
        for line in clean_lines(raw, title=title, is_row=True):
            if line.text.strip():
                words = word_count(line.text)
                total += words
                aside += words if line.label != "keep" else 0
    return aside >= _SHARE * total if total else False


def _sample(texts: Sequence[str]) -> list[int]:
    """Return the positions of up to 200 different texts, those with the smallest hashes."""
    first: dict[int, int] = {}
    for i, text in enumerate(texts):
        # The beginning and the length tell texts apart; hashing all of them costs more.
        key = zlib.crc32(f"{len(text)} {text[:2000]}".encode("utf-8", "replace"))
        first.setdefault(key, i)
    return [first[key] for key in heapq.nsmallest(SAMPLE, first)]


def mark_cleaned(records: Iterable[Record], mode: CleanMode = "auto") -> list[Record]:
    """Return the records of one file, marked as clean where no line rules are to be run.

    Records of files that are one article each are left alone in the mode "auto": those are
    pages and pasted texts, which need the rules.
    """
    records = list(records)
    if mode == "always":
        return records
    if mode == "auto":
        rows = [record for record in records if record.row is not None and not record.cleaned]
        if not rows or needs_cleaning([r.text for r in rows], [r.title for r in rows]):
            return records
        return [replace(r, cleaned=True) if r.row is not None else r for r in records]
    return [replace(record, cleaned=True) for record in records]
