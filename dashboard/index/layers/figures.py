"""Figures: the numbers of each article with their unit, and what they are of."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

import numpy as np

from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.text.figures.find import Figure, find_figures
from dashboard.text.figures.surroundings import DIRECTIONS, Dated
from dashboard.text.figures.units import KINDS

NO_DAY = -(2**31)


class Figures(Layer):
    """Arrays of a segment, a row a figure in the order of the text: ``passage`` and ``sentence``
    (their numbers in the segment), ``start`` and ``end`` (characters of the passage), ``low`` and
    ``high`` (the value; they differ for a range), ``step`` (value of the last digit), ``kind`` and
    ``direction`` (positions in ``KINDS``, ``DIRECTIONS``), ``unit`` (position among the lines of
    ``units``, UTF-8), ``qualifier`` (bits, see ``surroundings``), ``first_day`` and ``last_day``
    (of its period, since 1970; ``NO_DAY``), ``about`` and ``said`` (n, 2) (characters of the
    passage; the same twice for nothing), ``head`` (CRC-32 of the stem of what it is of),
    ``first_word`` (n + 1,) and ``words`` (CRC-32 of the stems around it), ``near`` (whether next
    to it), ``role`` and ``meant`` (see ``roles``), ``first_name`` (n + 1,) and ``names`` (CRC-32 of
    the stems of the names near it), ``wording`` (CRC-32 of the words around it, 0 for few),
    ``confidence`` (hundredths).

    In the languages that ``figure_words`` has; an unknown one is read as English."""

    name: ClassVar[str] = "figures"
    version: ClassVar[int] = 6
    needs: ClassVar[tuple[str, ...]] = ("sentences", "timeline")
    slow: ClassVar[bool] = True

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the passages."""
        sentences, timeline = segment.layers["sentences"], segment.layers["timeline"]
        first, starts, ends = (sentences[name] for name in ("first", "start", "end"))
        spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
        columns = [timeline[name] for name in ("start", "end")]
        columns += [timeline[name].astype(np.int64) for name in ("first_day", "last_day")]
        dates = [Dated(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]
        first_date = np.searchsorted(timeline["sentence"], first)
        bounds = pairwise(zip(first.tolist(), first_date.tolist(), strict=True))
        found: list[tuple[int, int, Figure]] = []
        passage = 0
        for language, passages in zip(
            segment.articles.column("language"), segment.passages(), strict=True
        ):
            code = "en" if language in ("", "unknown") else language
            for text, ((a, i), (b, j)) in zip(passages, bounds, strict=False):
                own = find_figures(text, spans[a:b], code, dates[i:j])
                found += [(passage, a, figure) for figure in own]
                passage += 1
        return _arrays(found)


def _arrays(found: list[tuple[int, int, Figure]]) -> Arrays:
    figures = [figure for _, _, figure in found]
    units = sorted({figure.unit for figure in figures})
    number = {unit: i for i, unit in enumerate(units)}
    lengths = [len(figure.words) for figure in figures]
    named = [len(figure.names) for figure in figures]
    text = "\n".join(units).encode("utf-8", "surrogatepass")

    def days(values: list[int | None]) -> list[int]:
        return [NO_DAY if value is None else value for value in values]

    return {
        "passage": np.asarray([p for p, _, _ in found], np.int32),
        "start": np.asarray([f.start for f in figures], np.int32),
        "end": np.asarray([f.end for f in figures], np.int32),
        "sentence": np.asarray([a + f.sentence for _, a, f in found], np.int64),
        "low": np.asarray([f.low for f in figures], np.float64),
        "high": np.asarray([f.high for f in figures], np.float64),
        "step": np.asarray([f.step for f in figures], np.float64),
        "kind": np.asarray([KINDS.index(f.kind) for f in figures], np.uint8),
        "direction": np.asarray([DIRECTIONS.index(f.direction) for f in figures], np.uint8),
        "qualifier": np.asarray([f.qualifier for f in figures], np.uint8),
        "unit": np.asarray([number[f.unit] for f in figures], np.int32),
        "units": np.frombuffer(text, np.uint8),
        "first_day": np.asarray(days([f.first_day for f in figures]), np.int32),
        "last_day": np.asarray(days([f.last_day for f in figures]), np.int32),
        "about": np.asarray([f.about for f in figures], np.int32).reshape(-1, 2),
        "said": np.asarray([f.said for f in figures], np.int32).reshape(-1, 2),
        "head": np.asarray([f.head for f in figures], np.uint32),
        "words": np.asarray([w for f in figures for w, _ in f.words], np.uint32),
        "near": np.asarray([near for f in figures for _, near in f.words], np.bool_),
        "first_word": np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        "role": np.asarray([f.role for f in figures], np.uint32),
        "meant": np.asarray([f.meant for f in figures], np.uint8),
        "wording": np.asarray([f.wording for f in figures], np.uint32),
        "names": np.asarray([name for f in figures for name in f.names], np.uint32),
        "first_name": np.concatenate([[0], np.cumsum(named)]).astype(np.int64),
        "confidence": np.asarray([round(100 * f.confidence) for f in figures], np.uint8),
    }
