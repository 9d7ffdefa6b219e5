"""Terms: one token rule, exact counts of words, and the phrases that read like names.

The token rule, the same for counting, searching and highlighting: a token is a run of Unicode
letters, digits and combining marks, lower-cased. Apostrophes stay inside a word ("don't"), a
possessive "'s" is dropped, hyphens separate ("no-limits" is "no limits"), dots of an abbreviation
are dropped ("U.S." and "US" are "US", not the pronoun), digits keep their separators ("1,036").
Chinese and Japanese runs give overlapping character bigrams.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard.index.words import DATE_WORDS, EDGE_WORDS, LINK_WORDS, NEWS_WORDS

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Combining marks are no \w in Python's re; without them Hindi, Thai or vowelled Arabic fall apart.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0eff"
_LETTER = rf"(?:[^\W_{_CJK}]|[{_MARKS}])"
TOKEN = re.compile(
    rf"(?P<cjk>[{_CJK}]+)"
    r"|\d+(?:[.,]\d+)+"
    rf"|(?:[^\W\d_{_CJK}]\.){{2,}}"
    rf"|{_LETTER}+(?:['’]{_LETTER}+)*"
)
MAX_PHRASE = 5  # "Great Hall of the People"
CJK = re.compile(f"[{_CJK}]")
_JOINS = {" ": 1, "\u00a0": 1, "-": 2, "\u2010": 2, "\u2011": 2}
_SENTENCE_MARK = frozenset('.!?…:;"“”\n。！？')

_LINE_ENDS = tuple('.!?…:;,"”’)。！？')

# In capitals these are names; as pronouns they are stop words.
CAPITAL_WORDS = frozenset({"us", "who", "it"})

Span = tuple[int, int]


def normalise_token(raw: str) -> str:
    """The counted form of one matched token."""
    token = raw.lower().replace("’", "'")
    if token.endswith("'s") and len(token) > 2:
        token = token[:-2]
    dotted = "." in token and not token[0].isdigit()
    if dotted:
        token = token.replace(".", "")
    if token in CAPITAL_WORDS and (dotted or raw[: len(token)].isupper()):
        token = token.upper()
    return token


def tokenise(text: str) -> list[tuple[str, Span]]:
    """Tokens of ``text`` with their character spans, in order. Empty text gives ``[]``."""
    tokens: list[tuple[str, Span]] = []
    for match in TOKEN.finditer(text):
        raw, start = match.group(), match.start()
        if match.lastgroup == "cjk" and len(raw) > 1:
            tokens += [(raw[i : i + 2], (start + i, start + i + 2)) for i in range(len(raw) - 1)]
        else:
            tokens.append((normalise_token(raw), (start, match.end())))
    return tokens


def count_words(text: str) -> int:
    """Number of tokens in ``text`` by the token rule."""
    return sum(
        max(1, len(m.group()) - 1) if m.lastgroup == "cjk" else 1 for m in TOKEN.finditer(text)
    )


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

    def text_of_token(self) -> NDArray[np.int64]:
        """(n_tokens,) position of the text that each token stands in."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))


