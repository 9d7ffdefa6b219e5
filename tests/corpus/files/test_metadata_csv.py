"""metadata.csv: what the user knows."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from dashboard.corpus.files.metadata_csv import file_key, is_overrides, read_overrides
from dashboard.corpus.importing.read import Corpus, read_corpus
from dashboard.corpus.report import FileReport

TEXT = "The two leaders signed a statement in Beijing, and trade between them has grown.\n"


def write(folder: Path, rows: str, name: str = "metadata.csv") -> Corpus:
    for text in ("a.txt", "b.txt", "sub/c.txt"):
        path = folder / text
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{text} {TEXT}", encoding="utf-8")
    (folder / name).write_text(rows, encoding="utf-8")
    return read_corpus([folder])


def report_of(corpus: Corpus, name: str = "metadata.csv") -> FileReport:
    return next(file for file in corpus.report.files if file.file == name)


def test_cells_go_over_the_text_with_their_note(tmp_path: Path) -> None:
    corpus = write(
        tmp_path,
        "file,title,source,date,url,authors,note\n"
        "a.txt,A title,The Source,2024-05-16,https://e.com/a,Jane Doe,from the letterhead\n"
        "b.txt,,Only a source,,,,\n"
        "sub/c.txt,,,2024-05-17,,,\n",
    )
    a, b, c = (article.fields for article in corpus.articles)
    assert {name: field.value for name, field in a.items()} == {
        "title": "A title",
        "source": "The Source",
        "original_source": None,
        "date": "2024-05-16",
        "authors": "Jane Doe",
        "url": "https://e.com/a",
    }
    assert {(a[name].basis, a[name].evidence) for name in a if a[name].value} == {
        ("given", "from the letterhead")
    }
    assert (b["source"].value, b["source"].evidence) == ("Only a source", "metadata.csv, row 2")
    assert b["date"].basis == "unknown"
    assert (c["date"].value, c["source"].value) == ("2024-05-17", "sub")
    report = report_of(corpus)
    assert (report.records, report.problems) == (0, [])


def test_the_nearest_file_has_the_last_word(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "METADATA.CSV").write_text("file,source\nc.txt,Near\n", encoding="utf-8")
    corpus = write(tmp_path, "file,source,title\nsub/c.txt,Far,Title\n")
    fields = corpus.articles[2].fields
    assert (fields["source"].value, fields["title"].value) == ("Near", "Title")


def test_it_is_never_an_article(tmp_path: Path) -> None:
    write(tmp_path, "file,title,text\na.txt,Title,Some text\n")
    corpus = read_corpus([tmp_path / "metadata.csv"])
    assert corpus.articles == []
    assert [file.file for file in corpus.report.files] == ["metadata.csv"]
    # Named beside one text it still speaks of it, and opens no other.
    corpus = read_corpus([tmp_path / "a.txt", tmp_path / "metadata.csv"])
    assert [(a.file, a.fields["title"].value) for a in corpus.articles] == [("a.txt", "Title")]
    corpus = read_corpus([tmp_path / "a.txt"])
    assert corpus.articles[0].fields["title"].value == "Title"


@pytest.mark.parametrize(
    ("rows", "row", "column", "reason"),
    [
        ("file,date\na.txt,16 May 2024\n", 1, "date", "YYYY-MM-DD"),
        ("file,date\na.txt,2024-05\n", 1, "date", "YYYY-MM-DD"),
        ("file,date\na.txt,2024-02-31\n", 1, "date", "not a real date"),
        ("file,date\na.txt,2087-01-01\n", 1, "date", "not between 1990"),
        ("file,title\nb.txt,x\nmissing.txt,Title\n", 2, "file", "no file missing.txt"),
        ("file,title\n,Title\n", 1, "file", "names no file"),
        ("file,title\na.txt,x\na.txt,y\n", 2, "file", "row 1 already describes a.txt"),
        ("file,title\na.txt,one,two,three\n", 1, None, "4 cells, but the header has 2"),
        ("file,tilte\na.txt,x\n", None, "tilte", "unknown"),
        ("name,title\na.txt,Title\n", None, "file", "no “file” column"),
        ("", None, None, "empty"),
    ],
)
def test_what_cannot_be_used_is_a_problem(
    tmp_path: Path, rows: str, row: int | None, column: str | None, reason: str
) -> None:
    corpus = write(tmp_path, rows)
    assert len(corpus.articles) == 3
    (problem,) = report_of(corpus).problems
    assert (problem.row, problem.column) == (row, column)
    assert reason in problem.reason


def test_the_rest_of_a_row_with_a_bad_date_still_holds(tmp_path: Path) -> None:
    corpus = write(tmp_path, "file,date,source\na.txt,soon,The Source\nb.txt,2024-05-16,\n")
    a, b, _ = (article.fields for article in corpus.articles)
    assert (a["source"].value, a["date"].value) == ("The Source", None)
    assert b["date"].value == "2024-05-16"


def test_spreadsheets_write_it_too() -> None:
    data = "\ufefffile;title\r\n.\\sub\\c.txt;Café\r\n\r\n".encode("utf-16")
    overrides = read_overrides(data)
    assert overrides.fields["sub/c.txt", None]["title"].value == "Café"
    overrides = read_overrides("File,Title\na.txt,Café".encode("cp1252"))
    assert overrides.fields["a.txt", None]["title"].value == "Café"


def test_a_binary_file_of_that_name_is_a_problem() -> None:
    (problem,) = read_overrides(bytes(range(256))).problems
    assert "binary" in problem.reason


def test_names() -> None:
    assert is_overrides("Metadata.CSV")
    assert not is_overrides("metadata.txt")
    assert file_key("./a\\b.txt") == "a/b.txt"
    assert file_key("Libe\u0301ration.txt") == "Lib\u00e9ration.txt"


def test_an_address_that_is_none_is_a_problem(tmp_path: Path) -> None:
    corpus = write(tmp_path, "file,url\na.txt,javascript:alert(1)\nb.txt,https://a.com/b\n")
    assert [article.fields["url"].value for article in corpus.articles] == [
        None,
        "https://a.com/b",
        None,
    ]
    problems = [problem for entry in corpus.report.files for problem in entry.problems]
    assert [(p.row, p.column) for p in problems] == [(1, "url")]
    assert "is not a web address" in problems[0].reason


ROW_TEXT = "The two leaders signed a statement in Beijing and trade between them has grown."
TABLE = (
    "title,text,source\n"
    f"One,First. {ROW_TEXT},A\n"
    "Two,,A\n"
    f"Three,Third. {ROW_TEXT},A\n"
    f"One,First. {ROW_TEXT},A\n"
)


def test_rows_of_a_table_are_addressed_by_number(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    corpus = write(
        tmp_path,
        "file,row,source,date,note\n"
        "t.csv,3,Third Post,2024-05-16,seen on paper\na.txt,,Letters,,\n",
    )
    by_place = {(a.file, a.row): a.fields for a in corpus.articles}
    assert by_place["t.csv", 3]["source"].value == "Third Post"
    assert by_place["t.csv", 3]["date"].evidence == "seen on paper"
    assert by_place["t.csv", 1]["source"].value == "A"
    assert by_place["a.txt", None]["source"].value == "Letters"
    assert report_of(corpus).problems == []


def test_rows_of_a_table_in_an_archive_are_addressed_from_inside_and_outside(
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("in/t.csv", TABLE)
        archive.writestr("in/metadata.csv", "file,row,source\nt.csv,3,Inside\n")
    corpus = write(tmp_path, "file,row,source\nnews.zip/in/t.csv,1,Outside\n")
    given = {a.row: a.fields["source"].value for a in corpus.articles if a.row}
    assert given == {1: "Outside", 3: "Inside"}
    assert report_of(corpus).problems == []


def test_what_is_given_for_a_row_holds_for_its_copies(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    corpus = write(tmp_path, "file,row,source\nt.csv,1,First Post\n")
    entry = report_of(corpus, "t.csv")
    assert (entry.kept, entry.quarantined, entry.merged) == (2, 1, 1)
    # Two rows that are given different sources are two articles.
    corpus = write(tmp_path, "file,row,source\nt.csv,1,First Post\nt.csv,4,Other Post\n")
    entry = report_of(corpus, "t.csv")
    assert (entry.kept, entry.quarantined, entry.merged) == (3, 1, 0)
    ids = [article.article_id for article in corpus.articles]
    assert len(set(ids)) == len(ids)


def test_what_is_given_for_a_row_holds_for_its_copies_in_later_files_only(tmp_path: Path) -> None:
    for name in ("t.csv", "u.csv"):
        (tmp_path / name).write_text(TABLE, encoding="utf-8")
    corpus = write(tmp_path, "file,row,source\nt.csv,1,First Post\n")
    assert (report_of(corpus, "u.csv").kept, report_of(corpus, "u.csv").merged) == (0, 3)
    # Row 1 of t.csv came before: its copy is another article, under an id of its own.
    corpus = write(tmp_path, "file,row,source\nu.csv,1,First Post\n")
    assert (report_of(corpus, "u.csv").kept, report_of(corpus, "u.csv").merged) == (1, 2)
    assert report_of(corpus, "t.csv").merged == 1
    ids = [article.article_id for article in corpus.articles]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("row", "column", "reason", "remedy"),
    [
        ("t.csv,2", "row", "no article was read from row 2 of t.csv", "report"),
        ("t.csv,99", "row", "no article was read from row 99", "number"),
        ("t.csv,", "file", "t.csv holds several articles", "a “row” column"),
        ("t.csv,third", "row", "“third” is not a row number", "starting below the header"),
        ("t.csv,0", "row", "“0” is not a row number", "starting below the header"),
        ("a.txt,1", "row", "a.txt is one article", "“row” cell empty"),
        ("no.csv,1", "file", "there is no file no.csv", "correct the name"),
    ],
)
def test_rows_that_are_not_there_are_problems(
    tmp_path: Path, row: str, column: str, reason: str, remedy: str
) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    (problem,) = report_of(write(tmp_path, f"file,row,source\n{row},Post\n")).problems
    assert (problem.row, problem.column) == (1, column)
    assert reason in problem.reason
    assert remedy in problem.remedy


def test_the_same_row_twice_is_said_and_files_not_opened_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    corpus = write(tmp_path, "file,row,source\nt.csv,1,X\nt.csv,3,Y\nt.csv,1,Z\n")
    (problem,) = report_of(corpus).problems
    assert "row 1 already describes row 1 of t.csv" in problem.reason
    corpus = read_corpus([tmp_path / "a.txt", tmp_path / "metadata.csv"])
    assert [p for f in corpus.report.files for p in f.problems if "t.csv" in p.reason] == [problem]
