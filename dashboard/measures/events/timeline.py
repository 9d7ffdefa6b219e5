"""The story so far: dated statements in order of date, and how many there are over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.article_sentences import article_sentences
from dashboard.index.index import Index
from dashboard.measures.columns import ARTICLE_ID, FIRST, MOST, PASSAGE_ID, SOURCE, SOURCE_ID
from dashboard.measures.events.entries import Entries, entries_of
from dashboard.measures.registry import Option, table
from dashboard.scope import Scope
from dashboard.text.dates.around import BASES
from dashboard.text.dates.spans import GRANULARITIES

MOST_SENTENCES = 8  # of an entry that are read

METHOD = """
A sentence enters when it is whole, has a finite verb, and dates what it tells; a date that it only
compares with (“than a year ago”) is not an event, nor is one of what lies behind it (“the first
since his election in March”, “under a 1996 law”). The date is what the
words say, as finely as they say it: a year stays a year. “On Thursday” and “last year” are read by
the article’s own date; of a month without a year the tense decides which one is meant. An undated
article gives only what states its year.

Sentences on one date that share their rarer words (cosine of word weights ≥ 0.38, at least three
words) are one entry; so are entries that do in the sum of their words (≥ 0.42). Where the date is a
season, a year or longer, they must share rare words besides names. Entries are ranked by the
sources that tell them, a copied sentence counted once and what lies far from the articles’ own
dates less; then by how early the sentence stands and how fine the date is. **Plan**: it was ahead
when each of its articles appeared. **Alleged**: the sentence says that somebody is accused of what
is dated, or claims it. A topic filter chooses articles. Of more than 40,000 statements, those on
the dates told most are read.
"""

#: Of the entries in order of date: how many of the most told.
MOST_TOLD = Option(
    "told", "--told", "N", "only the N entries told most, in order of date; all without it", int
)
WHEN, PLANS = Option("when"), Option("plans")


@table(
    "timeline",
    row="a dated statement, by date; those about one event together, the one that tells most first",
    columns={
        "entry_id": "the event: statements with one id tell the same",
        "date": "what the words say: `2024-05-16`, `2024-W20`, `2024-W20-WE` (a weekend), "
        "`2024-05`, `2024-Q2`, `2024-SU` (a season), `2024-H1`, `2024`, `202` (a decade), `20` (a "
        "century), or two of them with `/` between",
        "granularity": "how fine that is: `day`, `week`, `month`, `year` and others",
        "tense": "`past`; `plan`: ahead when the article appeared; or `alleged`: the sentence only "
        "says that somebody is accused of it or claims it",
        "sentence": "the statement, as it stands in the text",
        "article_id": ARTICLE_ID,
        "source": SOURCE,
        "basis": "how the date is known: `stated`, `by the article's date` or "
        "`by a date in the text`",
        "words": "the words that say when",
        "words_start": "where they begin in the sentence (characters from 0)",
        "passage_id": PASSAGE_ID,
        "start": "where the sentence begins in its passage (characters from 0)",
        "end": "where it ends there, this character not included",
        "published": "day of publication of the article (YYYY-MM-DD); null: undated",
        "n_sources": "different sources that tell the event, a copied sentence counted once",
        "n_articles": "different articles that do",
        **SOURCE_ID,
    },
    options=[MOST_TOLD, WHEN, PLANS, FIRST, MOST],
    method=METHOD,
)
def timeline(
    index: Index,
    scope: Scope,
    told: int | None = None,
    when: str | None = None,
    plans: bool | None = None,
    first: int = 0,
    most: int | None = None,
) -> pd.DataFrame:
    """The ``told`` entries told most, those that begin in the year or month ``when``, those that
    are ``plans`` or not, and of these ``most`` after the first ``first``. Each has its first
    ``MOST_SENTENCES`` statements, one of an article. No rows for a scope without dates. Raises
    ``MissingLayer``."""
    entries = entries_of(index, scope)
    chosen = _chosen(entries, told, when)
    if plans is not None:
        chosen = chosen[entries.is_plan[chosen] == plans]
    chosen = chosen[first : None if most is None else first + most]
    reader = _StatementReader(index, entries)
    return timeline.frame(reader.rows(chosen.tolist()))


def _chosen(entries: Entries, told: int | None, when: str | None) -> NDArray[np.int64]:
    """Entries in order of date: the most told, of those that begin in a year or a month."""
    chosen = np.arange(len(entries)) if told is None else entries.most_told(told)
    if when:
        days = entries.first_day[chosen]
        begins = np.datetime_as_string(days, unit="M" if "-" in when else "Y")
        chosen = chosen[begins == when]
    return chosen


@table(
    "timeline_periods",
    row="a year or a month in which entries of the timeline begin",
    columns={
        "period": "the year, or where they are few years the month",
        "n_past": "entries that were past when told",
        "n_plans": "entries that were ahead when told",
        "n_alleged": "of those that were past, the ones that half of their sentences or more only "
        "allege",
    },
    options=[MOST_TOLD],
    method=METHOD,
)
def timeline_periods(index: Index, scope: Scope, told: int | None = None) -> pd.DataFrame:
    """How many entries begin in each period, by time; periods without entries have no row. Months
    where four fifths of the entries fall into three years, else years."""
    entries = entries_of(index, scope)
    chosen = _chosen(entries, told, None)
    days, is_plan = entries.first_day[chosen], entries.is_plan[chosen]
    is_alleged = entries.is_alleged[chosen]
    if not len(chosen):
        return timeline_periods.frame()
    low, high = np.quantile(days.astype(np.int64), [0.1, 0.9])
    starts, of = np.unique(
        days.astype("datetime64[M]" if high - low < 3 * 366 else "datetime64[Y]"),
        return_inverse=True,
    )
    return timeline_periods.frame(
        {
            "period": np.datetime_as_string(starts).astype(object),
            "n_past": np.bincount(of, ~is_plan, len(starts)).astype(np.int64),
            "n_plans": np.bincount(of, is_plan, len(starts)).astype(np.int64),
            "n_alleged": np.bincount(of, is_alleged, len(starts)).astype(np.int64),
        }
    )


@table(
    "timeline_summary",
    row="the timeline of the scope: one row",
    columns={
        "n_past": "entries that were past when told",
        "n_plans": "entries that were ahead when told",
        "n_alleged": "of those that were past, the ones that are only alleged",
        "n_shared": "entries that several sources tell",
        "n_statements": "dated statements",
        "n_read": "those that were read for the entries",
        "first": "year from which most entries are: one in twenty begins earlier; null: no entry",
        "last": "year to which most are: one in twenty begins later; null: no entry",
    },
    method=METHOD,
)
def timeline_summary(index: Index, scope: Scope) -> pd.DataFrame:
    """How much there is in the timeline of a scope; no row for an empty one."""
    if not scope.article_mask(index).any():
        return timeline_summary.frame()
    entries = entries_of(index, scope)
    years = entries.first_day.astype("datetime64[Y]")
    edge = len(years) // 20
    n_plans = int(entries.is_plan.sum())
    row = (
        len(entries) - n_plans,
        n_plans,
        int(entries.is_alleged.sum()),
        int((entries.n_sources > 1).sum()),
        entries.n_found,
        len(entries.columns["article"]),
        int(str(years[edge])) if len(years) else None,
        int(str(years[-1 - edge])) if len(years) else None,
    )
    return timeline_summary.frame([row]).astype({"first": "Int64", "last": "Int64"})


class _StatementReader:
    """Reads the statements of entries; of each article once."""

    def __init__(self, index: Index, entries: Entries) -> None:
        self._index, self._entries = index, entries
        self._texts: dict[int, tuple[list[str], list[list[tuple[int, int]]]]] = {}

    def rows(self, chosen: Sequence[int]) -> list[tuple[Any, ...]]:
        """Those of entries, one entry after the other."""
        entries, columns = self._entries, self._entries.columns
        shown = {entry: self._shown(entry) for entry in chosen}
        read = np.unique([columns["article"][i] for of in shown.values() for i in of]).tolist()
        known = self._index.article_rows(read, ["article_id", "source", "date", "source_id"])
        of_article = dict(zip(read, known.itertuples(index=False), strict=True))
        found = []
        for entry, of in shown.items():
            entry_id = ""
            for i in of:
                article = of_article[int(columns["article"][i])]
                number, start, end, text = self._sentence(i)
                at, to = int(columns["start"][i]), int(columns["end"][i])
                passage_id = f"{article.article_id}-{number + 1:03d}"
                entry_id = entry_id or f"{passage_id}-{at}"
                tense = "alleged" if columns["is_alleged"][i] else "past"
                tense = "plan" if entries.is_plan[entry] else tense
                found.append(
                    (entry_id, date_text(columns, i), GRANULARITIES[columns["granularity"][i]],
                     tense, text[start:end], article.article_id, article.source,
                     BASES[columns["basis"][i]], text[at:to], at - start, passage_id, start, end,
                     article.date, int(entries.n_sources[entry]), int(entries.n_articles[entry]),
                     article.source_id)
                )  # fmt: skip
        return found

    def _shown(self, entry: int) -> list[int]:
        """The first statements of an entry, one of an article."""
        articles, bounds = self._entries.columns["article"], self._entries.bounds
        shown: list[int] = []
        for i in range(int(bounds[entry]), int(bounds[entry + 1])):
            if all(articles[i] != articles[j] for j in shown):
                shown.append(i)
            if len(shown) == MOST_SENTENCES:
                break
        return shown

    def _sentence(self, i: int) -> tuple[int, int, int, str]:
        """Number of the passage, where the sentence begins and ends in it, and its text."""
        position = int(self._entries.columns["article"][i])
        if position not in self._texts:
            self._texts[position] = (
                self._index.passages(position),
                article_sentences(self._index, position),
            )
        passages, spans = self._texts[position]
        number = self._index.segment_number(position)
        segment = self._index.segments[number]
        first = int(segment.arrays["article_passages"][position - segment.first_article])
        offsets = self._index.layer("sentences").segments[number]["first"]
        at = int(np.searchsorted(offsets, self._entries.columns["sentence"][i], "right")) - 1
        start, end = spans[at - first][int(self._entries.columns["sentence"][i] - offsets[at])]
        return at - first, start, end, passages[at - first]


def date_text(columns: dict[str, NDArray[Any]], i: int) -> str:
    """A date as TIMEX3 writes it, from its days and how fine it is."""
    first, last = columns["first_day"][i].item(), columns["last_day"][i].item()
    granularity = GRANULARITIES[columns["granularity"][i]]
    begins, ends = (_value(day.year, day.month, day, granularity) for day in (first, last))
    # A winter ends in another year than it begins in.
    return begins if begins == ends or granularity == "season" else f"{begins}/{ends}"


def _value(year: int, month: int, day: Any, granularity: str) -> str:
    if granularity == "day":
        return str(day.isoformat())
    if granularity in ("week", "weekend"):
        iso = day.isocalendar()
        return f"{iso[0]}-W{iso[1]:02d}" + ("-WE" if granularity == "weekend" else "")
    if granularity == "season":
        return f"{year if month > 2 else year - 1}-{_SEASONS[(month % 12) // 3]}"
    return {
        "month": f"{year:04d}-{month:02d}",
        "quarter": f"{year:04d}-Q{(month + 2) // 3}",
        "half": f"{year:04d}-H{(month + 5) // 6}",
        "year": f"{year:04d}",
        "decade": f"{year // 10:03d}",
        "century": f"{year // 100:02d}",
    }[granularity]


_SEASONS: Sequence[str] = ("WI", "SP", "SU", "FA")
