"""Furniture by shape and by language, on lines of outlets and tongues that are no seed's."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.corpus.article import Line
from dashboard.corpus.importing.read import read_corpus
from dashboard.corpus.lines import openings, phrases, rules
from dashboard.corpus.lines.house_openings import house_openings
from dashboard.corpus.lines.inside import split_inside
from dashboard.corpus.lines.label import clean_lines
from dashboard.text.lines import line_key, line_sketches

BODY = [
    "Der Stadtrat stimmte am Dienstag für die neue Brücke, und die Anwohner waren erleichtert.",
    "Niemand konnte sagen, wann die Arbeiten beginnen, weil das Geld noch nicht bewilligt ist.",
    "Die Händler fürchten um ihre Kundschaft, sollte die Straße zwei Jahre lang gesperrt sein.",
]


def aside(lines: list[Line]) -> set[str]:
    return {line.text for line in lines if line.label != "keep" and line.text}


@pytest.mark.parametrize(
    "line",
    [
        "Compartir artículo",
        "Partager cet article",
        "Condividi questo articolo",
        "Udostępnij artykuł",
        "Meld je aan voor onze nieuwsbrief",
        "Abonnez-vous à notre newsletter",
        "Déjà abonné ? Connectez-vous",
        "Suscríbete a nuestro boletín",
        "Prenumerera på vårt nyhetsbrev",
        "Advertentie",
        "Pubblicità",
        "Publicidade",
        "La suite après cette publicité",
        "Lo más leído",
        "Articoli correlati",
        "Zum Seitenanfang",
        "Tous droits réservés",
        "Enjoy unlimited access for $2 a month.",
        "Cancel at any time",
        "Der Beitrag Die neue Brücke erschien zuerst auf Uferbote.",
        "La entrada El puente nuevo se publicó primero en Diario del Puerto.",
        "L’article Le pont est apparu en premier sur La Gazette du quai.",
        "Bildunterschrift ausblenden 3 von 9",
        "Presented by Northern Rail",
        "Logo of the River Trust",
    ],
)
def test_furniture_of_other_languages_and_outlets(line: str) -> None:
    assert aside(clean_lines([BODY[0], "", BODY[1], "", line, "", BODY[2]])) == {line}


@pytest.mark.parametrize(
    "line",
    [
        "Publicidade enganosa custou milhões ao banco, segundo o tribunal de contas do estado.",
        "Reklama dźwignią handlu, mówili kupcy na rynku, którzy bali się o swoje miejsca.",
        "Sponsored by two senators, the bill would close the quay to trucks by next winter.",
        "Brücke gesperrt",
        "Partager le pouvoir n'a jamais plu au maire, disent ses adjoints depuis deux ans.",
        "Photos: none of the twelve pictures shows the mayor, who was abroad that week.",
    ],
)
def test_articles_keep_what_only_looks_alike(line: str) -> None:
    assert aside(clean_lines([BODY[0], "", BODY[1], "", line, "", BODY[2]])) == set()


def test_icons_are_known_by_their_shape_and_company() -> None:
    icons = ["Dek icon", "Kicker icon", "weather map icon"]
    assert aside(clean_lines([*icons, "", *BODY])) == set(icons)
    assert aside(clean_lines([BODY[0], "", "Style icon", "", *BODY[1:]])) == set()


def test_buttons_in_a_row_are_one_line() -> None:
    row = "Advertisement Continue reading the main story"
    assert aside(clean_lines([BODY[0], "", row, "", *BODY[1:]])) == {row}
    assert aside(clean_lines([BODY[0], "", "Advertisement Row", "", *BODY[1:]])) == set()


def test_pieces_inside_a_paragraph_stand_alone() -> None:
    raw = [
        "The quay is closed. Photos: The quay The quay in May. Hide Caption 1 of 2 Photos: The quay"
        " A crane. Hide Caption 2 of 2 Nobody was hurt when it fell, the council said on Friday.",
        "The mayor objected. (RELATED: Why The Crane Fell) She had asked for a second survey.",
        "The ferry runs again. Advertisement Tickets cost twice what they did, sailors complained.",
        "Updated 5:30 p.m. ET The council will meet again on Monday to vote on a new crane.",
    ]
    lines, _, verdicts = split_inside(raw)
    assert [lines[at] for at in verdicts] == [
        "Photos: The quay The quay in May. Hide Caption 1 of 2 Photos: The quay A crane."
        " Hide Caption 2 of 2",
        "(RELATED: Why The Crane Fell)",
        "Advertisement",
        "Updated 5:30 p.m. ET",
    ]
    assert " ".join(lines) == " ".join(raw)
    labelled = clean_lines(lines, is_row=True, title="The quay", verdicts=verdicts)
    assert aside(labelled) == {lines[at] for at in verdicts}


def test_a_paragraph_that_is_all_gallery_is_set_aside() -> None:
    raw = ["Fotos: Der Kai Der Kai im Mai. Bildunterschrift ausblenden 1 von 2"]
    split = split_inside(raw)
    assert split.lines == raw
    assert split.verdicts == {0: phrases.Verdict("boilerplate", "gallery of pictures")}


def test_a_time_zone_is_never_left_alone() -> None:
    for line in ("Updated at 8:46 a.m. ET", "Updated 6:31 p.m. CST"):
        assert split_inside([line]).lines == [line]
        assert aside(clean_lines([line, "", *BODY], is_row=True)) == {line}


def test_sentences_about_advertisements_and_captions_are_whole() -> None:
    raw = [
        "He was proud. Advertisement revenue rose by a tenth, the paper said in its report.",
        "She pressed the button to hide captions and watched the film again in the dark.",
        "The list (related: the ferry's own) was updated 5:30 hours late, a sailor said.",
    ]
    assert split_inside(raw[:2]) == (raw[:2], range(1, 3), {})
    assert set(split_inside(raw).verdicts.values()) == {
        phrases.Verdict("aside", "pointer to another article")
    }


def test_a_page_a_feed_and_a_cell_lose_the_same_lines(tmp_path: Path) -> None:
    lines = [BODY[0], "Artikel teilen", BODY[1], "Anzeige", BODY[2], "Newsletter abonnieren"]
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    (tmp_path / "seite.html").write_text(
        f"<html><head><title>Brücke</title></head><body><article><h1>Brücke</h1>{paragraphs}"
        "</article></body></html>", encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "strom.xml").write_text(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Uferbote</title><item><title>Brücke</title><content:encoded><![CDATA["
        f"{paragraphs}]]></content:encoded></item></channel></rss>", encoding="utf-8",
    )  # fmt: skip
    cell = "\n".join(lines)
    (tmp_path / "tabelle.csv").write_text(f'title,text\nBrücke,"{cell}"\n', encoding="utf-8")
    (tmp_path / "text.txt").write_text("\n\n".join(lines), encoding="utf-8")
    for name in ("seite.html", "strom.xml", "tabelle.csv", "text.txt"):
        (article,) = read_corpus([tmp_path / name]).articles
        assert article.paragraphs == BODY, name


def test_the_fast_way_finds_what_all_patterns_find() -> None:
    lines = [
        "© 2021 Uferbote", "Uferbote © 2021", "names: all rights reserved", "12 min read",
        "Jane Roe contributed to this report.", "[AP Photo/Jane Roe]", "Jane Roe for AP",
        "jane at example.org", "jane@example.org", "river%20bridge.jpg", "٣ min read", "—",
        "quay-council mailing list", "“Quoted” he said", "", "ß", "Advertisement: more below",
        *BODY, *(line for reason in phrases._REASONS for line in phrases.phrases(reason)),
    ]  # fmt: skip
    found = 0
    for line in lines:
        bare = rules.strip_bullet(line)
        slow = [rule.verdict for rule in openings.PATTERNS if rule.pattern.fullmatch(bare)][:1]
        fast = rules._judge_by_pattern(bare, openings.MARKS)
        assert [fast] == (slow or [None]), line
        found += bool(slow)
    assert found > 20


def test_lines_of_one_key_have_one_sketch() -> None:
    for one, other in [("STRASSE", "Straße"), ("don’t stop!", "DON'T  STOP"), ("ﬁne", "fine")]:
        assert line_key(one) == line_key(other)
        assert line_sketches(one) == line_sketches(other) == line_sketches(line_key(one))


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Update at 9:05 a.m. GMT. Ferries Resume:", ["Ferries Resume:"]),
        ("Updated 18:40 CET – The ferries sail again.", ["The ferries sail again."]),
        ("11:20 p.m. ET: Two arrests are confirmed.", ["Two arrests are confirmed."]),
        ("Last updated 7 pm BST", []),
    ],
)
def test_the_stamp_of_an_update_is_no_text(line: str, kept: list[str]) -> None:
    lines, _, verdicts = split_inside([line])
    assert [text for i, text in enumerate(lines) if i not in verdicts] == kept


@pytest.mark.parametrize(
    "line",
    [
        "10 a.m. is when the market opens. It was closed on Monday.",
        "The debate begins at 8:30 p.m. ET. The other one is at 6 p.m. ET.",
        "Update: the vote is at 5 p.m. on Friday.",
        "8:30 p.m. was too late for the children.",
    ],
)
def test_a_time_in_a_sentence_stays(line: str) -> None:
    assert split_inside([line]) == ([line], range(1, 2), {})


@pytest.mark.parametrize(
    "line",
    [
        "Image copyright Agency Two Image caption The mayor opens the new bridge in the rain",
        "Hide caption The mayor opens the new bridge. A band played in the rain.",
        "Photo caption Two ferries wait outside the harbour",
        "Story Continued Below",
    ],
)
def test_captions_that_say_so_are_set_aside(line: str) -> None:
    assert aside(clean_lines([BODY[0], "", line, "", *BODY[1:]])) == {line}


@pytest.mark.parametrize(
    ("line", "piece"),
    [
        ("Der Kai ist zu. Lesen Sie auch: Warum der Kran fiel. Niemand weiß es.",
         "Lesen Sie auch: Warum der Kran fiel."),
        ("Le quai est fermé. Lire aussi : Pourquoi la grue est tombée",
         "Lire aussi : Pourquoi la grue est tombée"),
        ("El muelle está cerrado. Suscríbete a nuestro boletín diario. Nadie resultó herido.",
         "Suscríbete a nuestro boletín diario."),
        ("The quay is shut. Sign up for the Gazette's free newsletter! Nobody was hurt.",
         "Sign up for the Gazette's free newsletter!"),
        ("Advertisement The quay has been shut since the crane fell on it last Friday.",
         "Advertisement"),
    ],
)  # fmt: skip
def test_pieces_of_a_text_file_keep_its_line_numbers(line: str, piece: str, tmp_path: Path) -> None:
    text = f"Der Kai bleibt noch lange gesperrt\n\n{line}\n\n{BODY[0]}\n"
    (tmp_path / "kai.txt").write_text(text, encoding="utf-8")
    (article,) = read_corpus([tmp_path / "kai.txt"]).articles
    assert [(found.number, found.text) for found in article.lines if found.label in
            ("boilerplate", "aside") and found.text] == [(3, piece)]  # fmt: skip
    assert " ".join(found.text for found in article.lines if found.number == 3) == line
    assert article.lines[-1].number == 5
    assert article.fields["title"].line == 1


@pytest.mark.parametrize(
    "line",
    [
        "The council met. Related to this: a new crane. The Related: that is the ship's name.",
        "She wrote a letter. It said: sign up for the newsletter if you must, but read it.",
        "Advertisement Standards Authority rules were broken, the judge said on Monday morning.",
    ],
)
def test_sentences_of_a_text_are_no_pieces(line: str) -> None:
    assert split_inside([line]).lines == [line]


def test_wrapped_text_is_not_split() -> None:
    raw = [
        "The council met for the third time this week, and nobody in the hall knew when the",
        "10:30 p.m. The next one would be the last of the year, the mayor said, who had come by",
        "bicycle from the other end of the quay, where the crane had fallen on the ferry, which",
        "was empty at that hour because of the storm that had kept all of its passengers at the",
        "harbour until the next morning came and the wind had gone to the other side of the sea",
    ]
    assert split_inside(raw).lines == raw  # fmt: skip


HEADS = ["Kran fällt auf die Fähre am Kai", "Neue Brücke wird später fertig als geplant",
         "Stadtrat streitet weiter über das Geld", "Wind hält die Schiffe im Hafen fest",
         "Polizei sucht den Besitzer der Boje", "Lotsen fordern ein höheres Gehalt"]  # fmt: skip


@pytest.mark.parametrize("opening", ["Das Wichtigste in Kürze", "Auf einen Blick"])
def test_words_before_all_articles_of_a_house_are_none_of_them(opening: str) -> None:
    texts = [f"{opening} {head}\n\n{BODY[0]}" for head in HEADS]
    articles = [("Uferbote", text) for text in texts] + [("Gazette", text) for text in texts[:2]]
    assert house_openings(articles) == {"Uferbote": {opening}}
    lines, _, verdicts = split_inside(texts[0].split("\n"), {opening})
    assert lines[:2] == [opening, HEADS[0]]
    assert verdicts == {0: phrases.Verdict("boilerplate", "before other articles too")}


def test_names_before_many_articles_stay() -> None:
    rest = "says nothing about the crane today"
    people = "Roe Boom Byron Doe Poe Kai".split()
    named = [
        ("Gazette", f"Mayor Karin {name} {rest}\n\nKarin {name}, Mayor Karin.") for name in people
    ]
    assert house_openings(named) == {}
    titled = [("Gazette", f"Breaking News {head.title()}\n\n{BODY[0]}") for head in HEADS]
    assert house_openings(titled) == {}
    sentences = [("Gazette", f"Auf einen Blick {head}.") for head in HEADS]
    assert house_openings(sentences) == {}
    assert house_openings([]) == {}
