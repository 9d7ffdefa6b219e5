"""Tables: CSV with any delimiter and Parquet, one article a row.

Columns are found by name, without regard to case: text (needed), title, source, date, url and
authors. Cells are text as written: "NA", "null" and "007" stay what they are.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..article import tidy
from ..report import Problem
from .decoding import decode
from .delimited import Rows, read_rows
from .record import Reading, Record, RefusedFile
from .table_dates import read_dates

COLUMNS = ("title", "text", "source", "date", "url", "authors")
_ALSO = {"author": "authors"}
MAX_CSV_BYTES = 200 * 1024 * 1024
# Parquet can expand a thousandfold: what comes out is counted, not what lies on the disk.
MAX_PARQUET_TEXT = 500 * 1024 * 1024
_BATCH_ROWS = 256
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))

Cells = dict[str, str]


def read_csv(data: bytes, file: str) -> Reading:
    """Read a CSV file (comma, semicolon, tab or bar between its cells).

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name for the report.

    Returns
    -------
    Reading
        A record per row with text; the other rows are refused, each with a problem.

    Raises
    ------
    RefusedFile
        Empty, binary, too large, unreadable quoting, no column "text", or no rows.
    """
    if len(data) > MAX_CSV_BYTES:
        raise RefusedFile(
            f"larger than {MAX_CSV_BYTES // 1024**2} MB",
            "split the table into several files",
            "csv",
        )
    decoded = decode(data, nul_allowed=True)
    table = read_rows(decoded.text, {*COLUMNS, *_ALSO})
    reading = Reading("csv", problems=list(decoded.problems), encoding=decoded.encoding)
    columns = _find_columns(table.header, reading)
    _read_cells(_csv_cells(table, columns, reading), file, reading)
    return reading


def _find_columns(header: list[str], reading: Reading) -> dict[str, int]:
    """Return the position of each known column in the header; refuse a table without text."""
    columns: dict[str, int] = {}
    for position, name in enumerate(header):
        name = _ALSO.get(name, name)
        if name in columns:
            reason = f"there are two columns named {name}; the first is read"
            reading.problems.append(Problem(None, name, reason, "rename one of them"))
        elif name in COLUMNS:
            columns[name] = position
    if "text" not in columns:
        names = ", ".join(name or "(no name)" for name in header[:20])
        raise RefusedFile(
            f"no column is named text; the columns are: {names[:300]}",
            "name the column that holds the articles text",
            reading.format,
        )
    return columns


def _csv_cells(
    table: Rows, columns: dict[str, int], reading: Reading
) -> Iterator[tuple[int, Cells | None]]:
    """Yield each data row's number and cells, None for a row that can't be trusted."""
    width = len(table.header)
    for number, row in enumerate(table.rows, 1):
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            reason = f"the row has {len(row)} columns, expected {width}"
            remedy = "put quotes around cells that hold the delimiter"
            reading.problems.append(Problem(number, None, reason, remedy))
            yield number, None
            continue
        if len(row) < width:
            reason = f"the row has {len(row)} columns, expected {width}; the rest is read as empty"
            reading.problems.append(Problem(number, None, reason, "complete the row"))
        cells = {name: row[i] if i < len(row) else "" for name, i in columns.items()}
        nul = [name for name, cell in cells.items() if "\0" in cell]
        for name in nul:
            cells[name] = cells[name].replace("\0", "")
            reading.problems.append(Problem(number, name, "control characters (NUL) were left out"))
        yield number, cells


def _read_cells(rows: Iterator[tuple[int, Cells | None]], file: str, reading: Reading) -> None:
    """Turn rows into records; ``reading`` gets them, the refused rows and the problems."""
    numbers: list[int] = []
    kept: list[Cells] = []
    for number, cells in rows:
        if cells is None:
            reading.refused += 1
        elif not _has_text(cells.get("text", "")):
            reading.refused += 1
            reading.problems.append(
                Problem(number, "text", "empty text", "fill the cell or remove the row")
            )
        else:
            numbers.append(number)
            kept.append(cells)
    if not kept and not reading.refused:
        raise RefusedFile("the table has no rows", "export the table again", reading.format)
    dates, problems = read_dates(
        [cells.get("date", "") for cells in kept], [cells.get("url", "") for cells in kept], numbers
    )
    reading.problems.extend(problems)
    for number, cells, date in zip(numbers, kept, dates, strict=True):
        reading.records.append(
            Record(
                file=file,
                row=number,
                text=cells["text"].replace("\r\n", "\n").replace("\r", "\n"),
                title=_one_spelling(cells.get("title", "")),
                source=_one_spelling(cells.get("source", "")),
                date=cells.get("date", "").strip(),
                url=cells.get("url", "").strip(),
                authors=_one_spelling(cells.get("authors", "")),
                date_field=date,
            )
        )


def _has_text(text: str) -> bool:
    # Most cells show it at once; only those that may be blank are looked at as a whole.
    return bool(tidy(text[:40].translate(_ZERO_WIDTH)) or tidy(text.translate(_ZERO_WIDTH)))


def _one_spelling(text: str) -> str:
    # The two ways to write "é" must not make two sources.
    return unicodedata.normalize("NFC", tidy(text))


def read_parquet(path: Path, file: str) -> Reading:
    """Read a Parquet file; arguments, result and errors as for ``read_csv``.

    Raises
    ------
    RefusedFile
        Damaged, too large when unpacked, no column "text" or one that holds no text, no rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    reading = Reading("parquet", encoding="utf-8")
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as table:
            schema = table.schema_arrow
            columns = _find_columns([tidy(name).lower() for name in schema.names], reading)
            kind = schema.field(columns["text"]).type
            if pa.types.is_dictionary(kind):
                kind = kind.value_type
            if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)
                    or pa.types.is_string_view(kind) or pa.types.is_null(kind)):  # fmt: skip
                raise RefusedFile(
                    f"the column text holds another type ({kind}), not text",
                    "export the articles' text into it",
                    "parquet",
                )
            names = {name: schema.names[i] for name, i in columns.items()}
            _read_cells(_parquet_cells(table, names, reading), file, reading)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise RefusedFile(
            f"the Parquet file is damaged or incomplete ({_first_line(error)})",
            "export or download it again",
            "parquet",
        ) from error
    return reading


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:160]


