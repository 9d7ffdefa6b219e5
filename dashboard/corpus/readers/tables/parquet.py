"""Parquet, one article a row; what comes out of it is counted, not what lies on the disk."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from dashboard.corpus.limits import most_unpacked
from dashboard.corpus.readers.tables.cells import Cells
from dashboard.corpus.readers.tables.columns import SAMPLE_ROWS, guess_columns, id_column
from dashboard.corpus.readers.tables.mapping import OWN, ColumnMap, split_column
from dashboard.corpus.readers.tables.nested import as_text, flatten, follow, own_cell, path_of
from dashboard.corpus.readers.tables.rows import (
    MAX_COLUMNS,
    Row,
    add_rows,
    check_columns,
    joined,
    too_many_columns,
)
from dashboard.corpus.record import Reading, RefusedFile, Sink
from dashboard.corpus.report import Problem
from dashboard.errors import is_memory

# Parquet can expand a thousandfold: what comes out is counted, against a limit and the file's size.
_MAX_RATIO = 200
_SMALL = 20 * 1024 * 1024  # up to so much, no ratio is suspicious
_BATCH_ROWS = 256
_BUFFER = 1024 * 1024
_SAMPLE_COLUMNS = 300


def read_parquet(
    source: bytes | IO[bytes],
    file: str,
    mapping: Mapping[str, str] | None = None,
    sink: Sink | None = None,
) -> Reading:
    """Read a Parquet file, some rows at a time; arguments and result as for ``read_csv``.

    Raises
    ------
    RefusedFile
        Damaged, too large when unpacked, no column of text, title or address, a column of text
        that holds another type, a mapping to a column that doesn't exist, or no rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    reading = Reading("parquet", encoding="utf-8", sink=sink)
    opened = pa.BufferReader(source) if isinstance(source, bytes) else source
    size = len(source) if isinstance(source, bytes) else source.seek(0, io.SEEK_END)
    limit = min(most_unpacked(size), max(_SMALL, _MAX_RATIO * size))
    try:
        # The columns of a row group are read piece by piece, not as a whole.
        with (
            _refusing_damage(),
            pq.ParquetFile(
                opened, page_checksum_verification=True, buffer_size=_BUFFER, pre_buffer=False
            ) as table,
        ):
            names = _column_names(table.schema_arrow)
            if len(names) > MAX_COLUMNS:
                raise too_many_columns(len(names), "parquet")
            sample = _sample(table, names, limit)
            columns = guess_columns(names, sample, mapping)
            columns.others = _where_needed(columns, names, sample)
            check_columns(columns, names, "parquet")
            _check_type(table.schema_arrow, columns, names)
            number_column = id_column(names)

            def rows(reading: Reading, cells: Cells) -> Iterator[Row]:
                return _rows(table, names, columns, number_column, reading, limit)

            add_rows(rows, columns, file, reading, id_name=number_column)
    except RefusedFile as error:
        error.file_format = error.file_format or "parquet"
        raise
    return reading


def rows_of_parquet(data: bytes) -> list[dict[str, Any]]:
    """The rows of a small table as they are, by name of the column. Raises ``RefusedFile``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = pa.BufferReader(data)
    with _refusing_damage(), pq.ParquetFile(source, page_checksum_verification=True) as table:
        limit = min(most_unpacked(len(data)), max(_SMALL, _MAX_RATIO * len(data)))
        rows, size = list[dict[str, Any]](), 0
        for batch in table.iter_batches(_BATCH_ROWS):
            size += batch.nbytes
            _count(size, limit)
            rows += batch.to_pylist()
        return rows


@contextmanager
def _refusing_damage() -> Iterator[None]:
    """Raise ``RefusedFile`` where pyarrow can't read on."""
    import pyarrow as pa

    try:
        yield
    except MemoryError:  # pyarrow's own is one of its exceptions too
        raise
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        if is_memory(error):
            raise MemoryError from error
        raise RefusedFile(
            f"the Parquet file is damaged or incomplete ({_first_line(error)})",
            "export or download it again",
            "parquet",
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:160]


def _column_names(schema: Any) -> list[str]:
    """Return the columns, those within others as "source.name" and "authors[].name"."""
    names: list[str] = []
    for column in schema:
        names += _names_within(column.name, column.type, 0)
    return names


def _names_within(name: str, kind: Any, depth: int) -> list[str]:
    import pyarrow as pa

    if depth < 6 and pa.types.is_struct(kind):
        return [
            n for part in kind for n in _names_within(f"{name}.{part.name}", part.type, depth + 1)
        ]
    is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    if depth < 6 and is_list and pa.types.is_struct(kind.value_type):
        return _names_within(name + "[]", kind.value_type, depth + 1)
    return [name]


def _top(name: str, schema: Any) -> str:
    """Return the column of the file that holds a flattened one."""
    return name if name in schema.names else name.partition(".")[0].removesuffix("[]")


