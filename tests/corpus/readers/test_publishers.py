"""Who published, and who wrote: in feeds of aggregators, pages' JSON-LD and exports of posts."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.corpus.importing.read import read_corpus
from dashboard.corpus.readers.feeds.feed import read_feed
from dashboard.corpus.record import Record

BODY = (
    "O conselho do porto aprovou na terça-feira a ampliação do cais norte antes do inverno. Os "
    "moradores do bairro do moinho pediram um calendário mais lento e outra consulta pública."
)


def entry(title: str, rest: str, link: str = "https://news.google.com/rss/articles/x1") -> Record:
    feed = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:News="https://www.bing.com/news/search?format=rss"><channel>'
        f"<title>cais - Notícias</title><link>https://agregador.example</link><item>"
        f"<title>{title}</title><link>{link}</link>{rest}</item></channel></rss>"
    )
    [record] = read_feed(feed.encode(), "a.xml").records
    return record


def listed(*items: tuple[str, str]) -> str:
    links = "".join(
        f'<li><a href="https://a.example">{head}</a>&nbsp;<font color="#6f6f6f">{name}</font></li>'
        for head, name in items
    )
    return f"<description>{html.escape(f'<ol>{links}</ol>')}</description>"


def test_an_aggregators_entry_is_its_headline_alone() -> None:
    items = listed(("Tarifa sobe - outra vez", "O Farol"), ("Mais uma visão", "Gazeta da Corda"))
    source = '<source url="https://ofarol.example">O Farol</source>'
    record = entry("Tarifa sobe - outra vez - O Farol", source + items)
    assert (record.title, record.source) == ("Tarifa sobe - outra vez", "O Farol")
    assert record.text == "Tarifa sobe - outra vez"
    alone = entry("Tarifa sobe - O Farol", source + listed(("Tarifa sobe", "O Farol")))
    assert alone.text == "Tarifa sobe"


def test_google_news_names_the_outlet_in_the_title_alone() -> None:
    record = entry("Tarifa sobe - O Farol", listed(("Tarifa sobe", "O Farol")))
    assert (record.title, record.source) == ("Tarifa sobe", "O Farol")
    assert record.fields["source"].evidence == "Tarifa sobe - O Farol"


@pytest.mark.parametrize(
    ("rest", "source"),
    [
        ("<News:Source>Gazeta da Corda</News:Source>", "Gazeta da Corda"),
        ("<dc:publisher>Gazeta da Corda</dc:publisher>", "Gazeta da Corda"),
        ('<source url="https://www.gazeta.example/rss"></source>', "gazeta.example"),
        ("", "cais - Notícias"),
    ],
)
def test_publisher_of_an_entry(rest: str, source: str) -> None:
    text = f"<description>{BODY}</description>"
    record = entry("Tarifa sobe - de novo", rest + text, "https://b.example/1")
    assert (record.title, record.source) == ("Tarifa sobe - de novo", source)
    assert record.text == BODY


def test_a_summary_with_a_link_to_its_headline_is_a_text() -> None:
    markup = html.escape(f'<a href="https://b.example/1">Tarifa sobe</a> {BODY}')
    record = entry("Tarifa sobe", f"<description>{markup}</description>", "https://b.example/1")
    assert BODY in record.text


def fields(folder: Path, name: str, text: str) -> dict[str, str | None]:
    (folder / name).write_text(text, encoding="utf-8")
    [article] = read_corpus([folder / name]).articles
    return {key: field.value for key, field in article.fields.items()}


@pytest.mark.parametrize("mark", [" - ", " | ", " — "])
def test_a_title_ends_before_its_source_in_tables(tmp_path: Path, mark: str) -> None:
    rows = f'manchete,jornal,texto\nTarifa sobe{mark}o farol,O Farol,"{BODY}"\n'
    found = fields(tmp_path, "a.csv", rows)
    assert (found["title"], found["source"]) == ("Tarifa sobe", "O Farol")
    rows = f'manchete,jornal,texto\nTarifa sobe{mark}de novo,O Farol,"{BODY}"\n'
    assert fields(tmp_path, "b.csv", rows)["title"] == f"Tarifa sobe{mark}de novo"


def test_a_table_of_google_news_tells_the_outlet_in_its_titles(tmp_path: Path) -> None:
    link = "https://news.google.com/rss/articles/x1"
    rows = f'manchete,link,texto\nTarifa sobe - O Farol,{link},"{BODY}"\n'
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    [article] = read_corpus([tmp_path / "a.csv"]).articles
    assert article.fields["title"].value == "Tarifa sobe"
    assert article.fields["source"].value == "O Farol"
    assert article.fields["source"].evidence == "end of the title"


def page(node: dict[str, Any], heading: str, title: str, meta: str = "") -> str:
    script = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **node})
    return (
        f'<html lang="pt"><head><title>{title}</title>{meta}'
        f'<script type="application/ld+json">{script}</script></head>'
        f"<body><article><h1>{heading}</h1><p>{BODY}</p><p>{BODY} Dois.</p></article></body></html>"
    )


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "givenName": "Inês", "familyName": "Prata"}, "Inês Prata"),
        ([{"givenName": "Inês", "familyName": "Prata"}, {"name": "Rui Sá"}], "Inês Prata; Rui Sá"),
        ({"@type": "Person", "familyName": "Prata"}, "Prata"),
        ({"name": "", "givenName": "Inês", "familyName": "Prata"}, "Inês Prata"),
        ({"name": "Inês Prata", "givenName": "I.", "familyName": "P."}, "Inês Prata"),
    ],
)
def test_people_whose_names_are_in_parts(tmp_path: Path, author: Any, names: str) -> None:
    text = page({"headline": "Tarifa sobe", "author": author}, "Tarifa sobe", "Tarifa sobe")
    assert fields(tmp_path, "a.html", text)["authors"] == names


def test_a_headline_that_the_page_denies_is_not_its_title(tmp_path: Path) -> None:
    node = {"headline": "o que muda para quem cruza o rio", "publisher": {"name": "O Farol"}}
    shown = page(node, "Tarifa da balsa sobe", "Tarifa da balsa sobe | O Farol")
    assert fields(tmp_path, "a.html", shown)["title"] == "Tarifa da balsa sobe"
    # Where the others don't agree, the page's own statement holds.
    alone = page(node, "Hoje no rio", "Notícias do dia | O Farol")
    assert fields(tmp_path, "b.html", alone)["title"] == "o que muda para quem cruza o rio"


@pytest.mark.parametrize(
    ("post", "source", "author"),
    [
        ({"user": {"name": "Vigia do Cais", "screen_name": "vigia"}}, None, "Vigia do Cais"),
        ({"author": {"username": "vigia"}}, None, "vigia"),
        ({"account": {"name": "O Farol", "handle": "ofarol"}}, "O Farol", "ofarol"),
        ({"Page Name": "O Farol", "User Name": "ofarol"}, "O Farol", "ofarol"),
        ({"from": "Canal do Cais", "from_id": "channel7"}, None, "Canal do Cais"),
        ({"from": "2023-05-01", "to": "2023-05-07"}, None, None),
        ({"snippet": {"channelTitle": "TV Cais"}}, "TV Cais", None),
    ],
)
def test_who_posted(tmp_path: Path, post: Any, source: str | None, author: str | None) -> None:
    lines = [json.dumps({**post, "text": f"{BODY} {i}", "date": "2023-05-04"}) for i in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles = read_corpus([tmp_path / "a.jsonl"]).articles
    assert len(articles) == 3
    for article in articles:
        assert article.fields["source"].value == source
        assert article.fields["authors"].value == author
