"""DuckDB and scipy answering what ``queries.py`` asks, on tables made from the same index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp

from dashboard.index.counts.postings import articles_with
from dashboard.index.counts.term_counts import Selection, term_counts
from dashboard.index.counts.topic_mix import source_sums
from dashboard.index.index import Index
from dashboard.measures.articles import articles
from dashboard.measures.coverage import coverage
from dashboard.measures.periods import period_name, scope_width
from dashboard.measures.sources import source_topics
from dashboard.measures.trends.trends import trends
from dashboard.scope import Scope
from dashboard.text.query import parse_keyword

TOPIC_CELLS = ["source", "topic_id", "n_words", "n_source_words"]
TREND_CELLS = ["period", "source", "count", "n_articles", "n_with", "n_words"]
N_GROUPS = 10


def group_sources(index: Index, scope: Scope) -> tuple[Selection, np.ndarray, int]:
    """The ten sources with most words in scope are groups, and the rest is one."""
    words = source_sums(index, scope.slice_mask(index))[1]
    group_of = np.where(words > 0, N_GROUPS, -1)
    largest = np.argsort(-words[:-1], kind="stable")[:N_GROUPS]
    group_of[largest[words[largest] > 0]] = np.flatnonzero(words[largest] > 0)
    return scope.selection(index), group_of, N_GROUPS + 1


def slice_matrix(index: Index) -> sp.csr_matrix:
    """Slices x analysed terms, all segments."""
    arrays = [s.arrays for s in index.segments]
    shape = (len(index.slice_article), len(index.lexicon.analysed))
    lengths = np.concatenate([np.diff(a["row_indptr"]) for a in arrays])
    indptr = np.concatenate([[0], np.cumsum(lengths)])
    counts = np.empty(indptr[-1], dtype=np.uint16)
    terms = np.empty(indptr[-1], dtype=np.int32)
    first = 0
    for a in arrays:  # one by one: a million articles have 400 million cells
        to = slice(first, first + len(a["row_terms"]))
        counts[to], terms[to] = a["row_counts"], a["row_terms"]
        first = to.stop
    return sp.csr_matrix((counts, terms, indptr), shape=shape)


class Peer:
    """What both share: the index they were made from, and what of our answers they can give."""

    def __init__(self, index: Index, word: str, n_groups: int, page: int) -> None:
        self.index, self.word, self.n_groups, self.page = index, word, n_groups, page
        self.column = int(index.lexicon.analysis[index.lexicon.find(word)])
        self.titled = np.flatnonzero(titles_with(index, word))

    def comparable(self, name: str, index: Index, scope: Scope) -> Any:
        """Our answer, in the columns that a peer gives."""
        if name == "scope":
            return np.flatnonzero(scope.slice_mask(index))
        if name == "scope with a query":
            mask = articles_with(index, parse_keyword(self.word))
            return np.flatnonzero(scope.slice_mask(index) & mask[index.slice_article])
        if name == "topics by source":
            return source_topics(index, scope).query("n_words > 0")[TOPIC_CELLS]
        if name == "term counts, 10 and rest":
            return term_counts(index, *group_sources(index, scope))
        if name == "trend, word":
            return trends(index, scope, [self.word])[TREND_CELLS]
        if name == "coverage":
            return coverage(index, scope)
        return articles(index, scope, 0, self.page)[["article_id", "title", "source", "date"]]


def titles_with(index: Index, word: str) -> np.ndarray:
    """(n_articles,) whether a title has the word."""
    number, found = index.lexicon.find(word), np.zeros(index.n_articles, dtype=bool)
    for segment in index.segments:
        offsets = segment.arrays["title_offsets"]
        at = np.flatnonzero(segment.arrays["title_ids"] == number)
        found[segment.first_article + np.searchsorted(offsets, at, side="right") - 1] = True
    return found


class Sparse(Peer):
    """scipy, with numpy for what isn't a matrix. Scopes are masks that numpy made."""

    def __init__(self, index: Index, word: str, n_groups: int, page: int) -> None:
        super().__init__(index, word, n_groups, page)
        self.rows = slice_matrix(index)
        self.with_word = self.rows[:, [self.column]].tocsc()  # all columns need as much again

    def questions(self) -> dict[str, Callable[[Scope], Any]]:
        return {
            "term counts, 10 and rest": self.term_counts,
            "scope with a query": self.with_query,
        }

    def term_counts(self, scope: Scope) -> np.ndarray:
        _, group_of, n = group_sources(self.index, scope)
        mask = scope.slice_mask(self.index)
        group = group_of[self.index.source_of[self.index.slice_article]]
        rows = (self.rows[mask & (group == i)] for i in range(n))
        return np.stack([np.asarray(each.sum(axis=0, dtype=np.int64))[0] for each in rows])

    def with_query(self, scope: Scope) -> np.ndarray:
        found = np.zeros(self.index.n_articles, dtype=bool)
        found[self.index.slice_article[self.with_word.indices]] = True
        found[self.titled] = True
        return np.flatnonzero(scope.slice_mask(self.index) & found[self.index.slice_article])


