"""Text made ready for the token rule: addresses are not words, and scripts without spaces get some.

Both engines read what comes out of here, so that they need to know of neither.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache

# Put between two words that no space parts, and over what isn't a word. No text has either.
BETWEEN, MASKED = "\x1f", "\x1e"
# Thai and Lao, Burmese, Khmer, kana, Chinese characters.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003134f"
)
UNSPACED_LANGUAGES = frozenset("th lo my km ja zh yue wuu".split())
_RUN = re.compile(f"[{UNSPACED}]+")

# Ends of host names that no sentence without a space behind its stop runs into. Others ("usat.ly")
# are known by what follows them: a path.
_TLD = (
    "com|org|net|gov|edu|mil|int|info|biz|io|tv|co|eu|de|fr|uk|es|nl|pl|ru|ua|ch|se|dk|fi|cz|hu|ro"
    "|gr|pt|ie|ca|au|nz|jp|cn|kr|br|mx|ar|cl|za|il|tr|news|app|dev|online|site|blog|media"
)
_VISIBLE = r"[!#-;=?-~]"  # what addresses are written with: no spaces, quotes or angle brackets
_ADDRESS = re.compile(
    rf"(?<![A-Za-z0-9])(?:"
    rf"[a-z][a-z0-9+.-]{{1,15}}://{_VISIBLE}+|www\.{_VISIBLE}+"
    rf"|[a-z0-9][\w.%+-]{{0,63}}@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    rf"|(?:[a-z0-9][a-z0-9-]{{0,62}}\.)+(?:(?:{_TLD})(?![\w-]|\.[a-z0-9])(?:[/?#]{_VISIBLE}*)?"
    rf"|[a-z]{{2,12}}/{_VISIBLE}*[a-z0-9]{_VISIBLE}*))"
    r"|(?<![\w@])@[\w](?:[\w.-]*\w)?(?:@[a-z0-9.-]*[a-z0-9])?",
    re.I | re.A,
)
# Bits that machines wrote: escapes of addresses and of markup, long runs of letters and digits.
# "AT&amp;T" isn't AT&T: an ampersand between letters keeps its "amp", which names no topic.
_BITS = re.compile(
    r"(?:%[0-9A-F]{2}){2,}[\w%.-]*|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|nbsp|quot|apos|lt|gt);|&amp;(?!\w)"
    r"|(?<![\w/+=-])(?=[\w/+=-]*\d)(?=[\w/+=-]*[a-z])(?=[\w/+=-]*[A-Z])[A-Za-z0-9/+_=-]{32,}",
    re.A,
)
_DOT = re.compile(r"\.[a-z][a-z]")
_ESCAPES = (
    ("%", re.compile("%[0-9A-F]{2}")),
    ("&", re.compile("&(?:#|nbsp|amp|quot|apos|lt|gt)")),
)
# As far as an address is looked for to either side of a sign of one.
_BEFORE, _BEHIND = 200, 2000
_LONG = 32


def prepare(text: str) -> str:
    """Return ``text`` with addresses and encoded bits masked, and its unspaced words parted."""
    return separate(mask(text))[0]


def mask(text: str) -> str:
    """Return ``text`` with addresses, handles and encoded bits under a mask of the same length.

    Only what stands around a sign of one is looked at: most texts have few.
    """
    if any(sign in text and escape.search(text) for sign, escape in _ESCAPES):
        text = _BITS.sub(_masked, text)
    places = [match.start() for match in _DOT.finditer(text)]
    at = text.find("@")
    while at >= 0:
        places.append(at)
        at = text.find("@", at + 1)
    at = text.find("/")
    while at >= 0:
        begin = text.rfind(" ", max(0, at - _BEFORE), at) + 1
        end = text.find(" ", at, at + _BEHIND)
        if (
            text[at - 1 : at] == ":"
            or text.find(".", begin, at) >= 0
            or (len(text) if end < 0 else end) - begin >= _LONG
        ):
            places.append(at)
        at = text.find("/", at + 1)
    return _mask_around(text, sorted(places)) if places else text


def _mask_around(text: str, places: list[int]) -> str:
    pieces: list[str] = []
    done = 0
    for at in places:
        if at < done:
            continue
        first, last = max(done, at - _BEFORE), at + _BEHIND
        begin = max(text.rfind(" ", first, at) + 1, text.rfind("\n", first, at) + 1, first)
        stops = [stop for sign in " \n" if (stop := text.find(sign, at, last)) >= 0]
        end = min([*stops, last, len(text)])
        part = text[begin:end]
        if len(part) < _LONG and "." not in part and "@" not in part:
            continue  # and/or
        masked = _ADDRESS.sub(_masked, part)
        pieces += text[done:begin], _BITS.sub(_masked, masked) if len(part) >= _LONG else masked
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def _masked(match: re.Match[str]) -> str:
    found = match[0]
    kept = len(found.rstrip(".,;:!?)]}'")) or len(found)  # the sentence's, not the address's
    return MASKED * kept + found[kept:]


def separate(text: str) -> tuple[str, list[int]]:
    """Return ``text`` with a sign between the words of scripts without spaces, and the positions
    of these signs in what is returned, ascending."""
    if text.isascii() or not _RUN.search(text):
        return text, []
    pieces: list[str] = []
    signs: list[int] = []
    size = done = 0

    def add(piece: str) -> None:
        nonlocal size
        pieces.append(piece)
        size += len(piece)

    for run in _RUN.finditer(text):
        add(text[done : run.start()])
        done = run.end()
        first = True
        before = text[run.start() - 1 : run.start()]
        for word in words_of_run(run[0]):
            if not first or before.isalnum():
                signs.append(size)
                add(BETWEEN)
            add(word)
            first = False
        if text[done : done + 1].isalnum():
            signs.append(size)
            add(BETWEEN)
    add(text[done:])
    return "".join(pieces), signs


def original(position: int, signs: list[int]) -> int:
    """Return where a position of the separated text is in the text itself."""
    return position - bisect_right(signs, position - 1)


def is_unspaced(word: str) -> bool:
    """True for a word of a script without spaces."""
    return not word.isascii() and _RUN.match(word) is not None


def is_lone_letter(word: str) -> bool:
    """True for a letter alone, which isn't a word, unless characters are counted as words."""
    return len(word) < 2 and not (is_unspaced(word) and segmenter() == "characters")


def words_of_run(run: str) -> Iterator[str]:
    """The words of a run of letters without spaces: by the dictionaries of ICU, else one a
    character."""
    breaker = _breaker()
    if breaker is None:
        return iter(_clusters(run))
    return iter(breaker(run))


def segmenter() -> str:
    """ "ICU" where its dictionaries part the words of scripts without spaces, else "characters"."""
    return "characters" if _breaker() is None else "ICU"


@cache
def _breaker() -> Callable[[str], Iterator[str]] | None:
    try:
        from icu4py.breakers import WordBreaker
    except ImportError:
        return None
    return lambda run: iter(WordBreaker(run, "en"))


_CLUSTER = re.compile(
    "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3]*."
    "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3]*",
    re.S,
)


def _clusters(run: str) -> list[str]:
    """Characters with the marks that belong to them."""
    return _CLUSTER.findall(run)
