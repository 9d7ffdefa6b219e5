"""Figures of a scope: each with its sentence, and those of several sources side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.article_figures import FigureRows, figure_rows
from dashboard.index.counts.article_sentences import article_sentences
from dashboard.index.index import Index
from dashboard.index.layers.figures import NO_DAY
from dashboard.measures.columns import (
    ARTICLE_ID,
    DATE,
    FIRST,
    MOST,
    PASSAGE_ID,
    SOURCE,
    SOURCE_ID,
)
from dashboard.measures.events.stories import STORY_ID
from dashboard.measures.figures.grouping import (
    ALONE,
    STATUSES,
    Grouped,
    Origins,
    group_figures,
)
from dashboard.measures.registry import Option, one_of, table
from dashboard.scope import Scope
from dashboard.text.figures.surroundings import ABOUT, AT_LEAST, AT_MOST, DIRECTIONS, RECORD
from dashboard.text.figures.units import KINDS

METHOD = """
Numbers with a unit, found by rules and lists of words, in English and German articles; the others
have none here. Years, ages, scores, dates, addresses and numbers that name something (Flight 370,
the 14th Amendment) are not figures. Figures of two sources belong together when kind and unit are
the same and their sentences share words. They **agree** when the values are equal at the coarser
precision and the periods are compatible. That takes three shared words, of which what is counted
is one; two where the value is specific (an odd percentage, 1,000 or more); four or five where it
is small, a length of time or a rank; one less for money and shares of the same thing, one more
where a value is rounded. Across stories it takes two words more, at least four, and articles at
most two days apart. They are **close** within a tenth, or where one leaves the other open (“more
than 200” and 212). **Different figures, check**: the same thing counted on the same day or of the
same stated period, three shared words, other values, and neither article has the other’s value. It
is not called a contradiction, because both may be right about something a little different. **Later
figure**: the same, of another period, or in an article of another day. What happens to what is
counted must not differ in any group (killed and wounded, won and lost, spent and raised); where the
values differ, neither may be what is needed, expected or asked for, a whole, or the rest besides
some while the other isn’t, nor may one be of several places, or what another number is held against
(“since an attack that killed 150”), while the other isn’t, nor may each have a name beside it that
isn’t around the other; and a stated year must not be more than a year from the other’s article.
A rate is another unit: miles an hour are no miles. Copies of one text count as one voice, and so do
sources that have the sentence word for word: **same wording** is what has no other. How often this
is right was judged by hand: docs/figures.md.
"""
_QUALIFIERS = {ABOUT: "about", AT_LEAST: "at least", AT_MOST: "at most", RECORD: "record"}
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class ScopeFigures:
    """The figures of a scope, with how they are grouped. ``order``: all that are in groups, group
    by group, those of most sources first; ``first`` (n_groups + 1,) where each begins;
    ``n_sources`` (n_figures,) how many the group of each has, one wording counted once."""

    rows: FigureRows
    grouped: Grouped
    story: NDArray[np.int64]
    order: NDArray[np.int64]
    first: NDArray[np.int64]
    n_sources: NDArray[np.int64]


@lru_cache(maxsize=8)
def scope_figures(index: Index, scope: Scope) -> ScopeFigures:
    """Raises ``MissingLayer``."""
    rows = figure_rows(index, scope.article_mask(index))
    days = index.days.astype("datetime64[D]").astype(np.int64)
    days = np.where(np.isnat(index.days), NO_DAY, days)
    story_of = np.asarray(index.layer("stories").joint["story_of"], np.int64)
    copy = np.asarray(index.layer("copies").joint["copy_group"], np.int64)
    source = np.asarray(index.source_of, np.int64)
    article = rows.article
    grouped = group_figures(
        rows, Origins(source[article], days[article], story_of[article], copy[article])
    )
    story = story_of[article]
    n_sources = _sources_of_groups(rows, grouped, source[article])
    order, first = _in_order(grouped, n_sources, story)
    return ScopeFigures(rows, grouped, story, order, first, n_sources)


def _sources_of_groups(
    rows: FigureRows, grouped: Grouped, source: NDArray[np.int64]
) -> NDArray[np.int64]:
    """(n_figures,) the sources of the group of each, those that share a wording counted once."""
    wording = np.asarray(rows["wording"], np.int64)
    # Who has no wording to compare speaks for itself.
    text = np.where(wording == 0, -1 - np.arange(len(rows)), wording)
    _, first, which = np.unique(
        np.stack([grouped.group, text]), axis=1, return_index=True, return_inverse=True
    )
    voice = source[first[which.ravel()]]
    pairs = np.unique(np.stack([grouped.group, voice]), axis=1)
    counts: NDArray[np.int64] = np.bincount(pairs[0], minlength=len(rows))[grouped.group]
    return counts


def _in_order(
    grouped: Grouped, n_sources: NDArray[np.int64], story: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The figures in groups: the stories with the most groups first, in each what most sources say;
    and where each group begins."""
    together = np.flatnonzero(grouped.status != ALONE)
    group = grouped.group[together]
    of = story[group]
    heads = np.unique(group)
    n_groups = np.bincount(story[heads], minlength=int(story.max(initial=0)) + 1)[of]
    keys = (together, group, -grouped.status[together], -n_sources[together], of, -n_groups)
    order = together[np.lexsort(keys)]
    first = np.flatnonzero(np.diff(grouped.group[order], prepend=-1, append=-1))
    return order, first.astype(np.int64)


