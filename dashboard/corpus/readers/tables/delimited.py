"""Rows of delimited text, whatever the delimiter; shared by tables and ``metadata.csv``."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from dashboard.corpus.article import tidy
from dashboard.corpus.decoding.encodings import western
from dashboard.corpus.decoding.window import LONGEST, Window
from dashboard.corpus.readers.tables.stray_quotes import Shape, cells_of, swallowed
from dashboard.corpus.record import RefusedFile

# In the order of preference where two do equally well; the last two come from databases.
_DELIMITERS = ",;\t|~^\x01\x1f"
_SOLO = "\x1f"  # what parts a table of one column: nothing
_HEAD_LINES = 30
_HEAD_CHARS = 100_000
_BACKSLASH = re.compile(r'[^,;\t|\n"\\]\\"(?![,;\t|\n])')
_DOUBLED = re.compile(r'[^,;\t|\n"]""|""[^,;\t|\n"]')

STRAY_QUOTE = "a stray quotation mark was read as part of the text"
UNCLOSED = "a quotation mark that opens in this row is never closed: the file may be cut off"


@dataclass(slots=True)
class DelimitedRows:
    """Header names as written, data rows (blank lines left out), and the delimiter."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str


@dataclass(slots=True)
class Split:
    """A table's text, split: the names as written ([] when there is no header), then the rows.

    ``rows`` yields each row's cells and "", or what is odd about its quotation marks; ``skipped``
    counts the lines above the header.
    """

    names: list[str]
    rows: Iterator[tuple[list[str], str]]
    delimiter: str
    skipped: int = 0


def read_rows(text: str, known: Collection[str]) -> DelimitedRows:
    """Split a small table with a header in its first line.

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
    window = Window(text)
    split = split_table(window, lambda name: tidy(name).lower() in known, lambda cells: True)
    return DelimitedRows(split.names, [row for row, _ in split.rows], split.delimiter)


def split_table(
    window: Window,
    is_known: Callable[[str], bool],
    is_header: Callable[[list[str]], bool],
) -> Split:
    """Split a table's text into rows, without holding them all.

    Parameters
    ----------
    window : Window
        The decoded file from its beginning, its line ends "\\n".
    is_known : callable
        True for a name that a column may have; tells the delimiter and the header's line.
    is_header : callable
        True when the cells of the first line are names, not data.

    Raises
    ------
    RefusedFile
        The file is empty, or (while the rows are read) the quoting can't be followed.
    """
    # A cell may hold a whole book; the module's own limit is 128 kB.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    text = window.text
    start = len(text) - len(text.lstrip("\ufeff\n "))
    if text[start : start + 4].lower() == "sep=":  # a line that Excel writes and reads
        start = text.find("\n", start) + 1 or len(text)
    if not text[start:].strip("\n\ufeff "):
        raise RefusedFile("the file is empty: there are no rows", "export the table again")
    head = [western(line) for line in _head_lines(text, start)]
    delimiter, line = _sniff(head, is_known)
    skipped = line
    for above in head[:line]:
        start += len(above)
    sample = text[start : start + 200_000]
    style = _Style(
        delimiter, _escape(sample), _quote(head[line], delimiter), _spaced(sample, delimiter)
    )
    rows = _split_rows(window, start, style)
    first = next(rows, None)
    if first is None:
        raise RefusedFile("the file is empty: there are no rows", "export the table again")
    if not is_header(first[0]):
        return Split([], _chain(first, rows), delimiter, skipped)
    names = [western(tidy(name)).strip("\"'") for name in first[0]]
    return Split(names, rows, delimiter, skipped)


def _chain(
    first: tuple[list[str], str], rows: Iterator[tuple[list[str], str]]
) -> Iterator[tuple[list[str], str]]:
    yield first
    yield from rows


def _head_lines(text: str, start: int) -> list[str]:
    lines: list[str] = []
    end = min(len(text), start + _HEAD_CHARS)
    while start < len(text) and len(lines) < _HEAD_LINES and (start < end or not lines):
        stop = text.find("\n", start) + 1 or len(text)
        lines.append(text[start:stop])
        start = stop
    return lines


def _sniff(head: list[str], is_known: Callable[[str], bool]) -> tuple[str, int]:
    """Return the delimiter and the header's line: those that give most known names."""
    best: tuple[int, int, int, str] | None = None
    for delimiter in _DELIMITERS:
        rows = [cells_of(line[:_HEAD_CHARS], delimiter) for line in head]
        # A header of many thousand columns is refused anyway: its beginning will do.
        known = [sum(is_known(cell) for cell in row[:2000]) for row in rows]
        line = _header_line(head, rows, known)
        # Without a known name: the delimiter that most lines have, equally often.
        widths = [len(row) for row in rows[line:]]
        even = sum(a == b > 1 for a, b in pairwise(widths)) if not known[line] else 0
        # Tabs are rare in texts: where every line has one, they part its cells.
        tabs = delimiter == "\t" and min(widths) > 1
        score = (known[line], even + 100 * tabs, len(rows[line]), delimiter)
        if best is None or score[:3] > best[:3]:
            best, at = score, line
    assert best is not None
    return (best[3] if best[2] > 1 else _SOLO), at


