from __future__ import annotations

import io
import zipfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from dashboard.corpus.readers.documents import looks_like_document, read_document
from dashboard.corpus.readers.office import paragraphs, rtf
from dashboard.corpus.readers.office.paragraphs import docx_paragraphs
from dashboard.corpus.record import RefusedFile

SENTENCE = "The parliament voted on Thursday to delay the bill until after the summer recess."


def docx(build: Any = None) -> bytes:
    from docx import Document

    document = Document()
    if build is None:
        document.add_paragraph("Bill is delayed again", style="Title")
        document.add_paragraph(SENTENCE)
    else:
        build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rewritten(data: bytes, replace: dict[str, bytes], drop: tuple[str, ...] = ()) -> bytes:
    """The same document with other members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in drop:
                new.writestr(name, replace.get(name, old.read(name)))
        for name in replace.keys() - set(old.namelist()):
            new.writestr(name, replace[name])
    return out.getvalue()


def with_body(xml: str) -> bytes:
    return rewritten(
        docx(),
        {
            "word/document.xml": (
                '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w='
                '"http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                f"<w:body>{xml}</w:body></w:document>"
            ).encode()
        },
    )


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx_paragraphs(data)]


def test_a_word_document_is_one_article_with_its_heading_as_title() -> None:
    reading = read_document(docx(), "a.docx", "Daily Planet")
    (record,) = reading.records
    assert (reading.format, reading.refused, reading.problems) == ("docx", 0, [])
    assert record.row is None
    assert record.folder == "Daily Planet"
    assert record.title == record.fields["title"].value == "Bill is delayed again"
    assert record.fields["title"].basis == "stated"
    assert record.text == f"Bill is delayed again\n\n{SENTENCE}"
    assert not record.cleaned


def test_without_a_heading_the_title_is_left_to_the_cleaning() -> None:
    (record,) = read_document(docx(lambda d: d.add_paragraph(SENTENCE)), "a.docx").records
    assert (record.title, record.fields) == ("", {})


def test_tables_stand_where_they_stood() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Before")
        table = document.add_table(2, 2)
        for i, text in enumerate(("Party", "Seats", "Greens", "12")):
            table.cell(i // 2, i % 2).text = text
        document.add_paragraph("After")
        layout = document.add_table(1, 1).cell(0, 0)
        layout.text = "First"
        layout.add_paragraph("Second")

    expected = ["Before", "Party | Seats", "Greens | 12", "After", "First", "Second"]
    assert texts(docx(build)) == expected


def test_controls_insertions_links_and_text_boxes_are_read_and_deletions_are_not() -> None:
    data = with_body(
        f"<w:sdt><w:sdtContent>{p('In a content control')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t xml:space='preserve'>Kept </w:t></w:r>"
        "<w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        "<w:hyperlink><w:r><w:t xml:space='preserve'> linked</w:t></w:r></w:hyperlink>"
        "<w:r><w:tab/><w:t>far</w:t><w:br/><w:t>below</w:t></w:r></w:p>"
        f"<w:p><w:r><w:pict><w:txbxContent>{p('Boxed')}</w:txbxContent></w:pict></w:r></w:p>"
    )
    assert texts(data) == ["In a content control", "Kept inserted linked far", "below", "Boxed"]


def test_a_cell_that_says_it_spans_a_billion_columns_is_one_cell() -> None:
    span = '<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'
    merge = '<w:tcPr><w:vMerge w:val="continue"/></w:tcPr>'
    rows = f"<w:tr><w:tc>{span}{p('wide')}</w:tc></w:tr>" + (
        f"<w:tr><w:tc>{merge}{p('below')}</w:tc></w:tr>" * 2000
    )
    found = texts(with_body(f"<w:tbl><w:tblGrid/>{rows}</w:tbl>"))
    assert len(found) == 2001


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"Just some text, saved under the wrong name.", "not a Word document"),
        (b"%PDF-1.7 ...", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or password-protected"),
        (b"PK\x03\x04" + bytes(50), "damaged or incomplete"),
    ],
)
def test_what_is_no_word_document_is_refused_with_a_line(data: bytes, words: str) -> None:
    with pytest.raises(RefusedFile, match=words) as refused:
        read_document(data, "a.docx")
    assert refused.value.remedy
    assert "\n" not in refused.value.reason


@pytest.mark.parametrize("part", [0.3, 0.7, 0.98])
def test_a_truncated_document_is_refused(part: float) -> None:
    data = docx()
    with pytest.raises(RefusedFile, match="damaged or incomplete"):
        read_document(data[: int(part * len(data))], "a.docx")


def test_other_archives_under_its_name_are_named() -> None:
    for member, kind in (("xl/workbook.xml", "Excel"), ("a/b.txt", "ZIP archive")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(member, "x")
        with pytest.raises(RefusedFile, match=kind):
            read_document(out.getvalue(), "a.docx")


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(RefusedFile, match="no text"):
        read_document(docx(lambda d: d.add_paragraph("  ")), "a.docx")


def test_broken_xml_and_missing_parts_are_damage() -> None:
    broken = rewritten(docx(), {"word/document.xml": b"<w:document><w:body>"})
    missing = rewritten(docx(), {}, ("word/document.xml",))
    for data in (broken, missing):
        with pytest.raises(RefusedFile, match="damaged"):
            read_document(data, "a.docx")


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">'
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><w:document xmlns:w='
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Seen &e; &b;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = rewritten(docx(), {"word/document.xml": xml.encode()})
    assert "SECRET" not in " ".join(texts(data))


def test_a_bomb_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = rewritten(docx(), {"word/media/image1.png": bytes(40 * 1024 * 1024)})
    with pytest.raises(RefusedFile, match="unpacks to far more"):
        read_document(bomb, "a.docx")
    monkeypatch.setattr(paragraphs, "MAX_UNPACKED", 10_000)
    with pytest.raises(RefusedFile, match="unpacks to far more"):
        read_document(docx(), "a.docx")


def test_content_decides_before_the_name() -> None:
    word = docx()
    assert looks_like_document(word[:65536], "x.bin")
    assert looks_like_document(b"{\\rtf1 hello}", "x.txt")
    assert looks_like_document(b"\xd0\xcf\x11\xe0", "x.doc")
    assert not looks_like_document(b"\xd0\xcf\x11\xe0", "x.xls")
    assert not looks_like_document(b"plain text", "x.docx")
    assert not looks_like_document(b"PK\x03\x04....xl/workbook.xml", "x.docx")


RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}"
    r"{\f1\fnil\fcharset204 Arial Cyr;}}{\colortbl;\red0\green0\blue0;}"
    r"{\*\generator Riched20;}\pard\f0\fs24 %s\par}"
)


def test_an_rtf_document_is_one_article() -> None:
    body = (
        r"Caf\'e9 d\u233?j\u224? vu \ldblquote quoted\rdblquote\par "
        r"{\f1\'cf\'f0\'e8\'e2\'e5\'f2}\par emoji \u-10179?\u-8704?\par "
        r'{\field{\*\fldinst{HYPERLINK "http://example.com/x"}}{\fldrslt{the link}}}\par '
        r"\trowd\cellx100 Party\cell Seats\cell\row Greens\cell 12\cell\row"
    )
    reading = read_document((RTF % body).encode(), "a.rtf", "F")
    (record,) = reading.records
    assert (reading.format, record.folder, record.cleaned) == ("rtf", "F", False)
    assert record.text.split("\n\n") == [
        "Café déjà vu “quoted”",
        "Привет",
        "emoji 😀",
        "the link",
        "Party | Seats",
        "Greens | 12",
    ]


def test_raw_bytes_in_rtf_are_utf8_or_windows_1252() -> None:
    for encoding in ("utf-8", "cp1252"):
        (record,) = read_document((RTF % "Zoë said “no”").encode(encoding), "a.rtf").records
        assert record.text == "Zoë said “no”"


def test_pictures_in_rtf_are_skipped() -> None:
    picture = r"{\pict\pngblip " + "0123456789abcdef\n" * 5000 + "}"
    binary = b"{\\pict\\bin6 {{}\\}x}"
    data = (RTF % ("Before " + picture + "BIN after")).encode().replace(b"BIN", binary)
    (record,) = read_document(data, "a.rtf").records
    assert record.text == "Before after"


def test_an_rtf_file_that_is_cut_off_says_so() -> None:
    data = (RTF % (SENTENCE + r"\par " + SENTENCE)).encode()
    reading = read_document(data[:-30], "a.rtf")
    assert len(reading.records) == 1
    assert [problem.reason for problem in reading.problems] == ["the file is cut off at its end"]
    with pytest.raises(RefusedFile, match="no text"):
        read_document(data[:60], "a.rtf")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"{\fonttbl" + r"\f1\fcharset0 " * 100_000, None),
        (r"{\fonttbl{\f1\fcharset0 " + "a" * 1_000_000, None),
        (r"{\field{\*\fldinst{HYPERLINK " * 50_000, None),
        (r"{\FIELD{\*\FLDINST{HYPERLINK " * 50_000, None),
        ("{" * 300_000, "end"),
        ("}" * 300_000, None),
        (r"\u99999 \uc \u-99999 \u \ansicpg", None),
        (r"\'zz\'e" + r"\u8217 " * 1000, "zze’’’"),
        (r"{\fonttbl{\f0\fcharset78 X;}{\f1\fcharset99999 X;}}\f0\'8a\'8b", "Š‹ end"),
        (r"{\pict\bin999999999 abc", None),
        (r"{\pict\bin999999999999999999999999999999 abc", None),
    ],
)
def test_hostile_rtf_ends_with_text_or_a_refusal(body: str, text: str | None) -> None:
    # striprtf's own patterns would take hours on some of these.
    data = (r"{\rtf1\ansi " + body + r" end\par}").encode()
    refused = pytest.raises(RefusedFile, match=r"(no text|is damaged)")
    with refused if text is None else nullcontext():
        assert read_document(data, "a.rtf").records[0].text.startswith(str(text))


def test_a_large_rtf_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf, "MAX_BYTES", 50)
    with pytest.raises(RefusedFile, match="larger than"):
        read_document((RTF % SENTENCE).encode(), "a.rtf")
