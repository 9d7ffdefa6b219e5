"""Furniture, dates and labels of pages in other languages than English."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboard.corpus.fields.head import written_header
from dashboard.corpus.importing.read import read_corpus
from dashboard.corpus.lines.label import clean_lines
from dashboard.corpus.lines.rules import judge
from dashboard.corpus.parsing.bylines import name_before_date, names_in_byline
from dashboard.corpus.parsing.dates import date_line


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Поделиться", "share button"), ("مشاركة المقال", "share button"),
        ("シェアする", "share button"), ("YAZDIR", "share button"),
        ("Подпишитесь на нашу рассылку", "account or subscription"),
        ("Dit artikel is alleen voor abonnees", "account or subscription"),
        ("Relacionados:", None), ("Čtěte také: Most se zavírá", "pointer to another article"),
        ("اقرأ أيضا: الجسر مغلق", "pointer to another article"),
        ("Wir verwenden Cookies, um die Seite zu verbessern.", "cookie notice"),
        ("Nous utilisons des cookies pour améliorer le site.", "cookie notice"),
        ("Мы используем файлы cookie, чтобы сайт работал.", "cookie notice"),
        ("12 Kommentare", "comments box"), ("Commentaires (3)", "comments box"),
        ("Wir und unsere Partner verwenden auf der Seite Cookies.", "cookie notice"),
        ("Wir und unsere Partner am Fluss haben lange gewartet.", None),
        ("Wir verwenden im Test nur Mehl.", None), ("Kommentare aus aller Welt", None),
        ("Поделиться опытом решили три города.", None),
    ],
)  # fmt: skip
def test_whole_lines_are_told_by_their_words(line: str, reason: str | None) -> None:
    verdict = judge(line)
    assert (verdict.reason if verdict else None) == reason


@pytest.mark.parametrize(
    "line",
    [
        "Il·lustració del col·lectiu intel·lectual", "El col·legi paral·lel de l'Hospitalet",
        "Ο δήμαρχος είπε όχι· η πόλη είπε ναι· οι πολίτες περιμένουν· ο χρόνος περνά",
    ],
)  # fmt: skip
def test_points_of_catalan_and_greek_part_no_menu(line: str) -> None:
    assert judge(line) is None


def test_points_between_entries_part_a_menu() -> None:
    verdict = judge("Inici · Política · Esports · Cultura · Opinió")
    assert verdict is not None
    assert verdict.reason == "navigation"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("El Faro, lunes 3 de abril de 2023", "El Faro"),
        ("Harbour Post, 3 April 2023", "Harbour Post"),
        ("Der Bote | 3. April 2023", "Der Bote"), ("Ο Φάρος – 3 Απριλίου 2023", "Ο Φάρος"),
        ("The mill was sold on a day in spring, 3 April 2023", ""),
        ("Route 66, 3 April 2023", ""), ("Harbour Post, 3 April 2023, was sold", ""),
    ],
)  # fmt: skip
def test_an_outlet_before_a_date(line: str, name: str) -> None:
    assert name_before_date(line) == name


def test_an_outlet_and_a_date_above_the_text_are_its_date() -> None:
    text = "El ayuntamiento vendió el lunes el molino a una familia que quiere hornear pan en él."
    lines = clean_lines(["Se vende el molino", "El Faro, lunes 3 de abril de 2023", text])
    assert [line.label for line in lines] == ["metadata", "metadata", "keep"]


@pytest.mark.parametrize(
    "line",
    ["2023年4月3日 18時05分", "Thứ hai, 3/4/2023, 18:05 (GMT+7)", "2023年4月3日 午後6時05分"],
)
def test_hours_and_weekdays_beside_a_date(line: str) -> None:
    line = line.replace("3/4/2023", "23/4/2023").replace("Thứ hai", "Thứ ba")
    found = date_line(line)
    assert found is not None
    assert found.day is not None
    assert found.day.replace(day=1) == dt.date(2023, 4, 1)


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        (["Titel: Mühle verkauft", "Quelle: Der Bote", "Datum: 03.04.2023", "Autor: Ada Byron"],
         {"title": "Mühle verkauft", "source": "Der Bote", "date": "03.04.2023",
          "authors": "Ada Byron"}),
        (["Titre : Le moulin vendu", "Journal : Le Phare"],
         {"title": "Le moulin vendu", "source": "Le Phare"}),
        (["Заголовок: Мельница", "Источник: Маяк"], {"title": "Мельница", "source": "Маяк"}),
        (["標題：磨坊", "來源：燈塔報"], {"title": "磨坊", "source": "燈塔報"}),
        (["Subject: Mill", "From: ada@example.org", "Date: 2023-04-03"], {}),
    ],
)  # fmt: skip
def test_labels_above_a_text(lines: list[str], fields: dict[str, str]) -> None:
    assert {name: found[0] for name, found in written_header(lines).items()} == fields


@pytest.mark.parametrize("line", ["Autorin: Ada Byron", "Auteur : Ada Byron", "di Ada Byron"])
def test_bylines(line: str) -> None:
    assert names_in_byline(line) == ["Ada Byron"]


@pytest.mark.parametrize("label", ["Erscheinungsdatum", "Date de publication", "Дата публикации"])
def test_labelled_lines_above_a_text_are_no_text(tmp_path: Path, label: str) -> None:
    text = "Die Mühle am Fluss wurde am Montag an eine Familie verkauft, die darin backen will."
    written = f"Titel: Mühle verkauft\nZeitung: Der Bote\n{label}: 03.04.2023\n\n{text}\n"
    (tmp_path / "a.txt").write_text(written)
    article = read_corpus([tmp_path / "a.txt"]).articles[0]
    assert article.paragraphs == [text]
    assert article.fields["date"].value == "2023-04-03"
