"""Web archives, built here record by record."""

from __future__ import annotations

import gzip

import pytest

from dashboard.corpus.readers.web.warc import looks_like_warc, read_warc
from dashboard.corpus.record import Reading, RefusedFile

WORDS = "The council voted on Tuesday to fund a new bridge across the river after a long debate."
OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8"


def page(number: int) -> bytes:
    body = f"<p>{WORDS}</p><p>Page {number} says that traffic has doubled, and more the like.</p>"
    head = f"<head><title>Story {number}</title></head>"
    return f"<html>{head}<body><article>{body}</article></body></html>".encode()


def record(kind: str, url: str, body: bytes, http: str = "") -> bytes:
    block = f"{http}\r\n\r\n".encode() + body if http else body
    content = "application/http; msgtype=response" if http else "text/plain"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{len(url)}>\r\n"
        f"WARC-Date: 2025-01-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(number: int, http: str = OK, body: bytes | None = None) -> bytes:
    return record(
        "response", f"https://example.com/{number}", page(number) if body is None else body, http
    )


INFO = record("warcinfo", "", b"software: x")
REQUEST = record("request", "https://example.com/1", b"GET / HTTP/1.1\r\n\r\n")
IMAGE = response(7, "HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG")
MISSING = response(8, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html")
ZIPPED = response(2, f"{OK}\r\nContent-Encoding: gzip", gzip.compress(page(2)))
CHUNKED = response(3, f"{OK}\r\nTransfer-Encoding: chunked",
                   b"%x\r\n%b\r\n0\r\n\r\n" % (len(page(3)), page(3)))  # fmt: skip
ALL = [INFO, response(1), REQUEST, ZIPPED, IMAGE, MISSING, CHUNKED, response(4)]


def read(data: bytes) -> Reading:
    reading = read_warc(data, "crawl.warc.gz")
    assert reading.format == "warc"
    return reading


@pytest.mark.parametrize("packing", ["plain", "member by member", "whole"])
def test_pages_are_records_and_the_rest_is_counted(packing: str) -> None:
    data = b"".join(gzip.compress(one) if packing == "member by member" else one for one in ALL)
    reading = read(gzip.compress(data) if packing == "whole" else data)
    assert [one.row for one in reading.records] == [1, 2, 3, 4]
    assert [one.title for one in reading.records] == [f"Story {i}" for i in range(1, 5)]
    assert all(one.text.startswith(WORDS) and one.cleaned for one in reading.records)
    assert reading.records[1].url == "https://example.com/2"
    # The day of the crawl is not the day of the article.
    assert all(one.date == "" for one in reading.records)
    assert reading.refused == 0
    (problem,) = reading.problems
    for kind in ("1 warcinfo", "1 request", "1 image/png", "1 text/html (status 404)"):
        assert kind in problem.reason


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("missing", [20, 150, 400])
def test_a_last_record_that_is_cut_off_is_reported_and_the_rest_kept(
    packed: bool, missing: int
) -> None:
    ones = [gzip.compress(one) if packed else one for one in ALL]
    missing = 40 + missing // 5 if packed else missing
    reading = read(b"".join(ones)[:-missing])
    assert [one.title for one in reading.records] == ["Story 1", "Story 2", "Story 3"]
    assert reading.refused == 1
    assert any("cut off" in problem.reason for problem in reading.problems)


def test_damage_in_the_middle_keeps_what_came_before() -> None:
    reading = read(response(1) + b"garbage\r\n" * 50 + response(2))
    assert [one.title for one in reading.records] == ["Story 1"]
    assert "damaged" in reading.problems[0].reason


def test_a_page_without_text_is_metadata_only() -> None:
    reading = read(response(1) + response(2, body=b"<html><script>x()</script></html>"))
    assert len(reading.records) == 1
    assert reading.refused == 1
    (problem,) = reading.problems
    assert problem.row == 2
    assert problem.reason == "metadata only: the text needs fetching"
    assert "https://example.com/2" in problem.remedy


def test_a_page_that_swells_when_unpacked_is_refused_and_the_next_one_kept() -> None:
    bomb = response(
        1, f"{OK}\r\nContent-Encoding: gzip", gzip.compress(b"<html>" + b"a " * 15_000_000)
    )
    reading = read(bomb + response(2))
    assert [one.title for one in reading.records] == ["Story 2"]
    assert "larger" in reading.problems[0].reason


def test_charset_of_the_transport() -> None:
    text = "Совет проголосовал во вторник за новый мост через реку после долгих споров."
    body = f"<html><body><p>{text}</p><p>{text}</p></body></html>".encode("koi8-r")
    reading = read(response(1, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r", body))
    assert reading.records[0].text.startswith(text)
    assert reading.encoding == "koi8-r"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html><body><p>A page</p></body></html>", "not a web archive"),
        (gzip.compress(b"text", mtime=0), "not a web archive"),
        (b"\x1f\x8b" + bytes(99), "not a web archive"),
        (INFO + REQUEST, "no page"),
        (INFO[:40], "cut off"),
        (INFO + response(1)[:300], "cut off"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFile) as caught:
        read_warc(data, "crawl.warc")
    assert reason in caught.value.reason
    assert caught.value.remedy
    assert "\n" not in caught.value.reason + caught.value.remedy


def test_content_tells_an_archive_whatever_its_name() -> None:
    assert looks_like_warc(INFO, "x.bin")
    assert looks_like_warc(gzip.compress(INFO), "x.gz")
    assert not looks_like_warc(b"WARC is a format", "x.warc")
    assert not looks_like_warc(gzip.compress(b"text", mtime=0), "x.warc.gz")
