"""What a report is made of: a table each, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from dashboard.index.index import Index
from dashboard.measures import TABLES, findings
from dashboard.scope import Scope

MOST_QUOTED, MOST_ARTICLES = 60, 400


@dataclass(frozen=True)
class Section:
    """``title``, and the ``columns`` of ``table`` that are shown of its first ``most`` rows.
    ``quoted``: the column whose text stands in the articles; ``percent``: shares; ``figure``:
    "bars" or "columns"; ``title_of``: its title computed from the table; ``chosen``: the rows of
    it that are told; ``derived``: where these are sums, of what."""

    title: str
    table: str
    columns: tuple[str, ...]
    most: int = 40
    quoted: str = ""
    percent: tuple[str, ...] = ()
    figure: str = ""
    derived: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    title_of: Callable[[pd.DataFrame], str] | None = None
    chosen: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    def rows(self, index: Index, scope: Scope) -> pd.DataFrame:
        """The rows it tells with all their columns, labelled by their place in the table as
        ``export`` has it. Raises ``MissingLayer``."""
        table = TABLES[self.table](index, scope, **self.options).reset_index(drop=True)
        if self.chosen is not None:
            table = self.chosen(table)
        return table.head(self.most)


def _beyond_chance(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["distinguishable"].astype(bool)]


def _told(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["sentence"].notna()]


def _by_period(table: pd.DataFrame) -> pd.DataFrame:
    """The articles of all sources in each period, undated ones last."""
    sums = table.groupby("period", dropna=False, sort=False)["n_articles"].sum().reset_index()
    return sums.fillna({"period": "undated"})


SECTIONS: Final = (
    Section(
        "What is here", "summary",
        ("n_articles", "n_words", "n_sources", "n_unknown", "n_undated", "first_day", "last_day",
         "effective_sources"),
    ),
    Section("What stands out", "findings", ("finding", "robust", "caution", "n", "q")),
    Section(
        "The brief", "brief", ("part", "sentence", "note", "carried_by", "source", "date"),
        MOST_QUOTED, "sentence", chosen=_told,
    ),
    Section(
        "When the articles came", "coverage", ("period", "n_articles"), 400, figure="columns",
        derived="+sum(n_articles)by(period)", chosen=_by_period,
    ),
    Section(
        "The story so far", "timeline",
        ("date", "tense", "sentence", "source", "published", "n_sources"), MOST_QUOTED, "sentence",
        options={"told": 30},
    ),
    Section(
        "Stories", "story_list",
        ("label", "n_articles", "n_sources", "n_effective", "first", "last"),
    ),
    Section(
        "Topics", "topics",
        ("label", "share", "ci_low", "ci_high", "n_words", "n_passages", "reliability_word"),
        percent=("share", "ci_low", "ci_high"), figure="bars",
        title_of=lambda table: findings.topics(table).title,
    ),
    Section(
        "Topics by source", "source_topics",
        ("source", "topic_id", "share", "ci_low", "ci_high", "share_rest", "n_words", "n_articles"),
        200, percent=("share", "ci_low", "ci_high", "share_rest"),
    ),
    Section(
        "Words that lean to a source", "keyness",
        ("source", "term", "log_odds", "ci_low", "ci_high", "q", "n_group", "n_rest", "df_group"),
        120, chosen=_beyond_chance,
    ),
    Section(
        "Who is quoted", "speakers",
        ("speaker", "role", "source", "n_articles", "n_quotes", "n_indirect", "n_sources"),
    ),
    Section(
        "What they say", "quotes", ("speaker", "quote", "source", "date", "verb", "kind"),
        MOST_QUOTED, "quote",
    ),
    Section(
        "Figures", "figures", ("text", "value", "unit", "about", "source", "date", "status"),
        MOST_QUOTED, "text",
    ),
    Section(
        "Articles", "articles",
        ("title", "source", "date", "date_basis", "n_words", "language", "url", "article_id"),
        MOST_ARTICLES,
    ),
)  # fmt: skip
