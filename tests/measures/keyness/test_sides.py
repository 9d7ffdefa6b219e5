"""Two sides that the reader chose, by scopes, in the place of sources."""

from __future__ import annotations

import csv
from datetime import date
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from dashboard.cli import main
from dashboard.index.building.build import build_index
from dashboard.index.counts.grouped import noun_of
from dashboard.index.counts.term_counts import term_counts
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.keyness.compared import compared
from dashboard.measures.keyness.covered import sides_of, term_sums
from dashboard.measures.keyness.sides import A, B, NoSideError, name_of, two_sides
from dashboard.scope import Scope

WORDS = [a + b + c for a in "bå cé dø fi gû ha".split() for b in "mo na pe ri".split()
         for c in "lnrst"]  # fmt: skip
NAMES = ("Norrbotten Nu", "La Dépêche", "Ostsee Kurier")
YEAR_2019 = Scope(date_from=date(2019, 1, 1), date_to=date(2019, 12, 31))


def write_corpus(path: Path, keep: dict[int, str] | None = None) -> Path:
    """120 articles of three sources in two years; the first source says “kanal” more often, 2019
    “bølge”. ``keep``: only these, of other sources."""
    random = np.random.default_rng(15)
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(["title", "text", "source", "date"])
        for i in range(120):
            n = int(random.integers(80, 400))
            text = [str(w) for w in random.choice(WORDS, n)]
            year = 2019 + i // 3 % 2
            for word, often in (("kanal", i % 3 == 0), ("bølge", year == 2019)):
                burst = random.poisson(random.gamma(0.5, 8 if often else 0.5))
                for place in random.choice(n, min(int(burst), n), replace=False).tolist():
                    text[place] = word
            body = " ".join(" ".join(text[k : k + 13]).capitalize() + "." for k in range(0, n, 13))
            source = NAMES[i % 3]
            if keep is None or i in keep:
                row = [f"T{i}", body, source if keep is None else keep[i]]
                out.writerow([*row, f"{year}-03-{i % 28 + 1:02d}"])
    return path


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    place = tmp_path_factory.mktemp("sides")
    build_index([write_corpus(place / "a.csv")], place / "index", clean="never")
    return open_index(place / "index")


@pytest.fixture(scope="module")
def scopes(index: Index) -> list[Scope]:
    """Of each kind one; some overlap."""
    first, second, third = (s.source_id for s in index.sources)
    return [
        Scope(sources=(first,)),
        Scope(sources=(second, third), date_to=date(2020, 3, 12)),
        YEAR_2019,
        Scope(query="kanal"),
        Scope(query="-kanal bølge", sources=(third, first)),
    ]


def test_swapping_the_sides_changes_signs_and_nothing_else(
    index: Index, scopes: list[Scope]
) -> None:
    pairs = list(permutations(scopes, 2))
    assert len(pairs) == 20
    for a, b in pairs:
        there, back = two_sides(index, Scope(), a, b), two_sides(index, Scope(), b, a)
        assert there.names == back.names[::-1]
        assert (there.n_both, there.n_neither) == (back.n_both, back.n_neither)
        one = TABLES["keyness"](there.index, there.scope)
        other = TABLES["keyness"](back.index, back.scope)
        assert len(one)
        for side, opposite in ((A, B), (B, A)):
            left = one[one["source_id"] == side].drop(columns="source_id").reset_index(drop=True)
            right = other[other["source_id"] == opposite].drop(columns="source_id")
            assert left.drop(columns="q").equals(right.drop(columns="q").reset_index(drop=True))
            assert left["q"].tolist() == pytest.approx(right["q"].tolist(), abs=1e-12)


def test_log_odds_and_intervals_of_one_side_are_those_of_the_other_with_the_sign_changed(
    index: Index, scopes: list[Scope]
) -> None:
    sides = two_sides(index, Scope(), scopes[0], scopes[1])
    of = compared(sides.index, sides.scope, None)
    assert of is not None
    counts = term_counts(sides.index, of.selection, of.groups, 3)[:2]
    columns = np.flatnonzero(of.candidates & (counts.sum(axis=0) >= 2))
    assert len(columns) > 50
    articles, words = of.words_of_articles()
    groups = sides_of(of.groups[sides.index.source_of[articles]], words, 2)
    sums = term_sums(of, articles, groups, index.lexicon.analysed[columns])
    doc_freq = np.ones(len(columns), dtype=np.int64)
    every = np.arange(len(columns))
    first, second = (sums.leaning(group, columns, every, doc_freq) for group in (0, 1))
    assert (first.log_odds == -second.log_odds).all()
    assert np.ptp(first.log_odds) > 0
    for low, high in zip(first.interval, second.interval[::-1], strict=True):
        assert (low == -high).all()


def test_two_sides_are_two_sources_of_their_articles(
    index: Index, scopes: list[Scope], tmp_path: Path
) -> None:
    a, b = scopes[0], Scope(date_from=date(2020, 1, 1))
    sides = two_sides(index, Scope(), a, b)
    assert sides.n_both == 20
    titles = index.article_rows(range(index.n_articles), ["title"])["title"].tolist()
    side_of = {
        int(title[1:]): ("A GmbH", "B AS")[side]
        for title, side in zip(titles, sides.index.source_of.tolist(), strict=True)
        if side >= 0
    }
    assert len(side_of) == 60
    build_index([write_corpus(tmp_path / "b.csv", side_of)], tmp_path / "index", clean="never")
    alone = open_index(tmp_path / "index")
    left, right = TABLES["keyness"](sides.index, sides.scope), TABLES["keyness"](alone, Scope())
    name_of_side = {sides.names[0]: "A GmbH", sides.names[1]: "B AS"}
    left = left.assign(source=left["source"].map(name_of_side)).set_index(["source", "term"])
    right = right.set_index(["source", "term"])
    both = left.index.intersection(right.index)
    assert len(both) > 90  # what is a phrase depends on all articles of an index
    for name in left.columns.drop(["source_id", "reference", "stratum", "flag"]):
        values = [np.asarray(t.loc[both, name], dtype=float) for t in (left, right)]
        np.testing.assert_allclose(*values, rtol=1e-9, atol=1e-9, err_msg=name)


