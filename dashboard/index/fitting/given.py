"""A topic model of topics that the user gave: their words, tree and map by the measures of fitted
ones. Nothing is found, so nothing can be found again: there is no reliability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from dashboard.corpus.files.metadata_csv import file_key
from dashboard.corpus.readers.tables.assignments import Assignment, Assignments
from dashboard.errors import NewsprismError
from dashboard.index.fitting.features import (
    content_order,
    inverse_unit_freq,
    select_features,
    tfidf,
)
from dashboard.index.fitting.graph import lsa_points
from dashboard.index.fitting.limits import derive_limits
from dashboard.index.fitting.map import lay_out
from dashboard.index.fitting.words import rank_words
from dashboard.index.storage.articles import id_number
from dashboard.index.terms.fit_terms import TermTable
from dashboard.index.topics.given import GivenTopics
from dashboard.index.topics.model import THEME, TopicModel, node_components
from dashboard.index.topics.tree import leaf_masks, ward_tree

MIN_MAPPED = 40  # units and words without which there is no map, as in a fit
NO_SUCH_ARTICLE = "no such article in the corpus"
SEVERAL_ARTICLES = "the file holds several articles, or several files are called so"
SAID_BEFORE = "another row says the same of the article"
WEAKER = "the article has another topic that weighs more, or as much and came first"
N_NAMED = 3  # leaves in the name of a merge

# Article id, file, and row in it.
Place = tuple[str, str, int | None]


def match_articles(said: Assignments, places: Sequence[Place]) -> tuple[GivenTopics, list[str]]:
    """The topics of ``said`` on the articles at ``places``, and the names of the leaves, in order
    of the letters. An article that is named in several rows has the topic that weighs most. Raises
    ``NewsprismError`` where no row names an article."""
    articles = _ArticleNames(places)
    aside = Counter(said.set_aside)
    best = dict[str, Assignment]()
    found = list[tuple[str, Assignment]]()
    for row in said.rows:
        ids = articles.named(row)
        if len(ids) != 1:
            aside[SEVERAL_ARTICLES if ids else NO_SUCH_ARTICLE] += 1
            continue
        (article_id,) = ids
        found.append((article_id, row))
        if article_id not in best or row.weight > best[article_id].weight:
            best[article_id] = row
    if not best:
        first = f" (the first names {said.rows[0].article[:60]!r})" if said.rows else ""
        such = f", such as {places[0][1]!r}," if places else ""
        raise NewsprismError(
            f"none of its {said.n_rows:,} rows gives an article of this corpus a topic{first}",
            said.file,
            f"name articles by their file{such} or by their id, as export articles gives them",
        )
    for article_id, row in found:
        chosen = best[article_id]
        if chosen is not row:
            same = chosen.topic.casefold() == row.topic.casefold()
            aside[SAID_BEFORE if same else WEAKER] += 1
    spelt = dict[str, str]()
    for row in best.values():
        spelt.setdefault(row.topic.casefold(), row.topic)
    names = sorted(spelt.values())
    leaf = {name.casefold(): i for i, name in enumerate(names)}
    pairs = sorted((id_number(i), leaf[row.topic.casefold()]) for i, row in best.items())
    numbers, leaves = np.asarray(pairs, dtype=np.int64).reshape(-1, 2).T
    facts: dict[str, Any] = {
        "file": said.file,
        "digest": said.digest,
        "n_rows": said.n_rows,
        "kept": len(best),
        "set_aside": {reason: n for reason, n in sorted(aside.items()) if n},
    }
    if facts["kept"] + aside.total() != said.n_rows:
        raise AssertionError(f"{facts} don't add up")
    return GivenTopics(numbers, leaves, facts), names


class _ArticleNames:
    """Articles by what a user may call them: id, file and row, file, its last part, without its
    ending."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._by: list[dict[object, set[str]]] = [{} for _ in range(5)]
        for article_id, file, row in places:
            name = file_key(file)
            last = PurePosixPath(name)
            for by, key in zip(
                self._by, (article_id, (name, row), name, last.name, last.stem), strict=True
            ):
                by.setdefault(key, set()).add(article_id)

    def named(self, said: Assignment) -> set[str]:
        """Ids of the articles that a row may mean: none, one, or several."""
        by_id, by_row, *by_name = self._by
        name = file_key(said.article)
        if said.article in by_id:
            return by_id[said.article]
        if said.row is not None:
            return by_row.get((name, said.row), set())
        return next((by[name] for by in by_name if name in by), set())


