"""Regular expressions: one word each, in linear time; what is none, or too much, is refused."""

from __future__ import annotations

import pytest

from dashboard.text.hits import find_spans
from dashboard.text.queries.expressions import MOST_WORDS, find_lines, fits
from dashboard.text.queries.lexemes import UnreadableQuery
from dashboard.text.query import Pattern, parse_keyword, parse_query


@pytest.mark.parametrize(
    ("expression", "words", "others"),
    [
        ("/gr[ae]u/", ["grau", "greu"], ["grauer", "gr"]),
        ("/(tram|bus)s?/", ["tram", "buss"], ["tra", "omnibus"]),
        (r"/п\p{L}+м/", ["паром"], ["пора"]),
        ("/ÉTÉ/", ["été"], ["ete"]),
        ("/a{2,3}/", ["aa", "aaa"], ["a", "aaaa"]),
        ("/[^e]+/", ["tram"], ["tramé e", "le"]),
    ],
)
def test_an_expression_fits_whole_words(
    expression: str, words: list[str], others: list[str]
) -> None:
    assert parse_keyword(expression) == (Pattern((expression,)),)
    assert [word for word in [*words, *others] if fits(expression, word)] == words
    every = sorted({*words, *others, "eé"})
    lines = "\n".join(every).encode()
    starts = list(find_lines(expression, lines))
    assert [lines[at:].split(b"\n")[0].decode() for at in starts] == sorted(words)


def test_in_a_query_and_a_phrase() -> None:
    text = "Der graue Bus und die grüne Bahn, der blaue Bus."
    assert [text[a:b] for a, b in find_spans(parse_keyword("/gr.+/ (Bus OR Bahn)"), text)] == [
        "graue Bus",
        "grüne Bahn",
    ]
    assert parse_query("/b(us|ahn)/ -source:/t.z/").parts[1].parts[0].field == "source"
    # No expression: paths, fractions, and what has no end.
    for plain in ("and/or", "1/2", "/usr", "km/h"):
        assert all("/" not in token for p in parse_keyword(plain) for token in p.tokens)


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("/(tram/", "is not a regular expression: missing"),
        ("/tram)|(bus/", "is not a regular expression"),
        ("/(?=a)b/", "is not a regular expression"),
        ("/x*/", "fits a word without letters"),
        ("/(.?.?){400}x/", "would take too long"),
        ("/((a{0,90}){0,90}){0,90}/", "is not a regular expression"),
        ("=/tram/", "“=” stands before an expression"),
    ],
)
def test_what_cannot_be_computed_is_said(expression: str, why: str) -> None:
    with pytest.raises(UnreadableQuery, match=why.replace("(", r"\(")):
        parse_keyword(expression)


def test_an_expression_for_too_many_words_is_refused() -> None:
    lines = "\n".join(f"w{i}" for i in range(MOST_WORDS + 5_000)).encode()
    with pytest.raises(UnreadableQuery, match="stands for more than 20,000 words"):
        list(find_lines("/w.*/", lines))
    assert len(list(find_lines("/w1.{0,2}/", lines))) == 111


@pytest.mark.parametrize("hostile", ["/(a*)*b/", "/(a+)+$/", "/(a|aa)+z/", "/(.*a){9}b/"])
def test_hostile_expressions_are_answered(hostile: str) -> None:
    # In a backtracking engine each of these takes longer than the age of the world.
    lines = "\n".join(["a" * 4_000] * 3 + ["b"]).encode()
    assert len(list(find_lines(hostile, lines))) == {"/(a*)*b/": 1, "/(a+)+$/": 3}.get(hostile, 0)
