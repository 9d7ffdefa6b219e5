"""What is said of keywords over time: nothing of a difference that chance would give as well."""

from __future__ import annotations

import pandas as pd

from dashboard.measures.statistics.inference import mcnemar
from dashboard.measures.trends.finding import Finding, compared, peak, trend


def test_a_trend_counts_sources() -> None:
    rows = pd.DataFrame(
        {
            "keyword": "yuan",
            "source": ["a", "b", "c"],
            "n_articles": [1, 1, 1],
            "n_with": [1, 0, 1],
            "count": [2, 0, 1],
            "n_words": [100, 100, 100],
            "period": ["2024-05-16", None, "2024-05-17"],
        }
    )
    found = trend(rows, "yuan")
    assert found.title == "Two of three sources use “yuan”"
    assert "3 times in 300 words" in found.standfirst
    assert "first dated use is on 16 May 2024" in found.standfirst
    assert "No article in view uses" in trend(rows.assign(n_with=0), "yuan").title
    every = trend(rows.assign(n_with=1), '"oil price"')
    assert every.title == "All three sources use “oil price”"


def periods_of(n_with: list[int], n_articles: list[int], count: list[int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "keyword": "strike",
            "period": [f"2020-Q{i + 1}" for i in range(len(n_with))],
            "source": "a",
            "n_articles": n_articles,
            "n_with": n_with,
            "count": count,
            "n_words": [1000 * n for n in n_articles],
        }
    )


def test_a_peak_is_one_that_chance_does_not_give() -> None:
    clear = periods_of([2, 30, 3, 2], [50, 50, 50, 50], [2, 305, 3, 2])
    shared = trend(clear, "strike", measure="share").title
    assert shared.endswith("\u00a0% of the articles")
    counted = trend(clear, "strike", measure="count").title
    assert counted.endswith(" uses")
    assert "peaked" in shared
    assert "peaked" in counted
    found = trend(clear, "strike")
    assert found.title == "“strike” peaked in the second quarter of 2020, at 61 per 10,000 words"
    assert "At the peak 30 of 50 articles use it." in found.standfirst
    # One long article can have the highest rate of all, and is no peak.
    lone = periods_of([5, 1, 5, 5], [50, 5, 50, 50], [5, 90, 5, 5])
    assert peak(lone) is None
    assert trend(lone, "strike").title == "16 of 155 articles use “strike”"
    assert peak(clear.head(2)) is None
    assert peak(clear.iloc[:0]) is None


N = [50, 50, 50, 50]  # articles of each quarter


def of(n_with: list[int], n_articles: list[int] = N) -> pd.DataFrame:
    """A keyword with a use in each article that has it."""
    return periods_of(n_with, n_articles, n_with)


def said(measure: str = "share", **keywords: pd.DataFrame) -> Finding:
    first = next(iter(keywords.values()))["n_with"]
    tables = []
    for name, rows in keywords.items():
        p = (mcnemar(first, rows["n_with"]) * len(rows)).clip(max=1)
        tables.append(rows.assign(keyword=name, p_first=p if tables else None))
    return compared(pd.concat(tables), [*keywords], "quarter", measure)


def test_peaks_of_several_keywords_are_named_the_first_first() -> None:
    found = said(oil=of([2, 3, 30, 2]), gas=of([25, 2, 2, 2]))
    assert found.title == (
        "“gas” peaked in the first quarter of 2020, “oil” in the third quarter of 2020"
    )
    assert found.standfirst.startswith(
        "37 of 200 articles use “oil”, at its peak 30 of 50 (60\u00a0%); "
        "31 use “gas”, at its peak 25 of 50 (50\u00a0%)."
    )
    rates = said("per_10k", oil=of([2, 3, 30, 2]), gas=of([25, 2, 2, 2]))
    assert "30 of 50 (6.0 per 10,000 words)" in rates.standfirst
    assert "30 of 50 (30 uses)" in said("count", oil=of([2, 3, 30, 2]), gas=of(N)).standfirst


