"""Fields of an article and what they rest on."""

from __future__ import annotations

import pytest

from dashboard.corpus.article import FIELD_NAMES, Field
from dashboard.corpus.fields.fields import read_fields
from dashboard.corpus.fields.sources import source_field
from dashboard.corpus.lines.label import clean_lines
from dashboard.corpus.record import Record

PARAGRAPH = "The two leaders signed a statement in Beijing, and trade between them has grown."


def fields_of(text: str, **values: str) -> dict[str, Field]:
    record = Record("a.txt", None, text, **values)  # type: ignore[arg-type]
    raw = text.split("\n")
    return read_fields(record, clean_lines(raw), source_field(record, raw))


def values_of(text: str, **values: str) -> dict[str, str | None]:
    return {name: field.value for name, field in fields_of(text, **values).items()}


def test_nothing_is_known_of_a_bare_text() -> None:
    fields = fields_of(PARAGRAPH)
    assert tuple(fields) == FIELD_NAMES
    assert {field.basis for field in fields.values()} == {"unknown"}
    assert {field.value for field in fields.values()} == {None}


def test_the_folder_names_the_source() -> None:
    field = fields_of(f"{PARAGRAPH}\n© 2024 Other", folder="bbc")["source"]
    assert (field.value, field.basis, field.evidence) == ("bbc", "inferred", "folder name")


def test_sources_in_the_text() -> None:
    def source(text: str) -> tuple[str | None, str]:
        field = fields_of(text)["source"]
        return field.value, field.basis

    assert source(f"https://www.ft.com/a\n{PARAGRAPH}") == ("Financial Times", "stated")
    assert source(f"{PARAGRAPH}\nGazette Logo\nGazette Logo") == ("Gazette", "inferred")
    assert source(f"Supported by\nAcme logo\nAcme logo\n{PARAGRAPH}") == (None, "unknown")
    assert source(f"{PARAGRAPH}\n© 2019 The Example Times, LLC") == ("The Example Times", "stated")
    assert source(f"Banks freeze payments - Example News\n{PARAGRAPH}") == (
        "Example News",
        "inferred",
    )
    assert source(f"See https://www.ft.com/a for more of this.\n{PARAGRAPH}") == (None, "unknown")
    assert source(f"photo.jpg\nJane Doe | example.com/jane\n{PARAGRAPH}") == (None, "unknown")


def test_original_sources() -> None:
    def original(text: str, **values: str) -> str | None:
        return values_of(text, **values)["original_source"]

    assert original(f"BEIJING (AP) — {PARAGRAPH}", folder="Gazette") == "AP"
    assert original(f"BEIJING, May 16 (Reuters) - {PARAGRAPH}", folder="Reuters") is None
    assert original(f"{PARAGRAPH}\n© 2024 The Associated Press. All rights reserved.") == "AP"
    assert original(f"By Associated Press\n{PARAGRAPH}", folder="Gazette") == "AP"
    assert (
        original(f"{PARAGRAPH}\nThis article was originally published in The Conversation.")
        == "The Conversation"
    )
    assert original(f"{PARAGRAPH}\nSource: Xinhua") == "Xinhua"
    assert original(f"{PARAGRAPH}\nSource: Xinhua\nNobody else spoke. {PARAGRAPH}") is None
    assert original(f"{PARAGRAPH} (Sputnik via Reuters)") is None


def test_a_list_passes_on_but_does_not_publish() -> None:
    text = f"""[News] Banks freeze payments

https://www.example.com/2024/05/16/banks

{PARAGRAPH}

_______________________________________________
News mailing list
News at lists.example.org
https://lists.example.org/mailman/listinfo/news"""
    fields = fields_of(text)
    assert fields["title"].value == "Banks freeze payments"
    assert fields["source"].value == "example.com"
    assert fields["original_source"].value == "example.com"
    assert "mailing list" in fields["original_source"].evidence
    assert fields["url"].value == "https://www.example.com/2024/05/16/banks"
    assert fields["date"].value == "2024-05-16"


