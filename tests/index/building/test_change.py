"""Changing an index: additions, deletions and refits give what a build would have given."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pytest

from dashboard.corpus.importing import spool
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles, delete_articles, find_topics_anew
from dashboard.index.counts.postings import count_keyword
from dashboard.index.index import Index, open_index
from dashboard.index.storage.folder import IndexFolderError
from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.text.query import parse_keyword

THEMES = [
    "harbour dockers strike union ships port wages cranes cargo",
    "court judge ruling appeal lawyers verdict hearing evidence trial",
    "vaccine hospital doctors patients trial doses nurses clinic health",
    "budget taxes parliament minister deficit spending vote debt reform",
]


def write_rows(path: Path, numbers: range, seed: int = 5) -> Path:
    """A CSV file of made-up articles, the same for the same numbers."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        rows = csv.writer(handle)
        rows.writerow(["title", "text", "source", "date"])
        for n in numbers:
            rng = random.Random(f"{seed}-{n}")
            words = [*THEMES[n % 4].split(), "city", "people", f"word{n}", f"rare{n % 7}"]
            sentences = [
                "The " + " ".join(rng.choices(words, k=12)) + " in New Haven." for _ in range(9)
            ]
            day = "" if n % 9 == 0 else f"2024-{n % 12 + 1:02d}-{n % 27 + 1:02d}"
            rows.writerow([f"Report number {n}", " ".join(sentences), f"Paper {n % 3}", day])
    return path


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "BATCH_RECORDS", 8)
    monkeypatch.setattr(build, "BATCHES_A_SEGMENT", 1)


def words_of(index: Index) -> dict[str, tuple[int, int]]:
    """Articles with each word, and its uses."""
    lexicon, phrases = index.lexicon, set(index.lexicon.phrases.tolist())
    return {
        lexicon.terms[i]: (int(lexicon.doc_freq[i]), int(lexicon.count[i]))
        for i in range(len(lexicon))
        if i not in phrases and lexicon.count[i]
    }


def uses(index: Index, keyword: str) -> dict[str, int]:
    slices, counts = count_keyword(index, parse_keyword(keyword))
    ids = index.article_rows(index.slice_article[slices], ["article_id"])["article_id"]
    found: dict[str, int] = {}
    for article_id, n in zip(ids, counts.tolist(), strict=True):
        found[article_id] = found.get(article_id, 0) + n
    return found


def assert_same_counts(index: Index, other: Index) -> None:
    assert words_of(index) == words_of(other)
    assert index.corpus_id == other.corpus_id
    hashes = (index.manifest["hashes"], other.manifest["hashes"])
    for name in ("words", "articles"):
        assert hashes[0][name] == hashes[1][name]
    for keyword in ("harbour", "New Haven", "word*", "judge OR new haven", "nothing"):
        assert uses(index, keyword) == uses(other, keyword), keyword
    for name, options in (("articles", {}), ("coverage", {}), ("fields", {}),
                          ("trends", {"keywords": ["strike", "new haven"]})):  # fmt: skip
        here, there = (TABLES[name](i, Scope(), **options) for i in (index, other))
        columns = [c for c in here.columns if c != "file"]
        order = [c for c in ("article_id", "keyword", "period", "source", "field") if c in columns]
        here, there = (t[columns].sort_values(order).reset_index(drop=True) for t in (here, there))
        if "row" in columns:
            here, there = here.drop(columns="row"), there.drop(columns="row")
        assert here.equals(there), name


