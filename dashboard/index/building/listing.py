"""What an index lists by name: its sources, and keywords to begin with."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dashboard.index.fitting.topic_names import slug
from dashboard.index.index import Source
from dashboard.index.terms.lexicon import INSIDE, SELF, STOP, Lexicon
from dashboard.text.query import as_keyword

N_KEYWORDS = 8


def digest_of(parts: Sequence[str]) -> str:
    """Twelve hex characters that identify a list of texts."""
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
    best = sorted(scored, key=lambda s: (-s[0], s[1]))[:N_KEYWORDS]
    return [as_keyword(part) for _, part in best]
