from __future__ import annotations

import pytest

from dashboard.corpus.readers.databases.proquest import looks_like_proquest, read_proquest
from dashboard.corpus.record import Reading, RefusedFile

RULE = "_" * 60
P1 = "ALBANY -- The Assembly voted on Thursday to delay the bill until after the summer recess."
P2 = "Location: that was the question. “We will be back,” said Ms. Roe."
P3 = "Correction: an earlier version misnamed Ms. Roe."
COVER = f"{RULE}\n\nReport Information from ProQuest\nMay 17 2024 09:15\n{RULE}\n\n\n\n"
CONTENTS = f"{RULE}\n\nTable of contents\n\n1. Assembly Delays Bill\n2. Another\n\n"
LAST = (
    f"{RULE}\n\nDatabase copyright © 2024 ProQuest LLC. All rights reserved.\n\n"
    "Terms and Conditions: https://www.proquest.com/info/termsAndConditions"
    "  Contact us at: https://www.proquest.com/go/pqissupportcontact\n"
)
STRATEGY = (
    f"{RULE}\n\nSearch Strategy\n\nSet No.|Searched for|Databases|Results\nS1|bill|Newsstream|2\n"
)


def record(n: int = 1, drop: tuple[str, ...] = (), **changes: str) -> str:
    values = {
        "Author": "Doe, Jane; Roe, John.",
        "Publication info": "New York Times , Late Edition (East Coast); New York, N.Y. "
        "[New York]. 16 May 2024: A.1.",
        "ProQuest document link": "https://www.proquest.com/docview/1",
        "Abstract": "The Assembly voted.",
        "Links": "Linking Service",
        "Full text": f"{P1}\n\n{P2}\n\n{P3}",
        "Subject": "Legislation; Voting",
        "Company / organization": "Name: Assembly; NAICS: 921120",
        "Title": "Assembly Delays Bill: a Report",
        "Publication title": "New York Times, Late Edition (East Coast); New York, N.Y.",
        "First page": "A.1",
        "Publication year": "2024",
        "Publication date": "May 16, 2024",
        "ISSN": "03624331",
        "Source type": "Newspapers",
        "Language of publication": "English",
        "ProQuest document ID": "3055555555",
        "Document URL": "https://www.proquest.com/newspapers/assembly/docview/3055555555/se-2",
        "Copyright": "Copyright New York Times Company May 16, 2024",
        "Last updated": "2024-05-17",
        "Database": "ProQuest Central",
    }  # fmt: skip
    for name, value in changes.items():
        values[name.replace("_", " ")] = value
    lines = "".join(f"{k}: {v}\n\n" for k, v in values.items() if k not in drop)
    return f"{RULE}\n\nDocument {n} of 2\n\n{values['Title']}\n\n{lines}"


def read(text: str, folder: str = "") -> Reading:
    return read_proquest(text.encode(), "p.txt", folder)


def test_a_download_of_several_records() -> None:
    other = record(2, Title="Another", Author="Smith, Ann", Publication_date="2 June 2023")
    text = COVER + CONTENTS + record() + other + LAST + STRATEGY
    assert looks_like_proquest(text.encode()[: 64 * 1024], "x")
    reading = read(text, "ignored")
    assert (reading.format, reading.refused, reading.problems) == ("proquest", 0, [])
    assert reading.encoding == "utf-8"
    first, second = reading.records
    assert (first.row, second.row) == (1, 2)
    assert first.text == f"{P1}\n\n{P2}\n\n{P3}"
    assert first.cleaned
    assert first.folder == ""
    values = {name: field.value for name, field in first.fields.items()}
    assert values == {
        "title": "Assembly Delays Bill: a Report",
        "source": "New York Times",
        "date": "2024-05-16",
        "authors": "Jane Doe; John Roe",
        "url": "https://www.proquest.com/newspapers/assembly/docview/3055555555/se-2",
    }
    assert first.fields["date"].evidence == "Publication date: May 16, 2024"
    assert {field.basis for field in first.fields.values()} == {"stated"}
    assert first.url == values["url"]
    assert second.fields["date"].value == "2023-06-02"
    assert second.fields["authors"].value == "Ann Smith"


@pytest.mark.parametrize("text", ["Not available.", "Full text not available", "", "Unavailable"])
def test_without_its_full_text_a_record_is_metadata_only(text: str) -> None:
    reading = read(COVER + record(Full_text=text) + record(2) + LAST)
    assert (len(reading.records), reading.refused) == (1, 1)
    assert reading.records[0].row == 2
    (problem,) = reading.problems
    assert (problem.row, problem.reason) == (1, "metadata only: the text needs fetching")
    assert "https://www.proquest.com/newspapers/assembly/docview/3055555555/se-2" in problem.remedy


