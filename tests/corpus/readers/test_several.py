"""Several articles in one file: each is a record, or the file is refused with the reason."""

from __future__ import annotations

import pytest

from dashboard.corpus.readers.text import read_text
from dashboard.corpus.readers.web.html import read_html
from dashboard.corpus.record import RefusedFile

SENTENCE = (
    "Der Rat der Stadt hat am Dienstag beschlossen, die Brücke im Norden zu erneuern, und die\n"
    "Arbeiten sollen im Herbst beginnen, wie die Bürgermeisterin sagte. "
)


def old_download(n: int) -> str:
    documents = [
        f"""
                              Dokument {i} von {n}


                              Der Hafenbote

                            16. Mai 2004, Sonntag

Brücke {i}

AUTOR: Von Anna Berg

RUBRIK: LOKALES; S. 4

LÄNGE: 40 Wörter

{SENTENCE}Nummer {i}.

   {SENTENCE}

UPDATE: 17. Mai 2004

SPRACHE: DEUTSCH
"""
        for i in range(1, n + 1)
    ]
    return "\n".join(documents)


def test_an_old_download_as_text_is_its_documents_with_their_paragraphs_whole() -> None:
    reading = read_text(old_download(4).encode(), "a.txt")
    assert [r.title for r in reading.records] == [f"Brücke {n}" for n in range(1, 5)]
    assert {(r.source, r.fields["date"].value) for r in reading.records} == {
        ("Der Hafenbote", "2004-05-16")
    }
    assert "die Arbeiten sollen" in reading.records[0].text  # joined over the line's end
    assert reading.records[0].text.count("\n\n") == 1


def test_one_that_is_cut_off_says_how_many_are_missing() -> None:
    text = old_download(4).replace("Dokument 4 von 4", "")
    said = " ".join(p.reason for p in read_text(text.encode(), "a.txt").problems)
    assert "announces 4 documents, 3 were found" in said


def test_labels_that_come_again_are_several_articles() -> None:
    text = "\n\n".join(f"Titre : Pont {n}\nDate : 1{n} mai 2024\n\n{SENTENCE}" for n in range(3))
    with pytest.raises(RefusedFile, match="3 articles are in this one file"):
        read_text(text.encode(), "a.txt")
    once = f"Titre : Pont\nDate : 16 mai 2024\n\n{SENTENCE}\n\nTitle: is a word that we use"
    assert len(read_text(once.encode(), "a.txt").records) == 1
    people = "\n\n".join(f"Name: Ana {n}\nOrganization: Hafen {n}\n\n{SENTENCE}" for n in range(3))
    assert len(read_text(people.encode(), "a.txt").records) == 1  # a list within one article


def page(n: int, heading: str = "h2", words: int = 60, inside: str = "") -> bytes:
    articles = [
        f"<article><header><span class='PublicationName'>Le Quai</span> <{heading}>Pont {i}"
        f"</{heading}><time>1{i} mai 2024</time></header><p>{f'mot{i} ' * words}.</p>"
        f"<p>Le conseil a voté la rénovation du pont numéro {i}, et les travaux commencent.</p>"
        f"{inside}</article>"
        for i in range(n)
    ]
    return (
        f"<html><head><title>Results</title></head><body>{''.join(articles)}</body></html>".encode()
    )


def test_a_page_of_results_is_its_articles() -> None:
    reading = read_html(page(3), "a.html")
    assert [(r.row, r.title, r.source) for r in reading.records] == [
        (n + 1, f"Pont {n}", "Le Quai") for n in range(3)
    ]
    assert [r.fields["date"].value for r in reading.records] == [f"2024-05-1{n}" for n in range(3)]
    for n, record in enumerate(reading.records):
        assert f"numéro {n}" in record.text
        assert f"numéro {(n + 1) % 3}" not in record.text


@pytest.mark.parametrize(
    "data",
    [
        page(1),
        page(3, words=5),  # teasers
        page(1, inside=f"<article class='comment'>{'oui ' * 50}</article>"),
        page(1) + b"<article><p>" + b"oui " * 50 + b"</p></article>",  # a comment without a title
    ],
    ids=["one", "teasers", "comment inside", "comment below"],
)
def test_other_pages_stay_one_article(data: bytes) -> None:
    assert len(read_html(data, "a.html").records) == 1
