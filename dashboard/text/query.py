"""Queries: words, "phrases", prefix*, AND, OR, NOT and brackets, by the one token rule.

A *query* selects articles: all of its parts must occur ("trade sanctions" needs both). A *keyword*
is one thing to count: its words in a row are a phrase ("Belt and Road"). In both, OR joins
alternatives, brackets hold together and a trailing * stands for any ending; in a query, -word or
NOT word keeps articles out that have it. What can't be computed as it stands is refused, never cut
or left out. Nothing here is a regular expression of the user's, so no input can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dashboard.errors import NewsprismError
from dashboard.text.prepare import is_unspaced
from dashboard.text.token_rule import tokenise

MOST_CHARACTERS = 20_000
MOST_PATTERNS = 1_000  # words and phrases of a query, alternatives of a keyword
MOST_BRACKETS = 50  # one in the other
MIN_PREFIX = 2

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"') | {"（": "(", "）": ")"})
_LEXEME = re.compile(
    r"(?P<minus>[-\u2212\u2013](?=\S))?"
    r'(?:"(?P<phrase>[^"]*)(?P<closed>"\*?)?|(?P<bracket>[()])|(?P<word>[^\s()"]+))'
)
_OPERATORS = {"AND": "AND", "&&": "AND", "OR": "OR", "||": "OR", "|": "OR", "NOT": "NOT"}
_BEHIND_STAR = re.compile(r"(?<=\*)[.,;:!?]+$")
# Other search engines' signs that would change what is asked for: word~2, title:word, wom?n.
_FOREIGN = (
    (re.compile(r"(?:^|\w)~\d*$"), "“~” (near, or spelt alike) can’t be searched for"),
    (re.compile(r"^[a-z_]+:(?=\w)"), "a search in one field only can’t be made"),
    (re.compile(r"\w\?\w"), "“?” can’t stand for a letter"),
)


class UnreadableQuery(NewsprismError):
    """A query or keyword that can't be computed as it stands; the message says what to do."""


@dataclass(frozen=True)
class Pattern:
    """Tokens in a row; ``prefix`` says that the last one may have any ending."""

    tokens: tuple[str, ...]
    prefix: bool = False


Keyword: TypeAlias = tuple[Pattern, ...]  # alternatives
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Query:
    """What an article must have: a ``keyword``, or "all", "any" or "none" of ``parts``. All of no
    part is a blank query, which every article fits."""

    how: Literal["has", "all", "any", "none"]
    parts: tuple[Query, ...] = ()
    keyword: Keyword = ()

    def keywords(self) -> list[Keyword]:
        """What is looked for, in order, without what must not occur."""
        if self.how == "has":
            return [self.keyword]
        return [k for part in self.parts for k in part.keywords()] if self.how != "none" else []

    def mask(self, n: int, has: Callable[[Keyword], Mask]) -> Mask:
        """(n,) which of ``n`` texts fit; ``has`` says which hold a keyword."""
        if self.how == "has":
            return has(self.keyword)
        found = np.full(n, self.how == "all")
        for part in self.parts:
            mask = part.mask(n, has)
            found = found & mask if self.how == "all" else found | mask
        return ~found if self.how == "none" else found


BLANK = Query("all")


@dataclass(frozen=True)
class _Lexeme:
    """``kind``: "AND", "OR", "NOT", "(", ")", or "" for words; ``text`` as it was written."""

    kind: str
    text: str
    minus: bool = False
    quoted: bool = False


def parse_query(text: str) -> Query:
    """The query that ``text`` says; a blank one for a text without words. OR joins its two
    neighbours; beside AND it needs brackets. Raises ``UnreadableQuery``."""
    lexemes = _lexemes(re.sub(r",(?!\d)", " ", text))  # between digits it belongs to the number
    reader = _Reader(lexemes)
    query = reader.all_of(0)
    if reader.at < len(lexemes):
        raise _unopened()
    return query