def test_adding_equals_building_with_all(tmp_path: Path) -> None:
    first, second = write_rows(tmp_path / "a.csv", range(40)), write_rows(
        tmp_path / "b.csv", range(36, 70)
    )  # fmt: skip
    build_index([first], tmp_path / "x", clean="never")
    before = open_index(tmp_path / "x")
    topics = {t.topic_id: t.label for t in before.cut().topics}
    of_before = TABLES["article_topics"](before, Scope())
    facts = add_articles([second], tmp_path / "x", clean="never")
    grown = open_index(tmp_path / "x")
    assert facts["n_articles"] == 70
    totals = grown.report["totals"]
    assert (totals["records"], totals["kept"], totals["merged"]) == (74, 70, 4)
    build_index([first, second], tmp_path / "y", clean="never")
    assert_same_counts(grown, open_index(tmp_path / "y"))
    # Topics stay as they were, and so does what they were given.
    assert {t.topic_id: t.label for t in grown.cut().topics if t.topic_id in topics} == topics
    of_after = TABLES["article_topics"](grown, Scope())
    of_after = of_after[of_after["article_id"].isin(of_before["article_id"])]
    key = ["article_id", "topic_id"]
    assert of_after.sort_values(key)["share"].tolist() == of_before.sort_values(key)[
        "share"].tolist()  # fmt: skip
    assert [s.rank for s in grown.sources] == [s.rank for s in before.sources]


def test_adding_builds_only_the_new_segments(tmp_path: Path) -> None:
    build_index([write_rows(tmp_path / "a.csv", range(24))], tmp_path / "x", clean="never")
    old = open_index(tmp_path / "x")
    inodes = {p.name: p.stat().st_ino for p in old.folder.glob("counts-*.bin")}
    add_articles([write_rows(tmp_path / "b.csv", range(24, 30))], tmp_path / "x", clean="never")
    new = open_index(tmp_path / "x").folder
    assert inodes.items() <= {p.name: p.stat().st_ino for p in new.glob("counts-*.bin")}.items()
    assert len(TABLES["articles"](old, Scope())) == 24  # who has it open goes on reading it


def test_taking_out_equals_building_without(tmp_path: Path) -> None:
    build_index([write_rows(tmp_path / "a.csv", range(30))], tmp_path / "x", clean="never")
    titles = TABLES["articles"](open_index(tmp_path / "x"), Scope()).set_index("title")
    gone = [titles.loc[f"Report number {n}", "article_id"] for n in (3, 4, *range(22, 30))]
    facts = delete_articles(tmp_path / "x", gone)
    assert facts["made"]["n_deleted"] == 10
    rest = [n for n in range(22) if n not in (3, 4)]
    parts = [write_rows(tmp_path / f"{n}.csv", range(n, n + 1)) for n in rest]
    build_index(parts, tmp_path / "y", clean="never")
    left = open_index(tmp_path / "x")
    assert_same_counts(left, open_index(tmp_path / "y"))
    assert left.position(gone[0]) is None
    with pytest.raises(IndexFolderError, match="has no article"):
        delete_articles(tmp_path / "x", [gone[0]])


def test_topics_are_found_anew_only_when_asked(tmp_path: Path) -> None:
    build_index([write_rows(tmp_path / "a.csv", range(0, 60, 4))], tmp_path / "x", clean="never")
    add_articles([write_rows(tmp_path / "b.csv", range(1, 60, 2))], tmp_path / "x", clean="never")
    grown = open_index(tmp_path / "x")
    find_topics_anew(tmp_path / "x")
    anew = open_index(tmp_path / "x")
    assert_same_counts(anew, grown)
    both = [tmp_path / "a.csv", tmp_path / "b.csv"]
    build_index(both, tmp_path / "y", clean="never")
    built = open_index(tmp_path / "y")
    assert [t.label for t in anew.cut().topics] == [t.label for t in built.cut().topics]
    keyness = [TABLES["keyness"](i, Scope()) for i in (anew, built)]
    assert keyness[0].equals(keyness[1])


def test_many_small_segments_become_one(tmp_path: Path) -> None:
    build_index([write_rows(tmp_path / "a.csv", range(16))], tmp_path / "x", clean="never")
    for n in range(16, 30):
        part = write_rows(tmp_path / f"{n}.csv", range(n, n + 1))
        add_articles([part], tmp_path / "x", clean="never")
    index = open_index(tmp_path / "x")
    assert len(index.segments) < 12
    build_index(sorted(tmp_path.glob("*.csv")), tmp_path / "y", clean="never")
    assert_same_counts(index, open_index(tmp_path / "y"))


