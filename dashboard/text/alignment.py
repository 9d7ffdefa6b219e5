"""Two texts side by side: the runs of words that both have, and which paragraphs go together."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from dashboard.text.token_rule import tokenise

LEAST = 8  # words of a run
_PLACES = 4  # of a repeated run in the other text that are looked at
_STEPS = 40  # words compared, for each word of the two texts

Span = tuple[int, int]
Row = tuple[list[int], list[int]]
Shared = tuple[Span, tuple[int, ...]]  # and the numbers of the other texts that have it


@dataclass(frozen=True)
class Alignment:
    """Of two texts ``left`` and ``right``, by paragraph: the spans (characters) that the other one
    has too. ``rows``: pairs of paragraphs that stand side by side, in the order of both; None where
    the other text has nothing there. ``n_shared``: words of the runs."""

    left: list[list[Span]]
    right: list[list[Span]]
    rows: list[Row]
    n_shared: int


def align(left: Sequence[str], right: Sequence[str]) -> Alignment:
    """Align the paragraphs of two texts. Runs that stand in another order in the other text are
    marked too; rows keep the order of both texts. Takes time in proportion to their words."""
    one, other = _Words(left), _Words(right)
    blocks = shared_runs(one.words, other.words)
    together: Counter[tuple[int, int]] = Counter()
    for a, b, n in blocks:
        together.update((one.of[a + i], other.of[b + i]) for i in range(n))
    rows = _rows(_in_order(together), together, len(left), len(right))
    return Alignment(
        one.spans([(a, n) for a, _, n in blocks]),
        other.spans([(b, n) for _, b, n in blocks]),
        rows,
        sum(n for _, _, n in blocks),
    )


@dataclass(frozen=True)
class Several:
    """Of several texts, by text and paragraph: ``spans``, each with the other texts that have it
    too, in order, without overlap. ``rows``: of each row the paragraphs of each text. ``n_shared``:
    words of the first text that another has too."""

    spans: list[list[list[Shared]]]
    rows: list[list[list[int]]]
    n_shared: int


def align_several(texts: Sequence[Sequence[str]]) -> Several:
    """Align two texts or more, each with each; rows go by the first."""
    n = len(texts)
    pairs = {(i, j): align(texts[i], texts[j]) for i in range(n) for j in range(i + 1, n)}
    raw: list[list[list[tuple[int, int, int]]]] = [[[] for _ in text] for text in texts]
    for (i, j), found in pairs.items():
        for at, other, of_text in ((i, j, found.left), (j, i, found.right)):
            for paragraph, runs in enumerate(of_text):
                raw[at][paragraph] += [(start, end, other) for start, end in runs]
    spans = [[_together(own) for own in text] for text in raw]
    words = sum(
        len(tokenise(text[start:end]))
        for text, own in zip(texts[0], spans[0], strict=True)
        for (start, end), _ in own
    )
    if n == 2:  # what only the second has keeps its place
        return Several(spans, [[left, right] for left, right in pairs[0, 1].rows], words)
    rows = _by_first([pairs[0, j].rows for j in range(1, n)], len(texts[0]))
    return Several(spans, rows, words)


def _together(spans: Sequence[tuple[int, int, int]]) -> list[Shared]:
    """Stretches between two places where a span begins or ends, with whose spans hold them."""
    places = sorted({place for start, end, _ in spans for place in (start, end)})
    found = []
    for start, end in pairwise(places):
        others = sorted({other for a, b, other in spans if a <= start and end <= b})
        if others:
            found.append(((start, end), tuple(others)))
    return found


def _by_first(rows: Sequence[Sequence[Row]], n_first: int) -> list[list[list[int]]]:
    """Rows of several alignments with one text put together: paragraphs of it that stand in one row
    anywhere stay together, and so do those that stand in none. What another text has in between is
    spread over the rows there, or has a row: no column waits for the end of another."""
    joined = {k for own in rows for left, right in own if right for k in left[:-1]}
    paired = {k for own in rows for left, right in own if right for k in left}
    blocks: list[list[int]] = []
    for k in range(n_first):
        alone = k and k not in paired and k - 1 not in paired
        if k - 1 in joined or alone:
            blocks[-1].append(k)
        else:
            blocks.append([k])
    block_of = {k: b for b, block in enumerate(blocks) for k in block}
    beside = [[list[int]() for _ in rows] for _ in blocks]
    before = [[list[int]() for _ in rows] for _ in range(len(blocks) + 1)]

    def spread(column: int, waiting: list[int], first: int, end: int) -> None:
        """Over the blocks from ``first`` to before ``end``; before ``end`` where there is none."""
        for i, paragraph in enumerate(waiting):
            if first < end:
                beside[first + i * (end - first) // len(waiting)][column].append(paragraph)
            else:
                before[end][column].append(paragraph)

    for column, own in enumerate(rows):
        waiting: list[int] = []
        free = 0  # the first block behind the last one that stands beside this text
        for left, right in own:
            if not left:
                waiting += right
            elif right:
                b = block_of[left[0]]
                # Of a row put together the first alone can have something before it.
                if b < free:
                    beside[b][column] += waiting
                else:
                    spread(column, waiting, free, b)
                beside[b][column] += right
                waiting, free = [], b + 1
        spread(column, waiting, free, len(blocks))
    found: list[list[list[int]]] = []
    for b in range(len(blocks) + 1):
        if any(before[b]):
            found.append([[], *before[b]])
        if b < len(blocks):
            found.append([blocks[b], *beside[b]])
    return found


class _Words:
    """The words of a text: ``of`` has the paragraph of each."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        found = [tokenise(paragraph) for paragraph in paragraphs]
        self.words = [word for tokens in found for word, _ in tokens]
        self.of = [i for i, tokens in enumerate(found) for _ in tokens]
        self._places = [span for tokens in found for _, span in tokens]
        self._n = len(paragraphs)

    def spans(self, runs: Sequence[Span]) -> list[list[Span]]:
        """Character spans of runs (first word, number of words) in each paragraph, in order."""
        found: list[list[Span]] = [[] for _ in range(self._n)]
        for first, n in sorted(runs):
            start = first
            for i in range(first, first + n):
                if i + 1 == first + n or self.of[i + 1] != self.of[i]:
                    found[self.of[i]].append((self._places[start][0], self._places[i][1]))
                    start = i + 1
        return found


