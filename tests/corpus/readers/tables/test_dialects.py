"""Tables as programs of other countries write them: their quotes, encodings and names."""

from __future__ import annotations

import pytest

from dashboard.corpus.parsing.column_names import rank_of
from dashboard.corpus.readers.registry import Reading
from dashboard.corpus.readers.tables.date_columns import typed_day
from dashboard.corpus.readers.tables.table import read_csv

ROWS = [
    ("Brücke, erster Teil", "Der Bote", "2023-04-0{}", "Die Brücke wird gebaut, sagt der Rat"),
    ("Straße", "Die Woche", "2023-04-1{}", "Die Straße bleibt zu, sagt der Rat, bis Mai"),
]


def read(text: str, encoding: str = "utf-8") -> Reading:
    return read_csv(text.encode(encoding), "a.csv")


def fields(reading: Reading) -> list[tuple[str, str]]:
    return [(record.title, record.source) for record in reading.records]


@pytest.mark.parametrize("delimiter", [",", ";", "|"])
def test_a_space_after_the_delimiter_is_no_part_of_a_quoted_cell(delimiter: str) -> None:
    between = f"{delimiter} "
    rows = [between.join(("titel", "quelle", "text"))]
    rows += [between.join(f'"{cell}"' for cell in (t, q, f"{text}\n{text}."))
             for t, q, _, text in ROWS]  # fmt: skip
    reading = read("\n".join(rows))
    assert fields(reading) == [("Brücke, erster Teil", "Der Bote"), ("Straße", "Die Woche")]
    assert reading.refused == 0


def test_quotation_marks_that_begin_a_bare_cell_stay() -> None:
    reading = read('titel| quelle| text\nA| Bote| "Wir bleiben", sagte sie.\n')
    assert reading.records[0].text.strip() == '"Wir bleiben", sagte sie.'


def test_apostrophes_around_every_name_quote_the_cells() -> None:
    rows = ["'titel','quelle','text'"]
    rows += [f"'{t}','{q}','{text}, Peter''s Wort'" for t, q, _, text in ROWS]
    reading = read("\n".join(rows))
    assert fields(reading)[0] == ("Brücke, erster Teil", "Der Bote")
    assert reading.records[1].text.endswith("bis Mai, Peter's Wort")


@pytest.mark.parametrize("name", ["Título", "Título da notícia"])
def test_a_header_alone_that_is_not_utf_8_is_read(name: str) -> None:
    head = f"{name};Veículo;Data de publicação;Texto completo\n"
    reading = read(head + "A vote;Folha;2023-04-01;The council voted for it.\n", "cp1252")
    assert fields(reading) == [("A vote", "Folha")]
    assert reading.records[0].date == "2023-04-01"


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("title", "Ueberschrift"), ("title", "titulo_s"), ("title", "node.headline"),
        ("title", "หัวข้อ"), ("text", "record.text"), ("text", "內文"), ("text", "Texto íntegro"),
        ("text", "טקסט"), ("source", "Zrodlo"), ("source", "quelle_s"), ("source", "πηγή"),
        ("date", "veroeffentlicht"), ("date", "date_publication"), ("date", "snippet.publishedAt"),
        ("authors", "Autor/a"), ("authors", "Autor:in"), ("authors", "tác giả"),
    ],
)  # fmt: skip
def test_names_without_marks_in_wrappers_and_other_languages(field: str, name: str) -> None:
    from dashboard.corpus.parsing.column_names import normal_name

    assert rank_of(field, normal_name(name)) is not None


@pytest.mark.parametrize("nothing", ["keine Angabe", "#REF!", "не указано", "不明", "sin datos"])
def test_cells_that_say_that_nothing_is_known_name_no_outlet(nothing: str) -> None:
    reading = read(f"title,source,text\nA,{nothing},The council voted for it.\n")
    assert reading.records[0].source == ""


@pytest.mark.parametrize("cell", ["/Date(1680516000000)/", "\\/Date(1680516000000+0200)\\/"])
def test_dates_of_microsofts_programs_are_read(cell: str) -> None:
    assert typed_day(cell, lambda: "unclear") == ("2023-04-03", "")