@dataclass(frozen=True)
class FigureCounts:
    """How many ``figures`` and ``groups`` a scope has, how many figures are ``alone``, groups by
    status, and the articles ``without`` a figure (positions, in order of date)."""

    figures: int
    groups: int
    alone: int
    by_status: dict[str, int]
    without: NDArray[np.int64]


def figure_counts(index: Index, scope: Scope) -> FigureCounts:
    """Raises ``MissingLayer``."""
    found = scope_figures(index, scope)
    heads = found.order[found.first[:-1]]
    counts = np.bincount(found.grouped.status[heads], minlength=len(STATUSES)).tolist()
    has = np.zeros(index.n_articles, bool)
    has[found.rows.article] = True
    left = scope.article_mask(index) & ~has
    return FigureCounts(
        len(found.rows),
        len(heads),
        len(found.rows) - len(found.order),
        dict(zip(STATUSES, counts, strict=True)),
        index.by_date[left[index.by_date]],
    )


#: The statuses of groups, by the words for them in the link and on the command line.
ASKED = {
    "agree": "agree",
    "check": "different figures, check",
    "later": "later figure",
    "close": "close",
    "same": "same wording",
}


STATUS = Option(
    "status", "--status", "WHICH", "only groups that `agree`, are to `check`, `later` or `close`, "
    "or have the `same` wording",
    one_of(ASKED),
)  # fmt: skip
COLUMNS = {
    "article_id": ARTICLE_ID,
    "passage_id": PASSAGE_ID,
    **SOURCE_ID,
    "source": SOURCE,
    "date": DATE,
    "sentence": "number of its sentence in the article, from 1",
    "text": "the figure, as written",
    "value": "the number; the lower end of a range",
    "high": "the upper end of a range; otherwise the same number",
    "unit": "currency (ISO 4217), `%`, a measure, or what is counted; a rate is another unit: "
    "`mph`, `USD a gallon`, `people a day`, `death a 100,000`",
    "kind": "`money`, `percent`, `points`, `count`, `duration`, `measure`, `multiple` or `rank`",
    "about": "words beside it that say what it is of; null: none found",
    "period": "the days it is of, `2023-01-01/2023-12-31`; null: none stated",
    "direction": "`up` or `down`, with `by`, `to` or `from`; null: neither",
    "qualifier": "`about`, `at least`, `at most`, `record`; null: none",
    "stated_by": "who says it in this sentence; null: the article itself",
    "status": "`agree`, `close`, `different figures, check`, `later figure`, `same wording` (all "
    "have one sentence) or `alone`",
    "n_sources": "sources of its group, those that have a sentence word for word counted once",
    "group_id": "id of the figures it belongs with; null: alone",
    "story_id": STORY_ID,
    "start": "where it begins in its passage (characters from 0)",
    "end": "where it ends there, this character not included",
    "confidence": "how sure the rule is that this is a figure of that unit, 0 to 1",
    "sentence_text": "its sentence",
    "sentence_start": "where the figure begins in its sentence (characters from 0)",
}


@table(
    "figures",
    row="a figure of the articles in scope: groups first, story by story, then those that stand "
    "alone",
    columns=COLUMNS,
    options=[FIRST, MOST],
    method=METHOD,
)
def figures(index: Index, scope: Scope, first: int = 0, most: int | None = None) -> pd.DataFrame:
    """The figures in scope, ``most`` of them after the ``first``. Raises ``MissingLayer``."""
    found = scope_figures(index, scope)
    alone = np.flatnonzero(found.grouped.status == ALONE)
    chosen = np.concatenate([found.order, alone])[first:][:most]
    return figures.frame(_read(index, found, chosen))