def test_keywords_that_peak_together_are_said_to() -> None:
    found = said(oil=of([2, 3, 30, 2]), gas=of([2, 2, 25, 2]), coal=of([1, 1, 24, 1]))
    assert found.title == "“oil”, “gas” and “coal” all peaked in the third quarter of 2020"
    two = said(oil=of([2, 3, 30, 2]), gas=of([2, 2, 25, 2]))
    assert two.title == "“oil” and “gas” both peaked in the third quarter of 2020"


def test_of_many_peaks_the_title_has_the_first_and_the_last() -> None:
    found = said(oil=of([30, 2, 2, 2]), gas=of([2, 25, 2, 2]), coal=of([1, 1, 1, 24]))
    assert found.title == (
        "“oil” peaked first, in the first quarter of 2020, "
        "“coal” last, in the fourth quarter of 2020"
    )
    assert "“gas”, at its peak, in the second quarter of 2020, 25 of 50" in found.standfirst


def test_peaks_that_chance_may_have_parted_are_not_said_to_differ() -> None:
    """Both rose over two quarters; which of these was the higher one is chance."""
    found = said(oil=of([2, 24, 26, 2]), gas=of([2, 26, 24, 2]))
    assert "peaked" not in found.title
    assert found.title == "54 articles use “oil”, 54 “gas”: neither leads"
    assert found.standfirst.endswith("When they peaked can’t be told apart.")


def test_a_keyword_without_a_peak_is_said_to_have_none() -> None:
    found = said(oil=of([2, 3, 30, 2]), gas=of([5, 5, 6, 5]))
    assert found.title == ("“oil” peaked in the third quarter of 2020; no peak of “gas” stands out")
    assert found.standfirst.endswith(
        "“oil” is used in more articles than “gas” in 1 of 4 quarters."
    )


def test_without_peaks_periods_are_compared_that_can_be_told() -> None:
    found = said(oil=of([30, 31, 30, 12]), gas=of([8, 8, 9, 10]), measure="per_10k")
    assert found.title.startswith("“oil” is used in more articles than “gas” in 3 of 4 quarters")
    # The one with more periods is the first, whichever has more articles.
    table = {"oil": of([200, 2, 2, 2], [400] * 4), "gas": of([100, 30, 30, 30], [400] * 4)}
    lead = said(**table).standfirst + said(**table).title
    assert "“gas” is used in more articles than “oil” in 3 of 4 quarters, in fewer in 1" in lead


def test_totals_are_compared_where_no_period_tells() -> None:
    few = {"oil": of([5, 5, 5, 5]), "gas": of([1, 1, 1, 1])}
    assert said(**few).title == "More articles use “oil” than “gas”: 20 and 4 of 200"
    three = said(**few, coal=of([1, 1, 1, 1]))
    assert three.title == "More articles use “oil” than any other keyword: 20, 4 and 4 of 200"
    even = said(oil=of([1, 1, 1, 1], [2, 1, 1, 1]), gas=of([1, 1, 1, 0], [2, 1, 1, 1]))
    assert even.title == "Four articles use “oil”, three “gas”: that may be chance"
    lone = of([0, 1, 0, 0])
    many = said(oil=lone, gas=lone, coal=lone)
    assert many.title == (
        "One article uses “oil”, one “gas” and one “coal”: which leads may be chance"
    )


def test_what_is_not_used_is_said() -> None:
    nothing = of([0, 0, 0, 0])
    assert said(oil=nothing, gas=nothing).title == "No article in view uses “oil” or “gas”"
    found = said(oil=nothing, gas=of([1, 1, 0, 1]))
    assert found.title == "No article in view uses “oil”"
    assert found.standfirst == "None of 200 articles uses “oil”; 3 use “gas”."
    empty = nothing.assign(n_articles=0)
    assert said(oil=empty, gas=empty).title == "No article in view"
