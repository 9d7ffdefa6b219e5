"""A file of topics: every format gives the same, every row is used or counted."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from dashboard.corpus.readers.tables.assignments import (
    NAMES_NO_ARTICLE,
    NAMES_NO_TOPIC,
    NO_WEIGHT,
    Assignment,
    read_assignments,
)
from dashboard.errors import NewsprismError

ROWS = [
    {"file": "a.txt", "topic": "Häfen; docks, “quays”", "weight": 0.75},
    {"file": "b/ö.txt", "topic": "3", "weight": 1},
]
SAID = [
    Assignment("a.txt", None, "Häfen; docks, “quays”", 0.75),
    Assignment("b/ö.txt", None, "Topic 3", 1.0),
]


def write(folder: Path, kind: str) -> Path:
    path, table = folder / f"topics.{kind}", pd.DataFrame(ROWS)
    if kind in ("csv", "tsv"):
        table.to_csv(path, index=False, sep="," if kind == "csv" else "\t")
    elif kind == "json":
        path.write_text(json.dumps(ROWS, indent=1), encoding="utf-8")
    elif kind == "jsonl":
        path.write_text("\n".join(map(json.dumps, ROWS)) + "\n\n", encoding="utf-8-sig")
    elif kind == "utf16":
        path.write_text(table.to_csv(index=False, sep=";"), encoding="utf-16")
    else:
        table.to_parquet(path)
    return path


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "jsonl", "parquet", "utf16"])
def test_each_format_says_the_same(kind: str, tmp_path: Path) -> None:
    said = read_assignments(write(tmp_path, kind))
    assert list(said.rows) == SAID
    assert (said.n_rows, said.set_aside, said.file) == (2, {}, f"topics.{kind}")


def test_an_object_of_articles_is_a_topic_each(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"a.txt": "Harbour", "b.txt": 7}', encoding="utf-8")
    said = read_assignments(tmp_path / "a.json")
    assert [(row.article, row.topic) for row in said.rows] == [
        ("a.txt", "Harbour"),
        ("b.txt", "Topic 7"),
    ]


def test_what_cannot_be_used_is_counted(tmp_path: Path) -> None:
    lines = [
        "Document,Topic Label,gamma,row", "a,Harbour,.5,", "a,Harbour,0,", "a,Harbour,much,",
        "a,Harbour,,", "a,Harbour,nan,", ",Harbour,1,", "b,-1,1,", "b,,1,", "b,OTHER,1,",
        "t.csv,Fog,1,12",
    ]  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    said = read_assignments(tmp_path / "a.csv")
    assert [(r.article, r.row, r.topic, r.weight) for r in said.rows] == [
        ("a", None, "Harbour", 0.5),
        ("t.csv", 12, "Fog", 1.0),
    ]
    assert said.set_aside == {NO_WEIGHT: 4, NAMES_NO_ARTICLE: 1, NAMES_NO_TOPIC: 3}
    assert said.n_rows == len(said.rows) + sum(said.set_aside.values())


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "a.csv: "),
        (
            b"file,theme\na.txt,Fog\n",
            "it has no column of topics; its columns are file and theme",
        ),
        (b"text,topic\na.txt,Fog\n", "it has no column of articles"),
        (b"[1, 2]", "it is not a list of objects"),
        (b'[{"file": ', "the JSON can't be read"),
        (b'{"file": "a", "topic": "b"}\n{"file', "the JSON can't be read"),
        (b"[" * 100_000, "the JSON can't be read"),
        (b"PAR1 and no more", "the Parquet file is damaged or incomplete"),
        (b"file,topic\na.txt," + b"x" * 61, "shorten it to 60 letters"),
        (b"file,topic\n" + b"".join(b"a,t%d\n" % i for i in range(201)), "it names 201 topics"),
    ],
    ids=[
        "empty",
        "topics",
        "articles",
        "numbers",
        "cut",
        "lines",
        "deep",
        "parquet",
        "long",
        "many",
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(NewsprismError) as said:
        read_assignments(tmp_path / "a.csv")
    assert what in str(said.value)
    assert str(said.value).startswith("a.csv: ")
    assert said.value.remedy
    assert len(str(said.value)) < 500
