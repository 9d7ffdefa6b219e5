"""Containers of records: nothing in them is lost, whatever was wrapped around it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.corpus.readers.json.records import read_json

TEXT = (
    "Der Rat der Stadt hat am Dienstag beschlossen, die Brücke im Norden zu erneuern. "
    "Die Arbeiten beginnen im Herbst und dauern zwei Jahre, Nummer {}."
)


def article(n: int, **more: Any) -> dict[str, Any]:
    return {"titel": f"Brücke {n}", "inhalt": TEXT.format(n), "quelle": "Der Bote", **more}


def read(value: Any, lines: bool = False) -> Any:
    written = "\n".join(map(json.dumps, value)) if lines else json.dumps(value)
    return read_json(written.encode(), "a.json")


KEYED = {f"x{n}": article(n) for n in range(4)}


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (KEYED, False),
        ({"stand": "2024", "artikel": KEYED}, False),
        ({"x-9": {"version": 2, "user": "me"}, **KEYED}, False),
        ({"2023": {"a": article(0), "b": article(1)},
          "2024": {"c": article(2), "d": article(3)}}, False),
        ({"2023": [article(0), article(1)], "2024": [article(2), article(3)]}, False),
        ([{"_index": "news", "_id": str(n), "_source": article(n)} for n in range(4)], False),
        ([{"_index": "news", "_id": str(n), "_source": article(n)} for n in range(4)], True),
        ({"hits": {"hits": [{"_id": str(n), "_source": article(n)} for n in range(4)]}}, False),
        ([x for n in range(4) for x in ({"index": {"_id": str(n)}}, article(n))], True),
        ([{f"id-{n}": article(n)} for n in range(4)], True),
        ({"seiten": [{"seite": 1, "artikel": [article(0), article(1)]},
                     {"seite": 2, "artikel": [article(2), article(3)]}]}, False),
        ([{"artikel": [article(0), article(1)]}, {"artikel": [article(2), article(3)]}], True),
    ],
    ids=["keyed", "keyed within", "keyed beside facts", "keyed in years", "lists in years",
         "hits", "lines of hits", "wrapped hits", "bulk file", "lines of one key",
         "pages", "lines of pages"],
)  # fmt: skip
def test_every_record_is_read(value: Any, lines: bool) -> None:
    reading = read(value, lines)
    assert [r.title for r in reading.records] == [f"Brücke {n}" for n in range(4)]
    assert {r.source for r in reading.records} == {"Der Bote"}
    assert reading.refused == 0


def test_an_empty_record_among_keyed_ones_is_set_aside_and_said() -> None:
    reading = read({**KEYED, "x4": None, "x5": {}})
    assert len(reading.records) == 4
    assert reading.refused == 2
    assert {p.row for p in reading.problems if p.row} == {5, 6}


def test_an_outlet_of_the_wrapper_holds_for_its_articles() -> None:
    def plain(n: int) -> dict[str, Any]:
        return {"titel": f"Brücke {n}", "inhalt": TEXT.format(n)}

    reading = read({"medien": [
        {"quelle": "Bote", "artikel": [plain(0), plain(1)]},
        {"quelle": "Kurier", "artikel": [plain(2)]},
    ]})  # fmt: skip
    assert [r.source for r in reading.records] == ["Bote", "Bote", "Kurier"]


def test_articles_that_are_not_read_are_counted_in_words() -> None:
    other = [
        {"name": f"N{n}", "text": TEXT.format(n), "link": "https://a.example/x"} for n in (7, 8)
    ]
    reading = read({"artikel": [article(n) for n in range(3)], "mehr": {"empfohlen": other}})
    assert len(reading.records) == 3
    said = [p.reason for p in reading.problems]
    assert "more articles are in the file and were not read: 2 under “mehr.empfohlen”" in said


def test_an_article_with_comments_is_one_record() -> None:
    comments = [{"name": "A", "text": "Das wurde auch Zeit, sagen wir alle hier."}] * 3
    reading = read(article(1, kommentare=comments))
    assert [r.text for r in reading.records] == [TEXT.format(1)]


def test_a_field_is_found_under_each_of_its_names() -> None:
    many = [article(n, datum="2024-05-16") for n in range(250)]
    unlike = [
        {
            "headline": "Pont",
            "contenu": TEXT.format("A"),
            "journal": "Le Quai",
            "publié le": "2023-01-02",
        },
        {"titel": "Ponte", "testo": TEXT.format("B"), "testata": "Il Molo", "data": "2023-01-03"},
    ]
    reading = read([*many, *unlike], lines=True)
    assert len(reading.records) == 252
    assert [(r.title, r.source, r.date) for r in reading.records[-2:]] == [
        ("Pont", "Le Quai", "2023-01-02"), ("Ponte", "Il Molo", "2023-01-03")
    ]  # fmt: skip


def test_a_text_in_pieces_is_whole() -> None:
    pieces = [
        "Am ", {"typ": "fett", "text": "Dienstag"}, " beschloss der Rat, die ",
        {"type": "link", "text": "Brücke", "href": "https://a.example"}, " zu erneuern.",
        {"type": "picture", "src": "x.png"},
    ]  # fmt: skip
    reading = read([{"titel": "Rat", "inhalt": pieces}, article(2)])
    assert reading.records[0].text == "Am Dienstag beschloss der Rat, die Brücke zu erneuern."


def test_spans_of_an_editor_join_without_breaks_and_blocks_with() -> None:
    texts = ("The council ", "voted on Tuesday ", "to renew the bridge.")
    spans = [{"marks": [], "text": text} for text in texts]
    assert (
        read([{"body": spans}]).records[0].text
        == "The council voted on Tuesday to renew the bridge."
    )
    blocks = [{"text": "The council voted on Tuesday."}, {"text": "Work begins in autumn."}]
    text = read([{"title": "x", "body": blocks}]).records[0].text
    assert text == "The council voted on Tuesday.\n\nWork begins in autumn."
