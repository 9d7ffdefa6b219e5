"""Batches of records: what is in them, and how the report adds up."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from dashboard.corpus.article import Article
from dashboard.corpus.corrections import Corrections
from dashboard.corpus.decoding import window
from dashboard.corpus.importing import process, spool
from dashboard.corpus.importing.batches import read_batch
from dashboard.corpus.importing.read import read_corpus, read_report
from dashboard.corpus.importing.spool import Spool, spool_records
from dashboard.corpus.lines import hashes, repeats

ROOT = Path(__file__).resolve().parents[3]
TEXT = "The council voted on Tuesday to fund a new bridge across the river, number {}."


def table(path: Path, rows: Sequence[object], source: str = "Post") -> Path:
    lines = ["title,text,source"]
    lines += [f'Bridge {i},"{TEXT.format(i)}",{source}' for i in rows]
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two tables that share rows, an archive whose members aren't in order, texts."""
    folder = tmp_path / "in"
    texts = folder / "texts"
    (texts / "Gazette").mkdir(parents=True)
    for i in range(3):
        text = f"Bridge {i} opens\n\n{TEXT.format(f'x{i}')} It opened.\n\nGazette Extra\n"
        (texts / "Gazette" / f"{i}.txt").write_text(text)
    (texts / "Gazette" / "menu.txt").write_text("Subscribe\nShare on Facebook\n")
    (texts / "metadata.csv").write_text("file,title,note\nGazette/1.txt,Given title,by me\n")
    with zipfile.ZipFile(folder / "drop.zip", "w") as archive:
        for name in ("b.txt", "a.txt"):
            archive.writestr(name, f"{TEXT.format(name)} It was said in the town.")
    table(folder / "one.csv", range(25))
    table(folder / "two.csv", range(20, 45))
    return sorted(folder.iterdir())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "BATCH_RECORDS", 7)


def content(batches: Sequence[Path]) -> list[bytes]:
    return [batch.read_bytes() for batch in batches]


def finished(made: Spool, backwards: bool = False) -> list[Article]:
    articles: dict[Path, list[Article]] = {}
    for batch in made.batches[:: -1 if backwards else 1]:
        articles[batch], outcomes = read_batch(batch)
        made.add(outcomes)
    made.report.check()
    return [article for batch in made.batches for article in articles[batch]]


@pytest.mark.usefixtures("small")
def test_batches_depend_on_the_records_alone(files: list[Path], tmp_path: Path) -> None:
    one = spool_records(files, tmp_path / "out")
    other = spool_records([*files[::-1], files[0]], tmp_path / "elsewhere" / "out")
    assert content(one.batches) == content(other.batches)
    assert len(one.batches) > 6
    common = [(path.parent / "common.json").read_bytes() for path in
              (one.batches[0], other.batches[0])]  # fmt: skip
    assert common[0] == common[1]
    # Nothing else is left behind, and a second reading replaces the first.
    again = spool_records(files[-1:], tmp_path / "out")
    left = {path.name for path in (tmp_path / "out").iterdir()}
    assert left == {"common.json", *(path.name for path in again.batches)}


@pytest.mark.usefixtures("small")
def test_the_articles_are_those_of_read_corpus(files: list[Path], tmp_path: Path) -> None:
    corrections = Corrections(sources={"Post": "The Post"})
    whole = read_corpus(files, corrections)
    for backwards in (False, True):
        made = spool_records(files, tmp_path / "out", corrections)
        assert finished(made, backwards) == whole.articles
        assert made.report.to_dict() == whole.report.to_dict()
    order = [(article.file, article.row or 0, article.article_id) for article in whole.articles]
    assert order == sorted(order)
    assert {a.fields["source"].value for a in whole.articles} >= {"The Post", "Gazette"}
    titles = {a.file: a.fields["title"].value for a in whole.articles}
    assert titles["Gazette/1.txt"] == "Given title"
    assert read_report(files).totals == whole.report.totals


