from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from dashboard.corpus.readers.databases.nexis import looks_like_nexis, read_lines
from dashboard.corpus.readers.documents import read_document
from dashboard.corpus.record import Reading, RefusedFile

P1 = "WASHINGTON — The Senate voted on Thursday to delay the bill until after the summer recess."
P2 = "“We will be back,” said Ms. Roe. Subject: the leader’s own words, she added."


def cover(titles: Sequence[str], count: int | None = None) -> list[str]:
    lines = ["User Name: =", "Date and Time: = Friday, May 17, 2024 9:15:00 AM CEST",
             "Job Number: = 224455667", f"Documents ({count or len(titles)})"]  # fmt: skip
    for number, title in enumerate(titles, 1):
        lines += [
            f"{number}. {title}",
            "Client/Matter: -None-",
            "Search Terms: senate w/5 bill",
            "Search Type: Terms and Connectors",
            "Narrowed by:",
            "Content Type | Narrowed by",
            "News | Timeline: May 01, 2024 to May 17, 2024",
        ]
    return lines


def article(
    title: str = "Senate Delays Bill", body: Sequence[str] = (P1, P2), **changes: str
) -> list[str]:
    values = {
        "source": "The New York Times",
        "date": "May 16, 2024 Thursday",
        "edition": "Late Edition - Final",
        "byline": "Byline:\u00a0By JANE DOE and JOHN ROE",
        "length": "Length:\u00a034 words",
    } | changes
    lines = [title, values["source"], values["date"], values["edition"],
             "Copyright 2024 The New York Times Company", "Section:\u00a0Section A; Pg. 1",
             values["length"], values["byline"], "Body", *body, "Graphic", "PHOTO: The Senate.",
             "Classification", "Language:\u00a0ENGLISH", "Publication-Type:\u00a0Newspaper",
             "Subject:\u00a0LEGISLATION (90%); VOTING (78%)", "Load-Date:\u00a0May 17, 2024",
             "End of Document"]  # fmt: skip
    return [line for line in lines if line]


def docx(lines: Sequence[str]) -> bytes:
    from docx import Document

    document = Document()
    for line in lines:
        if " | " in line:
            cells = line.split(" | ")
            row = document.add_table(1, len(cells)).rows[0]
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        else:
            document.add_paragraph(line)
            document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf(lines: Sequence[str]) -> bytes:
    escaped = "".join(
        c if 32 <= ord(c) < 127 and c not in "\\{}" else f"\\u{ord(c)}?" for c in "\n".join(lines)
    ).replace("\\u10?", "\\par\\par\n\\pard\\plain\\f0\\b0 ")
    return (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}}\n{\\footer Page 1 of 9}"
        + escaped
        + "\\par}"
    ).encode()


def read(lines: Sequence[str]) -> Reading:
    return read_document(docx(lines), "n.docx")


@pytest.mark.parametrize("write", [docx, rtf])
def test_a_download_of_several_articles(write: type) -> None:
    second = article("Senado aplaza la ley", source="El País", date="16 de mayo de 2024 jueves",
                     edition="", byline="Byline: ANA GARCÍA")  # fmt: skip
    lines = cover(["Senate Delays Bill", "Senado aplaza la ley"]) + article() + second
    reading = read_document(write(lines), "n", "ignored")
    assert (reading.format, reading.refused, reading.problems) == ("nexis", 0, [])
    first, other = reading.records
    assert [first.row, other.row] == [1, 2]
    assert first.text == f"{P1}\n\n{P2}"
    assert first.cleaned
    assert first.folder == ""
    values = {name: field.value for name, field in first.fields.items()}
    assert values == {
        "title": "Senate Delays Bill",
        "source": "The New York Times",
        "date": "2024-05-16",
        "authors": "Jane Doe; John Roe",
    }
    assert {field.basis for field in first.fields.values()} == {"stated"}
    assert first.fields["date"].evidence == "May 16, 2024 Thursday"
    assert first.fields["authors"].evidence == "Byline: By JANE DOE and JOHN ROE"
    assert (first.title, first.source) == ("Senate Delays Bill", "The New York Times")
    assert (first.date, first.authors) == ("May 16, 2024 Thursday", "Jane Doe; John Roe")
    assert other.fields["source"].value == "El País"
    assert other.fields["date"].value == "2024-05-16"
    assert other.fields["authors"].value == "Ana García"


