"""What no text has, in a table whose texts count as clean too: boxes of links, counts of pictures.

A box stands in the middle of a sentence, which goes on behind it. So a line is read without its
boxes by the line rules, and parted at them afterwards: what is kept and what is set aside are
together what came in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dashboard.corpus.article import GOES_ON, Line
from dashboard.corpus.lines.phrases.galleries import PICTURE_COUNT
from dashboard.text.boxes import find_boxes

BOX = "box of links"
_COUNT = re.compile(PICTURE_COUNT, re.I)
_LONGEST_COUNT = 60  # characters


class Cut(NamedTuple):
    """Lines without what was cut out of them, and by position the line as it was with the start and
    end of each piece."""

    lines: list[str]
    pieces: dict[int, tuple[str, list[tuple[int, int]]]]


def cut_boxes(raw: Sequence[str]) -> Cut:
    """Return ``raw`` without boxes of links."""
    lines, pieces = list(raw), {}
    for i, line in enumerate(raw):
        if boxes := find_boxes(line):
            pieces[i] = line, boxes
            lines[i] = "".join(_outside(line, boxes))
    return Cut(lines, pieces)


def without_counts(lines: list[Line]) -> list[Line]:
    """Return the lines with a gallery's count of its pictures set aside: “prev Image 2 of 2”."""
    return [
        line._replace(label="boilerplate", reason="gallery of pictures")
        if len(line.text) <= _LONGEST_COUNT and _COUNT.fullmatch(line.text.strip())
        else line
        for line in lines
    ]


def put_back(
    lines: Iterable[Line], pieces: Mapping[int, tuple[str, list[tuple[int, int]]]]
) -> list[Line]:
    """Return the labelled lines of a ``Cut`` with its pieces, all with the number of their line. A
    line that isn't kept is as it was: its boxes are set aside with it."""
    found: list[Line] = []
    for i, line in enumerate(lines):
        if i not in pieces:
            found.append(line)
        elif line.label != "keep":
            found.append(line._replace(text=pieces[i][0]))
        else:
            found += _parted(line, *pieces[i])
    return found


def _parted(line: Line, raw: str, boxes: Sequence[tuple[int, int]]) -> Iterator[Line]:
    reason = line.reason
    outside = list(_outside(raw, boxes))
    for own, (start, end) in zip(outside, boxes, strict=False):
        if own.strip():
            yield line._replace(text=own, reason=reason)
            reason = GOES_ON
        yield line._replace(text=raw[start:end], label="aside", reason=BOX)
    if outside[-1].strip():
        yield line._replace(text=outside[-1], reason=reason)


def _outside(line: str, boxes: Sequence[tuple[int, int]]) -> Iterator[str]:
    end = 0
    for start, stop in boxes:
        yield line[end:start]
        end = stop
    yield line[end:]
