"""Feeds: entries, their fields, and what a feed may not do."""

from __future__ import annotations

import pytest

from dashboard.corpus.readers.feeds.feed import looks_like_feed, read_feed
from dashboard.corpus.record import Reading, RefusedFile

TEXT = "The council voted on Tuesday to fund a new bridge across the river. " * 12
TEXT = TEXT.strip()


def item(number: int, extra: str = "", text: str = TEXT) -> str:
    return (
        f"<item><title>Story {number}</title><link>https://example.com/{number}</link>"
        f"<description>{text}</description>{extra}</item>"
    )


def rss(*items: str, head: str = "<title>Example News</title>") -> bytes:
    body = "".join(items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{body}</channel></rss>'.encode()


def read(data: bytes) -> Reading:
    reading = read_feed(data, "feed.xml")
    assert reading.format == "feed"
    return reading


def test_rss_entries_are_records() -> None:
    dated = "<pubDate>Thu, 16 May 2024 23:30:00 -0700</pubDate><author>x@example.com (Jo)</author>"
    reading = read(rss(item(1, dated), item(2)))
    first, second = reading.records
    assert [first.row, second.row] == [1, 2]
    assert first.title == "Story 1"
    assert first.text == TEXT
    assert first.source == "Example News"
    assert first.url == "https://example.com/1"
    assert first.authors == "Jo"
    assert first.date == "2024-05-16"
    assert first.fields["date"].evidence == "Thu, 16 May 2024 23:30:00 -0700"
    assert all(field.basis == "stated" for field in first.fields.values())
    assert first.cleaned
    assert second.date == ""
    assert reading.problems == []


def test_atom_takes_the_day_of_publication_not_of_the_last_change() -> None:
    data = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title>
      <link href="https://example.com/"/>
      <entry><title type="html">A &lt;b&gt;bold&lt;/b&gt; step</title><link href="/a"/>
        <published>2024-05-16T23:30:00-07:00</published><updated>2024-06-01T00:00:00Z</updated>
        <author><name>Jane Doe</name></author>
        <content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;End.&lt;/p&gt;</content></entry>
      <entry><title>Two</title><updated>2024-06-01T00:00:00Z</updated>
        <content type="text">{TEXT}</content></entry></feed>""".encode()
    first, second = read(data).records
    assert first.title == "A bold step"
    assert first.date == "2024-05-16"
    assert first.url == "https://example.com/a"
    assert first.authors == "Jane Doe"
    assert first.text == f"{TEXT}\nEnd."
    assert second.date == ""
    assert second.fields["date"].basis == "unknown"
    assert "2024-06-01" in second.fields["date"].evidence


def test_rss_1_with_its_entries_beside_the_channel() -> None:
    data = f"""<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Example</title></channel>
      <item rdf:about="https://example.com/1"><title>One</title><link>https://example.com/1</link>
      <description>{TEXT}</description><dc:date>2024-05-16T23:00:00Z</dc:date>
      <dc:creator>Jane Doe</dc:creator></item></rdf:RDF>""".encode()
    (record,) = read(data).records
    assert (record.title, record.date, record.authors) == ("One", "2024-05-16", "Jane Doe")


def test_old_rss_with_a_document_type_of_its_time_is_read() -> None:
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x/r.dtd">'
    )
    data = rss(item(1)).replace(b"<rss", doctype.encode() + b"<rss")
    assert len(read(data).records) == 1


def test_the_whole_text_goes_before_the_summary() -> None:
    encoded = (
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<![CDATA[<p>{TEXT}</p><script>alert(1)</script><p>Last words.</p>]]></content:encoded>"
    )
    reading = read(rss(item(1, encoded, "A short summary…")))
    assert reading.records[0].text == f"{TEXT}\nLast words."
    assert reading.problems == []


def test_an_entry_of_another_outlet_names_it() -> None:
    own = '<source url="https://other.example/feed">Other Times</source>'
    assert read(rss(item(1, own))).records[0].source == "Other Times"


def test_markup_is_text_and_harmful_links_are_none() -> None:
    data = rss(
        "<item><title>&lt;img src=x onerror=alert(1)&gt;T</title><link>javascript:alert(1)</link>"
        "<description>&lt;script&gt;alert(1)&lt;/script&gt;body body body</description></item>",
        "<item><title>AT&amp;amp;T &amp;lt; 5</title><link>file:///etc/passwd</link>"
        "<description>body</description><pubDate>not a date</pubDate></item>",
    )
    first, second = read(data).records
    assert (first.title, first.text, first.url) == ("T", "body body body", "")
    assert (second.title, second.url, second.date) == ("AT&T < 5", "", "")
    assert "not a date" in second.fields["date"].evidence


def test_teasers_are_kept_with_a_note() -> None:
    reading = read(
        rss(item(1, text="Only the beginning …"), item(2), item(3, text=f"{TEXT} Read more"))
    )
    assert len(reading.records) == 3
    assert [problem.row for problem in reading.problems] == [1, 3]
    assert all(problem.reason.startswith("teaser only") for problem in reading.problems)


def test_many_teasers_are_told_together() -> None:
    reading = read(rss(*(item(i, text="Only the beginning") for i in range(30))))
    (problem,) = reading.problems
    assert problem.row is None
    assert "30 of 30" in problem.reason


def test_entries_without_text_are_refused_one_by_one() -> None:
    reading = read(rss(item(1), item(2, text=""), "<item></item>"))
    assert len(reading.records) == 1
    assert reading.refused == 2
    only, empty = reading.problems
    assert only.row == 2
    assert only.reason == "metadata only: the text needs fetching"
    assert "https://example.com/2" in only.remedy
    assert empty.row == 3


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_feed_that_is_cut_off_keeps_its_whole_entries(cut: int) -> None:
    whole = rss(item(1), item(2), item(3))
    start = whole.rindex(b"<item>")
    reading = read(whole[: start + 7 + cut])
    assert len(reading.records) == 2
    assert reading.refused == 1
    assert reading.problems[-1].row == 3
    assert "incomplete" in reading.problems[-1].reason


def test_a_feed_cut_between_two_entries_loses_none() -> None:
    whole = rss(item(1), item(2))
    reading = read(whole[: whole.rindex(b"</item>") + 7])
    assert len(reading.records) == 2
    assert reading.refused == 0


def test_named_entities_of_html_and_loose_ampersands_are_read() -> None:
    (record,) = read(rss(item(1, text=f"Caf&eacute;&nbsp;news {TEXT}"))).records
    assert record.text.startswith("Café news")
    reading = read(rss(item(1, text=f"Salt & pepper {TEXT}")))
    assert reading.records[0].text.startswith("Salt & pepper")
    assert any("not well-formed" in problem.reason for problem in reading.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_encodings(encoding: str) -> None:
    text = "Совет проголосовал за новый мост. " * 20
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    data = rss(item(1, text=text.strip())).decode()
    data = data.replace('"1.0"', f'"1.0" encoding="{name}"', 1)
    (record,) = read(data.encode(encoding)).records
    assert record.text == text.strip()


PAIRS = zip("abcdefgh", "bcdefghi", strict=True)
LAUGHS = "".join(f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in PAIRS)
LAUGHS = f'<!DOCTYPE l [<!ENTITY a "AAAAAAAAAA">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE l [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE, PARAMETER, LAUGHS[:-2]])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_its_own_are_refused_before_anything_parses_them(
    doctype: str, encoding: str
) -> None:
    body = f'<rss version="2.0"><channel><title>&i;</title>{item(1)}</channel></rss>'
    for comment in ("", "<!-- <rss> -->"):
        data = f'<?xml version="1.0"?>{comment}{doctype}{body}'.encode(encoding)
        with pytest.raises(RefusedFile, match=r"entities.*unsafe"):
            read_feed(data, "feed.xml")


@pytest.mark.parametrize("nest", ["<a>", "<item>"])
def test_nesting_bombs_are_refused(nest: str) -> None:
    with pytest.raises(RefusedFile, match="too deep"):
        read_feed(rss(item(1), nest * 100_000), "feed.xml")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  ", "empty"),
        (b"<html><body><p>A page</p></body></html>", "not a news feed"),
        (b"<?xml version='1.0'?><svg></svg>", "not a news feed"),
        (b"title,text\na,b\n", "not a news feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary"),
        (rss(), "no entries"),
        (rss(item(1))[:150], "incomplete"),
        (rss(item(1))[:60], "no entries"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFile) as caught:
        read_feed(data, "feed.xml")
    assert reason in caught.value.reason
    assert caught.value.remedy
    assert "\n" not in caught.value.reason + caught.value.remedy


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<?xml version="1.0"?>\n<!-- x --><rss version="2.0">', True),
        ('<feed xmlns="http://www.w3.org/2005/Atom">', True),
        ('<rdf:RDF xmlns="http://purl.org/rss/1.0/">', True),
        (f"<?xml version='1.0'?>{LAUGHS}<rss>", True),
        ('<rdf:RDF xmlns="http://xmlns.com/foaf/0.1/">', False),
        ("<html>", False),
        ("<?xml version='1.0'?><svg>", False),
        ("rss", False),
    ],
)
def test_content_tells_a_feed_whatever_its_name(head: str, expected: bool) -> None:
    assert looks_like_feed(head.encode(), "x.txt") is expected
    assert looks_like_feed(head.encode("utf-16"), "x.txt") is expected
    assert looks_like_feed(head.encode("utf-8-sig"), "x.txt") is expected


@pytest.mark.parametrize("address", ["x@y.z", "ada@press.example.org", "ada@news.museum"])
def test_the_name_beside_an_address_is_the_author(address: str) -> None:
    data = rss(item(1, f"<author>{address} (Ada)</author>"), item(2, f"<author>{address}</author>"))
    assert [record.authors for record in read(data).records] == ["Ada", ""]


ALERT = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Alert - mill</title><id>a</id><entry>
<id>1</id><title type="html">&lt;b&gt;Mill&lt;/b&gt; sold{tail}</title><link href="{link}"/>
<published>2023-04-03T10:00:00Z</published>
<content>The mill was sold ...</content></entry></feed>"""


@pytest.mark.parametrize(
    ("tail", "link", "source"),
    [
        (" - The Lighthouse", "https://www.google.com/url?sa=t&amp;url=https://thelighthouse.example/1",
         "The Lighthouse"),
        ("", "https://www.google.com/url?sa=t&amp;url=https://thelighthouse.example/1",
         "thelighthouse.example"),
        ("", "http://www.bing.com/news/apiclick.aspx?url=https%3a%2f%2fthelighthouse.example%2f1",
         "thelighthouse.example"),
        ("", "https://thelighthouse.example/1", "Alert - mill"),
    ],
)  # fmt: skip
def test_an_entry_past_a_search_engine_is_its_outlets(tail: str, link: str, source: str) -> None:
    record = read_feed(ALERT.format(tail=tail, link=link).encode(), "a.xml").records[0]
    assert (record.title, record.source) == ("Mill sold", source)
    assert record.url == "https://thelighthouse.example/1"


@pytest.mark.parametrize(
    ("root", "words"),
    [
        ("opml", "a list of feeds"),
        ("urlset", "a site map"),
        ("sitemapindex", "a site map"),
        ("articles", "XML of another kind, <articles>"),
    ],
)
def test_xml_of_another_kind_is_named(root: str, words: str) -> None:
    with pytest.raises(RefusedFile, match=words):
        read_feed(f"<?xml version='1.0'?><{root}></{root}>".encode(), "a.xml")


def test_blank_lines_of_an_export_part_paragraphs() -> None:
    content = "<![CDATA[<!-- wp:paragraph -->\nThe mill was sold.\n\nIts <b>roof</b> is gone.]]>"
    item = f"<item><title>Mill</title><content:encoded>{content}</content:encoded></item>"
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    feed = f"<rss version='2.0' {space}><channel><title>Post</title>{item}</channel></rss>"
    assert (
        read_feed(feed.encode(), "a.xml").records[0].text == "The mill was sold.\nIts roof is gone."
    )
