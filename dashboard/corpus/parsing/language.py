"""The language of a text: an ISO 639-1 code, or "unknown" where it can't be told."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def detect_languages(texts: Sequence[str]) -> list[str]:
    """Return the language of each text, judged by its first ``PREFIX`` characters.

    Returns
    -------
    list of str
        Two-letter codes such as "en"; "unknown" for less than ``MIN_LETTERS`` letters, for text
        in no known language, or when the detector isn't sure.
    """
    # Loaded at the first text: it takes half a second.
    from dashboard.corpus.parsing.language_model import classify

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
