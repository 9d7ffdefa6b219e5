"""Search against a reference: the order of BM25S; and how long it takes, at any size.

    pip install bm25s  # the reference, for the order alone
    python benchmarks/search.py INDEX              # order and time
    python benchmarks/search.py INDEX --times 162  # time alone, see larger.py

Queries are 200 of one to four words drawn from headlines, none of them a stop word. The reference
(Lù 2024, its method ``lucene``, the same k1 and b) gets the tokens of headline and text of all
articles; ours ranks the articles that have all words, so the reference is cut to these. nDCG@10 is
by the scores of the reference as gains: 1 where the order is the same but for ties. Times are those
of the first call, processor and wall, for all words of a query, its longest one, its first two as a
phrase, and all words that begin like its first.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.larger import many_times
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


def in_all_words(words: Sequence[str]) -> str:
    return " ".join(f'"{word}"' for word in words)


#: What is asked of a query's words, by name.
ASKED = {
    "all words": in_all_words,
    "one word": lambda words: f'"{max(words, key=len)}"',
    "phrase": lambda words: f'"{" ".join(words[:2])}"',
    "prefix": lambda words: f"{words[0][:4]}*",
}


def print_order(index: Index, queries: Sequence[Sequence[str]]) -> None:
    """Print nDCG@10 against the reference."""
    import bm25s

    tokens = tokens_of(index)
    vocabulary = {str(i): i for i in range(len(index.lexicon))}
    reference = bm25s.BM25(method="lucene", k1=K1, b=B)
    reference.index((tokens, vocabulary), show_progress=False)
    ids = index.article_rows(np.arange(index.n_articles), ["article_id"])["article_id"]
    place = {article_id: i for i, article_id in enumerate(ids)}
    gains = []
    for words in queries:
        scope = Scope(query=in_all_words(words))
        found = search(index, scope, most=TOP)
        numbers = [str(index.lexicon.find(word)) for word in words]
        scores = np.asarray(reference.get_scores(numbers), dtype=float)
        scores[~scope.article_mask(index)] = 0
        own = [float(scores[place[each]]) for each in found["article_id"]]
        gains.append(ndcg(own, sorted(scores, reverse=True)[:TOP]))
    print(f"nDCG@{TOP}: mean {np.mean(gains):.4f}, least {min(gains):.4f}")


def print_times(index: Index, queries: Sequence[Sequence[str]]) -> None:
    """Print a line for each of ``ASKED``."""
    print(f"{len(queries)} queries, {index.n_articles:,} articles; milliseconds")
    print("            CPU median    p95   most   wall p95")
    for name, asked in ASKED.items():
        spent, waited = [], []
        for words in queries:
            scope = Scope(query=asked(words))
            starts = time.process_time(), time.perf_counter()
            search(index, scope, most=TOP)
            spent.append(1000 * (time.process_time() - starts[0]))
            waited.append(1000 * (time.perf_counter() - starts[1]))
        median, late = np.percentile(spent, (50, 95))
        waited_for = np.percentile(waited, 95)
        print(f"{name:10}{median:12.1f} {late:6.1f} {max(spent):6.1f} {waited_for:10.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--times", type=int, help="so many times as large: time alone")
    options = parser.parse_args()
    index = open_index(options.index)
    queries = queries_of(index)
    if options.times is None:
        print_order(index, queries)
        print_times(index, queries)
        return
    with tempfile.TemporaryDirectory() as folder:
        print_times(many_times(index, options.times, Path(folder)), queries)


if __name__ == "__main__":
    main()
