"""Malformed files of many kinds in one drop: each is accounted for, and none harms the others."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.corpus.importing.read import Corpus, read_corpus
from dashboard.corpus.report import FileReport
from tests.corpus.files.test_archive import tarred, zipped

BODY = (
    "The council voted on Tuesday to fund a new bridge across the river after months of debate. "
    "Residents said that traffic had doubled while officials promised work before the winter."
)


def text(n: int) -> str:
    return f"{BODY} Item {n}."


def csv_rows(n: int = 5, start: int = 0) -> str:
    return "title,text,source,date\n" + "".join(
        f"Bridge {i},{text(i)},Daily Post,2024-01-0{i % 9 + 1}\n" for i in range(start, start + n)
    )


def json_rows(n: int = 3, start: int = 0) -> list[dict[str, str]]:
    return [
        {"title": f"Vote {i}", "text": text(i), "source": "Post"} for i in range(start, start + n)
    ]


def json_lines(*rows: object) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def paragraphs(n: int) -> str:
    return f"<p>{text(n)}</p><p>{BODY}</p>"


def page(body: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Bridge</title>{head}</head><body>{body}</body></html>"
    )


def feed(items: str, before: str = "", end: str = "</channel></rss>") -> str:
    return (
        f'<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>Post</title>{items}{end}'
    )


def item(n: int) -> str:
    return f"<item><title>Vote {n}</title><description>{text(n)} {BODY}</description></item>"


def mail(n: int) -> str:
    return (
        f"From jo@example.org Mon Jan  1 00:00:0{n} 2024\nFrom: Jo <jo@example.org>\n"
        f"Date: Mon, 1 Jan 2024 00:00:0{n} +0000\nSubject: Vote {n}\nMessage-ID: <{n}@x>\n\n"
        f"{text(n)}\n\n"
    )


def warc(*pages: str) -> bytes:
    records = []
    for n, content in enumerate(pages):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + content.encode()
        records.append(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/%d\r\n"
            b"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:%d>\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
            % (n, n, len(block)) + block + b"\r\n\r\n"
        )  # fmt: skip
    return b"".join(records)


def xlsx(sheet: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
    }
    return zipped({name: content.encode() for name, content in files.items()})


def docx(body: str) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body>'
            "</w:document>".encode(),
        }
    )


def parquet(columns: dict[str, list[object]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def bomb_zip() -> bytes:
    return zipped({"news.csv": b"title,text\n" + b"a" * 8_000_000})


def encrypted_zip() -> bytes:
    data = bytearray(zipped({"a.txt": BODY.encode()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying_zip() -> bytes:
    data = zipped({"a.txt": BODY.encode()})
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", 10) + data[at + 4 :]


def laughs() -> str:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(12))
    return f"<!DOCTYPE rss [{entities}]>"


@dataclass(frozen=True)
class Case:
    """A file, what of it must come in (None: any number), and words that its report must have."""

    name: str
    make: Callable[[], bytes | str]
    kept: int | None = 0
    says: str = ""


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10
CASES = [
    # Nothing, or no text.
    Case("empty.txt", lambda: "", 0, "empty"),
    Case("empty.csv", lambda: "", 0, "empty"),
    Case("empty.json", lambda: "", 0, "empty"),
    Case("empty.html", lambda: "", 0, "empty"),
    Case("empty.xml", lambda: "", 0, "empty"),
    Case("empty.mbox", lambda: "", 0, "empty"),
    Case("empty.warc", lambda: "", 0, "empty"),
    Case("empty.parquet", lambda: "", 0, "empty"),
    Case("empty.xlsx", lambda: "", 0, "empty"),
    Case("empty.docx", lambda: "", 0, "empty"),
    Case("empty.zip", lambda: "", 0, "empty"),
    Case("blank.txt", lambda: " \n\t\n\u00a0", 0, "empty"),
    Case("lines.txt", lambda: "a\n" * 300_000, 0, "lines"),
    Case("mark-only.txt", lambda: b"\xef\xbb\xbf", 0, "empty"),
    Case("picture.txt", lambda: PNG, 0, "binary"),
    Case("picture.csv", lambda: PNG, 0, "binary"),
    Case("picture.json", lambda: PNG, 0, ""),
    Case("picture.html", lambda: PNG, 0, ""),
    Case("picture.png", lambda: PNG, 0, "png"),
    Case("program.exe", lambda: b"MZ" + bytes(500), 0, "exe"),
    Case("no-ending", lambda: b"\x7fELF" + bytes(500), 0, "binary"),
    Case("paper.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)), 0, "PDF"),
    Case("paper.txt", lambda: b"%PDF-1.7\n" + BODY.encode(), 0, "PDF"),
    Case("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 0, ""),
    Case("old.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 0, "xlsx"),
    Case("rows.feather", lambda: b"ARROW1\0\0" + bytes(100), 0, "Parquet"),
    Case("rows.pkl", lambda: b"\x80\x04\x95" + bytes(100), 0, "pickle"),
    Case("rows.sqlite", lambda: b"SQLite format 3\0" + bytes(100), 0, "export"),
    Case("packed.7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100), 0, "zip"),
    Case("packed.rar", lambda: b"Rar!\x1a\x07\0" + bytes(100), 0, "zip"),
    # Encodings.
    Case("utf16.txt", lambda: ("\ufeff" + text(101)).encode("utf-16-le"), 1, "UTF-16"),
    Case("utf16-odd.txt", lambda: ("\ufeff" + text(102)).encode("utf-16-le") + b"a", 1, "damaged"),
    Case("utf32.txt", lambda: ("\ufeff" + text(103)).encode("utf-32-be"), 1, "UTF-32"),
    Case("latin.txt", lambda: ("Café à la une. " + text(104)).encode("cp1252"), 1, "Windows-1252"),
    Case("mixed.txt", lambda: f"Zürich, {text(105)}\nZ".encode() + b"\xfcrich", 1, "not UTF-8"),
    Case("nul.txt", lambda: text(106) + "\0", 0, "binary"),
    Case("nul.csv", lambda: csv_rows(3, 110).replace("Bridge 110", "Bri\0dge"), None, ""),
    Case(
        "surrogate.jsonl",
        lambda: json_lines({"text": text(107)}, {"title": "\ud800", "text": text(108)}),
        None,
        "line 2",
    ),
    # Tables.
    Case("header-only.csv", lambda: "title,text\n", 0, "no rows"),
    Case("no-text.csv", lambda: "price,volume\n1,2\n3,4\n", 0, "column"),
    Case(
        "ragged.csv", lambda: csv_rows(4, 120).replace("Bridge 121,", "Bridge, 121,"), 3, "columns"
    ),
    Case(
        "every-row-longer.csv",
        lambda: "title,text\n" + "".join(f"1,Bridge,{text(i)}\n" for i in range(130, 133)),
        0,
        "column",
    ),
    Case(
        "stray-quotes.csv", lambda: csv_rows(9, 140).replace("Bridge 142", '"Bridge 142'), None, ""
    ),
    Case(
        "open-quote.csv", lambda: csv_rows(3, 150) + 'Bridge,"never closed ' + text(155), None, ""
    ),
    Case("wide.csv", lambda: ",".join(f"c{i}" for i in range(60_000)) + "\n1,2\n", 0, "column"),
    Case("prose.csv", lambda: text(160), 0, ""),
    Case("blank-cells.csv", lambda: "title,text\nA,\nB,\u200b\nC, \n", 0, "empty"),
    Case("sep-line.csv", lambda: "sep=;\ntitle;text\nA;" + text(165) + "\n", 1, ""),
    Case(
        "years.csv",
        lambda: f"title,text,date\nA,{text(166)},0001-01-01\nB,{text(167)},2950-01-01\n",
        2,
        "1990",
    ),
    Case(
        "formulas.csv",
        lambda: f'title,text\n"=HYPERLINK(1)",{text(168)}\n@SUM,{text(169)}\n',
        2,
        "",
    ),
    # JSON.
    Case("deep.json", lambda: "[" * 100_000, 0, "nest|deep"),
    Case("deep-objects.json", lambda: '{"a":' * 50_000, 0, ""),
    Case("cut.json", lambda: json.dumps(json_rows(3, 200))[:-40], None, ""),
    Case("cut.jsonl", lambda: json_lines(*json_rows(3, 210))[:-20], 2, "line 3"),
    Case("scalar.json", lambda: "42", 0, ""),
    Case("null.json", lambda: "null", 0, ""),
    Case("no-records.json", lambda: '{"status": "ok", "articles": []}', 0, ""),
    Case("numbers.json", lambda: "[1, 2, 3]", None, ""),
    Case("nan.json", lambda: '[{"text": NaN, "title": "A"}]', 0, ""),
    Case(
        "huge-number.json", lambda: f'[{{"text": "{text(219)}", "id": 1{"0" * 9_000}}}]', None, ""
    ),
    Case(
        "many-keys.jsonl",
        lambda: json_lines(
            *({"text": text(i), **{f"k{i}_{j}": 1 for j in range(200)}} for i in range(220, 250))
        ),
        30,
        "",
    ),
    Case("prose.json", lambda: text(250), 0, "JSON"),
    Case("page.json", lambda: page(f"<article>{paragraphs(251)}</article>"), 1, "web page"),
    # Web pages.
    Case("deep.html", lambda: page("<div>" * 20_000 + text(300)), None, ""),
    Case("unclosed.html", lambda: f"<html><body><p>{text(301)}<p>{BODY}<p>{text(1301)}", 1, ""),
    Case("scripts.html", lambda: page("<script>x('a')</script>" * 3_000), 0, ""),
    Case(
        "entities.html",
        lambda: page("&#0;&#xFFFFFFFF;&nosuch;" * 500 + f"{paragraphs(302)}"),
        None,
        "",
    ),
    Case(
        "local.html",
        lambda: page(
            f'<iframe src="file:///etc/passwd"></iframe>{paragraphs(303)}',
            '<base href="http://127.0.0.1/"><link rel="stylesheet" href="http://127.0.0.1/x">',
        ),
        1,
        "",
    ),
    Case(
        "attributes.html",
        lambda: page(f"<p {'a=1 ' * 50_000}>{text(304)}</p><p>{BODY}</p>"),
        None,
        "",
    ),
    Case("prose.html", lambda: text(305), None, ""),
    Case(
        "cut.mhtml",
        lambda: "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n",
        0,
        "",
    ),
    # Feeds.
    Case(
        "laughs.xml", lambda: feed("<item><title>&l11;</title></item>", laughs()), 0, "entit|unsafe"
    ),
    Case(
        "external.xml",
        lambda: feed(
            "<item><title>&x;</title></item>",
            '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        ),
        0,
        "entit|unsafe",
    ),
    Case(
        "cut.xml",
        lambda: feed(item(400) + item(401) + "<item><title>x", end=""),
        2,
        "incomplete|well-formed",
    ),
    Case("no-items.xml", lambda: feed(""), 0, ""),
    Case("other.xml", lambda: '<?xml version="1.0"?><catalog><book/></catalog>', 0, ""),
    Case(
        "javascript.rss",
        lambda: feed(
            f"<item><title>&lt;img onerror=x&gt;</title><link>javascript:alert(1)</link>"
            f"<description>{text(402)} {BODY}</description></item>"
        ),
        1,
        "",
    ),
    # Mail and web archives.
    Case("cut.mbox", lambda: (mail(1) + mail(2))[:-400], None, ""),
    Case("prose.mbox", lambda: text(500), 0, ""),
    Case(
        "bad-mime.eml",
        lambda: (
            "From: a@b.c\nDate: x\nReceived: x\nContent-Type: multipart/mixed; "
            f"boundary=\n\n{text(501)}"
        ),
        None,
        "",
    ),
    Case(
        "bad-base64.eml",
        lambda: (
            "From: a@b.c\nTo: d@e.f\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n"
            "Message-ID: <1@x>\nReceived: x\nContent-Transfer-Encoding: base64\n\n" + "!!!" * 50
        ),
        None,
        "",
    ),
    Case("cut.warc", lambda: warc(page(f"{paragraphs(510)}"))[:300], 0, ""),
    Case(
        "length.warc",
        lambda: warc(page("x")).replace(b"Content-Length: ", b"Content-Length: 99999999"),
        0,
        "",
    ),
    Case("garbage.warc", lambda: b"WARC/1.0\r\n" + bytes(range(256)) * 20, 0, ""),
    # Documents and workbooks.
    Case(
        "cut.docx",
        lambda: docx(f"<w:p><w:r><w:t>{text(600)}</w:t></w:r></w:p>")[:200],
        0,
        "damaged|incomplete",
    ),
    Case("no-body.docx", lambda: docx(""), 0, ""),
    Case(
        "laughs.docx",
        lambda: zipped(
            {
                "[Content_Types].xml": b"<Types/>",
                "word/document.xml": f"<?xml version='1.0'?>{laughs()}<a>&l11;</a>".encode(),
            }
        ),
        0,
        "",
    ),
    Case("bomb.docx", lambda: docx("<w:p/>" * 3_000_000), 0, "large|expands|size"),
    Case("cut.rtf", lambda: r"{\rtf1\ansi " + text(601)[:60], None, ""),
    Case("groups.rtf", lambda: r"{\rtf1" + "{" * 100_000, 0, ""),
    Case("cut.xlsx", lambda: xlsx("<sheetData/>")[:300], 0, "damaged|incomplete"),
    Case("no-rows.xlsx", lambda: xlsx("<sheetData/>"), 0, ""),
    Case("bomb.xlsx", lambda: xlsx("<sheetData>" + "<row/>" * 3_000_000 + "</sheetData>"), 0, ""),
    Case(
        "slides.pptx",
        lambda: zipped({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}),
        0,
        "presentation",
    ),
    Case("text.odt", lambda: zipped({"mimetype": b"x", "content.xml": b"<a/>"}), 0, "docx"),
    # Parquet.
    Case(
        "cut.parquet",
        lambda: parquet({"text": [text(i) for i in range(700, 720)]})[:-50],
        0,
        "damaged|incomplete",
    ),
    Case("magic-only.parquet", lambda: b"PAR1" + bytes(100), 0, "damaged|incomplete"),
    Case("prose.parquet", lambda: text(721), 0, "Parquet"),
    Case("numbers.parquet", lambda: parquet({"text": [1, 2, 3]}), 0, "text"),
    Case("nulls.parquet", lambda: parquet({"title": ["a", "b"], "text": ["", None]}), 0, "empty"),
    Case("no-rows.parquet", lambda: parquet({"text": []}), 0, "no rows|no articles|type"),
    # Archives.
    Case("bomb.zip", bomb_zip, 0, "times its size"),
    Case("bomb.gz", lambda: gzip.compress(b"\0" * 30_000_000), 0, "times its size"),
    Case("bomb.csv.xz", lambda: lzma.compress(b"\0" * 30_000_000), 0, "times its size"),
    Case("bomb.txt.bz2", lambda: bz2.compress(b"\0" * 30_000_000), 0, "times its size"),
    Case("bomb.tar.gz", lambda: tarred({"a.txt": b"\0" * 30_000_000}, "w:gz"), 0, "times its size"),
    Case("nested.zip", lambda: zipped({"in.zip": zipped({"a.txt": BODY.encode()})}), 0, "nested"),
    Case("nested-gz.zip", lambda: zipped({"a.csv.gz": gzip.compress(b"x")}), 0, "nested"),
    Case("twice.txt.gz", lambda: gzip.compress(gzip.compress(BODY.encode())), 0, "nested"),
    Case("secret.zip", encrypted_zip, 0, "password"),
    Case("lying.zip", lying_zip, 0, "damaged"),
    Case("slip.zip", lambda: zipped({"../../evil.txt": BODY.encode()}), 0, "unsafe"),
    Case("slip.tar", lambda: tarred({"/etc/evil.txt": BODY.encode()}), 0, "unsafe"),
    Case("cut.zip", lambda: zipped({"a.txt": BODY.encode()})[:-30], 0, "incomplete"),
    Case("cut.txt.gz", lambda: gzip.compress(BODY.encode())[:-12], 0, "incomplete"),
    Case("no-members.zip", lambda: zipped({}), 0, "empty"),
    Case(
        "lzma.zip", lambda: zipped({"a.txt": BODY.encode()}, zipfile.ZIP_LZMA), 0, "not supported"
    ),
    Case("prose.zip", lambda: text(800), 0, "another kind of file"),
    Case(
        "some-bad.zip",
        lambda: zipped(
            {"good.txt": text(801).encode(), "bad.txt": PNG, "deep.json": b"[" * 100_000}
        ),
        1,
        "bad.txt",
    ),
    # Addresses are read, never fetched.
    Case(
        "addresses.txt",
        lambda: "http://127.0.0.1/\nfile:///etc/passwd\nhttp://2130706433/\n",
        0,
        "not allowed",
    ),
    Case("public.txt", lambda: "https://post.example.com/a\n", 0, "needs fetching"),
    # Under another name, but readable.
    Case("json-named.csv", lambda: json.dumps(json_rows(3, 900)), 3, "JSON"),
    Case("csv-named.txt", lambda: csv_rows(3, 910), 3, ""),
    Case("page-named.txt", lambda: page(f"<article>{paragraphs(920)}</article>"), 1, "web page"),
    Case(
        "data-uri.html",
        lambda: page(
            f'<img src="data:image/png;base64,{base64.b64encode(PNG * 50).decode()}">'
            + paragraphs(921)
        ),
        None,
        "",
    ),
]


@pytest.fixture(scope="module")
def drop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Corpus]:
    """All of them in one folder, read once."""
    folder = tmp_path_factory.mktemp("drop")
    for case in CASES:
        data = case.make()
        (folder / case.name).write_bytes(data.encode() if isinstance(data, str) else data)
    (folder / "good.txt").write_text(text(1))
    (folder / "good.csv").write_text(csv_rows(3, 10))
    (folder / "good.zip").write_bytes(zipped({"a.txt": text(20).encode()}))
    return folder, read_corpus([folder])


def entry_of(drop: tuple[Path, Corpus], name: str) -> FileReport:
    (entry,) = (file for file in drop[1].report.files if file.file == name)
    return entry


def test_there_are_at_least_sixty_kinds() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_bad_file_is_accounted_for(drop: tuple[Path, Corpus], case: Case) -> None:
    entry = entry_of(drop, case.name)
    assert entry.records == entry.kept + entry.quarantined + entry.merged
    if case.kept is not None:
        assert entry.kept == case.kept
    said = "\n".join(f"{problem.reason} – {problem.remedy}" for problem in entry.problems)
    assert re.search(case.says, said)
    # Our own defects and a killed process have words of their own.
    assert "reading it failed" not in said
    if entry.kept == 0:
        assert entry.problems
        assert all(problem.remedy for problem in entry.problems if problem.row is None)
    for problem in entry.problems:
        assert "\n" not in problem.reason
        assert "Traceback" not in problem.reason
        assert len(problem.reason) < 1_000


def test_the_good_files_of_the_drop_come_in(drop: tuple[Path, Corpus]) -> None:
    kept = [entry_of(drop, name).kept for name in ("good.txt", "good.csv", "good.zip")]
    assert kept == [1, 3, 1]


def test_nothing_is_left_on_the_disk(drop: tuple[Path, Corpus]) -> None:
    folder, corpus = drop
    assert len(list(folder.rglob("*"))) == len(CASES) + 3
    assert len(corpus.report.files) == len(CASES) + 3
    assert not (folder.parent / "evil.txt").exists()
