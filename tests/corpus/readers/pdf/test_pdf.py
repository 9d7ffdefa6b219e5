"""PDF files, written here byte by byte."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from dashboard.corpus.importing.read import read_corpus
from dashboard.corpus.readers.pdf import lines, pdf
from dashboard.corpus.readers.pdf.pdf import read_pdf
from dashboard.corpus.record import RefusedFile

Placed = tuple[float, float, float, str]  # from the left, from the foot, size, text
TEXT = (
    "Der Stadtrat stimmte am Dienstag nach langer Debatte für eine neue Brücke über den Fluss. "
    "Die Gegner kündigten an, vor Gericht zu ziehen, sobald die Pläne öffentlich ausliegen. "
)


def make_pdf(pages: list[list[Placed]], extra: str = "", contents: str = "") -> bytes:
    """A PDF of Helvetica; ``extra`` goes into the trailer, ``contents`` replaces all pages'."""
    n = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {n} /Kids [{' '.join(f'{4 + 2 * i} 0 R' for i in range(n))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, page in enumerate(pages):
        drawn = contents or "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET\n"
            for x, y, size, text in page
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R"
            f" >> >> /Contents {5 + 2 * i} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}endstream")
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return out + (
        f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {len(places) + 1} /Root 1 0 R {extra} >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def set_lines(
    written: list[str], left: float = 60, top: float = 740, size: float = 10, pitch: float = 13
) -> list[Placed]:
    """Lines below each other; an empty one leaves a gap."""
    return [(left, top - pitch * i, size, text) for i, text in enumerate(written) if text]


def texts(data: bytes) -> list[str]:
    (record,) = read_pdf(data, "a.pdf").records
    return record.text.split("\n\n")


def test_lines_are_joined_to_paragraphs_below_a_title() -> None:
    body = textwrap.wrap(TEXT * 2, 80)
    second = textwrap.wrap("Ein zweiter Absatz. " * 12, 80)
    page = [(60, 780, 22, "Eine Brücke für Neustadt"), *set_lines([*body, "", *second])]
    reading = read_pdf(make_pdf([page]), "a.pdf", "Anzeiger")
    (record,) = reading.records
    assert (reading.format, reading.refused, reading.problems) == ("pdf", 0, [])
    assert record.folder == "Anzeiger"
    assert record.title == record.fields["title"].value == "Eine Brücke für Neustadt"
    assert record.fields["title"].basis == "inferred"
    assert record.text.split("\n\n") == [
        "Eine Brücke für Neustadt", (TEXT * 2).strip(), ("Ein zweiter Absatz. " * 12).strip(),
    ]  # fmt: skip


def test_indents_and_short_last_lines_begin_paragraphs() -> None:
    first = textwrap.wrap(TEXT, 60)
    indented = [(60 + 15 * (i == 0), 740 - 13 * (len(first) + i), 10.0, text)
                for i, text in enumerate(first)]  # fmt: skip
    assert texts(make_pdf([[*set_lines(first), *indented]])) == [TEXT.strip()] * 2
    short = ["Kurz war die Sitzung des Rates an jenem Dienstag, und niemand fehlte dabei."]
    again = textwrap.wrap(TEXT, len(short[0]))
    found = texts(make_pdf([set_lines([*again, *again])]))
    assert found == [TEXT.strip()] * 2


def test_columns_are_read_one_after_the_other_below_what_spans_them() -> None:
    sides = [[f"{name} Zeile {i} der Spalte, und es geht" for i in range(12)] for name in "ABC"]
    head = [(60.0, 780.0, 22.0, "Ein Titel, der über alle drei Spalten der Seite geht")]
    columns = [set_lines(side, 60 + 175 * i, 740, 8) for i, side in enumerate(sides)]
    # Row by row, as some programs write them.
    rows = [piece for row in zip(*columns, strict=True) for piece in row]
    for written in ([*head, *(x for column in columns for x in column)], [*head, *rows]):
        text = " ".join(texts(make_pdf([written])))
        found = [text.index(f"{name} Zeile {i} ") for name in "ABC" for i in range(12)]
        assert found == sorted(found)
        assert text.startswith("Ein Titel")


def test_two_articles_of_columns_below_each_other() -> None:
    page = []
    for top, names in ((740, "AB"), (400, "CD")):
        page.append(
            (60.0, top + 30.0, 18.0, f"Ein langer Titel über den Spalten {names} der Seite")
        )
        for i, name in enumerate(names):
            side = [f"{name} Zeile {n} der Spalte, die recht lang ist" for n in range(15)]
            page += set_lines(side, 60 + 260 * i, top)
    text = " ".join(texts(make_pdf([page])))
    found = [text.index(f"{name} Zeile {n} ") for name in "ABCD" for n in range(15)]
    assert found == sorted(found)
    assert text.index("Spalten CD") > text.index("B Zeile 14")


def test_rows_of_a_table_stay_rows() -> None:
    rows = [("Partei", "Sitze"), ("Grüne", "12"), ("Liberale", "9"), ("Linke", "7"), ("Freie", "2")]
    page = [
        (60.0 + 300 * j, 700.0 - 15 * i, 10.0, cell)
        for i, row in enumerate(rows) for j, cell in enumerate(row)
    ]  # fmt: skip
    text = " ".join(texts(make_pdf([page])))
    assert "Grüne 12" in text
    assert text.index("Liberale") > text.index("12")


def test_running_heads_and_page_numbers_are_set_aside_and_counted() -> None:
    pages = []
    for number in range(1, 6):
        body = textwrap.wrap(f"Seite {number} erzählt etwas anderes. " * 40, 85)
        pages.append([
            (60.0, 810.0, 8.0, "Neustädter Anzeiger"), (420.0, 810.0, 8.0, "16. Mai 2024"),
            *set_lines(body), (290.0, 30.0, 8.0, f"- {number} -"),
        ])  # fmt: skip
    reading = read_pdf(make_pdf(pages), "a.pdf")
    text = reading.records[0].text
    assert "Anzeiger" not in text
    assert "- 3 -" not in text
    assert text.count("erzählt") == 200
    (problem,) = reading.problems
    assert "15 lines" in problem.reason


def test_heads_of_left_and_right_pages_differ() -> None:
    pages = []
    for number in range(8):
        body = textwrap.wrap(f"Seite {number} erzählt etwas anderes. " * 40, 85)
        head = "Der Anzeiger" if number % 2 else "Politik und Gesellschaft"
        pages.append([(60.0 + 300 * (number % 2), 810.0, 8.0, head), *set_lines(body)])
    text = read_pdf(make_pdf(pages), "a.pdf").records[0].text
    assert "Anzeiger" not in text
    assert "Politik" not in text


def test_text_that_repeats_is_not_a_running_head() -> None:
    """On the same place of each page, but not apart from what follows."""
    body = textwrap.wrap(TEXT * 3, 80)
    reading = read_pdf(make_pdf([set_lines(body)] * 4), "a.pdf")
    assert reading.problems == []
    assert reading.records[0].text.count("Stadtrat") == 12


def test_words_parted_at_the_ends_of_lines_are_made_whole() -> None:
    written = [
        "Die Bürgermeis-", "terin sprach lange über den Rhein-", "Main-Kreis und über die Tarif-",
        "verträge. Ein CO2-Preis sei nötig, der E-Mail-",
        "verkehr nicht. Im Online-Handel und im Online-",
        "handel stieg der Umsatz um ein Zehntel an.",
    ]  # fmt: skip
    text = " ".join(texts(make_pdf([set_lines(written)])))
    assert "Bürgermeisterin" in text
    assert "Rhein-Main-Kreis" in text
    assert "Tarifverträge" in text
    assert text.endswith("im Online-handel stieg der Umsatz um ein Zehntel an.")


def test_a_paragraph_goes_on_over_the_page() -> None:
    written = textwrap.wrap(TEXT * 4, 80)
    half = len(written) // 2
    assert texts(make_pdf([set_lines(written[:half]), set_lines(written[half:])])) == [
        (TEXT * 4).strip()
    ]


def test_pieces_of_one_line_are_joined_as_they_stand() -> None:
    page = [
        (60.0, 700.0, 10.0, "Der Rat"),
        (97.2, 700.0, 10.0, "stimm"),
        (124.0, 700.0, 10.0, "te"),
        (136.0, 700.0, 10.0, "zu."),
    ]
    assert texts(make_pdf([page])) == ["Der Rat stimmte zu."]


ENCRYPTED = (
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'3f' * 32}> /U <{'a1' * 32}> >> "
    "/ID [<00> <00>]"
)


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (b"%PDF-1.7\n" + bytes(range(256)), "damaged", "again"),
        (make_pdf([set_lines(["Text"])])[:300], "damaged", "again"),
        (make_pdf([[], [], []]), r"no text \(3 pages\)", "OCR"),
        (make_pdf([set_lines(["Text"])], ENCRYPTED), "password", "without one"),
    ],
    ids=["bytes", "cut", "scanned", "locked"],
)
def test_what_cannot_be_read_is_said(data: bytes, reason: str, remedy: str) -> None:
    with pytest.raises(RefusedFile, match=reason) as caught:
        read_pdf(data, "a.pdf")
    assert remedy in caught.value.remedy


