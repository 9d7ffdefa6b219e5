"""Build: read the corpus, derive passages, terms and topics, write the index folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import stopwordsiso
from numpy.typing import NDArray
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from dashboard.corpus import Article, CleanMode, Corrections, read_corpus
from dashboard.index.features import count_features, gather_articles
from dashboard.index.labels import label_nodes, node_slugs, slug
from dashboard.index.passages import build_passages
from dashboard.index.store import Source, Topic, check_target, write_index
from dashboard.index.terms import TermTable, count_terms, read_tokens, tokenise
from dashboard.index.topic_limits import GRAPH_ARTICLES
from dashboard.index.topic_model import (
    RESIDUAL,
    TopicModel,
    cut_tree,
    default_nodes,
    topic_terms,
)
from dashboard.index.topics import assign_topics, fit_topics

N_KEYWORDS = 8
FIELDS = ("title", "source", "original_source", "date", "authors", "url")
# scikit-learn's list has words that news is about, and the last name of Kim Jong Un.
NO_STOP_WORDS = frozenset("bill cry fire interest mill system un".split())
OTHER_ID, OTHER_LABEL = "other", "Other"

Progress = Callable[[str], None]


def build_index(
    paths: Sequence[Path],
    out: Path,
    progress: Progress | None = None,
    random_state: int = 0,
    corrections: Corrections | None = None,
    mapping: Mapping[str, str] | None = None,
    clean: CleanMode = "auto",
) -> dict[str, Any]:
    """Read ``paths`` and write the index folder ``out``; returns the facts of its manifest.

    ``progress`` is told each stage. An input without any article gives an empty index, whose
    report says why. Raises ``CorpusError`` for a path that does not exist and
    ``IndexFolderError`` for an ``out`` that holds something else.
    """
    say = progress or (lambda stage: None)
    check_target(out)
    say("reading articles")
    corpus = read_corpus(paths, corrections, mapping, clean)
    articles = corpus.articles
    say(f"splitting {len(articles):,} articles into passages")
    passages = _passages(articles)
    say(f"counting terms in {len(passages):,} passages")
    titles = [a.fields["title"].value or "" for a in articles]
    stream, title_stream = read_tokens([*passages["text"], *titles], len(passages)).split(
        len(passages)
    )
    terms = count_terms(stream, stop_words([a.language for a in articles]))
    article_of = passages.pop("article").to_numpy(dtype=np.int64)
    say("finding topics")
    is_self = self_references(terms, articles)
    model, names, leaf_of = _fit(terms, article_of, is_self, articles, random_state)
    say("writing the index")
    topics, terms_of, topic_of = _topics(model, names, leaf_of)
    parts = [names[node] for node in default_nodes(model)]
    n_words = np.diff(stream.offsets)
    facts = {
        "corpus_id": _digest([a.article_id for a in sorted(articles, key=lambda a: a.article_id)]),
        "index_id": _index_id(articles, random_state),
        "report": corpus.report.to_dict(),
        "n_articles": len(articles),
        "n_passages": len(passages),
        "n_words": int(n_words.sum()),
        "sources": [vars(s) for s in _sources(articles)],
        "topics": [vars(t) for t in topics],
        "keywords": _keywords(terms, parts, is_self, article_of, len(articles)),
        "settings": {"random_state": random_state, "engine": "scikit-learn"},
    }
    write_index(
        out,
        tables={
            "articles": _articles(articles, article_of, n_words),
            "lines": _lines(articles),
            "fields": _fields(articles),
            "passages": passages,
            "topic_terms": terms_of,
            "terms": pd.DataFrame(
                {
                    "term": terms.term,
                    "surface": terms.surface,
                    "is_stop": terms.is_stop,
                    "is_inside": terms.is_inside,
                    "is_self": is_self,
                }
            ),
            "vocabulary": pd.DataFrame({"word": pd.Series(stream.vocabulary, dtype=str)}),
        },
        arrays={
            "article_of": article_of,
            "topic_of": topic_of,
            "n_words": n_words,
            "ids": stream.ids,
            "offsets": stream.offsets,
            "title_ids": title_stream.ids,
            "title_offsets": title_stream.offsets,
            "term_indptr": terms.indptr,
            "term_indices": terms.indices,
            "term_counts": terms.data,
        },
        facts=facts,
    )
    return facts


def stop_words(languages: Sequence[str]) -> frozenset[str]:
    """English stop words, and those of the languages that a tenth of the articles or more are in:
    one French article must not take "force" and "comment" from the others."""
    share = {lang: languages.count(lang) / len(languages) for lang in set(languages)}
    others = [
        lang
        for lang in sorted(share)
        if lang != "en" and share[lang] >= 0.1 and stopwordsiso.has_lang(lang)
    ]
    found = stopwordsiso.stopwords(others) if others else set()
    english = frozenset(ENGLISH_STOP_WORDS) - NO_STOP_WORDS
    return english | {t for word in found for t, _ in tokenise(word)}


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _index_id(articles: Sequence[Article], random_state: int) -> str:
    values = [
        [
            a.article_id,
            a.language,
            [a.fields[f].value or "" for f in FIELDS],
            [line.number for line in a.lines if line.label == "keep"],
        ]
        for a in sorted(articles, key=lambda a: a.article_id)
    ]
    return _digest([json.dumps(values), str(random_state)])


def _passages(articles: Sequence[Article]) -> pd.DataFrame:
    rows = [
        (
            f"{article.article_id}-{i:03d}",
            article.article_id,
            article.fields["source"].value,
            text,
            n,
        )
        for n, article in enumerate(articles)
        for i, text in enumerate(build_passages(article.paragraphs), start=1)
    ]
    columns = ["passage_id", "article_id", "source", "text", "article"]
    return pd.DataFrame(rows, columns=columns).astype({"article": "int64"})


def _fit(
    terms: TermTable,
    article_of: NDArray[np.int64],
    is_self: NDArray[np.bool_],
    articles: Sequence[Article],
    random_state: int,
) -> tuple[TopicModel, list[list[str]], NDArray[np.int64]]:
    """The model, the names of its nodes, and the leaf of each passage: few articles are read
    passage by passage, many whole."""
    names = [a.fields["source"].value for a in articles]
    code = {name: i for i, name in enumerate(sorted({name for name in names if name}))}
    source_of = np.asarray([code.get(name or "", -1) for name in names], dtype=np.int64)
    many = len(articles) >= GRAPH_ARTICLES
    unit_of = np.arange(len(articles)) if many else article_of
    units = gather_articles(terms, article_of, len(articles)) if many else terms
    model = fit_topics(units, unit_of, random_state, source_of[unit_of])
    leaf_of = assign_topics(model, count_features(terms, model), article_of)
    return model, label_nodes(units, model, unit_of, is_self, source_of[unit_of]), leaf_of


def self_references(terms: TermTable, articles: Sequence[Article]) -> NDArray[np.bool_]:
    """(n_terms,) names of outlets and bylines: they tell who writes, not what is written.

    Names in the news are spared: a term that stands in far more texts than its name has articles
    (the senator who once wrote a column).
    """
    n_articles: dict[str, float] = {}
    for article in articles:
        for field, weight in (("source", 10), ("original_source", 10), ("authors", 3)):
            name = article.fields[field].value
            if name:
                n_articles[name] = n_articles.get(name, 0) + weight
    allowed: dict[str, dict[int, float]] = {}  # word → names that hold it, texts each accounts for
    for number, name in enumerate(sorted(n_articles)):
        for word in {word for word, _ in tokenise(name)}:
            allowed.setdefault(word, {})[number] = n_articles[name]
    barred = np.zeros(len(terms), dtype=bool)
    for i in np.flatnonzero(terms.is_name):
        holders = [allowed.get(word, {}) for word in terms.term[i].split()]
        shared = set.intersection(*(set(h) for h in holders))
        barred[i] = terms.doc_freq[i] <= sum(holders[0][name] for name in shared)
    barred &= terms.doc_freq > 0
    return barred


def _topics(
    model: TopicModel, names: list[list[str]], leaf_of: NDArray[np.int64]
) -> tuple[list[Topic], pd.DataFrame, NDArray[np.int64]]:
    """Topics at the default cut, largest first, with Other last if any passage is left; their
    terms; the topic of each passage."""
    nodes = default_nodes(model)
    of_leaf = np.append(cut_tree(model, len(nodes)), len(nodes))  # the last for OTHER, at -1
    kinds = np.asarray([model.kind[node] == RESIDUAL for node in nodes] + [True], dtype=bool)
    found = np.where(kinds[of_leaf[leaf_of]], len(nodes), of_leaf[leaf_of])
    sizes = np.bincount(found, minlength=len(nodes) + 1)
    slugs = node_slugs(names, model)
    shown = [t for t in range(len(nodes)) if not kinds[t]]
    order = sorted(shown, key=lambda t: (-sizes[t], names[nodes[t]]))
    topics: list[Topic] = []
    rows: list[tuple[str, int, str, float]] = []
    for t in order:
        label = " · ".join(names[nodes[t]])
        reliability = round(float(model.reliability[nodes[t]]), 4)
        label = label[:1].upper() + label[1:]
        topics.append(Topic(slugs[nodes[t]], label, reliability, int(sizes[t])))
        told = topic_terms(model, int(nodes[t]))
        rows += [
            (slugs[nodes[t]], rank, term, weight)
            for rank, term, weight in zip(told["rank"], told["term"], told["weight"], strict=True)
        ]
    position = np.full(len(nodes) + 1, len(order))
    position[order] = np.arange(len(order))
    if sizes[-1]:
        topics.append(Topic(OTHER_ID, OTHER_LABEL, 0.0, int(sizes[-1])))
    terms = pd.DataFrame(rows, columns=["topic_id", "rank", "term", "weight"])
    return topics, terms, position[found]


def _sources(articles: Sequence[Article]) -> list[Source]:
    """Known sources, most articles first, then by name; the order fixes colour and shape."""
    names = pd.Series([a.fields["source"].value for a in articles], dtype=object).dropna()
    counts = names.value_counts()
    sources: list[Source] = []
    taken: set[str] = set()
    for name in sorted(counts.index, key=lambda n: (-counts[n], n)):
        source_id = base = slug(name) or "s-" + _digest([name])[:6]
        while source_id in taken:
            source_id = f"{base}-{_digest([name])[:4]}"
            base = source_id
        taken.add(source_id)
        sources.append(Source(source_id, name, int(counts[name]), len(sources) + 1))
    return sources


def _articles(
    articles: Sequence[Article], article_of: NDArray[np.int64], n_words: NDArray[np.int64]
) -> pd.DataFrame:
    words = np.bincount(article_of, n_words, len(articles)).astype(np.int64)
    days = [
        a.fields["date"].value if a.fields["date"].basis not in ("bounded", "unknown") else None
        for a in articles
    ]
    return pd.DataFrame(
        {
            "article_id": pd.Series([a.article_id for a in articles], dtype=str),
            "file": pd.Series([a.file for a in articles], dtype=str),
            "row": pd.array([a.row for a in articles], dtype="Int64"),
            **{
                field: pd.Series(
                    days if field == "date" else [a.fields[field].value for a in articles],
                    dtype="str",
                )
                for field in ("title", "source", "original_source", "date")
            },
            "date_basis": pd.Series([a.fields["date"].basis for a in articles], dtype=str),
            "authors": pd.Series([a.fields["authors"].value for a in articles], dtype="str"),
            "url": pd.Series([a.fields["url"].value for a in articles], dtype="str"),
            "n_words": words,
            "language": pd.Series([a.language for a in articles], dtype=str),
        }
    )


def _lines(articles: Sequence[Article]) -> pd.DataFrame:
    rows = [
        (a.article_id, a.file, line.number, line.label, line.reason, line.text)
        for a in articles
        for line in a.lines
    ]
    return pd.DataFrame(rows, columns=["article_id", "file", "line", "label", "reason", "text"])


def _fields(articles: Sequence[Article]) -> pd.DataFrame:
    rows = [
        (a.article_id, name, f.value, f.basis, f.line, f.evidence)
        for a in articles
        for name, f in ((n, a.fields[n]) for n in FIELDS)
    ]
    columns = ["article_id", "field", "value", "basis", "line", "evidence"]
    return pd.DataFrame(rows, columns=columns).astype({"line": "Int64", "value": "str"})


def _keywords(
    terms: TermTable,
    parts: list[list[str]],
    is_self: NDArray[np.bool_],
    article_of: NDArray[np.int64],
    n_articles: int,
) -> list[str]:
    """Suggested keywords: parts of topic names, and the commonest words, that several articles
    use."""
    rows = np.repeat(article_of, np.diff(terms.indptr))
    lookup = {s: i for i, s in reversed(list(enumerate(terms.surface)))}
    scored: list[tuple[float, str]] = []
    usable = np.flatnonzero(~(terms.is_stop | terms.is_inside | is_self) & (terms.count > 1))
    common = [terms.surface[i] for i in usable[np.argsort(-terms.count[usable], kind="stable")][:8]]
    for part in dict.fromkeys([*(p for topic in parts for p in topic), *common]):
        column = lookup.get(part)
        if column is None:
            continue
        n_with = len(np.unique(rows[terms.indices == column]))
        if n_with >= min(2, n_articles):
            # Often used, and most telling where about half of the articles use it.
            spread = 1 - 0.5 * (2 * n_with / n_articles - 1) ** 2
            scored.append((float(np.log1p(terms.count[column])) * spread, part))
    return [part for _, part in sorted(scored, key=lambda s: (-s[0], s[1]))][:N_KEYWORDS]
