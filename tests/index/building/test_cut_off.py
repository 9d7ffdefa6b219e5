"""Changes that are cut off, come twice, or meet an index with nothing in it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.corpus.corrections import Corrections
from dashboard.corpus.importing import spool
from dashboard.index.building import build, compaction
from dashboard.index.building import change as changes
from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles, delete_articles, find_topics_anew
from dashboard.index.building.progress import BuildStatus, Say
from dashboard.index.index import Index, open_index
from dashboard.index.storage.folder import IndexFolderError
from dashboard.index.terms.lexicon import SELF, STOP
from dashboard.measures import TABLES
from dashboard.scope import Scope

THEMES = [
    "harbour dockers strike union ships port wages cranes cargo quay",
    "court judge ruling appeal lawyers verdict hearing evidence trial bench",
    "vaccine hospital doctors patients doses nurses clinic health ward surgery",
]


def write_rows(path: Path, numbers: Sequence[int], words: str = "", source: str = "Paper") -> Path:
    """A CSV file of short made-up articles, the same for the same numbers."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        rows = csv.writer(handle)
        rows.writerow(["title", "text", "source", "date"])
        for n in numbers:
            rng = np.random.default_rng(n)
            own = [*THEMES[n % 3].split(), *words.split()]
            text = [f"The {' '.join(rng.choice(own, 11))} in New Haven." for _ in range(6)]
            rows.writerow([f"Report {n}", " ".join(text), f"{source} {n % 2}", "2024-05-01"])
    return path


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "BATCH_RECORDS", 6)
    monkeypatch.setattr(build, "BATCHES_A_SEGMENT", 1)


class Cut(Exception):
    pass


def cut_at(stage: str) -> Say:
    """Progress that is cut off where a stage begins."""

    def say(status: BuildStatus) -> None:
        if status.stage.startswith(stage):
            raise Cut

    return say


def facts_of(index: Index) -> dict[str, Any]:
    """What an index says of itself, but for how its build went."""
    return {k: v for k, v in index.manifest.items() if k != "made"}


def test_a_change_cut_off_at_any_stage_goes_on_from_there(tmp_path: Path) -> None:
    first = write_rows(tmp_path / "a.csv", range(15))
    second = write_rows(tmp_path / "b.csv", range(12, 24))
    for folder, is_cut in (("x", True), ("y", False)):
        out = tmp_path / folder
        gone: list[str] = []
        steps: list[tuple[Callable[..., Any], tuple[Any, ...], list[str]]] = [
            (build_index, ([first], out), ["reading articles", "finding topics", "writing"]),
            (add_articles, ([second], out), ["reading articles", "counting", "writing"]),
            (delete_articles, (out, gone), ["taking articles out", "writing"]),
            (find_topics_anew, (out,), ["finding topics", "writing"]),
        ]
        for change, arguments, where in steps:
            if change is delete_articles:
                ids = TABLES["articles"](open_index(out), Scope()).set_index("title")["article_id"]
                gone += [ids["Report 2"], ids["Report 22"]]
            for stage in where if is_cut else ():
                with pytest.raises(Cut):
                    change(*arguments, progress=cut_at(stage))
            change(*arguments)
        assert not (out / ".build").exists()
    cut, whole = open_index(tmp_path / "x"), open_index(tmp_path / "y")
    assert cut.n_articles == 22
    assert facts_of(cut) == facts_of(whole)
    assert cut.manifest["made"]["n_deleted"] == 2  # nor does a later change forget them


def test_a_change_of_what_another_build_just_wrote_keeps_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index([write_rows(tmp_path / "a.csv", range(6))], tmp_path / "x")
    real = changes.locked

    @contextmanager
    def late(out: Path) -> Iterator[None]:
        monkeypatch.setattr(changes, "locked", real)
        add_articles([write_rows(tmp_path / "b.csv", range(6, 9))], out)
        with real(out):
            yield

    monkeypatch.setattr(changes, "locked", late)
    add_articles([write_rows(tmp_path / "c.csv", range(9, 13))], tmp_path / "x")
    assert open_index(tmp_path / "x").n_articles == 13


def test_other_corrections_are_another_addition(tmp_path: Path) -> None:
    build_index([write_rows(tmp_path / "a.csv", range(6))], tmp_path / "x")
    more = write_rows(tmp_path / "b.csv", range(6, 9))
    with pytest.raises(Cut):
        add_articles([more], tmp_path / "x", progress=cut_at("writing"))
    add_articles([more], tmp_path / "x", corrections=Corrections(sources={"Paper 1": "The Post"}))
    assert "The Post" in {s.name for s in open_index(tmp_path / "x").sources}


def test_adding_to_an_empty_index_is_building(tmp_path: Path) -> None:
    (tmp_path / "nothing.txt").write_text("", encoding="utf-8")
    build_index([tmp_path / "nothing.txt"], tmp_path / "x")
    assert open_index(tmp_path / "x").n_articles == 0
    find_topics_anew(tmp_path / "x")
    delete_articles(tmp_path / "x", [])
    rows = write_rows(tmp_path / "a.csv", range(40))
    facts = add_articles([rows], tmp_path / "x")
    assert [f["file"] for f in facts["report"]["files"]] == ["nothing.txt", "a.csv"]
    grown = open_index(tmp_path / "x")
    build_index([rows], tmp_path / "y")
    built = open_index(tmp_path / "y")
    assert [t.label for t in grown.cut().topics] == [t.label for t in built.cut().topics] != []
    assert grown.manifest["hashes"] == built.manifest["hashes"]
    for name in ("keyness", "article_topics", "trends", "coverage"):
        options = {"keywords": ["strike", "new haven"]} if name == "trends" else {}
        here, there = (TABLES[name](i, Scope(), **options) for i in (grown, built))
        assert here.equals(there), name


