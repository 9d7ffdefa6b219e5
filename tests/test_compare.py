"""Compared by a column of the user's own: groups are counted as sources are."""

import csv
import json
import random
from datetime import date

import numpy as np
import pytest

from dashboard.cli import main
from dashboard.index.building import sums_build
from dashboard.index.building.build import build_index
from dashboard.index.counts.grouped import (
    GroupedIndex,
    NoSuchColumn,
    grouped,
    grouped_by,
    ungrouped,
)
from dashboard.index.counts.own_columns import own_columns
from dashboard.index.index import open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.index.building.test_change import write_rows

BY_SOURCE = ("coverage", "source_topics", "keyness", "trends")
SIDES = ("ulevå", "<b>høgre|~:</b>", "")


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """48 articles of three sources; ``house`` is the source again, ``side`` is another of each
    article, of every third unknown."""
    place = tmp_path_factory.mktemp("compare")
    with write_rows(place / "rows.csv", range(48)).open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    with (place / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow([*header, "house", "side"])
        out.writerows([*row, row[2], SIDES[n % 3 if n % 2 else 2 - n % 3]]
                      for n, row in enumerate(rows))  # fmt: skip
    build_index([place / "a.csv"], place / "index")
    return open_index(place / "index")


@pytest.mark.parametrize("name", BY_SOURCE)
@pytest.mark.parametrize("scope", [Scope(), Scope(query="city"), Scope(where=(("side", ""),))])
def test_a_column_that_repeats_the_source_gives_the_same_numbers(index, name, scope):
    by_source, by_house = TABLES[name](index, scope), TABLES[name](index, scope, by="HOUSE")
    assert len(by_source)
    again = by_house.assign(
        source=by_house["source"].str.removeprefix("house: "),
        source_id=by_source.groupby("source")["source_id"].first().reindex(
            by_house["source"].str.removeprefix("house: ")).to_numpy(),
    )  # fmt: skip
    if "reference" in again:  # where there are two, the other by its name
        again["reference"] = again["reference"].str.removeprefix("house: ")
    keys = [k for k in ("period", "source", "topic_id", "keyword", "term") if k in by_source]
    left, right = (t.sort_values(keys).reset_index(drop=True) for t in (by_source, again))
    assert json.loads(left.to_json()) == json.loads(right.to_json())


def test_groups_and_unknown_add_up_to_all(index):
    column = own_columns(index)["side"]
    assert column.has_unknown
    rows = TABLES["coverage"](index, Scope(), by="side")
    assert rows["n_articles"].sum() == index.n_articles
    found = rows.groupby("source", dropna=False)["n_articles"].sum()
    for value in column.values:
        alone = TABLES["summary"](index, Scope(where=(("side", value),)))
        assert found[f"side: {value}"] == alone["n_articles"][0]
    assert rows[rows["source"].isna()]["n_articles"].sum() == (column.codes == 0).sum()
    words = TABLES["trends"](index, Scope(), keywords=["city"], by="side")
    whole = TABLES["trends"](index, Scope(), keywords=["city"])
    for name in ("count", "n_articles", "n_with", "n_words"):
        assert words[name].sum() == whole[name].sum() > 0


def test_a_group_has_the_words_and_topics_of_its_scope(index):
    of_group = TABLES["source_topics"](index, Scope(), by="side")
    for value in own_columns(index)["side"].values:
        rows = of_group[of_group["source"] == f"side: {value}"]
        alone = TABLES["topics"](index, Scope(where=(("side", value),)))
        n_words = dict(zip(alone["topic_id"], alone["n_words"], strict=True))
        assert dict(zip(rows["topic_id"], rows["n_words"], strict=True)) == n_words


def test_one_group_alone_is_compared_with_the_others(index):
    value = own_columns(index)["side"].values[0]
    alone = TABLES["keyness"](index, Scope(where=(("side", value),)), by="side")
    whole = TABLES["keyness"](index, Scope(), by="side")
    rows = whole[whole["source"] == f"side: {value}"].reset_index(drop=True)
    assert len(rows)
    assert json.loads(alone.to_json()) == json.loads(rows.to_json())


def test_a_scope_means_the_same_by_groups(index):
    by_side = grouped(index, "side")
    scope = Scope(sources=(index.sources[0].source_id,))
    assert (scope.article_mask(by_side) == scope.article_mask(index)).all()
    assert (scope.mask_apart(by_side, by_side.source_of) == scope.article_mask(index)).all()
    assert (grouped_by(by_side), grouped_by(index)) == ("side", "")
    assert ungrouped(by_side) is ungrouped(index) is index
    assert grouped(index, "") is index
    assert by_side.fingerprint != index.fingerprint
    assert np.array_equal(by_side.source_of, own_columns(index)["side"].codes.astype(int) - 1)


def test_a_column_that_is_not_there_is_named(index, capsys):
    with pytest.raises(NoSuchColumn, match="there are: house, side"):
        grouped(index, "bias")
    folder = str(index.folder.parent)
    assert main(["export", folder, "coverage", "--compare-by", "bias"]) == 2
    assert "no column “bias” to compare by" in capsys.readouterr().err
    assert main(["export", folder, "articles", "--compare-by", "side"]) == 2
    assert "--compare-by is an option of" in capsys.readouterr().err
    assert main(["export", folder, "coverage", "--compare-by", "side"]) == 0
    assert "side: ulevå" in capsys.readouterr().out


def test_houses_of_one_owner_count_as_one(tmp_path):
    """Three papers with one text between two of them: by owner these two are one."""
    words = [f"{a}{b}" for a in ("ka", "to", "mi", "ru") for b in ("ne", "lo", "sa", "vi", "du")]
    texts = [
        ". ".join(" ".join(random.Random(f"{n}-{i}").choices(words, k=9)) for i in range(30))
        for n in range(2)
    ]
    rows = [("A", "Media SA", texts[0]), ("B", "Media SA", texts[0] + ". More later."),
            ("C", "Blatt AG", texts[1])]  # fmt: skip
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(["title", "text", "source", "owner"])
        out.writerows([f"Title {i}", text, source, owner]
                      for i, (source, owner, text) in enumerate(rows))  # fmt: skip
    build_index([tmp_path / "a.csv"], tmp_path / "index")
    index = open_index(tmp_path / "index")
    by_source, by_owner = (TABLES["summary"](index, Scope(), by=by) for by in ("", "owner"))
    assert by_source["n_sources"][0] == 3
    assert by_owner["n_sources"][0] == by_owner["effective_sources"][0] == 2
    assert by_source["effective_sources"][0] < 2


def test_houses_are_sums_of_their_sources(index, tmp_path, monkeypatch):
    """Where each source is in one group, the build's sums give what counting slices gives."""
    monkeypatch.setattr(sums_build, "SUMMED_FROM", 1)
    monkeypatch.setattr(sums_build, "MARKED_FROM", 1)
    with write_rows(tmp_path / "rows.csv", range(48)).open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    owners = dict(zip(sorted({row[2] for row in rows}), ("A", "B", "A"), strict=True))
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow([*header, "owner"])
        out.writerows([*row, owners[row[2]]] for row in rows)
    build_index([tmp_path / "a.csv"], tmp_path / "index")
    summed = open_index(tmp_path / "index")
    assert summed.sums is not None
    by_sums, by_slices = (GroupedIndex(summed, own_columns(summed)["owner"]) for _ in range(2))
    assert by_sums.group_of_source is not None
    by_slices.__dict__["group_of_source"] = None
    two = tuple(source.source_id for source in summed.sources[:2])  # one of each owner
    for scope in (Scope(), Scope(sources=two), Scope(date_from=date(2024, 5, 9))):
        found, again = (TABLES["keyness"](each, scope) for each in (by_sums, by_slices))
        assert len(found)
        assert json.loads(found.to_json()) == json.loads(again.to_json())
    assert grouped(index, "side").group_of_source is None
    assert grouped(index, "house").group_of_source is not None