@pytest.mark.parametrize("write", [docx, rtf])
def test_its_first_bytes_and_a_plain_document_reader_know_it(write: type) -> None:
    data = write(cover(["Senate Delays Bill"] * 3) + article() * 3)
    assert looks_like_nexis(data[: 64 * 1024], "x")
    reading = read_document(data, "x")
    assert (reading.format, len(reading.records)) == ("nexis", 3)
    plain = write(["A memo about documents", P1, P2])
    assert not looks_like_nexis(plain, "x")
    assert read_document(plain, "x").format in ("docx", "rtf")
    with pytest.raises(RefusedFile, match="no Nexis article"):
        read_lines(["A memo about documents", P1, P2], "x", "")


def test_one_article_without_a_cover_has_no_record_number() -> None:
    (record,) = read(article()).records
    assert record.row is None
    assert record.fields["title"].value == "Senate Delays Bill"


def test_what_nexis_could_not_export_is_counted() -> None:
    error = [
        "We are sorry but there is an error in this document and it is not possible to display it.",
        "End of Document",
    ]
    named = ["A lost article", "The Times", *error]
    reading = read(cover(["a", "b", "c"]) + article("a") + error + named)
    assert (len(reading.records), reading.refused) == (1, 2)
    assert [problem.row for problem in reading.problems] == [2, 3]
    assert all("error message in place of" in problem.reason for problem in reading.problems)
    assert "A lost article" in reading.problems[1].reason


def test_fewer_articles_than_the_cover_announces() -> None:
    reading = read(cover(["a", "b"], count=100) + article("a") + article("b"))
    assert len(reading.records) == 2
    (problem,) = reading.problems
    assert problem.reason == "the cover page announces 100 documents, 2 were found"
    assert problem.row is None


def test_a_file_that_ends_early_says_where() -> None:
    reading = read(cover(["a", "b"]) + article("a") + article("b")[:11])
    assert len(reading.records) == 2
    assert [(p.row, p.reason) for p in reading.problems] == [
        (2, "the file ends before this article does")
    ]


def test_a_title_that_the_cover_numbers_on_its_own_line() -> None:
    lines = cover(["Body of evidence", "b"])
    at = lines.index("1. Body of evidence")
    lines[at : at + 1] = ["1.", "Body of evidence"]
    first = read(lines + article("Body of evidence") + article("b")).records[0]
    assert first.title == "Body of evidence"


def test_a_cover_whose_titles_are_cut_short() -> None:
    first = read(cover(["Senate Del...", "b"]) + article() + article("b")).records[0]
    assert (first.title, first.source) == ("Senate Delays Bill", "The New York Times")


@pytest.mark.parametrize(
    ("changes", "source", "date", "basis"),
    [
        ({"source": ""}, None, "2024-05-16", "stated"),
        ({"date": "Thursday 16 May 2024 09:15 GMT"}, "The New York Times", "2024-05-16", "stated"),
        ({"date": "4 oktober 2017 woensdag"}, "The New York Times", "2017-10-04", "stated"),
        ({"date": "Donnerstag 16. Mai 2024"}, "The New York Times", "2024-05-16", "stated"),
        ({"date": "16 mai 2024 jeudi"}, "The New York Times", "2024-05-16", "stated"),
        ({"date": "", "edition": ""}, "The New York Times", "2024-05-17", "inferred"),
        ({"date": "May 2024"}, "The New York Times", None, "unknown"),
        ({"date": "May 16, 1884 Friday"}, "The New York Times", None, "unknown"),
    ],
)  # fmt: skip
def test_variations_of_the_head(
    changes: dict[str, str], source: str | None, date: str | None, basis: str
) -> None:
    reading = read(article(**changes))
    (record,) = reading.records
    assert (record.fields["source"].value if "source" in record.fields else None) == source
    assert record.fields["title"].value == "Senate Delays Bill"
    assert (record.fields["date"].value, record.fields["date"].basis) == (date, basis)
    assert bool(reading.problems) == (date is None)