def test_a_record_that_lacks_the_label_is_metadata_only_too() -> None:
    reading = read(COVER + record(drop=("Full text", "Document URL")) + LAST)
    assert (reading.records, reading.refused) == ([], 1)
    assert "https://www.proquest.com/docview/1" in reading.problems[0].remedy
    assert reading.problems[0].row is None


def test_source_and_date_from_the_publication_info() -> None:
    drop = ("Publication title", "Publication date", "Title")
    (found,) = read(COVER + record(drop=drop) + LAST).records
    assert found.title == "Assembly Delays Bill: a Report"
    assert found.fields["source"].value == "New York Times"
    assert found.fields["date"].value == "2024-05-16"


def test_the_full_text_may_come_last_and_the_file_hold_one_record_only() -> None:
    text = record(drop=("Full text",)).rstrip() + f"\n\nFull text: {P1}\n{P2}\n{P3}\n"
    assert looks_like_proquest(text.encode(), "x")
    (found,) = read(text).records
    assert found.row is None
    assert found.text == f"{P1}\n\n{P2}\n\n{P3}"


def test_other_languages_of_its_pages() -> None:
    spanish = (
        f"{RULE}\n\nDocumento 1 de 1\n\nAplazan la ley\n\nAutor: García, Ana\n\n"
        f"Texto completo: {P1}\n\n{P3}\n\nTítulo: Aplazan la ley\n\n"
        "Título de publicación: El País; Madrid\n\nFecha de publicación: 16 de mayo de 2024\n\n"
        "ID del documento de ProQuest: 305\n\nURL del documento: https://www.proquest.com/docview/305\n"
    )
    (found,) = read(spanish).records
    assert found.text == f"{P1}\n\n{P3}"
    assert found.fields["title"].value == "Aplazan la ley"
    assert found.fields["source"].value == "El País"
    assert found.fields["date"].value == "2024-05-16"
    assert found.fields["authors"].value == "Ana García"


def test_a_credit_below_the_text_is_the_author() -> None:
    text = f"{P1}\n\nCREDIT: JANE DOE; STAFF WRITER"
    (found,) = read(record(drop=("Author",), Full_text=text)).records
    assert found.text == P1
    assert found.fields["authors"].value == "Jane Doe; Staff Writer"


@pytest.mark.parametrize(
    ("written", "day", "problems"),
    [("May 2024", None, 1), ("May 16, 1884", None, 1), ("Jan 5, 2020", "2020-01-05", 0)],
)
def test_dates(written: str, day: str | None, problems: int) -> None:
    reading = read(record(Publication_date=written))
    assert reading.records[0].fields["date"].value == day
    assert len(reading.problems) == problems


def test_shorter_rules_within_a_text_do_not_cut_it() -> None:
    text = f"{P1}\n\n{'_' * 30}\n\n{P3}"
    (found,) = read(COVER + record(Full_text=text) + LAST).records
    assert found.text.startswith(P1)
    assert found.text.endswith(P3)


def test_windows_files_and_legacy_encodings() -> None:
    text = (COVER + record() + LAST).replace("\n", "\r\n")
    for data in (text.encode("cp1252"), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        (found,) = read_proquest(data, "p.txt").records
        assert "“We will be back,”" in found.text


def test_a_truncated_download_keeps_what_is_there() -> None:
    text = COVER + record() + record(2, Title="Another")
    reading = read(text[: text.rindex(P2)])
    assert len(reading.records) + reading.refused == 2
    assert [found.row for found in reading.records] == [1, 2]
    assert [(problem.row, "seems to end" in problem.reason) for problem in reading.problems] == [
        (2, True)
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"An article, by hand.\n\nTitle: of no use\n", b"\x89PNG\r\n\x1a\n\x00", b"{\\rtf1 x}",
     (COVER + CONTENTS + LAST).encode(), b"<html><body>x</body></html>"],
)  # fmt: skip
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(RefusedFile) as refused:
        read_proquest(data, "p.txt")
    assert refused.value.reason
    assert refused.value.remedy


def test_an_article_with_a_title_line_is_no_download() -> None:
    assert not looks_like_proquest(
        b"Title: A\nDate: May 16, 2024\n\nSome text of an article.", "a.txt"
    )
