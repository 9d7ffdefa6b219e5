"""One outlet in several spellings, one article in several forms: counted as one, and said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.corpus.corrections import Corrections
from dashboard.corpus.importing.read import read_corpus

BODY = (
    "Die Werft hat am Dienstag angekündigt, dass sie im Herbst vierzig Lehrlinge einstellt. "
    "Der Betriebsrat nannte die Zahl zu klein, weil im Frühjahr doppelt so viele gehen."
)


def table(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "werft.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def of_sources(folder: Path, *names: str) -> Path:
    rows = [{"zeitung": name, "text": f"{BODY} Teil {i}."} for i, name in enumerate(names)]
    return table(folder, rows)


def sources(path: Path, corrections: Corrections | None = None) -> list[str]:
    articles = read_corpus([path], corrections).articles
    return [article.fields["source"].value or "" for article in articles]


def test_spellings_are_one_source_and_the_report_says_so(tmp_path: Path) -> None:
    path = of_sources(tmp_path, "Der Anker", "DER ANKER", "Der Anker", "https://www.anker.example/")
    corpus = read_corpus([path])
    assert sources(path) == ["Der Anker", "Der Anker", "Der Anker", "anker.example"]
    [entry] = corpus.report.files
    assert entry.spellings == {"DER ANKER": "Der Anker"}
    assert [p.column for p in entry.problems if "“DER ANKER”" in p.reason] == ["zeitung"]
    assert "written “DER ANKER”" in corpus.articles[1].fields["source"].evidence
    assert "https://www.anker.example/" in corpus.articles[3].fields["source"].evidence


def test_a_spelling_that_is_kept_apart_stays_apart(tmp_path: Path) -> None:
    path = of_sources(tmp_path, "Der Anker", "DER ANKER", "Der Anker")
    apart = Corrections(sources={"DER ANKER": "DER ANKER"})
    assert sources(path, apart) == ["Der Anker", "DER ANKER", "Der Anker"]
    renamed = Corrections(sources={"Der Anker": "Anker"})
    assert sources(path, renamed) == ["Anker", "Anker", "Anker"]


def test_spellings_are_one_across_files(tmp_path: Path) -> None:
    for name in ("Hafenbote", "hafenbote"):
        (tmp_path / f"{name[0]}.csv").write_text(f'source,text\n{name},"{BODY} {name}"\n', "utf-8")
    (tmp_path / "z.csv").write_text(f'source,text\nhafenbote,"{BODY} z"\n', "utf-8")
    assert set(sources(tmp_path)) == {"hafenbote"}


ONE = {"titel": "Werft stellt ein", "datum": "2023-10-04", "zeitung": "Anker", "text": BODY}


@pytest.mark.parametrize(
    "other",
    [
        {"datum": "2023-10-04T06:30:00+02:00"},
        {"datum": "4. Oktober 2023"},
        {"titel": "WERFT STELLT EIN"},
        {"zeitung": "ANKER"},
        {"text": f"{BODY}\n\nAnzeige"},
        {"text": f"{BODY}\nLesen Sie auch:\n"},
    ],
)
def test_one_article_in_two_forms_is_one(tmp_path: Path, other: dict[str, str]) -> None:
    [entry] = read_corpus([table(tmp_path, [ONE, {**ONE, **other}])]).report.files
    assert (entry.kept, entry.merged) == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"datum": "2023-10-05"},
        {"titel": "Werft stellt nicht ein"},
        {"zeitung": "Anker Süd"},
        {"text": f"{BODY}\n\nDer Streik geht am Freitag weiter."},
    ],
)
def test_two_articles_stay_two(tmp_path: Path, other: dict[str, str]) -> None:
    [entry] = read_corpus([table(tmp_path, [ONE, {**ONE, **other}])]).report.files
    assert (entry.kept, entry.merged) == (2, 0)


def test_the_same_words_of_two_people_are_two_posts(tmp_path: Path) -> None:
    rows = [{"author": name, "date": "2023-10-04", "text": BODY} for name in ("Ana M", "Jo B")]
    [entry] = read_corpus([table(tmp_path, rows)]).report.files
    assert (entry.kept, entry.merged) == (2, 0)
