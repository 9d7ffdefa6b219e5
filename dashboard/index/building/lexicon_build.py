"""Making and growing a lexicon: numbers are given once and stay, whatever is added later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.building.fit_sample import Fit, self_references
from dashboard.index.storage.container import Container, Strings
from dashboard.index.terms.lexicon import (
    INSIDE,
    MOST_ANALYSED,
    NAME,
    SELF,
    STOP,
    Lexicon,
    Words,
    pack_lexicon,
)
from dashboard.index.terms.stop_words import is_stop_word
from dashboard.text.token_flags import capital_weight, is_capitalised, unpack_flags

_ROOM = 5_000  # columns left for words that later additions bring


def new_lexicon(
    words: Words, stop: frozenset[str], names: Mapping[str, float]
) -> dict[str, NDArray[Any]]:
    """Words alone, in their order; ``names``: see ``self_references``."""
    return pack_lexicon(
        words.word,
        words.surface,
        word_flags(words.word, words.capital, words.total, words.doc_freq, stop, names),
        words.doc_freq,
        words.count,
        [(0, len(words.word))],
        {},
        np.zeros(0, dtype=np.int64),
    )


def with_phrases(lexicon: Lexicon, fit: Fit) -> dict[str, NDArray[Any]]:
    """The lexicon with the phrases of ``fit``, and the terms to compare sources by chosen anew.
    ``doc_freq`` and ``count`` of phrases hold until :func:`recounted` has what the segments
    counted."""
    terms, surfaces = list(lexicon.terms), list(lexicon.surfaces)
    number_of = {terms[n]: n for n in lexicon.phrases.tolist()}
    listed: dict[int, tuple[int, ...]] = {}
    for words, surface in sorted(
        fit.phrases.items(), key=lambda phrase: [terms[n] for n in phrase[0]]
    ):
        term = " ".join(terms[n] for n in words)
        number = number_of.get(term, len(terms))
        if number == len(terms):
            terms.append(term)
            surfaces.append(surface)
        listed[number] = words
    grown = len(terms) - len(lexicon)
    flags = np.concatenate([lexicon.flags & ~np.uint8(INSIDE), np.zeros(grown, np.uint8)])
    doc_freq = np.concatenate([lexicon.doc_freq, np.zeros(grown, np.int64)])
    count = np.concatenate([lexicon.count, np.zeros(grown, np.int64)])
    found = {term: i for i, term in enumerate(fit.terms.term)}
    for number in listed:
        i = found[terms[number]]
        doc_freq[number], count[number] = fit.doc_freq[i], fit.terms.count[i]
        flags[number] = NAME if fit.terms.is_name[i] else 0
        flags[number] |= SELF if fit.is_self[i] else 0
    for number, term in enumerate(terms):
        if (at := found.get(term)) is not None and fit.terms.is_inside[at]:
            flags[number] |= INSIDE
    dead = set(number_of.values()) - set(listed)  # phrases that this fit does not count
    usable = np.asarray([n not in dead for n in range(len(terms))], dtype=bool)
    return pack_lexicon(
        terms, surfaces, flags, doc_freq, count, lexicon.runs.tolist(), listed,
        choose_analysed(flags, doc_freq, usable),
    )  # fmt: skip


def grown_lexicon(
    lexicon: Lexicon, words: Words, stop: frozenset[str], names: Mapping[str, float]
) -> tuple[dict[str, NDArray[Any]], NDArray[np.int64]]:
    """The lexicon with the words that are new in ``words`` after all others, in a run of their own,
    and the number of each of ``words``."""
    numbers = lexicon.numbers(words.word)
    new = np.flatnonzero(numbers < 0)
    numbers[new] = len(lexicon) + np.arange(len(new))
    own = word_flags(words.word, words.capital, words.total, words.doc_freq, stop, names)
    flags = np.concatenate([lexicon.flags, own[new]])
    room = MOST_ANALYSED - len(lexicon.analysed)
    usable = new[(flags[numbers[new]] & STOP) == 0]
    usable = usable[np.argsort(-words.doc_freq[usable], kind="stable")[:room]]
    arrays = pack_lexicon(
        [*lexicon.terms, *(words.word[i] for i in new)],
        [*lexicon.surfaces, *(words.surface[i] for i in new)],
        flags,
        np.concatenate([lexicon.doc_freq, np.zeros(len(new), np.int64)]),
        np.concatenate([lexicon.count, np.zeros(len(new), np.int64)]),
        [*lexicon.runs.tolist(), *([(len(lexicon), len(lexicon) + len(new))] if len(new) else [])],
        phrase_list(lexicon),
        # Words that no earlier article has: their columns are complete in the new segments.
        np.concatenate([lexicon.analysed, np.sort(numbers[usable])]),
    )
    return arrays, numbers


def phrase_list(lexicon: Lexicon) -> dict[int, Sequence[int]]:
    """The words of each phrase that is counted."""
    words, bounds = lexicon.phrase_words.tolist(), lexicon.phrase_offsets.tolist()
    return {
        number: words[first:last]
        for number, first, last in zip(lexicon.phrases.tolist(), bounds, bounds[1:], strict=False)
    }


def with_new_flags(
    arrays: Mapping[str, NDArray[Any]],
    counts: Sequence[Mapping[str, NDArray[Any]]],
    stop: frozenset[str],
    names: Mapping[str, float],
) -> dict[str, NDArray[Any]]:
    """The lexicon's arrays with the flags of its words as all the segments in ``counts`` use them:
    additions may have written, or meant, a word in another way."""
    terms = list(Strings.of(arrays, "term"))
    capital, total = np.zeros(len(terms), np.int64), np.zeros(len(terms), np.int64)
    for segment in counts:
        ids, flags = segment["ids"], segment["flags"]
        _, shape, initial = unpack_flags(flags)
        for sums, among in ((capital, shape > 0), (total, np.ones(len(ids), dtype=bool))):
            uses, opening = ids[among], ids[among & initial]
            sums += capital_weight(
                np.bincount(uses, minlength=len(terms)), np.bincount(opening, minlength=len(terms))
            )
    flags = word_flags(terms, capital, total, arrays["doc_freq"], stop, names)
    return {**arrays, "flags": flags}


def word_flags(
    words: Sequence[str],
    capital: NDArray[np.int64],
    total: NDArray[np.int64],
    doc_freq: NDArray[np.int64],
    stop: frozenset[str],
    names: Mapping[str, float],
) -> NDArray[np.uint8]:
    """(n_words,) the flags that words have by themselves; ``capital``, ``total``: see ``Words``."""
    is_name = is_capitalised(capital, total)
    is_self = self_references(words, is_name, doc_freq, names)
    is_stop = np.asarray([is_stop_word(word, stop) for word in words], dtype=bool)
    flags = np.zeros(len(words), dtype=np.uint8)
    for bit, has_it in ((STOP, is_stop), (NAME, is_name), (SELF, is_self)):
        flags[has_it] |= bit
    return flags


def choose_analysed(
    flags: NDArray[np.uint8], doc_freq: NDArray[np.int64], usable: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Numbers of the terms that sources are compared by, ascending, without stop words; where there
    are more than fit in a count matrix, those in most articles."""
    chosen = np.flatnonzero(((flags & STOP) == 0) & (doc_freq > 0) & usable)
    if len(chosen) > MOST_ANALYSED - _ROOM:
        order = np.argsort(-doc_freq[chosen], kind="stable")
        chosen = chosen[order[: MOST_ANALYSED - _ROOM]]
    return np.sort(chosen)


def recounted(
    lexicon: Mapping[str, NDArray[Any]], counts: Sequence[Container]
) -> dict[str, NDArray[Any]]:
    """The lexicon's arrays with the document frequencies and uses that the segments counted."""
    arrays = dict(lexicon)
    doc_freq, count = np.zeros_like(arrays["doc_freq"]), np.zeros_like(arrays["count"])
    for segment in counts:
        doc_freq[segment["posting_terms"]] += segment["doc_freq"]
        count[segment["posting_terms"]] += segment["count"]
        segment.release()
    return {**arrays, "doc_freq": doc_freq, "count": count}
