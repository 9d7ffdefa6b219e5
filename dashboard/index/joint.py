"""Publishing: what all segments have in common, put together and made the current generation."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.corpus import Report
from dashboard.index.article_store import ArticleStore
from dashboard.index.container import Container, write_container
from dashboard.index.fitting import Fit
from dashboard.index.labels import slug
from dashboard.index.lexicon import INSIDE, SELF, STOP, Lexicon
from dashboard.index.opened import Source, Topic, id_number
from dashboard.index.store import publish
from dashboard.index.topics import OTHER

N_TOPIC_TERMS = 30
N_KEYWORDS = 8
OTHER_ID, OTHER_LABEL = "other", "Other"


def publish_segments(
    out: Path,
    work: Path,
    names: Sequence[str],
    fit: Fit,
    facts: Sequence[Mapping[str, Any]],
    report: Report,
    random_state: int,
) -> dict[str, Any]:
    """Write what is joint to ``work`` and publish it with the segments; returns the facts."""
    stores = [ArticleStore(Container(work / f"articles-{name}.bin")) for name in names]
    counts = [Container(work / f"counts-{name}.bin") for name in names]
    columns = {
        name: [v for s in stores for v in s.values(name, np.arange(len(s)))]
        for name in ("article_id", "source", "file", "row")
    }
    sources = list_sources(columns["source"])
    leaf_passages = np.zeros(len(fit.labels) + 1, dtype=np.int64)
    for c in counts:
        np.add.at(leaf_passages, c["slice_leaf"].astype(np.int64), c["slice_passages"])
    topics, topic_of_leaf = list_topics(fit, leaf_passages)
    lexicon_arrays = _recounted(Container(work / "lexicon.bin"), counts)
    write_container(work / "final-lexicon.bin", lexicon_arrays)
    joint = join_arrays(stores, counts, columns, sources)
    write_container(work / "joint.bin", joint)
    topic_terms(fit, topics, topic_of_leaf).to_parquet(
        work / "topic_terms.parquet", index=False, write_page_checksum=True
    )
    (work / "report.json").write_text(json.dumps(report.to_dict()), encoding="utf-8")
    days = joint["days"][~np.isnat(joint["days"])]
    digests = sorted(d for f in facts for d in f["digests"])
    made = {
        "corpus_id": _digest(sorted(columns["article_id"])),
        "index_id": _digest([*digests, str(random_state)]),
        "n_articles": len(columns["article_id"]),
        "n_passages": sum(f["n_passages"] for f in facts),
        "n_words": sum(f["n_words"] for f in facts),
        "n_bytes": sum(f["n_bytes"] for f in facts),
        "n_undated": int(np.isnat(joint["days"]).sum()),
        "first_day": str(days.min()) if len(days) else None,
        "last_day": str(days.max()) if len(days) else None,
        "sources": [vars(s) for s in sources],
        "topics": [vars(t) for t in topics],
        "topic_of_leaf": topic_of_leaf.tolist(),
        "keywords": suggest_keywords(Lexicon(lexicon_arrays), fit.labels, len(joint["days"])),
        "segments": list(names),
        "settings": {"random_state": random_state, "engine": "scikit-learn"},
    }
    files = {"lexicon.bin": work / "final-lexicon.bin"}
    for name in ("joint.bin", "topics.bin", "topic_terms.parquet", "report.json"):
        files[name] = work / name
    for name in names:
        for kind in ("articles", "counts"):
            files[f"{kind}-{name}.bin"] = work / f"{kind}-{name}.bin"
    publish(out, files, made)
    return {**made, "report": report.to_dict()}


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _recounted(
    lexicon: Mapping[str, NDArray[Any]], counts: Sequence[Mapping[str, NDArray[Any]]]
) -> dict[str, NDArray[Any]]:
    """The lexicon's arrays with what the segments counted."""
    arrays = dict(lexicon)
    doc_freq, count = np.zeros_like(arrays["doc_freq"]), np.zeros_like(arrays["count"])
    for c in counts:
        doc_freq[c["posting_terms"]] += c["doc_freq"]
        count[c["posting_terms"]] += c["count"]
    return {**arrays, "doc_freq": doc_freq, "count": count}


