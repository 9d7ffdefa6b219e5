"""Keywords in an index against looking through the passages as they are shown."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.corpus.importing import spool
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles
from dashboard.index.counts import postings
from dashboard.index.counts.postings import articles_with, count_keyword
from dashboard.index.index import Index, open_index
from dashboard.text.query import Pattern, parse_keyword
from dashboard.text.token_rule import tokenise

pytestmark = pytest.mark.usefixtures("quick_topics")

WORDS = "ash ashes ask belt road roads and US us 北京大学 it's 5,000".split()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Thirty articles of twelve words in five segments, some added later with new words."""
    folder = tmp_path_factory.mktemp("hits")
    rng = np.random.default_rng(3)
    for name, numbers, words in (("a", range(22), WORDS[:9]), ("b", range(22, 30), WORDS)):
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as handle:
            rows = csv.writer(handle)
            rows.writerow(["title", "text", "source"])
            for n in numbers:
                title = " ".join(rng.choice([*words, "belt tightening"], 3))
                text = ". ".join(" ".join(rng.choice(words, 9)) for _ in range(n % 5 + 1))
                rows.writerow([f"{title} {n}", f"{text} unique{n}", "Paper"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "BATCH_RECORDS", 7)
        patch.setattr(build, "BATCHES_A_SEGMENT", 1)
        build_index([folder / "a.csv"], folder / "x", clean="never")
        add_articles([folder / "b.csv"], folder / "x", clean="never")
    opened = open_index(folder / "x")
    assert (opened.n_articles, len(opened.segments)) == (30, 6)
    return opened


def starts(pattern: Pattern, words: list[str]) -> list[int]:
    n = len(pattern.tokens)
    return [
        at
        for at in range(len(words) - n + 1)
        if all(
            word == wanted or (pattern.prefix and i == n - 1 and word.startswith(wanted))
            for i, (word, wanted) in enumerate(zip(words[at : at + n], pattern.tokens, strict=True))
        )
    ]


def count_in(keyword: tuple[Pattern, ...], text: str) -> int:
    """Every place once, for the longest alternative there."""
    words = [word for word, _ in tokenise(text)]
    found = sorted((at, -len(p.tokens)) for p in keyword for at in starts(p, words))
    count, end = 0, -1
    for at, length in found:
        if len(keyword) == 1 or at >= end:
            count, end = count + 1, at - length
    return count


PHRASE = st.lists(st.sampled_from([*WORDS, "tightening", "unique3", "nowhere"]), min_size=1,
                  max_size=3).map(" ".join)  # fmt: skip
PREFIX = st.sampled_from(
    ["as*", "ash*", "belt ro*", "un*", "zz*", "us*", "北", "it*", "belt and ro*"]
)
KEYWORDS = st.lists(PHRASE | PREFIX, min_size=1, max_size=3).map(" OR ".join)


@settings(max_examples=150)
@given(KEYWORDS, st.sampled_from([0.0, 0.3, 1.0]))
def test_a_keyword_is_counted_where_it_can_be_read(index: Index, text, most_read) -> None:
    keyword = parse_keyword(text)
    known = {word for i in range(30) for p in [*index.record(i).passages,
             index.record(i).fields["title"].value or ""] for word, _ in tokenise(p)}  # fmt: skip
    # An alternative with a word that is nowhere takes no part.
    keyword = tuple(
        p for p in keyword
        if all(t in known for t in p.tokens[: len(p.tokens) - p.prefix])
        and (not p.prefix or any(word.startswith(p.tokens[-1]) for word in known))
    )  # fmt: skip
    expected: Counter[int] = Counter()
    with_it = np.zeros(30, dtype=bool)
    for position in range(30):
        record = index.record(position)
        n = sum(count_in(keyword, passage) for passage in record.passages)
        if n:
            expected[position] = n
        with_it[position] = n or count_in(keyword, record.fields["title"].value or "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_MOST_READ", most_read)  # of a segment, before it is read whole
        slices, counts = count_keyword(index, parse_keyword(text))
    assert (slices[1:] > slices[:-1]).all()
    found: Counter[int] = Counter()
    for article, n in zip(index.slice_article[slices].tolist(), counts.tolist(), strict=True):
        found[article] += n
    assert found == expected
    assert articles_with(index, parse_keyword(text)).tolist() == with_it.tolist()


def test_an_empty_keyword_is_nowhere(index: Index) -> None:
    assert [len(each) for each in count_keyword(index, ())] == [0, 0]
    assert not articles_with(index, ()).any()


def test_what_is_in_titles_only_is_found_but_not_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "title,text,source\nZebra crossing,The road is closed for a week from Monday.,Paper\n"
    )
    build_index([tmp_path / "a.csv"], tmp_path / "x")
    index = open_index(tmp_path / "x")
    assert [len(each) for each in count_keyword(index, parse_keyword("zebra"))] == [0, 0]
    assert articles_with(index, parse_keyword("zebra crossing")).tolist() == [True]
