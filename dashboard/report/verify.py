"""Whether a report says what the index says: everything in it is made again and compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any

from dashboard.errors import UsageError
from dashboard.index.index import Index
from dashboard.report.document import META, report_html
from dashboard.report.proof import PROOF
from dashboard.scope import Scope

#: Tokens that are aligned with each other; more than that of a page are compared in their order.
MOST_ALIGNED = 4_000


@dataclass(frozen=True)
class Difference:
    """Something in a report that the index doesn't say: the place, what the report has there and
    what it should have, "" for nothing."""

    where: str
    found: str
    expected: str

    def describe(self) -> str:
        """In one line."""
        said = f"the report has {_quoted(self.found)}" if self.found else "the report has nothing"
        should = f"the index {_quoted(self.expected)}" if self.expected else "the index nothing"
        return f"{self.where}: {said}, {should}"


@dataclass(frozen=True)
class _Token:
    """A piece of a page: text, or a tag with its attributes; ``where`` it stands."""

    text: str
    where: str


class _Pieces(HTMLParser):
    """Pieces of a page, and what it says of itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[_Token] = []
        self.meta = ""
        self._where = ["head"]
        self.n_proofs = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "meta" and said.get("name") == META:
            self.meta = said.get("content") or ""
        if PROOF in said:
            self.n_proofs += 1
            _, _, table, row, column = f"{said[PROOF]}     ".split(" ")[:5]
            number = str(int(row) + 1) if row.isdecimal() else row
            self._where.append(f"table {table}, row {number}, {column}")
        elif tag not in ("meta", "br"):
            self._where.append(self._where[-1])
        self._add(f"<{tag}>")
        for name, value in attrs:
            self._add(f"{name}={value}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._add(f"</{tag}>")
        if len(self._where) > 1:
            self._where.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._add(data)

    def handle_comment(self, data: str) -> None:
        self._add(f"<!--{data}-->")

    def _add(self, text: str) -> None:
        self.tokens.append(_Token(text, self._where[-1]))


def meta_of(text: str) -> dict[str, Any]:
    """What a report says of itself. Raises ``UsageError`` for a page that is none."""
    reader = _read(text)
    try:
        meta = json.loads(reader.meta)
    except ValueError:
        meta = None
    if not isinstance(meta, dict) or not isinstance(meta.get("params"), dict):
        raise UsageError("this page is not a report, or its description of itself was changed")
    return meta


def verify_report(text: str, index: Index) -> tuple[int, list[Difference]]:
    """How many numbers and sentences with a proof were compared, and what differs: nothing for a
    report as ``report_html`` makes it of this index. Raises ``UsageError`` for what is no
    report."""
    scope = _scope_of(meta_of(text), index)
    wanted = report_html(index, scope)
    found, made = _read(text), _read(wanted)
    if text == wanted:
        return made.n_proofs, []
    differences = list(_differences(found.tokens, made.tokens))
    if not differences:  # white space, or how marks are written
        at = next((i for i, (a, b) in enumerate(zip_longest(text, wanted)) if a != b), 0)
        line = text.count("\n", 0, at) + 1
        differences = [Difference(f"line {line}", text[at : at + 40], wanted[at : at + 40])]
    return made.n_proofs, differences


def _scope_of(meta: Mapping[str, Any], index: Index) -> Scope:
    params = {str(name): str(value) for name, value in meta["params"].items()}
    n_topics = meta.get("n_topics")
    if n_topics is not None and n_topics not in index.nodes.sizes:
        n_topics = None  # what it says of itself then differs
    return Scope.from_params(params, index, n_topics)[0]


def _read(text: str) -> _Pieces:
    reader = _Pieces()
    reader.feed(text)
    reader.close()
    return reader


def _differences(found: Sequence[_Token], made: Sequence[_Token]) -> Iterator[Difference]:
    """What differs between what both have in common at the beginning and at the end."""
    first = 0
    while first < min(len(found), len(made)) and found[first].text == made[first].text:
        first += 1
    last = 0
    while (
        last < min(len(found), len(made)) - first and found[-1 - last].text == made[-1 - last].text
    ):
        last += 1
    a, b = found[first : len(found) - last], made[first : len(made) - last]
    if len(a) == len(b) or max(len(a), len(b)) > MOST_ALIGNED:
        pairs = zip_longest(a, b)
        yield from (_difference(x, y) for x, y in pairs if not (x and y and x.text == y.text))
        return
    aligned = SequenceMatcher(None, [t.text for t in a], [t.text for t in b], autojunk=False)
    for kind, a0, a1, b0, b1 in aligned.get_opcodes():
        if kind != "equal":
            yield from (_difference(x, y) for x, y in zip_longest(a[a0:a1], b[b0:b1]))


def _difference(found: _Token | None, made: _Token | None) -> Difference:
    place = made or found
    assert place is not None
    return Difference(place.where, found.text if found else "", made.text if made else "")


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 120 else line[:119] + '…'}”"
