"""What is taken along opens in the program that it is for."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import scipy.sparse
from pyarrow import parquet

from dashboard.formats.bundles import BUNDLES
from dashboard.formats.database import write_database
from dashboard.formats.matrix import matrix_bytes
from dashboard.formats.tables import TABLE_FORMATS, render_table
from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope

GEXF = "{http://www.gexf.net/1.2draft}"

HOSTILE = pd.DataFrame(
    {
        "título": ["=1+1", "-трава", "+49 30", "@name", "plain, \"quoted\"\nand broken", None],
        "half": pd.Series(["a\ud800b", "\tx", "\rx", "", "żółw", "北京"], dtype=object),
        "n": pd.array([1, -2, None, 4, 5, 6], dtype="Int64"),
        "share": [0.1, -0.25, np.nan, 1e-9, 2.0, 0.5],
        "is_so": [True, False, True, False, True, False],
    }
)  # fmt: skip


@pytest.mark.parametrize(("kind", "separator"), [("csv", ","), ("tsv", "\t")])
def test_no_cell_for_a_spreadsheet_is_a_formula(kind: str, separator: str) -> None:
    table = HOSTILE.rename(columns={"half": "=half"})
    text = render_table(table, kind).decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    assert rows[0] == ["título", "'=half", "n", "share", "is_so"]
    assert [row[0] for row in rows[1:]] == [
        "'=1+1", "'-трава", "'+49 30", "'@name", "plain, \"quoted\"\nand broken", "",
    ]  # fmt: skip
    assert [row[1] for row in rows[1:]] == ["a?b", "'\tx", "'\nx", "", "żółw", "北京"]
    assert [row[2] for row in rows[1:]] == ["1", "-2", "", "4", "5", "6"]  # a number is no formula
    assert rows[2][3] == "-0.25"


def test_json_and_json_lines_have_the_same_records() -> None:
    records = json.loads(render_table(HOSTILE, "json"))
    lines = render_table(HOSTILE, "jsonl").decode("utf-8").split("\n")
    assert [json.loads(line) for line in lines[:-1]] == records
    assert lines[-1] == ""
    assert records[0] == {"título": "=1+1", "half": "a?b", "n": 1, "share": 0.1, "is_so": True}
    assert records[2]["n"] is records[2]["share"] is records[5]["título"] is None


def test_parquet_and_arrow_keep_text_and_types() -> None:
    tables = [
        parquet.read_table(io.BytesIO(render_table(HOSTILE, "parquet"))),
        pa.ipc.open_file(io.BytesIO(render_table(HOSTILE, "arrow"))).read_all(),
    ]
    for table in tables:
        assert table.column_names == [*HOSTILE.columns]
        assert table["título"].to_pylist()[:5] == HOSTILE["título"].tolist()[:5]
        assert table["título"].to_pylist()[5] is None
        assert table["half"].to_pylist()[0] == "a?b"
        assert pa.types.is_integer(table.schema.field("n").type)
        assert table["n"].to_pylist() == [1, -2, None, 4, 5, 6]


@pytest.mark.parametrize("kind", TABLE_FORMATS)
def test_a_table_without_rows_is_written_in_every_kind(kind: str, seeds_index: Index) -> None:
    nothing = TABLES["topics"](seeds_index, Scope(query="nosuchword"))
    written = render_table(nothing, kind)
    lines = {"json": b"[]\n", "jsonl": b""}
    if kind in lines:
        assert written == lines[kind]
    elif kind in ("csv", "tsv"):
        assert written.count(b"\n") == 1
    else:
        assert pd.read_parquet(io.BytesIO(written)).empty if kind == "parquet" else len(written) > 9


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Articles of several languages and dates, one without a source, in two segments of text."""
    folder = tmp_path_factory.mktemp("mixed")
    rows = [
        {
            "title": f"Zug {i} fährt" if i % 2 else f"-Le port {i} & <fermé>",
            "source": ["Kurier", "La Gazette", "=Formel", ""][i % 4],
            "date": f"2024-0{1 + i % 9}-1{i % 9}" if i % 5 else "",
            "text": (
                f"Der Bahnhof {i} wurde am Montag gesperrt. Die Züge fahren am Abend wieder.\n\n"
                f"Die Stadt Köln sucht am Gleis {i} nach der Ursache. Der Bahnhof bleibt zu."
                if i % 2
                else f"Le port {i} reste fermé. Les bateaux attendent au large depuis mardi.\n\n"
                f"La mairie de Nantes cherche une solution pour les {i} pêcheurs du port."
            ),
        }
        for i in range(24)
    ]
    pd.DataFrame(rows).to_csv(folder / "rows.csv", index=False)
    build_index([folder / "rows.csv"], folder / "index")
    return open_index(folder / "index")