@pytest.mark.usefixtures("small")
def test_records_merge_across_batches_and_files(files: list[Path], tmp_path: Path) -> None:
    made = spool_records(files, tmp_path / "out")
    entries = {entry.file: entry for entry in made.report.files}
    assert (entries["two.csv"].records, entries["two.csv"].merged) == (25, 5)
    assert "one.csv, row 21" in entries["two.csv"].problems[0].reason
    articles = finished(made)
    assert made.report.totals == {
        "records": 56, "kept": 50, "quarantined": 1, "merged": 5
    }  # fmt: skip
    assert entries["Gazette/menu.txt"].problems[-1].reason.startswith("no article text left")
    assert len({article.merge_key for article in articles}) == len(articles) == 50
    # Lines that the articles of a source share are known to each batch.
    gazette = [article for article in articles if article.file.startswith("Gazette")]
    assert all("Gazette Extra" not in article.paragraphs for article in gazette)


def test_what_is_known_already_counts_as_merged(tmp_path: Path) -> None:
    first = finished(spool_records([table(tmp_path / "a.csv", range(9))], tmp_path / "out"))
    known = {article.merge_key for article in first}
    assert all(len(key) == 32 for key in known)
    path = table(tmp_path / "b.csv", [*range(5, 15), 14])
    made = spool_records([path], tmp_path / "out", is_known=known.__contains__)
    assert [article.row for article in finished(made)] == [5, 6, 7, 8, 9, 10]
    assert made.report.totals == {"records": 11, "kept": 6, "quarantined": 0, "merged": 5}
    assert "in the index already" in made.report.files[0].problems[0].reason


def test_a_batch_can_be_read_again_by_another_process(tmp_path: Path) -> None:
    made = spool_records([table(tmp_path / "a.csv", range(9))], tmp_path / "out")
    shutil.move(tmp_path / "out", tmp_path / "moved")
    batch = tmp_path / "moved" / made.batches[0].name
    code = (
        "import sys; from pathlib import Path\n"
        "from dashboard.corpus.importing.batches import read_batch\n"
        "print([a.article_id for a in read_batch(Path(sys.argv[1]))[0]])"
    )
    command = [sys.executable, "-B", "-c", code, batch]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    articles, outcomes = read_batch(batch)
    assert result.stdout.strip() == str([article.article_id for article in articles])
    assert [(outcome.file, outcome.kept) for outcome in outcomes] == [("a.csv", 9)]
    assert read_batch(batch) == (articles, outcomes)


def test_batches_are_cut_by_size_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path / "a.csv", range(30))
    monkeypatch.setattr(spool, "BATCH_BYTES", 1500)
    made = spool_records([path], tmp_path / "out")
    assert len(made.batches) > 3
    assert all(batch.stat().st_size < 1700 for batch in made.batches)
    monkeypatch.setattr(spool, "BATCH_BYTES", 10)  # no record fits: each has its own
    assert len(spool_records([path], tmp_path / "out").batches) == 30


def test_nothing_gives_no_batch(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\nA,\n")
    made = spool_records([tmp_path / "a.csv"], tmp_path / "out")
    assert made.batches == []
    made.add([])
    made.report.check()
    assert made.report.totals["quarantined"] == 1


def test_a_part_that_fails_late_leaves_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "FRAME", 100)
    monkeypatch.setattr(process, "_is_risky", lambda *_: False)
    monkeypatch.setattr(window, "LONGEST", 3000)
    monkeypatch.setattr("dashboard.corpus.readers.tables.delimited.LONGEST", 3000)
    path = table(tmp_path / "a.csv", range(300))
    path.write_text(path.read_text() + 'Last,"' + "words without end, " * 500)
    table(tmp_path / "b.csv", range(3))
    made = spool_records([tmp_path], tmp_path / "out")
    articles = finished(made)
    assert {article.file for article in articles} == {"b.csv"}
    assert made.report.totals == {"records": 3, "kept": 3, "quarantined": 0, "merged": 0}