class Duck(Peer):
    """DuckDB: tables ``articles``, ``slices`` and ``counts`` in memory, on one thread."""

    def __init__(self, index: Index, word: str, n_groups: int, page: int) -> None:
        super().__init__(index, word, n_groups, page)
        import duckdb

        self.db = duckdb.connect(":memory:", config={"threads": 1})
        names = np.asarray([*(s.name for s in index.sources), None], dtype=object)
        rows = index.article_rows(np.arange(index.n_articles), ["article_id", "title"])
        place = np.empty(index.n_articles, dtype=np.int64)
        place[index.by_date] = np.arange(index.n_articles)
        self._make(
            "articles",
            article=np.arange(index.n_articles, dtype=np.int32), source=index.source_of,
            day=pd.Series(index.days.astype("datetime64[s]")), place=place,
            article_id=rows["article_id"], title=rows["title"],
            in_title=np.isin(np.arange(index.n_articles), self.titled),
        )  # fmt: skip
        self._make("sources", source=np.arange(-1, len(names) - 1), name=np.roll(names, 1))
        cut = index.cut()
        self._make(
            "topics",
            topic=np.arange(len(cut.topics)), topic_id=list(cut.topic_ids),
        )  # fmt: skip
        self._make(
            "slices",
            slice=np.arange(len(index.slice_article), dtype=np.int32),
            article=index.slice_article, topic=cut.slice_topic.astype(np.int16),
            words=index.slice_words, source=index.source_of[index.slice_article],
            day=pd.Series(index.days[index.slice_article].astype("datetime64[s]")),
        )  # fmt: skip
        self.db.execute("CREATE TABLE counts (slice INTEGER, term USMALLINT, n USMALLINT)")
        for segment in index.segments:
            a = segment.arrays
            part = pd.DataFrame(
                {
                    "slice": np.repeat(
                        np.arange(len(a["row_indptr"]) - 1, dtype=np.int32)
                        + np.int32(segment.first_slice),
                        np.diff(a["row_indptr"]),
                    ),
                    "term": a["row_terms"],
                    "n": a["row_counts"],
                }
            )  # fmt: skip
            self.db.execute("INSERT INTO counts SELECT slice, term, n FROM part")
            del part

    def _make(self, table: str, /, **columns: Any) -> None:
        frame = pd.DataFrame(columns)
        self.db.register("frame", frame)
        self.db.execute(f"CREATE TABLE {table} AS SELECT * FROM frame")
        self.db.unregister("frame")

    def questions(self) -> dict[str, Callable[[Scope], Any]]:
        return {
            "scope": self.scope,
            "topics by source": self.topics_by_source,
            "term counts, 10 and rest": self.term_counts,
            "trend, word": self.trend,
            "scope with a query": self.with_query,
            "a page of articles": self.page_of_articles,
            "coverage": self.coverage,
        }

    def where(self, scope: Scope, topics: bool = True) -> str:
        """The scope as SQL over ``slices``."""
        parts = ["true"]
        if scope.sources:
            chosen = [i for i, s in enumerate(self.index.sources) if s.source_id in scope.sources]
            parts.append(f"source IN ({', '.join(map(str, chosen))})")
        if scope.topics and topics:
            wanted = ", ".join(map(str, scope.topic_positions(self.index)))
            parts.append(f"topic IN ({wanted})")
        if scope.date_from:
            parts.append(f"day >= DATE '{scope.date_from}'")
        if scope.date_to:
            parts.append(f"day <= DATE '{scope.date_to}'")
        return " AND ".join(parts)

    def scope(self, scope: Scope) -> np.ndarray:
        query = f"SELECT slice FROM slices WHERE {self.where(scope)} ORDER BY slice"
        return self.db.execute(query).fetchnumpy()["slice"]

    def topics_by_source(self, scope: Scope) -> pd.DataFrame:
        return self.db.execute(
            f"""SELECT s.name AS source, topic_id, n_words, n_source_words FROM (
                  SELECT source, topic, sum(words)::BIGINT AS n_words,
                    sum(sum(words)) OVER (PARTITION BY source)::BIGINT AS n_source_words
                  FROM slices WHERE {self.where(scope, topics=False)} AND source >= 0
                  GROUP BY source, topic)
                JOIN sources s USING (source) JOIN topics USING (topic)
                WHERE {self.where(Scope(topics=scope.topics))}"""
        ).df()

    def term_counts(self, scope: Scope) -> np.ndarray:
        where = self.where(scope)
        found = self.db.execute(
            f"""WITH chosen AS (SELECT slice, source, words FROM slices WHERE {where}),
                ranked AS (SELECT s.source, row_number() OVER (
                    ORDER BY coalesce(sum(words), 0) DESC, s.source) - 1 AS place
                  FROM sources s LEFT JOIN chosen c ON c.source = s.source
                  WHERE s.source >= 0 GROUP BY s.source),
                grouped AS (SELECT slice, least(coalesce(place, {self.n_groups}),
                    {self.n_groups}) AS g
                  FROM chosen c LEFT JOIN ranked r ON c.source = r.source)
                SELECT g, term, sum(n)::BIGINT AS n FROM counts JOIN grouped USING (slice)
                GROUP BY g, term"""
        ).fetchnumpy()
        counts = np.zeros((self.n_groups + 1, len(self.index.lexicon.analysed)), dtype=np.int64)
        counts[found["g"], found["term"]] = found["n"]
        return counts

    def _named(self, table: pd.DataFrame, width: str) -> pd.DataFrame:
        starts = table["period"].astype(object).where(table["period"].notna(), None)
        table["period"] = [
            None if s is None else period_name(np.datetime64(s.date()), width) for s in starts
        ]
        return table

    def trend(self, scope: Scope) -> pd.DataFrame:
        width, where = scope_width(self.index, scope), self.where(scope)
        table = self.db.execute(
            f"""WITH uses AS (SELECT slice, sum(n) AS n FROM counts WHERE term = {self.column}
                  GROUP BY slice),
                cells AS (SELECT date_trunc('{width}', day) AS period, source,
                    coalesce(sum(n), 0)::BIGINT AS count,
                    count(DISTINCT article) AS n_articles,
                    count(DISTINCT article) FILTER (n > 0) AS n_with,
                    sum(words)::BIGINT AS n_words
                  FROM slices LEFT JOIN uses USING (slice) WHERE {where}
                  GROUP BY period, source)
                SELECT period, name AS source, count, n_articles, n_with, n_words
                FROM cells JOIN sources USING (source)"""
        ).df()
        return self._named(table, width)

    def with_query(self, scope: Scope) -> np.ndarray:
        query = f"""SELECT slice FROM slices WHERE {self.where(scope)} AND article IN (
              SELECT article FROM slices SEMI JOIN (
                SELECT slice FROM counts WHERE term = {self.column}) USING (slice)
              UNION ALL SELECT article FROM articles WHERE in_title) ORDER BY slice"""
        return self.db.execute(query).fetchnumpy()["slice"]

    def page_of_articles(self, scope: Scope) -> pd.DataFrame:
        return self.db.execute(
            f"""SELECT article_id, title, name AS source, strftime(day, '%Y-%m-%d') AS date
                FROM articles JOIN sources USING (source)
                WHERE article IN (SELECT article FROM slices WHERE {self.where(scope)})
                ORDER BY place LIMIT {self.page}"""
        ).df()

    def coverage(self, scope: Scope) -> pd.DataFrame:
        width = scope_width(self.index, scope)
        table = self.db.execute(
            f"""SELECT period, name AS source, n_articles FROM (
                  SELECT date_trunc('{width}', day) AS period, source,
                    count(DISTINCT article) AS n_articles
                  FROM slices WHERE {self.where(scope)} GROUP BY period, source)
                JOIN sources USING (source)"""
        ).df()
        return self._named(table, width)


def _duck(index: Index, word: str, n_groups: int, page: int) -> Duck | None:
    try:
        import duckdb  # noqa: F401
    except ImportError:
        return None
    return Duck(index, word, n_groups, page)


PEERS: dict[str, Callable[[Index, str, int, int], Any]] = {"DuckDB": _duck, "scipy": Sparse}
