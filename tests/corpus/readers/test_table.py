"""Tables: CSV and Parquet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.corpus import Corpus, FileReport, read_corpus

TEXT = "The council voted on Tuesday to fund a new bridge across the river."


def read_csv(folder: Path, text: str | bytes, name: str = "a.csv") -> tuple[Corpus, FileReport]:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(data)
    corpus = read_corpus([folder / name])
    return corpus, corpus.report.files[0]


def read_parquet(folder: Path, **columns: Any) -> tuple[Corpus, FileReport]:
    pq.write_table(pa.table(columns), folder / "a.parquet")
    corpus = read_corpus([folder / "a.parquet"])
    return corpus, corpus.report.files[0]


def counts(report: FileReport) -> tuple[int, int, int, int]:
    return report.records, report.kept, report.quarantined, report.merged


def test_columns_are_found_without_regard_to_case(tmp_path: Path) -> None:
    rows = (
        f"ID,Title,TEXT,Source,Date,Url,authors\n1,T,{TEXT},S,2024-05-16,https://e.com/1,Jane Doe\n"
    )
    corpus, report = read_csv(tmp_path, rows)
    (article,) = corpus.articles
    assert {name: field.value for name, field in article.fields.items()} == {
        "title": "T",
        "source": "S",
        "original_source": None,
        "date": "2024-05-16",
        "authors": "Jane Doe",
        "url": "https://e.com/1",
    }
    assert {field.basis for field in article.fields.values() if field.value} == {"stated"}
    assert (article.row, article.paragraphs) == (1, [TEXT])
    assert counts(report) == (1, 1, 0, 0)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, end: str) -> None:
    header = delimiter.join(("title", "text", "source"))
    rows = [delimiter.join((f"T{n}", f'"{TEXT} {n}, {n}"', "S")) for n in range(3)]
    corpus, report = read_csv(tmp_path, end.join((header, *rows)))
    assert counts(report) == (3, 3, 0, 0)
    assert corpus.articles[2].paragraphs == [f"{TEXT} 2, 2"]


def test_cells_may_hold_lines_quotes_and_a_whole_book(tmp_path: Path) -> None:
    book = "word " * 100_000
    rows = f'title,text\nA,"First line.\n\nSecond ""quoted"" line."\nB,{book}\n'
    corpus, report = read_csv(tmp_path, rows)
    assert counts(report) == (2, 2, 0, 0)
    assert corpus.articles[0].paragraphs == ["First line.", 'Second "quoted" line.']
    assert len(corpus.articles[1].paragraphs) == 1


def test_other_line_separators_start_no_row(tmp_path: Path) -> None:
    _, report = read_csv(tmp_path, f"title,text\na\u2028b\u0085c\x0bd,{TEXT}\n")
    assert counts(report) == (1, 1, 0, 0)


@pytest.mark.parametrize("word", ["NA", "None", "null", "nan", "N/A", "#N/A", "007", "1e5"])
def test_words_that_look_like_nothing_are_text(tmp_path: Path, word: str) -> None:
    rows = f"title,text,source\n{word},{word},{word}\nBridge vote,{TEXT},Gazette\n"
    article, _ = read_csv(tmp_path, rows)[0].articles
    assert article.fields["title"].value == word
    assert article.fields["source"].value == word
    assert article.paragraphs == [word]


def test_rows_that_cannot_be_used_are_counted_and_named(tmp_path: Path) -> None:
    rows = f"title,text\nA,{TEXT} a\n\nB,\nC,x,y,z\nD\nE, \u00a0\u200b\nF,{TEXT} f\n"
    corpus, report = read_csv(tmp_path, rows)
    assert counts(report) == (6, 2, 4, 0)
    assert [article.row for article in corpus.articles] == [1, 6]
    said = {(p.row, p.column): p.reason for p in report.problems}
    assert said[2, "text"] == said[5, "text"] == "empty text"
    assert "4 columns, expected 2" in said[3, None]
    assert "1 columns, expected 2" in said[4, None]


def test_a_row_of_furniture_has_nothing_left(tmp_path: Path) -> None:
    corpus, report = read_csv(tmp_path, "title,text\nA,Subscribe\nB,Share this article\n")
    assert corpus.articles == []
    assert counts(report) == (2, 0, 2, 0)
    assert report.problems[0].reason == "no article text left after cleaning"


def test_the_same_article_is_merged_and_another_sources_copy_stays(tmp_path: Path) -> None:
    row = f"T,{TEXT},S,2024-05-16,https://e.com/1\n"
    rows = (
        f"title,text,source,date,url\n{row}{row}{row.replace('/1', '/2')}{row.replace('S,', 'R,')}"
    )
    corpus, report = read_csv(tmp_path, rows)
    assert counts(report) == (4, 2, 0, 2)
    assert [article.row for article in corpus.articles] == [1, 4]
    assert "a.csv, row 1" in report.problems[0].reason


def test_the_two_spellings_of_an_accent_are_one_source(tmp_path: Path) -> None:
    rows = f"text,source\n{TEXT} 1,Lib\u00e9ration\n{TEXT} 2,Libe\u0301ration\n"
    corpus, _ = read_csv(tmp_path, rows)
    assert len({article.fields["source"].value for article in corpus.articles}) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"title,text\n", "no rows"),
    ],
)
def test_tables_that_are_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    corpus, report = read_csv(tmp_path, data)
    assert corpus.articles == []
    assert reason in report.problems[0].reason
    assert report.records == report.quarantined


def test_a_stray_nul_is_left_out_and_said(tmp_path: Path) -> None:
    corpus, report = read_csv(tmp_path, f"title,text\nA,{TEXT * 3}\0 end\n")
    assert "\0" not in corpus.articles[0].paragraphs[0]
    assert (report.problems[0].row, report.problems[0].column) == (1, "text")


def test_a_known_title_is_not_looked_for(tmp_path: Path) -> None:
    corpus, _ = read_csv(tmp_path, f'title,text\nT,"A headline of some words\n{TEXT}"\n')
    assert corpus.articles[0].paragraphs == ["A headline of some words", TEXT]
    corpus, _ = read_csv(tmp_path, f'title,text\n,"A headline of some words\n{TEXT}"\n')
    assert corpus.articles[0].paragraphs == [TEXT]
    assert corpus.articles[0].fields["title"].value == "A headline of some words"


def test_parquet(tmp_path: Path) -> None:
    corpus, report = read_parquet(
        tmp_path,
        title=["A", None, "C", "D"],
        text=[TEXT + " 1", TEXT + " 2", None, "NA"],
        source=pa.array(["S", "S", "S", "R"]).dictionary_encode(),
        date=[dt.datetime(2024, 5, 16), None, None, dt.datetime(2024, 5, 17, 12, 30)],
    )
    assert counts(report) == (4, 3, 1, 0)
    assert (report.problems[0].row, report.problems[0].reason) == (3, "empty text")
    assert [article.fields["date"].value for article in corpus.articles] == [
        "2024-05-16",
        None,
        "2024-05-17",
    ]
    assert corpus.articles[2].paragraphs == ["NA"]


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view()])
def test_kinds_of_text_in_parquet(tmp_path: Path, kind: pa.DataType) -> None:
    corpus, _ = read_parquet(tmp_path, text=pa.array([TEXT, "Ü"], kind))
    assert [article.paragraphs for article in corpus.articles] == [[TEXT], ["Ü"]]


def test_parquet_that_is_refused(tmp_path: Path) -> None:
    def reason(**columns: Any) -> str:
        return read_parquet(tmp_path, **columns)[1].problems[0].reason

    assert "int64" in reason(text=[1, 2])
    assert "no rows" in reason(text=pa.array([], pa.string()))
    data = (tmp_path / "a.parquet").read_bytes()
    for damaged in (data[: len(data) // 2], data[:-6] + b"xxPAR1", b"PAR1"):
        _, report = read_csv(tmp_path, damaged, "b.parquet")
        assert report.kept == 0
        assert "damaged" in report.problems[0].reason


def test_a_cell_of_parquet_that_is_no_utf_8(tmp_path: Path) -> None:
    bad = pa.array([b"good text", b"\xff\xfe", b"more text"]).view(pa.binary())
    text = pa.Array.from_buffers(pa.string(), 3, bad.buffers())
    corpus, report = read_parquet(tmp_path, text=text)
    assert [article.row for article in corpus.articles] == [1, 3]
    assert (report.problems[0].row, report.problems[0].column) == (2, "text")
