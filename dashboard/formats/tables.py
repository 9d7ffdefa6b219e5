"""A table as the bytes of a file: the same for the pages and the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa
from pyarrow import feather, parquet

#: A spreadsheet reads a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_table(table: pd.DataFrame, kind: str) -> bytes:
    """A table as a file of a kind of :data:`TABLE_FORMATS`. Text is UTF-8; what can't be written in
    it (half of a surrogate pair) is a question mark. An empty table is a line of heads, or ``[]``,
    or no lines.

    In CSV and TSV, text that begins with ``= + - @``, a tab or a carriage return has an apostrophe
    before it, so that a spreadsheet doesn't run it; numbers, and the other kinds, are untouched.
    """
    return TABLE_FORMATS[kind].write(table)


def records_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows with Python's own values; what is missing is ``None``."""
    found = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in found]


def storable(table: pd.DataFrame) -> pd.DataFrame:
    """The table without halves of surrogate pairs, which databases and Arrow refuse."""

    def stored(cell: object) -> object:
        return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell

    made = table.copy()
    for name in made.columns:
        if made[name].dtype == object:
            made[name] = _each(stored, made[name])
    return made


def _each(change: Callable[[object], object], column: pd.Series[Any]) -> pd.Series[Any]:
    """The column with each cell changed, of no other type than before: pandas would make text of
    it, which can't hold half of a surrogate pair."""
    return pd.Series([change(cell) for cell in column], index=column.index, dtype=object)


def _separated(separator: str) -> Callable[[pd.DataFrame], bytes]:
    def safe(cell: object) -> object:
        if not isinstance(cell, str):
            return cell
        text = f"'{cell}" if cell.startswith(_FORMULA) else cell
        # A carriage return alone isn't quoted, and ends the row for some readers.
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def write(table: pd.DataFrame) -> bytes:
        written = table.rename(columns=safe)
        for name in written.columns:
            if not pd.api.types.is_numeric_dtype(written[name]):
                written[name] = _each(safe, written[name])
        text: str = written.to_csv(index=False, sep=separator, lineterminator="\n")
        return text.encode("utf-8", "replace")

    return write


def _json(table: pd.DataFrame) -> bytes:
    text = json.dumps(records_of(table), ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def _json_lines(table: pd.DataFrame) -> bytes:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in records_of(table)]
    return "".join(lines).encode("utf-8", "replace")


def _arrow(table: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(storable(table), preserve_index=False)


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    parquet.write_table(_arrow(table), buffer)
    return buffer.getvalue()


def _feather(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    feather.write_feather(_arrow(table), buffer, compression="uncompressed")  # any reader opens it
    return buffer.getvalue()


@dataclass(frozen=True)
class TableFormat:
    """A kind of file: what it is called, its media type, and what writes it."""

    label: str
    media_type: str
    write: Callable[[pd.DataFrame], bytes]


#: By the ending of the file, which ``--format`` takes.
TABLE_FORMATS: Final[Mapping[str, TableFormat]] = {
    "csv": TableFormat("CSV", "text/csv", _separated(",")),
    "tsv": TableFormat("TSV", "text/tab-separated-values", _separated("\t")),
    "json": TableFormat("JSON", "application/json", _json),
    "jsonl": TableFormat("JSON Lines", "application/jsonl", _json_lines),
    "parquet": TableFormat("Parquet", "application/vnd.apache.parquet", _parquet),
    "arrow": TableFormat("Arrow", "application/vnd.apache.arrow.file", _feather),
}
