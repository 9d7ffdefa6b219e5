"""Bursts and change points: planted rises found again, and dates shuffled.

    python benchmarks/bursts.py [INDEX]

Planted: 300 series of 48 periods with 60 to 140 articles each and a usual share of 4 to 20 %, 100
of them threefold over 4 to 7 periods, 20 corpora of that kind. A period counts as found where the
table would list it. Changes: the planted edge up, to one period. Shuffled: on INDEX, all terms in
five articles or more with the dates of its articles dealt anew, in how many of 20 deals anything is
found; without INDEX on series without a rise.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.index.index import open_index
from dashboard.measures.rises.automaton import Stretches, find_bursts, find_changes
from dashboard.measures.rises.counts import count_periods
from dashboard.measures.statistics.inference import benjamini_hochberg
from dashboard.scope import Scope

Find = Callable[[NDArray[np.int64], NDArray[np.int64]], Stretches]
N_TERMS, N_PERIODS, N_PLANTED, N_TIMES = 300, 48, 100, 20


def kept(find: Find, k: NDArray[np.int64], n: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Series, first period and end of what a table would list."""
    found = find(k, n)
    q = benjamini_hochberg(found.p, max(len(k), len(found.p), 1))
    columns = (found.series, found.first, found.end)
    return [
        (int(a), int(b), int(c)) for a, b, c in zip(*(x[q < 0.05] for x in columns), strict=True)
    ]


def planted() -> None:
    """Precision and recall on rises of which the place is known."""
    cells: dict[str, list[int]] = {"bursts": [0, 0, 0], "changes": [0, 0, 0]}
    for seed in range(N_TIMES):
        random = np.random.default_rng(seed)
        n = random.integers(60, 141, N_PERIODS)
        share = np.repeat(random.uniform(0.04, 0.2, N_TERMS)[:, None], N_PERIODS, axis=1)
        spans = [(int(random.integers(2, 38)), 4 + i % 4) for i in range(N_PLANTED)]
        for i, (first, length) in enumerate(spans):
            share[i, first : first + length] *= 3
        k = random.binomial(n[None], share)
        there = {(i, t) for i, (first, m) in enumerate(spans) for t in range(first, first + m)}
        found = {(s, t) for s, a, b in kept(find_bursts, k, n) for t in range(a, b)}
        add(cells["bursts"], len(there & found), len(found), len(there))
        edges = {(i, t) for i, (a, m) in enumerate(spans) for t in (a, a + m) if t < N_PERIODS}
        at = [(s, a) for s, a, _ in kept(find_changes, k, n)]
        right = sum(any((s, a + d) in edges for d in (-1, 0, 1)) for s, a in at)
        hit = sum(any((s, t + d) in at for d in (-1, 0, 1)) for s, t in edges)
        cells["changes"][0] += hit
        cells["changes"][1] += len(at)
        cells["changes"][2] += len(edges)
        cells["changes"].append(right)
    right, found_n, there_n = cells["bursts"]
    print(f"bursts: precision {right / found_n:.3f}, recall {right / there_n:.3f} (periods)")
    hit, found_n, there_n, *rights = cells["changes"]
    print(f"changes: precision {sum(rights) / found_n:.3f}, recall {hit / there_n:.3f} (edges)")


def add(sums: list[int], *more: int) -> None:
    """Add up right, found and planted."""
    for i, n in enumerate(more):
        sums[i] += n


def shuffled(folder: Path | None) -> None:
    """In how many deals of the dates anything is found."""
    random = np.random.default_rng(16)
    wrong = {"bursts": 0, "changes": 0}
    if folder is not None:
        of = count_periods(open_index(folder), Scope())
        dated = np.flatnonzero(of.period >= 0)
        uses = [article for article, _ in of.uses(range(len(of.terms)))]
        term = np.repeat(np.arange(len(uses)), [len(each) for each in uses])
        article = np.concatenate(uses)
        n = of.n_articles
    for _ in range(N_TIMES):
        if folder is not None:
            period = of.period.copy()
            period[dated] = random.permutation(period[dated])
            cells = term * len(n) + period[article]
            k = np.bincount(cells, minlength=len(uses) * len(n)).reshape(len(uses), len(n))
        else:
            n = random.integers(60, 141, N_PERIODS)
            usual = random.uniform(0.01, 0.3, 2_000)
            k = random.binomial(n[None], np.repeat(usual[:, None], N_PERIODS, axis=1))
        wrong["bursts"] += bool(kept(find_bursts, k, n))
        total = k.sum(axis=1)[:, None] * n / n.sum()
        varies = np.argsort(-((k - total) ** 2 / np.maximum(total, 1e-12)).sum(axis=1))[:2_000]
        wrong["changes"] += bool(kept(find_changes, k[varies], n))
    for name, times in wrong.items():
        print(f"{name}: something found in {times} of {N_TIMES} deals of the dates")


if __name__ == "__main__":
    planted()
    shuffled(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
