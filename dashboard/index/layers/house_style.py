"""House style: words that stand in the furniture of a source's articles, told by their shape."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from dashboard.index.furniture.abbreviations import abbreviations
from dashboard.index.furniture.entries import (
    Styled,
    articles_at,
    beside_names,
    entries,
    named_twice,
)
from dashboard.index.furniture.leads import leads
from dashboard.index.furniture.shapes import ABBREVIATION, SHAPES, shapes_of
from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.text.token_arrays import TokenStream, read_tokens


class HouseStyle(Layer):
    """Arrays of a segment. An entry for each word of a source that stands in furniture there, or
    beside the source's own name: ``row`` (an article of the source), ``term``, ``uses`` in its
    articles, (n_entries, 5) ``styled``, how many of these are in each of ``SHAPES``, and
    ``beside``, how many within ``NEAR`` tokens of its name. The same of two words that follow each
    other, with ``pair_`` before each name and ``pair_next`` for the second word; an abbreviation
    says nothing of those, as “St.” doesn't of “St. Louis”. Of each source its ``source_row``,
    ``source_tokens`` and ``source_beside``.

    The shapes: a line that three of its articles have, or the beginning of a line (``leads``), or a
    credit after a sentence or a bar, that four have; six tokens that four have, and hardly another
    source, or a card that names somebody twice; a short line at the beginning or the end; a short
    line without a stop, where most lines have one, or a photograph's credit in brackets; or an
    abbreviation (``abbreviations``). A use counts for the first of them."""

    name: ClassVar[str] = "house_style"
    version: ClassVar[int] = 3

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the lines."""
        names: dict[str | None, int] = {}
        source = np.asarray(
            [names.setdefault(s, len(names)) for s in segment.articles.column("source")],
            dtype=np.int64,
        )
        stream, bounds, shape = _read(segment, source)
        twice = named_twice(stream)
        shape[twice[shape[twice] == 0]] = 2
        beside = beside_names(stream, bounds, source, list(names))
        term = segment.lexicon.numbers(stream.vocabulary)
        text = Styled(stream.ids, term, bounds, source, shape, beside)
        rows = np.unique(source, return_index=True)[1].astype(np.int32)
        furniture = np.where(shape == ABBREVIATION, np.int8(0), shape)
        words, pairs = entries(text), entries(text._replace(shape=furniture), pairs=True)
        n = len(rows)
        of_beside = source[articles_at(bounds, np.flatnonzero(beside))]
        return {
            **{name: rows[a] if name == "row" else a for name, a in words.items()},
            **{f"pair_{k}": rows[a] if k == "row" else a for k, a in pairs.items()},
            "source_row": rows,
            "source_tokens": np.bincount(source, np.diff(bounds), n).astype(np.int64),
            "source_beside": np.bincount(of_beside, minlength=n).astype(np.int64),
        }


def _read(
    segment: SegmentView, source: NDArray[np.int64]
) -> tuple[TokenStream, NDArray[np.int64], NDArray[np.int8]]:
    """The tokens of all lines, the first one of each article (and the end), and the shape of each;
    the lines themselves are let go."""
    lines: list[str] = []
    sizes = [0]
    for passages in segment.passages():
        lines += (line for passage in passages for line in passage.split("\n") if line.strip())
        sizes.append(len(lines))
    stream = read_tokens(lines, len(lines))
    bounds = stream.offsets[np.asarray(sizes)]
    article = np.repeat(np.arange(len(source)), np.diff(sizes))
    shape = shapes_of(stream.ids, stream.offsets, lines, article, source)
    for lead in leads(stream, source[article], article):
        shape[lead] = SHAPES.index("line") + 1
    short = abbreviations(stream, lines, source[article], article)
    shape[short[shape[short] == 0]] = ABBREVIATION
    return stream, bounds, shape