def _header_line(head: list[str], rows: list[list[str]], known: list[int]) -> int:
    """Return the line of the header: the first, unless notes about the export stand above it."""
    first = next((i for i, line in enumerate(head) if line.strip()), 0)
    best = max(range(len(rows)), key=lambda i: (known[i], len(rows[i]), -i))
    if best > first and known[best] >= 2 and known[best] > known[first]:
        return best if len(rows[best]) > len(rows[first]) or not known[first] else first
    if head[first].startswith("#") and not known[first]:
        return next((i for i, line in enumerate(head) if i > first and line.strip()
                     and not line.startswith("#") and known[i]), first)  # fmt: skip
    return first


def _escape(sample: str) -> str | None:
    """Return the backslash where a database wrote it before quotation marks, else None."""
    return "\\" if _BACKSLASH.search(sample) and not _DOUBLED.search(sample) else None


def _quote(header: str, delimiter: str) -> str:
    """Return the apostrophe where a header has it around each of its names, else the usual mark."""
    names = [name.strip() for name in header.split(delimiter)]
    quoted = all(len(name) > 2 and name[0] == name[-1] == "'" for name in names)
    return "'" if quoted and len(names) > 1 else '"'


def _spaced(sample: str, delimiter: str) -> bool:
    """True where a space parts each delimiter from the quotation mark of the next cell."""
    return f'"{delimiter} "' in sample and f'{delimiter}"' not in sample


@dataclass(frozen=True, slots=True)
class _Style:
    """How a table's cells are parted and quoted."""

    delimiter: str
    escape: str | None
    quote: str
    spaced: bool

    def reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            escapechar=self.escape,
            doublequote=self.escape is None,
            quotechar=self.quote,
            skipinitialspace=self.spaced,
        )


class _Lines:
    """The lines of a text, one at a time, from a position that can be set back.

    They end where the text does, and where a row, which begins at ``row``, has become too long.
    """

    def __init__(self, window: Window, position: int) -> None:
        self.window, self.position = window, position
        self.row = position

    def begin_row(self) -> int:
        """Forget the rows that were read; return where the next begins."""
        self.position -= self.window.slide(self.position)
        self.row = self.position
        return self.row

    @property
    def is_too_long(self) -> bool:
        return self.position - self.row > LONGEST

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        window, start = self.window, self.position
        stop = window.text.find("\n", start) + 1
        if not stop:
            stop = min(window.line_end(start) + 1, len(window.text))
        if start >= stop or self.is_too_long:
            raise StopIteration
        self.position = stop
        return window.text[start:stop]


def _split_rows(window: Window, start: int, style: _Style) -> Iterator[tuple[list[str], str]]:
    """Yield the rows; one that swallowed others is given back as its first line alone."""
    lines = _Lines(window, start)
    reader = style.reader(lines)
    delimiter = style.delimiter
    shape = Shape()
    # Going back can't make the time more than a few readings of the file.
    budget = 4 * window.size + 10_000
    while True:
        begin = lines.begin_row()
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise RefusedFile(
                f"the table can't be read: {error}",
                "save it again as CSV, with quotes around long text",
            ) from error
        if row is None:
            return
        if not row:
            continue
        note = ""
        text = window.text
        second = text.find("\n", begin) + 1
        if 0 < second < lines.position and shape.width > 1:
            first = text[begin:second].rstrip("\n")
            budget -= lines.position - begin
            raw = text[begin : lines.position]
            usual = style.escape is None and style.quote == '"'
            may_be = budget > 0 and usual and first.count(delimiter) == shape.width - 1
            if may_be and swallowed(raw, row, delimiter, shape):
                row, note = first.split(delimiter), STRAY_QUOTE
                lines.position = second
            at_end = window.at_end and lines.position >= len(text)
            if not note and at_end and text.count(style.quote, begin) % 2 and style.quote == '"':
                note = UNCLOSED
        if lines.is_too_long:
            raise RefusedFile(
                f"a row is longer than {LONGEST // 1024**2} MB: a quotation mark is missing",
                "save it again as CSV, with quotes around long text",
            )
        shape.learn(row)
        yield row, note