def test_counts_are_those_of_a_plain_count(tmp_path: Path) -> None:
    """Brute force over the passages as they are shown."""
    from dashboard.text.token_rule import tokenise

    build_index([write_rows(tmp_path / "a.csv", range(20))], tmp_path / "x", clean="never")
    index = open_index(tmp_path / "x")
    counted: dict[str, int] = {}
    for text in TABLES["passages"](index, Scope())["text"]:
        for word, _ in tokenise(text):
            counted[word] = counted.get(word, 0) + 1
    assert {word: n for word, (_, n) in words_of(index).items()} == counted
    assert int(index.slice_words.sum()) == sum(counted.values())


def test_a_cut_off_build_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_rows(tmp_path / "a.csv", range(40))
    read: list[str] = []

    def run(stage: Any, tasks: Any) -> Any:
        for task in tasks:
            if len(read) == 3:
                raise KeyboardInterrupt
            read.append(stage(*task))
            yield read[-1]

    with pytest.raises(KeyboardInterrupt):
        build_index([path], tmp_path / "x", clean="never", run=run)
    assert not (tmp_path / "x" / "CURRENT").exists()
    again: list[str] = []

    def counting_run(stage: Any, tasks: Any) -> Any:
        for task in tasks:
            again.append(f"{stage.__name__} {stage(*task)}")
            yield again[-1]

    build_index([path], tmp_path / "x", clean="never", run=counting_run)
    assert sum(a.startswith("read_segment") for a in again) == 2  # three of five were done
    build_index([path], tmp_path / "y", clean="never")
    assert_same_counts(open_index(tmp_path / "x"), open_index(tmp_path / "y"))
    assert not (tmp_path / "x" / ".build").exists()


def test_one_build_at_a_time(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.csv", range(10))

    def run(stage: Any, tasks: Any) -> Any:
        with pytest.raises(IndexFolderError, match="Another build"):
            build_index([path], tmp_path / "x", clean="never")
        for task in tasks:
            yield stage(*task)

    build_index([path], tmp_path / "x", clean="never", run=run)
    assert open_index(tmp_path / "x").n_articles == 10


def test_a_full_disk_leaves_the_old_index_and_says_what_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index([write_rows(tmp_path / "a.csv", range(10))], tmp_path / "x", clean="never")
    before = open_index(tmp_path / "x").fingerprint

    def full(path: Path, arrays: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboard.index.segments.stages.write_container", full)
    with pytest.raises(IndexFolderError, match=r"full: this build needs about \d+ MB"):
        build_index([write_rows(tmp_path / "b.csv", range(12))], tmp_path / "x", clean="never")
    assert open_index(tmp_path / "x").fingerprint == before


def test_segments_of_any_size_give_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_rows(tmp_path / "a.csv", range(40))
    build_index([path], tmp_path / "x", clean="never")
    monkeypatch.setattr(spool, "BATCH_RECORDS", 1000)
    build_index([path], tmp_path / "y", clean="never")
    many, one = open_index(tmp_path / "x"), open_index(tmp_path / "y")
    assert (len(many.segments), len(one.segments)) == (5, 1)
    for scope in (Scope(), Scope(query="harbour OR court"), Scope(sources=("paper-1",))):
        for name, table in TABLES.items():
            assert table(many, scope).equals(table(one, scope)), name
    assert many.manifest["hashes"] == one.manifest["hashes"]


def test_another_spelling_of_a_source_in_the_index_is_counted_as_it(tmp_path: Path) -> None:
    first, second = tmp_path / "alt.csv", tmp_path / "neu.csv"
    write_rows(first, range(12))
    write_rows(second, range(12, 40))
    text = (
        second.read_text(encoding="utf-8").replace("Paper 1", "PAPER 1").replace("Paper 2", "Neu")
    )
    second.write_text(text, encoding="utf-8")
    build_index([first], tmp_path / "made")
    before = open_index(tmp_path / "made")
    assert {source.name for source in before.sources} == {"Paper 0", "Paper 1", "Paper 2"}
    add_articles([second], tmp_path / "made")
    after = open_index(tmp_path / "made")
    counts = {
        source.name: int((after.source_of == i).sum()) for i, source in enumerate(after.sources)
    }
    assert counts == {"Paper 0": 14, "Paper 1": 13, "Paper 2": 4, "Neu": 9}
    assert "“PAPER 1” is counted as “Paper 1”" in str(after.report)
