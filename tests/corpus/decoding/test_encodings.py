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


# Written for this test, in languages and encodings that no reported case has.
OLD = [
    ("cp1250", "Žluťoučký kůň příšerně úpěl ďábelské ódy, řekl včera starosta"),
    ("iso8859-2", "A kormány szerdán elfogadta a törvényt, amely őrzi a várost és gyűjti az adót"),
    ("cp852", "Vláda schválila návrh, který má zrychlit stavbu dálnic na východě země"),
    ("mac-latin2", "Rząd przyjął w środę ustawę, która ma przyspieszyć budowę dróg na wschodzie"),
    (
        "iso8859-9",
        "Hükümet çarşamba günü yol yapımını hızlandıracak yasayı kabul etti, dediği gibi",
    ),
    (
        "cp1252",
        "Ríkisstjórnin samþykkti á miðvikudag frumvarp sem á að flýta vegagerð, það er nýtt",
    ),
    ("mac-roman", "A câmara decidiu alargar o cais; as populações não estão satisfeitas, disse"),
    ("mac-roman", "Kommunen beslutade på onsdagen att bygga ut kajen före vintern – äntligen"),
    ("cp850", "Der Stadtrat beschloss, die Brücke für größere Schiffe zu öffnen, hieß es"),
    ("cp1257", "Vyriausybė trečiadienį pritarė įstatymo projektui, kuris paspartins kelių statybą"),
    ("cp1251", "Общинският съвет реши да разшири северния кей преди зимата"),
    ("koi8-u", "Міська рада вирішила розширити північний причал до зими"),
    ("iso8859-5", "Правительство одобрило законопроект, который ускорит строительство дорог"),
    ("mac-cyrillic", "Рыбаки заблокировали шлюз на два часа, сообщила мэрия"),
    ("iso8859-7", "Η κυβέρνηση ενέκρινε την Τετάρτη το νομοσχέδιο για τους δρόμους"),
    ("cp1255", "הממשלה אישרה ביום רביעי את הצעת החוק שתזרז את סלילת הכבישים"),
    ("iso8859-6", "وافقت الحكومة يوم الأربعاء على مشروع القانون الذي سيسرع بناء الطرق"),
    ("cp874", "คณะรัฐมนตรีเห็นชอบร่างกฎหมายเร่งก่อสร้างถนนทางภาคตะวันออก"),
    ("big5hkscs", "政府星期三通過了加快東部公路建設的法案，居民們說這是好事。"),
    ("euc_jp", "政府は水曜日、東部の道路建設を早める法案を承認したと発表した。"),
    ("cp949", "정부는 수요일 동부 지역의 도로 건설을 앞당기는 법안을 승인했다."),
]


@pytest.mark.parametrize(("encoding", "text"), OLD)
def test_an_old_encoding_is_told_by_its_words(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert "not UTF-8 (line 1); read as" in decoded.problems[0].reason


@pytest.mark.parametrize("text", ["“Don’t,” said the mayor’s aide", "Café — naïve", "1 000 €"])
def test_western_text_with_little_beyond_ascii_is_windows_1252(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, *(text for _, text in OLD)])
def test_utf_16_needs_no_mark(encoding: str, text: str) -> None:
    decoded = decode((text + "\n1. 2").encode(encoding))
    assert (decoded.text, decoded.encoding) == (text + "\n1. 2", encoding)
    assert decoded.problems[0].remedy


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
