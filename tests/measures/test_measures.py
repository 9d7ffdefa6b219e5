"""Measures: sums, denominators, scopes; filter-then-measure is measure-on-the-subset."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard.measures import TABLES
from dashboard.measures.periods import bin_starts, choose_width, period_name
from dashboard.measures.statistics.inference import (
    fisher_exact,
    log_odds,
    wilson_interval,
)
from dashboard.measures.topics import reliability_word
from dashboard.scope import Scope
from dashboard.text.query import parse_keyword, parse_query
from dashboard.text.token_rule import tokenise

EVERYTHING = Scope()


def measure(index, name, scope=EVERYTHING, **options):
    return TABLES[name](index, scope, **options)


def scopes(index):
    source, topic = index.sources[0].source_id, index.cut().topics[0].topic_id
    return [
        EVERYTHING,
        Scope(sources=(source,)),
        Scope(topics=(topic,)),
        Scope(date_from=date(2024, 1, 1)),
        Scope(query="trade"),
        Scope(sources=(source,), topics=(topic,)),
        Scope(query="nothinglikethis"),
    ]


def test_shares_sum_to_one(seeds_index):
    assert measure(seeds_index, "topics")["share"].sum() == pytest.approx(1)
    for table, key in (("article_topics", "article_id"), ("source_topics", "source")):
        sums = measure(seeds_index, table).groupby(key)["share"].sum()
        assert np.allclose(sums, 1)


def test_words_add_up(seeds_index):
    total = seeds_index.manifest["n_words"]
    assert measure(seeds_index, "articles")["n_words"].sum() == total
    assert measure(seeds_index, "topics")["n_words"].sum() == total
    assert measure(seeds_index, "source_topics")["n_words"].sum() == total
    one = measure(seeds_index, "trends", keywords=["trade"])
    assert one["n_words"].sum() == total
    assert one["n_articles"].sum() == 5


def test_every_measure_keeps_its_columns_in_every_scope(seeds_index):
    for name in TABLES:
        columns = list(measure(seeds_index, name).columns)
        for scope in scopes(seeds_index):
            assert list(measure(seeds_index, name, scope).columns) == columns, name


def test_empty_scope_gives_empty_tables(seeds_index):
    nothing = Scope(query="nothinglikethis")
    for name in set(TABLES) - {"topic_terms", "facets"}:
        assert measure(seeds_index, name, nothing).empty, name
    # A choice that would show nothing is still a choice.
    assert set(measure(seeds_index, "facets", nothing)["n_articles"]) == {0}


def test_shares_can_be_checked_by_reading(seeds_index):
    passages = measure(seeds_index, "passages")
    counted = passages["text"].map(lambda t: len(tokenise(t)))
    by_hand = counted.groupby([passages["source"], passages["topic_id"]]).sum()
    for row in measure(seeds_index, "source_topics").itertuples():
        assert row.n_words == by_hand.get((row.source, row.topic_id), 0)
        assert row.share == pytest.approx(row.n_words / row.n_source_words)
        assert row.ci_low <= row.share <= row.ci_high


@pytest.mark.parametrize("keyword", ["trade", "no limits", "sanction*", "yuan OR ruble*", "$240"])
def test_trends_count_what_a_reader_counts(seeds_index, keyword):
    patterns = parse_keyword(keyword)
    for row in measure(seeds_index, "trends", keywords=[keyword]).itertuples():
        texts = measure(seeds_index, "passages").query("source == @row.source")["text"]
        count = 0
        for text in texts:
            tokens = [t for t, _ in tokenise(text)]
            for i in range(len(tokens)):
                count += any(
                    len(tokens) >= i + len(p.tokens)
                    and tokens[i : i + len(p.tokens) - 1] == list(p.tokens[:-1])
                    and (
                        tokens[i + len(p.tokens) - 1].startswith(p.tokens[-1])
                        if p.prefix
                        else tokens[i + len(p.tokens) - 1] == p.tokens[-1]
                    )
                    for p in patterns
                )
        assert row.count == count
        assert row.per_10k == pytest.approx(1e4 * count / row.n_words)


def test_trends_among_articles_with_another_keyword(seeds_index):
    texts = measure(seeds_index, "passages").groupby("article_id")["text"].agg(" ".join)
    has = {
        word: {i for i, text in texts.items() if word in {t for t, _ in tokenise(text)}}
        for word in ("yuan", "sanctions")
    }
    rows = measure(seeds_index, "trends", keywords=["sanctions"], among="yuan")
    assert rows["n_articles"].sum() == len(has["yuan"]) < len(texts)
    assert rows["n_with"].sum() == len(has["yuan"] & has["sanctions"])
    assert set(rows["denominator"]) == {"articles in scope with “yuan”"}
    assert ((rows["ci_low"] <= rows["share"]) & (rows["share"] <= rows["ci_high"])).all()
    assert measure(seeds_index, "trends", keywords=["sanctions"], among="nowhere").empty


def test_concordance_has_every_use(seeds_index):
    hits = measure(seeds_index, "concordance", keywords=["sanctions"])
    uses = measure(seeds_index, "trends", keywords=["sanctions"])["count"].sum()
    assert len(hits) == uses > 0
    assert (hits["hit"].str.lower() == "sanctions").all()
    assert hits["date"].is_monotonic_increasing


@pytest.mark.parametrize(
    "query",
    [
        "trade",
        "trade sanction*",
        '"no limits" OR sanctions -oil',
        "Xi trade trade",
        "the",
        "-trade",
    ],
)
def test_search_ranks_as_bm25_by_brute_force(seeds_index, query):
    texts = {}
    for position in range(seeds_index.n_articles):
        row = seeds_index.article_rows([position], ["article_id", "title"]).iloc[0]
        parts = [row["title"] or "", *seeds_index.record(position).passages]
        texts[row["article_id"]] = [token for part in parts for token, _ in tokenise(part)]
    words = set()
    for keyword in parse_query(query).keywords():
        for pattern in keyword:
            *whole, last = pattern.tokens
            words |= {(w, False) for w in whole} | {(last, pattern.prefix)}
    mean = sum(map(len, texts.values())) / len(texts)
    scores = dict.fromkeys(texts, 0.0)
    for word, prefix in words:
        uses = {
            a: sum(t.startswith(word) if prefix else t == word for t in tokens)
            for a, tokens in texts.items()
        }
        n = sum(map(bool, uses.values()))
        weight = math.log(1 + (len(texts) - n + 0.5) / (n + 0.5))
        for a, tokens in texts.items():
            norm = 1.2 * (0.25 + 0.75 * len(tokens) / mean)
            scores[a] += weight * uses[a] / (uses[a] + norm)

    found = measure(seeds_index, "search", Scope(query=query))
    in_scope = measure(seeds_index, "articles", Scope(query=query))["article_id"]
    assert sorted(found["article_id"]) == (sorted(in_scope) if words else [])
    assert found["rank"].tolist() == list(range(1, len(found) + 1))
    assert found["score"].tolist() == pytest.approx([scores[a] for a in found["article_id"]])
    assert found["score"].is_monotonic_decreasing
    part = measure(seeds_index, "search", Scope(query=query), first=1, most=1)
    pd.testing.assert_frame_equal(part, found[1:2].reset_index(drop=True))


def test_filters_commute_and_narrow(seeds_index):
    source = seeds_index.sources[1].source_id
    both = Scope(sources=(source,), query="trade").article_mask(seeds_index)
    one = Scope(sources=(source,)).article_mask(seeds_index)
    other = Scope(query="trade").article_mask(seeds_index)
    assert (both == (one & other)).all()


def test_a_topic_filter_keeps_the_denominator(seeds_index):
    topic = seeds_index.cut().topics[1].topic_id
    for name in ("topics", "source_topics", "article_topics"):
        whole = measure(seeds_index, name)
        part = measure(seeds_index, name, Scope(topics=(topic,)))
        expected = whole[whole["topic_id"] == topic].reset_index(drop=True)
        pd.testing.assert_frame_equal(part, expected)


def test_fisher_exact_by_counting():
    # 8 articles, 3 with the term, 3 of the source: ways to get 2 or 3 of the 3.
    assert fisher_exact(2, 3, 3, 8) == pytest.approx((3 * 5 + 1) / 56)
    assert fisher_exact(0, 3, 3, 8) == pytest.approx(1)
    for n, n_with, n_all in ((3, 5, 9), (6, 4, 9), (7, 7, 9), (0, 4, 9), (9, 4, 9), (40, 60, 150)):
        ways = [math.comb(n_with, i) * math.comb(n_all - n_with, n - i) for i in range(n + 1)]
        for k in range(n + 1):
            tail = sum(ways[k:]) / math.comb(n_all, n)
            assert fisher_exact(k, n, n_with, n_all) == pytest.approx(tail, rel=1e-12)
    assert fisher_exact(6, 6, 6, 48) == pytest.approx(1 / math.comb(48, 6))


def test_equal_use_has_no_log_odds():
    delta = log_odds(np.asarray([5.0]), np.asarray([10.0]), 1000.0, 2000.0)
    assert delta == pytest.approx(0, abs=0.01)


def test_wilson_interval():
    assert wilson_interval(0.5, 0) == (0.0, 1.0)
    low, high = wilson_interval(0.0, 10)
    assert low == pytest.approx(0, abs=1e-12)
    assert high == pytest.approx(0.2775, abs=1e-3)  # Wilson 1927, n = 10, no success


def test_reliability_words_need_passages_too():
    assert reliability_word(0.9, 8) == "exploratory"
    assert reliability_word(0.9, 30) == "tentative"
    assert reliability_word(0.9, 100) == "stable"
    assert reliability_word(0.1, 100) == "exploratory"


@pytest.mark.parametrize(
    ("width", "day", "name"),
    [
        ("day", "2024-05-16", "2024-05-16"),
        ("week", "2024-12-30", "2025-W01"),
        ("month", "2024-05-16", "2024-05"),
        ("quarter", "2024-05-16", "2024-Q2"),
        ("year", "2024-05-16", "2024"),
    ],
)
def test_period_names(width, day, name):
    days = np.asarray([day, "NaT"], dtype="datetime64[D]")
    starts = bin_starts(days, width)
    assert period_name(starts[0], width) == name
    assert np.isnat(starts[1])


def test_width_fits_the_dates():
    few = np.asarray(["2020-01-01", "2024-05-16"], dtype="datetime64[D]")
    assert choose_width(*np.unique(few, return_counts=True)) == "day"
    years = np.arange("2010-01-01", "2020-01-01", dtype="datetime64[D]")
    assert choose_width(*np.unique(years, return_counts=True)) == "quarter"
    weeks = np.repeat(years[:300], 3)
    assert choose_width(*np.unique(weeks, return_counts=True)) == "week"


def test_first_rows_are_the_first_rows(seeds_index):
    for name in ("articles", "passages"):
        whole = measure(seeds_index, name)
        pd.testing.assert_frame_equal(measure(seeds_index, name, most=3), whole.head(3))
    part = measure(seeds_index, "articles", first=2, most=2)
    pd.testing.assert_frame_equal(
        part, measure(seeds_index, "articles").iloc[2:4].reset_index(drop=True)
    )


def test_the_summary_counts_the_articles(seeds_index):
    row = next(measure(seeds_index, "summary").itertuples())
    articles = measure(seeds_index, "articles")
    assert row.n_articles == len(articles)
    assert row.n_undated == articles["date"].isna().sum()
    assert (row.top_day, row.n_top_day) == ("2024-05-16", 3)
    assert (row.first_day, row.last_day) == (articles["date"].min(), articles["date"].max())


def test_quartiles_of_a_sources_dates_are_days_of_its_articles(seeds_index):
    index = seeds_index
    found = measure(index, "source_dates")
    assert found["n_articles"].sum() == (index.source_of >= 0).sum()
    names = ["first_day", "quarter_day", "median_day", "three_quarters_day", "last_day"]
    for row in found.itertuples():
        own = index.source_ids[index.source_of] == row.source_id
        days = np.sort(index.days[own & ~np.isnat(index.days)]).astype(str).tolist()
        assert row.n_dated == len(days)
        quartiles = [getattr(row, name) for name in names]
        assert set(quartiles) <= set(days)
        assert quartiles == sorted(quartiles)
        assert (quartiles[0], quartiles[-1]) == (days[0], days[-1])
    undated = measure(index, "source_dates", Scope(undated=True))
    assert undated["first_day"].isna().all()
