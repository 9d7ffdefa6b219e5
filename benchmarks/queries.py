"""What the pages ask of an index, for random scopes, beside DuckDB and scipy on the same counts.

    python benchmarks/queries.py INDEX [--scopes N] [--seed N] [--no-peers]

INDEX is a folder that `python -m dashboard build` made. Scopes are drawn at random: no, 1, 3 or 10
sources (large ones more often) x no, 1, 3 or 8 topics x all dates or the range between two
articles. Times are processor milliseconds of one process, every array having been used once before
(its first use in a process verifies its checksum; the column "first" has that). DuckDB has the
articles, the slices (text of one article on one leaf topic) and a long table of slice x term, in
memory, on one thread; scipy a CSR and a CSC matrix of the same. Both answer the scopes of the
first ``--compared``, and their answers must equal ours. DuckDB is no requirement of the project:
`pip install duckdb` adds its column.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.query_peers import N_GROUPS, PEERS, group_sources
from dashboard.index.counts.term_counts import term_counts
from dashboard.index.index import Index, open_index
from dashboard.index.terms.lexicon import INSIDE, SELF, STOP
from dashboard.measures.articles import articles
from dashboard.measures.concordance.collocates import collocates
from dashboard.measures.concordance.concordance import concordance
from dashboard.measures.coverage import coverage
from dashboard.measures.keyness.keyness import keyness
from dashboard.measures.search import search
from dashboard.measures.sources import source_topics
from dashboard.measures.topics import topics
from dashboard.measures.trends.trends import trends
from dashboard.scope import Scope

ROOT = Path(__file__).resolve().parent.parent
PAGE = 20
WARM_UP = 20  # scopes
LINE = "{:28}" + "{:>8}" * 8
OPEN = """
import sys, time
from pathlib import Path
from dashboard.index.index import open_index
start = time.process_time()
open_index(Path(sys.argv[1]))
print(1000 * (time.process_time() - start))
"""


@dataclass(frozen=True)
class Words:
    """The keywords that are asked for."""

    word: str
    phrase: str
    prefix: str


def choose_words(index: Index) -> Words:
    """The commonest word and phrase that are no stop words, and the word's first four letters."""
    lexicon = index.lexicon
    shown = lexicon.analysed[(lexicon.flags[lexicon.analysed] & (STOP | INSIDE | SELF)) == 0]
    phrases = set(lexicon.phrases.tolist())
    ranked = shown[np.argsort(-lexicon.count[shown], kind="stable")].tolist()
    word = next((lexicon.terms[i] for i in ranked if i not in phrases), "the")
    phrase = next((lexicon.terms[i] for i in ranked if i in phrases), f"the {word}")
    return Words(word, phrase, word[:4] + "*")


def draw_scopes(index: Index, n: int, seed: int) -> list[Scope]:
    """Random structured scopes."""
    random = np.random.default_rng(seed)
    sources = [s.source_id for s in index.sources]
    weights = np.asarray([s.n_articles for s in index.sources], dtype=float)
    topic_ids = [t.topic_id for t in index.cut().topics]
    days = index.days[~np.isnat(index.days)]
    scopes = []
    for _ in range(n):
        n_sources = min(int(random.choice([0, 1, 3, 10])), len(sources))
        n_topics = min(int(random.choice([0, 1, 3, 8])), len(topic_ids))
        chosen = random.choice(
            len(sources), n_sources, replace=False, p=weights / weights.sum()
        ) if n_sources else []  # fmt: skip
        about = random.choice(len(topic_ids), n_topics, replace=False) if n_topics else []
        first, last = None, None
        if len(days) and random.random() < 0.5:
            first, last = np.sort(random.choice(days, 2)).tolist()
        scopes.append(
            Scope(
                tuple(sources[i] for i in sorted(chosen)),
                tuple(topic_ids[i] for i in sorted(about)),
                first,
                last,
            )
        )
    return scopes


Question = Callable[[Index, Scope], Any]


