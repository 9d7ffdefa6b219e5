"""Hostile payloads. That the browser shows md() letter by letter is checked in the e2e tests."""

from __future__ import annotations

import re
import string

import pytest

from dashboard.ui.text import html, md, plain

PAYLOADS = [
    "![x](http://evil.example/p.png)",
    "[click](http://evil.example)",
    "<b>x</b><img src=x onerror=alert(1)>",
    "$\\rule{500em}{500em}$",
    "A$AP Rocky sues Ke$ha",
    ":red[x] :blue-background[y]",
    ":color[x]{foreground=red}",
    ":material/delete: :streamlit: :fire:",
    "1986. A great year",
    "1) one",
    "# heading",
    "> quotation",
    "- item",
    "`code` **bold** _it_ ~x~ ~~y~~",
    "a | b",
    "&lt; &#58; &nbsp;",
    "see https://evil.example/a?b=c",
    "HTTP://evil.example",
    "www.evil.example",
    "name@evil.example",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "C:\\path \\(x\\)",
]


def rendered(markdown: str) -> str:
    """What a Markdown renderer shows of spans without style and escaped punctuation."""
    spans = re.sub(r":color\[(\\.)\]", r"\1", markdown)
    return re.sub(rf"\\([{re.escape(string.punctuation)}])", r"\1", spans)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_md_escapes_every_ascii_punctuation_mark(payload: str) -> None:
    outside = re.sub(r":color\[\\.\]", "", md(payload))
    assert not set(re.sub(r"\\.", "", outside)) & set(string.punctuation)
    assert rendered(md(payload)) == payload


@pytest.mark.parametrize(
    ("payload", "pattern"),
    [
        ("see https://evil.example", r"https?://"),
        ("www.evil.example", r"www\."),
        ("name@evil.example", r"\w@\w"),
        (":streamlit:", r":streamlit:"),
        (":material_delete:", r":material_\w+:"),
        ("a -> b", r"->"),
        ("a <-> b", r"<->"),
        ("a -- b", r"--"),
    ],
)
def test_md_breaks_what_is_looked_for_after_unescaping(payload: str, pattern: str) -> None:
    # The renderer searches text nodes; a span ends one.
    nodes = [rendered(node) for node in re.split(r":color\[\\.\]", md(payload))]
    assert re.search(pattern, payload)
    assert not any(re.search(pattern, node) for node in nodes)


def test_md_leaves_plain_words_alone() -> None:
    assert md("Nikkei Asia") == "Nikkei Asia"
    assert md("上海 – “quoted”") == "上海 – “quoted”"
    assert md(None) == ""


def test_md_cuts_before_escaping() -> None:
    assert md("[[[[[", 3) == r"\[\[…"


def test_plain_is_one_line_without_what_cannot_be_seen() -> None:
    assert plain("a\u202eb\x00\u200b\ud83d c\n\nd") == "ab c d"
    assert plain("word " * 100, 12) == "word word w…"


def test_html_escapes_quotes_and_keeps_lines() -> None:
    assert html('<a title="x">\'\n& b') == "&lt;a title=&quot;x&quot;&gt;&#x27;\n&amp; b"
    assert html("a\r\nb\rc\u202e") == "a\nb\nc"
    assert html(None) == ""
    # What is cut in pieces, to be marked, keeps the spaces between its words.
    assert "".join(map(html, ["Jean", " a \t dit ", "oui", "  "])) == "Jean a dit oui "


@pytest.mark.parametrize("function", [plain, md, html])
def test_long_input_is_no_problem(function: object) -> None:
    text = "a:b@c -> " * 100_000
    assert callable(function)
    assert function(text)
