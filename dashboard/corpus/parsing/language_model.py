"""py3langid's model of languages, put to many texts at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

_AT_ONCE = 1024  # texts; they take some 10 MB


def classify(texts: Sequence[str]) -> list[tuple[str, float]]:
    """Return what py3langid's ``LanguageIdentifier.classify`` says: languages and confidences.

    Its automaton goes through all texts side by side, which takes a third of the time. A text
    without any of its features has confidence 0.
    """
    found: list[tuple[str, float]] = []
    for start in range(0, len(texts), _AT_ONCE):
        found += _classify(texts[start : start + _AT_ONCE])
    return found


def forget() -> None:
    """Let the model go, which takes 72 MB. Whoever needs it reads it again, in half a second."""
    _model.cache_clear()


def _classify(texts: Sequence[str]) -> list[tuple[str, float]]:
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
