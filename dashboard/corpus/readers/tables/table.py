"""Delimited tables, one article a row: CSV, TSV and their kin in any encoding.

Cells are text as written, "007" stays what it is; "NA", "null" and the like count as empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import IO

from dashboard.corpus.decoding.window import source_of
from dashboard.corpus.parsing.column_names import GKG, is_known
from dashboard.corpus.readers.tables.cells import Cells
from dashboard.corpus.readers.tables.columns import SAMPLE_ROWS, guess_columns, id_column
from dashboard.corpus.readers.tables.delimited import STRAY_QUOTE, Split, split_table
from dashboard.corpus.readers.tables.headers import is_header, names_without_header
from dashboard.corpus.readers.tables.mapping import ColumnMap
from dashboard.corpus.readers.tables.parquet import read_parquet
from dashboard.corpus.readers.tables.rows import (
    MAX_COLUMNS,
    NO_HEADER,
    Row,
    add_rows,
    check_columns,
    joined,
    positions,
    too_many_columns,
)
from dashboard.corpus.record import Reading, RefusedFile, Sink
from dashboard.corpus.report import Problem

__all__ = ["read_csv", "read_parquet"]

_Rows = Iterator[tuple[list[str], str]]


def read_csv(
    data: bytes | IO[bytes],
    file: str,
    mapping: Mapping[str, str] | None = None,
    sink: Sink | None = None,
) -> Reading:
    """Read a table of delimited text, a piece at a time.

    Parameters
    ----------
    data : bytes or binary file
        The whole file; a seekable one may be of any size.
    file : str
        Its name for the report.
    mapping : mapping of str to str, optional
        Field → column, which overrides the guess; see ``mapping.parse_mapping``.
    sink : callable, optional
        Takes each record as it is read, so that none is held.

    Returns
    -------
    Reading
        A record per row with text; the other rows are refused, each with a problem. A table
        without a column of text gives "metadata only" problems, and no record.

    Raises
    ------
    RefusedFile
        Empty, binary, unreadable quoting, no column of text, title or address, a mapping to a
        column that doesn't exist, or no rows. Some records may have gone to the sink by then.
    """
    try:
        return _read(data, file, mapping, sink)
    except RefusedFile as error:
        error.file_format = error.file_format or "csv"
        raise


def _read(
    data: bytes | IO[bytes], file: str, mapping: Mapping[str, str] | None, sink: Sink | None
) -> Reading:
    source = source_of(data)
    reading = Reading("csv", problems=source.problems, encoding=source.encoding, sink=sink)
    split = split_table(source.open(), is_known, _is_header)
    sample = list(islice(split.rows, SAMPLE_ROWS))
    names = _names(split, sample, reading)
    if len(names) > MAX_COLUMNS:
        raise too_many_columns(len(names), "csv")
    columns = guess_columns(names, [row for row, _ in sample], mapping)
    check_columns(columns, names, "csv")
    _note_doubles(columns, names, reading)
    if not sample:
        raise RefusedFile("the table has no rows", "export the table again", "csv")
    number_column = id_column(names)

    def rows(reading: Reading, cells: Cells) -> Iterator[Row]:
        again = split_table(source.open(), is_known, _is_header)
        return _fields_of(again.rows, names, columns, number_column, reading, cells)

    add_rows(rows, columns, file, reading, escaped=source.escaped, id_name=number_column)
    return reading


def _is_header(cells: Sequence[str]) -> bool:
    """As ``is_header``; a row too long for any export is refused before its cells are looked at."""
    if len(cells) > MAX_COLUMNS:
        raise too_many_columns(len(cells), "csv")
    return is_header(cells)


def _names(split: Split, sample: list[tuple[list[str], str]], reading: Reading) -> list[str]:
    if split.skipped:
        what = "1 line" if split.skipped == 1 else f"{split.skipped} lines"
        reason = f"{what} above the header were left out: notes about the export"
        reading.problems.append(Problem(None, None, reason))
    if split.names:
        # R writes the names of rows, no two alike, without one for their column.
        short = sample and all(len(row) == len(split.names) + 1 for row, _ in sample)
        short = short and len({row[0] for row, _ in sample}) == len(sample)
        return ["", *split.names] if short else split.names
    names = names_without_header(sample[0][0]) if sample else []
    reason, remedy = "the table has no header", NO_HEADER
    if names and names[0] == GKG[0]:
        reason, remedy = "no header; read as GDELT's Global Knowledge Graph", ""
    reading.problems.append(Problem(None, None, reason, remedy))
    return names


def _note_doubles(columns: ColumnMap, names: list[str], reading: Reading) -> None:
    for column in columns.columns.values():
        if names.count(column) > 1:
            reason = f"there are two columns named {column}; the first is read"
            reading.problems.append(Problem(None, column, reason, "rename one of them"))


def _fields_of(
    rows: _Rows,
    names: list[str],
    columns: ColumnMap,
    number_column: str,
    reading: Reading,
    cells: Cells,
) -> Iterator[Row]:
    """Yield each data row's number and cells by field, None for a row that can't be trusted."""
    width = len(names)
    where = positions(columns, names, number_column)
    for number, (row, note) in enumerate(rows, 1):
        if note == STRAY_QUOTE:
            cells.note("quotes", number, None, note, "double the quotation mark, or close it")
        elif note:
            reading.note(Problem(number, None, note, "export the table again"))
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            reason = f"the row has {len(row)} columns, the header {width}"
            remedy = "put quotes around cells that hold the delimiter"
            reading.note(Problem(number, None, reason, remedy))
            yield number, None
            continue
        if len(row) < width:
            reason = f"the row has {len(row)} of {width} columns; the rest is read as empty"
            reading.note(Problem(number, None, reason, "complete the row"))
            row = row + [""] * (width - len(row))
        found = {}
        for field, places in where.items():
            if len(places) == 1:
                found[field] = row[places[0]]
            else:
                found[field] = joined([row[place] for place in places], field)
        yield number, found