def test_progress_ends_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SMALL_TABLE", 0)
    monkeypatch.setattr(window, "WHOLE", 0)
    path = table(tmp_path / "a.csv", range(9000))
    said: list[tuple[int, int]] = []
    spool_records([path], tmp_path / "out", progress=lambda *done: said.append(done))
    size = path.stat().st_size
    assert {total for _, total in said} == {size}
    assert said[-1] == (size, size)
    assert said == sorted(said)
    assert len(said) > 2


def test_a_large_table_in_an_archive_is_read_from_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.corpus.files.member.IN_MEMORY", 1000)
    monkeypatch.setattr("dashboard.corpus.files.member.MAX_MEMBER", 5000)
    monkeypatch.setattr(process, "_is_risky", lambda *_: False)
    path = table(tmp_path / "a.csv", range(900))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(path.read_bytes()))
    with zipfile.ZipFile(tmp_path / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "inner.csv")
        archive.writestr("long.txt", TEXT * 900)
    for name, member in (("a.csv", ""), ("b.csv.gz", ""), ("c.zip", "/inner.csv")):
        corpus = read_corpus([tmp_path / name])
        assert len(corpus.articles) == 900
        assert {article.file for article in corpus.articles} == {name + member}
    assert "expands to more than" in corpus.report.files[0].problems[0].reason


def test_repeats_do_not_depend_on_hashes_or_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [
        (f"Paper {i % 3}", "\n".join([TEXT.format(f"{i}{j}") for j in range(9)] + ["House line"]))
        for i in range(40)
    ]
    found = repeats.repeated_lines(articles, 10**6)
    assert found["Paper 0"] == {"house line"}
    places = hashes.HashedLines._places
    with monkeypatch.context() as all_collide:
        all_collide.setattr(hashes.HashedLines, "_places", lambda self, of: places(self, of) * 0)
        assert repeats.repeated_lines(articles) == found
    monkeypatch.setattr(hashes, "_AT_ONCE", 25)  # lines, so two articles or three
    assert repeats.repeated_lines(articles) == found
    monkeypatch.setattr(hashes, "_HELD", 0)
    assert repeats.repeated_lines(_Again(articles)) == found


class _Again:
    """Articles that can be gone through again but aren't a list."""

    def __init__(self, articles: list[tuple[str, str]]) -> None:
        self._articles = articles

    def __iter__(self) -> Iterator[tuple[str | None, str]]:
        yield from self._articles


@pytest.mark.usefixtures("small")
def test_repeats_are_found_in_texts_that_are_not_held(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = content(spool_records(files, tmp_path / "out").batches)
    common = (tmp_path / "out" / "common.json").read_bytes()
    monkeypatch.setattr(spool, "_FEW", 0)
    assert content(spool_records(files, tmp_path / "out").batches) == held
    assert (tmp_path / "out" / "common.json").read_bytes() == common
    assert b"gazette extra" in common


def test_a_table_says_in_which_language_its_texts_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [f'{language},"{TEXT.format(language)}"' for language in ("de-AT", "klingon", "")]
    path.write_text("language,text\n" + "\n".join(rows) + "\n")
    assert [article.language for article in read_corpus([path]).articles] == ["de", "en", "en"]


def test_a_mapping_that_no_table_can_follow_is_an_error(tmp_path: Path) -> None:
    table(tmp_path / "a.csv", range(3))
    (tmp_path / "b.csv").write_text(f'nope,title\n"{TEXT}",A\n')
    made = spool_records([tmp_path / "a.csv"], tmp_path / "out", mapping={"text": "nope"})
    assert "nope" in made.report.mapping_error()
    made = spool_records([tmp_path], tmp_path / "out", mapping={"text": "nope"})
    assert made.report.mapping_error() == ""
