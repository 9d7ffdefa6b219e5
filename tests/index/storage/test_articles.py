"""Articles packed and read again: every line, field and passage, whatever is in them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.corpus.article import FIELD_NAMES, Article, Field, Line
from dashboard.index.storage.articles import COLUMNS, ArticleStore, pack_articles, take_articles
from dashboard.index.storage.container import Container, write_container

ODD = st.sampled_from(
    ["", "\r", "a\rb\n", "\n\n", "\0", "\x1e", "\x85\u2028", "\ud800", "é😀", " ", '"\\']
)
TEXT = ODD | st.text(max_size=8)
LINE = st.tuples(TEXT, st.sampled_from(["keep", "metadata", "boilerplate"]), st.just("") | TEXT)
DATES = [("2024-02-29", "stated"), ("2024-03-01", "bounded"), (None, "unknown"), ("", "stated")]


@st.composite
def records(draw):
    lines, gap = draw(st.lists(LINE, max_size=5)), draw(st.integers(0, 1))
    fields = {
        name: Field(draw(st.none() | TEXT.filter(lambda t: t != "\0")), "given", "e", None, "m")
        for name in FIELD_NAMES
    }
    value, basis = draw(st.sampled_from(DATES))
    words = draw(st.sampled_from(["", "on Thursday", "2024-02-29T14:05:00Z"]))
    fields["date"] = Field(value, basis, words, 3, "")
    return Article(
        article_id=draw(st.text("0123456789abcdef", min_size=16, max_size=16)),
        file=draw(TEXT),
        row=draw(st.none() | st.integers(1, 10**9)),
        fields=fields,
        lines=tuple(Line((1 + gap) * number, *line) for number, line in enumerate(lines, 1)),
        language=draw(st.sampled_from(["en", "unknown"])),
        merge_key=draw(st.text("0123456789abcdef", max_size=32)),
    )


PASSAGES = st.lists(st.text(min_size=1, max_size=8).filter(lambda t: "\x1e" not in t), max_size=3)
PACKED = st.lists(st.tuples(records(), PASSAGES), max_size=6)


def check(store: ArticleStore, expected) -> None:
    articles = [article for article, _ in expected]
    assert len(store) == len(articles)
    for position, (article, passages) in enumerate(expected):
        record = store.record(position)
        assert tuple(record.lines) == article.lines
        assert record.fields == dict(article.fields)
        assert record.passages == store.passages(position) == passages
    values = {
        "article_id": [a.article_id for a in articles],
        "file": [a.file for a in articles],
        "row": [a.row for a in articles],
        "date_basis": [a.fields["date"].basis for a in articles],
        "language": [a.language for a in articles],
        **{n: [a.fields[n].value for a in articles] for n in set(COLUMNS) & set(FIELD_NAMES)},
    }
    assert values.keys() == {*COLUMNS, "row"}
    every = np.arange(len(articles))
    for name, wanted in values.items():
        # A file may be named "\0": only fields can be unknown.
        wanted = [None if name == "file" and value == "\0" else value for value in wanted]
        assert store.values(name, every[::-1]) == wanted[::-1], name
        for i in every.tolist():  # one by one, unless they are all there is
            assert store.values(name, every[i : i + 1]) == wanted[i : i + 1], name
    days = [a.fields["date"].value if a.fields["date"].basis == "stated" else "" for a in articles]
    assert store.days.astype(str).tolist() == [day or "NaT" for day in days]
    assert store.hours.tolist() == [
        14 if day and "14:05" in article.fields["date"].evidence else -1
        for day, article in zip(days, articles, strict=True)
    ]
    assert store.merge_keys == [a.merge_key.encode() for a in articles]


@settings(max_examples=40)
@given(PACKED)
def test_articles_come_back_as_they_were(expected) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.bin"
        write_container(path, pack_articles([a for a, _ in expected], [p for _, p in expected]))
        check(ArticleStore(Container(path)), expected)


@given(PACKED)
def test_of_an_older_store_no_hour_is_known(expected) -> None:
    arrays = pack_articles([a for a, _ in expected], [p for _, p in expected])
    older = {name: array for name, array in arrays.items() if name != "hour"}
    assert len(older) == len(arrays) - 1
    with tempfile.TemporaryDirectory() as folder:
        write_container(Path(folder) / "articles.bin", older)
        # Not kept: a file that is open can't be removed everywhere.
        hours = ArticleStore(Container(Path(folder) / "articles.bin")).hours.tolist()
    assert hours == [-1] * len(expected)
    taken = take_articles([older, arrays], [np.arange(len(expected))] * 2)
    assert taken["hour"].tolist() == [-1] * len(expected) + arrays["hour"].tolist()


@settings(max_examples=30)
@given(st.lists(PACKED, min_size=1, max_size=3), st.lists(st.lists(st.integers(0, 9), max_size=4)))
def test_taken_articles_are_those_packed_alone(parts, wanted) -> None:
    stores = [pack_articles([a for a, _ in part], [p for _, p in part]) for part in parts]
    wanted += [[]] * len(parts)
    rows = [
        [row for row in own if row < len(part)] for part, own in zip(parts, wanted, strict=False)
    ]
    taken = take_articles(stores, [np.asarray(own, dtype=np.int64) for own in rows])
    expected = [part[row] for part, own in zip(parts, rows, strict=True) for row in own]
    alone = pack_articles([a for a, _ in expected], [p for _, p in expected])
    assert taken.keys() == alone.keys()
    for name, array in alone.items():
        assert taken[name].dtype == array.dtype, name
        # As text, as no day equals no day.
        assert taken[name].astype(str).tolist() == array.astype(str).tolist(), name
