"""The words and signs of a query, in order, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.errors import NewsprismError

MOST_CHARACTERS = 20_000
MOST_PATTERNS = 1_000  # words and phrases of a query, alternatives of a keyword
USUAL_NEAR, MOST_NEAR = 10, 100  # words: NEAR without a number, and the largest

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"') | {"（": "(", "）": ")", "＝": "="})
_LEXEME = re.compile(
    r"(?P<minus>[-\u2212\u2013](?=\S))?(?:(?P<field>title|source|author|label):(?=[^\s)]))?"
    r"(?P<cased>=(?=\S))?(?:(?P<expression>/(?:\\.|[^/\\\s])+/)(?=[\s)]|$)"
    r'|"(?P<phrase>[^"]*)(?P<closed>"\*?)?|(?P<bracket>[()])|(?P<word>[^\s()"]+))'
)
_OPERATORS = {"AND": "AND", "&&": "AND", "OR": "OR", "||": "OR", "|": "OR", "NOT": "NOT"}
_NEAR = re.compile(r"NEAR(?:/(\d{1,9}))?")


class UnreadableQuery(NewsprismError):
    """A query or keyword that can't be computed as it stands; the message says what to do."""


@dataclass(frozen=True)
class Lexeme:
    """``kind``: "AND", "OR", "NOT", "NEAR", "(", ")", or "" for words; ``text`` as it was written,
    from character ``at`` (from 1); ``cased``: written with =; ``within``: the words of NEAR;
    ``field``: ``title``, ``source``, ``author`` or ``label`` before it; a regular expression is
    ``quoted`` and begins with a slash."""

    kind: str
    text: str
    at: int
    minus: bool = False
    quoted: bool = False
    cased: bool = False
    within: int = 0
    field: str = ""

    def refuse(self, why: str, remedy: str) -> UnreadableQuery:
        """The error that says why not, and where."""
        return UnreadableQuery(why, remedy=f"{remedy} (character {self.at:,})")


def is_operator(word: str) -> bool:
    """Whether a word as written joins others."""
    return word in _OPERATORS or _NEAR.fullmatch(word) is not None


def read_lexemes(text: str) -> list[Lexeme]:
    """The lexemes of ``text``. Raises ``UnreadableQuery``."""
    if len(text) > MOST_CHARACTERS:
        raise UnreadableQuery(
            f"it has {len(text):,} characters, and {MOST_CHARACTERS:,} can be read",
            remedy="shorten it, or ask in several parts",
        )
    found = [_lexeme(match) for match in _LEXEME.finditer(text.translate(_QUOTES))]
    if sum(not lexeme.kind for lexeme in found) > MOST_PATTERNS:
        raise UnreadableQuery(
            f"it has more than {MOST_PATTERNS:,} words", remedy="ask in several parts"
        )
    return found


def _lexeme(match: re.Match[str]) -> Lexeme:
    minus, cased = bool(match["minus"]), bool(match["cased"])
    word, field, at = match["word"], match["field"] or "", match.start()
    if expression := match["expression"]:
        made = Lexeme("", expression, at + 1, minus, quoted=True, field=field)
        if cased:
            raise made.refuse("“=” stands before an expression", "leave it out")
        return made
    if bracket := match["bracket"]:
        if cased:
            raise Lexeme(bracket, bracket, at + 1).refuse(
                "“=” stands before a bracket", "write it before each word that it is for"
            )
        return Lexeme(bracket, bracket, at + 1, minus and bracket == "(", field=field)
    if word is None:
        phrase = match["phrase"].strip()
        if match["closed"] is None:
            raise Lexeme("", phrase, at + 1).refuse(
                f"the quotation mark before “{phrase[:40]}” has no other",
                "close it, or leave it out",
            )
        star = "*" * match["closed"].endswith("*")
        return Lexeme("", phrase + star, at + 1, minus, quoted=True, cased=cased, field=field)
    if minus or cased or field:
        return Lexeme("", word, at + 1, minus, cased=cased, field=field)
    if near := _NEAR.fullmatch(word):
        within = int(near[1] or USUAL_NEAR)
        made = Lexeme("NEAR", word, at + 1, within=within)
        if not 0 < within <= MOST_NEAR:
            raise made.refuse(f"“{word}” can’t be counted", f"write NEAR/1 to NEAR/{MOST_NEAR}")
        return made
    return Lexeme(_OPERATORS.get(word, ""), word, at + 1)
