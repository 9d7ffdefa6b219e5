"""Families: said by hand, by a column, by the domain, and counted as one."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dashboard.corpus.corrections import Corrections, read_corrections
from dashboard.index.building.build import build_index
from dashboard.index.building.rename import call_families
from dashboard.index.counts.independence import effective_sources
from dashboard.index.counts.own_columns import own_columns
from dashboard.index.families import families
from dashboard.index.index import Index, open_index
from dashboard.index.storage.folder import IndexFolderError
from dashboard.measures import TABLES
from dashboard.measures.findings import overview
from dashboard.measures.topics import topics
from dashboard.scope import Scope
from dashboard.ui.corpus.corrections import metadata_csv
from dashboard.ui.tables import rows_of
from dashboard.wording import independent
from tests.measures.events.test_copies import sentences

# source, web address, family
ROWS = [
    ("Correio da Serra", "https://www.correio.com.br/a", ""),
    ("Correio Opinião", "https://opiniao.correio.com.br/b", ""),
    ("Folha do Vale", "https://www.folhavale.com.br/c", ""),
    ("Ana Blog", "https://ana.wordpress.com/d", ""),
    ("Rui Blog", "https://rui.wordpress.com/e", ""),
    ("Nord-Kurier", "", "Verlag Süd"),
    ("Süd-Kurier", "", "verlag süd"),
    ("", "", "Verlag Süd"),
]


def build(folder: Path, rows: list[tuple[str, str, str]], **options: Corrections) -> Index:
    folder.mkdir(exist_ok=True)
    with (folder / "rows.csv").open("w", newline="", encoding="utf-8") as handle:
        table = csv.writer(handle)
        table.writerow(["title", "text", "source", "url", "Family"])
        for n, (source, url, family) in enumerate(rows):
            text = " ".join(sentences(f"text{n}", 8))
            table.writerow([f"Report {n}", text, source, url, family])
    build_index([folder / "rows.csv"], folder / "index", **options)
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return build(tmp_path_factory.mktemp("houses"), ROWS)


def test_a_family_is_of_a_column_or_of_a_domain_else_the_source_alone(index: Index) -> None:
    table = TABLES["families"](index, Scope()).set_index("source")
    assert table["family"].to_dict() == {
        "Correio da Serra": "correio.com.br",
        "Correio Opinião": "correio.com.br",
        "Folha do Vale": "Folha do Vale",
        "Ana Blog": "Ana Blog",
        "Rui Blog": "Rui Blog",
        "Nord-Kurier": "Verlag Süd",
        "Süd-Kurier": "Verlag Süd",
    }
    assert table.loc["Süd-Kurier", ["basis", "n_articles", "n_sources"]].tolist() == [
        "column",
        1,
        2,
    ]
    assert table.loc["Correio Opinião", "basis"] == "address"
    assert table.loc["Ana Blog", "basis"] == "alone"
    assert TABLES["families"](index, Scope(date_from=date(1999, 1, 1))).empty


def test_families_count_as_one(index: Index) -> None:
    everything = np.arange(index.n_articles)
    assert effective_sources(index, everything) == 5  # nothing is shared
    found = next(rows_of(TABLES["summary"](index, Scope())))
    assert (found.n_sources, found.n_families, found.effective_sources) == (7, 5, 5)
    assert " · 7 sources, 5 families and 1 article of unknown source · " in Scope().describe(index)
    assert "The sources count as 5 families." in overview(found, topics(index, Scope())).standfirst


def test_families_can_be_compared_and_filtered_by(index: Index) -> None:
    column = own_columns(index)["Family"]
    assert column.values[0] == "Verlag Süd"
    summary = TABLES["summary"](index, Scope(), by="family")
    assert summary["n_sources"][0] == 5
    # The article of unknown source says of whose it is.
    scope = Scope(where=(("Family", "Verlag Süd"),))
    assert int(scope.article_mask(index).sum()) == 3


def test_all_of_one_owner_are_one_family(tmp_path: Path) -> None:
    rows = [(f"Blatt {i}", "", "Holding") for i in range(3)]
    found = next(rows_of(TABLES["summary"](build(tmp_path, rows), Scope())))
    assert (found.n_sources, found.n_families, found.effective_sources) == (3, 1, 1)


def test_what_is_said_by_hand_goes_first_and_outlives_a_build(tmp_path: Path) -> None:
    out = build(tmp_path, ROWS).folder.parent
    said = {"Folha do Vale": " Grupo\tSerra ", "Correio da Serra": "Grupo Serra", "Ana Blog": ""}
    assert call_families(out, said)["Folha do Vale"] == "Grupo Serra"
    index = open_index(out)
    of = families(index)
    named = {s.name: of.names[of.of_source[i]] for i, s in enumerate(index.sources)}
    assert named["Folha do Vale"] == named["Correio da Serra"] == "Grupo Serra"
    assert named["Correio Opinião"] == "correio.com.br"
    assert named["Ana Blog"] == "Ana Blog"
    rows = metadata_csv(index).decode().splitlines()
    assert [row.split(",")[2] for row in rows] == ["family", "Grupo Serra", "Grupo Serra"]
    with pytest.raises(IndexFolderError, match="up to 100 letters"):
        call_families(out, {"Ana Blog": "x" * 101})
    again = build(tmp_path, ROWS)
    assert again.manifest["families"]["Folha do Vale"] == "Grupo Serra"


def test_corrections_carry_families_to_a_new_index(tmp_path: Path) -> None:
    file = tmp_path / "corrections.json"
    wrong = {"families": {"Ana Blog": "Blogs", "Rui Blog": "blogs", "C": 3}}
    file.write_text(json.dumps(asdict(Corrections()) | wrong))
    said = read_corrections(file)
    assert said.families == {"Ana Blog": "Blogs", "Rui Blog": "blogs"}
    index = build(tmp_path / "in", ROWS, corrections=said)
    found = TABLES["families"](index, Scope()).set_index("source")
    assert found.loc[["Ana Blog", "Rui Blog"], "family"].tolist() == ["Blogs", "Blogs"]
    assert found.loc["Ana Blog", "basis"] == "by hand"


def test_a_metadata_csv_says_families_without_a_warning(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for n in range(3):
        (texts / f"{n}.txt").write_text(f"Titel {n}\n\n" + " ".join(sentences(f"t{n}", 8)))
    (texts / "metadata.csv").write_text(
        "file,source,family\n0.txt,A,Haus\n1.txt,B,Haus\n2.txt,C,\n", encoding="utf-8"
    )
    build_index([texts], tmp_path / "index")
    index = open_index(tmp_path / "index")
    assert next(rows_of(TABLES["summary"](index, Scope()))).n_families == 2
    problems = [p for file in index.report["files"] for p in file["problems"]]
    assert not [p for p in problems if "family" in str(p)]


@pytest.mark.parametrize(
    ("n", "effective", "n_families", "said"),
    [
        (5, 3.21, 4, ", 4 families, as much as 3.2 independent ones"),
        (5, 4.0, 4, ", 4 families"),
        (5, 3.2, 5, ", 3.2 independent"),
        (2, 1.0, 1, ", 1 family"),
        (5, None, 4, ", 4 families"),
    ],
)
def test_where_families_change_a_number_it_is_said(
    n: int, effective: float | None, n_families: int, said: str
) -> None:
    assert independent(n, effective, n_families) == said
