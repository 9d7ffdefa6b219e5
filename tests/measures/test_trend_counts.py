"""Trends against reading: every kind of keyword, under any filter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.text.query import parse_keyword
from tests.index.counts.test_postings import count_in

WORD = st.sampled_from(
    ["China", "trade", "sanction*", "=Xi", "=xi", '"no limits"', "=US", "the", "Belt and Road",
     "Rus*", "(yuan OR ruble*)", "=Russia*", "partnership"]
)  # fmt: skip
KEYWORD = st.one_of(
    WORD,
    st.lists(WORD, min_size=2, max_size=3).map(" OR ".join),
    st.builds("{} NEAR/{} {}".format, WORD, st.integers(1, 12), WORD),
)


@settings(max_examples=60)
@given(
    KEYWORD,
    st.sets(st.integers(0, 4), max_size=2),
    st.sampled_from([None, date(2024, 1, 1), date(2024, 5, 17)]),
    st.sampled_from(["", "sanctions", "-oil", "=Putin", "trade NEAR/20 China"]),
)
def test_counts_are_what_a_reader_counts(seeds_index, keyword, chosen, since, query) -> None:
    sources = [seeds_index.sources[i].source_id for i in chosen if i < len(seeds_index.sources)]
    scope = replace(Scope(), sources=tuple(sources), date_from=since, query=query)
    parsed = parse_keyword(keyword)
    rows = TABLES["trends"](seeds_index, scope, keywords=[keyword])
    texts = TABLES["passages"](seeds_index, scope)
    uses = {
        article: sum(count_in(parsed, text) for text in group["text"])
        for article, group in texts.groupby("article_id")
    }
    # Periods, sources and the undated together are all there are.
    assert rows["count"].sum() == sum(uses.values())
    assert rows["n_with"].sum() == sum(n > 0 for n in uses.values())
    assert rows["n_articles"].sum() == int(scope.article_mask(seeds_index).sum())
    by_source = texts.assign(n=texts["article_id"].map(uses)).drop_duplicates("article_id")
    expected = by_source.groupby("source_id")["n"].sum()
    assert rows.groupby("source_id")["count"].sum().to_dict() == expected.to_dict()
