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


def names(table: pd.DataFrame, n_articles: int, most: int, n_unread: int) -> NamesFinding:
    """Who is named most widely, how many are named at all, and how many articles are not read.
    ``table``: ``names``, of which ``most`` rows were asked for."""
    unread = ""
    if n_unread:
        are = "is" if n_unread == 1 else "are"
        unread = f" {capital(number(n_unread, 'article'))} {are} not in English and not read."
    if table.empty:
        return NamesFinding("Nobody is named", f"No article in view has a name.{unread}")
    top = table.iloc[0]
    alone = int((table["n_sources"] == 1).sum())
    said = f"{capital(number(len(table), 'name'))}, {number(alone)} of them in one source only."
    if len(table) == most:
        said = f"The {most:,} names that the most articles have."
    return NamesFinding(
        f"{top['name']} is named in {int(top['n_articles']):,} of {count(n_articles, 'article')}",
        said + unread,
    )


def titles(table: pd.DataFrame, name: str) -> str:
    """What stands out of what sources put before a name. ``table``: ``titles_of_names`` of it."""
    sure = table[table["distinguishable"] & (table["share"] > table["share_rest"].fillna(0))]
    sure = sure[sure["title"].notna()].sort_values("q", kind="stable")
    if sure.empty:
        return f"What stands before {name}"
    top = sure.iloc[0]
    title = in_quotes(capital(top["title"]))
    return f"{top['source']} puts {title} before {name} more than others do"
