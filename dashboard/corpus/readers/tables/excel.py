"""Workbooks (.xlsx, .xls, .xlsb, .ods): the sheet that holds the articles, one a row."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dashboard.corpus.parsing.column_names import is_known
from dashboard.corpus.readers.tables.cells import Cells
from dashboard.corpus.readers.tables.columns import SAMPLE_ROWS, guess_columns, id_column
from dashboard.corpus.readers.tables.headers import is_header, names_without_header
from dashboard.corpus.readers.tables.mapping import ColumnMap
from dashboard.corpus.readers.tables.nested import as_text
from dashboard.corpus.readers.tables.rows import (
    NO_HEADER,
    Row,
    add_rows,
    check_columns,
    joined,
    positions,
)
from dashboard.corpus.record import Reading, RefusedFile
from dashboard.corpus.report import Problem

MAX_EXCEL_BYTES = 100 * 1024 * 1024
# What comes out of the archive, counted as it comes; shared texts are held in memory whole.
_MAX_UNPACKED = 300 * 1024 * 1024
_MAX_CELLS = 5_000_000
_MAX_COLUMNS = 500
_MAX_AREA = 20_000_000  # of a sheet, empty cells too: they take memory
_HEAD_ROWS = 30
# A letter first: it is searched for ten times as fast as a space.
_PLACE = re.compile(rb"""r(?<=\sr)\s*=\s*["']([A-Z]{0,3})([0-9]{1,7})["']""")
_ENTRY = re.compile(rb"PK\x03\x04.{26}xl/", re.S)
_DOCTYPE = re.compile(
    rb"<!\s?(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C|E\0N\0T)|\0<\0!\0(?:D\0O\0C|E\0N\0T)"
)
_DAMAGED = ("the workbook is damaged or incomplete", "open it in Excel and save it as .xlsx")


def looks_like_xlsx(head: bytes, name: str) -> bool:
    """True when the first bytes of a file are those of a workbook, whatever its ``name``."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    return bool(_ENTRY.search(head)) or name.lower().endswith((".xlsx", ".xlsm", ".xlsb", ".ods"))


@dataclass(slots=True)
class _Sheet:
    """One sheet: its name, the names of its columns, the lines above its first row of data."""

    title: str
    names: list[str]
    above: int
    columns: ColumnMap
    sample: int
    has_header: bool


def read_excel(data: bytes, file: str, mapping: Mapping[str, str] | None = None) -> Reading:
    """Read a workbook; arguments and result as for ``table.read_csv``.

    Raises
    ------
    RefusedFile
        Empty, damaged, encrypted, too large when unpacked, no sheet with a column of text, title
        or address, a mapping to a column that doesn't exist, or no rows.
    """
    reading = Reading("excel", encoding="utf-8")
    if len(data) > MAX_EXCEL_BYTES:
        size = MAX_EXCEL_BYTES // 1024**2
        raise RefusedFile(f"larger than {size} MB", "save it as CSV", "excel")
    try:
        if data.startswith(b"PK"):
            _check_parts(data)
        return _read(data, file, mapping, reading)
    except RefusedFile as error:
        error.file_format = error.file_format or "excel"
        raise
    except MemoryError:
        raise
    except Exception as error:
        # The libraries answer a damaged part with whatever went wrong inside them.
        raise RefusedFile(*_DAMAGED, "excel") from error


def _check_parts(data: bytes) -> None:
    """Refuse an archive that expands too far, parts that declare entities, and sheets whose cells
    lie so far apart that the space between them takes memory."""
    size = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if not info.filename.lower().endswith((".xml", ".rels")):
                continue
            tail, column, line = b"", 1, 1
            is_sheet = info.filename.lower().startswith("xl/worksheets/")
            with archive.open(info) as part:
                while block := part.read(1 << 20):
                    size += len(block)
                    if size > _MAX_UNPACKED:
                        limit = _MAX_UNPACKED // 1024**2
                        raise RefusedFile(
                            f"too large: it expands to more than {limit} MB",
                            "split the table, or save it as CSV",
                        )
                    if _DOCTYPE.search(tail + block):
                        raise RefusedFile(
                            "the Excel file declares entities, which no workbook does",
                            "open it in Excel and save it again",
                        )
                    for letters, number in _PLACE.findall(tail + block) if is_sheet else ():
                        column, line = max(column, _column(letters)), max(line, int(number))
                    if column * line > _MAX_AREA:
                        reason = "its cells lie too far apart"
                        raise RefusedFile(reason, "delete what is far below or beside the table")
                    tail = block[-20:]


def _column(letters: bytes) -> int:
    """ "A" is 1, "AA" 27."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _read(data: bytes, file: str, mapping: Mapping[str, str] | None, reading: Reading) -> Reading:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        reason, remedy = "the workbook has a password", "save it without one"
        raise RefusedFile(reason, remedy) from None
    names = [s.name for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet][:100]
    sheets: list[_Sheet] = []
    refused: RefusedFile | None = None
    for name in names:
        try:
            found = _look(book.get_sheet_by_name(name), mapping)
        except RefusedFile as error:  # a mapping to a column of another sheet
            refused = refused or error
            continue
        if found is not None:
            sheets.append(found)
    if not sheets:
        raise refused or RefusedFile("the workbook has no rows", "export the table again")
    best = max(sheets, key=lambda s: (*_worth(s.columns), s.sample))
    check_columns(best.columns, best.names, "excel")
    others = [sheet for sheet in sheets if sheet is not best]
    if others:
        left = ", ".join(f"“{sheet.title[:40]}”" for sheet in others[:10])
        reason = f"only the sheet “{best.title[:40]}” was read; left out: {left}"
        remedy = "if they hold articles, save each as a file of its own"
        with_text = any("text" in sheet.columns.columns for sheet in others)
        reading.problems.append(Problem(None, None, reason, remedy if with_text else ""))
    if not best.has_header:
        reading.problems.append(Problem(None, None, "the table has no header", NO_HEADER))
    if best.above > 1:
        reason = f"{best.above - best.has_header} lines above the header were left out"
        reading.problems.append(Problem(None, None, reason))
    number_column = id_column(best.names)

    def rows(reading: Reading, cells: Cells) -> Iterator[Row]:
        return _rows(book.get_sheet_by_name(best.title), best, number_column)

    add_rows(rows, best.columns, file, reading, id_name=number_column)
    return reading


def _worth(columns: ColumnMap) -> tuple[bool, int]:
    return "text" in columns.columns, len(columns.columns)


def _cells_of(sheet: Any, width: int) -> Iterator[list[str]]:
    """Yield the rows of a sheet as text."""
    budget = _MAX_CELLS
    for row in sheet.iter_rows():
        kept = row[:width]
        budget -= 1 + sum(cell != "" for cell in kept)
        if budget < 0:
            raise RefusedFile(f"more than {_MAX_CELLS:,} cells", "save the table as CSV")
        yield [as_text(_whole(cell)) for cell in kept]


def _whole(cell: Any) -> Any:
    """A workbook knows one kind of number: 7 comes as 7.0."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _look(sheet: Any, mapping: Mapping[str, str] | None) -> _Sheet | None:
    """Return what a sheet holds, None when it holds nothing."""
    rows = list(islice(_cells_of(sheet, _MAX_COLUMNS), _HEAD_ROWS + SAMPLE_ROWS))
    filled = [i for i, row in enumerate(rows) if any(row)]
    if not filled:
        return None
    head = filled[:_HEAD_ROWS]
    known = {i: sum(is_known(cell) for cell in rows[i] if cell) for i in head}
    line = max(head, key=lambda i: (known[i], -i))
    if known[line] < 2 or known[line] <= known[head[0]]:
        line = head[0]
    width = max(i + 1 for row in rows for i, cell in enumerate(row) if cell)
    first = rows[line][:width]
    has_header = is_header([cell for cell in first if cell])
    above = line + 1 if has_header else line
    names = [cell.strip() for cell in first] if has_header else names_without_header(first)
    sample = [row[:width] for row in rows[above:] if any(row)][:SAMPLE_ROWS]
    columns = guess_columns(names, sample, mapping)
    return _Sheet(sheet.name, names, above, columns, len(sample), has_header)


def _rows(sheet: Any, found: _Sheet, number_column: str) -> Iterator[Row]:
    where = positions(found.columns, found.names, number_column)
    number = 0
    for i, row in enumerate(_cells_of(sheet, len(found.names))):
        if i < found.above or not any(row):
            continue
        number += 1
        cells: dict[str, str] | None = {}
        for field, places in where.items():
            assert cells is not None
            cells[field] = joined([row[place] for place in places], field)
        yield number, cells
