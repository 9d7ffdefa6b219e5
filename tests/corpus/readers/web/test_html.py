"""Saved web pages: text, metadata with its evidence, and pages that are out to harm."""

from __future__ import annotations

import datetime as dt
import socket
from email.message import EmailMessage

import pytest

from dashboard.corpus.readers.web.html import looks_like_html, read_html
from dashboard.corpus.record import Record, RefusedFile

FIRST = "The council voted on Tuesday to fund a new bridge across the river after months of debate."
SECOND = "Residents said traffic had doubled in ten years while officials promised work by winter."
THIRD = "The Café Müller, which stands beside the old bridge, will be closed while work goes on."
BODY = f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"


def page(head: str = "", body: str = BODY) -> str:
    menu = "<nav><ul><li><a href='/a'>Home</a></li><li><a href='/b'>World</a></li></ul></nav>"
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body>{menu}{body}"
        "<footer><p>© 2024 Example Media. All rights reserved.</p></footer></body></html>"
    )


def read(text: str | bytes, name: str = "page.html") -> Record:
    reading = read_html(text if isinstance(text, bytes) else text.encode(), name)
    assert reading.format == "html"
    assert reading.refused == 0
    (record,) = reading.records
    return record


def value(record: Record, name: str) -> str | None:
    field = record.fields.get(name)
    return field.value if field else None


def test_the_article_is_read_without_the_furniture_around_it() -> None:
    record = read(page("<title>Bridge agreed</title>"))
    assert record.text.split("\n") == [FIRST, SECOND, THIRD]
    assert record.row is None
    assert record.cleaned
    assert record.title == "Bridge agreed"
    assert value(record, "date") is None


def test_the_title_is_not_the_first_line_of_the_text() -> None:
    body = f"<article><h1>Bridge agreed</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    record = read(page("<title>Bridge agreed | Example News</title>", body))
    assert record.title == "Bridge agreed"
    assert record.text.startswith(FIRST)


def test_metadata_of_json_ld_comes_with_its_evidence() -> None:
    record = read(
        page(
            """<link rel="canonical" href="https://www.example.com/news/bridge">
            <meta property="og:title" content="You won't believe this bridge">
            <meta property="og:site_name" content="Example News">
            <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
              {"@type": "ItemList", "itemListElement": [
                {"@type": "NewsArticle", "headline": "Other", "datePublished": "2001-01-01"}]},
              {"@type": "NewsArticle", "headline": "Bridge &amp; river", "datePublished":
               "2024-05-16T23:30:00-07:00", "dateModified": "2024-06-01",
               "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}]}]}
            </script>"""
        )
    )
    assert record.title == "Bridge & river"
    assert record.source == "Example News"
    assert record.url == "https://www.example.com/news/bridge"
    assert record.authors == "Jane Doe; John Roe"
    date = record.fields["date"]
    assert (date.value, date.basis) == ("2024-05-16", "stated")
    assert date.evidence == "2024-05-16T23:30:00-07:00"
    assert date.method == "JSON-LD datePublished"
    assert all(field.basis == "stated" and field.evidence for field in record.fields.values())


@pytest.mark.parametrize(
    ("head", "day", "basis"),
    [
        ("<meta property='article:published_time' content='2024-05-16T01:00:00Z'>"
         "<meta property='article:modified_time' content='2024-06-01'>", "2024-05-16", "stated"),
        ("<meta name='pubdate' content='16 May 2024'>", "2024-05-16", "stated"),
        ("<link rel=canonical href='https://example.com/2024/05/16/a'>", "2024-05-16", "stated"),
        ("<meta property='article:published_time' content='0001-11-30'>", None, "unknown"),
        ("<meta property='article:published_time' content='2190-01-01'>", None, "unknown"),
        ("<meta property='article:modified_time' content='soon'>", None, None),
    ],
)  # fmt: skip
def test_the_day_it_came_out(head: str, day: str | None, basis: str | None) -> None:
    record = read(page(head))
    field = record.fields.get("date")
    assert (field.value if field else None) == day
    assert (field.basis if field else None) == basis
    assert record.date == (day or "")


