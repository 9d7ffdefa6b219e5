"""The articles most like one: those of its story, then the nearest by their words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.term_rows import TermRows
from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.index.terms.lexicon import SELF, STOP
from dashboard.measures.columns import ARTICLE, ARTICLE_ID, DATE, SOURCE, SOURCE_ID
from dashboard.measures.keyness.uses import article_uses
from dashboard.measures.reading.marks import article_in
from dashboard.measures.registry import table
from dashboard.scope import Scope

N_NEAR, MOST_OF_STORY = 10, 20
ASKED, JUDGED = 40, 60  # terms of the article that are looked up; articles whose words are all read
LEAST = 0.1  # cosine
METHOD = """
First the other articles of its story, by date. Then those with the largest **cosine**: words and
phrases without stop words, log(1 + uses) times the logarithm of how rare a term is. Articles that
share the 40 heaviest terms are looked up, and of the 60 best of these all words are compared. Less
than .1 is not listed.
"""
Floats = NDArray[np.float64]


@table(
    "near_articles",
    row="an article like the one it is about, those of its story first",
    columns={
        "article_id": f"{ARTICLE_ID} that they are like",
        "rank": "place, from 1",
        "other_id": "id of the other article",
        "same_story": "whether it is of the same story",
        "cosine": "of the words of both (0 to 1)",
        "title": "headline of the other; null: none",
        "source": SOURCE,
        "date": DATE,
        **SOURCE_ID,
    },
    options=[ARTICLE],
    method=METHOD,
)
def near_articles(index: Index, scope: Scope, article: str = "") -> pd.DataFrame:
    """Articles of the whole corpus, whatever the scope, up to 20 of the story and ten others; none
    where the article isn't in the corpus."""
    position = article_in(index, scope, article)
    if position is None:
        return near_articles.frame()
    vector = _Vectors(index)
    own = np.zeros(len(vector.weight))
    terms, values = vector.of(position)
    own[terms] = values
    story = _same_story(index, position)[:MOST_OF_STORY]
    others = [p for p in _candidates(index, vector, own, position) if p not in set(story)]
    cosine = {p: vector.cosine(own, p) for p in [*story, *others]}
    near = sorted((p for p in others if cosine[p] >= LEAST), key=lambda p: (-cosine[p], p))
    found = [*story, *near[:N_NEAR]]
    rows = index.article_rows(found, ["article_id", "title", "source", "date", "source_id"])
    ids = index.article_rows([position], ["article_id"])["article_id"]
    return near_articles.frame(
        {
            "article_id": [ids.iloc[0]] * len(found),
            "rank": np.arange(1, len(found) + 1),
            "other_id": rows["article_id"].to_numpy(),
            "same_story": [p in set(story) for p in found],
            "cosine": np.asarray([cosine[p] for p in found], dtype=float),
            **{name: rows[name].to_numpy() for name in ("title", "source", "date", "source_id")},
        }
    )


class _Vectors:
    """Articles as vectors of the analysed terms, of length one."""

    def __init__(self, index: Index) -> None:
        self._index, lexicon = index, index.lexicon
        doc_freq = lexicon.doc_freq[lexicon.analysed].astype(float)
        rare = np.log(np.maximum(index.n_articles, 2) / np.maximum(doc_freq, 1.0))
        left_out = (lexicon.flags[lexicon.analysed] & (STOP | SELF)) > 0
        self.weight: Floats = np.where(left_out, 0.0, np.maximum(rare, 0.0))

    def of(self, position: int) -> tuple[NDArray[np.int64], Floats]:
        """The terms of an article, and the value of each."""
        index = self._index
        segment = index.segment_of(position)
        first, end = index.article_slices[position], index.article_slices[position + 1]
        rows = TermRows.of(segment.arrays).take(np.arange(first, end) - segment.first_slice)
        terms, at = np.unique(rows.terms.astype(np.int64), return_inverse=True)
        values: Floats = np.log1p(np.bincount(at, rows.counts, len(terms))) * self.weight[terms]
        return terms, values / max(float(np.sqrt((values**2).sum())), 1e-12)

    def cosine(self, own: Floats, position: int) -> float:
        """Of an article and one whose values by term are ``own`` (n_analysed,)."""
        terms, values = self.of(position)
        return float((own[terms] * values).sum())


def _candidates(index: Index, vector: _Vectors, own: Floats, position: int) -> list[int]:
    """The articles that share most of the heaviest terms for their length."""
    terms = np.argsort(-own, kind="stable")[:ASKED]
    terms = terms[own[terms] > 0]
    everything = np.ones(len(index.slice_article), dtype=bool)
    uses = article_uses(index, index.lexicon.analysed[terms].astype(np.int64), everything)
    weight = own[terms] * vector.weight[terms]
    shared = np.bincount(uses.article, np.log1p(uses.uses) * weight[uses.term], index.n_articles)
    score: Floats = shared / np.sqrt(index.article_words + 50.0)
    score[position] = 0.0
    best = np.argsort(-score, kind="stable")[:JUDGED]
    found: list[int] = best[score[best] > 0].tolist()
    return found


def _same_story(index: Index, position: int) -> list[int]:
    """The other articles of its story, by date."""
    try:
        story_of = index.layer("stories").joint["story_of"]
    except MissingLayer:
        return []
    if story_of[position] < 0:
        return []
    by_date = index.by_date
    same = by_date[story_of[by_date] == story_of[position]]
    return [p for p in same.tolist() if p != position]
