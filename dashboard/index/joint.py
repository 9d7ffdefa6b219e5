"""Publishing: what all segments have in common, put together and made the current generation."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
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
from dashboard.index.lexicon_build import recounted
from dashboard.index.opened import Index, Source, Topic, id_number
from dashboard.index.store import publish
from dashboard.index.topics import OTHER

N_TOPIC_TERMS = 30
N_KEYWORDS = 8
OTHER_ID, OTHER_LABEL = "other", "Other"


@dataclass(frozen=True)
class Plan:
    """What to publish. ``segments``: by name, the files of articles and counts; ``fit``: of the
    topics, None where those of ``old``, the generation before, are kept; ``own_names``: words of
    outlets' and authors' names."""

    segments: Mapping[str, tuple[Path, Path]]
    report: Report
    settings: Mapping[str, Any]
    own_names: frozenset[str]
    fit: Fit | None = None
    old: Index | None = None


def publish_segments(out: Path, work: Path, plan: Plan, made: Mapping[str, Any]) -> dict[str, Any]:
    """Write what is joint to ``work`` and publish it with the segments; returns the facts, among
    them ``made`` (how the build went)."""
    stores = [ArticleStore(Container(articles)) for articles, _ in plan.segments.values()]
    counts = [Container(path) for _, path in plan.segments.values()]
    columns = {
        name: [v for s in stores for v in s.values(name, np.arange(len(s)))]
        for name in ("article_id", "source", "file", "row")
    }
    sources = list_sources(columns["source"], plan.old.sources if plan.old else ())
    lexicon_arrays = recounted(Container(work / "lexicon.bin"), counts)
    lexicon = Lexicon(lexicon_arrays)
    write_container(work / "final-lexicon.bin", lexicon_arrays)
    joint = join_arrays(stores, counts, columns, sources)
    write_container(work / "joint.bin", joint)
    files = {"lexicon.bin": work / "final-lexicon.bin", "joint.bin": work / "joint.bin"}
    for name, (articles, path) in plan.segments.items():
        files[f"articles-{name}.bin"], files[f"counts-{name}.bin"] = articles, path
    (work / "report.json").write_text(json.dumps(plan.report.to_dict()), encoding="utf-8")
    (work / "names.json").write_text(json.dumps(sorted(plan.own_names)), encoding="utf-8")
    for name in ("report.json", "names.json"):
        files[name] = work / name
    days = joint["days"][~np.isnat(joint["days"])]
    facts = {
        "corpus_id": _digest(sorted(columns["article_id"])),
        "index_id": _digest(
            [*(d.decode() for d in sorted(d for s in stores for d in s.digests)),
             json.dumps(plan.settings, sort_keys=True)]
        ),
        "hashes": hash_counts(lexicon, joint),
        "n_articles": len(columns["article_id"]),
        "n_passages": int(joint["slice_passages"].sum()),
        "n_words": int(joint["slice_words"].sum(dtype=np.int64)),
        "n_undated": int(np.isnat(joint["days"]).sum()),
        "first_day": str(days.min()) if len(days) else None,
        "last_day": str(days.max()) if len(days) else None,
        "sources": [asdict(s) for s in sources],
        "segments": list(plan.segments),
        "settings": dict(plan.settings),
        "made": dict(made),
        **_topic_facts(work, plan, counts, lexicon, files),
    }  # fmt: skip
    publish(out, files, facts)
    return {**facts, "report": plan.report.to_dict()}


def _topic_facts(
    work: Path,
    plan: Plan,
    counts: Sequence[Container],
    lexicon: Lexicon,
    files: dict[str, Path],
) -> dict[str, Any]:
    """Topics and keywords, of a new fit or as they were; adds their ``files``."""
    n_leaves = len(plan.fit.labels) if plan.fit else len(plan.old.manifest["topic_of_leaf"]) - 1  # type: ignore[union-attr]
    sizes = np.zeros(n_leaves + 1, dtype=np.int64)
    for segment in counts:
        np.add.at(sizes, segment["slice_leaf"].astype(np.int64), segment["slice_passages"])
    if plan.fit is not None:
        topics, topic_of_leaf = list_topics(plan.fit, sizes)
        files["topics.bin"] = work / "topics.bin"
        files["topic_terms.parquet"] = work / "topic_terms.parquet"
        topic_terms(plan.fit, topics, topic_of_leaf).to_parquet(
            work / "topic_terms.parquet", index=False, write_page_checksum=True
        )
        n_articles = sum(len(c["article_words"]) for c in counts)
        keywords = suggest_keywords(lexicon, plan.fit.labels, n_articles)
    else:
        assert plan.old is not None
        topic_of_leaf = np.asarray(plan.old.manifest["topic_of_leaf"], dtype=np.int64)
        of_topic = np.zeros(len(plan.old.topics) + 1, dtype=np.int64)
        np.add.at(of_topic, topic_of_leaf, sizes)
        topics = [
            replace(topic, n_passages=int(of_topic[i])) for i, topic in enumerate(plan.old.topics)
        ]
        if sizes[OTHER] and all(t.topic_id != OTHER_ID for t in topics):
            topics.append(Topic(OTHER_ID, OTHER_LABEL, 0.0, int(sizes[OTHER])))
        for name in ("topics.bin", "topic_terms.parquet"):
            files[name] = plan.old.folder / name
        keywords = plan.old.keywords
    return {
        "topics": [asdict(t) for t in topics],
        "topic_of_leaf": topic_of_leaf.tolist(),
        "keywords": keywords,
    }


def hash_counts(lexicon: Lexicon, joint: Mapping[str, NDArray[Any]]) -> dict[str, str]:
    """Hashes of what was counted: of every word, and every phrase, with its articles and uses, and
    of every article with its words. The same whatever the order of the input, the segments, and
    whoever did the work; phrases depend on the fit."""
    phrases = set(lexicon.phrases.tolist())
    doc_freq, count = lexicon.doc_freq.tolist(), lexicon.count.tolist()
    digests = {"words": hashlib.sha256(), "phrases": hashlib.sha256()}
    # By spelling: numbers differ after additions.
    for i in sorted(range(len(lexicon)), key=lexicon.terms.raw):
        if count[i]:
            line = lexicon.terms.raw(i) + f"\0{doc_freq[i]}\0{count[i]}\n".encode()
            digests["phrases" if i in phrases else "words"].update(line)
    digests["articles"] = hashlib.sha256(np.ascontiguousarray(joint["id_numbers"]).tobytes())
    words = joint["article_words"][joint["id_order"]]
    digests["articles"].update(words.astype("<i8").tobytes())
    return {name: digest.hexdigest()[:16] for name, digest in digests.items()}


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


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
    files, _ = pd.factorize(np.asarray([*columns["file"], None], dtype=object)[:-1], sort=True)
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


def list_sources(names: Sequence[str | None], known: Sequence[Source] = ()) -> list[Source]:
    """Known sources, most articles first, then by name; the order fixes colour and shape, so that
    those ``known`` from an earlier generation keep their ids and ranks."""
    counts = pd.Series(names, dtype=object).dropna().value_counts()
    sources = [replace(s, n_articles=int(counts[s.name])) for s in known if s.name in counts.index]
    old = {s.name for s in sources}
    taken = {s.source_id for s in known}
    rank = max((s.rank for s in known), default=0)
    for name in sorted(counts.index.difference(old), key=lambda n: (-counts[n], n)):
        source_id = base = slug(name) or "s-" + _digest([name])[:6]
        while source_id in taken:
            source_id = f"{base}-{_digest([name])[:4]}"
            base = source_id
        taken.add(source_id)
        rank += 1
        sources.append(Source(source_id, name, int(counts[name]), rank))
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


def topic_terms(fit: Fit, topics: Sequence[Topic], position: NDArray[np.int64]) -> pd.DataFrame:
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