def test_a_date_only_in_the_text_is_inferred_and_a_year_alone_is_none() -> None:
    dated = page(body=f"<article><p>Springfield, 16 May 2019</p>{BODY}</article>")
    field = read(dated).fields["date"]
    assert (field.value, field.basis) == ("2019-05-16", "inferred")
    year = page(
        body=f"<article>{BODY}<p>Traffic has doubled since 2019, says the mayor.</p></article>"
    )
    assert value(read(year), "date") is None


def test_today_is_never_the_date_of_a_page_that_shows_it() -> None:
    today = dt.date.today().strftime("%d %B %Y")
    body = f"<article><p>Today is {today}, and this is a longer line of it.</p>{BODY}</article>"
    assert "date" not in read(page(body=body)).fields


def test_without_a_site_name_the_host_of_the_address_is_the_source() -> None:
    record = read(page("<meta property='og:url' content='https://www.bbc.co.uk/news/1'>"))
    assert record.source == "BBC"
    assert record.fields["source"].basis == "inferred"


def test_an_agency_in_the_byline_is_the_original_source() -> None:
    head = (
        "<meta property='og:site_name' content='Local Paper'><meta name=author content='Reuters'>"
    )
    record = read(page(head))
    assert value(record, "original_source") == "Reuters"
    assert value(record, "authors") is None


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "/", "data:,x"])
def test_an_address_that_is_none_of_the_web_is_dropped(address: str) -> None:
    assert read(page(f"<link rel=canonical href='{address}'>")).url == ""


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "iso-8859-1"),
        ("utf-8", "utf-16"),
        ("utf-8-sig", "windows-1251"),
        ("utf-16", "utf-8"),
        ("cp1252", "utf-8"),
        ("cp1252", "no-such-code"),
        ("latin-1", ""),
    ],
)
def test_what_the_page_declares_is_not_believed_against_its_bytes(
    encoding: str, declared: str
) -> None:
    data = page(f"<meta charset='{declared}'>").encode(encoding)
    assert "Café Müller" in read(data).text


@pytest.mark.parametrize(
    ("encoding", "declared", "text"),
    [
        ("cp1251", "windows-1251", "Совет проголосовал во вторник за новый мост через реку"),
        ("gb18030", "gb2312", "市议会周二投票决定出资在河上修建一座新桥，辩论持续了数月。"),
        ("shift_jis", "shift_jis", "市議会は火曜日に川に新しい橋を架ける予算を可決した。"),
        ("iso2022_jp", "iso-2022-jp", "市議会は火曜日に川に新しい橋を架ける予算を可決した。"),
    ],
)
def test_declared_codes_are_used_where_the_bytes_allow(
    encoding: str, declared: str, text: str
) -> None:
    body = "".join(f"<p>{text} {text} {text}</p>" for _ in range(4))
    data = page(f"<meta charset={declared}>", f"<article>{body}</article>")
    reading = read_html(data.encode(encoding, "xmlcharrefreplace"), "page.html")
    assert text in reading.records[0].text
    assert reading.encoding != "utf-8"


@pytest.mark.parametrize(
    "opening",
    ["<div>" * 50_000, "<b>" * 300, "<ul><li>" * 20_000, "<table><td>" * 999],
)  # fmt: skip
def test_no_text_is_lost_below_many_unclosed_tags(opening: str) -> None:
    assert FIRST in read(f"<html><body>{opening}<p>{FIRST} {SECOND}</p>").text


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><p " + " ".join(f"a{i}=1" for i in range(60_000)) + f">{FIRST}</p>",
        f"<html><body><p>{FIRST}</p>" + "<!--" * 50_000,
        f"<html><body><p>{FIRST}</p>" + "<" * 50_000,
        f"<html><body><p>{FIRST}</p>" + "<a href=x>y</a> " * 70_000,
        "<html><script type='application/ld+json'>" + "[" * 200_000 + f"</script><p>{FIRST}</p>",
    ],
    ids=["attributes", "comments", "brackets", "links", "nested JSON"],
)
def test_hostile_markup_is_harmless(text: str) -> None:
    assert FIRST in read(text).text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = "<base href='http://127.0.0.1:9/'><link rel=stylesheet href=x.css>"
    body = f"<iframe src='file:///etc/passwd'></iframe><object data='/o'></object>{BODY}"
    record = read(page(head, body))
    assert FIRST in record.text
    assert "root:" not in record.text
    # A page that is nothing but an address, too.
    with pytest.raises(RefusedFile):
        read_html(b"http://127.0.0.1:9/page", "page.html")


