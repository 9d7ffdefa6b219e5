"""Which reader gets a file: its content decides before its name."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.corpus.importing.read import read_corpus
from dashboard.corpus.readers import sniffing as sniffing_module
from dashboard.corpus.readers.registry import Reading, RefusedFile, read_data
from dashboard.corpus.readers.sniffing import FORMATS, sniff
from tests.corpus.files.test_archive import zipped

ROOT = Path(__file__).resolve().parents[3]
BODY = (
    "The council voted on Tuesday to fund a new bridge across the river after months of debate. "
    "Residents said that traffic had doubled while officials promised work before the winter."
)
PAGE = (
    "<!DOCTYPE html><html><head><title>A</title></head>"
    f"<body><p>{BODY}</p><p>{BODY}</p></body></html>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>'
    f"<item><title>A</title><description>{BODY} {BODY}</description></item></channel></rss>"
)
MAIL = (
    "From: Jo <jo@example.org>\nTo: list@example.org\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n"
    f"Received: from example.org\nMessage-ID: <1@example.org>\nSubject: Vote\n\n{BODY}\n"
)
SAMPLES = {
    "text": BODY,
    "csv": f"title,text,date\nA,{BODY},2024-01-01\n",
    "json": json.dumps([{"title": "A", "text": BODY}]),
    "html": PAGE,
    "feed": FEED,
    "mbox": "From jo@example.org Mon Jan  1 00:00:00 2024\n" + MAIL,
    "eml": MAIL,
    "warc": "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
    "document": r"{\rtf1\ansi A bridge was opened.\par}",
}


def kind(text: str | bytes, name: str) -> str:
    return sniff(text.encode() if isinstance(text, str) else text, name)


@pytest.mark.parametrize("key", SAMPLES)
def test_each_format_is_known_under_its_own_endings(key: str) -> None:
    for ending in FORMATS[key].endings:
        if ending not in (".docx", ".doc"):
            assert kind(SAMPLES[key], f"a{ending}") == key
            assert kind("\ufeff" + SAMPLES[key], f"a{ending.upper()}") == key


@pytest.mark.parametrize("key", [key for key in SAMPLES if key not in ("text", "csv", "eml")])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html", "a.json", "a.dat", "a"])
def test_content_comes_before_the_name(key: str, name: str) -> None:
    assert kind(SAMPLES[key], name) == key


def test_parquet_by_its_first_bytes() -> None:
    assert kind(b"PAR1....", "a.csv") == "parquet"
    assert kind(BODY, "a.parquet") == "parquet"  # whose reader says what is missing


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "From here on, nothing is as it was.\n" + BODY,
        "Subject: a letter to the editor\n\n" + BODY,
        "[Update] " + BODY,
        "{sic} " + BODY,
        "< 5 % of voters came.\n" + BODY,
        "Text, title and date\n" + BODY,
        "WASHINGTON, Jan. 5, 2024 (AP) -- " + BODY,
        "title; a story\nby someone; somewhere\n" + BODY,
    ],
)
def test_articles_that_begin_oddly_are_text(text: str) -> None:
    assert kind(text, "a.txt") == "text"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_clear_table_in_a_text_file(delimiter: str) -> None:
    rows = ["Title", "Content", "Date"], ["A", BODY.replace(",", ""), "2024-01-01"]
    table = "\n".join(delimiter.join(row) for row in rows)
    assert kind(table, "a.txt") == "csv"
    assert kind(table, "a.dat") == "csv"
    (entry,) = [read_data(table.encode(), "a.txt")]
    assert [record.title for record in entry.records] == ["A"]


def test_another_formats_name_is_read_and_said() -> None:
    reading = read_data(SAMPLES["json"].encode(), "in/news.csv")
    assert [record.title for record in reading.records] == ["A"]
    first = reading.problems[0]
    assert "named .csv, but this is JSON" in first.reason
    assert first.remedy
    assert not any("named" in p.reason for p in read_data(PAGE.encode(), "a.html").problems)


def test_another_formats_name_and_nothing_in_it() -> None:
    with pytest.raises(RefusedFile, match=r"named \.csv, but this is JSON: .") as caught:
        read_data(b'{"a": [', "news.csv")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"%PDF-1.4 x", "a.pdf", "damaged"),
        (b"Rar!\x1a\x07\x00", "a.txt", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.bin", "Office"),
        (b"body { color: red }", "a.css", r"\.css"),
        (b"no archive", "a.zip", "another kind of file"),
        (b"no archive", "a.tar.gz", "another kind of file"),
    ],
)
def test_what_no_reader_takes_is_refused_with_a_remedy(data: bytes, name: str, says: str) -> None:
    with pytest.raises(RefusedFile) as caught:
        read_data(data, name)
    assert re.search(says, f"{caught.value.reason} {caught.value.remedy}")
    assert caught.value.remedy


def test_names_without_an_ending_and_dates_are_text() -> None:
    assert kind(BODY, "article") == "text"
    assert kind(BODY, "article.2024") == "text"
    assert kind(BODY, ".hidden") == "text"


def test_a_workbook_is_told_from_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}))
    (entry,) = read_corpus([path]).report.files
    assert entry.format != "zip"
    path.write_bytes(zipped({"word/a.txt": BODY.encode(), "xl/b.txt": (BODY + "!").encode()}))
    (entry,) = read_corpus([path]).report.files
    assert (entry.format, entry.kept) == ("zip", 2)


def test_a_reader_that_is_not_installed_is_a_clear_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(name: str, package: str | None = None) -> object:
        raise ImportError(name)

    monkeypatch.setattr("dashboard.corpus.readers.registry.importlib.import_module", gone)
    monkeypatch.setattr(sniffing_module, "looks_like", lambda *_: False)
    with pytest.raises(RefusedFile, match="not installed") as caught:
        read_data(b"PAR1....", "a.parquet")
    assert "requirements.txt" in caught.value.remedy
    assert isinstance(read_data(BODY.encode(), "a.txt"), Reading)


def test_a_text_file_loads_no_other_reader_and_starts_no_process(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.csv").write_text(SAMPLES["csv"])
    heavy = ("pyarrow", "lxml", "trafilatura", "python_calamine", "docx", "fastwarc", "feedparser")
    code = (
        "import sys, subprocess, types\n"
        "package = types.ModuleType('dashboard')\n"
        f"package.__path__ = [{str(ROOT / 'dashboard')!r}]\n"
        "sys.modules['dashboard'] = package\n"
        "def refuse(*args, **kwargs): raise AssertionError('a process was started')\n"
        "subprocess.Popen = refuse\n"
        "from dashboard.corpus.importing.collect import gather\n"
        "from pathlib import Path\n"
        "import io\n"
        f"runs, report, _ = gather([Path({str(tmp_path)!r}) / 'a.txt'], io.BytesIO())\n"
        "assert len(runs) == 1, report\n"
        "print(*(name for name in sys.modules if name.startswith('dashboard.corpus.readers.')))\n"
        f"print(*({{*{heavy!r}}} & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-B", "-c", code], capture_output=True, text=True, check=True
    )
    readers, libraries = result.stdout.split("\n")[:2]
    loaded = {name.rpartition(".")[2] for name in readers.split()}
    assert not loaded & {"table", "html", "json_records", "mail", "feed", "documents", "excel"}
    assert libraries == ""


def test_a_list_of_addresses_is_told_line_by_line() -> None:
    addresses = (
        "http://127.1/\n\nhttps://user@post.example.com/\nhttps://post.example.com/a\n/etc\n"
    )
    reading = read_data(addresses.encode(), "a.txt")
    assert (reading.records, reading.refused) == ([], 4)
    reasons = [problem.reason for problem in reading.problems]
    assert [reason.partition(":")[0] for reason in reasons] == [
        "line 1",
        "line 3",
        "line 4",
        "line 5",
    ]
    assert "private" in reasons[0]
    assert "private" in reasons[1]
    assert "needs fetching" in reasons[2]
    assert "not allowed" in reasons[3]
    with_words = f"https://post.example.com/a\n{BODY}\n"
    assert len(read_data(with_words.encode(), "a.txt").records) == 1
