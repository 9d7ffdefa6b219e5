"""Rows that a stray quotation mark has swallowed, told from cells that hold several lines."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field

_SHAPE_ROWS = 50
_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")


def cells_of(line: str, delimiter: str) -> list[str]:
    """Return the cells of one line alone; an open quotation mark is a letter like others."""
    line = line.rstrip("\n")
    if line.count('"') % 2:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


@dataclass(slots=True)
class Shape:
    """What the cells of a column have in common ("9-9-9"), learned from the first rows."""

    width: int = 0
    seen: int = 0
    shapes: dict[int, str] = field(default_factory=dict)

    def learn(self, row: list[str]) -> None:
        """Take a row into account; the first is the header."""
        if not self.width:  # the header
            self.width = len(row)
        elif self.seen < _SHAPE_ROWS and len(row) == self.width:
            found = {i: _shape(cell) for i, cell in enumerate(row) if 0 < len(cell) <= 40}
            if not self.seen:
                self.shapes = found
            else:
                self.shapes = {i: s for i, s in self.shapes.items() if found.get(i) == s}
            self.seen += 1

    def fits(self, row: list[str]) -> bool:
        """True when a row has the table's width and most of its shapes."""
        if len(row) != self.width:
            return False
        alike = sum(_shape(row[i][:60]) == shape for i, shape in self.shapes.items())
        return 2 * alike > len(self.shapes) or not self.shapes

    def proves(self, row: list[str]) -> bool:
        """True when a row fits by a number or a date too, which no line of a text has there."""
        return self.fits(row) and any(
            "9" in shape and _shape(row[i][:60]) == shape for i, shape in self.shapes.items()
        )


def _shape(cell: str) -> str:
    return _LETTERS.sub("a", _DIGITS.sub("9", cell.replace('"', "")))


def swallowed(raw: str, row: list[str], delimiter: str, shape: Shape) -> bool:
    """True when the lines of one row are rows themselves, held together by stray marks.

    A cell with line ends is common, a cell whose lines have just as many delimiters as the
    table has, and cells of the same shapes, is not.
    """
    lines = [line for line in raw.split("\n") if line.strip()]
    malformed = raw.count('"') % 2 == 1 or len(row) != shape.width
    if malformed and shape.proves(lines[0].split(delimiter)):
        return True
    if len(lines) < 2 or not shape.fits(cells_of(lines[1], delimiter)):
        return False
    checked = lines[:200]
    alike = sum(len(cells_of(line, delimiter)) == shape.width for line in checked)
    if malformed:
        return 2 * alike >= len(checked)
    if shape.shapes or shape.width > 3:
        return alike >= 0.8 * len(checked) and (bool(shape.shapes) or len(checked) >= 4)
    return len(checked) >= 6 and alike >= 0.9 * len(checked)
