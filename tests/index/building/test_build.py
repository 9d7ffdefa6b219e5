"""Builds: the id tells what is in them."""

from __future__ import annotations

from pathlib import Path

from dashboard.corpus.corrections import Corrections
from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles, find_topics_anew
from dashboard.index.index import open_index

TEXT = (
    "Harbour strike goes on\n\nMore News\n\nDockers voted on Tuesday to go on with their strike, "
    "the union said, and the port authority called the vote a mistake for the whole town.\n"
)


def test_the_index_id_changes_with_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    first = build_index([path], tmp_path / "x")
    again = build_index([path], tmp_path / "y")
    assert (first["index_id"], first["corpus_id"]) == (again["index_id"], again["corpus_id"])
    article_id = open_index(tmp_path / "x").article_rows([0])["article_id"].iloc[0]
    restored = Corrections(lines={article_id: [3]})
    other = build_index([path], tmp_path / "y", corrections=restored)
    assert other["corpus_id"] == first["corpus_id"]
    assert other["index_id"] != first["index_id"]
    assert open_index(tmp_path / "x").fingerprint != open_index(tmp_path / "y").fingerprint


def test_what_a_killed_build_left_does_not_block_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "x" / ".draft-killed").mkdir(parents=True)
    build_index([path], tmp_path / "x")
    assert open_index(tmp_path / "x").n_articles == 1


def test_records_without_text_of_their_own_are_reported_not_built(tmp_path: Path) -> None:
    """They are told while segments are read, of which one may have no article at all."""
    (tmp_path / "a.txt").write_text("Share this article\n\nMore News\n\nSubscribe\n", "utf-8")
    (tmp_path / "b.csv").write_text("title,text,source\nA,,P\nB,   ,Q\n", "utf-8")
    (tmp_path / "c.txt").write_text(TEXT, "utf-8")
    aside = [tmp_path / "a.txt", tmp_path / "b.csv"]
    facts = build_index([*aside, tmp_path / "c.txt"], tmp_path / "x")
    found = [(f["file"], f["kept"], f["quarantined"]) for f in facts["report"]["files"]]
    assert found == [("a.txt", 0, 1), ("b.csv", 0, 2), ("c.txt", 1, 0)]
    assert [p["row"] for p in facts["report"]["files"][1]["problems"]] == [1, 2]

    assert build_index(aside, tmp_path / "y")["n_articles"] == 0
    find_topics_anew(tmp_path / "y")
    grown = add_articles([tmp_path / "c.txt"], tmp_path / "y")
    assert (grown["n_articles"], len(grown["segments"])) == (1, 1)
    assert grown["hashes"] == facts["hashes"]
    assert grown["report"]["totals"] == facts["report"]["totals"]
