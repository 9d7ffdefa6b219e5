"""Front matter in YAML and TOML, in several languages: read, set aside, and what's unused said."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.corpus.article import Article
from dashboard.corpus.importing.read import read_corpus
from dashboard.corpus.readers.front_matter import read_front_matter
from dashboard.corpus.report import FileReport

BODY = (
    "El consejo del puerto aprobó el martes ampliar el muelle norte antes del invierno. Los "
    "vecinos del barrio del molino pidieron un calendario más lento y otra consulta pública."
)
HUGO = f"""+++
titulo = "El muelle crece"
autores = ["Ana Moreno", "Iker Sanz"]
medio = "La Gaceta"
fecha = 2023-11-07
draft = false
+++
{BODY}
"""
CLIPPED = f"""---
título: 'El muelle crece'
source: "https://www.gaceta.example/2023/11/muelle"
autor:
  - "[[Ana Moreno]]"
  - Iker Sanz
publicado: 7 de noviembre de 2023
published: 7 de noviembre de 2023
description: |
  Un resumen
  de dos renglones
tags:
- recortes
---

{BODY}
"""


def read(folder: Path, text: str, name: str = "nota.md") -> tuple[Article, FileReport]:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    corpus = read_corpus([folder])
    [article], [entry] = corpus.articles, corpus.report.files
    return article, entry


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "source", "url", "unused"),
    [
        (HUGO, "La Gaceta", None, ["draft"]),
        (CLIPPED, "gaceta.example", "https://www.gaceta.example/2023/11/muelle", ["tags"]),
    ],
)
def test_fields_of_front_matter(
    tmp_path: Path, end: str, text: str, source: str, url: str | None, unused: list[str]
) -> None:
    article, entry = read(tmp_path, text.replace("\n", end))
    values = {name: field.value for name, field in article.fields.items()}
    assert values == {
        "title": "El muelle crece", "source": source, "original_source": None,
        "date": "2023-11-07", "authors": "Ana Moreno; Iker Sanz", "url": url,
    }  # fmt: skip
    assert article.paragraphs == [BODY]
    assert all(name in entry.problems[0].reason for name in unused)


def test_the_block_is_there_to_be_read_and_its_lines_keep_their_numbers(tmp_path: Path) -> None:
    article, _ = read(tmp_path, CLIPPED)
    assert "\n".join(line.text for line in article.lines) == CLIPPED.removesuffix("\n")
    block = [line for line in article.lines if line.reason == "front matter"]
    assert [line.number for line in block] == list(range(1, 15))
    assert article.fields["title"].line == 2
    assert article.fields["url"].line == 3


def test_a_folder_names_the_source_of_its_notes(tmp_path: Path) -> None:
    article, _ = read(tmp_path, HUGO, "El Faro/nota.md")
    assert article.fields["source"].value == "El Faro"
    assert article.fields["title"].value == "El muelle crece"


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{BODY}\n---\n{BODY}",
        f"---\n\n---\n{BODY}",
        f"---\ntitle: nan\n---\n{BODY}",
        f"---\ntitle: El muelle\n{BODY}",
        f"***\ntitle: El muelle\n***\n{BODY}",
    ],
)
def test_what_is_no_front_matter_stays_text(tmp_path: Path, text: str) -> None:
    article, entry = read(tmp_path, text)
    assert not [line for line in article.lines if line.reason == "front matter"]
    assert BODY in article.paragraphs
    assert not entry.problems


@pytest.mark.parametrize("between", ["=", " = ", "= "])
def test_toml_needs_no_spaces_and_may_have_parts(between: str) -> None:
    pairs = ("title", '"Mill sold"'), ("tags", '["a"]'), ("date", "2023-04-03T10:00:00+02:00")
    lines = [f"{name}{between}{value}" for name, value in pairs]
    found = read_front_matter(
        ["+++", *lines, "[params]", f'publication{between}"Post"', "+++", "A"]
    )
    assert found is not None
    assert {name: field.value for name, field in found.fields.items()} == {
        "title": "Mill sold", "date": "2023-04-03", "source": "Post"}  # fmt: skip


def test_an_equals_sign_within_an_address_parts_no_pair() -> None:
    found = read_front_matter(["---", "title: Mill", "url: https://post.example/?a=1", "---", "A"])
    assert found is not None
    assert found.fields["url"].value == "https://post.example/?a=1"
