"""The token stream: all tokens of many texts as arrays, one after another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from dashboard.text.token_flags import casing_weight, shape_of
from dashboard.text.token_rule import normalise_token
from dashboard.text.tokenise import OPENS, choose_reader, parts_of


@dataclass(frozen=True)
class TokenStream:
    """All tokens of a list of texts, one after another.

    ids: (n_tokens,) int32 into ``vocabulary``; offsets: (n_texts + 1,) int64, text ``i`` is
    ``ids[offsets[i]:offsets[i + 1]]``. joined: 1 when only a space, 2 when only a hyphen stands
    before the token, else 0. shape: 0 lower case, 1 capitalised, 2 all capitals (two letters or
    more). initial: first of a sentence, where a capital says nothing.
    """

    vocabulary: list[str]
    surfaces: list[str]
    ids: NDArray[np.int32]
    offsets: NDArray[np.int64]
    joined: NDArray[np.int8]
    shape: NDArray[np.int8]
    initial: NDArray[np.bool_]

    def split(self, n_texts: int) -> tuple[TokenStream, TokenStream]:
        """The first ``n_texts`` texts and the others, on one vocabulary."""
        cut = int(self.offsets[n_texts])
        first, second = slice(None, cut), slice(cut, None)
        return tuple(  # type: ignore[return-value]
            TokenStream(
                self.vocabulary,
                self.surfaces,
                self.ids[part],
                offsets - offsets[0],
                self.joined[part],
                self.shape[part],
                self.initial[part],
            )
            for part, offsets in (
                (first, self.offsets[: n_texts + 1]),
                (second, self.offsets[n_texts:]),
            )
        )

    def count(self) -> NDArray[np.int64]:
        """(n_terms,) uses of each word."""
        return np.bincount(self.ids, minlength=len(self.vocabulary))

    def text_of_token(self) -> NDArray[np.int32]:
        """(n_tokens,) position of the text that each token stands in."""
        return np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int32), np.diff(self.offsets))


def read_tokens(texts: Iterable[str], n_bodies: int | None = None) -> TokenStream:
    """Tokenise ``texts``; the vocabulary is sorted, so ids don't depend on the order of texts.

    From text ``n_bodies`` on they are headlines, as are lines without a stop at the end: there a
    capital says nothing. Memory beyond the result and the vocabulary is a few MB.
    """
    parts = parts_of(texts)
    first = next(parts, [])
    reader = choose_reader(sum(map(len, first)))
    raws, flags, lengths = [], [], [np.zeros(1, dtype=np.int64)]
    n_read = 0
    for part in chain([first], parts):
        n_bodies_left = len(part) if n_bodies is None else max(0, n_bodies - n_read)
        part_raws, part_flags, ends = reader.read(part, n_bodies_left)
        raws.append(part_raws)
        flags.append(part_flags)
        lengths.append(np.diff(ends, prepend=0))
        n_read += len(part)
    return _stream(
        reader.spellings(), np.concatenate(raws), np.concatenate(flags), np.concatenate(lengths)
    )


def _stream(
    spellings: list[str],
    raws: NDArray[np.int32],
    flags: NDArray[np.uint8],
    lengths: NDArray[np.int64],
) -> TokenStream:
    normal = [normalise_token(s) for s in spellings]
    vocabulary = sorted(set(normal))
    position = {term: i for i, term in enumerate(vocabulary)}
    to_term = np.asarray([position[t] for t in normal], dtype=np.int32)
    shapes = np.asarray([0 if s.islower() else shape_of(s) for s in spellings], dtype=np.int8)
    initial = flags >= OPENS
    n = len(spellings)
    weight = casing_weight(np.bincount(raws, minlength=n), np.bincount(raws[initial], minlength=n))
    return TokenStream(
        vocabulary=vocabulary,
        surfaces=_best_surfaces(spellings, to_term, weight, len(vocabulary)),
        ids=to_term[raws],
        offsets=np.cumsum(lengths),
        joined=(flags & (OPENS - 1)).view(np.int8),
        shape=shapes[raws],
        initial=initial,
    )


def _best_surfaces(
    spellings: list[str],
    to_term: NDArray[np.int32],
    weight: NDArray[np.int64],
    n_terms: int,
) -> list[str]:
    """The heaviest spelling of each term; ties go to the alphabetically first."""
    best = [-1] * n_terms
    weights = weight.tolist()
    for raw, term in enumerate(to_term.tolist()):
        other = best[term]
        if (
            other < 0
            or weights[raw] > weights[other]
            or (weights[raw] == weights[other] and spellings[raw] < spellings[other])
        ):
            best[term] = raw
    heaviest = [spellings[raw] for raw in best]
    return [surface if surface.isalnum() else _tidy(surface) for surface in heaviest]


def _tidy(surface: str) -> str:
    surface = unicodedata.normalize("NFC", surface).replace("’", "'")
    surface = surface[:-2] if surface.lower().endswith("'s") else surface
    return surface.replace(".", "") if not surface[:1].isdigit() else surface
