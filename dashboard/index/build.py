"""Build: read the corpus, derive passages, terms and topics, write the index folder."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import stopwordsiso
from numpy.typing import NDArray
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from dashboard.corpus import Article, CleanMode, Corrections, read_corpus
from dashboard.index.labels import label_topics, slug
from dashboard.index.passages import split_passages
from dashboard.index.store import Source, Topic, check_target, write_index
from dashboard.index.stream import read_tokens
from dashboard.index.terms import TermTable, count_terms
from dashboard.index.tokens import tokenise
from dashboard.index.topics import OTHER, TopicModel, fit_topics

N_TOPIC_TERMS = 30
N_KEYWORDS = 8
FIELDS = ("title", "source", "original_source", "date", "authors", "url")
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
    # Fitted in the order of passage ids, which are content: file names and order can't matter.
    order = np.argsort(passages["passage_id"].to_numpy(dtype=str), kind="stable")
    model = _fit(terms, article_of, order, random_state)
    is_self = self_references(terms, articles)
    parts = label_topics(terms, model, article_of, is_self)
    say("writing the index")
    topics, topic_terms, topic_of = _topics(terms, model, parts)
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
            "topic_terms": topic_terms,
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
    return frozenset(ENGLISH_STOP_WORDS) | {t for word in found for t, _ in tokenise(word)}


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
    texts, article_of = split_passages(article.paragraphs for article in articles)
    number = np.arange(len(texts)) - np.searchsorted(article_of, article_of) + 1
    of = [articles[i] for i in article_of]
    return pd.DataFrame(
        {
            "passage_id": pd.Series(
                [f"{a.article_id}-{i:03d}" for a, i in zip(of, number, strict=True)], dtype="str"
            ),
            "article_id": pd.Series([a.article_id for a in of], dtype="str"),
            "source": pd.Series([a.fields["source"].value for a in of], dtype="str"),
            "text": pd.Series(texts, dtype="str"),
            "article": article_of,
        }
    )


def _fit(
    terms: TermTable, article_of: NDArray[np.int64], order: NDArray[np.int64], random_state: int
) -> TopicModel:
    """Fit with passages in ``order``, answers in the order given."""
    model = fit_topics(terms.take(order), article_of[order], random_state)
    back = np.argsort(order)
    return TopicModel(
        model.assigned[back],
        model.weights[back],
        model.components,
        model.features,
        model.reliability,
    )


def self_references(terms: TermTable, articles: Sequence[Article]) -> NDArray[np.bool_]:
    """(n_terms,) names of outlets and bylines: they tell who writes, not what is written."""
    names = {
        word
        for article in articles
        for field in ("source", "original_source", "authors")
        for word, _ in tokenise(article.fields[field].value or "")
    }
    words = [set(term.split()) for term in terms.term]
    return np.asarray(
        [bool(n) and w <= names for w, n in zip(words, terms.is_name, strict=True)], dtype=bool
    )


def _topics(
    terms: TermTable, model: TopicModel, parts: list[list[str]]
) -> tuple[list[Topic], pd.DataFrame, NDArray[np.int64]]:
    """Topics, largest first, with Other last if any passage is left; their terms; assignments."""
    k = len(parts)
    sizes = [int(np.count_nonzero(model.assigned == t)) for t in range(k)]
    order = sorted(range(k), key=lambda t: (-sizes[t], parts[t]))
    topics: list[Topic] = []
    for t in order:
        label = " · ".join(parts[t])
        label = label[:1].upper() + label[1:]
        base = slug(parts[t][0]) or "t-" + _digest(parts[t])[:6]
        taken = {topic.topic_id for topic in topics} | {OTHER_ID}
        topic_id = base
        while topic_id in taken:
            number = re.search(r"-(\d+)$", topic_id)
            topic_id = f"{base}-{int(number.group(1)) + 1 if number else 2}"
        topics.append(Topic(topic_id, label, round(float(model.reliability[t]), 4), sizes[t]))
    position = np.full(k + 1, OTHER)
    position[order] = np.arange(k)
    n_other = int(np.count_nonzero(model.assigned == OTHER))
    if n_other:
        topics.append(Topic(OTHER_ID, OTHER_LABEL, 0.0, n_other))
        position[OTHER] = k
    rows = []
    mean = model.components.mean(axis=0) if k else np.zeros(0)
    for t in order:
        h = model.components[t]
        weight = np.divide(h * h, mean, out=np.zeros_like(h), where=mean > 0)  # H x lift
        weight[terms.is_inside[model.features]] = 0.0  # the longer phrase stands for its parts
        ranked = [i for i in np.argsort(-weight, kind="stable") if weight[i] > 0][:N_TOPIC_TERMS]
        rows += [
            (topics[int(position[t])].topic_id, rank, terms.surface[model.features[i]], weight[i])
            for rank, i in enumerate(ranked, start=1)
        ]
    topic_terms = pd.DataFrame(rows, columns=["topic_id", "rank", "term", "weight"])
    return topics, topic_terms, position[model.assigned]


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
