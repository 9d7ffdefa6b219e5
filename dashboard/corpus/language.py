"""The language of a text: an ISO 639-1 code, or "unknown" where it can't be told."""

from __future__ import annotations

from functools import cache
from typing import Any

UNKNOWN = "unknown"
MIN_LETTERS = 40
PREFIX = 200
# Most texts are clear from less; only where the first guess isn't sure the whole prefix is read.
_FIRST = 100
_SURE = 0.8
# Below this the first guess is often a neighbour of the right one, or the text is a list of names.
MIN_CONFIDENCE = 0.5


def detect_language(text: str) -> str:
    """Return the language of ``text``, judged by its first ``PREFIX`` characters.

    Returns
    -------
    str
        A two-letter code such as "en"; "unknown" for less than ``MIN_LETTERS`` letters, for text
        that is no language's, or when the detector isn't sure.
    """
    opening = text[: 4 * PREFIX].lstrip()[:PREFIX]
    if sum(map(str.isalpha, opening[:_FIRST])) < MIN_LETTERS > sum(map(str.isalpha, opening)):
        return UNKNOWN
    # Half of a surrogate pair can't be encoded for the detector.
    opening = opening.encode("utf-8", "ignore").decode("utf-8")
    language, confidence = _identifier().classify(opening[:_FIRST])
    if confidence < _SURE and len(opening) > _FIRST:
        language, confidence = _identifier().classify(opening)
    return str(language) if confidence >= MIN_CONFIDENCE and len(language) == 2 else UNKNOWN


@cache
def _identifier() -> Any:
    # Loaded at the first text: the model takes half a second.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
