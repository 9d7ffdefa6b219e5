"""The map of articles beside other layouts of the same points.

    python benchmarks/topic_map.py BBC.parquet NEWS.parquet

Tables as for ``topics.py``. All lay out the LSA points of at most 5,000 articles. Trustworthiness
(Venna & Kaski 2001): what stands near is alike; continuity: what is alike stands near; recall: how
many of the 15 nearest are among the 15 nearest on the map; purity: how many of those have the same
editors' label. Processor seconds of one thread.
"""

from __future__ import annotations

import random
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import igraph
import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, SpectralEmbedding, trustworthiness
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from benchmarks.topics import read_news
from dashboard.index.building.build import stop_words
from dashboard.index.fitting.features import inverse_unit_freq, select_features, tfidf
from dashboard.index.fitting.graph import (
    lsa_points,
    nearest_neighbours,
    shared_neighbour_links,
)
from dashboard.index.fitting.limits import derive_limits
from dashboard.index.fitting.map import lay_out
from dashboard.index.terms.fit_terms import TermTable, count_terms, read_tokens

NEAR = 15
MOST = 5_000
ROW = "{:42} {:>6} {:>6} {:>6} {:>6} {:>6}"


def points_of(terms: TermTable) -> np.ndarray:
    n = len(terms.indptr) - 1
    limits = derive_limits(n, n)
    counts, _ = select_features(terms, limits["min_df"], limits["max_df"])
    matrix = tfidf(counts, inverse_unit_freq(counts))
    rounds, most = limits["svd_rounds"], limits["svd_units"]
    return lsa_points(matrix, limits["n_components"], 0, rounds, most)


def by_links(points: np.ndarray, layout: Callable[..., igraph.Layout]) -> np.ndarray:
    """An igraph layout of the graph that Leiden reads."""
    links, weights = shared_neighbour_links(nearest_neighbours(points, NEAR, 0))
    links, weights = links[weights > 0], weights[weights > 0]
    igraph.set_random_number_generator(random.Random(0))
    try:
        return np.asarray(layout(igraph.Graph(len(points), links), weights.tolist()).coords)
    finally:
        igraph.set_random_number_generator(random)


def umap(points: np.ndarray) -> np.ndarray:
    """igraph's: from distances, as weights of its own reach places that mean nothing (1.0.0)."""

    def layout(graph: igraph.Graph, _: list[float]) -> igraph.Layout:
        a, b = np.asarray(graph.get_edgelist()).T
        apart = 1 - (points[a] * points[b]).sum(axis=1)
        return graph.layout_umap(dist=apart.tolist(), epochs=500, min_dist=0.1)

    return by_links(points, layout)


LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "**this**": lay_out,
    "two principal components": lambda p: PCA(2).fit_transform(p),
    "Laplacian eigenmaps, scikit-learn": lambda p: SpectralEmbedding(
        affinity="nearest_neighbors", n_neighbors=NEAR, random_state=0
    ).fit_transform(p),
    "Fruchterman-Reingold, igraph": lambda p: by_links(
        p, lambda g, w: g.layout_fruchterman_reingold(weights=w, niter=500, grid=True)
    ),
    "DrL, igraph": lambda p: by_links(p, lambda g, w: g.layout_drl(weights=w)),
    "UMAP, igraph, 500 epochs": umap,
    "t-SNE, scikit-learn's defaults": lambda p: TSNE(random_state=0, n_jobs=1).fit_transform(p),
}


def scores(points: np.ndarray, places: np.ndarray, gold: np.ndarray) -> list[float]:
    alike, near = (
        NearestNeighbors(n_neighbors=NEAR).fit(x).kneighbors(return_distance=False)
        for x in (points, places)
    )
    kept = np.mean([len(set(a) & set(b)) for a, b in zip(alike, near, strict=True)]) / NEAR
    return [
        float(trustworthiness(points, places, n_neighbors=NEAR)),
        float(trustworthiness(places, points, n_neighbors=NEAR)),
        float(kept),
        float((gold[near] == gold[:, None]).mean()),
    ]


def compare(name: str, points: np.ndarray, gold: np.ndarray) -> None:
    some = np.unique(np.linspace(0, len(points) - 1, MOST).astype(int))
    print(f"\n{name}: {len(some):,} of {len(points):,} articles")
    print(ROW.format("", "trust", "contin", "recall", "purity", "CPU s"))
    for layout, places in LAYOUTS.items():
        with threadpool_limits(1), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of eigenmaps: the graph is not connected
            start = time.process_time()
            found = places(points[some])
            spent = time.process_time() - start
        row = scores(points[some], found, gold[some])
        print(ROW.format(layout, *(f"{x:.3f}" for x in row), f"{spent:.1f}"))
    start = time.process_time()
    found = lay_out(points)
    spent = time.process_time() - start
    row = scores(points, found, gold)
    print(ROW.format("this, all articles", *(f"{x:.3f}" for x in row), f"{spent:.1f}"))


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    table = pd.read_parquet(sys.argv[1])
    terms = count_terms(read_tokens(table["text"].tolist()), stop_words([]))
    compare("bbc", points_of(terms), table["topic"].to_numpy())
    news = read_news(Path(sys.argv[2]))
    compare("news", points_of(news.terms), news.gold)


if __name__ == "__main__":
    main()
