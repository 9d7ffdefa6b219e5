"""The table of what the articles of each source are like."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.article_figures import figure_rows
from dashboard.index.counts.grouped import grouped, ungrouped
from dashboard.index.counts.voice_rows import voice_rows
from dashboard.index.index import Index
from dashboard.measures.columns import BY, KNOWN_SOURCE, KNOWN_SOURCE_ID
from dashboard.measures.profile.readability import reading_ease
from dashboard.measures.registry import table
from dashboard.measures.statistics.inference import wilson_interval
from dashboard.scope import Scope

ARTICLES, WORDS, EASE = "articles", "words", "reading ease"
QUOTING, FIGURES, COPIES = "with a direct quotation", "with a figure", "copied"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOUR_KNOWN = "with an hour"
HOURS = tuple(f"{hour:02d}:00" for hour in range(24))
SHARES = (QUOTING, FIGURES, COPIES, *DAYS, HOUR_KNOWN, *HOURS)
#: Traits that need a layer.
LAYER_OF = {QUOTING: "voices", FIGURES: "figures", COPIES: "copies", EASE: "sentences"}

METHOD = """
Articles are the units: a share is that of articles that have it, with Wilson's 95 % interval.
**Words** and **reading ease** are medians over articles. Reading ease is Flesch's (1948), of
English articles only: 100 is very easy, 30 hard; syllables are counted by a rule of thumb, so
compare sources rather than trust the number. Direct quotations are looked for in English articles,
figures in English and German ones; `n` says how many were read. **Copied**: some other article in
the corpus is the same, or shares at least half of the shorter one's text. Weekdays are of articles
with a date. **Hours** are of articles whose date has one, which `with an hour` counts: as it is
written, in whatever time zone (numbers of seconds in UTC). Midnight sharp counts as no hour, as
that is how programs write a day. An index that was built by an earlier version knows no hours.
"""


class _Trait(NamedTuple):
    name: str
    read: NDArray[np.bool_]  # of the articles in scope
    value: NDArray[np.float64]  # of each: 1 or 0 for a share

    def at(self, places: NDArray[np.int64]) -> _Trait:
        """Of the articles at these places."""
        return _Trait(self.name, self.read[places], self.value[places])


@table(
    "source_profile",
    row="a known source and what is said of its articles",
    columns={
        "source": KNOWN_SOURCE,
        "trait": "`articles`, `words`, `reading ease`, `with a direct quotation`, `with a figure`, "
        "`copied`, a weekday, `with an hour`, or an hour, `00:00` to `23:00`",
        "value": "number of articles; median of words or reading ease; otherwise share (0 to 1); "
        "null: nothing to read",
        "ci_low": "lower end of the 95 % interval of a share (0 to 1)",
        "ci_high": "upper end of it (0 to 1)",
        "n": "articles that it is said of",
        **KNOWN_SOURCE_ID,
    },
    options=[BY],
    method=METHOD,
)
def source_profile(index: Index, scope: Scope, by: str = "") -> pd.DataFrame:
    """What the articles of each known source in scope are like, the sources with the most articles
    first. A trait whose layer the index lacks is left out. A topic filter chooses articles, and
    they count as a whole. Without a known source: no rows."""
    index = grouped(index, by)
    articles = np.flatnonzero(scope.article_mask(index) & (index.source_of >= 0))
    source = index.source_of[articles].astype(np.int64)
    n_of = np.bincount(source, minlength=len(index.sources))
    order = np.argsort(-n_of, kind="stable")[: int((n_of > 0).sum())]
    by_source = np.argsort(source, kind="stable")
    ends = np.cumsum(n_of)
    traits = [each.at(by_source) for each in _traits(index, scope, articles)]
    rows = []
    for number in order.tolist():
        own = slice(ends[number] - n_of[number], ends[number])
        name, source_id = index.source_names[number], index.source_ids[number]
        for trait in traits:
            said = _said(trait.name, trait.value[own][trait.read[own]])
            rows.append((name, trait.name, *said, source_id))
    return source_profile.frame(rows)


def _said(trait: str, chosen: NDArray[np.float64]) -> tuple[float, float, float, int]:
    """Value, both ends of its interval, n."""
    n = len(chosen)
    if trait == ARTICLES:
        return float(n), math.nan, math.nan, n
    if not n:
        return math.nan, math.nan, math.nan, 0
    if trait not in SHARES:
        return float(np.median(chosen)), math.nan, math.nan, n
    share = float(chosen.mean())
    low, high = wilson_interval(share, n)
    return share, float(low), float(high), n


def _traits(index: Index, scope: Scope, articles: NDArray[np.int64]) -> Iterator[_Trait]:
    there, every = index.layer_versions, np.ones(len(articles), dtype=bool)
    base = ungrouped(index)
    yield _Trait(ARTICLES, every, every.astype(float))
    yield _Trait(WORDS, every, index.article_words[articles].astype(float))
    if LAYER_OF[EASE] in there:
        ease = reading_ease(base)[articles]
        yield _Trait(EASE, np.isfinite(ease), ease)
    if LAYER_OF[QUOTING] in there:
        voices = voice_rows(base)
        quoting = np.zeros(index.n_articles, dtype=bool)
        quoting[voices.rows.loc[voices.rows["kind"] == "direct", "article"].to_numpy()] = True
        yield _Trait(QUOTING, voices.read[articles], quoting[articles].astype(float))
    if LAYER_OF[FIGURES] in there:
        chosen = np.zeros(index.n_articles, dtype=bool)
        chosen[articles] = True
        has = np.zeros(index.n_articles, dtype=bool)
        has[figure_rows(base, chosen).article] = True
        yield _Trait(
            FIGURES, _in_languages(base, ("en", "de", "", "unknown"))[articles], has[articles] + 0.0
        )
    if LAYER_OF[COPIES] in there:
        group = index.layer("copies").joint["copy_group"].astype(np.int64)
        in_scope = group[scope.article_mask(index)]
        members = np.bincount(in_scope[in_scope >= 0], minlength=int(group.max(initial=0)) + 1)
        copied = (group >= 0) & (members[np.maximum(group, 0)] > 1)
        yield _Trait(COPIES, every, copied[articles].astype(float))
    days = index.days[articles]
    dated = ~np.isnat(days)
    # 1970-01-01 was a Thursday.
    weekday = (np.where(dated, days, np.datetime64(0, "D")).astype("int64") + 3) % 7
    for number, name in enumerate(DAYS):
        yield _Trait(name, dated, (weekday == number).astype(float))
    hours = np.concatenate(
        [np.zeros(0, np.int8), *(segment.articles.hours for segment in base.segments)]
    )[articles]
    known = hours >= 0
    yield _Trait(HOUR_KNOWN, every, known.astype(float))
    for number, name in enumerate(HOURS):
        yield _Trait(name, known, (hours == number).astype(float))


def _in_languages(index: Index, codes: tuple[str, ...]) -> NDArray[np.bool_]:
    """(n_articles,) which articles are in these languages."""
    parts = [np.zeros(0, dtype=bool)]
    for segment in index.segments:
        column = segment.articles.column("language")
        parts.append(np.asarray([code in codes for code in column], dtype=bool))
    return np.concatenate(parts)
