"""Sentences: where each one begins and ends in a passage.

A mark that can end a sentence (``. ! ? …`` and those of other scripts) is judged by what stands
around it: an abbreviation, an initial or a number before it, a small letter after it, quotation
marks and brackets. Where both readings are possible the sentence goes on: a
sentence too long still says what its author said, half a sentence may not.

``passages`` cuts long paragraphs by a simpler rule of its own, on purpose: every index was cut by
it, and a passage that ends after "Mr." loses nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dashboard.text.word_lists import word_list

Span = tuple[int, int]

_CLOSING = "\"'”’»›)\\]}」』】）］〉》〟"
_TURNED = "“‘«‹"  # open in some languages, close in others: „…“, »…«
_OPENING = "\"'“‘„‚«‹(\\[{「『【（［〈《¿¡—–-"
# These need a space or the end after them; U+037E is the Greek question mark's own code point.
_MARKS = ".!?…؟۔։।॥።፧។៕᙮᱾꯫‼⁇⁈⁉‽⸮\u037e"
_WIDE_MARKS = "。！？｡．"  # of scripts without spaces


# One class of characters first: the search then skips from mark to mark. After a mark stand what
# closes and footnotes such as [12]; the group is the first letter of what follows.
def _boundary(marks: str) -> re.Pattern[str]:
    return re.compile(
        rf"[{marks}{_WIDE_MARKS}\n](?:(?<=\n)"
        rf"|(?:(?<=[{marks}])[{marks}]*(?:[{_CLOSING}{_TURNED}]|[ \u00a0\u202f]»){{0,6}}"
        rf"(?:\[\d{{1,3}}\]){{0,3}}(?=\s|$)"
        rf"|(?<=[{_WIDE_MARKS}])[{_WIDE_MARKS}]*[{_CLOSING}]*)(?=[\s{_OPENING}]*(\w)?))"
    )


_BOUNDARY = _boundary(_MARKS)
#: What ends a sentence in one language alone: a semicolon asks in Greek.
_BOUNDARY_OF = {"el": _boundary(_MARKS + ";")}
_WORD = re.compile(r"\w[\w'’]*")
_LONGEST, _MOST_WORDS = 40, 100_000  # letters of a word that is looked at; words of a corpus kept
_LAST = re.compile(rf"\S{{1,{_LONGEST}}}$")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.){1,6}[^\W\d_]{1,2}")
_PAIR = re.compile(r"\s+[^\W\d_]{1,2}\.")
_NUMBER = re.compile(r"[#№(]?\d{1,3}|[ivxIVX]{1,5}|[a-zA-Z]")
# Up to four words, one of them a verb: "Ms. Chen asked".
_SPEECH = re.compile(r"(?:\s+[^\W\d_][\w’'-]*\.?){1,4}")
#: Languages that write the day of a month, or a rank, as a number with a full stop.
_ORDINALS = frozenset("bs cs da de et fi fo hr hu is lb lv nb nn no pl sk sl sr tr".split())
#: After a closed quotation these go on with the sentence: "…" to itta.
_QUOTATIVE = ("と", "って", "라고", "고 ", "이라고")


def sentence_spans(text: str, language: str = "en") -> list[Span]:
    """Start and end of each sentence of a passage, in characters, without the space between them.

    ``language`` is an ISO 639-1 code, which decides about abbreviations and ordinals; one without
    lists has the rule alone. Every character that isn't space is in one sentence; blank text gives
    ``[]``.
    """
    plain = _plain_words(language)
    cuts = []
    start = 0
    for match in _BOUNDARY_OF.get(language, _BOUNDARY).finditer(text):
        at, end = match.span()
        follows = match[1]
        # What nearly every sentence ends with is told here: "…of the year. The".
        if follows is None:
            ends = text[at] not in _WIDE_MARKS
        else:
            ends = (
                end == at + 1
                and not follows.islower()
                and plain[text[text.rfind(" ", start, at) + 1 : at]]
            )
        if ends or match[0] == "\n" or _ends(text, start, match, language):
            cuts.append(end)
            start = end
    cuts.append(len(text))
    spans = []
    start = 0
    for end in cuts:
        piece = text[start:end].lstrip()
        if piece:
            begin = end - len(piece)
            spans.append((begin, begin + len(piece.rstrip())))
        start = end
    return spans


class _Plain(dict[str, bool]):
    """Word → whether a mark after it ends the sentence, whatever comes before it, and after it but
    for a small letter. False tells nothing. Looked up once a word, up to a bound."""

    def __init__(self, language: str) -> None:
        super().__init__()
        names = ("abbreviations_open", "abbreviations", "abbreviations_number")
        self._short = frozenset[str]().union(*(_words(name, language) for name in names))

    def __missing__(self, word: str) -> bool:
        found = (
            word.isalpha()
            and not (len(word) == 1 or (len(word) == 2 and word.isupper()))
            and _NUMBER.fullmatch(word) is None
            and word.casefold() not in self._short
        )
        if len(word) <= _LONGEST and len(self) < _MOST_WORDS:
            self[word] = found
        return found


def _ends(text: str, begin: int, match: re.Match[str], language: str) -> bool:
    """Whether the mark ends the sentence that began at ``begin``."""
    mark, after = match[0][0], match.end()
    if mark in _WIDE_MARKS:
        return not (len(match[0]) > 1 and text.startswith(_QUOTATIVE, after))
    if match[1] is None:
        return True  # nothing but marks, or the end
    follows = _WORD.match(text, match.start(1))
    word = follows[0] if follows else match[1]
    if word[0].islower() and not word[1:2].isupper():  # "iPhone"
        return mark in "।॥۔؟։።"
    if mark == "." and not match[0].startswith(".."):
        return _full_stop_ends(text, begin, match.start(), word, language)
    if match[0][-1] in "\"'”’»›」』" + _TURNED:
        # A capital article or pronoun begins a sentence: a speaker's would be small, but for "I".
        is_i = language == "en" and word == "I"
        return (_is_opener(word, language) and not is_i) or not _is_told(text, after, language)
    return True


def _full_stop_ends(text: str, begin: int, stop: int, word: str, language: str) -> bool:
    found = _LAST.search(text, begin, stop)
    if found is None:
        return False  # a stop by itself
    last = found[0].lstrip("\"'“‘„«‹([{¿¡—–-#")
    if not text[begin : found.start()].strip() and _NUMBER.fullmatch(last):
        return False  # the number of an item: "1. Open the file."
    lowered = last.casefold()
    # "c. 1850" and "v. Board", but "vitamin C."
    is_letter = len(last) == 1 and last.isupper()
    if lowered in _words("abbreviations_open", language) and not is_letter:
        return False
    if last.isdigit():
        return not (language in _ORDINALS and len(last) < 3)
    if lowered in _words("abbreviations_number", language) and word[0].isdigit():
        return False
    if (len(last) == 1 or (len(last) == 2 and last.isupper())) and _PAIR.match(text, stop + 1):
        return False  # "z. B.", "EE. UU.", "J. K."
    is_short = (
        lowered in _words("abbreviations", language)
        or _ACRONYM.fullmatch(last) is not None
        or is_letter
    )
    if not is_short:
        return True
    # "in the U.S. The vote", but "the U.S. Senate", "Jan. 6".
    return not word[0].isdigit() and _is_opener(word, language)


def _is_opener(word: str, language: str) -> bool:
    """Whether a word often begins a sentence and is not a name: "The", "It’s", "L’avocat"."""
    openers = _words("sentence_openers", language)
    lowered = word.casefold().replace("’", "'")
    before, apostrophe, _ = lowered.partition("'")
    return lowered in openers or before + apostrophe in openers


def _is_told(text: str, after: int, language: str) -> bool:
    """“Why now?” Ms. Chen asked: the sentence goes on after the quotation."""
    match = _SPEECH.match(text, after)
    if match is None:
        return False
    verbs = _words("speech_verbs", language)
    return any(word.strip(".,:;").casefold() in verbs for word in match[0].split())


@lru_cache(maxsize=64)
def _plain_words(language: str) -> _Plain:
    return _Plain(language)


@lru_cache(maxsize=256)
def _words(name: str, language: str) -> frozenset[str]:
    own = word_list(name, language)
    # Titles and units travel: "Mr. Li" stands in German texts too.
    return own | word_list(name, "en") if name.startswith("abbreviations") else own
