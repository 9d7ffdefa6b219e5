"""Texts in blocks, records in groups and rows, and what stands under several names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.corpus.readers.json.records import read_json

FIRST, SECOND = "The old mill will be sold, said the town.", "Nobody wants to buy it yet."


def read(value: Any) -> Any:
    return read_json(json.dumps(value).encode(), "a.json")


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        ("blocks", [{"type": "paragraph", "data": {"text": FIRST}},
                    {"type": "paragraph", "data": {"text": SECOND}}]),
        ("content", [{"_type": "block", "children": [{"text": FIRST}]},
                     {"_type": "block", "children": [{"text": SECOND}]}]),
        ("body", [{"kind": "text", "content": FIRST}, {"kind": "image", "src": "a.jpg"},
                  {"kind": "text", "content": SECOND}]),
        ("paragraphs", [FIRST, SECOND]),
    ],
)  # fmt: skip
def test_the_blocks_of_an_editor_are_one_text(name: str, blocks: list[Any]) -> None:
    articles = [{"title": f"Mill {n}", "date": "2023-04-01", name: blocks} for n in range(2)]
    reading = read(articles)
    assert [record.title for record in reading.records] == ["Mill 0", "Mill 1"]
    assert reading.records[0].text.split() == f"{FIRST} {SECOND}".split()


def test_articles_with_a_kind_are_no_blocks() -> None:
    listed = [{"type": "article", "title": f"Mill {n}", "content": f"{FIRST} {n}"} for n in (1, 2)]
    assert len(read({"content": listed}).records) == 2


@pytest.mark.parametrize(
    ("keys", "field"),
    [(["Rope Gazette", "Harbour Post", "Mill Daily"], "source"),
     (["2023-04-01", "2023-04-02", "2023-04-03"], "date")],
)  # fmt: skip
def test_the_key_of_a_group_is_not_lost(keys: list[str], field: str) -> None:
    value = {key: [{"title": f"Mill {n}", "text": f"{FIRST} {n}"}] for n, key in enumerate(keys)}
    assert [getattr(record, field) for record in read(value).records] == keys


def test_rows_under_a_row_of_names_are_records() -> None:
    rows = [["title", "source", "text"], ["Mill", "Der Bote", FIRST], ["Pond", "Post", SECOND]]
    reading = read(rows)
    assert [(r.title, r.source) for r in reading.records] == [
        ("Mill", "Der Bote"),
        ("Pond", "Post"),
    ]
    assert [r.row for r in reading.records] == [1, 2]


def test_a_json_feed_is_named_by_its_title_and_read_in_either_form() -> None:
    items = [{"id": "1", "title": "Mill", "content_html": f"<p>{FIRST}</p>"},
             {"id": "2", "title": "Pond", "content_text": SECOND}]  # fmt: skip
    reading = read({"version": "https://jsonfeed.org/version/1", "title": "Post", "items": items})
    assert [(r.title, r.source) for r in reading.records] == [("Mill", "Post"), ("Pond", "Post")]
    assert [r.text for r in reading.records] == [FIRST, SECOND]
