"""The article: the one contract between reading text and everything derived from it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from dashboard.text.word_lists import word_list

Basis = Literal["given", "stated", "inferred", "bounded", "unknown"]
Label = Literal["keep", "metadata", "boilerplate", "aside"]

FIELD_NAMES = ("title", "source", "original_source", "date", "authors", "url")

# The reason of a kept line that belongs to the paragraph of the kept line above it: text
# wrapped at a fixed width arrives as many short lines, but a paragraph is what a reader sees.
CONTINUES = "continues the line above"
# Of what stands in one line of the file with the kept line above it, which was parted within a
# sentence: no space is between them but its own.
GOES_ON = "continues the sentence above"

# What programs and people write where there is no value: pandas', R's, SQL's and spreadsheets'.
_NO_VALUE = frozenset(
    "nan -nan nat none null nil (null) [null] <null> na n/a n.a. #n/a #na <na> undefined unknown "
    "(unknown) (blank) (none) (empty) #ref! #value! #name? #div/0! #null! #num!".split()
) | {"not available", "not specified", "keine angabe", "k. a.", "k.a.", "unbekannt", "sin datos",
     "no disponible", "desconocido", "inconnu", "non disponible", "non renseigné", "sconosciuto",
     "brak danych", "brak", "nieznany", "onbekend", "okänd", "ukendt", "ukjent", "tuntematon",
     "не указано", "неизвестно", "нет данных", "невідомо", "غير معروف", "نامشخص", "不明", "未知",
     "无", "無", "なし", "없음", "desconhecido", "não disponível", "sem fonte"}  # fmt: skip
_LONGEST_NO_VALUE = max(map(len, _NO_VALUE))
_INVISIBLE = re.compile("[\u00ad\ufeff\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Field:
    """One metadata value and how it is known.

    Attributes
    ----------
    value : str or None
        None when unknown. Dates are ISO ``YYYY-MM-DD``; bounded dates an interval such as
        ``2023-10-23/..`` (not before that day); several authors are joined by ``"; "``.
    basis : Basis
        ``given`` by the user, ``stated`` by the text, ``inferred`` from it, only ``bounded``
        by it, or ``unknown``.
    evidence : str
        The words the value rests on, or why there is none.
    line : int or None
        1-based line of the evidence in the file.
    method : str
        The rule that found it.
    """

    value: str | None
    basis: Basis
    evidence: str = ""
    line: int | None = None
    method: str = ""


UNKNOWN = Field(None, "unknown")


class Line(NamedTuple):
    """One line of the file as it was read, 1-based, with its label and the reason for it."""

    number: int
    text: str
    label: Label
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """A record that was kept.

    Attributes
    ----------
    article_id : str
        16 hex characters, a hash of the record as read, never of corrections.
    file : str
        Path relative to the folder given, "/" separated.
    row : int or None
        1-based data row in a table, None for a text file.
    fields : mapping of str to Field
        Exactly the keys of ``FIELD_NAMES``.
    lines : tuple of Line
        Every line of the text, blank ones included.
    language : str
        ISO 639-1 code of the kept text, "unknown" where it can't be told.
    merge_key : str
        32 hex characters: of records with the same title, text, source and date.
    own_columns : mapping of str to str or None
        The user's own columns, made by ``own_columns``.
    """

    article_id: str
    file: str
    row: int | None
    fields: Mapping[str, Field]
    lines: tuple[Line, ...]
    language: str = "unknown"
    merge_key: str = ""
    own_columns: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def paragraphs(self) -> list[str]:
        """Texts of the kept lines in order, subheadings included; wrapped lines are joined."""
        return join_paragraphs(self.lines)


_PARTED = re.compile(r"[^\W\d_][-\u00ad\u2010¬]$")
_LAST_WORD = re.compile(r"[^\W\d_]+(?=[-\u00ad\u2010¬]$)")
_FIRST_WORD = re.compile(r"^[^\W\d_]+")
_BETWEEN_HALVES = frozenset[str]().union(
    *(word_list("between_halves", code) for code in "da de en es fi fr it nl sv".split())
)
_BEFORE_HYPHEN = word_list("before_hyphen", "en")


def join_paragraphs(lines: Iterable[Line]) -> list[str]:
    """Return the kept text of ``lines`` as paragraphs; an empty list when nothing is kept.

    A word that is parted by a hyphen at the end of a line is put together again.
    """
    parts: list[list[str]] = []
    parted: list[tuple[int, int]] = []  # paragraph and piece before which a word goes on
    for line in lines:
        if line.label != "keep":
            continue
        text = tidy(line.text) + "-" * line.text.rstrip().endswith("\u00ad")  # tidy drops it
        if line.reason == GOES_ON and parts:
            parts[-1][-1] += " " * line.text[:1].isspace() + text
            continue
        goes_on = bool(parts and _PARTED.search(parts[-1][-1]) and text[:1].isalpha())
        if goes_on:
            parted.append((len(parts) - 1, len(parts[-1])))
        if (line.reason == CONTINUES or goes_on) and parts:
            parts[-1].append(text)
        elif text:
            parts.append([text])
    return _put_together(parts, parted) if parted else [" ".join(part) for part in parts]


def _put_together(parts: list[list[str]], parted: list[tuple[int, int]]) -> list[str]:
    whole = " ".join(piece for part in parts for piece in part).casefold()
    joints = {place: _joint(parts[place[0]][place[1] - 1], parts[place[0]][place[1]], whole)
              for place in parted}  # fmt: skip
    paragraphs = []
    for number, part in enumerate(parts):
        text = part[0]
        for place, piece in enumerate(part[1:], 1):
            joint = joints.get((number, place), " ")
            text = text[:-1] + piece if joint == "" else text + joint.strip("-") + piece
        paragraphs.append(text)
    return paragraphs


def _joint(before: str, after: str, whole: str) -> str:
    """Return what stands between two parts of a word: "" where it was one, "-" for "well-known",
    " " for the German "Ein- und Ausgang"."""
    first, second = _LAST_WORD.findall(before)[-1], _FIRST_WORD.findall(after)[0]
    if second.casefold() in _BETWEEN_HALVES:
        return " "
    if (
        not second[0].islower()
        or first.casefold() in _BEFORE_HYPHEN
        or f"{first}-{second}".casefold() in whole
    ):
        return "-"
    return ""


def tidy(text: str) -> str:
    """Return ``text`` on one line: no invisible characters, single spaces, none at the ends."""
    # Most are tidy: nothing invisible, no white space but single spaces inside.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def known(text: str) -> str:
    """Return ``text``, or "" where it only says that there is no value: "nan", "NULL", "–"."""
    bare = text.strip()
    if len(bare) > _LONGEST_NO_VALUE or not bare:
        return text
    return "" if bare.casefold() in _NO_VALUE or not bare.strip("-–—?.") else text


def content_id(title: str, text: str, source: str, date: str, url: str) -> str:
    """Return the id of a record as read: 16 hex characters, the same on every machine."""
    # JSON keeps the five values apart whatever they contain, lone surrogates included.
    record = json.dumps([title, text, source, date, url])
    return hashlib.sha256(record.encode("ascii")).hexdigest()[:16]
