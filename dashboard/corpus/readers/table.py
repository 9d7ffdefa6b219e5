"""Delimited tables, one article a row: CSV, TSV and their kin in any encoding.

Cells are text as written: "NA", "null" and "007" stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice

from ..report import Problem
from .cells import Cells
from .column_names import GKG, is_known
from .columns import (
    SAMPLE_ROWS,
    ColumnMap,
    guess_columns,
    id_column,
)
from .delimited import STRAY_QUOTE, Split, split_table
from .headers import is_header, names_without_header
from .legacy import decode_any, is_mixed
from .parquet import read_parquet
from .record import Reading, RefusedFile
from .rows import (
    MAX_COLUMNS,
    NO_HEADER,
    Row,
    add_rows,
    check_columns,
    joined,
    positions,
    too_many_columns,
)

__all__ = ["read_csv", "read_parquet"]

MAX_CSV_BYTES = 200 * 1024 * 1024

_Rows = Iterator[tuple[list[str], str]]


def read_csv(data: bytes, file: str, mapping: Mapping[str, str] | None = None) -> Reading:
    """Read a table of delimited text.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name for the report.
    mapping : mapping of str to str, optional
        Field → column, over the guess; see ``columns.parse_mapping``.

    Returns
    -------
    Reading
        A record per row with text; the other rows are refused, each with a problem. A table
        without a column of text gives "metadata only" problems, and no record.

    Raises
    ------
    RefusedFile
        Empty, binary, too large, unreadable quoting, no column of text, title or address, a
        mapping to a column that there isn't, or no rows.
    """
    if len(data) > MAX_CSV_BYTES:
        raise RefusedFile(
            f"larger than {MAX_CSV_BYTES // 1024**2} MB",
            "split the table into several files",
            "csv",
        )
    try:
        return _read(data, file, mapping)
    except RefusedFile as error:
        error.file_format = error.file_format or "csv"
        raise


def _read(data: bytes, file: str, mapping: Mapping[str, str] | None) -> Reading:
    decoded = decode_any(data)
    reading = Reading("csv", problems=list(decoded.problems), encoding=decoded.encoding)
    escaped = is_mixed(decoded)
    if escaped:
        # The bytes that aren't UTF-8 are carried into the cells, so that each can be named.
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
        decoded.text = text.replace("\r\n", "\n").replace("\r", "\n")
    split = split_table(decoded.text, is_known, is_header)
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
    cells = Cells(reading, escaped=escaped)
    rows = _fields_of(chain(sample, split.rows), names, columns, number_column, reading, cells)
    add_rows(rows, columns, file, reading, cells=cells, id_name=number_column)
    return reading


def _names(split: Split, sample: list[tuple[list[str], str]], reading: Reading) -> list[str]:
    if split.skipped:
        what = "1 line" if split.skipped == 1 else f"{split.skipped} lines"
        reason = f"{what} above the header were left out: notes about the export"
        reading.problems.append(Problem(None, None, reason))
    if split.names:
        return split.names
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
            reading.problems.append(Problem(number, None, note, "export the table again"))
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            reason = f"the row has {len(row)} columns, expected {width}"
            remedy = "put quotes around cells that hold the delimiter"
            reading.problems.append(Problem(number, None, reason, remedy))
            yield number, None
            continue
        if len(row) < width:
            reason = f"the row has {len(row)} columns, expected {width}; the rest is read as empty"
            reading.problems.append(Problem(number, None, reason, "complete the row"))
            row = row + [""] * (width - len(row))
        found = {}
        for field, places in where.items():
            if len(places) == 1:
                found[field] = row[places[0]]
            else:
                found[field] = joined([row[place] for place in places], field)
        yield number, found
