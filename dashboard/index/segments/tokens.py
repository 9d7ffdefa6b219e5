"""The tokens of a segment: as they were read, with words numbered among themselves, then by their
numbers in the lexicon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import count_matrix, runs
from dashboard.index.storage.container import (
    Container,
    Strings,
    pack_strings,
    with_prefix,
    write_container,
)
from dashboard.index.terms.lexicon import Words
from dashboard.index.terms.small_words import count_uses
from dashboard.text.prepare import UNSPACED_LANGUAGES
from dashboard.text.token_arrays import TokenStream, read_tokens
from dashboard.text.token_flags import capital_weight, casing_weight, pack_flags

_AT_ONCE = 1 << 20  # tokens that are counted together


def write_tokens(
    path: Path,
    passages: Sequence[Sequence[str]],
    titles: Sequence[str],
    languages: Sequence[str],
) -> dict[str, Any]:
    """Tokens of passages, those of an article together, and of titles, under local numbers; returns
    facts that add up over segments. ``languages``: that of each article."""
    texts = [text for each in passages for text in each]
    stream, title_stream = read_tokens([*texts, *titles], len(texts)).split(len(texts))
    article_of = np.repeat(np.arange(len(titles)), [len(each) for each in passages])
    words = count_words_of(stream, article_of, len(titles))
    write_container(
        path,
        {
            "ids": stream.ids,
            "flags": pack_flags(stream.joined, stream.shape, stream.initial),
            "offsets": stream.offsets,
            "article_of": article_of.astype(np.int32),
            "title_ids": title_stream.ids,
            "title_offsets": title_stream.offsets,
            **with_prefix("word", pack_strings(words.word)),
            **with_prefix("surface", pack_strings(words.surface)),
            **{n: getattr(words, n) for n in ("weight", "capital", "total", "doc_freq", "count")},
        },
    )
    of_article = np.bincount(article_of, np.diff(stream.offsets), len(titles)).astype(np.int64)
    return {
        "small_words": count_uses(stream.vocabulary, stream.ids, of_article, languages),
        "n_unspaced": sum(language in UNSPACED_LANGUAGES for language in languages),
        "n_articles": len(titles),
        "n_passages": len(texts),
        "n_words": len(stream.ids),
        "n_bytes": sum(len(text.encode("utf-8", "surrogatepass")) for text in texts),
    }


def count_words_of(stream: TokenStream, article_of: NDArray[np.int64], n_articles: int) -> Words:
    """The words of a stream, with what has to be summed over segments to describe them."""
    n = len(stream.vocabulary)
    doc_freq, count, initial, capital, both = np.zeros((5, n), dtype=np.int64)
    first_text = bounds(article_of, n_articles)
    first_token = stream.offsets[first_text]
    for first, last in runs(first_token, _AT_ONCE):
        own = slice(int(first_token[first]), int(first_token[last]))
        ids, is_capital, is_initial = stream.ids[own], stream.shape[own] > 0, stream.initial[own]
        article = np.repeat(np.arange(last - first), np.diff(first_token[first : last + 1]))
        _, indices, _ = count_matrix(article, ids, last - first, n)
        doc_freq += np.bincount(indices, minlength=n)
        for uses, some in (
            (count, ids),
            (initial, ids[is_initial]),
            (capital, ids[is_capital]),
            (both, ids[is_capital & is_initial]),
        ):
            uses += np.bincount(some, minlength=n)
    return Words(
        word=stream.vocabulary,
        surface=stream.surfaces,
        weight=casing_weight(count, initial),
        capital=capital_weight(capital, both),
        total=capital_weight(count, initial),
        doc_freq=doc_freq,
        count=count,
    )


def read_words(tokens: Mapping[str, NDArray[Any]]) -> Words:
    """The words that :func:`write_tokens` stored."""
    return Words(
        list(Strings.of(tokens, "word")),
        list(Strings.of(tokens, "surface")),
        tokens["weight"],
        tokens["capital"],
        tokens["total"],
        tokens["doc_freq"],
        tokens["count"],
    )


@dataclass(frozen=True)
class SegmentTokens:
    """Tokens of one segment by their lexicon numbers. ``flags``: see ``pack_flags``;
    ``article_of``: (n_passages,); titles: one text an article."""

    ids: NDArray[np.int32]
    flags: NDArray[np.int8]
    offsets: NDArray[np.int64]
    article_of: NDArray[np.int64]
    title_ids: NDArray[np.int32]
    title_offsets: NDArray[np.int64]

    @property
    def n_articles(self) -> int:
        return len(self.title_offsets) - 1


def read_segment_tokens(folder: Path, name: str) -> SegmentTokens:
    """Those of a segment that was just read, or (``before-NAME.bin``) that was counted before."""
    if (folder / f"before-{name}.bin").exists():
        tokens = Container(folder / f"before-{name}.bin")
        n_passages = np.diff(tokens["article_passages"])
        ids, titles = tokens["ids"], tokens["title_ids"]
        article_of = np.repeat(np.arange(len(n_passages)), n_passages)
    else:
        tokens = Container(folder / f"tokens-{name}.bin")
        numbers = Container(folder / f"numbers-{name}.bin")["numbers"]
        ids, titles = numbers[tokens["ids"]], numbers[tokens["title_ids"]]
        article_of = tokens["article_of"].astype(np.int64)
    return SegmentTokens(
        ids, tokens["flags"], tokens["offsets"], article_of, titles, tokens["title_offsets"],
    )  # fmt: skip


def bounds(article_of: NDArray[np.int64], n_articles: int) -> NDArray[np.int64]:
    """(n_articles + 1,) first passage of each article, and the end; ``article_of`` ascends."""
    return np.searchsorted(article_of, np.arange(n_articles + 1))