def parse_keyword(text: str) -> Keyword:
    """The alternatives of one keyword; ``()`` when nothing in ``text`` can be counted. Raises
    ``UnreadableQuery``."""
    lexemes = _lexemes(text)
    reader = _Reader(lexemes)
    patterns = reader.alternatives(0)
    if reader.at < len(lexemes):
        raise _unopened()
    return tuple(dict.fromkeys(patterns))


def as_keyword(term: str) -> str:
    """The keyword that counts a term as it stands, though a word of it is an operator."""
    return f'"{term}"' if not _OPERATORS.keys().isdisjoint(term.split()) else term


def _lexemes(text: str) -> list[_Lexeme]:
    if len(text) > MOST_CHARACTERS:
        raise UnreadableQuery(
            f"it has {len(text):,} characters, and {MOST_CHARACTERS:,} can be read",
            remedy="shorten it, or ask in several parts",
        )
    found = []
    for match in _LEXEME.finditer(text.translate(_QUOTES)):
        minus, word = bool(match["minus"]), match["word"]
        if match["bracket"]:
            if match["bracket"] == ")" and minus:
                minus = False
            found.append(_Lexeme(match["bracket"], match["bracket"], minus))
        elif word is not None:
            found.append(_Lexeme("" if minus else _OPERATORS.get(word, ""), word, minus))
        elif match["closed"] is None:
            raise UnreadableQuery(
                f"the quotation mark before “{match['phrase'].strip()[:40]}” has no other",
                remedy="close it, or leave it out",
            )
        else:
            star = "*" * match["closed"].endswith("*")
            found.append(_Lexeme("", match["phrase"].strip() + star, minus, quoted=True))
    if sum(not lexeme.kind for lexeme in found) > MOST_PATTERNS:
        raise UnreadableQuery(
            f"it has more than {MOST_PATTERNS:,} words", remedy="ask in several parts"
        )
    return found


class _Reader:
    """Reads lexemes in order: ``at`` is the next."""

    def __init__(self, lexemes: Sequence[_Lexeme]) -> None:
        self._lexemes, self.at = lexemes, 0

    def _next_kind(self) -> str:
        """Kind of the next lexeme, ")" at the end too."""
        return self._lexemes[self.at].kind if self.at < len(self._lexemes) else ")"

    def all_of(self, depth: int) -> Query:
        """Parts, all of them needed, up to a closing bracket or the end."""
        groups: list[list[Query]] = []
        operators: set[str] = set()
        join = ""
        while (kind := self._next_kind()) != ")":
            if kind in ("AND", "OR"):
                join = kind
                self.at += 1
                continue
            part = self._one(depth)
            if part is None:
                continue
            if groups and join:
                operators.add(join)
            if groups and join == "OR":
                groups[-1].append(part)
            else:
                groups.append([part])
            join = ""
        if len(operators) > 1:
            raise UnreadableQuery(
                "AND and OR stand side by side",
                remedy="put brackets around what belongs together, such as (a AND b) OR c",
            )
        parts = [_any_of(group) for group in groups]
        return parts[0] if len(parts) == 1 else Query("all", tuple(parts))

    def _one(self, depth: int) -> Query | None:
        lexeme = self._lexemes[self.at]
        self.at += 1
        if lexeme.kind == "NOT":
            follows = self._next_kind() in ("", "(", "NOT")
            part = self._one(self._deeper(depth)) if follows else None
            if part is None:
                raise UnreadableQuery("no word follows NOT", remedy="add one, or leave NOT out")
            return Query("none", (part,))
        if lexeme.kind == "(":
            part = self.all_of(self._deeper(depth))
            self._close(part == BLANK)
        else:
            pattern = _pattern(lexeme)
            if pattern is None:
                return None
            part = Query("has", keyword=(pattern,))
        return Query("none", (part,)) if lexeme.minus else part

    def alternatives(self, depth: int) -> list[Pattern]:
        """Alternatives of a keyword, up to a closing bracket or the end."""
        found: list[Pattern] = []
        rows: list[list[Pattern]] = []  # for each place in the row what may stand there
        while (kind := self._next_kind()) != ")":
            lexeme = self._lexemes[self.at]
            self.at += 1
            if kind in ("AND", "NOT") or (lexeme.minus and rows):
                raise UnreadableQuery(
                    f"{kind or '-'} can’t be counted: a keyword is one thing, such as a phrase",
                    remedy="search for articles with it, or put the words in quotation marks",
                )
            if kind == "OR":
                found += _in_a_row(rows)
                rows = []
            elif kind == "(":
                rows.append(self.alternatives(self._deeper(depth)))
                self._close(not rows[-1])
            elif (pattern := _pattern(lexeme)) is not None:
                rows.append([pattern])
        return found + _in_a_row(rows)

    def _deeper(self, depth: int) -> int:
        if depth == MOST_BRACKETS:
            raise UnreadableQuery(
                f"more than {MOST_BRACKETS} brackets or NOTs stand one in the other",
                remedy="leave some out",
            )
        return depth + 1

    def _close(self, is_blank: bool) -> None:
        if self.at == len(self._lexemes):
            raise UnreadableQuery(
                "a bracket is opened and not closed", remedy="add “)” where its part ends"
            )
        self.at += 1
        if is_blank:
            raise UnreadableQuery(
                "a pair of brackets holds no word", remedy="add one, or leave the brackets out"
            )


