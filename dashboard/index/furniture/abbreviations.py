"""Abbreviations of a house's style guide, told from how it writes them: “Calif.,”, “Sen. Roy”."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.text.token_arrays import TokenStream

LEAST = 3  # uses in a source, and articles
OFTEN = 10  # uses, from which on a capital may follow each of them
NEARLY_ALL = 0.9  # share of a word's uses in its source that have a full stop behind them
AT_END = 0.2  # share of them at the end of a line, where a sentence's last word often stands
INSIDE = 1 / 3  # share of them where the sentence goes on in small letters, with a mark or number
LOOKED_AT = 24  # uses of a word, evenly spread
AT_FIRST = 4  # lines with them
_OF_ALL = 0.2  # share of a word's uses in the corpus before a mark within a line; a few have that
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def abbreviations(
    stream: TokenStream, lines: Sequence[str], source: NDArray[np.int64], article: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Places of the words that are written with a full stop in nearly all uses in their source,
    inside of sentences. ``lines`` are the texts of the stream; ``source`` and ``article``:
    (n_lines,).

    A sentence that goes on behind the stop, with a comma, a bracket, a number or a small letter,
    shows it in a third of the uses. So do ten uses with a capital, in four articles, where hardly
    any is at the end of a line: “Sen. Roy”."""
    places, key = _before_marks(stream, source)
    order = np.argsort(key, kind="stable")
    places, key = places[order], key[order]
    line = np.searchsorted(stream.offsets, places, side="right") - 1
    begins = np.flatnonzero(np.diff(key, prepend=-1))
    found = [np.zeros(0, dtype=np.int64)]
    for first, end in zip(begins, np.append(begins, len(key))[1:], strict=True):
        uses, of = places[first:end], line[first:end]
        if end - first >= LEAST and _is_one(stream, lines, uses, of, article[of]):
            found.append(uses)
    return np.concatenate(found)


def _before_marks(
    stream: TokenStream, source: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All uses of the words of sources that nearly always stand before a mark that ends a sentence,
    and a number for the word and the source of each."""
    ids, n = stream.ids, len(stream.vocabulary)
    # In a headline every word is an initial one, with a mark before it or not.
    marked = np.append(stream.initial[1:] & (stream.joined[1:] == 0), True)[: len(ids)]
    last = stream.offsets[1:][np.diff(stream.offsets) > 0] - 1
    within = marked.copy()
    within[last] = False
    marked[last] = True
    often = np.bincount(ids[within], minlength=n)
    may_be = (often >= LEAST) & (often >= _OF_ALL * np.bincount(ids, minlength=n))
    some = np.flatnonzero(may_be)
    may_be[some] = [bool(_LETTERS.fullmatch(stream.vocabulary[i])) for i in some.tolist()]
    places = np.flatnonzero(may_be[ids])
    line = np.searchsorted(stream.offsets, places, side="right") - 1
    key = source[line] * n + ids[places]
    _, number = np.unique(key, return_inverse=True)
    share = np.bincount(number, marked[places]) >= NEARLY_ALL * np.bincount(number)
    return places[share[number]], key[share[number]]


def _is_one(
    stream: TokenStream,
    lines: Sequence[str],
    uses: NDArray[np.int64],
    of: NDArray[np.int64],
    article: NDArray[np.int64],
) -> bool:
    """Whether the lines ``of`` some of the ``uses`` of a word show an abbreviation."""
    n_articles = len(np.unique(article))
    if n_articles < LEAST:
        return False
    at_end = np.mean(uses == stream.offsets[of + 1] - 1)
    capital = np.mean(stream.shape[uses] > 0) >= NEARLY_ALL
    named = len(uses) >= OFTEN and n_articles > LEAST and at_end <= AT_END and capital
    pattern = re.compile(rf"\b{stream.vocabulary[stream.ids[uses[0]]]}\b(\.*)(.?.?)", re.I)
    n = n_stopped = n_inside = 0
    some = len(uses) * np.arange(min(LOOKED_AT, len(uses))) // min(LOOKED_AT, len(uses))
    for looked, line in enumerate(dict.fromkeys(of[some].tolist())):
        if looked == AT_FIRST and not n_inside and not named:  # most words that end sentences
            return False
        for stops, after in pattern.findall(lines[line]):
            n += 1
            n_stopped += stops != ""
            n_inside += stops == "." and _goes_on(after)
    return n > 0 and n_stopped >= NEARLY_ALL * n and (bool(named) or n_inside >= INSIDE * n)


def _goes_on(after: str) -> bool:
    """Whether a sentence does, by two characters behind a full stop."""
    if after[:1] == " ":
        return after[1:2].islower() or after[1:2].isdigit() or after[1:2] == "("
    return after[:1] in tuple(",;:)]")
