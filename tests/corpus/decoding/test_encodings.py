"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest

from dashboard.corpus.decoding.encodings import decode
from dashboard.corpus.record import RefusedFile

TEXT = "Café — “fête”, naïve\nsecond line"


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (TEXT.encode(), "utf-8", ""),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", ""),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le", "UTF-32"),
        (TEXT.encode("cp1252"), "cp1252", "Windows-1252"),
    ],
)
def test_encodings(data: bytes, encoding: str, said: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)
    assert [said in problem.reason for problem in decoded.problems] == [True] * bool(said)


def test_bytes_that_no_western_code_has_are_latin_1() -> None:
    decoded = decode(b"caf\xe9 \x81")
    assert (decoded.encoding, decoded.text) == ("latin-1", "café \x81")
    assert "Latin-1" in decoded.problems[0].reason


def test_a_few_old_bytes_in_utf_8() -> None:
    decoded = decode("Café ñandú ü\n".encode() + b"caf\xe9\n")
    assert (decoded.encoding, decoded.text) == ("utf-8", "Café ñandú ü\ncafé\n")
    assert "line 2" in decoded.problems[0].reason


def test_another_alphabet_is_suspected() -> None:
    decoded = decode("Путин прибыл в Пекин с визитом".encode("cp1251"))
    assert "most letters look wrong" in decoded.problems[0].remedy


def test_line_ends() -> None:
    assert decode(b"a\r\nb\rc\n").text == "a\nb\nc\n"
    assert decode(b"").text == ""


@pytest.mark.parametrize(
    "data",
    [
        b"text\0text",
        bytes(range(256)),
        b"\x89PNG\r\n\x1a\nyyyyyyyyyyyy",
        b"%PDF-1.7 words",
        codecs.BOM_UTF16_LE + b"\x01\x00\x02\x00a\x00",
        b"\x01\x02\x03 and some words",
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedFile, match="binary"):
        decode(data)


def test_a_table_may_hold_a_stray_nul() -> None:
    assert decode(b"text\n" + b"a" * 200 + b"\0", nul_allowed=True).text.endswith("\0")