def test_everything_can_be_taken_out_and_put_back(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "a.csv", range(13))
    build_index([rows], tmp_path / "x")
    before = open_index(tmp_path / "x")
    delete_articles(tmp_path / "x", before.article_rows(range(13))["article_id"])
    empty = open_index(tmp_path / "x")
    assert (empty.n_articles, empty.segments, empty.date_range) == (0, [], None)
    filled = {name for name, table in TABLES.items() if len(table(empty, Scope()))}
    # Topics keep their words, and stay a choice that shows no article.
    assert filled == {"topic_terms", "facets"}
    assert TABLES["facets"](empty, Scope())["n_articles"].sum() == 0
    find_topics_anew(tmp_path / "x")
    add_articles([rows], tmp_path / "x")
    after = open_index(tmp_path / "x")
    assert after.manifest["made"]["n_deleted"] == 13
    assert {**facts_of(after), "files": 0, "sources": 0} == {
        **facts_of(before), "files": 0, "sources": 0}  # fmt: skip


def test_adding_nothing_new_changes_nothing_but_the_report(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "a.csv", range(8))
    build_index([rows], tmp_path / "x")
    before = open_index(tmp_path / "x")
    facts = add_articles([rows], tmp_path / "x")
    after = open_index(tmp_path / "x")
    for name in ("index_id", "corpus_id", "hashes", "leaf_passages", "segments", "sources"):
        assert after.manifest[name] == before.manifest[name], name
    assert after.lexicon.runs.tolist() == before.lexicon.runs.tolist()
    # The same file twice: as it was read each time.
    entries = [(f["file"], f["kept"], f["merged"]) for f in facts["report"]["files"]]
    assert entries == [("a.csv", 8, 0), ("a.csv", 0, 8)]


def test_an_index_without_topics_takes_articles(tmp_path: Path) -> None:
    build_index([write_rows(tmp_path / "a.csv", [0])], tmp_path / "x")
    assert open_index(tmp_path / "x").nodes.n_leaves == 0
    add_articles([write_rows(tmp_path / "b.csv", range(1, 20))], tmp_path / "x")
    grown = open_index(tmp_path / "x")
    assert [t.label for t in grown.cut().topics] == ["Other"]
    assert set(grown.cut().slice_topic) == {0}
    assert TABLES["article_topics"](grown, Scope())["share"].eq(1.0).all()
    find_topics_anew(tmp_path / "x")
    build_index([tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "y")
    anew, built = open_index(tmp_path / "x"), open_index(tmp_path / "y")
    assert [t.label for t in anew.cut().topics] == [t.label for t in built.cut().topics]
    assert anew.manifest["hashes"] == built.manifest["hashes"]


def test_topics_found_anew_know_the_languages_and_names_that_came_later(tmp_path: Path) -> None:
    """ "die" is a small word where most of it is German, and Lindau not only a town: as a build
    with all has it."""
    first = write_rows(tmp_path / "a.csv", range(9), "die war Lindau")
    german = tmp_path / "b.csv"
    with german.open("w", newline="", encoding="utf-8") as handle:
        rows = csv.writer(handle)
        rows.writerow(["title", "text", "source", "date"])
        for n in range(9):
            rows.writerow(
                [f"Bericht {n}", f"Die Stadt war in der Nacht {n} ruhig, und die Leute schliefen "
                 "in ihren Häusern, während der Regen auf die Dächer fiel. Lindau war es nicht. "
                 "Auch im Lindau der Nachbarn war es still. " + 9 * "Die Nacht war die Nacht. ",
                 "Lindau", "2024-05-02"]
            )  # fmt: skip
    build_index([first], tmp_path / "x", clean="never")
    add_articles([german], tmp_path / "x", clean="never")
    flags = {}
    find_topics_anew(tmp_path / "x")
    build_index([first, german], tmp_path / "y", clean="never")
    for name in "xy":
        lexicon = open_index(tmp_path / name).lexicon
        pairs = zip(lexicon.terms, lexicon.flags.tolist(), strict=True)
        flags[name] = {term: flag for term, flag in pairs if " " not in term}
    assert flags["x"] == flags["y"]
    assert flags["x"]["die"] & STOP
    assert flags["x"]["lindau"] & SELF
    tables = [TABLES["keyness"](open_index(tmp_path / name), Scope()) for name in "xy"]
    tables = [t.sort_values(["source", "term"]).reset_index(drop=True) for t in tables]
    assert tables[0].equals(tables[1])  # but for the order of sources, which stays


def test_segments_full_of_long_articles_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "MOST_SMALL", 1)
    build_index([write_rows(tmp_path / "a.csv", range(12))], tmp_path / "x")
    monkeypatch.setattr(spool, "BATCH_RECORDS", 1000)
    monkeypatch.setattr(spool, "BATCH_BYTES", 3_000)  # which six articles fill
    add_articles([write_rows(tmp_path / "b.csv", [12])], tmp_path / "x")
    assert open_index(tmp_path / "x").segment_names == ["000000", "000001", "000002"]
    monkeypatch.setattr(spool, "BATCH_BYTES", 100_000)
    add_articles([write_rows(tmp_path / "c.csv", [13])], tmp_path / "x")
    assert open_index(tmp_path / "x").segment_names == ["000004"]


def test_where_there_is_no_index_nothing_is_made(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "a.csv", [0])
    for change in (
        lambda: add_articles([rows], tmp_path / "x"),
        lambda: delete_articles(tmp_path / "x", ["a"]),
        lambda: find_topics_anew(tmp_path / "x"),
    ):
        with pytest.raises(IndexFolderError, match="holds no index"):
            change()
    assert not (tmp_path / "x").exists()