def _parquet_cells(
    table: Any, names: dict[str, str], reading: Reading
) -> Iterator[tuple[int, Cells | None]]:
    number = 0
    size = 0
    for batch in table.iter_batches(_BATCH_ROWS, columns=sorted(set(names.values()))):
        size += batch.nbytes
        if size > MAX_PARQUET_TEXT:
            raise RefusedFile(
                f"too large: it expands to more than {MAX_PARQUET_TEXT // 1024**2} MB",
                "split the table into several files",
                "parquet",
            )
        values = {name: _values(batch.column(column)) for name, column in names.items()}
        for i in range(batch.num_rows):
            number += 1
            cells: Cells | None = {}
            for name, column in values.items():
                try:
                    cell = _as_text(column[i])
                except UnicodeDecodeError:
                    reason = f"the cell {name} holds bytes that are no text"
                    reading.problems.append(Problem(number, name, reason, "export the row again"))
                    cells = None
                    break
                assert cells is not None
                cells[name] = cell
            yield number, cells


def _values(column: Any) -> list[Any]:
    """Return a column's cells; text as bytes, since Arrow doesn't check that it is UTF-8."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        column = column.cast(pa.large_binary())
    elif pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", tz=kind.tz), safe=False)
    values: list[Any] = []
    for scalar in column:
        try:
            values.append(scalar.as_py())
        except (ValueError, OverflowError):  # a year that the calendar module can't hold
            values.append("a date out of range")
    return values


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, dt.datetime):
        # Midnight of a naive timestamp is how a day is stored.
        naive_day = value.tzinfo is None and value.time() == dt.time()
        return value.date().isoformat() if naive_day else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value != value:
        return ""
    if isinstance(value, list):
        return "; ".join(_as_text(item) for item in value if item is not None)
    return str(value)
