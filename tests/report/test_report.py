"""A report carries the proof of every number and sentence, and a change of any of them is found."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import pytest

from dashboard.cli import main
from dashboard.formats.citation import scope_token
from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.report import verify
from dashboard.report.document import report_html
from dashboard.report.sections import SECTIONS
from dashboard.report.verify import verify_report
from dashboard.scope import Scope


class Proofs(HTMLParser):
    """Every element with a proof: its attributes and the text in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], str]] = []
        self.outside: list[str] = []
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.outside += [value or "" for name, value in attrs if name in ("src", "href")]
        self.outside += [tag] if tag in ("script", "link", "iframe", "img") else []
        if any(name == "data-proof" for name, _ in attrs):
            self.found.append((dict(attrs), ""))
        self._open = any(name == "data-proof" for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if self._open:
            attributes, text = self.found[-1]
            self.found[-1] = attributes, text + data

    def handle_endtag(self, tag: str) -> None:
        self._open = False


@pytest.fixture(scope="module")
def page(seeds_index: Index) -> str:
    return report_html(seeds_index, Scope())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report of a scope is made and taken apart once, however often it is compared."""
    monkeypatch.setattr(verify, "report_html", cache(report_html))
    monkeypatch.setattr(verify, "_read", lru_cache(2)(verify._read))


def test_a_thousand_numbers_and_sentences_are_as_the_tables_and_articles_have_them(
    page: str, seeds_index: Index
) -> None:
    proofs = [p for p in Proofs(page).found if not str(p[0]["data-proof"]).endswith(" heading")]
    drawn = random.Random(17).sample(proofs, 1_000)
    tables: dict[str, pd.DataFrame] = {}
    n_numbers = n_quoted = 0
    for attributes, shown in drawn:
        corpus, scope, asked, row, column = str(attributes["data-proof"]).split(" ")
        assert (corpus, scope) == (seeds_index.corpus_id, "all")
        if asked not in tables:
            name, _, options = asked.partition("?")
            name, _, derived = name.partition("+")
            told = {k: int(v) for k, v in parse_qsl(options)}
            tables[asked] = TABLES[name](seeds_index, Scope(), **told)
            if derived:
                sums = tables[asked].groupby("period", dropna=False, sort=False)["n_articles"].sum()
                tables[asked] = sums.reset_index()
        value = tables[asked][column].iloc[int(row)]
        said = attributes["data-value"]
        if pd.isna(value):
            assert said == ""
        elif isinstance(value, str):
            assert said == value
        else:
            assert said is not None
            assert float({"True": "1", "False": "0"}.get(said, said)) == float(value)
            n_numbers += 1
        if at := attributes.get("data-at"):
            passage, start, end = at.split(" ")
            article, _, number = passage.rpartition("-")
            position = seeds_index.position(article)
            assert position is not None
            text = seeds_index.passages(position)[int(number) - 1][int(start) : int(end)]
            assert text == shown == value
            n_quoted += 1
    assert n_numbers > 200
    assert n_quoted > 30


def test_a_report_needs_nothing_else(page: str) -> None:
    assert Proofs(page).outside == []
    assert "@import" not in page
    assert "url(" not in page.split("</style>")[0]
    assert page.count("<svg") == 2


def test_an_untouched_report_differs_in_nothing(page: str, seeds_index: Index) -> None:
    n, differences = verify_report(page, seeds_index)
    assert differences == []
    assert n == len(Proofs(page).found) > 1_000


def spans(page: str) -> Iterator[tuple[int, int]]:
    """Where text stands that a reader sees, and the proofs."""
    body = page.index("<body>")
    for found in re.finditer(r">([^<>]+)<|data-(?:proof|value|at)=\"([^\"]+)\"", page):
        if found.start() > body and (found[1] or found[2]).strip():
            yield found.span(1) if found[1] else found.span(2)


def changed(page: str, pattern: str, draw: random.Random) -> tuple[str, str, str]:
    """The page with one digit or word turned into another, anywhere; what it was and is."""
    while True:
        start, end = draw.choice(PLACES[page])
        matches = list(re.finditer(pattern, page[start:end]))
        if matches:
            break
    found = draw.choice(matches)
    at, was = start + found.start(), found[0]
    new = str((int(was) + draw.randint(1, 9)) % 10) if was.isdecimal() else was[::-1] + "x"
    return page[:at] + new + page[at + len(was) :], was, new


PLACES: dict[str, list[tuple[int, int]]] = {}


# Not a part of &#x27;, which is one character.
@pytest.mark.parametrize(
    "pattern", [r"(?<!&#x)(?<!&#x\d)\d", r"\b(?!amp|lt|gt|quot)[^\W\d_]{3,}\b(?!;)"]
)
def test_a_flipped_digit_or_word_is_found_every_time(
    pattern: str, page: str, seeds_index: Index, quick: None
) -> None:
    PLACES[page] = list(spans(page))
    draw = random.Random(8)
    named = 0
    for _ in range(100):
        text, was, new = changed(page, pattern, draw)
        _, differences = verify_report(text, seeds_index)
        assert len(differences) >= 1, (was, new)
        assert all(d.found != d.expected for d in differences)
        assert any(new in html.escape(d.found) for d in differences), (was, new)
        named += differences[0].where.startswith("table ")
    assert named > 60


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("&quot;corpus&quot;: &quot;", "&quot;corpus&quot;: &quot;f"),
        ("&quot;params&quot;: {}", "&quot;params&quot;: {&quot;q&quot;: &quot;trade&quot;}"),
        ("&quot;n_topics&quot;: null", "&quot;n_topics&quot;: 77"),
        ("</h1>", "</h1><p>Added by hand.</p>"),
        ("<tr>", "<tr>\n"),
        ("</style>", "td{display:none}</style>"),
        ("</body>", "<!-- more --></body>"),
    ],
)
def test_a_change_of_what_it_says_of_itself_or_of_its_marks_is_found(
    old: str, new: str, page: str, seeds_index: Index, quick: None
) -> None:
    assert old in page
    _, differences = verify_report(page.replace(old, new, 1), seeds_index)
    assert differences


def test_a_row_that_was_taken_out_is_named(page: str, seeds_index: Index, quick: None) -> None:
    row = re.search(r"<tr><td[^>]*data-proof=\"\S+ all topics 2 .*?</tr>\n?", page)
    assert row
    _, differences = verify_report(page.replace(row[0], "", 1), seeds_index)
    assert {d.where.rpartition(",")[0] for d in differences} >= {"table topics, row 3"}
    assert not any(d.found for d in differences)


HARBOUR = "Γιάννης & <b>Σία</b>"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Greek articles of two sources; names and titles that would be markup."""
    folder = tmp_path_factory.mktemp("harbour")
    rows = [
        {
            "source": [HARBOUR, "Η Εφημερίδα"][i % 2],
            "title": f"<script>alert({i})</script> Το λιμάνι {i}",
            "date": f"2023-0{1 + i % 8}-0{1 + i % 9}",
            "text": f"Το λιμάνι του Πειραιά έκλεισε για {i + 2} ημέρες. Ο υπουργός είπε ότι "
            f"«θα ανοίξει στις {i + 3} Μαΐου» & ότι 1 < 2. Τα πλοία {i} περιμένουν ανοιχτά.",
        }
        for i in range(14)
    ]
    pd.DataFrame(rows).to_csv(folder / "rows.csv", index=False)
    build_index([folder / "rows.csv"], folder / "index")
    return open_index(folder / "index")


@pytest.mark.parametrize(
    "chosen",
    [{}, {"query": 'λιμάνι "του Πειραιά"'}, {"query": "nosuchword"}, {"undated": True}],
    ids=str,
)
def test_any_scope_is_verified_and_never_markup(harbour: Index, chosen: dict[str, Any]) -> None:
    scope = Scope(**chosen)
    page = report_html(harbour, scope)
    assert Proofs(page).outside == []
    assert "<script" not in page
    assert verify_report(page, harbour)[1] == []
    asked = {p["data-proof"].split(" ")[1] for p, _ in Proofs(page).found if p["data-proof"]}
    assert asked <= {html.escape(scope_token(scope)), scope_token(scope)}


def test_every_section_shows_columns_of_its_table() -> None:
    for section in SECTIONS:
        assert {*section.columns, section.quoted} - {""} <= set(TABLES[section.table].columns)


def test_the_commands_find_the_index_and_say_what_differs(
    harbour: Index, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    index, file = harbour.folder.parent, tmp_path / "report.html"
    assert main(["report", str(index), "--query", "λιμάνι", "-o", str(file)]) == 0
    assert main(["verify", str(file), str(index)]) == 0
    assert (
        "numbers and sentences are as the index has them" in capfdbinary.readouterr().out.decode()
    )
    monkeypatch.chdir(tmp_path)
    assert main(["verify", str(file)]) == 2
    assert "name the folder of the index" in capfdbinary.readouterr().err.decode()
    beside = index.parent / "report.html"
    text = file.read_text("utf-8")
    beside.write_bytes(text.replace(" Το λιμάνι 3", " Το ποτάμι 3").encode())
    assert main(["verify", str(beside)]) == 1
    out, err = capfdbinary.readouterr()
    assert "Το ποτάμι 3" in out.decode()
    assert "differences from the index" in err.decode()
    (tmp_path / "other.html").write_text("<html>no report</html>")
    assert main(["verify", str(tmp_path / "other.html"), str(index)]) == 2
    assert "this page is not a report" in capfdbinary.readouterr().err.decode()
