"""The language of a text: an ISO 639-1 code, or "unknown" where it can't be told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNKNOWN = "unknown"
MIN_LETTERS = 40
PREFIX = 200
# Most texts are clear from less; only where the first guess isn't sure the whole prefix is read.
_FIRST = 100
_SURE = 0.8
# Below this the first guess is often a neighbour of the right one, or the text is a list of names.
MIN_CONFIDENCE = 0.5


# ISO 639-1, and "iw" and "in" as some systems still write Hebrew and Indonesian.
_CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw "
    "ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
_OLD = {"iw": "he", "in": "id"}
_CODE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8}){0,2}", re.I)


def code_of(text: str) -> str:
    """Return the code that a table's cell gives ("en-US" is "en"), "" when it is none."""
    match = _CODE.fullmatch(text.strip())
    code = match[1].lower() if match else ""
    code = _OLD.get(code, code)
    return code if code in _CODES else ""


def detect_language(text: str) -> str:
    """Return the language of one text, as ``detect_languages`` does, which is for many."""
    return detect_languages([text])[0]


def detect_languages(texts: Sequence[str]) -> list[str]:
    """Return the language of each text, judged by its first ``PREFIX`` characters.

    Returns
    -------
    list of str
        Two-letter codes such as "en"; "unknown" for less than ``MIN_LETTERS`` letters, for text
        that is no language's, or when the detector isn't sure.
    """
    openings = {number: opening for number, text in enumerate(texts) if (opening := _opening(text))}
    guesses = dict(zip(openings, classify([o[:_FIRST] for o in openings.values()]), strict=True))
    unsure = [
        number
        for number, (_, confidence) in guesses.items()
        if confidence < _SURE and len(openings[number]) > _FIRST
    ]
    guesses.update(zip(unsure, classify([openings[number] for number in unsure]), strict=True))
    languages = [UNKNOWN] * len(texts)
    for number, (language, confidence) in guesses.items():
        if confidence >= MIN_CONFIDENCE and len(language) == 2:
            languages[number] = language
    return languages


def _opening(text: str) -> str:
    """Return what the detector reads of a text, "" where there are too few letters."""
    opening = text[: 4 * PREFIX].lstrip()[:PREFIX]
    if sum(map(str.isalpha, opening[:_FIRST])) < MIN_LETTERS > sum(map(str.isalpha, opening)):
        return ""
    # Half of a surrogate pair can't be encoded for the detector.
    return opening.encode("utf-8", "ignore").decode("utf-8")


def classify(texts: Sequence[str]) -> list[tuple[str, float]]:
    """Return what py3langid's ``LanguageIdentifier.classify`` says: languages and confidences.

    Its automaton goes through all texts side by side, which takes a third of the time. A text
    without any of its features has confidence 0.
    """
    if not texts:
        return []
    model = _model()
    data = [_encoded(text) for text in texts]
    features, counts, ends = _features(data, model)
    # Half-precision numbers are slow: those that are needed are converted, each once.
    used, place = np.unique(features, return_inverse=True)
    table = model.table[used].astype(np.float32)
    weights = np.log1p(counts.astype(np.float32))
    scores = np.zeros((len(data), len(model.classes)), np.float32)
    for number, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
        scores[number] = weights[start:end] @ table[place[start:end]]
    scores += model.prior
    # A naive Bayes model is the surer the longer the text; py3langid takes the root of its length.
    scores /= np.sqrt([[max(len(text), 1)] for text in data])
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    shares[np.diff(ends, prepend=0) == 0] = 0
    for first, second in model.alike:
        shares[:, first] += shares[:, second]
        shares[:, second] = 0
    best = shares.argmax(axis=1)
    confidences = shares[np.arange(len(data)), best].tolist()
    return list(zip([model.classes[i] for i in best], confidences, strict=True))


def _encoded(text: str) -> bytes:
    if text.isupper():
        text = text.lower()
    return unicodedata.normalize("NFC", text).encode("utf-8")


@dataclass(frozen=True, slots=True)
class _Model:
    """py3langid's model: an automaton over bytes that finds features, and their weights.

    ``steps[row[state] + byte]`` is the next state, ``output[state]`` the feature found there or
    -1; ``table`` is features x classes; ``alike`` are pairs of classes of one language.
    """

    steps: NDArray[np.integer[Any]]
    row: NDArray[np.intp]
    output: NDArray[np.int32]
    table: NDArray[np.floating[Any]]
    prior: NDArray[np.floating[Any]]
    classes: list[str]
    alike: list[tuple[int, int]]


@cache
def _model() -> _Model:
    # Loaded at the first text: it takes half a second.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    read = LanguageIdentifier.from_model_file(MODEL_FILE)
    classes = list(read.nb_classes)
    firsts = [classes.index(name) for name in classes]
    return _Model(
        np.asarray(read.tk_nextmove),
        np.asarray(read.tk_row, np.intp) << 8,
        np.asarray(read.tk_output, np.int32),
        read.nb_ptc,
        read.nb_pc,
        classes,
        [(first, i) for i, first in enumerate(firsts) if first != i],
    )


def _features(
    data: Sequence[bytes], model: _Model
) -> tuple[NDArray[np.intp], NDArray[np.intp], list[int]]:
    """Return the different features of texts, one text after the other; how often each comes in
    its text; and where those of each text end."""
    sizes = np.array([len(text) for text in data])
    longest = int(sizes.max())
    rows = np.zeros((len(data), longest), np.uint8)
    rows[np.arange(longest) < sizes[:, None]] = np.frombuffer(b"".join(data), np.uint8)
    order = np.argsort(-sizes, kind="stable")  # at each step the texts still read come first
    columns = np.ascontiguousarray(rows[order].T)
    still = len(data) - np.searchsorted(np.sort(sizes), np.arange(longest), side="right")
    state = np.zeros(len(data), np.intp)
    found = np.full((longest, len(data)), -1, np.int32)
    for column, n, out in zip(columns, still.tolist(), found, strict=True):
        state[:n] = model.steps[model.row[state[:n]] + column[:n]]
        out[:n] = model.output[state[:n]]
    places, texts = np.nonzero(found >= 0)
    n_features = len(model.table)
    keys, counts = np.unique(order[texts] * n_features + found[places, texts], return_counts=True)
    ends = np.searchsorted(keys, np.arange(1, len(data) + 1) * n_features)
    return keys % n_features, counts, ends.tolist()
