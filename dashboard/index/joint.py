"""Publishing: what all segments have in common, put together and made the current generation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
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
from dashboard.index.lexicon import Lexicon
from dashboard.index.lexicon_build import recounted
from dashboard.index.listing import (
    OTHER_ID,
    OTHER_LABEL,
    digest_of,
    list_sources,
    list_topics,
    suggest_keywords,
    topic_terms_of,
)  # fmt: skip
from dashboard.index.opened import Index, Source, Topic, id_number, open_index
from dashboard.index.store import publish
from dashboard.index.sums_build import write_sums
from dashboard.index.term_counts import warm_up
from dashboard.index.topic_model import (
    default_nodes,
)  # fmt: skip
from dashboard.index.topic_store import read_model
from dashboard.index.topic_tree import n_leaves
from dashboard.index.workspace import give_back


@dataclass(frozen=True)
class Plan:
    """What to publish. ``segments``: by name, the files of articles and counts; ``fit``: of the
    topics, None where those of ``old``, the generation before, are kept; ``own_names``: see
    ``self_references``."""

    segments: Mapping[str, tuple[Path, Path]]
    report: Report
    settings: Mapping[str, Any]
    own_names: Mapping[str, float]
    fit: Fit | None = None
    old: Index | None = None


def publish_segments(
    out: Path, work: Path, plan: Plan, made: Callable[[], Mapping[str, Any]]
) -> dict[str, Any]:
    """Write what is joint to ``work`` and publish it with the segments; returns the facts, among
    them what ``made`` says at the end (how the build went)."""
    texts = [Container(path) for path, _ in plan.segments.values()]
    stores = [ArticleStore(each) for each in texts]
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
    (work / "names.json").write_text(json.dumps(plan.own_names, sort_keys=True), encoding="utf-8")
    for name in ("report.json", "names.json"):
        files[name] = work / name
    days = joint["days"][~np.isnat(joint["days"])]
    facts = {
        "corpus_id": digest_of(sorted(columns["article_id"])),
        "index_id": digest_of(
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
        **_topic_facts(work, plan, counts, lexicon, files),
    }  # fmt: skip
    del columns  # what is large: sums need memory
    for segment in (*texts, *counts):
        segment.release()
    give_back()
    parents = Container(files["topics.bin"])["parents"]
    sizes = (len(sources), n_leaves(parents), len(lexicon.analysed))
    files |= write_sums(work, counts, joint, *sizes)
    give_back()
    facts["made"] = dict(made())
    publish(out, files, facts)
    warm_up(open_index(out))
    return {**facts, "report": plan.report.to_dict()}


def _topic_facts(
    work: Path,
    plan: Plan,
    counts: Sequence[Container],
    lexicon: Lexicon,
    files: dict[str, Path],
) -> dict[str, Any]:
    """Topics and keywords, of a new fit or as they were; adds their ``files``."""
    home = work if plan.old is None or plan.fit is not None else plan.old.folder
    for name in ("topics.bin", "topics.json", "topic_terms.parquet"):
        files[name] = home / name
    named = read_model(home)
    sizes = np.zeros(named.model.n_leaves + 1, dtype=np.int64)
    for segment in counts:
        np.add.at(sizes, segment["slice_leaf"].astype(np.int64), segment["slice_passages"])
    if plan.old is None or plan.fit is not None:
        topics, topic_of_leaf = list_topics(named, sizes)
        topic_terms_of(named, [t.topic_id for t in topics]).to_parquet(
            work / "topic_terms.parquet", index=False, write_page_checksum=True
        )
        n_articles = sum(len(c["article_words"]) for c in counts)
        parts = [named.labels[node] for node in default_nodes(named.model)]
        keywords = suggest_keywords(lexicon, parts, n_articles)
    else:
        topic_of_leaf = np.asarray(plan.old.manifest["topic_of_leaf"], dtype=np.int64)
        of_topic = np.zeros(len(plan.old.topics) + 1, dtype=np.int64)
        np.add.at(of_topic, topic_of_leaf, sizes)
        topics = [
            replace(topic, n_passages=int(of_topic[i])) for i, topic in enumerate(plan.old.topics)
        ]
        if of_topic[len(topics)]:  # the first passages of no topic
            topics.append(Topic(OTHER_ID, OTHER_LABEL, 0.0, int(of_topic[len(topics)])))
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