def test_the_folder_counts_where_no_source_is_given() -> None:
    record = read_document(docx(article(source="")), "n.docx", "Daily Planet").records[0]
    assert record.folder == "Daily Planet"


def test_no_headline_links_and_notes() -> None:
    lines = article("No Headline In Original")
    lines.insert(1, "Link to PDF")
    (record,) = read(lines).records
    assert "title" not in record.fields
    assert record.fields["source"].value == "The New York Times"


def test_without_classification_the_load_date_is_no_text() -> None:
    lines = ["Title", "The Times", "May 16, 2024 Thursday", "Copyright 2024 Times",
             "Length: 30 words", "Body", P1, "Correction: an earlier version misnamed Ms. Roe.",
             "Load-Date: May 17, 2024", "End of Document"]  # fmt: skip
    (record,) = read(lines).records
    assert record.text == f"{P1}\n\nCorrection: an earlier version misnamed Ms. Roe."


def test_without_the_heading_body_the_text_follows_the_labels() -> None:
    lines = article()
    lines.remove("Body")
    (record,) = read(lines).records
    assert record.text == f"{P1}\n\n{P2}"


def test_an_article_without_text_is_refused_not_empty() -> None:
    reading = read(article("Only a picture", body=()) + article())
    assert (len(reading.records), reading.refused) == (1, 1)
    assert reading.records[0].row == 2
    (problem,) = reading.problems
    assert (problem.row, problem.reason) == (1, "metadata only: the text needs fetching")
    assert "Only a picture" in problem.remedy


def test_a_text_far_shorter_than_its_length_is_pointed_out() -> None:
    reading = read(article(length="Length: 1,023 words"))
    assert len(reading.records) == 1
    assert "words of “1,023 words” are there" in reading.problems[0].reason


def test_the_older_layout() -> None:
    def old(number: int, title: str) -> list[str]:
        return [f"{number} of 2 DOCUMENTS", "The New York Times", "May 16, 2024 Thursday",
                "Late Edition - Final", title, "BYLINE: By JANE DOE", "SECTION: Section A; Pg. 1",
                "LENGTH: 34 words", "DATELINE: WASHINGTON", P1, P2, "LOAD-DATE: May 17, 2024",
                "LANGUAGE: ENGLISH", "GRAPHIC: PHOTO: The Senate", "PUBLICATION-TYPE: Newspaper",
                "Copyright 2024 The New York Times Company", "All Rights Reserved"]  # fmt: skip

    data = rtf(old(1, "Senate Delays Bill") + old(2, "House Follows"))
    assert looks_like_nexis(data, "x.rtf")
    reading = read_document(data, "x.rtf")
    assert (len(reading.records), reading.problems) == (2, [])
    record = reading.records[1]
    values = {name: field.value for name, field in record.fields.items()}
    assert values == {
        "title": "House Follows",
        "source": "The New York Times",
        "date": "2024-05-16",
        "authors": "Jane Doe",
    }
    assert record.text == f"{P1}\n\n{P2}"


@pytest.mark.parametrize(
    "data", [b"", b"plain text", b"{\\rtf1 }", b"PK\x03\x04 broken", b"<html><p>x</p></html>"]
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(RefusedFile) as refused:
        read_document(data, "n.docx")
    assert refused.value.reason
    assert refused.value.remedy


def test_a_truncated_download_is_refused_or_read_to_its_end() -> None:
    lines = cover(["a", "b"]) + article("a") + article("b")
    with pytest.raises(RefusedFile, match="damaged or incomplete"):
        read_document(docx(lines)[:3000], "n.docx")
    reading = read_document(rtf(lines)[:-400], "n.rtf")
    assert len(reading.records) == 2
    assert any("cut off" in problem.reason for problem in reading.problems)
