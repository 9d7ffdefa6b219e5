"""Ids in records that are names in a table beside them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.corpus.readers.json.records import read_json
from dashboard.corpus.readers.json.side_tables import side_tables, with_names

TEXTS = ["Der Kran ist auf die Fähre gefallen.", "Die Brücke bleibt gesperrt.", "Der Wind dreht."]
USERS = [
    {"id": "7", "name": "Karin Roe", "username": "kroe"},
    {"id": "9", "name": "Piet Boom", "username": "pboom"},
]


def authors(document: Any) -> list[str]:
    reading = read_json(json.dumps(document).encode(), "posts.json")
    return [record.authors for record in reading.records]


def posts(**fields: list[Any]) -> list[dict[str, Any]]:
    rows = zip(*fields.values(), strict=True)
    return [
        {"id": str(100 + i), "text": text, **dict(zip(fields, row, strict=True))}
        for i, (text, row) in enumerate(zip(TEXTS, rows, strict=True))
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"data": posts(author_id=["7", "9", "7"]), "includes": {"users": USERS}},
        {"posts": posts(authorId=[7, 9, 7]), "authors": [{**u, "id": int(u["id"])} for u in USERS]},
        {"items": posts(author=["7", "9", "7"]), "expansions": {"accounts": USERS}},
        {
            "data": posts(author_id=["7", "9", "7"]),
            "includes": {"users": USERS, "places": [{"id": "7", "name": "Bremen"}]},
        },
        {
            "data": [
                {
                    "type": "posts",
                    "id": str(i),
                    "attributes": {"title": "Am Kai", "text": text},
                    "relationships": {"author": {"data": {"type": "people", "id": author}}},
                }
                for i, (text, author) in enumerate(zip(TEXTS, ["7", "9", "7"], strict=True))
            ],
            "included": [
                {"type": "people", "id": u["id"], "attributes": {"name": u["name"]}} for u in USERS
            ],
        },
    ],
)
def test_an_id_is_the_name_that_a_table_beside_has(document: Any) -> None:
    assert authors(document) == ["Karin Roe", "Piet Boom", "Karin Roe"]


def test_pages_each_have_their_table() -> None:
    pages = [
        {"data": posts(author_id=["7", "7", "7"]), "includes": {"users": [user | {"id": "7"}]}}
        for user in USERS
    ]
    lines = "\n".join(json.dumps(page) for page in pages).encode()
    found = [record.authors for record in read_json(lines, "pages.jsonl").records]
    assert found == ["Karin Roe"] * 3 + ["Piet Boom"] * 3


def test_what_no_table_or_several_have_stays() -> None:
    records = posts(author_id=["7", "9", "8"])
    assert with_names(records, side_tables([("users", USERS)])) == records
    assert with_names(records, {}) == records
    assert with_names([], side_tables([("users", USERS)])) == []
    twice = side_tables([("ships", [*USERS, {"id": "8", "name": "A"}]),
                         ("places", [*USERS, {"id": "8", "name": "B"}])])  # fmt: skip
    assert with_names(records, twice) == records
    own = [{"id": "1", "text": TEXTS[0], "author_id": "7", "author": "Ann Doe"}]
    assert with_names(own, side_tables([("users", USERS)])) == own
