from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pytest

from dashboard.corpus.readers.databases.factiva import looks_like_factiva, read_factiva
from dashboard.corpus.readers.documents import read_document
from dashboard.corpus.record import RefusedFile

LEAD = "BRUSSELS -- Ministers agreed on Thursday to delay the law on packaging until next spring."
MORE = (
    "The vote was close.",
    "“We will be back,” said Ms. Roe, who leads the group; HD sets sell.",
)
TEXT = "\n\n".join((LEAD, *MORE))

Row = tuple[str, str | Sequence[str]]


def rows(**changes: str | Sequence[str]) -> list[Row]:
    values: dict[str, str | Sequence[str]] = {
        "SE": "World News", "HD": "Ministers Delay Packaging Law", "BY": "By Jane Doe and John Roe",
        "CR": "Reuters", "WC": "34 words", "PD": "16 May 2024", "ET": "09:15",
        "SN": "The Wall Street Journal", "SC": "J", "ED": "A1", "LA": "English",
        "CY": "(c) 2024 Dow Jones & Company, Inc.", "LP": [LEAD], "TD": list(MORE),
        "CO": "abc : A Company | def : Another", "NS": "gpol : Politics", "RE": "eec : EU",
        "PUB": "Dow Jones & Company", "AN": "Document J000000020240516ek5g0001e",
    }  # fmt: skip
    return [(tag, value) for tag, value in (values | changes).items() if value]


def tagged_html(articles: Sequence[Sequence[Row]]) -> bytes:
    def cell(value: str | Sequence[str]) -> str:
        if isinstance(value, str):
            return escape(value)
        paragraph = '<p class="articleParagraph enarticleParagraph">\n{}\n</p>'
        return "".join(paragraph.format(escape(text)) for text in value)

    page = '<html><head><meta charset="utf-8"><title>Factiva</title></head><body><table><tr><td>x'
    page += "</td></tr></table>"
    for article in articles:
        page += '<div class="article enArticle"><table>'
        for tag, value in article:
            page += f'<tr><td class="index"><b>{tag}</b>&nbsp;</td><td>{cell(value)}</td></tr>\n'
        page += "</table></div><br/>"
    return (page + "<div>© 2024 Factiva, Inc. All rights reserved.</div></body></html>").encode()


def rtf(body: str) -> bytes:
    escaped = "".join(c if ord(c) < 127 else f"\\u{ord(c)}?" for c in body)
    fonts = "{\\fonttbl{\\f0\\fcharset0 Arial;}}{\\footer Page 1 of 2 \\u169? 2024 Factiva, Inc.}"
    return f"{{\\rtf1\\ansi\\ansicpg1252{fonts}\n{escaped}}}".encode()


def tagged_rtf(articles: Sequence[Sequence[Row]]) -> bytes:
    body = ""
    for article in articles:
        for tag, value in article:
            text = value if isinstance(value, str) else "\\par\n\\pard\\intbl ".join(value)
            body += f"\\trowd\\cellx900\\cellx9000\\pard\\intbl {{\\b {tag}}}\\cell\n"
            body += f"\\pard\\intbl {text}\\cell\\row\n"
        body += "\\pard\\par\n"
    return rtf(body)


def plain_html(lang: str = "de", **changes: str) -> str:
    values = {
        "headline": "Minister verschieben das Gesetz", "author": "Von Hedwig Richter.",
        "words": "34 Wörter", "date": "16 Mai 2024", "time": "09:15",
        "source": "taz - die tageszeitung", "code": "TAZ", "page": "18", "language": "Deutsch",
        "rights": "(c) 2024 taz, die tageszeitung",
        "last": "Dokument taz0000020240516du3g00qj0", "section": "",
    } | changes  # fmt: skip
    headline = f"<div id=\"hd\" ><span class='{lang}Headline'>\n{values['headline']}\n</span></div>"
    author = f'<div class="author">\n{values["author"]}\n</div>' if values["author"] else ""
    section = f"<div>{values['section']}</div>" if values["section"] else ""
    head = "".join(
        f"<div>{escape(values[name])}</div>"
        for name in ("words", "date", "time", "source", "code", "page", "language", "rights")
        if values[name]
    )
    body = "\n".join(
        f'<p class="articleParagraph {lang}articleParagraph">\n{text}\n</p>'
        for text in (LEAD, *MORE)
    ).replace("delay", "<b>delay</b>")
    return (
        f'<div id="article-x" class="article" ><div class="article {lang}Article"><p>\n{section}'
        f"{headline}{author}{head}\n</p>\n{body}\n<p>{values['last']}</p></div></div><br/><span></span>"
    )


