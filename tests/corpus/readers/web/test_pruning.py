"""Readers' comments, dialogs and layout tables are told by what they are, not by a site's names."""

from __future__ import annotations

import pytest

from dashboard.corpus.readers.web.html import read_html
from dashboard.corpus.record import Record

TEXT = [
    "The mill by the river was sold on Monday to a family that wants to bake bread in it.",
    "The town had looked for a buyer for ten years, and the roof had fallen in meanwhile.",
    "Work is to begin in spring, and a first loaf is promised for the harvest festival.",
]
BODY = "".join(f"<p>{line}</p>" for line in TEXT)
TALK = "<p>Quite a walrus of a plan, if you ask me, and I am sure you do.</p>"


def read(body: str, head: str = "<title>Mill sold</title>") -> Record:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_html(page.encode(), "a.html").records[0]


@pytest.mark.parametrize("heading", ["Comments (12)", "3 comentarios", "Kommentare: 4", "댓글 2"])
@pytest.mark.parametrize(
    "markup",
    [
        "<section class=x><h2>{}</h2><div>{}</div></section>",
        "<h3>{}</h3><div>{}</div>",
        "<div><div><h4>{}</h4></div><ul><li>{}</li></ul></div>",
        "<details><summary>{}</summary>{}</details>",
    ],
)
def test_comments_are_no_text_whatever_holds_them(heading: str, markup: str) -> None:
    text = read(f"<div><h1>Mill sold</h1>{BODY}{markup.format(heading, TALK)}</div>").text
    assert "walrus" not in text
    assert text.split("\n") == TEXT


def test_a_part_of_the_article_that_is_called_comments_stays() -> None:
    part = "<h2>Comments</h2><p>The mayor calls it a good day for all who live by the walrus.</p>"
    assert "walrus" in read(f"<article><h1>Mill sold</h1>{BODY}{part}</article>").text


def test_what_follows_the_comments_under_a_heading_of_its_own_stays() -> None:
    more = f"<h2>2 comments</h2><div>{TALK}</div><h2>How it began</h2><p>{TEXT[0]} Twice.</p>"
    text = read(f"<article><h1>Mill sold</h1>{BODY}{more}</article>").text
    assert "walrus" not in text
    assert f"{TEXT[0]} Twice." in text


@pytest.mark.parametrize("attributes", ['role="dialog"', 'role="alertdialog"', 'aria-modal="true"'])
def test_a_dialog_over_the_page_is_no_text(attributes: str) -> None:
    dialog = (
        f"<div {attributes}><p>Nous respectons votre vie privée, et nos walrus aussi.</p></div>"
    )
    assert "walrus" not in read(f"{dialog}<h1>Mill sold</h1>{BODY}").text


def test_a_dialog_that_holds_the_article_is_read() -> None:
    assert TEXT[1] in read(f'<div role="dialog"><h1>Mill sold</h1>{BODY}</div><p>Close</p>').text


def test_a_table_that_lays_out_a_page_is_no_table_of_figures() -> None:
    text = read(
        f"<table><tr><td><a>Home</a></td><td><h1>Mill sold</h1>{BODY}</td></tr></table>"
    ).text
    assert text.split("\n")[-3:] == TEXT


def test_publisher_and_authors_described_elsewhere_are_found() -> None:
    head = (
        '<script type="application/ld+json">{"@graph":[{"@type":"Article","headline":"Mill sold",'
        '"publisher":{"@id":"#o"},"author":[{"@id":"#p"}]},{"@type":"Organization","@id":"#o",'
        '"name":"Der Bote"},{"@type":"Person","@id":"#p","name":"Ada Byron"}]}</script>'
    )
    record = read(f"<h1>Mill sold</h1>{BODY}", head)
    assert (record.source, record.authors) == ("Der Bote", "Ada Byron")


def test_a_reference_to_nothing_names_nobody() -> None:
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Mill sold",'
        '"publisher":{"@id":"#organization"}}</script>'
    )
    assert read(f"<h1>Mill sold</h1>{BODY}", head).source == ""


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Mill sold | Der Bote", "Der Bote"),
        ("Mill sold - Valley - Der Bote", "Der Bote"),
        ("Mill sold – World News", ""),
        ("Mill sold", ""),
    ],
)
def test_the_title_of_a_page_names_its_outlet_where_nothing_else_does(
    title: str, source: str
) -> None:
    record = read(f"<h1>Mill sold</h1>{BODY}", f"<title>{title}</title>")
    assert (record.title, record.source) == ("Mill sold", source)


def test_an_outlet_before_the_title_is_taken_off() -> None:
    site = '<meta property="og:site_name" content="Der Bote">'
    head = f"<title>Der Bote: Mill sold at last</title>{site}"
    assert read(BODY, head).title == "Mill sold at last"


@pytest.mark.parametrize("byline", ["By Ada Byron · 3 min read", "Von Ada Byron", "di Ada Byron"])
def test_a_byline_without_markup_is_read_below_the_title(byline: str) -> None:
    assert read(f"<h1>Mill sold</h1><div>{byline}</div>{BODY}").authors == "Ada Byron"