def _unopened() -> UnreadableQuery:
    return UnreadableQuery(
        "a bracket is closed and not opened", remedy="add “(” where its part begins"
    )


def _any_of(parts: Sequence[Query]) -> Query:
    """One of ``parts``: alternatives of one keyword where each is one."""
    if len(parts) == 1:
        return parts[0]
    if all(part.how == "has" for part in parts):
        return Query("has", keyword=tuple(p for part in parts for p in part.keyword))
    return Query("any", tuple(parts))


def _in_a_row(rows: Sequence[Sequence[Pattern]]) -> list[Pattern]:
    """Phrases of one of the alternatives at each place."""
    size = 1
    for row in rows:
        size *= len(row)
    if size > MOST_PATTERNS:
        raise UnreadableQuery(
            f"it stands for more than {MOST_PATTERNS:,} phrases", remedy="count some at a time"
        )
    return [_phrase(row) for row in product(*rows)] if rows else []


def _phrase(parts: Iterable[Pattern]) -> Pattern:
    *whole, last = parts
    if any(part.prefix for part in whole):
        raise UnreadableQuery(
            "“*” stands before the last word of a phrase", remedy="leave it out, or end there"
        )
    return Pattern(tuple(t for part in (*whole, last) for t in part.tokens), last.prefix)


def _pattern(lexeme: _Lexeme) -> Pattern | None:
    """The tokens of words as written; None for mere punctuation."""
    text = _BEHIND_STAR.sub("", lexeme.text)
    prefix = text.endswith("*")
    tokens = tuple(token for token, _ in tokenise(text.rstrip("*")))
    shown = f"“{lexeme.text[:60]}”"
    if not any(map(str.isalnum, text)):
        return None
    for sign, why in _FOREIGN if not lexeme.quoted else ():
        if sign.search(text):
            raise UnreadableQuery(
                f"{shown}: {why}", remedy="write plain words, or put it in quotation marks"
            )
    if not tokens:
        raise UnreadableQuery(
            f"{shown} is an address or a code, which is not counted as a word",
            remedy="leave it out",
        )
    if "*" in text.rstrip("*"):
        raise UnreadableQuery(f"{shown}: “*” can end a word only", remedy="move or remove it")
    if prefix and len(tokens[-1]) < MIN_PREFIX and not is_unspaced(tokens[-1]):
        raise UnreadableQuery(
            f"{shown} is too short", remedy=f"write {MIN_PREFIX} letters or more before “*”"
        )
    return Pattern(tokens, prefix)
