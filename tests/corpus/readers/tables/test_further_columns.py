"""Fields under several names, escapes that a program wrote out, row names, and what is said."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dashboard.corpus.readers.tables.cells import read_escapes
from dashboard.corpus.readers.tables.table import read_csv, read_parquet

TEXT = (
    "Le conseil a voté mardi la rénovation du pont. Les travaux commencent à l’automne, dit-il, {}."
)


def write(rows: list[list[str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


ROWS = [
    ["titre", "texte", "contenu", "journal", "média"],
    ["A", TEXT.format(1), "", "Le Quai", ""],
    ["B", "", TEXT.format(2), "", "La Digue"],
    ["C", TEXT.format(3), "", "", ""],
]


def test_a_field_is_read_from_each_column_that_bears_its_name() -> None:
    reading = read_csv(write(ROWS), "a.csv")
    assert [r.text for r in reading.records] == [TEXT.format(n) for n in (1, 2, 3)]
    assert [r.source for r in reading.records] == ["Le Quai", "La Digue", ""]
    said = {(p.column, p.reason) for p in reading.problems}
    assert ("contenu", "read for text in 1 row where texte is empty") in said


def test_so_it_is_in_parquet(tmp_path: Path) -> None:
    import pandas as pd

    pd.DataFrame(ROWS[1:], columns=ROWS[0]).to_parquet(tmp_path / "a.parquet")
    reading = read_parquet((tmp_path / "a.parquet").read_bytes(), "a.parquet")
    assert [r.source for r in reading.records] == ["Le Quai", "La Digue", ""]
    assert len(reading.records) == 3


def test_a_column_that_the_user_named_is_the_only_one() -> None:
    reading = read_csv(write(ROWS), "a.csv", {"text": "texte"})
    assert len(reading.records) == 2
    assert reading.refused == 1


def test_which_of_two_texts_is_read_is_said() -> None:
    row = [" ".join(["breve"] * 14), "", " ".join(["cuerpo"] * 80)]
    rows = [["resumen", "artículo completo", "cuerpo"], row, row, row]
    reading = read_csv(write(rows), "a.csv")
    assert reading.choice.startswith("the text is read from cuerpo (559 characters in the median)")
    assert "not from resumen (83)" in reading.choice
    assert read_csv(write(rows), "a.csv", {"text": "cuerpo"}).choice == ""


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_row_names_without_a_name_move_no_column(delimiter: str) -> None:
    rows = [["titulo", "texto", "fecha"],
            *[[str(n), f"T{n}", TEXT.format(n), "2024-05-16"] for n in range(1, 4)]]  # fmt: skip
    reading = read_csv(write(rows, delimiter), "r.csv")
    assert [r.title for r in reading.records] == ["T1", "T2", "T3"]
    assert [r.date for r in reading.records] == ["2024-05-16"] * 3
    assert reading.refused == 0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"Erster Satz.\nZweiter Satz.\tDritter.", "Erster Satz.\nZweiter Satz. Dritter."),
        (r"Uno.\r\n\r\nDos \"tres\".", 'Uno.\n\nDos "tres".'),
        ("Zeile_x000D_\nnoch eine_x000d_", "Zeile\nnoch eine\r"),
        ("_x0041_bc", "Abc"),
        (r"b'na\xc3\xafve \xe2\x80\x93 d\xc3\xa9j\xc3\xa0'", "naïve – déjà"),
        ('b"it\'s"', "it's"),
        (r"Gr\u00fc\u00dfe \ud83d\ude00", "Grüße 😀"),
        (r"saved in C:\news\table\notes", r"saved in C:\news\table\notes"),
        ("b'not closed", "b'not closed"),
        (r"b'\xff\xfe'", r"b'\xff\xfe'"),
        ("a line\nand a\\nname", "a line\nand a\\nname"),
        ("file_x12.txt", "file_x12.txt"),
    ],
)
def test_written_out_characters_are_read_and_paths_stay(written: str, meant: str) -> None:
    assert read_escapes(written) == meant
