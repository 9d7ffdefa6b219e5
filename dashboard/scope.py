"""Scope: what is selected. A frozen value that describes itself, masks an index and fits a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.grouped import grouped_by, n_families, ungrouped
from dashboard.index.counts.independence import effective_sources, first_copies
from dashboard.index.counts.own_columns import own_columns, read_where, write_where
from dashboard.index.counts.postings import articles_found
from dashboard.index.counts.story_labels import has_story, story_labels, story_position
from dashboard.index.counts.term_counts import Selection
from dashboard.index.counts.topic_mix import select_slices
from dashboard.index.layers.layer import MissingLayer
from dashboard.text.query import BLANK, UnreadableQuery, parse_query
from dashboard.wording import count, in_quotes, independent, join_words, searched, show_day, whose

if TYPE_CHECKING:
    from dashboard.index.index import Index
    from dashboard.index.topics.cut import TopicCut

SEPARATOR = "~"  # between tokens in a link; no slug holds it
PARAMS = ("src", "topic", "from", "to", "q", "story", "copies", "where")
UNKNOWN_SOURCE = "_"  # stands for the articles whose source is unknown; no slug is it
UNDATED = "undated"  # in the place of a first day: the articles without a date
ONCE = "once"  # value of ``copies``
UNKNOWN_VALUE = "unknown"  # said of the articles without a value of a column


@dataclass(frozen=True)
class Scope:
    """``sources`` and ``topics``: ids, an article needs one of each; none means all. Sources are in
    the order in which they were chosen. ``where``: (column, value) of the user's own columns; of
    each column named an article needs one value, "" stands for none. ``date_from``, ``date_to``:
    days, both included; ``undated``: only the articles without a date. ``query``: see
    ``parse_query``. ``story``: an id. ``n_topics``: into how many topics the text is divided, not
    counting Other; None for the usual number. It filters nothing: it says which topics ``topics``
    are.

    ``copies_once``: where articles are copies of each other (layer ``copies``), only one counts:
    the earliest of those that pass the other filters, on one day the first by file and row, undated
    ones last. Topics then choose passages of what is left.

    Where a mask is asked for, an unreadable query raises ``UnreadableQuery``, and a story or copies
    of an index without that layer raise ``MissingLayer``."""

    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    query: str = ""
    n_topics: int | None = None
    undated: bool = False
    story: str = ""
    copies_once: bool = False
    where: tuple[tuple[str, str], ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is filtered out."""
        return self == Scope(n_topics=self.n_topics)

    def cut(self, index: Index) -> TopicCut:
        """The topics that ``topics`` are chosen from. Raises ``ValueError`` for an ``n_topics``
        that isn't in ``index.nodes.sizes``."""
        return index.cut(self.n_topics)

    def without_topics(self) -> Scope:
        """The scope without its topic filter: what shares of topics are shares of."""
        return replace(self, topics=())

    def over_all_sources(self, index: Index) -> Scope:
        """The scope without its filter of what ``index`` calls sources: see ``GroupedIndex``."""
        column = grouped_by(index)
        rest = tuple(pair for pair in self.where if pair[0] != column)
        return replace(self, where=rest) if column else replace(self, sources=())

    def article_mask(self, index: Index) -> NDArray[np.bool_]:
        """(n_articles,) which articles are in scope: those with at least one selected slice. A
        first or last day leaves out undated articles. Read-only, like :meth:`slice_mask`."""
        return _masks(ungrouped(index), self)[0]

    def slice_mask(self, index: Index) -> NDArray[np.bool_]:
        """(n_slices,) which slices are in scope: on a chosen topic, in an article in scope."""
        return _masks(ungrouped(index), self)[1]

    def topic_positions(self, index: Index) -> list[int]:
        """Positions of the chosen topics in the ``topics`` of :meth:`cut`."""
        return [
            i
            for i, t in enumerate(self.cut(index).topics)
            if not self.topics or t.topic_id in self.topics
        ]

    def selection(self, index: Index) -> Selection:
        """The scope as ``term_counts`` takes it; sources are chosen there."""
        by_more = self.query or self.undated or self.story or self.copies_once or self.where
        days = None if by_more else (_day(self.date_from), _day(self.date_to))
        return Selection(self.article_mask(index), self._leaves(index), days)

    def _leaves(self, index: Index) -> NDArray[np.bool_] | None:
        """(n_leaves + 1,) which leaves are in scope; the last entry stands for text of no leaf.
        None where no topic is chosen."""
        if not self.topics:
            return None
        cut = self.cut(index)
        wanted = np.zeros(len(cut.topics) + 1, dtype=bool)
        wanted[self.topic_positions(index)] = True
        leaves: NDArray[np.bool_] = wanted[cut.of_leaf]
        return leaves

    def mask_apart(self, index: Index, kinds: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
        """:meth:`article_mask`, but with copies counted once in each of ``kinds`` (n_articles,),
        such as sources: what would be in scope if only one kind were chosen."""
        if not self.copies_once:
            return self.article_mask(index)
        every = replace(self, copies_once=False)._mask_by_fields(index)  # noqa: SLF001
        return _on_topics(index, self, first_copies(index, every, kinds))[0]

    def n_copies(self, index: Index) -> int:
        """How many articles are left out as copies."""
        if not self.copies_once:
            return 0
        every = replace(self, copies_once=False).article_mask(index)
        return int(every.sum() - self.article_mask(index).sum())

    def effective_sources(self, index: Index) -> float | None:
        """How many independent sources the known sources in scope amount to; None for an index
        without copies."""
        return _effective(index, self)

    @property
    def chosen_values(self) -> dict[str, list[str]]:
        """``where`` by column."""
        return {name: [v for n, v in self.where if n == name] for name, _ in self.where}

    def _mask_by_fields(self, index: Index) -> NDArray[np.bool_]:
        index, mask = ungrouped(index), np.ones(index.n_articles, dtype=bool)
        if self.sources:
            wanted = np.zeros(len(index.sources) + 1, dtype=bool)  # the last: unknown
            wanted[[i for i, s in enumerate(index.sources) if s.source_id in self.sources]] = True
            wanted[-1] = UNKNOWN_SOURCE in self.sources
            mask &= wanted[index.source_of]
        if self.undated:
            mask &= np.isnat(index.days)
        if self.date_from is not None:
            mask &= index.days >= np.datetime64(self.date_from)  # NaT compares false
        if self.date_to is not None:
            mask &= index.days <= np.datetime64(self.date_to)
        for name, values in self.chosen_values.items():
            column = own_columns(index).get(name)
            mask &= column.mask(values) if column else False
        if self.story:
            story = story_position(index, self.story)
            mask &= index.layer("stories").joint["story_of"] == (-1 if story is None else story)
        if self.query:
            mask &= articles_found(index, self.query)
        return first_copies(index, mask) if self.copies_once else mask

    def describe(self, index: Index) -> str:
        """The scope in words: "3 of 5 articles · 2 sources · 23 Oct 2023 – 16 May 2024"."""
        mask = self.article_mask(index)
        n, total = int(mask.sum()), len(mask)
        known = index.source_of[mask]
        n_sources, n_unknown = len(np.unique(known[known >= 0])), int((known < 0).sum())
        days = index.days[mask]
        dated = days[~np.isnat(days)]
        parts = [
            (f"all {count(total, 'article')}" if total > 1 else count(total, "article"))
            if n == total
            else f"{n:,} of {count(total, 'article')}",
        ]
        known_well = independent(n_sources, self.effective_sources(index), n_families(index, mask))
        parts.append(whose(n_sources, n_unknown, known_well))
        if len(dated):
            ends = (show_day(day.item()) for day in (dated.min(), dated.max()))
            parts.append(" – ".join(dict.fromkeys(ends)))
        parts.append(f"{n - len(dated):,} undated" if n > len(dated) else "none undated")
        if self.topics:
            cut = self.cut(index)
            parts.append(f"passages on {join_words([cut.topic(t).label for t in self.topics])}")
        for name, values in self.chosen_values.items():
            parts.append(f"{name}: {join_words([v or UNKNOWN_VALUE for v in values], 'or')}")
        if self.story and (position := story_position(index, self.story)) is not None:
            label = story_labels(index, (position,))[position]
            parts.append(f"in the story {in_quotes(label)}" if label else "in one story")
        if self.query:
            parts.append(f"with {searched(self.query)}")
        if self.copies_once:
            parts.append(f"{count(self.n_copies(index), 'copy', 'copies')} left out")
        return " · ".join(parts)

    def to_params(self) -> dict[str, str]:
        """The scope as link parameters; "" for what is not set."""
        return {
            "src": SEPARATOR.join(self.sources),
            "topic": SEPARATOR.join(self.topics),
            "from": UNDATED if self.undated else _written(self.date_from),
            "to": _written(self.date_to),
            "q": self.query,
            "story": self.story,
            "copies": ONCE if self.copies_once else "",
            "where": write_where(self.where),
        }

    @classmethod
    def from_params(
        cls, params: Mapping[str, str], index: Index, n_topics: int | None = None
    ) -> tuple[Scope, list[str]]:
        """The scope of a link, and a notice for each value that this index can't apply, which is
        left out and never repeated in a notice. ``n_topics``: one of ``index.nodes.sizes``."""
        cut = index.cut(n_topics)
        notices: list[str] = []
        named = params.get("src", "")
        there = [s.source_id for s in index.sources]
        if UNKNOWN_SOURCE in named.split(SEPARATOR) and (index.source_of < 0).any():
            there.append(UNKNOWN_SOURCE)
        sources = _known(named, there)
        asked = [t for t in params.get("topic", "").split(SEPARATOR) if t]
        there = [t.topic_id for t in cut.topics]
        # Of another number of topics: what holds them here, or what they split into.
        moved = {t: holders for t in asked if t not in there if (holders := cut.holding(t))}
        if moved:
            notices.append(
                "The link’s topics were made with another number of topics; those that hold the "
                "same text are shown."
            )
        asked = [new for t in asked for new in moved.get(t, [t])]
        topics = _known(SEPARATOR.join(asked), there)
        for what, (found, n_unknown) in (("source", sources), ("topic", topics)):
            if n_unknown:
                rest = "only the others are applied" if found else f"all {what}s are shown"
                notices.append(
                    f"The link names {count(n_unknown, what)} that this corpus does not have; "
                    f"{rest}."
                )
        undated = params.get("from", "").strip() == UNDATED
        date_from, date_to = (None, None) if undated else _days_of(params, notices)
        query = _query_of(params, index, notices)
        story = params.get("story", "").strip()
        if story and not has_story(index, story):
            story = ""
            notices.append(
                "The link names a story that this corpus does not have; all articles are shown."
            )
        copies = params.get("copies", "").strip()
        if copies not in ("", ONCE):
            notices.append("The link’s value of “copies” is unknown and was ignored.")
        once, where = copies == ONCE, _where_of(params, index, notices)
        return cls(
            sources[0], topics[0], date_from, date_to, query, n_topics, undated, story, once, where
        ), notices


def _days_of(params: Mapping[str, str], notices: list[str]) -> tuple[date | None, date | None]:
    """The first and last day of a link; a value that is not a date adds to ``notices``."""
    days: list[date | None] = []
    for name in ("from", "to"):
        text = params.get(name, "").strip()
        try:
            days.append(date.fromisoformat(text) if text else None)
        except ValueError:
            days.append(None)
            notices.append(f"The link's “{name}” is not a date (YYYY-MM-DD) and was ignored.")
    first, last = days
    if first and last and first > last:
        notices.append("The link's dates end before they start; all dates are shown.")
        return None, None
    return first, last


def _where_of(
    params: Mapping[str, str], index: Index, notices: list[str]
) -> tuple[tuple[str, str], ...]:
    """The values of columns of a link; those that this corpus doesn't have add to ``notices``."""
    asked = read_where(params.get("where", ""))
    own = own_columns(index) if asked else {}
    there = [(n, v) for n, v in asked if n in own and (v in own[n].values or not v)]
    if n_unknown := len(asked) - len(there):
        what = count(n_unknown, "value of a column", "values of columns")
        rest = "only the others are applied" if there else "nothing is filtered by columns"
        notices.append(f"The link names {what} that this corpus does not have; {rest}.")
    return tuple(there)


def _query_of(params: Mapping[str, str], index: Index, notices: list[str]) -> str:
    """The query of a link; one that can't be looked up is "" and adds to ``notices``."""
    query = " ".join(params.get("q", "").split())
    try:
        if query and parse_query(query) == BLANK:
            notices.append("The search contains no word to look up, so it is left out.")
            return ""
        if "/" in query:
            articles_found(index, query)  # an expression may stand for too many words
    except UnreadableQuery as error:
        notices.append(f"The search is left out: {error}.")
        return ""
    return query


# A page asks a dozen times. So few are kept that a replaced index is soon let go.
@lru_cache(maxsize=16)
def _masks(index: Index, scope: Scope) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The articles and slices in scope; threads share them."""
    articles, slices = _on_topics(index, scope, scope._mask_by_fields(index))  # noqa: SLF001
    articles.flags.writeable = slices.flags.writeable = False
    return articles, slices


def _on_topics(
    index: Index, scope: Scope, articles: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of ``articles`` those with text on the topics in scope, and the slices of that text."""
    leaves = scope._leaves(index)  # noqa: SLF001 (of the class above)
    if leaves is None:
        return articles, articles[index.slice_article]
    slices, articles = select_slices(index, articles, leaves)
    return articles, slices


@lru_cache(maxsize=16)
def _effective(index: Index, scope: Scope) -> float | None:
    try:
        return effective_sources(index, np.flatnonzero(scope.article_mask(index)))
    except MissingLayer:
        return None


def _day(day: date | None) -> np.datetime64 | None:
    return None if day is None else np.datetime64(day)


def _written(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _known(text: str, known: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The known tokens, each once, in the order of the link, and how many are unknown."""
    tokens, there = [t for t in dict.fromkeys(text.split(SEPARATOR)) if t], set(known)
    found = tuple(t for t in tokens if t in there)
    return found, len(tokens) - len(found)
