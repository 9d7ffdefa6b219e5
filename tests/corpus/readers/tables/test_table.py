"""Tables: CSV and Parquet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.corpus.importing.read import Corpus, read_corpus
from dashboard.corpus.readers.tables import table
from dashboard.corpus.readers.tables.cells import MAX_LISTED
from dashboard.corpus.record import Reading, RefusedFile
from dashboard.corpus.report import FileReport

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


def read(data: str | bytes, **mapping: str) -> Reading:
    data = data if isinstance(data, bytes) else data.encode()
    return table.read_csv(data, "a.csv", mapping or None)


def reasons(reading: Reading) -> list[tuple[int | None, str | None, str]]:
    return [(p.row, p.column, p.reason) for p in reading.problems]


def many(count: int) -> list[str]:
    return [f"{i},Vote {i},{TEXT} {i},Post,2024-01-{i % 28 + 1:02d}\n" for i in range(count)]


HEADER = "id,title,text,source,date\n"


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


@pytest.mark.parametrize("word", ["007", "1e5", "0", "Nada", "Inf", "true"])
def test_words_that_look_like_values_are_text(tmp_path: Path, word: str) -> None:
    rows = f"title,text,source\n{word},{word},{word}\nBridge vote,{TEXT},Gazette\n"
    article, _ = read_csv(tmp_path, rows)[0].articles
    assert article.fields["title"].value == word
    assert article.fields["source"].value == word
    assert article.paragraphs == [word]


@pytest.mark.parametrize("word", ["NA", "None", "null", "nan", "N/A", "#N/A", "NaT", "<NA>"])
def test_words_that_programs_write_for_nothing_are_nothing(tmp_path: Path, word: str) -> None:
    rows = f"title,text,source\n{word},{word},{word}\n{word},{TEXT},{word}\n"
    corpus, report = read_csv(tmp_path, rows)
    [article] = corpus.articles
    assert article.fields["title"].value is None
    assert article.fields["source"].value is None
    assert [(p.row, p.reason) for p in report.problems] == [(1, "empty text")]


def test_rows_that_cannot_be_used_are_counted_and_named(tmp_path: Path) -> None:
    rows = f"title,text\nA,{TEXT} a\n\nB,\nC,x,y,z\nD\nE, \u00a0\u200b\nF,{TEXT} f\n"
    corpus, report = read_csv(tmp_path, rows)
    assert counts(report) == (6, 2, 4, 0)
    assert [article.row for article in corpus.articles] == [1, 6]
    said = {(p.row, p.column): p.reason for p in report.problems}
    assert said[2, "text"] == said[5, "text"] == "empty text"
    assert "4 columns, the header 2" in said[3, None]
    assert "1 of 2 columns" in said[4, None]


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
        text=[TEXT + " 1", TEXT + " 2", None, "Ja"],
        source=pa.array(["S", "S", "S", "R"]).dictionary_encode(),
        date=[dt.datetime(2024, 5, 16), None, None, dt.datetime(2024, 5, 17, 12, 30)],
    )
    assert counts(report) == (4, 3, 1, 0)
    assert [(p.row, p.reason) for p in report.problems] == [
        (None, "1 row has no date"),
        (3, "empty text"),
    ]
    assert [article.fields["date"].value for article in corpus.articles] == [
        "2024-05-16",
        None,
        "2024-05-17",
    ]
    assert corpus.articles[2].paragraphs == ["Ja"]


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


def test_two_stray_quotation_marks_swallow_no_rows() -> None:
    rows = many(1000)
    rows[3] = rows[3].replace("Vote", '"Vote')
    rows[900] = rows[900].replace("Vote 900", 'Vote 900"')
    reading = read(HEADER + "".join(rows))
    assert [record.row for record in reading.records] == list(range(1, 1001))
    assert reading.records[3].title == '"Vote 3'
    assert reasons(reading) == [(4, None, "a stray quotation mark was read as part of the text")]


@pytest.mark.parametrize("other", [(), (4,), (5,), (40,)])
def test_stray_quotation_marks_wherever_they_are(other: tuple[int, ...]) -> None:
    rows = many(50)
    for i in (3, *other):
        rows[i] = rows[i].replace("Vote", '"Vote')
    assert len(read(HEADER + "".join(rows)).records) == 50


def test_a_stray_quotation_mark_among_quoted_cells_of_several_lines() -> None:
    rows = [f'{i},"A {i}","{TEXT}\n\nHe said ""{i}"", and left.\nMore.",Post,2024-01-03\n'
            for i in range(30)]  # fmt: skip
    rows[10] = f'10,"Vote,{TEXT},Post,2024-01-03\n'
    reading = read(HEADER + "".join(rows))
    assert len(reading.records) == 30
    assert reading.records[11].text.count("\n") == 3


def test_tables_within_a_cell_stay_there() -> None:
    cell = "\n".join(f"{name},{n},{n}" for n, name in enumerate(("Ada", "Bob", "Cleo", "Dan")))
    rows = "".join(f'{i},"{cell}",2024-01-0{i}\n' for i in range(1, 6))
    reading = read("id,text,date\n" + rows)
    assert [record.text for record in reading.records] == [cell] * 5


def test_a_file_cut_off_within_quotation_marks() -> None:
    reading = read(f'title,text\nA,"{TEXT}"\nB,"{TEXT}\n\nThe may')
    assert len(reading.records) == 2
    assert "never closed" in reading.problems[0].reason


def test_quotation_marks_behind_backslashes() -> None:
    reading = read(f'title,text\n"A \\"B\\", c","{TEXT} \\"x\\", y"\n')
    assert (reading.records[0].title, reading.records[0].text) == ('A "B", c', f'{TEXT} "x", y')


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-16", TEXT), ("utf-32", TEXT), ("utf-8-sig", TEXT), ("cp1252", "Café “council” " * 9),
        ("cp1251", "Городской совет проголосовал во вторник за новый мост через реку"),
        ("koi8-r", "Городской совет проголосовал во вторник за новый мост через реку"),
        ("gb18030", "市议会星期二投票决定为横跨河流的新桥提供资金，居民们说交通量翻了一番。"),
        ("big5", "市議會星期二投票決定為橫跨河流的新橋提供資金，居民們說交通量翻了一番。"),
        ("cp932", "市議会は火曜日に、川に新しい橋を架ける予算を可決した。市議会は火曜日に。"),
        ("cp949", "시의회는 화요일에 강을 가로지르는 새 다리에 자금을 지원하기로 의결했다."),
        ("cp1256", "صوت مجلس المدينة يوم الثلاثاء على تمويل جسر جديد عبر النهر"),
    ],
)  # fmt: skip
def test_encodings(encoding: str, text: str) -> None:
    rows = "".join(f"T{i},{text.strip()} {i}\n" for i in range(20))
    reading = read(("title,text\n" + rows).encode(encoding))
    assert reading.records[7].text == f"{text.strip()} 7"
    assert bool(reading.problems) == (not encoding.startswith("utf-8"))


def test_rows_in_another_encoding_are_named() -> None:
    rows = [f"T{i},{TEXT} {i}".encode() for i in range(9)]
    for more in (b"", "Zürich,Zürich wählt heute".encode()):
        data = b"\n".join([b"title,text", *rows, "Café,Café ñ".encode("latin-1"), more])
        reading = read(data)
        assert reading.records[9].title == "Café"
        assert (10, "title", "encoding: 1 byte is not UTF-8; read as Windows-1252") in reasons(
            reading
        )


def test_garbled_letters_are_repaired_and_listed() -> None:
    reading = read(f"title,text\nCafÃ© Ã±,{TEXT} Obamaâ€™s.\nNÃO,{TEXT}\n".encode())
    assert reading.records[0].title == "Café ñ"
    assert reading.records[0].text.endswith("Obama’s.")
    assert reading.records[1].title == "NÃO"
    assert reading.problems[0].reason == "garbled letters repaired: “CafÃ© Ã±” → “Café ñ”"
    many_rows = "".join(f"CafÃ© {i},{TEXT}\n" for i in range(MAX_LISTED + 12))
    reading = read(("title,text\n" + many_rows).encode())
    assert len(reading.problems) == MAX_LISTED + 1
    assert reading.problems[-1].reason.startswith("12 more cells had garbled letters")


def test_entities_of_web_pages_in_names_are_read_and_listed() -> None:
    cells = {
        "AT&amp;T &#39;up&#x27;": "AT&T 'up'",
        "Don&amp;#039;t": "Don't",  # written twice
        "caf&eacute;&nbsp;&shy;noir": "café noir",
        "R&D; Q&A & &notit; &foo; &amp": "R&D; Q&A & &notit; &foo; &amp",
        "&#0; &#1; &#xD800; &#9999999;": "&#0; &#1; &#xD800; &#9999999;",
    }
    rows = "".join(f'"{cell}",A &amp; B,"C&ccedil;",{TEXT} &amp; so on\n' for cell in cells)
    reading = read(f"title,source,authors,text\n{rows}")
    assert [record.title for record in reading.records] == list(cells.values())
    assert {(r.source, r.authors) for r in reading.records} == {("A & B", "Cç")}
    assert all(record.text.endswith("&amp; so on") for record in reading.records)
    listed = [problem for problem in reading.problems if problem.column == "title"]
    assert [problem.row for problem in listed] == [1, 2, 3]
    assert listed[1].reason == "entities of web pages read: “Don&amp;#039;t” → “Don't”"


def test_notes_above_the_header_are_left_out_and_said() -> None:
    notes = "Report:,Bulk download\nBrand:,Bridge\nFrom:,Thu May 16 2024\n\n"
    reading = read(f"{notes}Query Id,Date,Title,Full Text\n1,2024-05-16,T,{TEXT}\n")
    assert reading.columns == {"title": "Title", "text": "Full Text", "date": "Date"}
    assert "4 lines above the header" in reading.problems[0].reason
    reading = read(f"# exported\n# today\ntext\n{TEXT}\n# not a note, {TEXT}\n")
    assert len(reading.records) == 2


def test_a_table_without_a_header_is_read_by_its_values() -> None:
    rows = "".join(f'https://e.com/{i},Council votes on bridge {i},"{TEXT * 8} {i}",2024-05-0{i}\n'
                   for i in range(1, 9))  # fmt: skip
    reading = read(rows)
    assert len(reading.records) == 8
    assert reading.columns["text"] == "column 3"
    assert reading.records[0].url == "https://e.com/1"
    assert "no header" in reading.problems[0].reason


def test_gdelts_knowledge_graph_has_no_header_and_no_text() -> None:
    row = "\t".join(["20240516091500-{}", "20240516091500", "1", "e.com", "https://e.com/{}"]
                    + ["TAX;B,12;"] * 21 + ["<PAGE_TITLE>T</PAGE_TITLE>"])  # fmt: skip
    reading = read("\n".join(row.format(i, i) for i in range(3)))
    assert (len(reading.records), reading.refused) == (0, 3)
    assert reading.columns["url"] == "DocumentIdentifier"
    problem = reading.problems[1]
    assert problem.reason == "metadata only: the text needs fetching"
    assert problem.remedy == "fetch https://e.com/0"


def test_exports_without_text_are_refused_row_by_row_not_whole() -> None:
    reading = read("title,url\nA,https://e.com/a\nB,\n")
    assert (reading.records, reading.refused) == ([], 2)
    assert "https://e.com/a" in reading.problems[0].remedy
    assert "--map text=" in reading.problems[1].remedy


def test_a_row_without_text_but_with_an_address_says_where_it_is() -> None:
    reading = read(f"text,url\n,https://e.com/a\n{TEXT},https://e.com/b\n")
    assert len(reading.records) == 1
    assert reading.problems[0].reason == "empty text; metadata only: the text needs fetching"
    assert reading.problems[0].remedy == "fetch https://e.com/a"


def test_a_text_cut_by_its_provider_is_kept_and_said() -> None:
    reading = read(f"content,url\n{TEXT}… [+2000 chars],https://e.com/a\n")
    assert reading.records[0].text == TEXT + "…"
    assert "truncated by the provider: 2,000" in reading.problems[0].reason
    reading = read(f"text\n{'word ' * 6553}ab\n".replace(" ab", " is"))
    assert "32,767" in reading.problems[0].reason


def test_cells_of_web_pages_lose_their_markup() -> None:
    cell = "<!-- wp:paragraph --><p>One &amp; <b>two</b>.</p><p>Three.</p><script>x</script>"
    reading = read(f"title,content\n<b>A</b>,{cell}\n")
    assert reading.records[0].text == "One & two.\nThree."
    assert reading.records[0].title == "<b>A</b>"
    assert "markup" in reading.problems[0].reason
    assert read(f"text\n{TEXT} x < y <p>\n").records[0].text.endswith("x < y <p>")


def test_lists_that_a_program_wrote_out() -> None:
    rows = f"{TEXT};['Jane Doe', \"John O'Roe\"];{{'id': None, 'name': 'BBC News'}}\n"
    record = read("text;authors;source\n" + rows).records[0]
    assert (record.authors, record.source) == ("Jane Doe; John O'Roe", "BBC News")
    rows = f"{TEXT};[];[{{'name': 'Jane'}}, {{'name': 'Joe'}}]\n"
    record = read("text;source;authors\n" + rows).records[0]
    assert (record.authors, record.source) == ("Jane; Joe", "")


def test_numbers_that_come_twice_are_said_and_all_rows_kept() -> None:
    reading = read(f"id,text\n1,{TEXT} a\n1,{TEXT} b\n2,{TEXT} c\n1,{TEXT} d\n")
    assert len(reading.records) == 4
    assert reading.problems[0].reason.startswith("duplicate id: 2 rows bear")


def test_texts_without_words_are_kept_and_said() -> None:
    reading = read("title,text\n2024,12345 67890 !!! 3.14\n")
    assert len(reading.records) == 1
    assert "no words" in reading.problems[0].reason


def test_formulas_are_text() -> None:
    reading = read(f'title,text\n"=HYPERLINK(""http://e.com"",""x"")",{TEXT}\n+1+1,{TEXT} b\n')
    assert [r.title for r in reading.records] == ['=HYPERLINK("http://e.com","x")', "+1+1"]


def test_the_users_mapping_goes_over_the_guess() -> None:
    data = f"headline,body,remark\nA,{TEXT},{TEXT} remark\n"
    reading = read(data, text="remark", title="")
    assert reading.columns == {"text": "remark"}
    assert reading.records[0].text.endswith("remark")
    with pytest.raises(RefusedFile, match="no column “bodi” for text; the columns are: headline"):
        read(data, text="bodi")


def test_the_lead_and_the_rest_of_factivas_tables_are_one_text() -> None:
    reading = read(f"HD,LP,TD,BY\nA,{TEXT},{TEXT} b,By Jane Doe and John Roe\n")
    assert reading.records[0].text == f"{TEXT}\n\n{TEXT} b"
    assert reading.columns["text"] == "LP+TD"
    field = reading.records[0].fields["authors"]
    assert (field.value, field.evidence) == ("Jane Doe; John Roe", "column BY")


def test_columns_and_samples_are_for_the_user_to_check() -> None:
    reading = read(f"headline,body\nA,{TEXT}\nB,{TEXT}\n")
    assert reading.columns == {"title": "headline", "text": "body"}
    assert reading.samples == {"title": ["A", "B"], "text": [TEXT]}
    assert reading.records[0].fields["title"].evidence == "column headline"


def test_all_headers_are_there_to_choose_from() -> None:
    reading = read(f"headline,body,,desk\nA,{TEXT},x,city\nB,{TEXT},,\n")
    assert reading.headers == ["headline", "body", "", "desk"]
    assert reading.previews == {"headline": ["A", "B"], "body": [TEXT], "desk": ["city"]}
    wide = ",".join(f"c{i}" for i in range(300))
    reading = read(f"text,{wide}\n{TEXT}{',x' * 300}\n")
    assert len(reading.headers) == 301
    assert len(reading.previews) == 100  # the report stays small


def test_a_table_that_is_refused_names_its_headers_too(tmp_path: Path) -> None:
    # Parquet is read in a process of its own: they come through the pipe.
    _, report = read_parquet(tmp_path, code=["1", "2"], amount=["3", "4"])
    assert report.records == 0
    assert report.headers == ["code", "amount"]
    assert report.previews["amount"] == ["3", "4"]
    with pytest.raises(RefusedFile) as refused:
        read(f"headline,body\nA,{TEXT}\n", text="story")
    assert refused.value.headers == ["headline", "body"]
    assert refused.value.previews["headline"] == ["A"]


def test_when_an_article_was_seen_is_only_inferred() -> None:
    reading = read(f"text,seendate\n{TEXT},20240516T091500Z\n")
    assert (reading.records[0].date_field.value, reading.records[0].date_field.basis) == (
        "2024-05-16", "inferred"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("a,b\n1,2\n", "no column holds the text of articles; the columns are: a, b"),
        ("text\n", "no rows"),
        ("\ufeff\n \n", "empty"),
        ("text," + ",".join(f"c{i}" for i in range(300_000)) + "\nx\n", "too many columns"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary"),
    ],
)
def test_what_is_refused(data: str | bytes, reason: str) -> None:
    with pytest.raises(RefusedFile, match=reason) as refused:
        read(data)
    assert refused.value.remedy
    assert refused.value.file_format == "csv"


def test_one_column_needs_no_delimiter() -> None:
    reading = read(f'text\n{TEXT}, a; b | c\n"{TEXT}, d"\n')
    assert [r.text for r in reading.records] == [f"{TEXT}, a; b | c", f"{TEXT}, d"]


def test_doubled_columns_are_said() -> None:
    reading = read(f"text,text\n{TEXT},b\n")
    assert reading.records[0].text == TEXT
    assert "two columns named text" in reading.problems[0].reason


def test_parquet_from_bytes_and_with_nested_columns(tmp_path: Path) -> None:
    columns = pa.table({
        "headline": ["A", "B"],
        "body": [TEXT, TEXT + " b"],
        "source": [{"id": 1, "name": "BBC"}, None],
        "authors": [[{"name": "Jane"}, {"name": "Joe"}], []],
        "tags": [["a", "b"], None],
    })  # fmt: skip
    pq.write_table(columns, tmp_path / "a.parquet")
    reading = table.read_parquet((tmp_path / "a.parquet").read_bytes(), "a.parquet")
    assert reading.columns == {
        "title": "headline", "text": "body", "source": "source.name", "authors": "authors[].name"
    }  # fmt: skip
    first, second = reading.records
    assert (first.source, first.authors, second.source) == ("BBC", "Jane; Joe", "")


def test_a_bomb_in_parquet_is_counted_as_it_comes_out(tmp_path: Path) -> None:
    value = pa.DictionaryArray.from_arrays(pa.array([0] * 60_000, pa.int32()), ["x y " * 4_000])
    pq.write_table(pa.table({"text": value}), tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").stat().st_size < 100_000
    with (
        (tmp_path / "a.parquet").open("rb") as stream,
        pytest.raises(RefusedFile, match="expands to more than"),
    ):
        table.read_parquet(stream, "a.parquet")


def test_a_time_keeps_its_day_as_written(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 5, 16, 23, 30, tzinfo=dt.UTC)
    date = pa.array([moment], pa.timestamp("us", tz="Asia/Tokyo"))
    corpus, _ = read_parquet(tmp_path, text=[TEXT], date=date)
    assert corpus.articles[0].fields["date"].value == "2024-05-17"


def test_a_removed_text_is_set_aside(tmp_path: Path) -> None:
    _, report = read_csv(tmp_path, f"title,text\n[Removed],[Removed]\nA,{TEXT}\n")
    assert counts(report) == (2, 1, 1, 0)
    assert report.problems[0].row == 1
    assert "removed by the provider" in report.problems[0].reason


def test_the_month_in_the_address_bounds_a_row(tmp_path: Path) -> None:
    table = f"title,text,url\nA,{TEXT},https://a.com/2016/12/bridge.html\n"
    date = read_csv(tmp_path, table)[0].articles[0].fields["date"]
    assert (date.value, date.basis) == ("2016-12-01/2016-12-31", "bounded")


@pytest.mark.parametrize(
    ("cell", "authors"),
    [("nan", None), ("None", None), ("NULL", None), ("Ian Sample Science editor", "Ian Sample")],
)
@pytest.mark.parametrize("column", ["authors", "byline"])
def test_authors_are_people(tmp_path: Path, column: str, cell: str, authors: str | None) -> None:
    table = f"title,text,{column}\nA,{TEXT},{cell}\nB,{TEXT} 2,Ada Byron\n"
    articles = read_csv(tmp_path, table)[0].articles
    assert articles[0].fields["authors"].value == authors


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("Jahr,Monat,Tag", "2024,5,16"),
        ("ano,mês,dia", "2024,maio,16"),
        ("Publication Year,Publication Month,Publication Day", "2024,May,16"),
        ("год,месяц,день", "2024,мая,16"),
    ],
)
def test_a_date_in_three_columns(header: str, day: str) -> None:
    reading = read(f"title,text,{header}\nOne,{TEXT},{day}\nTwo,{TEXT} Twice.,{day}\n".encode())
    assert [record.date_field.value for record in reading.records] == ["2024-05-16"] * 2
    assert reading.columns["date"] == "+".join(header.split(","))


def test_a_column_of_whole_days_goes_before_a_year() -> None:
    reading = read(f"title,text,year,month,day,date\nOne,{TEXT},2024,5,16,2024-05-17\n".encode())
    assert reading.columns["date"] == "date"