def test_authors() -> None:
    assert values_of(f"A headline of words\nBy Jane Doe and John Roe\n{PARAGRAPH}")["authors"] == (
        "Jane Doe; John Roe"
    )
    field = fields_of(f"{PARAGRAPH}\nAdditional reporting by Jane Doe")["authors"]
    assert (field.value, field.basis, field.line) == (None, "unknown", 2)
    assert "Jane Doe" in field.evidence
    field = fields_of(f"{PARAGRAPH}\nReporting by Jane Doe; Editing by John Roe")["authors"]
    assert (field.value, field.basis) == ("Jane Doe", "inferred")
    assert values_of(f"Bonny Lin is the director of the project. {PARAGRAPH}")["authors"] is None


def test_addresses() -> None:
    assert (
        values_of(f"{PARAGRAPH}\nhttps://a.example.com/1\nhttps://b.example.com/2")["url"] is None
    )
    assert values_of(f"{PARAGRAPH}\nhttps://a.example.com/1")["url"] == "https://a.example.com/1"
    assert values_of(f"photo.jpg\nJane Doe | example.com/jane\n{PARAGRAPH}")["url"] is None


def test_columns_state_what_they_hold() -> None:
    record = Record(
        "t.csv",
        3,
        PARAGRAPH,
        title="T",
        source="S",
        url="https://e.com/2024/05/16/",
        authors="By J D",
    )
    fields = read_fields(record, clean_lines([PARAGRAPH]), source_field(record, [PARAGRAPH]))
    assert (fields["title"].value, fields["title"].basis) == ("T", "stated")
    assert (fields["source"].value, fields["source"].evidence) == ("S", "column source")
    assert fields["date"].value == "2024-05-16"
    assert fields["url"].basis == "stated"
    record = Record("t.csv", 3, PARAGRAPH, url="https://www.bbc.com/news/1")
    assert source_field(record, [PARAGRAPH]).value == "BBC"


def test_a_written_header_names_title_source_and_author() -> None:
    lines = (
        "Title: Bridge opens at last",
        "Source: The Gazette",
        "Author: Ada Byron",
        "Date: 2021-03-05",
        "URL: https://www.theguardian.com/a/b",
    )
    values = values_of("\n".join((*lines, "", PARAGRAPH)))
    assert values == {
        "title": "Bridge opens at last",
        "source": "The Gazette",
        "original_source": None,
        "date": "2021-03-05",
        "authors": "Ada Byron",
        "url": "https://www.theguardian.com/a/b",
    }


def test_front_matter_is_a_written_header() -> None:
    text = f'---\ntitle: "Bridge opens at last"\nsource: Reuters\n---\n\n{PARAGRAPH}'
    values = values_of(text)
    assert (values["title"], values["source"]) == ("Bridge opens at last", "Reuters")
    assert values["original_source"] is None


@pytest.mark.parametrize(
    "head",
    [
        "FOR IMMEDIATE RELEASE",
        "PRESS RELEASE\nFor Immediate Release",
        "For immediate release:\nMay 16, 2024",
        "FOR IMMEDIATE RELEASE: May 16, 2024",
        "FOR RELEASE ON MAY 16, 2024",
        "FOR IMMEDIATE RELEASE\nMedia contact: Jane Doe, 555-1234, press office",
    ],
)
def test_the_title_of_a_press_release_is_below_its_mark(head: str) -> None:
    values = values_of(f"{head}\n\nBridge opens at last\n\n{PARAGRAPH}\n\n{PARAGRAPH} Again.")
    assert values["title"] == "Bridge opens at last"
    assert values["date"] == ("2024-05-16" if "2024" in head else None)


@pytest.mark.parametrize("line", ["View in browser", "View this email in your browser"])
def test_what_stands_above_a_headline_is_no_title(line: str) -> None:
    text = f"{line}\n\nBridge opens at last\n\n{PARAGRAPH}\n\n{PARAGRAPH} Again."
    assert values_of(text)["title"] in (None, "Bridge opens at last")


def test_a_moment_is_no_title() -> None:
    text = f"16 MAY, 09:05\nBridge opens at last\n\n{PARAGRAPH}\n\n{PARAGRAPH} Again."
    assert values_of(text)["title"] in (None, "Bridge opens at last")


def test_the_owner_of_a_copyright_ends_in_no_sign() -> None:
    line = "Copyright ©2022 Dow Jones & Company, Inc. All Rights Reserved."
    assert values_of(f"{PARAGRAPH}\n\n{line}")["source"] == "Dow Jones"
