"""Topics beside their peers: coherence, diversity, agreement with editors' labels, cost.

    python benchmarks/topics.py BBC.parquet NEWS.parquet [--labels]
    python benchmarks/topics.py --fit TABLE

BBC: a table with columns text (preprocessed, lower case) and topic. NEWS: a table of articles with
title, text, source, and topic, an editor's label. ``--labels`` prints the names at the default cut
and 20 leaves drawn at random. ``--fit`` measures fit and names alone, with their memory (Linux), on
what a build reads of any table and on all of it.
Times are processor seconds of one thread, after vectorising; the peers read the same counts. Words
are scored by ``coherence.npmi`` on the texts themselves, ten a topic, single words.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd
import scipy.sparse as sp
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.metrics import normalized_mutual_info_score as nmi

from benchmarks.coherence import diversity, npmi
from benchmarks.fitted import count_features, cut_tree, gather_articles
from dashboard.corpus.importing.read import read_corpus
from dashboard.index.building.build import stop_words
from dashboard.index.building.fit_sample import MOST_FITTED, SAMPLE, min_phrase_df, self_references
from dashboard.index.fitting.features import (
    inverse_unit_freq,
    select_features,
    tfidf,
)
from dashboard.index.fitting.match import match_topics
from dashboard.index.fitting.topic_names import label_nodes
from dashboard.index.fitting.topics import assign_topics, fit_topics
from dashboard.index.segments.stages import names_of
from dashboard.index.terms.fit_terms import TermTable, count_terms
from dashboard.index.terms.small_words import small_words
from dashboard.index.topics.model import RESIDUAL, TEMPLATE, TopicModel, default_nodes
from dashboard.index.topics.tree import leaf_masks
from dashboard.text.passages import split_passages
from dashboard.text.token_arrays import TokenStream, read_tokens

N_WORDS = 10
ROW = "{:34} {:>5} {:>7} {:>9} {:>6} {:>8}"


def seconds(work: Callable[[], object]) -> tuple[float, object]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def quality(
    topics: list[list[str]], stream: TokenStream, offsets: np.ndarray
) -> tuple[float, float]:
    """Mean NPMI, diversity."""
    position = {w: i for i, w in enumerate(stream.vocabulary)}
    ids = [[position[w] for w in topic] for topic in topics]
    return float(npmi(ids, stream.ids, offsets).mean()), diversity(ids)


def our_words(model: TopicModel, k: int) -> list[list[str]]:
    """First words of the themes at ``k``; Other and templates make no claim and are left out."""
    nodes = [v for v in default_nodes(model, k) if model.kind[v] not in (RESIDUAL, TEMPLATE)]
    return [
        [model.features[f] for f in model.words[v] if f >= 0 and " " not in model.features[f]][
            :N_WORDS
        ]
        for v in nodes
    ]


def show(name: str, k: object, words: tuple[float, float], found: float, cpu: float | str) -> None:
    cost = cpu if isinstance(cpu, str) else f"{cpu:.2f}"
    print(ROW.format(name, k, f"{words[0]:.3f}", f"{words[1]:.3f}", f"{found:.3f}", cost))


def peer(
    model: object, matrix: sp.csr_matrix, features: list[str]
) -> tuple[float, list[list[str]], np.ndarray]:
    """Seconds, first words and strongest topic of a scikit-learn model."""
    cpu, weights = seconds(lambda: model.fit_transform(matrix))
    best = np.argsort(-model.components_, axis=1, kind="stable")[:, :N_WORDS]
    return cpu, [[features[i] for i in row] for row in best], weights.argmax(axis=1)


def bbc(path: Path) -> None:
    """Mean over k = 10, 20 … 50, as in the published runs."""
    table = pd.read_parquet(path)
    stream = read_tokens(table["text"].tolist())
    terms = count_terms(stream, stop_words([]))
    gold = table["topic"].to_numpy()
    counts, features = select_features(terms, 5, 0.5)
    weighted = tfidf(counts, inverse_unit_freq(counts))
    ks = range(10, 51, 10)
    rows: dict[str, list[tuple[float, float, float, float]]] = {}
    cpu, model = seconds(lambda: fit_topics(terms, np.arange(len(table))))
    assert isinstance(model, TopicModel)
    for k in ks:
        ours = quality(our_words(model, k), stream, stream.offsets)
        leaf = cut_tree(model, k)[model.assigned]
        rows.setdefault("this", []).append((*ours, nmi(gold, leaf), cpu / len(ks)))
        for name, other, matrix in (
            (
                "scikit-learn NMF, TF-IDF",
                NMF(k, init="nndsvd", max_iter=200, random_state=0),
                weighted,
            ),
            ("scikit-learn LDA", LatentDirichletAllocation(k, random_state=0), counts),
        ):
            spent, words, found = peer(other, matrix, features.names)
            scored = quality(words, stream, stream.offsets)
            rows.setdefault(name, []).append((*scored, nmi(gold, found), spent))
    print(f"\n{path.name}: {len(table):,} texts, mean over k = 10, 20, 30, 40, 50")
    print(ROW.format("", "k", "NPMI", "diversity", "NMI", "CPU s"))
    for name, values in rows.items():
        mean = np.mean(values, axis=0)
        show(name, "", (mean[0], mean[1]), mean[2], mean[3])
    print("this: one fit for all k, its seconds divided by five; leaves:", model.n_leaves)


class News:
    """The articles of a table, counted by passage and by article."""

    def __init__(self, articles: list, gold: np.ndarray | None = None) -> None:
        self.gold = gold
        passages = [split_passages([a.paragraphs])[0] for a in articles]
        self.article_of = np.repeat(np.arange(len(articles)), [len(p) for p in passages])
        self.stream = read_tokens([text for texts in passages for text in texts])
        self.passages = count_terms(
            self.stream,
            frozenset().union(stop_words([]), *(small_words(a.language) for a in articles)),
            min_phrase_df(len(articles)),
        )
        self.terms = gather_articles(self.passages, self.article_of, len(articles))
        first = np.searchsorted(self.article_of, np.arange(len(articles) + 1))
        self.offsets = self.stream.offsets[first]
        names = sorted({a.fields["source"].value or "" for a in articles})
        code = {name: i if name else -1 for i, name in enumerate(names)}
        self.source_of = np.asarray([code[a.fields["source"].value or ""] for a in articles])
        counted = self.passages
        self.is_self = self_references(
            counted.term, counted.is_name, counted.unit_freq, names_of(articles)
        )
        self.articles = np.arange(len(articles))


def name_all(news: News, terms: TermTable, model: TopicModel, source: np.ndarray) -> list:
    return label_nodes(terms, model, np.arange(len(source)), news.is_self, source)


def headlines(news: News) -> tuple[TopicModel, list[list[str]]]:
    """Ours and LDA on the news articles."""
    cpu, model = seconds(lambda: fit_topics(news.terms, news.articles, source_of=news.source_of))
    assert isinstance(model, TopicModel)
    named, labels = seconds(lambda: name_all(news, news.terms, model, news.source_of))
    counts = count_features(news.passages, model)
    spread, leaf = seconds(lambda: assign_topics(model, counts, news.article_of)[0])
    print(f"\nnews: {len(news.gold):,} articles, {counts.shape[0]:,} passages, "
          f"{len(set(news.gold))} editors' labels")  # fmt: skip
    print(ROW.format("", "k", "NPMI", "diversity", "NMI", "CPU s"))
    for k in (model.n_default, 30, 50, model.n_leaves):
        cut = cut_tree(model, k)
        scored = quality(our_words(model, k), news.stream, news.offsets)
        show("this", k, scored, nmi(news.gold, cut[model.assigned]), cpu)
        cells = np.zeros((len(news.gold), k))
        known = leaf >= 0
        n_words = np.diff(news.stream.offsets)[known]
        np.add.at(cells, (news.article_of[known], cut[leaf[known]]), n_words)
        print(f"{'':12} most words of an article's passages: NMI "
              f"{nmi(news.gold, cells.argmax(axis=1)):.3f}")  # fmt: skip
    print(f"names {named:.2f} s, passages {spread:.2f} s; reliability {model.overall:.2f}, "
          f"of shuffled text {model.null:.2f}")  # fmt: skip
    matrix, features = select_features(news.terms, 10, 0.5)
    for k in (model.n_default, model.n_leaves):
        lda = LatentDirichletAllocation(k, random_state=0)
        spent, words, found = peer(lda, matrix, features.names)
        scored = quality(words, news.stream, news.offsets)
        show("scikit-learn LDA", k, scored, nmi(news.gold, found), spent)
    return model, labels


def steady(news: News, model: TopicModel, labels: list[list[str]]) -> None:
    """Shuffled input; one in a hundred articles new."""
    order = np.random.default_rng(0).permutation(len(news.articles))
    again = fit_topics(news.terms.take(order), news.articles, source_of=news.source_of[order])
    names = name_all(news, news.terms.take(order), again, news.source_of[order])
    same = (again.assigned == model.assigned[order]).mean()
    print(f"shuffled input: {same:.2%} of assignments, names "
          f"{'the same' if names == labels else 'DIFFER'}")  # fmt: skip
    old = news.article_of < round(0.99 * len(news.articles))
    counts = count_features(news.passages, model)
    alone, _ = assign_topics(model, counts[np.flatnonzero(old)], news.article_of[old])
    kept = (alone == assign_topics(model, counts, news.article_of)[0][old]).mean()
    print(f"1 % new articles, model frozen: {kept:.2%} of old passages unchanged")
    fewer = np.flatnonzero(np.arange(len(news.articles)) % 100 > 0)
    refit = fit_topics(news.terms.take(fewer), fewer, source_of=news.source_of[fewer])
    found = match_topics(model, refit)
    print(f"refit on 99 %: {len(found.same)} of {len(default_nodes(model))} topics matched, mean "
          f"cosine {np.mean(list(found.similarity.values())):.2f}")  # fmt: skip


def read_news(path: Path) -> News:
    articles = read_corpus([path], None, None, "never").articles
    table = pd.read_parquet(path)
    return News(articles, table["topic"].to_numpy()[[a.row - 1 for a in articles]])


def memory(reset: bool = False) -> int:
    """Most megabytes held since the last reset."""
    lines = Path("/proc/self/status").read_text().splitlines()
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def cost(path: Path) -> None:
    """Fit and names after vectorising: of what a build reads, then of all."""
    for most in (SAMPLE, None):
        articles = read_corpus([path], None, None, "never").articles
        if most is None or len(articles) > MOST_FITTED:
            articles = sorted(articles, key=lambda a: a.article_id)[:most]
            print(f"{len(articles):,} articles of {path.name}: {fit_cost(articles)}")


def fit_cost(articles: list) -> str:
    news = News(articles)
    articles.clear()  # a build holds none either
    del news.stream, news.passages
    memory(reset=True)
    held = memory()
    cpu, model = seconds(lambda: fit_topics(news.terms, news.articles, 0, news.source_of))
    assert isinstance(model, TopicModel)
    named, _ = seconds(lambda: name_all(news, news.terms, model, news.source_of))
    return (
        f"fit {cpu:.1f} s, names {named:.1f} s, {model.n_leaves} leaves; at most {memory():,} MB, "
        f"{held:,} MB before"
    )


def main() -> None:
    paths = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    if "--fit" in sys.argv and len(paths) == 1:
        return cost(paths[0])
    if len(paths) != 2:
        sys.exit(__doc__)
    print("BERTopic: not run, it needs a sentence encoder that has to be downloaded")
    bbc(paths[0])
    news = read_news(paths[1])
    model, labels = headlines(news)
    if "--labels" in sys.argv:
        shown = [v for v in range(model.n_leaves) if model.kind[v] != RESIDUAL]
        drawn = sorted(np.random.default_rng(20).choice(shown, 20, replace=False).tolist())
        held = leaf_masks(model.parents)
        for v in [*default_nodes(model), *drawn]:
            mine = np.isin(model.assigned, np.flatnonzero(held[v]))
            top = pd.Series(news.gold[mine]).value_counts().head(2).to_dict()
            words = ", ".join(model.surfaces[f] for f in model.words[v, :6])
            print(f"| {' · '.join(labels[v])} | {words} | {top} of {mine.sum()} |")
    steady(news, model, labels)


if __name__ == "__main__":
    main()
