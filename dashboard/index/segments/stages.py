"""Segments: the parts that an index is built of, each by a stage function of its own.

Two stages: ``read_segment`` turns batches of records into articles, passages and tokens with words
numbered among themselves; ``count_segment`` gives the words their numbers in the lexicon, the
passages their topics, and counts. Both are pure and idempotent: they never change their input and
write the same bytes when they are run again, in whatever process or machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from dashboard.corpus.article import Article
from dashboard.corpus.importing.batches import Outcome, read_batch
from dashboard.index.segments.count_slices import count_tokens
from dashboard.index.segments.tokens import SegmentTokens, bounds, read_segment_tokens, write_tokens
from dashboard.index.storage.articles import (
    ArticleStore,
    id_number,
    pack_articles,
    take_articles,
)
from dashboard.index.storage.container import Container, Strings, write_container
from dashboard.index.storage.folder import write_json
from dashboard.index.terms.lexicon import Lexicon
from dashboard.index.terms.match_phrases import match_phrases
from dashboard.index.topics.model import TopicModel
from dashboard.index.topics.model_file import read_model
from dashboard.index.topics.tree import leaf_ranks
from dashboard.text.passages import split_passages

#: Texts that an article accounts for in which the name of its outlet or author stands.
NAME_WEIGHTS = {"source": 10, "original_source": 10, "authors": 3}


def read_segment(batches: Sequence[Path], folder: Path, name: str) -> str:
    """Read ``batches`` into ``articles-NAME.bin``, ``tokens-NAME.bin`` and, last,
    ``read-NAME.json`` (what came of the records, and facts that add up over segments); returns
    ``name``."""
    outcomes: list[Outcome] = []
    parts: list[dict[str, NDArray[Any]]] = []
    places: list[tuple[str, str, str]] = []
    texts: list[list[str]] = []
    titles: list[str] = []
    names: Counter[str] = Counter()
    for batch in batches:  # what is held of a batch is packed before the next is read
        articles, found = read_batch(batch)
        outcomes += found
        split, article_of = split_passages(a.paragraphs for a in articles)
        own = [split[a:b] for a, b in pairwise(bounds(article_of, len(articles)).tolist())]
        parts.append(pack_articles(articles, own))
        places += map(_place, articles)
        texts += own
        titles += [a.fields["title"].value or "" for a in articles]
        names += names_of(articles)
        del articles, split, own
    order = sorted(range(len(places)), key=places.__getitem__)
    arrays = take_articles(parts, [np.arange(len(part["row"])) for part in parts])
    arrays = take_articles([arrays], [np.asarray(order, dtype=np.int64)])
    write_container(folder / f"articles-{name}.bin", arrays)
    languages = list(Strings.of(arrays, "language"))
    del parts, arrays  # as large as the text, and written
    facts = write_tokens(
        folder / f"tokens-{name}.bin",
        [texts[i] for i in order],
        [titles[i] for i in order],
        languages,
    )
    made = {**facts, "names": names, "outcomes": [asdict(o) for o in outcomes]}
    write_json(folder / f"read-{name}.json", made)
    return name


def names_of(articles: Sequence[Article]) -> Counter[str]:
    """Names of outlets and authors, and the texts that each accounts for."""
    names: Counter[str] = Counter()
    for article in articles:
        for field, weight in NAME_WEIGHTS.items():
            if name := article.fields[field].value:
                names[name] += weight
    return names


def _place(article: Article) -> tuple[str, str, str]:
    """Articles of one source and time become neighbours: sums over neighbours then answer most
    questions."""
    date = article.fields["date"]
    return article.fields["source"].value or "\U0010ffff", date.value or "~", article.article_id


def count_segment(folder: Path, name: str) -> str:
    """Write ``counts-NAME.bin`` from the segment's tokens, ``lexicon.bin``, ``topics.*`` and
    ``features.bin`` (the topics' feature of each term); returns ``name``."""
    tokens = read_segment_tokens(folder, name)
    lexicon = Lexicon(Container(folder / "lexicon.bin"))
    phrases = match_phrases(tokens.ids, tokens.offsets, lexicon)
    named = read_model(folder)
    model, leaf = named.model, None
    if named.given is not None:
        store = ArticleStore(Container(folder / f"articles-{name}.bin"))
        ids = store.values("article_id", np.arange(len(store)))
        numbers = np.asarray([id_number(i) for i in ids], dtype=np.int64)
        leaf = named.given.leaf_of(numbers)[tokens.article_of]
    feature_of = Container(folder / "features.bin")["feature_of"]
    placed = assign_passages(tokens, phrases, model, feature_of, leaf)
    arrays = count_tokens(tokens, placed, leaf_ranks(model.parents), lexicon, phrases)
    write_container(folder / f"counts-{name}.bin", arrays)
    return name


def assign_passages(
    tokens: SegmentTokens,
    phrases: tuple[NDArray[np.int64], NDArray[np.int64]],
    model: TopicModel,
    feature_of: NDArray[np.int32],
    leaf: NDArray[np.int64] | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The leaf of each passage and its cosine to it, as ``fitting.topics.assign_topics`` returns
    them. ``feature_of``: see ``feature_of_each``; ``leaf``: where it is given, not found."""
    from dashboard.index.fitting.topics import assign_topics, nearness_to  # loads scikit-learn

    n_passages = len(tokens.offsets) - 1
    passage = np.repeat(np.arange(n_passages, dtype=np.int32), np.diff(tokens.offsets))
    at, phrase = phrases
    parts = [(passage, feature_of[tokens.ids])]
    if (feature_of[np.unique(phrase)] >= 0).any():
        parts.append((passage[at], feature_of[phrase]))
    rows = np.concatenate([rows[cols >= 0] for rows, cols in parts])
    cols = np.concatenate([cols[cols >= 0] for _, cols in parts])
    n_features = len(model.idf)
    counts = csr_matrix(
        (np.ones(len(cols), np.float32), (rows, cols)), shape=(n_passages, n_features)
    )
    if leaf is not None:
        return leaf, nearness_to(model, counts, leaf)
    return assign_topics(model, counts, tokens.article_of)