def questions(words: Words) -> dict[str, Question]:
    """By name, what is asked."""
    return {
        "scope": lambda i, s: s.slice_mask(i),
        "topics": topics,
        "topics by source": source_topics,
        "term counts, 10 and rest": lambda i, s: term_counts(i, *group_sources(i, s)),
        "keyness": keyness,
        "trend, word": lambda i, s: trends(i, s, [words.word]),
        "trend, phrase": lambda i, s: trends(i, s, [words.phrase]),
        "trend, prefix": lambda i, s: trends(i, s, [words.prefix]),
        "concordance": lambda i, s: concordance(i, s, [words.word], sort="right1", most=40),
        "collocates": lambda i, s: collocates(i, s, [words.word]),
        "search": lambda i, s: search(i, replace(s, query=f'{words.word} "{words.phrase}"')),
        "scope with a query": lambda i, s: replace(s, query=words.word).slice_mask(i),
        "a page of articles": lambda i, s: articles(i, s, 0, PAGE),
        "coverage": coverage,
    }


def clock(ask: Callable[[], Any]) -> tuple[Any, float]:
    """The answer, and the processor milliseconds it took."""
    start = time.process_time()
    answer = ask()
    return answer, 1000 * (time.process_time() - start)


def figures(times: Sequence[float]) -> list[str]:
    """Median, 95th percentile and maximum."""
    return [f"{value:.1f}" for value in (*np.percentile(times, (50, 95)), max(times))]


def memory(name: str) -> float:
    """What the system says of this process's memory, in MB (Linux)."""
    status = Path("/proc/self/status").read_text().split()
    return int(status[status.index(f"{name}:") + 1]) / 1024


def time_opening(folder: Path) -> dict[str, list[float]]:
    """Opening again in this process, and once in new ones (what they import not counted)."""
    command = [sys.executable, "-c", OPEN, str(folder)]
    new = [
        float(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
        for _ in range(10)
    ]
    return {
        "open": [clock(lambda: open_index(folder))[1] for _ in range(50)],
        "open, new process": new,
    }


def same(name: str, ours: Any, theirs: Any) -> None:
    """Raise AssertionError unless a peer's answer is ours."""
    if isinstance(ours, np.ndarray):
        assert np.array_equal(ours, theirs), name
        return
    order = list(ours.columns)
    a, b = (
        table[order].astype(object).where(table.notna(), None).map(str)
        .sort_values(order).reset_index(drop=True)
        for table in (ours, theirs)
    )  # fmt: skip
    pd.testing.assert_frame_equal(a, b, check_dtype=False, obj=name)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--scopes", type=int, default=200)
    parser.add_argument("--compared", type=int, default=20, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    index = open_index(options.index)
    words = choose_words(index)
    scopes = draw_scopes(index, options.scopes, options.seed)
    print(
        f"{index.n_articles:,} articles, {len(index.slice_article):,} slices, "
        f"{len(index.sources)} sources, {len(index.cut().topics)} topics; {len(scopes)} scopes; "
        f"“{words.word}”, “{words.phrase}”, “{words.prefix}”\nprocessor ms\n"
    )
    ours: dict[str, list[float]] = {}
    first: dict[str, float] = {}
    for name, ask in questions(words).items():
        first[name] = clock(lambda ask=ask: ask(index, Scope()))[1]
        for scope in scopes[:WARM_UP]:
            ask(index, scope)
        ours[name] = [clock(lambda ask=ask, s=s: ask(index, s))[1] for s in scopes]
    used = memory("VmHWM"), memory("RssAnon")
    theirs: dict[str, dict[str, list[float]]] = {}
    for label, make in {} if options.no_peers else PEERS.items():
        peer = make(index, words.word, N_GROUPS, PAGE)
        if peer is None:
            continue
        theirs[label] = {}
        for name, ask in peer.questions().items():
            theirs[label][name] = []
            for scope in scopes[: options.compared]:
                answer, spent = clock(lambda ask=ask, s=scope: ask(s))
                theirs[label][name].append(spent)
                same(f"{label}: {name}: {scope}", peer.comparable(name, index, scope), answer)
        del peer  # its copy of the counts is large
    print(LINE.format("", "first", "p50", "p95", "max", *(f"{p} p50" if i == 0 else "p95"
          for p in list(PEERS) for i in range(2))))  # fmt: skip
    for name, times in (time_opening(options.index) | ours).items():
        cells = [f"{first[name]:.1f}" if name in first else "", *figures(times)]
        for label in PEERS:
            asked = theirs.get(label, {}).get(name)
            cells += figures(asked)[:2] if asked else ["", ""]
        print(LINE.format(name, *cells))
    print(f"\nours: peak {used[0]:,.0f} MB, pages of the index included; {used[1]:,.0f} MB without")
    if theirs:
        n = min(options.compared, len(scopes))
        print(f"{', '.join(theirs)}: equal to ours in {n} scopes of each question answered")


if __name__ == "__main__":
    main()
