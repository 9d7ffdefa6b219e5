"""Lines on pages to paragraphs: running heads set aside, columns in order, words made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from dashboard.corpus.readers.pdf.words import PrintedLine, is_mostly_backward, mirrored

_MOST_RUNNING = 3  # lines at the head and at the foot of a page
_SAME_PLACE = 4.0  # points
_LEAST_SHARE = 0.3  # of the pages, so that heads of left and right pages count each
_APART = 1.35  # times the usual distance of lines: more is a new paragraph
_FEWEST = 4  # lines of a column
_NARROW = 0.12  # of the width: figures of a table, not a column
_LARGER = 1.15
_SHORT = 0.12  # of the width of a column
_FIGURES = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?…:。！？؟।]['\"’”»)\]]*$")
_HYPHEN_END = re.compile(r"([^\W\d_]{2,})[-‐]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True, slots=True)
class Laid:
    """The paragraphs of a document, the largest type on its first page, and how many lines were set
    aside as running heads, feet and page numbers."""

    paragraphs: list[str]
    title: str
    n_running: int


def lay_out(pages: Sequence[Sequence[PrintedLine]]) -> Laid:
    """Bring lines into the order in which they are read, and join them; [] gives none."""
    kept = [_forward(page) for page in _without_running(pages)]
    n_running = sum(map(len, pages)) - sum(map(len, kept))
    sizes = [line.size for page in kept for line in page for _ in line.text]
    body = median(sizes) if sizes else 0.0
    columns = [column for page in kept for band in _bands(page, body) for column in _columns(band)]
    written = [line for column in columns for line in column]
    paragraphs = list(_paragraphs(columns))
    hyphened = {word.casefold() for line in written for word in _hyphened(line.text)}
    texts = [_text(paragraph, hyphened) for paragraph in paragraphs]
    first = {id(line) for line in kept[0]} if kept else set()
    sized = [
        (paragraph[0].size, text)
        for paragraph, text in zip(paragraphs, texts, strict=True)
        if id(paragraph[0]) in first and paragraph[0].size > _LARGER * body
        and len(text) > _FEWEST and len(text) < 300 and any(char.isalpha() for char in text)
    ]  # fmt: skip
    largest = max((size for size, _ in sized), default=0.0)
    title = next((text for size, text in sized if size == largest), "")
    return Laid(texts, title, n_running)


def _forward(page: list[PrintedLine]) -> list[PrintedLine]:
    """The lines of a page as if they were read from left to right: indents, short last lines and
    the order of columns then mean the same in Arabic and Hebrew."""
    return [mirrored(line) for line in page] if is_mostly_backward(page) else page


def _without_running(pages: Sequence[Sequence[PrintedLine]]) -> list[list[PrintedLine]]:
    """Leave out lines that stand on the same place of several pages, figures aside, at the head or
    the foot and apart from what is between."""
    rows = [_rows(page) for page in pages]
    kept = [list(each) for each in rows]
    for at_head in (True, False):
        ends = [_end_rows(each, at_head=at_head) for each in rows]
        seen = Counter(key for end in ends for key in {_place(line) for row in end for line in row})
        found: Counter[tuple[str, int]] = Counter()
        # Pages of a running head alone last: that it is one, the others tell.
        for i in sorted(range(len(kept)), key=lambda i: len(kept[i]) <= _MOST_RUNNING):
            page, running = kept[i], 0
            for row in ends[i]:
                repeated = [line for line in row if _count(seen, line) >= _least(len(pages))]
                # Beside a page's number stands the title of the chapter.
                if len(repeated) < len(row) and not any(line.text.isdecimal() for line in repeated):
                    break
                running += 1
            # What is not apart from the text is of it.
            while running and not _is_apart(page, running, at_head=at_head):
                running -= 1
            if running == len(page) and not all(_count(found, x) for row in page for x in row):
                continue
            found.update(_place(line) for row in ends[i][:running] for line in row)
            del page[slice(None, running) if at_head else slice(len(page) - running, None)]
    return [[line for row in page for line in row] for page in kept]


def _rows(page: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Lines on one height, from the top down."""
    rows: list[list[PrintedLine]] = []
    for line in sorted(page, key=lambda line: -line.bottom):
        if rows and abs(rows[-1][0].bottom - line.bottom) < 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _end_rows(rows: list[list[PrintedLine]], *, at_head: bool) -> list[list[PrintedLine]]:
    return rows[:_MOST_RUNNING] if at_head else rows[::-1][:_MOST_RUNNING]


def _place(line: PrintedLine) -> tuple[str, int]:
    return _FIGURES.sub("0", line.text.casefold()), round(line.bottom / _SAME_PLACE)


def _count(seen: Counter[tuple[str, int]], line: PrintedLine) -> int:
    text, place = _place(line)
    return max(seen[text, place + step] for step in (-1, 0, 1))


def _least(n_pages: int) -> int:
    return max(2, round(_LEAST_SHARE * n_pages))


def _is_apart(rows: list[list[PrintedLine]], running: int, *, at_head: bool) -> bool:
    """Whether more lies between the running lines and the text than between its lines."""
    if len(rows) <= running:
        return True
    middles = [row[0].bottom for row in (rows if at_head else rows[::-1])]
    gaps = [abs(a - b) for a, b in pairwise(middles)]
    inner = gaps[running:]
    return not inner or gaps[running - 1] > _APART * median(inner)


def _bands(lines: Sequence[PrintedLine], body: float) -> Iterator[list[PrintedLine]]:
    """The page cut above each headline that has nothing beside it: below one the columns may be
    others."""
    band: list[PrintedLine] = []
    for row in _rows(lines):
        is_headline = len(row) == 1 and row[0].size > _LARGER * body
        if is_headline and not any(
            line is not row[0] and line.bottom <= row[0].bottom < line.top for line in lines
        ):
            yield band
            yield row
            band = []
        else:
            band += row
    yield band


