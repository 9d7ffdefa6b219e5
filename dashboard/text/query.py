"""Queries: words, "phrases", prefix*, =Case, NEAR, AND, OR, NOT and brackets by the token rule.

A *query* selects articles: all of its parts must occur ("trade sanctions" needs both). A *keyword*
is one thing to count: its words in a row are a phrase ("Belt and Road"). In both, OR joins
alternatives, brackets hold together, a trailing * stands for any ending, = asks for the capitals as
written, and "a NEAR/5 b" is a use of a with b at most five words away; /tar+iffs?/ is any
word that a regular expression fits. In a query, -word or NOT word keeps articles out that have it,
and title:, source:, author: or label: before a word looks for it there. What can't be computed as
it stands is refused, never cut or left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dashboard.text.prepare import is_unspaced
from dashboard.text.queries.expressions import compiled, is_expression
from dashboard.text.queries.lexemes import MOST_PATTERNS, Lexeme, is_operator, read_lexemes
from dashboard.text.queries.lexemes import UnreadableQuery as UnreadableQuery
from dashboard.text.token_flags import shape_of
from dashboard.text.token_rule import tokenise

MOST_BRACKETS = 50  # one in the other
MIN_PREFIX = 2

_BEHIND_STAR = re.compile(r"(?<=\*)[.,;:!?]+$")
# Other search engines' signs that would change what is asked for: word~2, title:word, wom?n.
_FOREIGN = (
    (re.compile(r"(?:^|\w)~\d*$"), "“~” (near, or spelt alike) can’t be searched for"),
    (re.compile(r"^[a-z_]+:(?=\w)"), "the fields are title:, source:, author: and label:"),
    (re.compile(r"\w\?\w"), "“?” can’t stand for a letter"),
)


@dataclass(frozen=True)
class Pattern:
    """Tokens in a row; ``prefix`` says that the last one may have any ending. ``shapes``: of each
    token how it must be written (``shape_of``), -1 for any; without any entry all are free.
    ``near``: patterns of which one must stand at most ``within`` words away."""

    tokens: tuple[str, ...]
    prefix: bool = False
    shapes: tuple[int, ...] = ()
    near: tuple[Pattern, ...] = ()
    within: int = 0


Keyword: TypeAlias = tuple[Pattern, ...]  # alternatives
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Query:
    """What an article must have: a ``keyword``, or "all", "any" or "none" of ``parts``. All of no
    part is a blank query, which every article fits. ``field``: where it must have the keyword,
    "" for text or headline, else ``title``, ``source``, ``author`` or ``label`` (of a note)."""

    how: Literal["has", "all", "any", "none"]
    parts: tuple[Query, ...] = ()
    keyword: Keyword = ()
    field: str = ""

    def keywords(self) -> list[Keyword]:
        """What is looked for in text and headline, in order, without what must not occur."""
        if self.how == "has":
            return [self.keyword] if self.field in ("", "title") else []
        return [k for part in self.parts for k in part.keywords()] if self.how != "none" else []

    def mask(self, n: int, has: Callable[..., Mask]) -> Mask:
        """(n,) which of ``n`` articles fit; ``has`` says which hold a keyword, and after it takes
        the field where there is one."""
        if self.how == "has":
            return has(self.keyword, self.field) if self.field else has(self.keyword)
        found = np.full(n, self.how == "all")
        for part in self.parts:
            mask = part.mask(n, has)
            found = found & mask if self.how == "all" else found | mask
        return ~found if self.how == "none" else found


BLANK = Query("all")


def parse_query(text: str) -> Query:
    """The query that ``text`` says; a blank one for a text without words. OR joins its two
    neighbours; beside AND it needs brackets. Raises ``UnreadableQuery``."""
    lexemes = read_lexemes(re.sub(r",(?![\d}])", " ", text))  # of a number, or {2,}
    reader = _Reader(lexemes)
    query = reader.all_of(0)
    reader.end()
    return query


def parse_keyword(text: str) -> Keyword:
    """The alternatives of one keyword; ``()`` when nothing in ``text`` can be counted. Raises
    ``UnreadableQuery``."""
    lexemes = read_lexemes(text)
    reader = _Reader(lexemes)
    patterns = reader.alternatives(0)
    reader.end()
    return tuple(dict.fromkeys(patterns))


def as_keyword(term: str) -> str:
    """The keyword that counts a term as it stands, though a word of it is an operator."""
    words = term.split()
    is_plain = not any(word.startswith("=") or is_operator(word) for word in words)
    return term if is_plain else f'"{term}"'


class _Reader:
    """Reads lexemes in order: ``at`` is the next."""

    def __init__(self, lexemes: Sequence[Lexeme]) -> None:
        self._lexemes, self.at = lexemes, 0

    def end(self) -> None:
        """Nothing is left. Raises ``UnreadableQuery``."""
        if self.at < len(self._lexemes):
            raise self._lexemes[self.at].refuse(
                "a bracket is closed and not opened", "add “(” where its part begins"
            )

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
            if kind == "NEAR":
                self._query_near(groups, depth)
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

    def _query_near(self, groups: list[list[Query]], depth: int) -> None:
        """Join the last part to the one behind NEAR."""
        lexeme = self._lexemes[self.at]
        self.at += 1
        left = groups[-1].pop() if groups else BLANK
        right = self._one(depth) if self._next_kind() in ("", "(") else None
        sides = (left, right or BLANK)
        if right and all(side.how == "has" and not side.field for side in sides):
            near = _near(left.keyword, right.keyword, lexeme)
            groups[-1].append(Query("has", keyword=tuple(near)))
            return
        raise lexeme.refuse(
            f"“{lexeme.text}” joins two words, phrases or alternatives",
            "write one on each side, such as tariff* NEAR/5 (China OR Beijing)",
        )

    def _one(self, depth: int) -> Query | None:
        lexeme = self._lexemes[self.at]
        self.at += 1
        if lexeme.kind == "NOT":
            follows = self._next_kind() in ("", "(", "NOT")
            part = self._one(self._deeper(depth)) if follows else None
            if part is None:
                raise lexeme.refuse("no word follows NOT", "add one, or leave NOT out")
            return Query("none", (part,))
        if lexeme.kind == "(":
            _refuse_field(lexeme)
            part = self.all_of(self._deeper(depth))
            self._close(part == BLANK, lexeme)
        else:
            pattern = _pattern(lexeme)
            if pattern is None:
                return None
            if lexeme.field and pattern.shapes:
                raise lexeme.refuse("“=” counts in the text alone", "leave it out")
            part = Query("has", keyword=(pattern,), field=lexeme.field)
        return Query("none", (part,)) if lexeme.minus else part

    def alternatives(self, depth: int) -> list[Pattern]:
        """Alternatives of a keyword, up to a closing bracket or the end."""
        found: list[Pattern] = []
        rows: list[list[Pattern]] = []  # for each place in the row what may stand there
        near: tuple[list[Pattern], Lexeme] | None = None
        while (kind := self._next_kind()) != ")":
            lexeme = self._lexemes[self.at]
            self.at += 1
            _refuse_field(lexeme)
            if kind in ("AND", "NOT") or (lexeme.minus and (rows or near)):
                raise lexeme.refuse(
                    f"{kind or '-'} can’t be counted: a keyword is one thing, such as a phrase",
                    "search for articles with it, or put the words in quotation marks",
                )
            if kind == "OR":
                found += _joined(rows, near)
                rows, near = [], None
            elif kind == "NEAR":
                near = _joined(rows, near), lexeme
                rows = []
            elif kind == "(":
                rows.append(self.alternatives(self._deeper(depth)))
                self._close(not rows[-1], lexeme)
            elif (pattern := _pattern(lexeme)) is not None:
                rows.append([pattern])
        return found + _joined(rows, near)

    def _deeper(self, depth: int) -> int:
        if depth == MOST_BRACKETS:
            raise self._lexemes[self.at - 1].refuse(
                f"more than {MOST_BRACKETS} brackets or NOTs stand one in the other",
                "leave some out",
            )
        return depth + 1

    def _close(self, is_blank: bool, opened: Lexeme) -> None:
        if self.at == len(self._lexemes):
            raise opened.refuse("a bracket is opened and not closed", "add “)” where its part ends")
        self.at += 1
        if is_blank:
            raise opened.refuse(
                "a pair of brackets holds no word", "add one, or leave the brackets out"
            )


def _refuse_field(lexeme: Lexeme) -> None:
    if lexeme.field:
        raise lexeme.refuse(
            f"“{lexeme.field}:” can’t stand here",
            "write it right before a word or phrase of a search",
        )


def _any_of(parts: Sequence[Query]) -> Query:
    """One of ``parts``: alternatives of one keyword where each is one."""
    if len(parts) == 1:
        return parts[0]
    if all(part.how == "has" and not part.field for part in parts):
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


def _joined(
    rows: Sequence[Sequence[Pattern]], near: tuple[list[Pattern], Lexeme] | None
) -> list[Pattern]:
    """Phrases of ``rows``; those before NEAR, with these around, where it stands before them."""
    found = _in_a_row(rows)
    return found if near is None else _near(near[0], found, near[1])


def _near(left: Sequence[Pattern], right: Sequence[Pattern], lexeme: Lexeme) -> list[Pattern]:
    if not left or not right:
        raise lexeme.refuse(
            f"“{lexeme.text}” needs a word on each side", "add one, or leave it out"
        )
    if any(pattern.near for pattern in (*left, *right)):
        raise lexeme.refuse(
            f"“{lexeme.text}” stands beside another NEAR", "ask for two things near each other"
        )
    return [replace(p, near=tuple(dict.fromkeys(right)), within=lexeme.within) for p in left]


def _phrase(parts: Iterable[Pattern]) -> Pattern:
    *whole, last = every = list(parts)
    if not whole:
        return last
    if any(part.near for part in every):
        raise UnreadableQuery(
            "NEAR stands in a phrase", remedy="write the whole phrase on one side of NEAR"
        )
    if any(part.prefix for part in whole):
        raise UnreadableQuery(
            "“*” stands before the last word of a phrase", remedy="leave it out, or end there"
        )
    shapes = [part.shapes or (-1,) * len(part.tokens) for part in every]
    return Pattern(
        tuple(t for part in every for t in part.tokens),
        last.prefix,
        tuple(chain.from_iterable(shapes)) if any(part.shapes for part in every) else (),
    )


def _pattern(lexeme: Lexeme) -> Pattern | None:
    """The tokens of words as written; None for mere punctuation."""
    if lexeme.quoted and is_expression(lexeme.text):
        compiled(lexeme.text)
        return Pattern((lexeme.text,))
    text = _BEHIND_STAR.sub("", lexeme.text)
    prefix, text = text.endswith("*"), text.rstrip("*")
    found = tokenise(text)
    tokens = tuple(token for token, _ in found)
    shown = f"“{lexeme.text[:60]}”"
    if lexeme.text == "=":
        raise lexeme.refuse("“=” stands alone", "write it right before a word, or leave it out")
    if not any(map(str.isalnum, text)):
        return None
    for sign, why in _FOREIGN if not lexeme.quoted else ():
        if sign.search(text + "*" * prefix):
            raise lexeme.refuse(
                f"{shown}: {why}", "write plain words, or put it in quotation marks"
            )
    if not tokens:
        raise lexeme.refuse(
            f"{shown} is an address or a code, which is not counted as a word", "leave it out"
        )
    if "*" in text:
        raise lexeme.refuse(f"{shown}: “*” can end a word only", "move or remove it")
    if prefix and len(tokens[-1]) < MIN_PREFIX and not is_unspaced(tokens[-1]):
        raise lexeme.refuse(
            f"{shown} is too short", f"write {MIN_PREFIX} letters or more before “*”"
        )
    shapes = tuple(shape_of(text[start:end]) for _, (start, end) in found if lexeme.cased)
    return Pattern(tokens, prefix, shapes)
