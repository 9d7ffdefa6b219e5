"""Rows of delimited text, whatever the delimiter; shared by tables and ``metadata.csv``."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Collection
from dataclasses import dataclass

from ..article import tidy
from .record import RefusedFile

_DELIMITERS = ",;\t|"


@dataclass(slots=True)
class Rows:
    """Header names in lower case, data rows (blank lines left out), and the delimiter."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str


def read_rows(text: str, known: Collection[str]) -> Rows:
    """Split a table's text into rows.

    Parameters
    ----------
    text : str
        The decoded file.
    known : collection of str
        Column names in lower case that tell which delimiter is the right one.

    Raises
    ------
    RefusedFile
        There is no header, or the quoting can't be followed.
    """
    # A cell may hold a whole book; the module's own limit is 128 kB.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    text = text.lstrip("\ufeff\n")
    if text[:4].lower() == "sep=":  # a line that Excel writes and reads
        text = text.partition("\n")[2]
    if not text.strip():
        raise RefusedFile("the file is empty: there are no rows", "export the table again")
    delimiter = sniff_delimiter(text.partition("\n")[0], known)
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row
        ]
    except csv.Error as error:
        raise RefusedFile(
            f"the table can't be read: {error}",
            "save it again as CSV, with quotes around long text",
        ) from error
    header = [tidy(name).strip("\"'").lower() for name in rows[0]]
    return Rows(header, rows[1:], delimiter)


def sniff_delimiter(header: str, known: Collection[str]) -> str:
    """Return the delimiter that finds most known columns in the header, then most columns."""

    def score(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        return sum(tidy(cell).lower() in known for cell in cells), len(cells)

    return max(_DELIMITERS, key=score)
