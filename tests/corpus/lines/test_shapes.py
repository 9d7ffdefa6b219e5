"""Rules that look at the lines around, on pages of outlets and in languages that are no seed's."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from dashboard.corpus import lines
from dashboard.corpus.lines import phrases, rules
from dashboard.corpus.lines.inside import split_inside
from dashboard.corpus.lines.label import clean_lines

ONE = "Der Stadtrat stimmte am Dienstag für die neue Brücke, und die Anwohner waren erleichtert."
TWO = "Niemand konnte sagen, wann die Arbeiten beginnen, weil das Geld noch nicht bewilligt ist."
TITLE = "Die Stadt baut eine zweite Brücke"
HOUSE = f"""{TITLE}

Uferbote Lotse

Mit Unterstützung von

Nordbank Logo
Nordbank Logo

Dek icon
Pfeil icon

Die Nachricht

{ONE}

Titel-Symbol
Titel-Symbol

Andere Sicht

{TWO}

LOTSE

Uferbote Lotse: Was die Stadt bewegt.

Die Brücke kommt spät

Die Händler fürchten um ihre Kundschaft, sollte die Straße zwei Jahre lang gesperrt sein.

Uferbote Logo"""
PLACES = "Anholt Borkum Cuxhaven Dover Esbjerg Föhr Göteborg Helsinki".split()
MENU, TRAINS, BUSES, WALKS, FLIGHTS = (
    "\n".join(f"{way} {place}" for place in PLACES) for way in "Mit Zug Bus Weg Flug".split()
)
PAGE = f"""Artikel teilen
Anzeige
Newsletter abonnieren
Zur Startseite
{MENU}
{TITLE}
{ONE}
{TWO}
Mehr Nachrichten
Teilen
{TRAINS}
{BUSES}
{WALKS}
{FLIGHTS}"""

# What a reason is given for: a text, and what the line that has it says.
EXAMPLES = {
    "icon name": (HOUSE, "Dek icon"),
    "sponsor": (HOUSE, "Mit Unterstützung von"),
    "sponsor's logo": (HOUSE, "Nordbank Logo"),
    "logo": (HOUSE, "Uferbote Logo"),
    "house label": (HOUSE, "Uferbote Lotse: Was die Stadt bewegt."),
    "label under an icon": (HOUSE, "Andere Sicht"),
    "said twice in a row": (HOUSE, "Titel-Symbol"),
    "said before in this text": (f"{TITLE}\n\n{ONE}\n\n{TWO}\n\n{ONE}", ONE),
    "title": (HOUSE, TITLE),
    "date": (f"{TITLE}\n4. Mai 2021\n{ONE}", "4. Mai 2021"),
    "byline": (f"{TITLE}\n4. Mai 2021\nKarin Roe\n{ONE}", "Karin Roe"),
    "photo credit": (
        f"{TITLE}\nbruecke-im-mai.webp\nKarin Roe | Uferbote\n{ONE}", "Karin Roe | Uferbote"
    ),
    "section name above the title": (f"Lokales\n\n{TITLE}\n\n{ONE}", "Lokales"),
    "tab label": (f"Artikel teilen\nStadt\nLand\nFluss\n{TITLE}\n{ONE}", "Land"),
    "outside the article on the page": (PAGE, "Flug Dover"),
    "repeated in other articles": (f"{TITLE}\n{ONE}\nDer Uferbote", "Der Uferbote"),
    "share button": (f"{TITLE}\n{ONE}\nFacebook | WhatsApp", "Facebook | WhatsApp"),
    "navigation": (f"{TITLE}\n{ONE}\nStadt | Land | Fluss | See", "Stadt | Land | Fluss | See"),
    "breadcrumb": (f"Startseite > Stadt > Brücken\n{TITLE}\n{ONE}", "Startseite > Stadt > Brücken"),
    "advertisement": (f"{TITLE}\n{ONE} Anzeige {TWO}", "Anzeige"),
    "footer of a feed": (
        f"{TITLE}\n{ONE} Der Beitrag Brücke erschien zuerst auf Uferbote.",
        "Der Beitrag Brücke erschien zuerst auf Uferbote.",
    ),
    "pointer to another article": (f"{TITLE}\n{ONE} (Siehe auch: Kräne)", "(Siehe auch: Kräne)"),
    "before other articles too": (f"Auf einen Blick {TITLE}\n{ONE}", "Auf einen Blick"),
    "account or subscription": (f"{TITLE}\n{ONE} Iscriviti alla newsletter. {TWO}",
                                "Iscriviti alla newsletter."),
    "relative date": (f"{TITLE}\nUpdated 18:40 CET – {ONE}", "Updated 18:40 CET –"),
    "gallery of pictures": (
        f"{TITLE}\n{ONE} Fotos: Der Kai Bildunterschrift ausblenden 1 von 2",
        "Fotos: Der Kai Bildunterschrift ausblenden 1 von 2",
    ),
    "photo caption": (f"{TITLE}\n{ONE}\nDie Brücke im Mai (Karin Roe/Reuters)",
                      "Die Brücke im Mai (Karin Roe/Reuters)"),
    "paragraph": (HOUSE, ONE),
    "list item": (f"{TITLE}\n{ONE}\n• zwei Fähren", "• zwei Fähren"),
    "sentence": (f"{TITLE}\n{ONE}\nNiemand weiß es.", "Niemand weiß es."),
    "speaker or label": (f"{TITLE}\n{ONE}\nKarin Roe:\nJa.", "Karin Roe:"),
    "subheading": (HOUSE, "Die Brücke kommt spät"),
    "short line": (f"{TITLE}\n{ONE}\nEin Ende ohne Punkt", "Ein Ende ohne Punkt"),
}  # fmt: skip


def labelled(text: str) -> dict[str, str]:
    raw, _, verdicts = split_inside(text.split("\n"), {"Auf einen Blick"})
    found = clean_lines(raw, verdicts=verdicts, repeated={"der uferbote"})
    return {line.text: line.reason for line in found if line.text}


def reasons_in_code() -> set[str]:
    """The reasons that the code gives: ``unit.set(label, reason)``, ``Verdict(label, reason)``."""
    found = set()
    for file in Path(lines.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) == 2:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                reason = node.args[1]
                if name in ("set", "Verdict") and isinstance(reason, ast.Constant):
                    found.add(reason.value)
    return found


@pytest.mark.parametrize("reason", EXAMPLES)
def test_each_reason_is_given(reason: str) -> None:
    text, line = EXAMPLES[reason]
    assert labelled(text)[line] == reason


def test_no_reason_is_without_an_example() -> None:
    reasons = reasons_in_code()
    assert len(reasons) > 20
    assert reasons - set(EXAMPLES) == set()


TABS = [
    "Kurzfassung\nWas bisher geschah\nWarum das wichtig ist\nWer was denkt",
    "Zusammenfassung\nHintergrund\nBedeutung\nReaktionen",
    "Resumen ejecutivo\nLa historia hasta ahora\nPor qué importa\n¿Quién piensa qué?",
    "摘要\n事件回顾\n为何重要\n各方观点",
    "Краткое содержание\nПредыстория\nПочему это важно\nКто что думает?",
    "Streszczenie\nCo już wiadomo\nDlaczego to ważne\nKto co myśli",
]


@pytest.mark.parametrize("tabs", TABS)
def test_tabs_above_a_text_are_known_in_any_language(
    tabs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "TAB_NAMES", frozenset())
    found = labelled(f"{tabs}\n{ONE}\n{TWO}")
    assert {found[tab] for tab in tabs.split("\n")} == {"tab label"}
    assert found[ONE] == "paragraph"
    found = labelled(f"Die neue Brücke\n{tabs}\n{ONE}\n{TWO}")
    assert found["Die neue Brücke"] == "title"
    assert {found[tab] for tab in tabs.split("\n")} == {"tab label"}


def test_the_tabs_of_a_seed_are_known_without_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "TAB_NAMES", frozenset())
    (seed,) = Path("seeds").glob("002_*.txt")
    text = seed.read_text(encoding="utf-8")
    found = clean_lines(text.split("\n"))
    assert [line.reason for line in found[:5]] == ["tab label"] * 4 + ["paragraph"]


@pytest.mark.parametrize(
    "head",
    [
        "Zwiebelsuppe\nZwiebeln\nSalz\nBrot\nDie Zwiebeln werden mit dem Salz gebraten und mit dem"
        " Brot zur Suppe serviert, sagt der Koch.",
        f"Ada Byron\nJane Roe\nAnn Doe\nTom Poe\n{ONE}",
        f"Die Brücke\nAda Byron\nBremen\n{ONE}",
        f"Stille Wasser\nTiefer Grund\nLange Nacht\nKurzer Tag\n\n{ONE}",
    ],
)
def test_short_lines_that_are_no_tabs(head: str) -> None:
    assert set(labelled(head).values()) <= {"title", "short line", "subheading", "paragraph"}


def test_labels_of_a_house_are_no_other_houses() -> None:
    for label in ("The News", "Know More", "Room for Disagreement", "Die Nachricht"):
        assert label.casefold() not in phrases.EXACT
        assert labelled(f"{TITLE}\n\n{ONE}\n\n{label}\n\n{TWO}")[label] == "subheading"
        icon = "Karten icon\nKarten icon"
        found = labelled(f"{TITLE}\n\n{ONE}\n\n{icon}\n\n{label}\n\n{TWO}")
        assert found[label] == "label under an icon"
    about = labelled(f"{TITLE}\n\n{ONE}\n\nKarten icon\nKarten icon\n\nDie Anwohner\n\n{TWO}")
    assert about["Die Anwohner"] == "subheading"