def shared_runs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of LEAST words or more that both have: first word in each, and their number, the longest
    first. No word is in two runs."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(left) - LEAST + 1):
        at = places[tuple(left[i : i + LEAST])]
        if len(at) < _PLACES:
            at.append(i)
    steps = _STEPS * (len(left) + len(right))
    found = []
    for j in range(len(right) - LEAST + 1):
        for i in places.get(tuple(right[j : j + LEAST]), ()):
            if i and j and left[i - 1] == right[j - 1] and i - 1 in places.get(
                tuple(right[j - 1 : j - 1 + LEAST]), ()
            ):  # fmt: skip
                continue  # inside a run that began before
            n = LEAST
            while i + n < len(left) and j + n < len(right) and left[i + n] == right[j + n]:
                n += 1
            found.append((i, j, n))
            steps -= n
        if steps < 0:
            break
    free_left, free_right = [True] * len(left), [True] * len(right)
    kept = []
    for i, j, n in sorted(found, key=lambda run: (-run[2], run[1], run[0])):
        i, j, n = _free_part(i, j, n, free_left, free_right)
        if n >= LEAST:
            free_left[i : i + n] = free_right[j : j + n] = [False] * n
            kept.append((i, j, n))
    return kept


def _free_part(
    i: int, j: int, n: int, left: Sequence[bool], right: Sequence[bool]
) -> tuple[int, int, int]:
    """The longest part of a run of which no word is taken."""
    lengths = list(
        accumulate(
            (left[i + k] and right[j + k] for k in range(n)),
            lambda before, free: (before + 1) * free,
            initial=0,
        )
    )
    longest = max(lengths)
    end = lengths.index(longest)
    return i + end - longest, j + end - longest, longest


def _in_order(together: Counter[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs of paragraphs that share most and don't cross: a heaviest ascending chain."""
    best: dict[int, tuple[int, int]] = {}
    for (a, b), n in together.items():
        if n > best.get(a, (0, 0))[0]:
            best[a] = (n, b)
    # Ends of chains by paragraph on the right, ascending, each heavier than those before it.
    ends, weights, chains = list[int](), list[int](), list[tuple[tuple[int, int], object]]()
    for a, (n, b) in sorted(best.items()):
        at = bisect_right(ends, b - 1)
        weight = n + (weights[at - 1] if at else 0)
        link: tuple[tuple[int, int], object] = ((a, b), chains[at - 1] if at else None)
        stop = at
        while stop < len(ends) and weights[stop] <= weight:
            stop += 1
        if stop > at or at == len(ends) or ends[at] != b:
            ends[at:stop], weights[at:stop], chains[at:stop] = [b], [weight], [link]
    found: list[tuple[int, int]] = []
    link_or_none: object = chains[-1] if chains else None
    while isinstance(link_or_none, tuple):
        pair, link_or_none = link_or_none
        found.append(pair)
    return found[::-1]


def _rows(
    pairs: Sequence[tuple[int, int]], together: Counter[tuple[int, int]], n_left: int, n_right: int
) -> list[Row]:
    """A row for each pair, with the paragraphs before and after it that share text with the other
    side of the row; one for each other paragraph."""
    rows: list[Row] = []
    a = b = 0
    for i, j in chain(pairs, [(n_left, n_right)]):
        left, right = list(range(a, i)), list(range(b, j))
        if rows and a and b:  # the row before is a pair's
            own, other = rows[-1]
            while left and any(together[left[0], k] for k in other):
                own.append(left.pop(0))
            while right and any(together[k, right[0]] for k in own):
                other.append(right.pop(0))
        row: Row = ([i], [j])
        while left and together[left[-1], j]:
            row[0].insert(0, left.pop())
        while right and any(together[k, right[-1]] for k in row[0]):
            row[1].insert(0, right.pop())
        rows += [([k], []) for k in left]
        rows += [([], [k]) for k in right]
        if i < n_left:
            rows.append(row)
        a, b = i + 1, j + 1
    return rows
