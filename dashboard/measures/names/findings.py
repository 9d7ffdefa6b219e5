"""The findings of names in words."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.wording import capital, count, in_quotes, number

NOTHING = "nothing"


class NamesFinding(NamedTuple):
    """The title of the page and what stands below it."""

    title: str
    standfirst: str


def names(table: pd.DataFrame, n_articles: int) -> NamesFinding:
    """Who is named most widely, and how many are named at all. ``table``: ``names``."""
    if table.empty:
        return NamesFinding(
            "Nobody is named", "No article in view has a name, or none is in English."
        )
    top = table.iloc[0]
    alone = int((table["n_sources"] == 1).sum())
    return NamesFinding(
        f"{top['name']} is named in {int(top['n_articles']):,} of {count(n_articles, 'article')}",
        f"{capital(number(len(table), 'name'))}, {number(alone)} of them in one source only.",
    )


def titles(table: pd.DataFrame, name: str) -> str:
    """What stands out of what sources put before a name. ``table``: ``titles_of_names`` of it."""
    sure = table[table["distinguishable"] & (table["share"] > table["share_rest"].fillna(0))]
    sure = sure[sure["title"].notna()].sort_values("q", kind="stable")
    if sure.empty:
        return f"What stands before {name}"
    top = sure.iloc[0]
    return f"{top['source']} puts {in_quotes(top['title'])} before {name} more than others do"