def page(*articles: str) -> bytes:
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/></head>'
    return f"{head}<body><div id='contentLeft'>{''.join(articles)}</div></body></html>".encode()


def plain_rtf(*articles: Sequence[str]) -> bytes:
    return rtf("".join(f"\\pard {line}\\par\n" for article in articles for line in article))


PLAIN = ("Ministers Delay Packaging Law", "By Jane Doe", "34 words", "16 May 2024", "09:15",
         "The Wall Street Journal", "J", "A1", "English",
         "Copyright 2024 Dow Jones & Company, Inc. All Rights Reserved.", LEAD, *MORE,
         "License this article from Dow Jones Reprint Service[http://www.djreprints.com/x]",
         "Document J000000020240516ek5g0001e")  # fmt: skip


@pytest.mark.parametrize("write", [tagged_html, tagged_rtf])
def test_full_article_plus_indexing(write: type) -> None:
    other = rows(HD="Le vote est repoussé", BY="Par Zoé Martin", PD="16 mai 2024", SN="Le Monde",
                 CR="", LA="Français", AN="Document LEMOND0020240517ek5g0001f")  # fmt: skip
    data = write([rows(), other])
    assert looks_like_factiva(data[: 64 * 1024], "x")
    reading = read_factiva(data, "f", "ignored")
    assert (reading.format, reading.refused, reading.problems) == ("factiva", 0, [])
    first, second = reading.records
    assert (first.row, second.row) == (1, 2)
    assert first.text == TEXT
    assert first.cleaned
    assert first.folder == ""
    values = {name: field.value for name, field in first.fields.items()}
    assert values == {
        "title": "Ministers Delay Packaging Law",
        "source": "The Wall Street Journal",
        "date": "2024-05-16",
        "authors": "Jane Doe; John Roe",
        "original_source": "Reuters",
    }
    evidence = {name: field.evidence for name, field in first.fields.items()}
    assert evidence["date"] == "PD: 16 May 2024"
    assert evidence["authors"] == "BY: By Jane Doe and John Roe"
    assert evidence["source"] == "SN: The Wall Street Journal"
    assert second.fields["date"].value == "2024-05-16"
    assert second.fields["authors"].value == "Zoé Martin"
    assert "original_source" not in second.fields


def test_the_plain_page() -> None:
    data = page(
        plain_html(),
        plain_html("en", author="", time="", page="", words="1,034 words", date="16 May 2024",
                   source="The Oakland Tribune", language="English", section="Local"),
    )  # fmt: skip
    assert looks_like_factiva(data, "x.html")
    first, second = read_factiva(data, "f.html").records
    assert first.text == TEXT
    values = {name: field.value for name, field in first.fields.items()}
    assert values == {
        "title": "Minister verschieben das Gesetz",
        "source": "taz - die tageszeitung",
        "date": "2024-05-16",
        "authors": "Hedwig Richter",
    }
    assert second.fields["source"].value == "The Oakland Tribune"
    assert "authors" not in second.fields


def test_a_page_whose_style_sheet_fills_its_first_bytes() -> None:
    style = f"<style>div.divFactivaException{{}} {'.x{}' * 20_000}</style>".encode()
    data = page(plain_html()).replace(b"</head>", style + b"</head>")
    assert looks_like_factiva(data[: 64 * 1024], "x.html")
    assert len(read_factiva(data, "x.html").records) == 1


def test_the_plain_document() -> None:
    german = ("Minister verschieben das Gesetz", "34 Wörter", "16. Mai 2024", "Süddeutsche Zeitung",
              "SDDZ", "18", "Deutsch", "(c) 2024 Süddeutsche Zeitung", LEAD, *MORE,
              "Dokument sddz000020240516du5900a1e")  # fmt: skip
    summary = ("Search Summary", "Text", "packaging", "Results Found", "2")
    data = plain_rtf(PLAIN, german, summary)
    assert looks_like_factiva(data, "x.rtf")
    reading = read_factiva(data, "f.rtf")
    first, second = reading.records
    assert reading.problems == []
    assert first.text == second.text == TEXT
    values = {name: field.value for name, field in first.fields.items()}
    assert values == {
        "title": "Ministers Delay Packaging Law",
        "source": "The Wall Street Journal",
        "date": "2024-05-16",
        "authors": "Jane Doe",
    }
    assert second.fields["source"].value == "Süddeutsche Zeitung"
    assert second.fields["date"].value == "2024-05-16"
    assert read_document(data, "f.rtf").records == reading.records