def test_every_table_is_in_the_database_as_the_measure_gives_it(
    mixed: Index, tmp_path: Path
) -> None:
    scope = Scope(sources=(mixed.sources[0].source_id, mixed.sources[1].source_id))
    said: list[str] = []
    write_database(mixed, scope, tmp_path / "all.db", said.append)
    assert said == []
    with closing(sqlite3.connect(tmp_path / "all.db")) as database:
        for name, table in TABLES.items():
            wanted = table(mixed, scope)
            found = pd.read_sql_query(f'SELECT * FROM "{name}"', database)
            assert [*found.columns] == [*wanted.columns], name
            assert len(found) == len(wanted), name
            for column in wanted.columns:
                kept = wanted[column].astype(object).where(wanted[column].notna(), None).tolist()
                got = found[column].astype(object).where(found[column].notna(), None).tolist()
                assert kept == got, (name, column)
        facts = dict(database.execute("SELECT name, value FROM about"))
        assert facts["corpus"] == mixed.corpus_id
        assert facts["in words"] == scope.describe(mixed)
        meanings = dict(
            database.execute("""SELECT "column", meaning FROM columns WHERE "table" = 'topics'""")
        )
        assert meanings == dict(TABLES["topics"].columns)


def test_the_passages_of_the_database_are_searched_without_marks(
    mixed: Index, tmp_path: Path
) -> None:
    write_database(mixed, Scope(), tmp_path / "all.db")
    with closing(sqlite3.connect(tmp_path / "all.db")) as database:
        found = database.execute(
            "SELECT p.text FROM passages_fts f JOIN passages p ON p.rowid = f.rowid "
            "WHERE passages_fts MATCH 'pecheurs AND nantes'"
        ).fetchall()
        texts = TABLES["passages"](mixed, Scope())["text"]
        assert len(found) == int(texts.str.contains("pêcheurs").sum()) > 3
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_database_replaces_the_old_one_only_when_it_is_complete(
    mixed: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.db"
    file.write_bytes(b"the old one")

    def fails(index: Index, scope: Scope) -> pd.DataFrame:
        raise OSError("no room")

    monkeypatch.setitem(TABLES, "topics", fails)
    with pytest.raises(OSError, match="no room"):
        write_database(mixed, Scope(), file)
    assert file.read_bytes() == b"the old one"
    assert [p.name for p in tmp_path.iterdir()] == ["all.db"]


def test_the_matrix_is_scipys_and_counts_what_the_index_counts(mixed: Index) -> None:
    for scope in (Scope(), Scope(topics=(mixed.cut().topics[0].topic_id,)), Scope(undated=True)):
        written = matrix_bytes(mixed, scope)
        matrix = scipy.sparse.load_npz(io.BytesIO(written))
        more = np.load(io.BytesIO(written), allow_pickle=False)
        articles = TABLES["articles"](mixed, scope)
        assert more["article_ids"].tolist() == articles["article_id"].tolist()
        assert matrix.shape == (len(articles), len(more["vocabulary"]))
        assert matrix.nnz > 0
        assert matrix.has_canonical_format
    port = more["vocabulary"].tolist().index("port")
    texts = TABLES["passages"](mixed, Scope()).groupby("article_id", sort=False)["text"].sum()
    matrix = scipy.sparse.load_npz(io.BytesIO(matrix_bytes(mixed, Scope())))
    ids = np.load(io.BytesIO(matrix_bytes(mixed, Scope())))["article_ids"]
    uses = dict(zip(ids.tolist(), matrix[:, [port]].toarray()[:, 0].tolist(), strict=True))
    assert uses == {i: text.lower().split().count("port") + text.count("port.")
                    for i, text in texts.items()}  # fmt: skip


def test_topic_data_adds_up(mixed: Index) -> None:
    """The arrays of topicwizard's ``TopicData``, against the tables and the matrix itself."""
    written = BUNDLES["topic_data"].write(mixed, Scope())
    more = np.load(io.BytesIO(written), allow_pickle=False)
    matrix = scipy.sparse.load_npz(io.BytesIO(written))
    topics = [topic.label for topic in mixed.cut().topics]
    n_articles, n_terms = matrix.shape
    assert more["topic_names"].tolist() == topics
    assert more["document_topic_matrix"].shape == (n_articles, len(topics))
    assert more["topic_term_matrix"].shape == (len(topics), n_terms)
    shares = more["document_topic_matrix"].sum(axis=1)
    assert np.isclose(shares, 1).any()
    assert (np.isclose(shares, 1) | (shares == 0)).all()
    uses = np.asarray(matrix.sum(axis=0)).ravel()
    found = more["topic_term_matrix"].sum(axis=0)
    assert (found <= uses).all()
    assert found.sum() > 0
    texts = TABLES["passages"](mixed, Scope()).groupby("article_id", sort=False)["text"]
    assert dict(zip(more["article_ids"].tolist(), more["corpus"].tolist(), strict=True)) == {
        i: "\n".join(found) for i, found in texts
    }


def test_topic_data_of_nothing_opens(mixed: Index) -> None:
    written = BUNDLES["topic_data"].write(mixed, Scope(query="nosuchword"))
    more = np.load(io.BytesIO(written), allow_pickle=False)
    assert len(more["corpus"]) == len(more["document_topic_matrix"]) == 0


def test_the_matrix_of_nothing_opens(mixed: Index) -> None:
    matrix = scipy.sparse.load_npz(io.BytesIO(matrix_bytes(mixed, Scope(query="nosuchword"))))
    assert matrix.shape[0] == matrix.nnz == 0


def graph_of(written: bytes) -> tuple[dict[str, str], list[tuple[str, str, float]]]:
    """Nodes with their labels and edges, as the format says them."""
    root = ElementTree.fromstring(written)
    assert (root.tag, root.attrib["version"]) == (f"{GEXF}gexf", "1.2")
    nodes = {n.attrib["id"]: n.attrib["label"] for n in root.iter(f"{GEXF}node")}
    declared = {a.attrib["id"] for a in root.iter(f"{GEXF}attribute")}
    assert {v.attrib["for"] for v in root.iter(f"{GEXF}attvalue")} <= declared
    edges = [
        (e.attrib["source"], e.attrib["target"], float(e.attrib["weight"]))
        for e in root.iter(f"{GEXF}edge")
    ]
    assert len({frozenset(edge[:2]) for edge in edges}) == len(edges)
    return nodes, edges


def test_the_graph_of_sources_joins_those_of_like_topics(mixed: Index) -> None:
    nodes, edges = graph_of(BUNDLES["source_graph"].write(mixed, Scope()))
    assert nodes == {s.source_id: s.name for s in mixed.sources}
    assert edges
    mixes = TABLES["source_topics"](mixed, Scope())
    shares = mixes.pivot_table(index="source_id", columns="topic_id", values="share", fill_value=0)
    for one, other, weight in edges:
        a, b = shares.loc[one].to_numpy(), shares.loc[other].to_numpy()
        assert weight == pytest.approx(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_the_graph_of_topics_has_the_pairs_of_similar_topics(seeds_index: Index) -> None:
    nodes, edges = graph_of(BUNDLES["topic_graph"].write(seeds_index, Scope()))
    topics = TABLES["topics"](seeds_index, Scope())
    assert nodes == dict(zip(topics["topic_id"], topics["label"], strict=True))
    pairs = TABLES["similar_topics"](seeds_index, Scope())
    pairs = pairs[pairs["cosine"] > 0]
    assert {frozenset(edge[:2]) for edge in edges} == {
        frozenset(pair) for pair in zip(pairs["topic_id"], pairs["similar_id"], strict=True)
    }


def test_a_label_that_xml_cannot_hold_is_written_without_it(
    mixed: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = TABLES["topics"](mixed, Scope())
    label = "a\x00b\x1f <&> \ud800 北"
    topics["label"] = pd.Series([label] * len(topics), dtype=object)
    monkeypatch.setitem(TABLES, "topics", lambda index, scope: topics)
    nodes, _ = graph_of(BUNDLES["topic_graph"].write(mixed, Scope()))
    assert set(nodes.values()) == {"ab <&>  北"}


def test_the_texts_are_read_again_as_the_same_articles(mixed: Index, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(BUNDLES["texts"].write(mixed, Scope()))) as packed:
        assert packed.testzip() is None
        packed.extractall(tmp_path / "texts")
    files = sorted(p.name for p in (tmp_path / "texts").glob("*.txt"))
    assert len(files) == mixed.n_articles
    assert any(name.startswith("undated_") for name in files)
    build_index([tmp_path / "texts"], tmp_path / "again")
    again = open_index(tmp_path / "again")
    texts = [
        sorted(TABLES["passages"](index, Scope())["text"].tolist()) for index in (mixed, again)
    ]
    assert texts[0] == texts[1]
    dates = [
        sorted(TABLES["articles"](index, Scope())["date"].fillna("").tolist())
        for index in (mixed, again)
    ]
    assert dates[0] == dates[1]


@pytest.mark.parametrize("name", BUNDLES)
def test_the_same_scope_is_the_same_bytes(name: str, mixed: Index) -> None:
    scope = Scope(query="nosuchword")
    assert BUNDLES[name].write(mixed, scope) == BUNDLES[name].write(mixed, scope)