def test_what_is_on_both_sides_counts_for_neither_and_is_counted(
    index: Index, scopes: list[Scope]
) -> None:
    a, b = scopes[0], YEAR_2019
    sides = two_sides(index, Scope(), a, b)
    in_a, in_b = a.article_mask(index), b.article_mask(index)
    assert sides.n_both == (in_a & in_b).sum() == 20
    assert (sides.index.source_of == np.select([in_a & ~in_b, in_b & ~in_a], [0, 1], -1)).all()
    assert sides.left_out == "Left out: 20 articles on both sides and 40 articles on neither."
    rows = TABLES["coverage"](sides.index, sides.scope)
    known = rows[rows["source"].notna()]
    by_side = known.groupby("source")["n_articles"].sum()
    assert by_side[list(sides.names)].tolist() == [20, 40]


def test_without_b_it_is_the_rest_of_the_scope(index: Index, scopes: list[Scope]) -> None:
    sides = two_sides(index, YEAR_2019, scopes[0])
    assert sides.names[1] == "the rest"
    counts = np.bincount(sides.index.source_of + 1)
    assert counts.tolist() == [60, 20, 40]
    assert noun_of(sides.index) == "side"
    assert (sides.n_both, sides.n_neither, sides.left_out) == (0, 0, "")
    rows = TABLES["keyness"](sides.index, sides.scope)
    assert set(rows.loc[rows["source_id"] == A, "reference"]) == {"the rest"}
    assert set(rows.loc[rows["source_id"] == B, "reference"]) == {sides.names[0]}


def test_the_same_topics_on_both_sides_are_what_is_read(index: Index, scopes: list[Scope]) -> None:
    topic = index.cut().topics[0].topic_id
    first, second = (Scope(sources=s.sources, topics=(topic,)) for s in scopes[:2])
    assert two_sides(index, Scope(), first, second).scope.topics == (topic,)
    assert two_sides(index, Scope(), first, scopes[1]).scope.topics == ()


def test_a_side_without_articles_of_its_own_is_said(index: Index, scopes: list[Scope]) -> None:
    with pytest.raises(NoSideError, match="A, “La Dépêche”, has no article in view"):
        two_sides(index, Scope(query="zzz"), Scope(sources=("la-depeche",)))
    with pytest.raises(NoSideError, match="B, “With “zzz””, has no article in view"):
        two_sides(index, Scope(), scopes[0], Scope(query="zzz"))
    with pytest.raises(NoSideError, match="has no article of its own: B has its 40 articles too"):
        two_sides(index, Scope(), scopes[0], Scope(sources=scopes[0].sources + scopes[1].sources))
    with pytest.raises(NoSideError, match="nothing is left to compare it with"):
        two_sides(index, scopes[0], scopes[0])


def test_a_scope_has_a_name(index: Index) -> None:
    ids = tuple(s.source_id for s in index.sources)
    names = {s.source_id: s.name for s in index.sources}
    assert name_of(index, Scope()) == "All articles"
    assert name_of(index, YEAR_2019) == "2019"
    said = name_of(index, Scope(sources=ids[:2], date_from=date(2019, 4, 1), query="kanal"))
    assert said == f"{names[ids[0]]} and {names[ids[1]]}, from 1 Apr 2019, with “kanal”"
    june = Scope(date_from=date(2019, 6, 1), date_to=date(2019, 6, 30), copies_once=True)
    assert name_of(index, june) == "Jun 2019, copies once"
    quarter = Scope(date_from=date(2019, 4, 1), date_to=date(2019, 6, 30))
    assert name_of(index, quarter) == "Q2 2019"
    assert name_of(index, Scope(undated=True, query="kanal")) == "Undated, with “kanal”"


def test_on_the_command_line(index: Index, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(index.folder.parent)
    sides = ["--a", "source='La Dépêche' dates=2019", "--b", "source=ostsee-kurier"]
    assert main(["keyness", folder, *sides]) == 0
    said = capsys.readouterr()
    assert "La Dépêche, 2019, against Ostsee Kurier. Left out: 60 articles on neither." in said.err
    assert said.out.splitlines()[0].startswith("source,term,log_odds")
    assert main(["export", folder, "keyness", *sides]) == 0
    assert capsys.readouterr().out == said.out
    for wrong, why in (
        (["--b", "dates=2019"], "--b is compared with --a"),
        (["--a", "dates=2019", "--compare-by", "x"], "name one of them"),
        (["--a", "year=2019"], "'year=2019' is not source, topic, dates"),
        (["--a", "dates=sometime"], "dates=sometime is not a period; write 2016"),
        (["--a", "source=Nobody"], "--a: no source 'Nobody' in this index"),
        (["--a", "query='kanal"], "a quotation mark is never closed"),
        (["--a", "query=zzz"], "A, “With “zzz””, has no article in view"),
    ):
        assert main(["keyness", folder, *wrong]) == 2
        assert why in capsys.readouterr().err
    assert main(["export", folder, "articles", *sides]) == 2
    assert "not of articles" in capsys.readouterr().err