@table(
    "figure_groups",
    row="a figure that belongs with one of another source, group by group",
    columns=COLUMNS,
    options=[FIRST, MOST, STATUS],
    method=METHOD,
)
def figure_groups(
    index: Index, scope: Scope, first: int = 0, most: int | None = None, status: str = ""
) -> pd.DataFrame:
    """All figures of the groups in scope, of ``most`` groups after the ``first``; ``status``: one
    of ``ASKED``, the groups that have it. Raises ``MissingLayer``."""
    found = scope_figures(index, scope)
    starts, ends = found.first[:-1], found.first[1:]
    if status:
        asked = found.grouped.status[found.order[starts]] == STATUSES.index(ASKED[status])
        starts, ends = starts[asked], ends[asked]
    starts, ends = (each[first:][:most] for each in (starts, ends))
    spans = [found.order[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    chosen = np.concatenate([found.order[:0], *spans])
    return figure_groups.frame(_read(index, found, chosen))


def _read(index: Index, found: ScopeFigures, chosen: NDArray[np.int64]) -> list[tuple[Any, ...]]:
    """Rows of a table, with the text of passages: one article is read once."""
    rows = found.rows
    articles, inverse = np.unique(rows.article[chosen], return_inverse=True)
    table_rows = index.article_rows(articles, ["article_id", "source_id", "source", "date"])
    about = list(table_rows.itertuples(index=False, name=None))
    texts: dict[int, tuple[list[str], list[tuple[int, int]]]] = {}
    for place in range(len(articles)):
        position = int(articles[place])
        spans = [span for own in article_sentences(index, position) for span in own]
        texts[place] = index.passages(position), spans
    ids, groups = index.layer("stories").joint["story_id"], _group_ids(index, found, chosen)
    made: list[tuple[Any, ...]] = []
    for i, place in zip(chosen.tolist(), inverse.ravel().tolist(), strict=True):
        article_id, source_id, source, day = about[place]
        passages, spans = texts[place]
        number, sentence = int(rows.passage[i]), int(rows["sentence"][i])
        text = passages[number]
        start, end = int(rows["start"][i]), int(rows["end"][i])
        a, b = spans[sentence]
        status = int(found.grouped.status[i])
        made.append(
            (article_id, f"{article_id}-{number + 1:03d}", source_id, source, day, sentence + 1,
             text[start:end], float(rows["low"][i]), float(rows["high"][i]),
             rows.units[rows.unit[i]], KINDS[int(rows["kind"][i])], _cut(text, rows["about"][i]),
             _period(int(rows["first_day"][i]), int(rows["last_day"][i])),
             DIRECTIONS[int(rows["direction"][i])] or None, _qualifier(int(rows["qualifier"][i])),
             _cut(text, rows["said"][i]), STATUSES[status], int(found.n_sources[i]),
             groups.get(int(found.grouped.group[i])), ids[found.story[i]].decode("ascii"),
             start, end,
             float(rows["confidence"][i]) / 100, text[a:b],
             start - a)
        )  # fmt: skip
    return made


def _group_ids(index: Index, found: ScopeFigures, chosen: NDArray[np.int64]) -> dict[int, str]:
    """The id of each group by its first figure: where that stands."""
    heads = np.unique(found.grouped.group[chosen[found.grouped.status[chosen] != ALONE]])
    rows = found.rows
    names = index.article_rows(rows.article[heads], ["article_id"])["article_id"]
    places = zip(rows.passage[heads].tolist(), rows["start"][heads].tolist(), strict=True)
    return {
        head: f"{name}-{passage + 1:03d}-{start}"
        for head, name, (passage, start) in zip(heads.tolist(), names, places, strict=True)
    }


def _cut(text: str, span: Any) -> str | None:
    start, end = int(span[0]), int(span[1])
    return text[start:end] or None


def _period(first: int, last: int) -> str | None:
    if first == NO_DAY:
        return None
    a, b = _EPOCH + timedelta(days=first), _EPOCH + timedelta(days=last)
    return a.isoformat() if a == b else f"{a.isoformat()}/{b.isoformat()}"


def _qualifier(bits: int) -> str | None:
    return ", ".join(word for bit, word in _QUALIFIERS.items() if bits & bit) or None
