"""Tables that are larger than what is seen of them at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.corpus.decoding import window
from dashboard.corpus.readers.json import items
from dashboard.corpus.readers.json import records as json_records
from dashboard.corpus.readers.registry import read_data
from dashboard.corpus.readers.tables import delimited
from dashboard.corpus.record import Reading, Record, RefusedFile

TEXT = "The council voted on Tuesday to fund a new bridge, after years of debate. Number {}."


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Called, it makes the windows so small that every file here is read in pieces."""

    def shrink() -> None:
        monkeypatch.setattr(window, "WHOLE", 300)
        monkeypatch.setattr(window, "_STEP", 90)
        monkeypatch.setattr(window, "_CHUNK", 53)

    return shrink


def csv(rows: int = 40, end: str = "\n", date: str = "2024-05-{:02}") -> str:
    lines = ["title,text,date,url"]
    for i in range(rows):
        text = TEXT.format(i) + ("\n\nAnd “more” lines, é." if i % 3 == 0 else "")
        lines.append(f'Bridge {i},"{text}",{date.format(i % 28 + 1)},https://a.example/{i}')
    return end.join(lines) + end


def records(rows: int = 40) -> list[dict[str, object]]:
    return [
        {"title": f"Bridge {i}", "text": TEXT.format(i) + " “é”", "tags": [{"a": "]"}, "}"]}
        for i in range(rows)
    ]


LINES = "".join(json.dumps(record) + "\n" for record in records())
ARRAY = json.dumps(records(), ensure_ascii=False, indent=1)
CASES = {
    "plain.csv": csv().encode(),
    "crlf.csv": csv(end="\r\n").encode("utf-8-sig"),
    "cr.csv": csv(end="\r").encode(),
    "utf16.csv": csv().encode("utf-16"),
    "utf32.csv": csv().encode("utf-32-be").join([b"\0\0\xfe\xff", b""]),
    "months.csv": csv(date="{:02}/05/2024").encode(),
    "unclear.csv": csv(rows=10, date="{:02}/05/2024").encode(),
    "stray.csv": csv().replace("Bridge 20,", '"Bridge 20,').encode(),
    "unclosed.csv": csv().encode() + b'Last,"a text that goes on and on without an end to it',
    "ragged.csv": csv().replace("https://a.example/30", "x,y,z").encode(),
    "mixed.csv": csv().encode() + "Café,Ein Café am Fluß steht leer.,,\n".encode("cp1252"),
    "lines.jsonl": LINES.encode(),
    "broken.jsonl": LINES.replace('{"title": "Bridge 30"', '{"title": "Bridge 30').encode(),
    "cut.jsonl": LINES.encode()[:-40],
    "array.json": ARRAY.encode(),
    "damaged.json": ARRAY.replace('"Bridge 30",', '"Bridge 30" oops').encode(),
    "cut.json": ARRAY.encode()[:-70],
    "objects.json": json.dumps({"articles": records()}).encode(),
    "doubled.json": json.dumps(records()).replace('"text"', '"a": 1, "a": 2, "text"').encode(),
}


@pytest.mark.parametrize("name", CASES)
def test_a_table_read_in_pieces_gives_the_same(name: str, pieces: Callable[[], None]) -> None:
    whole = read_data(CASES[name], name)
    pieces()
    held: list[Record] = []
    reading = read_data(io.BytesIO(CASES[name]), name, sink=held.append)
    assert reading.records == []
    assert held == whole.records
    assert reading.refused == whole.refused
    if name != "mixed.csv":  # whose first part is plain: the odd line is not foreseen there
        assert reading.problems == whole.problems
    assert (reading.format, reading.columns) == (whole.format, whole.columns)
    assert len(held) > 9


def test_the_windows_stay_small(
    pieces: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: set[int] = set()
    read = window.Window._read

    def watch(self: window.Window, size: int) -> None:
        read(self, size)
        sizes.add(len(self.text))

    monkeypatch.setattr(window.Window, "_read", watch)
    pieces()
    for name in ("plain.csv", "lines.jsonl", "array.json", "stray.csv"):
        data = CASES[name]
        sizes.clear()
        read_data(io.BytesIO(data), name, sink=lambda record: None)
        assert max(sizes) < 1000 < len(data)


def test_a_row_without_end_is_no_row(
    pieces: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces()
    monkeypatch.setattr(window, "LONGEST", 2000)
    monkeypatch.setattr(delimited, "LONGEST", 2000)
    endless = csv(5) + 'Last,"' + "words that never end, " * 900
    with pytest.raises(RefusedFile, match="quotation mark is missing"):
        read_data(io.BytesIO(endless.encode()), "a.csv")
    monkeypatch.setattr(items, "LONGEST", 2000)
    broken = ARRAY.encode().replace(b'"Bridge 30"', b'"Bridge 30')
    reading = read_data(io.BytesIO(broken), "a.json")
    assert len(reading.records) + reading.refused > 30
    assert reading.problems[0].row == 31
    assert "JSON" in reading.problems[0].reason


def test_of_a_very_large_object_the_first_list_is_read(
    pieces: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces()
    monkeypatch.setattr(json_records, "_LARGEST_OBJECT", 500)
    reading = read_data(io.BytesIO(CASES["objects.json"]), "a.json")
    assert len(reading.records) == 40
    assert "only the first list" in reading.problems[0].reason
    single = b'{"text": "' + b"a word and another " * 50 + b'"}'
    with pytest.raises(RefusedFile, match="no list in it"):
        read_data(io.BytesIO(single), "a.json")


def test_parquet_may_be_gone_through_twice() -> None:
    rows = [(f"{i % 12 + 1}/05/2024", TEXT.format(i)) for i in range(600)]
    rows[599] = ("31/05/2024", "The last of them settles what comes first.")
    buffer = io.BytesIO()
    dates, texts = zip(*rows, strict=True)
    pq.write_table(pa.table({"date": dates, "text": texts}), buffer, row_group_size=100)
    buffer.seek(0)
    reading: Reading = read_data(buffer, "a.parquet")
    assert [record.text for record in reading.records] == list(texts)
    assert {record.date_field.value for record in reading.records[:12]} == {
        f"2024-05-{day:02}" for day in range(1, 13)
    }


def test_a_window_forgets_and_grows() -> None:
    def more() -> Iterator[str]:
        yield from ("ab\n", "cd\n", "ef")

    seen = window.Window("", more(), 8)
    assert (seen.text, seen.at_end, seen.slide(3)) == ("ab\ncd\nef", True, 0)
    assert (seen.line_end(3), seen.line_end(6)) == (5, 8)
    assert not seen.grow()