def read_tokens(texts: Iterable[str], n_bodies: int | None = None) -> TokenStream:
    """Tokenise ``texts``; the vocabulary is sorted, so ids don't depend on the order of texts.

    From text ``n_bodies`` on they are headlines, as are lines without a stop at the end: there a
    capital says nothing.
    """
    raw_ids: dict[str, int] = {}
    raws: list[int] = []
    joined: list[int] = []
    initial: list[bool] = []
    offsets = [0]
    for number, text in enumerate(texts):
        is_title = n_bodies is not None and number >= n_bodies
        end, first, line_end, headline = 0, True, 0, is_title
        for match in TOKEN.finditer(text):
            raw, start = match.group(), match.start()
            gap = text[end:start]
            if not is_title and start >= line_end:
                line_end = text.find("\n", start) + 1 or len(text) + 1
                headline = not text[start:line_end].rstrip().endswith(_LINE_ENDS)
            glued = 0 if first else _JOINS.get(gap, 0)
            opens = first or not _SENTENCE_MARK.isdisjoint(gap)
            pieces = (
                [raw[i : i + 2] for i in range(len(raw) - 1)]
                if match.lastgroup == "cjk" and len(raw) > 1
                else [raw]
            )
            for piece in pieces:
                raws.append(raw_ids.setdefault(piece, len(raw_ids)))
                joined.append(glued)
                initial.append(opens or headline)
                glued, opens = 1, False
            end, first = match.end(), False
        offsets.append(len(raws))
    surfaces = list(raw_ids)
    normal = [normalise_token(s) for s in surfaces]
    vocabulary = sorted(set(normal))
    position = {term: i for i, term in enumerate(vocabulary)}
    raw_array = np.asarray(raws, dtype=np.int64)
    to_term = np.asarray([position[t] for t in normal], dtype=np.int32)
    shapes = np.asarray([_shape(s) for s in surfaces], dtype=np.int8)
    ids = to_term[raw_array] if len(raws) else np.zeros(0, np.int32)
    starts = np.asarray(initial, dtype=bool)
    return TokenStream(
        vocabulary=vocabulary,
        surfaces=_best_surfaces(surfaces, to_term, raw_array, starts, len(vocabulary)),
        ids=ids,
        offsets=np.asarray(offsets, dtype=np.int64),
        joined=np.asarray(joined, dtype=np.int8),
        shape=shapes[raw_array] if len(raws) else np.zeros(0, np.int8),
        initial=starts,
    )


def _shape(surface: str) -> int:
    letters = surface.replace(".", "")
    if len(letters) > 1 and letters.isupper():
        return 2
    return 1 if surface[:1].isupper() else 0


def _best_surfaces(
    surfaces: Sequence[str],
    to_term: NDArray[np.int32],
    raws: NDArray[np.int64],
    initial: NDArray[np.bool_],
    n_terms: int,
) -> list[str]:
    """The casing used most for each term; a sentence's first word counts 0.3 (its capital is the
    sentence's), ties go to the alphabetically first."""
    if n_terms == 0:
        return []
    weight = np.bincount(raws, np.where(initial, 0.3, 1.0), len(surfaces))
    best: list[tuple[float, str]] = [(-1.0, "")] * n_terms
    for raw in sorted(range(len(surfaces)), key=lambda i: surfaces[i]):
        term = int(to_term[raw])
        if weight[raw] > best[term][0] + 1e-9:
            best[term] = (float(weight[raw]), surfaces[raw])
    return [_tidy(surface) for _, surface in best]


def _tidy(surface: str) -> str:
    surface = surface.replace("’", "'")
    surface = surface[:-2] if surface.lower().endswith("'s") else surface
    return surface.replace(".", "") if not surface[:1].isdigit() else surface


@dataclass(frozen=True)
class TermTable:
    """Words and phrases, one row each, words first in vocabulary order.

    Columns (all of length n_terms): term (counted form, words apart by a space), surface (the
    text's own casing), doc_freq (passages), count, is_stop, is_name (capitalised in most
    uses), is_inside (at least three in four of its uses lie in one longer phrase), tokens (word
    ids).
    ``indptr, indices, data``: CSR counts, (n_passages, n_terms).
    """

    term: list[str]
    surface: list[str]
    tokens: list[tuple[int, ...]]
    doc_freq: NDArray[np.int64]
    count: NDArray[np.int64]
    is_stop: NDArray[np.bool_]
    is_name: NDArray[np.bool_]
    is_inside: NDArray[np.bool_]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    data: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.term)

    def take(self, order: NDArray[np.int64]) -> TermTable:
        """The same terms, counted over the passages ``order``."""
        lengths = np.diff(self.indptr)[order]
        indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        cells = np.repeat(self.indptr[order] - indptr[:-1], lengths) + np.arange(indptr[-1])
        return replace(self, indptr=indptr, indices=self.indices[cells], data=self.data[cells])