def _columns(lines: list[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Columns in the order of reading: of lines across the gutter, above each the columns beside
    it from left to right."""
    gutter = _gutter(lines)
    if gutter is None:
        if lines:
            yield sorted(lines, key=lambda line: (-round(line.bottom), line.left))
        return
    across = sorted((x for x in lines if x.left < gutter < x.right), key=lambda line: -line.bottom)
    rest = [line for line in lines if not line.left < gutter < line.right]
    bounds = [line.bottom for line in across] + [float("-inf")]
    band: list[PrintedLine] = []
    for i, bound in enumerate(bounds):
        beside = [line for line in rest if line.bottom > bound]
        rest = [line for line in rest if line.bottom <= bound]
        if beside:
            if band:
                yield band
                band = []
            yield from _columns([line for line in beside if line.right <= gutter])
            yield from _columns([line for line in beside if line.left >= gutter])
        if i < len(across):
            band.append(across[i])
    if band:
        yield band


def _gutter(lines: Sequence[PrintedLine]) -> float | None:
    """Where lines end and others begin to the right of them, beside each other; None in one
    column."""
    if len(lines) < 2 * _FEWEST:
        return None
    width = max(line.right for line in lines) - min(line.left for line in lines)
    best: tuple[int, float] | None = None
    for place in sorted({round(line.left, 1) - 0.5 for line in lines}):
        left = [line for line in lines if line.right <= place]
        right = [line for line in lines if line.left >= place]
        fewest = min(len(left), len(right))
        n_across = len(lines) - len(left) - len(right)
        if fewest < _FEWEST or n_across > fewest:
            continue
        if min(_width(left), _width(right)) < _NARROW * width or not _beside(left, right):
            continue
        score = fewest - n_across
        if best is None or score > best[0]:
            best = score, place
    return best[1] if best else None


def _width(lines: Sequence[PrintedLine]) -> float:
    return median(line.right - line.left for line in lines)


def _beside(left: Sequence[PrintedLine], right: Sequence[PrintedLine]) -> bool:
    """Whether half of the shorter side has the other beside it."""
    low = max(min(line.bottom for line in left), min(line.bottom for line in right))
    high = min(max(line.top for line in left), max(line.top for line in right))
    heights = [max(x.top for x in side) - min(x.bottom for x in side) for side in (left, right)]
    return high - low > 0.5 * min(heights)


def _paragraphs(columns: Sequence[Sequence[PrintedLine]]) -> Iterator[list[PrintedLine]]:
    """Lines that belong together, over the ends of columns and pages too."""
    paragraph: list[PrintedLine] = []
    ended_short = False  # whether the column before ended in a short line
    for column in columns:
        gaps = [a.bottom - b.bottom for a, b in pairwise(column) if a.bottom - b.bottom > 1]
        usual = _usual(gaps)
        left, right = min(x.left for x in column), max(x.right for x in column)
        last: PrintedLine | None = None
        for line in column:
            if paragraph and (
                _begins(paragraph, last, line, usual, left, right)
                or (last is None and ended_short and not _continues(paragraph[-1], line))
            ):
                yield paragraph
                paragraph = []
            paragraph.append(line)
            last = line
        ended_short = right - column[-1].right > _SHORT * (right - left)
    if paragraph:
        yield paragraph


def _usual(gaps: Sequence[float]) -> float:
    """The distance of lines within paragraphs: among the smaller ones."""
    ordered = sorted(gaps)
    return ordered[len(ordered) // 3] if ordered else 0.0


def _begins(
    paragraph: Sequence[PrintedLine],
    last: PrintedLine | None,
    line: PrintedLine,
    usual: float,
    left: float,
    right: float,
) -> bool:
    """Whether a line begins a paragraph; ``last``: the one before it in its column."""
    before = paragraph[-1]
    if last is not None and abs(last.bottom - line.bottom) < 0.4 * line.size:
        return False  # in a row: a list, a table
    if abs(before.size - line.size) > (_LARGER - 1) * max(before.size, line.size):
        return True
    continues = _continues(before, line)
    is_indented = line.left - left > 0.7 * line.size
    if last is None:  # at the head of a column
        return not continues and (is_indented or bool(_ENDS.search(before.text)))
    if last.bottom - line.bottom > _APART * max(usual, line.size):
        return True
    if is_indented and last.left - left <= 0.7 * line.size and not continues:
        return True
    if continues:
        return False
    short = right - last.right
    if short > 0.5 * (right - left):
        return True
    return short > _SHORT * (right - left) and bool(_ENDS.search(last.text))


def _continues(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether a sentence goes on, as far as letters tell."""
    return line.text[:1].islower() or before.text.endswith(("-", "‐", ","))


def _hyphened(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{1,40}-[^\W\d_]{1,40}", text)


def _text(lines: Sequence[PrintedLine], hyphened: set[str]) -> str:
    """The text of a paragraph, words that were parted at the ends of lines made whole."""
    text = lines[0].text
    for line in lines[1:]:
        parted, follows = _HYPHEN_END.search(text), _FIRST_WORD.match(line.text)
        if parted and follows and line.text[0].islower():
            # A compound that the document writes so elsewhere keeps its hyphen.
            is_compound = f"{parted[1]}-{follows[0]}".casefold() in hyphened
            text = (text if is_compound else text[:-1]) + line.text
        elif parted and follows:
            text += line.text  # Rhein-Main
        elif _UNSPACED.match(text[-1:]) and _UNSPACED.match(line.text):
            text += line.text
        else:
            text += " " + line.text
    return text
