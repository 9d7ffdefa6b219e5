"""A reader that has no memory says so; it never calls the file damaged."""

from __future__ import annotations

import io
from collections.abc import Callable

import pandas as pd
import pyarrow as pa
import pytest

from dashboard.corpus.readers.tables import excel, parquet
from dashboard.corpus.readers.web import warc

ROWS = pd.DataFrame({"title": ["The bridge opens"], "text": ["It opened on Monday."]})


def as_parquet() -> bytes:
    data = io.BytesIO()
    ROWS.to_parquet(data)
    return data.getvalue()


def no_memory(*args: object, **named: object) -> None:
    raise MemoryError


def no_arrow_memory(*args: object, **named: object) -> None:
    raise pa.ArrowMemoryError("malloc of size 166592 failed")


def no_thread(*args: object, **named: object) -> None:
    raise OSError("Unknown error: Failed to launch worker thread: Resource temporarily unavailable")


@pytest.mark.parametrize(
    ("where", "fails", "read"),
    [
        ("pyarrow.parquet.ParquetFile", no_memory,
         lambda: parquet.read_parquet(as_parquet(), "a.parquet")),
        ("pyarrow.parquet.ParquetFile", no_arrow_memory,
         lambda: parquet.read_parquet(as_parquet(), "a.parquet")),
        ("pyarrow.parquet.ParquetFile", no_thread,
         lambda: parquet.read_parquet(as_parquet(), "a.parquet")),
        ("dashboard.corpus.readers.tables.excel._read", no_memory,
         lambda: excel.read_excel(b"", "a.xlsx")),
        ("dashboard.corpus.readers.web.warc._block", no_memory,
         lambda: warc.read_warc(
             b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "a.warc")),
    ],
)  # fmt: skip
def test_want_of_memory_is_no_damage(
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    fails: Callable[..., None],
    read: Callable[[], object],
) -> None:
    monkeypatch.setattr(where, fails)
    with pytest.raises(MemoryError):
        read()
