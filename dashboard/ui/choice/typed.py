"""Names that are typed or pasted as one line, each taken for what a filter has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from dashboard.index.terms.spelling import LETTERS_AN_ERROR
from dashboard.text.unicode_form import normal_form

MOST_PIECES = 500
MOST_NEAR = 3
MOST_PARTS = 4  # of a name, with commas between
_COUNT = re.compile(r"[ \u00a0]*\([\d,]+\)")  # behind a name, as the lists show it
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»')
_HARD = re.compile(r"[;\n\r\t]+")
_BULLET = re.compile(r"^(?:[-–•*·]|\d{1,3}[.)])\s+")
_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedName:
    """A name as it was typed. ``taken``: the id it stands for, "" for none; ``also``: ids that it
    finds as well: further ones beside an exact name, several to choose from, or near ones
    (``near``) where it finds none."""

    text: str
    taken: str = ""
    also: tuple[str, ...] = ()
    near: bool = False


def read_names(text: str, names: Mapping[str, str]) -> list[TypedName]:
    """What each name in the text finds among ``names`` (by id), in the order typed.

    Commas, semicolons, tabs and lines separate; quotation marks hold a name together, and so does a
    name of the list that has the comma in it. The very name, whatever its capitals, accents and
    signs, wins; else a piece is taken only if it finds one name alone: one that has all of its
    words, or parts of words. Nothing is guessed.
    """
    keys = {each: _key(name) for each, name in names.items()}
    found = (piece for text in _pieces(text, set(keys.values())) for piece in _read(text, keys))
    return list({piece.text.casefold(): piece for piece in found}.values())


def _read(text: str, keys: Mapping[str, str]) -> Iterator[TypedName]:
    piece = _find(text, keys)
    parts = [part for part in _AND.split(text) if _key(part)]
    if piece.taken or (piece.also and not piece.near) or len(parts) < 2:
        yield piece
    else:  # "bbc, cnn and vox"
        yield from (_find(part, keys) for part in parts)


def _find(text: str, keys: Mapping[str, str]) -> TypedName:
    wanted = _key(text)
    words = wanted.split()
    holding = [each for each, key in keys.items() if all(word in key for word in words)]
    same = [each for each in holding if keys[each] == wanted]
    if len(same) == 1:
        return TypedName(text, same[0], tuple(each for each in holding if each != same[0]))
    if len(holding) == 1:
        return TypedName(text, holding[0])
    if holding:
        # Names with a word that begins so come before those with the letters inside one.
        holding.sort(key=lambda each: not all(f" {word}" in f" {keys[each]}" for word in words))
        return TypedName(text, also=tuple(same or holding))
    return TypedName(text, also=tuple(_near(words, keys)), near=True)


def _near(words: Sequence[str], keys: Mapping[str, str]) -> list[str]:
    """Ids of the names in which each word is spelt alike: see ``similar_words``."""

    def slips(word: str, key: str) -> int:
        return min((OSA.distance(word, other) for other in key.split()), default=len(word))

    ranked = []
    for each, key in keys.items():
        distances = [slips(word, key) for word in words]
        if all(d <= len(w) // LETTERS_AN_ERROR for d, w in zip(distances, words, strict=True)):
            ranked.append((sum(distances), len(key), each))
    return [each for *_, each in sorted(ranked)][:MOST_NEAR]


def _pieces(text: str, known: set[str]) -> list[str]:
    """The text as names: see :func:`read_names`. ``known``: the keys there are."""
    found: list[str] = []
    for line in _HARD.split(_COUNT.sub("", text)):
        begin = 0
        for quoted in _QUOTED.finditer(line):
            found += _by_commas(line[begin : quoted.start()], known)
            found.append(next(filter(None, quoted.groups()), ""))
            begin = quoted.end()
        found += _by_commas(line[begin:], known)
    bare = (_BULLET.sub("", piece.strip()).strip() for piece in found)
    return [piece for piece in bare if _key(piece)][:MOST_PIECES]


def _by_commas(text: str, known: set[str]) -> Iterator[str]:
    parts, at = [part for part in text.split(",") if part.strip()], 0
    while at < len(parts):
        lengths = range(min(MOST_PARTS, len(parts) - at), 1, -1)
        n = next((n for n in lengths if _key(",".join(parts[at : at + n])) in known), 1)
        yield ",".join(parts[at : at + n])
        at += n


def _key(name: str) -> str:
    """The name without capitals, accents and signs, its words one space apart."""
    letters = unicodedata.normalize("NFD", normal_form(name.replace("’", "'")))
    plain = "".join(c for c in letters if not unicodedata.combining(c)).replace("'", "")
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())
