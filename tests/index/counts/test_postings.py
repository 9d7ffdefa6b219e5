"""Keywords in an index against looking through the passages as they are shown."""

from __future__ import annotations

import csv
import functools
import re
from collections import Counter
from dataclasses import replace
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

WORDS = "ash Ash ashes ask belt ROAD road roads and US us 北京大学 it's 5,000 US’s".split()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Thirty articles of twelve words in five segments, some added later with new words."""
    folder = tmp_path_factory.mktemp("hits")
    rng = np.random.default_rng(3)
    for name, numbers, words in (("a", range(22), WORDS[:11]), ("b", range(22, 30), WORDS)):
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


@pytest.fixture(scope="module")
def texts(index: Index) -> list[tuple[list[str], str]]:
    """Passages and title of each article, as they are shown."""
    records = [index.record(position) for position in range(30)]
    return [(record.passages, record.fields["title"].value or "") for record in records]


def written(spelling: str) -> str:
    """In small letters, with a capital, in capitals: told from the spelling itself."""
    letters = [c for c in re.sub("['’][sS]$", "", spelling) if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return "all"
    return "one" if spelling[0].isupper() else "none"


@functools.cache
def words_of(text: str) -> list[tuple[str, str]]:
    """The words as they are counted, and how each is written."""
    return [(word, written(text[start:end])) for word, (start, end) in tokenise(text)]


def ends(pattern: Pattern, text: str) -> dict[int, int]:
    """Where a pattern stands: its first word, and the word behind it."""
    words = words_of(text)
    names = ("none", "one", "all")
    found = {}
    for at in range(len(words) - len(pattern.tokens) + 1):
        row = words[at : at + len(pattern.tokens)]
        fits = [word == wanted for (word, _), wanted in zip(row, pattern.tokens, strict=True)]
        if pattern.prefix:
            fits[-1] = row[-1][0].startswith(pattern.tokens[-1])
        fits += [
            shape < 0 or names[shape] == how
            for (_, how), shape in zip(row, pattern.shapes, strict=False)
        ]
        if all(fits):
            found[at] = at + len(row)
    if pattern.near:
        others = [span for each in pattern.near for span in ends(each, text).items()]
        found = {
            first: end
            for first, end in found.items()
            if any(0 <= a - end < pattern.within or 0 <= first - b < pattern.within
                   for a, b in others)
        }  # fmt: skip
    return found


def count_in(keyword: tuple[Pattern, ...], text: str) -> int:
    """Every place once, for the longest alternative there."""
    found = sorted((at, -end) for p in keyword for at, end in ends(p, text).items())
    count, last = 0, -1
    for at, end in found:
        if len(keyword) == 1 or at >= last:
            count, last = count + 1, -end
    return count


PHRASE = st.lists(st.sampled_from([*WORDS, "tightening", "unique3", "nowhere"]), min_size=1,
                  max_size=3).map(" ".join)  # fmt: skip
PREFIX = st.sampled_from(
    ["as*", "ash*", "belt ro*", "un*", "zz*", "us*", "北", "it*", "belt and ro*"]
)
CASED = st.sampled_from(
    [
        "=Ash",
        "=ash",
        "=US",
        "=us",
        "=ROAD",
        '="belt ROAD"',
        "=as*",
        "=As*",
        "and =Ash",
        "=北京大学",
        "=RO*",
    ]
)
SIDE = PHRASE | PREFIX | CASED | st.just("(ash OR belt road)")
NEAR = st.builds("({} NEAR/{} {})".format, SIDE, st.integers(1, 6), SIDE)
KEYWORDS = st.lists(PHRASE | PREFIX | CASED | NEAR, min_size=1, max_size=3).map(" OR ".join)


def is_known(pattern: Pattern, known: set[str]) -> bool:
    """An alternative with a word that is nowhere takes no part."""
    return (
        all(token in known for token in pattern.tokens[: len(pattern.tokens) - pattern.prefix])
        and (not pattern.prefix or any(word.startswith(pattern.tokens[-1]) for word in known))
        and (not pattern.near or any(is_known(other, known) for other in pattern.near))
    )


@settings(max_examples=200)
@given(KEYWORDS, st.sampled_from([0.0, 0.3, 1.0]))
def test_a_keyword_is_counted_where_it_can_be_read(index: Index, texts, text, most_read) -> None:
    keyword = parse_keyword(text)
    known = {
        word for passages, title in texts for p in [*passages, title] for word, _ in words_of(p)
    }
    keyword = tuple(p for p in keyword if is_known(p, known))
    expected: Counter[int] = Counter()
    with_it = np.zeros(30, dtype=bool)
    for position, (passages, title) in enumerate(texts):
        n = sum(count_in(keyword, passage) for passage in passages)
        if n:
            expected[position] = n
        # How the words of a title are written is not known.
        free = tuple(p for p in keyword if not p.shapes)
        free = tuple(replace(p, near=tuple(o for o in p.near if not o.shapes)) for p in free
                     if not p.near or any(not o.shapes for o in p.near))  # fmt: skip
        with_it[position] = n or count_in(free, title)
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
