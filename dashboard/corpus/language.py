"""The language of a text: an ISO 639-1 code, or "unknown" where it can't be told."""

from __future__ import annotations

import re
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
