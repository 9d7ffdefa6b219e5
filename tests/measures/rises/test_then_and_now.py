"""Now against then: what rose, and which words make the difference."""

from __future__ import annotations

import csv
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.rises.then_and_now import read_day
from dashboard.measures.rises.word_shift import contributions
from dashboard.measures.statistics.dealing import worth_testing
from dashboard.scope import Scope

USUAL = "quai grue port bateau ancre voile mât pont rame phare".split()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """60 articles of 2019 and 60 of 2020: «grève» then, «canicule» now."""
    folder = tmp_path_factory.mktemp("then")
    random = np.random.default_rng(8)
    with (folder / "a.csv").open("w", newline="", encoding="utf-8") as handle:
        rows = csv.writer(handle)
        rows.writerow(["title", "text", "source", "date"])
        for n in range(121):
            words = random.choice(USUAL, 25).tolist()
            if n % 3:
                words.insert(random.integers(25), "grève" if n < 60 else "canicule")
            day = "" if n == 120 else f"{2019 + n // 60}-{n % 12 + 1:02d}-11"
            rows.writerow([f"Jour {n}", f"{' '.join(words)} fin {n}.", ("A", "B")[n % 2], day])
    build_index([folder / "a.csv"], folder / "x", clean="never")
    return open_index(folder / "x")


def test_what_rises_and_falls(index: Index) -> None:
    table = TABLES["rising"](index, Scope(), since=date(2020, 1, 1))
    clear = table[table["distinguishable"]]
    assert clear[["term", "direction"]].to_numpy().tolist() == [
        ["canicule", "up"], ["grève", "down"],
    ]  # fmt: skip
    up, down = clear.iloc[0], clear.iloc[1]
    assert (up["df_now"], up["df_then"]) == (40, 0) == (down["df_then"], down["df_now"])
    assert up["ci_low"] < up["log_odds"] > 0 > down["log_odds"] < down["ci_high"]
    assert (up["flag"], down["flag"]) == ("", "")
    assert {index.position(a) for a in up["article_ids"].split()} <= {
        i for i in range(121) if str(index.days[i]) >= "2020"
    }


def test_the_word_shift_is_led_by_them(index: Index) -> None:
    table = TABLES["word_shift"](index, Scope(), since=date(2020, 1, 1))
    assert set(table["word"][:2]) == {"canicule", "grève"}
    assert (table["ci_low"] <= table["contribution"]).all()
    assert (table["contribution"] <= table["ci_high"]).all()
    assert (table["ci_low"][:2] > table["contribution"][2]).all()
    assert table["contribution"].sum() == pytest.approx(1)  # there are fewer than 100 words
    assert table["turbulence"].sum() <= 1 + 1e-9
    assert (
        table["direction"] == np.where(table["rate_now"] > table["rate_then"], "up", "down")
    ).all()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=9))
def test_contributions_sum_to_the_divergence(pairs) -> None:
    p, q = (np.asarray(each, float) + 1e-12 for each in zip(*pairs, strict=True))
    p, q = p / p.sum(), q / q.sum()
    mean = (p + q) / 2

    def entropy(shares: np.ndarray) -> float:
        return float(-(shares * np.log2(shares)).sum())

    expected = entropy(mean) - (entropy(p) + entropy(q)) / 2
    assert contributions(p, q).sum() == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("name", ["rising", "word_shift"])
def test_without_two_times_there_is_nothing(index: Index, name: str) -> None:
    assert TABLES[name](index, Scope(), since=date(2030, 1, 1)).empty
    assert TABLES[name](index, Scope(undated=True)).empty
    assert set(TABLES[name](index, Scope())["since"]) == {"2020-07-11"}


def test_a_day_is_read_or_refused() -> None:
    assert read_day("2020-02-29") == date(2020, 2, 29)
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        read_day("yesterday")


def test_what_fell_is_found_where_now_is_short() -> None:
    """Of the 900 articles of then a word must be in many to be found."""
    doc_freq = np.concatenate([np.full(500, 3), np.full(40, 200)])
    assert worth_testing(doc_freq, 900, 1_000, 0.05) == (60, 40)
    assert worth_testing(np.full(500, 3), 900, 1_000, 0.05) == (1_001, 0)
