"""What an index lists by name: its sources, its topics with their terms, keywords to begin with."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.labels import slug
from dashboard.index.lexicon import INSIDE, SELF, STOP, Lexicon
from dashboard.index.opened import Source, Topic
from dashboard.index.topic_model import RESIDUAL, cut_tree, default_nodes, topic_terms
from dashboard.index.topic_store import NamedModel

N_KEYWORDS = 8
OTHER_ID, OTHER_LABEL = "other", "Other"


def digest_of(parts: Sequence[str]) -> str:
    """Twelve hex characters that tell a list of texts from another."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def list_sources(names: Sequence[str | None], known: Sequence[Source] = ()) -> list[Source]:
    """Known sources, most articles first, then by name; the order fixes colour and shape, so that
    those ``known`` from an earlier generation keep their ids and ranks."""
    counts = Counter(name for name in names if name is not None)
    sources = [replace(s, n_articles=counts[s.name]) for s in known if s.name in counts]
    old = {s.name for s in sources}
    taken = {s.source_id for s in known}
    rank = max((s.rank for s in known), default=0)
    for name in sorted(counts.keys() - old, key=lambda n: (-counts[n], n)):
        source_id = base = slug(name) or "s-" + digest_of([name])[:6]
        while source_id in taken:
            source_id = f"{base}-{digest_of([name])[:4]}"
            base = source_id
        taken.add(source_id)
        rank += 1
        sources.append(Source(source_id, name, counts[name], rank))
    return sources


def list_topics(
    named: NamedModel, sizes: NDArray[np.int64]
) -> tuple[list[Topic], NDArray[np.int64]]:
    """Topics of the default cut, largest first, with Other last if any passage is left; and the
    topic of each leaf, the last of them of passages without one. ``sizes``: passages of each leaf,
    then of none."""
    model = named.model
    nodes = default_nodes(model)
    of_leaf = cut_tree(model, len(nodes)) if len(nodes) else np.zeros(0, dtype=np.int64)
    passages = np.bincount(of_leaf, sizes[:-1], len(nodes)).astype(np.int64)
    themes = [t for t, node in enumerate(nodes) if model.kind[node] != RESIDUAL]
    order = sorted(themes, key=lambda t: (-passages[t], named.labels[nodes[t]]))
    topics: list[Topic] = []
    for t in order:
        label = " · ".join(named.labels[nodes[t]])
        label = label[:1].upper() + label[1:]
        reliability = round(float(model.reliability[nodes[t]]), 4)
        topics.append(Topic(named.node_ids[nodes[t]], label, reliability, int(passages[t])))
    position = np.full(len(nodes) + 1, len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    left = int(sizes[-1] + passages.sum() - passages[order].sum())
    if left:
        topics.append(Topic(OTHER_ID, OTHER_LABEL, 0.0, left))
    return topics, np.append(position[of_leaf], len(order))


def topic_terms_of(named: NamedModel, topic_ids: Sequence[str]) -> pd.DataFrame:
    """The strongest terms of each topic of the default cut."""
    node_of = {named.node_ids[n]: int(n) for n in default_nodes(named.model)}
    tables = [
        topic_terms(named.model, node_of[topic_id]).assign(topic_id=topic_id)
        for topic_id in topic_ids
        if topic_id in node_of
    ]
    columns = ["topic_id", "rank", "term", "weight", "lift", "count"]
    if not tables:
        return pd.DataFrame(columns=columns)
    return pd.concat(tables, ignore_index=True)[columns]


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