def join_arrays(
    stores: Sequence[ArticleStore],
    counts: Sequence[Mapping[str, NDArray[Any]]],
    columns: Mapping[str, list[Any]],
    sources: Sequence[Source],
) -> dict[str, NDArray[Any]]:
    """The arrays over all articles and slices: see :class:`dashboard.index.opened.Index`."""
    position = {s.name: i for i, s in enumerate(sources)}
    days = np.concatenate([np.zeros(0, "datetime64[D]"), *(s.days for s in stores)])
    first_article = np.cumsum([0, *(len(s) for s in stores)])[:-1]
    first_slice = np.cumsum([0, *(len(c["slice_leaf"]) for c in counts)])[:-1]
    files, names = pd.factorize(np.asarray([*columns["file"], None], dtype=object)[:-1], sort=True)
    rows = np.asarray([-1 if r is None else r for r in columns["row"]], dtype=np.int64)
    ids = columns["article_id"]
    numbers = np.asarray([id_number(i) for i in ids], dtype=np.int64)
    id_order = np.argsort(numbers, kind="stable")
    dated = np.where(np.isnat(days), np.datetime64("9999-12-31"), days)

    def joined(name: str, dtype: Any) -> NDArray[Any]:
        return np.concatenate([np.zeros(0, dtype), *(c[name] for c in counts)]).astype(dtype)

    return {
        "source_of": np.asarray(
            [-1 if name is None else position[name] for name in columns["source"]], dtype=np.int32
        ),
        "days": days,
        "article_words": joined("article_words", np.int32),
        "by_date": np.lexsort((numbers, rows, files, dated)).astype(np.int64),
        "first_article": first_article.astype(np.int64),
        "first_slice": first_slice.astype(np.int64),
        "slice_article": np.concatenate(
            [np.zeros(0, np.int32),
             *(c["slice_article"] + base for c, base in zip(counts, first_article, strict=True))]
        ).astype(np.int32),
        "slice_leaf": joined("slice_leaf", np.int16),
        "slice_words": joined("slice_words", np.int32),
        "slice_passages": joined("slice_passages", np.int32),
        "slice_squares": joined("slice_squares", np.float64),
        "id_numbers": numbers[id_order],
        "id_order": id_order.astype(np.int64),
    }  # fmt: skip


def list_sources(names: Sequence[str | None]) -> list[Source]:
    """Known sources, most articles first, then by name; the order fixes colour and shape."""
    counts = pd.Series(names, dtype=object).dropna().value_counts()
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


def list_topics(fit: Fit, sizes: NDArray[np.int64]) -> tuple[list[Topic], NDArray[np.int64]]:
    """Topics, largest first, with Other last if any passage is left; the topic of each leaf, and,
    last, of passages without one. ``sizes``: passages of each leaf, then of none."""
    k = len(fit.labels)
    order = sorted(range(k), key=lambda t: (-int(sizes[t]), fit.labels[t]))
    topics: list[Topic] = []
    for t in order:
        parts = fit.labels[t]
        label = " · ".join(parts)
        label = label[:1].upper() + label[1:]
        base = slug(parts[0]) or "t-" + _digest(parts)[:6]
        taken = {topic.topic_id for topic in topics} | {OTHER_ID}
        topic_id = base
        while topic_id in taken:
            number = re.search(r"-(\d+)$", topic_id)
            topic_id = f"{base}-{int(number.group(1)) + 1 if number else 2}"
        reliability = round(float(fit.model.reliability[t]), 4)
        topics.append(Topic(topic_id, label, reliability, int(sizes[t])))
    position = np.full(k + 1, k, dtype=np.int64)
    position[order] = np.arange(k)
    if sizes[OTHER]:
        topics.append(Topic(OTHER_ID, OTHER_LABEL, 0.0, int(sizes[OTHER])))
    return topics, position


def topic_terms(
    fit: Fit, topics: Sequence[Topic], position: NDArray[np.int64]
) -> pd.DataFrame:
    """The strongest terms of each topic by weight x lift."""
    rows = []
    components, features = fit.model.components, fit.model.features
    mean = components.mean(axis=0) if len(components) else np.zeros(0)
    for t in np.argsort(position[:-1]):
        h = components[t]
        weight = np.divide(h * h, mean, out=np.zeros_like(h), where=mean > 0)  # H x lift
        weight[fit.terms.is_inside[features]] = 0.0  # the longer phrase stands for its parts
        ranked = [i for i in np.argsort(-weight, kind="stable") if weight[i] > 0][:N_TOPIC_TERMS]
        rows += [
            (topics[int(position[t])].topic_id, rank, fit.terms.surface[features[i]], weight[i])
            for rank, i in enumerate(ranked, start=1)
        ]
    return pd.DataFrame(rows, columns=["topic_id", "rank", "term", "weight"])


def suggest_keywords(
    lexicon: Lexicon, labels: Sequence[Sequence[str]], n_articles: int
) -> list[str]:
    """Parts of topic names, and the commonest words, that several articles use."""
    numbers = lexicon.analysed[(lexicon.flags[lexicon.analysed] & (STOP | INSIDE | SELF)) == 0]
    common = numbers[np.argsort(-lexicon.count[numbers], kind="stable")][:8].tolist()
    number_of = {lexicon.surfaces[n]: n for n in reversed(lexicon.analysed.tolist())}
    parts = [part for topic in labels for part in topic]
    scored: list[tuple[float, str]] = []
    for part in dict.fromkeys([*parts, *(lexicon.surfaces[n] for n in common)]):
        number = number_of.get(part)
        if number is None:
            continue
        n_with = int(lexicon.doc_freq[number])
        if n_with >= min(2, n_articles):
            # Often used, and most telling where about half of the articles use it.
            spread = 1 - 0.5 * (2 * n_with / n_articles - 1) ** 2
            scored.append((float(np.log1p(lexicon.count[number])) * spread, part))
    return [part for _, part in sorted(scored, key=lambda s: (-s[0], s[1]))][:N_KEYWORDS]