def count_matrix(
    rows: NDArray[np.int64], cols: NDArray[np.int64], n_rows: int, n_cols: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """CSR counts of (row, column) pairs: ``indptr`` (n_rows + 1,), sorted ``indices``, ``data``."""
    keys, data = np.unique(rows * np.int64(max(n_cols, 1)) + cols, return_counts=True)
    indptr = np.searchsorted(keys, np.arange(n_rows + 1, dtype=np.int64) * max(n_cols, 1))
    indices = (keys % max(n_cols, 1)).astype(np.int32)
    return indptr.astype(np.int64), indices, data.astype(np.int32)


def count_terms(
    stream: TokenStream, stop_words: frozenset[str], min_phrase_df: int = 2
) -> TermTable:
    """Exact counts of all words, and of phrases of 2 to 5 words that read like names.

    A phrase neither starts nor ends with a stop word, a verb or adjective of ``EDGE_WORDS``, a
    number or a date word, crosses no punctuation, and holds small words only between capitalised
    ones; it stands in at least ``min_phrase_df`` texts. Empty input gives an empty table.
    """
    n_texts, n_words = len(stream.offsets) - 1, len(stream.vocabulary)
    text = stream.text_of_token()
    capital = _capital_share(stream, n_words)
    stop = np.asarray(
        [
            w in stop_words or w in NEWS_WORDS or w in DATE_WORDS or len(w) < 2 or "'" in w
            for w in stream.vocabulary
        ],
        dtype=bool,
    )
    numeric = np.asarray([not any(c.isalpha() for c in w) for w in stream.vocabulary], dtype=bool)
    function = np.asarray([w in stop_words or len(w) < 2 for w in stream.vocabulary], dtype=bool)
    phrases = _find_phrases(stream, text, function | numeric, min_phrase_df)
    rows = [text] + [p.texts for p in phrases]
    cols = [stream.ids.astype(np.int64)] + [
        np.full(len(p.texts), n_words + i, dtype=np.int64) for i, p in enumerate(phrases)
    ]
    n_terms = n_words + len(phrases)
    indptr, indices, data = count_matrix(
        np.concatenate(rows).astype(np.int64), np.concatenate(cols), n_texts, n_terms
    )
    count = np.bincount(indices, data, n_terms).astype(np.int64)
    tokens = [(i,) for i in range(n_words)] + [p.tokens for p in phrases]
    return TermTable(
        term=[" ".join(stream.vocabulary[t] for t in ids) for ids in tokens],
        surface=list(stream.surfaces) + [p.surface for p in phrases],
        tokens=tokens,
        doc_freq=np.bincount(indices, minlength=n_terms).astype(np.int64),
        count=count,
        is_stop=np.concatenate([stop | numeric, np.zeros(len(phrases), bool)]),
        is_name=np.concatenate([capital >= 0.5, np.asarray([p.is_name for p in phrases], bool)]),
        is_inside=_inside(tokens, count),
        indptr=indptr,
        indices=indices,
        data=data,
    )


@dataclass(frozen=True)
class _Phrase:
    tokens: tuple[int, ...]
    texts: NDArray[np.int64]
    surface: str
    is_name: bool


def _capital_share(stream: TokenStream, n_words: int) -> NDArray[np.float64]:
    """Share of a word's uses inside sentences that are capitalised (all uses when it has none)."""
    weight = np.where(stream.initial, 0.01, 1.0)
    total = np.bincount(stream.ids, weight, n_words)
    capital = np.bincount(stream.ids, weight * (stream.shape > 0), n_words)
    return np.divide(capital, total, out=np.zeros(n_words), where=total > 0)


def _find_phrases(
    stream: TokenStream,
    text: NDArray[np.int64],
    barred: NDArray[np.bool_],
    min_df: int,
) -> list[_Phrase]:
    vocabulary, ids = stream.vocabulary, stream.ids.astype(np.int64)
    if len(ids) < 2:
        return []
    link = np.asarray([w in LINK_WORDS for w in vocabulary], dtype=bool)
    # A plain verb or adjective can't be an edge; capitalised ("White House", "Great Hall") it can.
    edge_word = np.asarray([_bad_edge(w) for w in vocabulary], dtype=bool)
    edge_bad = (edge_word[ids] & (stream.shape == 0)) | barred[ids]
    edge_bad |= link[ids] | np.asarray([w in DATE_WORDS for w in vocabulary], dtype=bool)[ids]
    inner_bad = barred[ids] & ~link[ids]
    cjk = np.asarray([CJK.match(w) is not None for w in vocabulary], dtype=bool)
    edge_bad |= cjk[ids]
    found: list[_Phrase] = []
    n_words = np.int64(len(vocabulary))
    starts = np.arange(len(ids) - 1)
    key = ids[:-1]
    for length in range(2, MAX_PHRASE + 1):
        starts = starts[starts + length - 1 < len(ids)]
        last = starts + length - 1
        # The chain so far is unbroken; extend it by one joined token.
        alive = (stream.joined[last] > 0) & (text[last] == text[starts])
        if length > 2:
            alive &= ~inner_bad[last - 1]
        starts, last = starts[alive], last[alive]
        if not len(starts):
            break
        raw_key = key[starts] * n_words + ids[last]
        _, inverse = np.unique(raw_key, return_inverse=True)
        key = np.full(len(ids), -1, dtype=np.int64)
        key[starts] = inverse
        usable = ~edge_bad[starts] & ~edge_bad[last]
        if length > 2:  # a small word only stands between capitalised ones
            links = np.zeros(len(starts), dtype=bool)
            for inner in range(1, length - 1):
                links |= link[ids[starts + inner]]
            usable &= ~links | ((stream.shape[starts] > 0) & (stream.shape[last] > 0))
        found += _group_phrases(stream, text, starts[usable], inverse[usable], length, min_df)
    named = [p for p in found if not _is_pair(p, stream)]
    return sorted(named, key=lambda p: [vocabulary[t] for t in p.tokens])


def _is_pair(phrase: _Phrase, stream: TokenStream) -> bool:
    """Two names side by side ("Putin and Xi"), each at home alone, rather than one ("Belt and
    Road")."""
    if not any(stream.vocabulary[t] in ("and", "y") for t in phrase.tokens):
        return False
    alone = stream.count()[[phrase.tokens[0], phrase.tokens[-1]]]
    return bool((alone > 2 * len(phrase.texts)).all())


def _bad_edge(word: str) -> bool:
    return word in EDGE_WORDS or word in NEWS_WORDS or word.endswith(("ly", "ed", "ing"))


def _group_phrases(
    stream: TokenStream,
    text: NDArray[np.int64],
    starts: NDArray[np.int64],
    groups: NDArray[np.int64],
    length: int,
    min_df: int,
) -> list[_Phrase]:
    """Occurrences of equal token runs, gathered; those in fewer than ``min_df`` texts left out."""
    order = np.lexsort((starts, groups))
    starts, groups = starts[order], groups[order]
    if not len(starts):
        return []
    bounds = np.flatnonzero(np.diff(groups)) + 1
    phrases = []
    for block in np.split(starts, bounds):
        texts = text[block]
        if len(block) < min_df or len(np.unique(texts)) < min_df:
            continue
        tokens = tuple(int(t) for t in stream.ids[block[0] : block[0] + length])
        inner = [t for t in tokens if stream.vocabulary[t] not in LINK_WORDS]
        shapes = np.stack([stream.shape[block + i] > 0 for i in range(length)])
        content = [i for i, t in enumerate(tokens) if t in inner]
        # The first word of a sentence and words of a headline have their capital for free.
        weight = np.where(stream.initial[block + length - 1], 0.1, 1.0)
        is_name = bool(np.average(shapes[content].all(axis=0), weights=weight) >= 0.5)
        surface = ""
        for i, token in enumerate(tokens):
            word = stream.surfaces[token]
            if is_name and i in content and word.islower():
                word = word.capitalize()
            hyphen = i and (stream.joined[block + i] == 2).mean() > 0.5
            surface += ("-" if hyphen else " ") + word
        surface = surface.strip()
        phrases.append(_Phrase(tokens, texts, surface, is_name))
    return phrases


def _inside(tokens: Sequence[tuple[int, ...]], count: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Terms that hardly occur outside one longer phrase: "Jinping" beside "Xi Jinping"."""
    position = {t: i for i, t in enumerate(tokens)}
    inside = np.zeros(len(tokens), dtype=bool)
    for i, phrase in enumerate(tokens):
        for length in range(1, len(phrase)):
            for start in range(len(phrase) - length + 1):
                part = position.get(phrase[start : start + length])
                if part is not None and count[i] >= 0.75 * count[part]:
                    inside[part] = True
    return inside
