"""Quotation marks: which words of a text stand between them, also where a mark is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[\"“”„«»‟「」『』＂]|``|''|(?<![^\W_])['‘‚‹](?=[^\W_$…])|['’›](?![^\W_])")
_OPENS, _CLOSES = "“„«‟「『", "”」』"
_SINGLE = frozenset("'‘‚‹’›")
#: Each opening mark and what closes it, where a language does not turn them round.
_STARTS_AFTER = frozenset(" \n\t\u00a0\u202f([{—–-/:…")


@dataclass(frozen=True)
class Marked:
    """Words in quotation marks: ``start`` and ``end`` of what stands between them, characters of
    the text; ``outer`` the same with the marks. ``open``: the closing mark is missing, as before a
    paragraph that goes on with an opening one. ``goes_on``: the paragraph before was open."""

    start: int
    end: int
    outer: tuple[int, int]
    open: bool = False
    goes_on: bool = False


def marked_spans(text: str) -> list[Marked]:
    """What stands in quotation marks, in order, without what is quoted inside of it. A paragraph
    ends every quotation; one that is empty, or measures inches, is none. ``[]`` for text without
    marks."""
    found: list[Marked] = []
    begin = 0
    for paragraph in text.split("\n"):
        spans = _of_paragraph(paragraph)
        for number, (a, b, outer_a, outer_b, is_open) in enumerate(spans):
            before = found[-1] if found else None
            on = (
                number == 0 and before is not None and before.open
                and not paragraph[:outer_a].strip() and not text[before.end : begin].strip()
            )  # fmt: skip
            if any(c.isalnum() for c in paragraph[a:b]):
                outer = (begin + outer_a, begin + outer_b)
                found.append(Marked(begin + a, begin + b, outer, is_open, on))
        begin += len(paragraph) + 1
    return found


def _of_paragraph(text: str) -> list[tuple[int, int, int, int, bool]]:
    spans = []
    opened: tuple[int, int, bool] | None = None  # of the mark: start, end, whether single
    for match in _MARK.finditer(text):
        mark, at, end = match[0], match.start(), match.end()
        single = mark in _SINGLE
        if opened is None:
            if _may_open(text, mark, at, end):
                opened = (at, end, single)
            continue
        if single != opened[2]:
            if opened[2] and _may_open(text, mark, at, end) and not _closed_later(text, at):
                opened = (at, end, single)  # an apostrophe it was
            continue
        if _is_opening(text, mark, at, end) and text[opened[0] : opened[1]] != "„":
            if single:
                continue
            # The mark before was never closed: what it opened ends here.
            spans.append((opened[1], _trimmed(text, opened[1], at), opened[0], at, False))
            opened = (at, end, single)
            continue
        if single and _is_apostrophe(text, at, end):
            continue
        spans.append((opened[1], at, opened[0], end, False))
        opened = None
    if opened is not None and not opened[2]:
        spans.append((opened[1], len(text), opened[0], len(text), True))
    return spans


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _may_open(text: str, mark: str, at: int, end: int) -> bool:
    if mark in _CLOSES or mark in "’›":
        return False
    if mark in ("'", "‘", "‚", "‹"):
        return (at == 0 or text[at - 1] in _STARTS_AFTER) and _closes_single(text, end)
    if mark == "''":
        return at == 0 or text[at - 1] in _STARTS_AFTER
    if mark in ('"', "＂"):
        if at and text[at - 1].isdigit():
            return False  # inches
        return end < len(text) and not (text[end].isspace() and at and not text[at - 1].isspace())
    if mark == "»":
        return "«" in text[end:] and (at == 0 or text[at - 1] in _STARTS_AFTER)
    return True


def _is_opening(text: str, mark: str, at: int, end: int) -> bool:
    """Whether a mark opens, though another one is open."""
    if mark in ("``", "“", "„", "「", "『", "«"):
        before = at == 0 or text[at - 1] in _STARTS_AFTER
        return before and end < len(text) and not text[end].isspace()
    if mark in ('"', "＂"):
        before = at > 0 and text[at - 1] in " \t\u00a0("
        return before and end < len(text) and (text[end].isalnum() or text[end] in "[$'‘…")
    return False


def _closed_later(text: str, at: int) -> bool:
    return re.search(r"['’](?![^\W_])", text[at:]) is None


def _closes_single(text: str, start: int) -> bool:
    """Whether a single mark has one that closes it, soon, and is no apostrophe: ’tis, ’90s."""
    if text[start : start + 1].isdigit() and re.match(r"\d0s\b", text[start:]):
        return False
    return any(
        not _is_apostrophe(text, m.start(), m.end())
        for m in re.finditer(r"['’›](?![^\W_])", text[start : start + 1500])
    )


def _is_apostrophe(text: str, at: int, end: int) -> bool:
    """“the workers' union”: an s before, a small letter after."""
    after = text[end : end + 2]
    return text[at - 1 : at] == "s" and after[:1] == " " and after[1:].islower()