def test_pages_without_text_are_named() -> None:
    body = set_lines(textwrap.wrap(TEXT, 80))
    reading = read_pdf(make_pdf([body, [], [], body, []]), "a.pdf")
    (problem,) = reading.problems
    assert problem.reason == "no text on pages 2–3, 5, which may be pictures"
    assert pdf._numbers([4]) == "page 4"


def test_a_page_of_its_running_head_alone_has_no_text() -> None:
    head, body = (60.0, 810.0, 8.0, "Der Anzeiger"), set_lines(textwrap.wrap(TEXT * 2, 80))
    reading = read_pdf(make_pdf([[head, *body], [head], [head, *body]]), "a.pdf")
    assert "Anzeiger" not in reading.records[0].text
    assert "3 lines" in reading.problems[0].reason


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_pdf([set_lines(["Text und noch mehr"])] * 3)
    for name, value, words in (
        ("MAX_PAGES", 2, "more than 2 pages"),
        ("MAX_CHARACTERS", 5, "more than 5 characters"),
        ("MAX_BYTES", 1024**2 - 1, "larger than 0 MB"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(lines, name, value if name != "MAX_BYTES" else 10)
            with pytest.raises(RefusedFile, match=words):
                read_pdf(data, "a.pdf")


def test_a_nexis_download_is_its_articles(tmp_path: Path) -> None:
    def article(number: int) -> list[str]:
        body = f"Article {number} tells of the bridge. The council voted on Tuesday. " * 8
        return [
            f"Bridge vote number {number}", "", "Daily Planet", "", f"May {number}, 2024 Thursday",
            "", "Copyright 2024 Daily Planet All Rights Reserved", "", "Section: NEWS", "",
            "Length: 90 words", "", "Byline: Jane Doe", "", "Body", "", *textwrap.wrap(body, 80),
            "", "Load-Date: May 20, 2024", "", "End of Document",
        ]  # fmt: skip

    path = tmp_path / "nexis.pdf"
    foot = (250.0, 30.0, 8.0, "Jane Smith")
    path.write_bytes(make_pdf([[*set_lines(article(i)), foot] for i in range(1, 5)]))
    corpus = read_corpus([path])
    assert [a.fields["title"].value for a in corpus.articles] == [
        f"Bridge vote number {i}" for i in range(1, 5)
    ]
    assert [a.fields["date"].value for a in corpus.articles] == [
        f"2024-05-0{i}" for i in range(1, 5)
    ]
    assert {a.fields["source"].value for a in corpus.articles} == {"Daily Planet"}
    assert " ".join(corpus.articles[0].paragraphs).count("council voted") == 8


def test_a_pdf_is_read_apart_and_whatever_its_name(tmp_path: Path) -> None:
    page = set_lines(textwrap.wrap(TEXT * 3, 80))
    (tmp_path / "a.pdf").write_bytes(make_pdf([page]))
    (tmp_path / "b.txt").write_bytes(b"\n\n" + make_pdf([page[:-1]]))
    corpus = read_corpus([tmp_path])
    assert sorted(a.file for a in corpus.articles) == ["a.pdf", "b.txt"]
    said = {file.file: [p.reason for p in file.problems] for file in corpus.report.files}
    assert "read as what it is" in said["b.txt"][0]
