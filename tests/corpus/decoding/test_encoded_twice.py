"""Encodings that pass for another: 7-bit ones for ASCII, UTF-8 encoded twice for UTF-8."""

from __future__ import annotations

import pytest

from dashboard.corpus.decoding.encodings import decode

JAPANESE = "橋を直す\n\n町は橋を直すと発表した。工事は春に始まる。\n"
GERMAN = "Die Brücke\n\nDer Rat möchte die Brücke über den Fluss schließen – „für immer“.\n"
RUSSIAN = "Мост\n\nСовет решил закрыть мост через реку.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(JAPANESE, "iso2022_jp"), ("다리를 고친다\n\n시는 다리를 고친다고 밝혔다.\n", "iso2022_kr")],
)
def test_seven_bit_codes_are_read_and_said(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert decoded.problems[0].reason.startswith("read as ISO-2022-")


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_8_that_was_encoded_twice_is_undone_and_said(text: str, mark: str) -> None:
    # As programs do it: the bytes that Windows-1252 leaves open become control characters.
    garbled = "".join(
        bytes([byte]).decode("latin-1" if byte in (129, 141, 143, 144, 157) else "cp1252")
        for byte in text.encode()
    )
    decoded = decode((mark + garbled).encode())
    assert decoded.text == text
    assert "this was undone" in decoded.problems[0].reason


@pytest.mark.parametrize(
    "text", [GERMAN, RUSSIAN, "Ã¼ und Ã¶ heißen so, wenn „für“ falsch gelesen wird.", "25 Â°C"]
)
def test_a_text_that_is_right_is_left_alone(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.problems) == (text, [])


def test_a_part_of_a_file_is_not_undone() -> None:
    garbled = GERMAN.encode().replace(b"\x9e", b"").decode("latin-1").encode()
    assert decode(garbled, repair=False).problems == []