def model_of_given(
    terms: TermTable,
    article_of: NDArray[np.int64],
    part: NDArray[np.int64],
    n_leaves: int,
    random_state: int = 0,
) -> TopicModel:
    """The model of ``n_leaves`` given topics. ``part``: (n_units,) the leaf of each unit of
    ``terms``, -1 for none; the rest: see ``fit_topics``. A topic's component is the mean TF-IDF of
    its units; a merge is the mean of its topics (Ward's tree, as of a fit)."""
    n_articles = len(np.unique(article_of))
    limits = derive_limits(len(terms.indptr) - 1, n_articles)
    of_passage = None if limits["method"] == "graph" else article_of
    counts, features = select_features(terms, limits["min_df"], limits["max_df"], of_passage)
    idf = inverse_unit_freq(counts)
    order = content_order(counts, features)
    order = order[np.diff(counts.indptr)[order] > 0]
    matrix, chosen = tfidf(counts, idf), np.flatnonzero(part >= 0)
    gather = sp.csr_matrix(
        (np.ones(len(chosen), np.float32), (part[chosen], chosen)), (n_leaves, len(part))
    )
    sizes = np.bincount(part[chosen], minlength=n_leaves).astype(np.int64)
    with threadpool_limits(1):  # sums in another order are other sums
        components = (gather @ matrix).toarray().astype(np.float32)
        components /= np.maximum(sizes, 1).astype(np.float32)[:, None]
        length = np.maximum(np.linalg.norm(components, axis=1, keepdims=True), 1e-12)
        weigh, group = np.sqrt(np.maximum(sizes, 1)), np.zeros(n_leaves, np.int64)
        parents, heights = ward_tree(components / length, weigh, group)
        weights = node_components(components, sizes, parents)
        words = rank_words(weights, parents, matrix[order])[0]
        places = _places(matrix[order], limits, random_state)
    positions = np.full((len(part) if len(places) else 0, 2), np.nan, dtype=np.float32)
    if len(places):
        positions[order] = places
    return TopicModel(
        features=features.names,
        surfaces=features.surfaces,
        forms=features.forms,
        form_feature=features.form_feature,
        idf=idf,
        corpus_counts=np.asarray(counts.sum(axis=0), dtype=np.float32).ravel(),
        components=components,
        leaf_counts=(gather @ counts).toarray().astype(np.float32),
        assigned=part,
        sizes=sizes,
        positions=positions,
        parents=parents,
        heights=heights,
        reliability=np.full(len(parents), np.nan),
        words=words,
        kind=[THEME] * len(parents),
        overall=0.0,
        null=0.0,
        n_default=n_leaves,
        settings={**limits, "method": "given", "n_features": len(features), "n_leaves": n_leaves},
    )


def _places(
    matrix: sp.csr_matrix, limits: Mapping[str, Any], random_state: int
) -> NDArray[np.float32]:
    """(n, 2) places on the map as a fit gives them; (0, 2) of little text, which has none."""
    if limits["method"] != "graph" or min(matrix.shape) < MIN_MAPPED:
        return np.zeros((0, 2), dtype=np.float32)
    axes, rounds, most = (limits[n] for n in ("n_components", "svd_rounds", "svd_units"))
    return lay_out(lsa_points(matrix, axes, random_state, rounds, most), random_state)


def label_given(names: Sequence[str], model: TopicModel) -> list[list[str]]:
    """The name of each leaf as it was given; a merge is called by its largest leaves."""
    labels = []
    for leaves in leaf_masks(model.parents):
        held = sorted(np.flatnonzero(leaves).tolist(), key=lambda i: (-int(model.sizes[i]), i))
        labels.append([names[i] for i in held[:N_NAMED]])
    return labels