def _sample(table: Any, names: list[str], limit: int) -> list[list[str]]:
    """Return the first rows as text, as far as they can be read at all."""
    schema = table.schema_arrow
    tops = sorted({_top(name, schema) for name in names[:_SAMPLE_COLUMNS]})
    batch = next(iter(table.iter_batches(SAMPLE_ROWS, columns=tops)), None)
    if batch is None:
        return []
    decoded = {top: _decoded(batch.column(top)) for top in tops}
    _count(sum(column.nbytes for column in decoded.values()), limit)
    values = {top: _values(column) for top, column in decoded.items()}
    rows: list[list[str]] = []
    for i in range(batch.num_rows):
        record = {top: column[i] for top, column in values.items()}
        try:
            flat = flatten(record)
            rows.append([as_text(flat.get(name)) for name in names])
        except UnicodeDecodeError:
            continue
    return rows


def _where_needed(
    columns: ColumnMap, names: list[str], sample: list[list[str]]
) -> dict[str, list[str]]:
    """Return ``others`` for fields that the sample shows to be empty somewhere: here a column that
    isn't needed isn't read."""

    def is_full(field: str) -> bool:
        places = [names.index(part) for part in split_column(columns.columns[field], names)]
        return bool(sample) and all(any(row[i].strip() for i in places) for row in sample)

    return {field: found for field, found in columns.others.items() if not is_full(field)}


def _check_type(schema: Any, columns: ColumnMap, names: list[str]) -> None:
    import pyarrow as pa

    for column in split_column(columns.columns.get("text", ""), names):
        if column not in schema.names:
            continue
        kind = schema.field(column).type
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
        plain = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view,
                 pa.types.is_null, pa.types.is_list, pa.types.is_large_list, pa.types.is_binary,
                 pa.types.is_large_binary)  # fmt: skip
        if not any(check(kind) for check in plain):
            raise RefusedFile(
                f"the column {column} holds another type ({kind}), not text",
                "export the articles' text into it, or name another column as the text",
                "parquet",
            )


def _count(size: int, limit: int) -> None:
    if size > limit:
        raise RefusedFile(
            f"too large: it expands to more than {limit // 1024**2} MB",
            "split the table into several files",
            "parquet",
        )


def _rows(
    table: Any,
    names: list[str],
    columns: ColumnMap,
    number_column: str,
    reading: Reading,
    limit: int,
) -> Iterator[Row]:
    schema = table.schema_arrow
    wanted = {
        field: [(part, path_of(part), _top(part, schema)) for part in split_column(column, names)]
        for field, column in columns.cells.items()
    }
    if number_column:
        top = _top(number_column, schema)
        wanted["id"] = [(number_column, path_of(number_column), top)]
    tops = sorted({top for parts in wanted.values() for *_, top in parts})
    number = size = 0
    for batch in table.iter_batches(_BATCH_ROWS, columns=tops):
        decoded = {top: _decoded(batch.column(top)) for top in tops}
        size += sum(column.nbytes for column in decoded.values())
        _count(size, limit)
        values = {top: _values(column) for top, column in decoded.items()}
        found = {field: _texts(values, parts, field) for field, parts in wanted.items()}
        for row in zip(*found.values(), strict=True):
            number += 1
            cells = dict(zip(found, row, strict=True))
            if None in row:
                field = next(field for field, cell in cells.items() if cell is None)
                name = columns.cells.get(field, number_column)
                reason = f"the cell {name} holds bytes that are not text"
                reading.note(Problem(number, name, reason, "export the row again"))
                yield number, None
            else:
                yield number, cells


def _texts(
    values: dict[str, list[Any]], parts: list[tuple[str, tuple[str, ...], str]], field: str
) -> list[str | None]:
    """Return the cells of a field as text, None for those that are not text."""
    joiner = "\n\n" if field == "text" else "; "
    if field.startswith(OWN):
        (name, path, top), *_ = parts
        return [
            own_cell(value if name == top else follow({top: value}, name, path))
            for value in values[top]
        ]
    columns = [_texts_of(values[top], name, path, top, joiner) for name, path, top in parts]
    if len(columns) == 1:
        return columns[0]
    return [
        None if None in found else joined([cell for cell in found if cell is not None], field)
        for found in zip(*columns, strict=True)
    ]


def _texts_of(
    column: list[Any], name: str, path: tuple[str, ...], top: str, joiner: str
) -> list[str | None]:
    if name == top and all(value is None or type(value) is str for value in column):
        return [value or "" for value in column]
    found: list[str | None] = []
    for value in column:
        try:
            found.append(as_text(follow({top: value}, name, path), joiner))
        except UnicodeDecodeError:
            found.append(None)
    return found


def _decoded(column: Any) -> Any:
    """Return a column without a dictionary, which would hide how much there is of it."""
    import pyarrow as pa

    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _values(column: Any) -> list[Any]:
    """Return a column's cells; text as bytes where some isn't UTF-8, which Arrow doesn't check."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        try:
            return list(column.to_pylist())
        except UnicodeDecodeError:  # in one of the cells, which is to be found
            column = column.cast(pa.large_binary())
    elif pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", tz=kind.tz), safe=False)
    values: list[Any] = []
    for scalar in column:
        try:
            values.append(scalar.as_py())
        except UnicodeDecodeError:
            values.append(b"\xff")  # no text: said of its row when the cell is read
        except (ValueError, OverflowError):  # a year that the calendar module can't hold
            values.append("a date out of range")
    return values
