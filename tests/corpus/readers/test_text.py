"""Plain text files."""

from __future__ import annotations

import pytest

from dashboard.corpus.readers import text
from dashboard.corpus.readers.text import read_text
from dashboard.corpus.record import RefusedFile


def test_one_file_is_one_record() -> None:
    reading = text.read_text(b"Some words.\r\nMore.", "bbc/a.txt", "bbc")
    (record,) = reading.records
    assert (record.file, record.row, record.folder) == ("bbc/a.txt", None, "bbc")
    assert record.text == "Some words.\nMore."
    assert (reading.format, reading.refused) == ("text", 0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        ("\ufeff\u200e".encode(), "empty"),
        (b"\0\1\2", "binary"),
        (b"<!DOCTYPE html><html><p>Hello", "web page"),
        (b"{\\rtf1 hello}", "RTF"),
        (b'{"title": "x"}', "JSON"),
    ],
)
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFile, match=reason):
        text.read_text(data, "a.txt")


def test_what_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_BYTES", 10)
    with pytest.raises(RefusedFile, match="larger than"):
        text.read_text(b"eleven bytes", "a.txt")


def test_the_id_is_of_the_record_as_read() -> None:
    def article_id(data: bytes, folder: str = "") -> str:
        return text.read_text(data, "a.txt", folder).records[0].article_id

    assert article_id(b"a\r\nb") == article_id(b"a\nb")
    assert article_id(b"a\nb") != article_id(b"a\nb", "bbc")


MARKDOWN = (
    "# Mill sold\n\n*By Ada Byron, 3 April 2023*\n\nThe [mill](https://a.example/b) is *sold*.\n"
)


def test_marks_of_markdown_are_no_text() -> None:
    text = read_text(MARKDOWN.encode(), "a.md").records[0].text
    assert text == "Mill sold\n\nBy Ada Byron, 3 April 2023\n\nThe mill is *sold*.\n"
    assert read_text(MARKDOWN.encode(), "a.txt").records[0].text == MARKDOWN