def test_scripts_styles_and_menus_are_no_words() -> None:
    body = f"<script>{'var x = 1;' * 999}</script><style>p {{ color: red }}</style>{BODY}"
    text = read(page("<title>T</title>", body)).text
    assert "var x" not in text
    assert "color" not in text
    assert "World" not in text


SCRIPT_ONLY = (
    "<div id=root></div><script>render()</script><noscript>Please enable JavaScript</noscript>"
)


def test_a_page_whose_text_a_script_would_fetch_is_metadata_only() -> None:
    head = "<title>Bridge</title><link rel=canonical href='https://example.com/bridge'>"
    reading = read_html(f"<html><head>{head}</head><body>{SCRIPT_ONLY}</body></html>".encode(), "p")
    assert reading.records == []
    assert reading.refused == 1
    (problem,) = reading.problems
    assert problem.reason == "metadata only: the text needs fetching"
    assert "https://example.com/bridge" in problem.remedy


def test_a_page_that_ends_too_early_is_kept_with_a_word_about_it() -> None:
    whole = page()
    reading = read_html(whole[: whole.index(THIRD)].encode(), "page.html")
    assert FIRST in reading.records[0].text
    assert "incomplete" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"Just some text, without any tag.", "not a web page"),
        (b'{"title": "x", "text": "y"}', "not a web page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary"),
        (b"PK\x03\x04" + bytes(99), "binary"),
        (b"<?xml version='1.0'?><rss version='2.0'></rss>", "XML"),
        (b"<html><body><script>x()</script></body></html>", "no text"),
        (b"<html><hea", "no text"),
        (b"<p>" + b"x" * 21 * 1024**2, "larger"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFile) as caught:
        read_html(data, "page.html")
    assert reason in caught.value.reason
    assert caught.value.remedy
    assert (caught.value.file_format == "html") is (reason != "binary")
    assert "\n" not in caught.value.reason + caught.value.remedy


def mhtml(html: bytes, location: str) -> bytes:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = location
    message["MIME-Version"] = "1.0"
    message.add_related(b"\x89PNG", "image", "png")
    root = EmailMessage()
    root.set_content(html, "text", "html", cte="quoted-printable")
    root["Content-Location"] = location
    message.get_payload().insert(0, root)
    message["From"] = "<Saved by Blink>"
    message["Date"] = "Wed, 1 Jan 2025 10:00:00 -0000"
    return message.as_bytes()


def test_mhtml_gives_its_page_and_address_but_not_the_day_it_was_saved() -> None:
    data = mhtml(page("<title>Bridge agreed</title>").encode(), "https://example.com/bridge")
    assert looks_like_html(data[:65536], "page.mhtml")
    record = read(data, "page.mhtml")
    assert record.text.split("\n") == [FIRST, SECOND, THIRD]
    assert record.url == "https://example.com/bridge"
    assert record.date == ""


def test_mhtml_without_a_page_is_refused() -> None:
    data = mhtml(b" ", "https://example.com/bridge")
    with pytest.raises(RefusedFile, match="no page"):
        read_html(data[: data.index(b"\n\n") + 2], "page.mhtml")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<!DOCTYPE html>", True),
        ("\n <!-- saved --><html lang=en>", True),
        ("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>", True),
        ("<div class=a>", True),
        ("<p>Text", True),
        ("<?xml version='1.0'?><rss version='2.0'>", False),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", False),
        ("Text about <html> tags", False),
        ('{"html": "<p>"}', False),
        ("From: a@example.com\nMessage-ID: <1>\nContent-Type: multipart/related\n\n", False),
    ],
)  # fmt: skip
def test_content_tells_a_page_whatever_its_name(head: str, expected: bool) -> None:
    assert looks_like_html(head.encode(), "page.txt") is expected
    assert looks_like_html(head.encode("utf-16"), "x") is (expected and not head.startswith("From"))
