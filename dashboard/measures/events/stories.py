"""Stories: articles about the same event, who carried each, and who did not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import n_families
from dashboard.index.counts.independence import effective_sources
from dashboard.index.counts.story_labels import story_labels
from dashboard.index.index import Index
from dashboard.index.layers.stories import ALONE, BY_TEXT, MAYBE, SAME
from dashboard.measures.columns import ARTICLE_ID, DATE, FIRST, MOST, SOURCE, SOURCE_ID
from dashboard.measures.registry import Option, table
from dashboard.scope import Scope

METHOD = """
Articles are about the **same story** when their words are more alike than chance and the affair
they belong to explain, and their dates are near. Headlines, names and numbers count more. What is
usual is taken from the corpus itself: from each article's likeness to the others, and from pairs of
articles as like whose dates are a week or two apart, which can't be about one event. **Perhaps**
marks articles whose place in a story is less sure; articles without a date are placed by their
words alone, and say so. Where one half of a group shares names and numbers that the other half
never has, these are two stories, however alike. Copies of one text are always in one story.
"""
STORY_ID = "id of the story, for links and `--story`"
#: What an article's place in its story stands on, by the bits of the layer.
BASES = {
    ALONE: "alone",
    SAME: "same story",
    MAYBE: "perhaps",
    SAME | BY_TEXT: "same story, by text only",
    MAYBE | BY_TEXT: "perhaps, by text only",
}
_SMALLEST = 2


@dataclass(frozen=True)
class StoryGroups:
    """The articles in scope, story by story: ``articles`` (positions, in order of date within a
    story), ``first`` (n_stories + 1,) where each story begins, and ``story`` its position among
    the stories of the index; those with the most articles and sources first."""

    articles: NDArray[np.int64]
    first: NDArray[np.int64]
    story: NDArray[np.int64]
    n_sources: NDArray[np.int64]

    def of(self, i: int) -> NDArray[np.int64]:
        """The articles of the story at place ``i``."""
        return self.articles[self.first[i] : self.first[i + 1]]


@lru_cache(maxsize=8)
def story_groups(index: Index, scope: Scope, smallest: int = _SMALLEST) -> StoryGroups:
    """The stories with at least ``smallest`` articles in scope. Raises ``MissingLayer``."""
    story_of = index.layer("stories").joint["story_of"]
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    chosen = chosen[np.argsort(story_of[chosen], kind="stable")]
    own = story_of[chosen]
    first = np.flatnonzero(np.diff(own, prepend=-1))
    sizes = np.diff(first, append=len(own))
    known = index.source_of[chosen] >= 0
    pairs = np.unique(
        np.stack([own[known], index.source_of[chosen][known]]).astype(np.int64), axis=1
    )
    n_sources = np.bincount(pairs[0], minlength=int(own.max(initial=-1)) + 1)[own[first]]
    # Equally large ones: the latest first.
    order = np.lexsort((-first_place(index)[chosen[first]], -n_sources, -sizes))
    order = order[sizes[order] >= smallest]
    parts = [chosen[first[i] : first[i] + sizes[i]] for i in order.tolist()]
    return StoryGroups(
        np.concatenate([np.zeros(0, np.int64), *parts]),
        np.concatenate([[0], np.cumsum(sizes[order])]).astype(np.int64),
        own[first[order]].astype(np.int64),
        n_sources[order].astype(np.int64),
    )


def first_place(index: Index) -> NDArray[np.int64]:
    """(n_articles,) the place of each article in order of date."""
    place = np.empty(index.n_articles, dtype=np.int64)
    place[index.by_date] = np.arange(index.n_articles)
    return place


@table(
    "stories",
    row="an article in scope, story by story, the largest stories first",
    columns={
        "story_id": STORY_ID,
        "article_id": ARTICLE_ID,
        **SOURCE_ID,
        "source": SOURCE,
        "date": DATE,
        "label": "what the story is called: a headline of one of its articles, or a name given "
        "by hand; null: no article has a headline",
        "basis": "`same story`, `perhaps`, either with `, by text only` where the article is "
        "undated, or `alone`: a story of one article",
        "title": "headline of the article; null: none",
    },
    options=[FIRST, MOST],
    method=METHOD,
)
def stories(index: Index, scope: Scope, first: int = 0, most: int | None = None) -> pd.DataFrame:
    """The articles in scope by story, in a story by date; at most ``most`` after the first
    ``first``. Raises ``MissingLayer``."""
    groups = story_groups(index, scope, 1)
    last = None if most is None else first + most
    chosen = groups.articles[first:last]
    joint = index.layer("stories").joint
    own = joint["story_of"][chosen]
    rows = index.article_rows(chosen, ["article_id", "source_id", "source", "date", "title"])
    labels = story_labels(index, tuple(np.unique(own).tolist()))
    ids = joint["story_id"]
    rows["story_id"] = [ids[story].decode("ascii") for story in own.tolist()]
    rows["label"] = [labels[story] for story in own.tolist()]
    rows["basis"] = [BASES[basis] for basis in joint["basis"][chosen].tolist()]
    return stories.frame(rows[[*stories.columns]])


SMALLEST = Option(
    "smallest",
    "--smallest",
    "N",
    "stories with fewer articles in scope are left out (2)",
    read=int,
)


@table(
    "story_list",
    row="a story with at least two articles in scope, the largest first",
    columns={
        "story_id": STORY_ID,
        "label": "what it is called: see `stories`",
        "n_articles": "articles in scope",
        "n_sources": "known sources of these",
        "n_effective": "how many independent sources these amount to, by their families and the "
        "text these share: see `effective_sources` in `summary`",
        "first": "day of the first dated article (YYYY-MM-DD); null: none is dated",
        "last": "day of the last; null: none",
        "n_undated": "articles without a date, placed by their words alone",
        "n_perhaps": "articles whose place in the story is less sure",
        "n_families": "families of these sources: see `families`",
    },
    options=[FIRST, MOST, SMALLEST],
    method=METHOD,
)
def story_list(
    index: Index, scope: Scope, first: int = 0, most: int | None = None, smallest: int = _SMALLEST
) -> pd.DataFrame:
    """The stories of the articles in scope, at most ``most`` after the first ``first``. Raises
    ``MissingLayer``."""
    groups = story_groups(index, scope, smallest)
    last = len(groups.story) if most is None else min(first + most, len(groups.story))
    places = range(min(first, last), last)
    shown = groups.story[first:last].tolist()
    labels = story_labels(index, tuple(shown))
    joint = index.layer("stories").joint
    rows = []
    for i, story in zip(places, shown, strict=True):
        own = groups.of(i)
        days = index.days[own]
        dated = days[~np.isnat(days)]
        kinds = joint["basis"][own] & (SAME | MAYBE)
        rows.append(
            (joint["story_id"][story].decode("ascii"), labels[story], len(own),
             int(groups.n_sources[i]), round(effective_sources(index, own), 2),
             str(dated.min()) if len(dated) else None, str(dated.max()) if len(dated) else None,
             len(own) - len(dated), int((kinds == MAYBE).sum()),
             n_families(index, own))
        )  # fmt: skip
    return story_list.frame(rows)


CARRIED, ABSENT = "carried", "not in this corpus"
_AROUND = np.timedelta64(3, "D")  # before the first and after the last report
_PUBLISHING, _SUCH = 3, 3  # articles of a source in those days, and on the story's topic
_STORIES_SHOWN = 50

COVERAGE_METHOD = """
A gap is claimed only where the source had the chance: it has at least three articles from three
days before the first report of the story to three days after the last, and at least three on the
story's main topic, whenever. It says that this corpus has no article, not that the source had
none. Stories without a date, and sources of one story alone, have no gaps.
"""


@table(
    "coverage_matrix",
    row="a story and a source that carried it, or had the chance to",
    columns={
        "story_id": STORY_ID,
        "label": "what the story is called: see `stories`",
        "source": "name of the source; articles of unknown source are left out",
        "n_articles": "articles of the source in the story, in scope",
        "state": "`carried`, or `not in this corpus`: the source had the chance",
        "first": "day of its first dated article on it (YYYY-MM-DD); null: none",
        "source_id": "id of the source, for links and `--source`",
    },
    options=[FIRST, MOST],
    method=COVERAGE_METHOD,
)
def coverage_matrix(
    index: Index, scope: Scope, first: int = 0, most: int | None = _STORIES_SHOWN
) -> pd.DataFrame:
    """The largest stories in scope by source, at most ``most`` of them after the first ``first``.
    Raises ``MissingLayer``."""
    groups = story_groups(index, scope)
    last = len(groups.story) if most is None else min(first + most, len(groups.story))
    shown = groups.story[first:last].tolist()
    labels = story_labels(index, tuple(shown))
    ids = index.layer("stories").joint["story_id"]
    mask = scope.article_mask(index)
    rows: list[tuple[Any, ...]] = []
    for i, story in zip(range(min(first, last), last), shown, strict=True):
        own = groups.of(i)
        counts = np.bincount(index.source_of[own] + 1, minlength=len(index.sources) + 1)[1:]
        absent = (counts == 0) & had_the_chance(index, mask, own)
        days = index.days[own]
        for source in np.flatnonzero((counts > 0) | absent).tolist():
            mine = days[(index.source_of[own] == source) & ~np.isnat(days)]
            rows.append(
                (ids[story].decode("ascii"), labels[story], index.sources[source].name,
                 int(counts[source]), ABSENT if absent[source] else CARRIED,
                 str(mine.min()) if len(mine) else None, index.sources[source].source_id)
            )  # fmt: skip
    return coverage_matrix.frame(rows)


def had_the_chance(
    index: Index, mask: NDArray[np.bool_], articles: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """(n_sources,) sources that were publishing in the days of these articles of a story, and that
    carry articles on its topic; of those in ``mask``."""
    n = len(index.sources)
    days = index.days[articles]
    dated = days[~np.isnat(days)]
    topic = main_topics(index)
    topics = topic[articles][topic[articles] >= 0]
    if not len(dated) or not len(topics):
        return np.zeros(n, dtype=bool)
    known = mask & (index.source_of >= 0)
    near = known & (index.days >= dated.min() - _AROUND) & (index.days <= dated.max() + _AROUND)
    such = known & (topic == np.bincount(topics).argmax())
    return np.asarray(
        (np.bincount(index.source_of[near], minlength=n) >= _PUBLISHING)
        & (np.bincount(index.source_of[such], minlength=n) >= _SUCH)
    )


@lru_cache(maxsize=4)
def main_topics(index: Index) -> NDArray[np.int64]:
    """(n_articles,) the topic, of the default cut, that has most of each article's words; -1 for
    Other."""
    cut = index.cut()
    order = np.lexsort((-index.slice_words, index.slice_article))
    articles, first = np.unique(index.slice_article[order], return_index=True)
    found = np.full(index.n_articles, -1, dtype=np.int64)
    found[articles] = cut.slice_topic[order[first]]
    is_other = np.asarray([topic.node < 0 for topic in cut.topics] + [True])
    return np.where(is_other[found], -1, found)