@pytest.mark.parametrize(
    "written",
    ["16 May 2024", "16 mai 2024", "16 Mai 2024", "16. Mai 2024", "16 de mayo de 2024",
     "16 mayo 2024", "16 maggio 2024", "16 de maio de 2024", "16 maio 2024", "16 мая 2024",
     "16 mei 2024",
     "2024 年 5 月 16 日", "2024年5月16日", "May 16, 2024"],
)  # fmt: skip
def test_dates_in_the_languages_of_its_pages(written: str) -> None:
    (record,) = read_factiva(tagged_html([rows(PD=written)]), "f.html").records
    assert (record.fields["date"].value, record.fields["date"].basis) == ("2024-05-16", "stated")
    assert record.row is None
    (record,) = read_factiva(page(plain_html(date=written)), "f.html").records
    assert record.fields["date"].value == "2024-05-16"


def test_without_a_date_the_day_of_loading_only_suggests_one() -> None:
    (record,) = read_factiva(tagged_html([rows(PD="")]), "f.html").records
    date = record.fields["date"]
    assert (date.value, date.basis) == ("2024-05-16", "inferred")
    assert "J000000020240516ek5g0001e" in date.evidence


def test_an_impossible_date_is_no_date() -> None:
    reading = read_factiva(tagged_html([rows(PD="16 May 1884")]), "f.html")
    date = reading.records[0].fields["date"]
    assert (date.value, date.basis) == (None, "unknown")
    assert "1990" in reading.problems[0].reason


def test_lead_or_body_alone_is_text_and_neither_is_metadata_only() -> None:
    articles = [rows(TD=""), rows(LP="", SC=""), rows(LP="", TD="")]
    reading = read_factiva(tagged_html(articles), "f.html")
    assert [record.text for record in reading.records] == [LEAD, "\n\n".join(MORE)]
    assert reading.refused == 1
    (problem,) = reading.problems
    assert (problem.row, problem.reason) == (3, "metadata only: the text needs fetching")
    assert "full article" in problem.remedy


def test_a_lead_of_a_long_article_is_pointed_out() -> None:
    reading = read_factiva(tagged_html([rows(TD="", WC="1,034 words")]), "f.html")
    assert len(reading.records) == 1
    assert "words of “1,034 words” are there" in reading.problems[0].reason


def test_tags_within_a_text_are_text() -> None:
    body = ("PD is short for police department.", "HD", "AN hour later it rained.")
    (record,) = read_factiva(tagged_rtf([rows(TD=body)]), "f.rtf").records
    assert record.text == "\n\n".join((LEAD, *body))


def test_a_download_that_is_cut_off() -> None:
    data = tagged_rtf([rows(), rows(HD="Second")])
    reading = read_factiva(data[: data.index(b"Second") + 1400], "f.rtf")
    assert [record.title for record in reading.records] == [
        "Ministers Delay Packaging Law",
        "Second",
    ]
    assert any("cut off" in problem.reason for problem in reading.problems)
    half = page(plain_html(), plain_html("en", headline="Second"))
    reading = read_factiva(half[: half.rindex(b"The vote")], "f.html")
    assert [record.text for record in reading.records] == [TEXT, LEAD]
    with pytest.raises(RefusedFile, match="no Factiva article"):
        read_factiva(half[:90], "f.html")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain text, no markup at all",
        b"<html><body><p>A page of another kind.</p></body></html>",
        b"{\\rtf1 Some other document.\\par}",
        b"%PDF-1.7\n\x00\x01",
        b"PK\x03\x04\x00\x00",
    ],
)
def test_other_files_are_refused(data: bytes) -> None:
    assert not looks_like_factiva(data, "factiva.html")
    with pytest.raises(RefusedFile) as refused:
        read_factiva(data, "f.html")
    assert refused.value.reason
    assert refused.value.remedy


def test_legacy_encodings_and_deep_pages() -> None:
    text = page(plain_html()).decode().replace("charset=UTF-8", "charset=windows-1252")
    (record,) = read_factiva(text.encode("cp1252"), "f.html").records
    assert record.fields["source"].value == "taz - die tageszeitung"
    assert "“We will be back,”" in record.text
    deep = b"<div>" * 5000 + page(plain_html())
    (record,) = read_factiva(deep, "f.html").records
    assert record.text == TEXT
