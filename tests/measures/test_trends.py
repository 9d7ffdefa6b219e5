"""Trends: periods of a chosen width, smoothing, and when each source's articles were collected."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashboard.cli import main
from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.periods import WIDTHS, period_days
from dashboard.measures.statistics.inference import mcnemar, wilson_interval
from dashboard.measures.trends.trends import read_window
from dashboard.scope import Scope

#: Of each source: month, articles, how many of them name the strike.
MONTHS = {
    "Der Abend": [("2021-01", 4, 0), ("2021-02", 4, 4), ("2021-03", 4, 0), ("2021-06", 2, 2)],
    "Le Matin": [("2021-03", 1, 1), ("2021-04", 3, 0)],
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("strike")
    rows = []
    for source, months in MONTHS.items():
        for month, n, n_with in months:
            for i in range(n):
                word = "Der Streik im Hafen dauert an" if i < n_with else "Die Stadt baut neue Wege"
                rows.append((source, f"{month}-{i + 3:02d}", f"{word} {source} {month} {i}."))
    rows.append(("Le Matin", "", "Undatiert blieb, was vom Streik im Hafen kam."))
    table = pd.DataFrame(rows, columns=["source", "date", "text"])
    table.to_csv(folder / "strike.csv", index=False)
    build_index([folder / "strike.csv"], folder / "index")
    return open_index(folder / "index")


def of_source(table: pd.DataFrame, source: str) -> pd.DataFrame:
    return table[(table["source"] == source) & table["period"].notna()].set_index("period")


def test_smoothing_adds_up_both_parts_of_a_rate_and_leaves_gaps(index: Index) -> None:
    table = TABLES["trends"](index, Scope(), keywords=["Streik"], width="month", smooth=3)
    assert set(table["window"]) == {3}
    rows = of_source(table, "Der Abend")
    assert rows.index.tolist() == ["2021-01", "2021-02", "2021-03", "2021-06"]
    assert rows["share"].tolist() == [0, 1, 0, 1]
    # At the ends, and beside a gap, there are fewer to add up.
    assert rows["smooth_share"].tolist() == [4 / 8, 4 / 12, 4 / 8, 2 / 2]
    assert rows["smooth_count"].tolist() == [4 / 2, 4 / 3, 4 / 2, 2]
    words = rows["n_words"]
    assert rows["smooth_per_10k"].iloc[1] == pytest.approx(1e4 * 4 / words.iloc[:3].sum())
    other = of_source(table, "Le Matin")
    assert other["smooth_share"].tolist() == [1 / 4, 1 / 4]  # no source leans on another
    undated = table[table["period"].isna()]
    assert undated["smooth_count"].tolist() == undated["count"].tolist() == [1]


def test_without_smoothing_values_are_as_they_are(index: Index) -> None:
    table = TABLES["trends"](index, Scope(), keywords=["Streik", "Stadt"])
    for name in ("count", "per_10k", "share"):
        assert table[f"smooth_{name}"].tolist() == pytest.approx(table[name].tolist())


@pytest.mark.parametrize("width", WIDTHS)
def test_any_width_counts_the_same_articles(seeds_index: Any, width: str) -> None:
    every = TABLES["trends"](seeds_index, Scope(), keywords=["sanctions"])
    table = TABLES["trends"](seeds_index, Scope(), keywords=["sanctions"], width=width, smooth=5)
    for name in ("count", "n_articles", "n_with", "n_words"):
        assert table[name].sum() == every[name].sum()
    coverage = TABLES["coverage"](seeds_index, Scope(), width=width)
    assert coverage["period"].dropna().tolist() == table["period"].dropna().tolist()
    days = [period_days(name) for name in coverage["period"].dropna()]
    longest = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}[width]
    assert max((last - first).days + 1 for first, last in days) <= longest


def test_lanes_begin_pause_and_end(index: Index) -> None:
    table = TABLES["lanes"](index, Scope(), width="month")
    rows = table.drop(columns="source_id").astype(object).where(table.notna(), None)
    assert rows.drop(columns=["source_id"], errors="ignore").to_numpy().tolist() == [
        ["Der Abend", "2021-01", "2021-03", 3, 0, 12],
        ["Der Abend", "2021-06", "2021-06", 1, 2, 2],
        ["Le Matin", "2021-03", "2021-04", 2, 0, 4],
        ["Le Matin", None, None, 0, 0, 1],
    ]
    assert table["n_articles"].sum() == index.n_articles
    by_year = TABLES["lanes"](index, Scope(), width="year")
    assert by_year["gap"].sum() == 0
    assert len(TABLES["lanes"](index, Scope(query="nothing-of-the-kind"))) == 0


@pytest.mark.parametrize("word", ["2", "1", "0", "-3", "three", "101", "³", ""])
def test_a_window_is_an_odd_number(word: str) -> None:
    with pytest.raises(ValueError, match="odd number"):
        read_window(word)
    assert read_window("7") == 7


def test_on_the_command_line(index: Index, capfdbinary: Any) -> None:
    command = ["export", str(index.folder.parent), "trends", "--keyword=Streik"]
    assert main([*command, "--period=year", "--smooth=3"]) == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert lines[1].startswith("2021,Der Abend,Streik,6,14,")
    assert main([*command, "--period=decade"]) == 2
    assert "is not a period" in capfdbinary.readouterr().err.decode()


@pytest.mark.parametrize("width", [None, "year"])
def test_periods_are_the_sums_of_coverage(seeds_index, width):
    coverage = TABLES["coverage"](seeds_index, Scope(), width=width)
    periods = TABLES["periods"](seeds_index, Scope(), width=width)
    assert dict(zip(periods["period"], periods["n_articles"], strict=True)) == dict(
        coverage.groupby("period", dropna=False)["n_articles"].sum()
    )
    assert list(periods["period"]) == sorted(set(coverage["period"].dropna()))
    assert list(TABLES["periods"](seeds_index, Scope(sources=("none",)))["n_articles"]) == []


def test_together_is_the_sum_of_the_sources_with_its_own_interval(index: Index) -> None:
    asked = {"keywords": ["Streik", "Stadt"], "width": "month"}
    whole = TABLES["trends_together"](index, Scope(), **asked)
    parts = TABLES["trends"](index, Scope(), **asked)
    keys, counts = ["keyword", "period"], ["count", "n_articles", "n_with", "n_words"]
    filled = [rows.assign(period=rows["period"].fillna("undated")) for rows in (whole, parts)]
    sums, added = (rows.groupby(keys)[counts].sum() for rows in filled)
    assert len(sums) == len(whole)
    assert sums.to_dict() == added.to_dict()
    # Each keyword has the same periods, the undated last, so that lines can be compared.
    first, second = (
        rows["period"].tolist() for _, rows in filled[0].groupby("keyword", sort=False)
    )
    assert first == second
    assert first[-1] == "undated"
    march = whole[(whole["keyword"] == "Streik") & (whole["period"] == "2021-03")].iloc[0]
    low, high = wilson_interval(1 / 5, 5)
    assert (march["n_with"], march["n_articles"]) == (1, 5)
    assert (march["ci_low"], march["ci_high"]) == (float(low), float(high))
    assert march["rate_low"] < march["per_10k"] < march["rate_high"]  # five articles in all


def test_together_says_how_far_a_keyword_is_from_the_first(index: Index) -> None:
    asked = {"keywords": ["Streik", "Stadt", "dauert"], "width": "month"}
    table = TABLES["trends_together"](index, Scope(), **asked)
    first, second, third = (rows for _, rows in table.groupby("keyword", sort=False))
    assert first["p_first"].isna().all()
    dated = second[second["period"].notna()].set_index("period")
    # 0 of 4 articles against 4 of 4, in one of five months.
    assert dated["p_first"].loc["2021-01"] == pytest.approx(min(5 * float(mcnemar(0, 4)), 1))
    assert second[second["period"].isna()]["p_first"].isna().all()
    assert third["p_first"].dropna().tolist() == [1] * len(dated)  # as often used


def test_together_takes_what_trends_takes(index: Index, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--keyword", "Streik", "--keyword", "Stadt", "--period", "month", "--smooth", "3"]
    assert main(["export", str(index.folder.parent), "trends_together", *asked]) == 0
    lines = capsys.readouterr().out.splitlines()
    table = TABLES["trends_together"](
        index, Scope(), keywords=["Streik", "Stadt"], width="month", smooth=3
    )
    assert len(lines) == len(table) + 1
    among = TABLES["trends_together"](index, Scope(), keywords=["Stadt"], among="Streik")
    assert (
        among["n_articles"].sum()
        == TABLES["trends"](index, Scope(), keywords=["Streik"])["n_with"].sum()
    )
    assert TABLES["trends_together"](index, Scope(), keywords=[]).empty
