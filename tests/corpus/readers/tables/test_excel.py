"""Excel workbooks."""

from __future__ import annotations

import base64
import datetime as dt
import io
import zipfile
import zlib
from typing import Any

import openpyxl
import pytest

from dashboard.corpus.readers.registry import read_data
from dashboard.corpus.readers.tables.excel import looks_like_xlsx, read_excel
from dashboard.corpus.record import Reading, RefusedFile

TEXT = "The council voted on Tuesday to fund a new bridge across the river."
HEADER = ["id", "Title", "Text", "Source", "Date"]
ROWS = [[i, f"Vote {i}", f"{TEXT} {i}", "Post", dt.datetime(2024, 5, i)] for i in range(1, 6)]


def book(**sheets: list[list[Any]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(data: bytes, **mapping: str) -> Reading:
    return read_excel(data, "a.xlsx", mapping or None)


def replaced(data: bytes, part: str, content: bytes) -> bytes:
    """Return the workbook with another content of one of its parts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return stream.getvalue()


def test_a_table() -> None:
    reading = read(book(Articles=[HEADER, *ROWS]))
    assert reading.format == "excel"
    assert reading.columns == {
        "title": "Title", "text": "Text", "source": "Source", "date": "Date"
    }  # fmt: skip
    assert [record.row for record in reading.records] == [1, 2, 3, 4, 5]
    record = reading.records[1]
    assert (record.title, record.text, record.date_field.value) == (
        "Vote 2", f"{TEXT} 2", "2024-05-02"
    )  # fmt: skip
    assert reading.problems == []


def test_cells_are_text() -> None:
    rows = [["=1+1", TEXT, 45428], ["'=x", TEXT + " b", 45428.5], [7, TEXT + " c", "16.05.2024"]]
    made = openpyxl.Workbook()
    made.active.append(["title", "text", "date"])
    for row in rows:
        made.active.append(row)
    made.active["A2"].data_type = "s"
    stream = io.BytesIO()
    made.save(stream)
    reading = read(stream.getvalue())
    assert [record.title for record in reading.records] == ["=1+1", "'=x", "7"]
    assert {record.date_field.value for record in reading.records} == {"2024-05-16"}


def test_blank_rows_are_no_records_and_empty_texts_are_refused() -> None:
    reading = read(book(A=[HEADER, ROWS[0], [], [9, "T", None, "S", None], [None] * 5, ROWS[1]]))
    assert [record.row for record in reading.records] == [1, 3]
    assert [(p.row, p.reason) for p in reading.problems] == [(2, "empty text")]


def test_the_sheet_with_the_texts_is_read() -> None:
    reading = read(book(Notes=[["Bridge"], ["2024"]], Urls=[["url"], ["https://e.com/1"]],
                        Articles=[HEADER, *ROWS]))  # fmt: skip
    assert len(reading.records) == 5
    (problem,) = reading.problems
    assert "only the sheet “Articles” was read; left out: “Notes”, “Urls”" in problem.reason
    assert problem.remedy == ""
    reading = read(book(One=[HEADER, *ROWS[:2]], Two=[HEADER, *ROWS]))
    assert len(reading.records) == 5
    assert "save each as a file of its own" in reading.problems[0].remedy


def test_notes_above_the_header() -> None:
    reading = read(book(A=[["Export of 16 May"], [], HEADER, *ROWS]))
    assert len(reading.records) == 5
    assert "above the header were left out" in reading.problems[0].reason


def test_the_users_mapping() -> None:
    data = book(A=[["x", "y"], [TEXT, "T"]])
    assert read(data, text="x", title="y").records[0].title == "T"
    with pytest.raises(RefusedFile, match="no column “z” for text; the columns are: x, y"):
        read(data, text="z")


def test_what_a_sheet_says_of_its_size_is_not_believed() -> None:
    data = book(A=[HEADER, *ROWS])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    for size in (b"A1", b"A1:XFD1048576"):
        lying = replaced(data, "xl/worksheets/sheet1.xml", part.replace(b"A1:E6", size))
        assert len(read(lying).records) == 5


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(A=[HEADER, *ROWS])
    zeros = replaced(data, "xl/worksheets/sheet1.xml", b"<a>" + b" " * 301 * 1024**2)
    assert len(zeros) < 2 * 1024**2
    with pytest.raises(RefusedFile, match="expands to more than 300 MB"):
        read(zeros)
    for doctype in ("utf-8", "utf-16"):
        laughs = '<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'.encode(doctype)
        with pytest.raises(RefusedFile, match="entities"):
            read(replaced(data, "xl/styles.xml", laughs))
    monkeypatch.setattr("dashboard.corpus.readers.tables.excel._MAX_CELLS", 20)
    with pytest.raises(RefusedFile, match="more than 20 cells"):
        read(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged"),
        (b"title,text\nA,b\n", "damaged"),
        (b"PK\x03\x04" + bytes(500), "damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "damaged"),
        (book(A=[]), "no rows"),
        (book(A=[HEADER]), "no rows"),
        (book(A=[["a", "b"], ["x", "y"]]), "no column holds the text of articles"),
    ],
)
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFile, match=reason) as refused:
        read(data)
    assert refused.value.remedy
    assert refused.value.file_format == "excel"


def test_damaged_workbooks_are_refused() -> None:
    data = book(A=[HEADER, *ROWS])
    for cut in (len(data) // 3, len(data) - 30):
        with pytest.raises(RefusedFile, match="damaged"):
            read(data[:cut])
    with pytest.raises(RefusedFile, match="damaged"):
        read(replaced(data, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"))
    with pytest.raises(RefusedFile, match="no rows"):
        read(replaced(data, "xl/workbook.xml", b"<workbook/>"))


def test_workbooks_are_recognised() -> None:
    data = book(A=[HEADER, *ROWS])
    assert looks_like_xlsx(data[:65536], "a.bin")
    assert looks_like_xlsx(b"PK\x03\x04", "a.XLSX")
    assert not looks_like_xlsx(b"PK\x03\x04", "a.zip")
    assert not looks_like_xlsx(b"title,text", "a.xlsx")


#: Two rows in German, written by Excel's old format.
OLD_XLS = (
    "c-rk)O=uHQ5T3V5nzZyMt*Ouo<x#L|ZH3f}mo^$=dunZK!5;+OG!GlHO=PnH^`O<-qaX-^#Y>?cyi~pTgC6uCcn~"
    "Ujun0n`M?nx2JfvCY&2G}PR%oCWD*G)v@6F7cd9!cc&+fjRug}grY+i&_=m8hx%}S^!kukh03ydF7Z<?}ND1CUF4"
    "z?63eVE7!4?L@R<CQs-`CbGC9=Km31^A5jDL4lMsifeWh%m*VG8scRQU-TWQVUHKRRhscqT7hxr<Tu&9wf<iqTSd"
    "w%TB_4XrTRoJ&TVkt)#03>Gv_&d?ZN_8sW8^#g}g|tE~qP>2X!tVu}`bHOvAgv`-|3F8MmR3snFo5S{(~osmcu0+"
    "{Ss_-S&0AB9!@f;;lfl`}y3ua$D|U*tYa;%fO##SJh4<{4TfQ&0yBZmIF&OfcdJq2=J4%slPf9)OX!AvA0;BF-DQ"
    "*oQJg(*(*Rs*xGT9Xzb(MiYVukDy5C{HUSE3|%#NRHR48v{X9H)o~t)i)7kR&+?c^^01oWB98NnCq+i`mWNyvB~s"
    "t3Wzy+=Jct1dk72`T$`H#Pb!~V@UG%iHulZN(Yc;gqtC7ZVm}I@4R=pnwHh1s)yZ-24=rl<t=q$5Nyq$7@!GtT)0"
    "*z})<02|G?PRf+=vDH%gX+yh132bbwhcDgmEK8ebB(lZ*w22#`_QhE`fjXGeI0tzGW8|22kUcvix&fPA3`(Gig}E"
    "oy}Tx&gLSa!+Y(Phg_7C3<0qm`f9#Y##c#)M+Q)hwEYS=B91jVLlcU3moMMla#kr7k*}m8sz8Lv(+wB?o@)SAgOX"
    "lN}A~_evd+U`#zLYh5Ddfv*TU%N46}eJh3i+BwUp-0#Jd%cZ7A&I*95`^`z<~n?4jeFgx3k`7-PRWZy-#`V|2j)}"
    "=bhgq|1E|gg_nUJm4_jTr4AR$nm^mY!wSCGI&BL73nh+W?>ZzPN^vC0p1=65!%ClL-G=^+TSDdbpD!oQf876Xw&E"
    "h_"
)
ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(rows: list[list[str]]) -> bytes:
    """A workbook as LibreOffice writes it."""
    lines = [
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="date" office:date-value="{cell}"/>'
            if cell[:4].isdecimal()
            else '<table:table-cell office:value-type="string">'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    ]
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMES}>'
        '<office:body><office:spreadsheet><table:table table:name="Articles">'
        + "".join(lines)
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        manifest = f'<manifest:manifest xmlns:manifest="{space}"/>'
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def test_an_old_workbook() -> None:
    data = zlib.decompress(base64.b85decode(OLD_XLS))
    reading = read_data(data, "alt.xls")
    assert reading.format == "excel"
    assert [(r.title, r.source, r.date_field.value) for r in reading.records] == [
        ("Brücke 1", "Rheinbote", "2024-05-01"),
        ("Brücke 2", "Rheinbote", "2024-05-02"),
    ]


def test_a_workbook_of_libreoffice() -> None:
    text = "Le conseil a voté mardi la construction d’un nouveau pont sur le fleuve."
    rows = [
        ["Titre", "Texte", "Date"],
        ["Vote", text, "2024-05-16"],
        ["Pont", f"{text} Bis", "2024-05-17"],
    ]
    reading = read_data(ods(rows), "articles.ods")
    assert [(r.title, r.text, r.date_field.value) for r in reading.records] == [
        ("Vote", text, "2024-05-16"), ("Pont", f"{text} Bis", "2024-05-17")
    ]  # fmt: skip


def test_a_cell_far_away_takes_no_memory() -> None:
    data = book(A=[HEADER, *ROWS])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    with pytest.raises(RefusedFile, match="too far apart"):
        read(replaced(data, "xl/worksheets/sheet1.xml", part.replace(b"</sheetData>", far)))
