"""Search against a reference: the order of BM25S, and how long it takes.

    pip install bm25s  # the reference, for this alone
    python -m benchmarks.search INDEX

Queries are 200 of one to four words drawn from headlines, none of them a stop word. The reference
(Lù 2024, its method ``lucene``, the same k1 and b) gets the tokens of headline and text of all
articles; ours ranks the articles that have all words, so the reference is cut to these. nDCG@10 is
by the scores of the reference as gains: 1 where the order is the same but for ties.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from dashboard.index.index import Index, open_index
from dashboard.index.terms.lexicon import STOP
from dashboard.measures.search import K1, B, search
from dashboard.scope import Scope
from dashboard.text.token_rule import tokenise

N_QUERIES, TOP = 200, 10


def tokens_of(index: Index) -> list[list[int]]:
    """The lexicon numbers of headline and text of each article."""
    found: list[list[int]] = []
    for segment in index.segments:
        arrays = segment.arrays
        bounds = arrays["offsets"][arrays["article_passages"]].tolist()
        titles = arrays["title_offsets"].tolist()
        for i in range(len(titles) - 1):
            title = arrays["title_ids"][titles[i] : titles[i + 1]].tolist()
            found.append(title + arrays["ids"][bounds[i] : bounds[i + 1]].tolist())
    return found


def queries_of(index: Index) -> list[list[str]]:
    """Words of headlines, one to four."""
    dealt = np.random.default_rng(16)
    titles = index.article_rows(np.arange(index.n_articles), ["title"])["title"].dropna()
    found: list[list[str]] = []
    while len(found) < N_QUERIES:
        words = [
            token
            for token, _ in tokenise(str(titles.iloc[int(dealt.integers(len(titles)))]))
            if token.isalpha() and not index.lexicon.flags[index.lexicon.find(token)] & STOP
        ]
        words = list(dict.fromkeys(words))
        n = int(dealt.integers(1, 5))
        if len(words) >= n:
            found.append([words[i] for i in dealt.permutation(len(words))[:n]])
    return found


def ndcg(ranked: list[float], best: list[float]) -> float:
    discount = 1 / np.log2(np.arange(2, TOP + 2))
    ideal = float((np.asarray(best) * discount[: len(best)]).sum())
    return float((np.asarray(ranked) * discount[: len(ranked)]).sum()) / ideal if ideal else 1.0


def main(folder: Path) -> None:
    import bm25s

    index = open_index(folder)
    tokens = tokens_of(index)
    vocabulary = {str(i): i for i in range(len(index.lexicon))}
    reference = bm25s.BM25(method="lucene", k1=K1, b=B)
    reference.index((tokens, vocabulary), show_progress=False)
    ids = index.article_rows(np.arange(index.n_articles), ["article_id"])["article_id"]
    place = {article_id: i for i, article_id in enumerate(ids)}
    gains, times = [], []
    for words in queries_of(index):
        scope = Scope(query=" ".join(f'"{word}"' for word in words))
        start = time.process_time()
        found = search(index, scope, most=TOP)
        times.append(1000 * (time.process_time() - start))
        numbers = [str(index.lexicon.find(word)) for word in words]
        scores = np.asarray(reference.get_scores(numbers), dtype=float)
        scores[~scope.article_mask(index)] = 0
        own = [float(scores[place[each]]) for each in found["article_id"]]
        gains.append(ndcg(own, sorted(scores, reverse=True)[:TOP]))
    print(f"{len(gains)} queries, {index.n_articles:,} articles")
    print(f"nDCG@{TOP}: mean {np.mean(gains):.4f}, least {min(gains):.4f}")
    print("CPU ms: median {:.1f}, p95 {:.1f}, most {:.1f}".format(
        *np.percentile(times, (50, 95)), max(times)))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
