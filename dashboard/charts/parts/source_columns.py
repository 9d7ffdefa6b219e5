"""Sources side by side: a column for each, rows across them, and bands of columns where they are
more than fit."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.parts.layout import (
    BESIDE,
    COLUMN,
    PHONE,
    RowPlaces,
    across,
    column_label,
    headings,
    pixel_axis,
    row_label,
)
from dashboard.charts.parts.theme import Mode, SourceStyle, pixel_mark, style_for

#: Columns a phone has room for; more sources stand in bands below each other.
MOST_COLUMNS: Final = 6
WIDE_PITCH: Final = 30
BAR: Final = 12
_BETWEEN: Final = 20  # two bands


@dataclass(frozen=True)
class Column:
    """The column of one source: its ``number`` in its band, which is where it begins on the x
    axis; ``places``: y of each row, in pixels; ``top`` and ``bottom`` of its band's rows."""

    source: str
    style: SourceStyle
    number: int
    places: Sequence[float]
    top: float
    bottom: float


@dataclass
class SourceColumns:
    """Lays out ``sources`` × ``labels``. ``strong``: positions of labels in bold; ``notes``: what
    stands after each label, "" for nothing, or none at all; ``pitch`` and
    ``first``: pixels from row to row, and to the first, on a phone, where a label stands above its
    row. Draw while going through :meth:`columns`, then :meth:`finish`."""

    sources: Sequence[str]
    labels: Sequence[object]
    styles: Mapping[str, SourceStyle]
    mode: Mode
    wide: bool
    pitch: float
    first: float
    strong: Collection[int] = ()
    notes: Sequence[object] = ()
    shapes: list[dict[str, Any]] = field(default_factory=list)
    _annotations: list[dict[str, Any]] = field(default_factory=list)
    _height: float = 0.0

    @property
    def bands(self) -> list[Sequence[str]]:
        """The sources of each band of columns, as even as can be, the longest first."""
        n_bands = math.ceil(len(self.sources) / MOST_COLUMNS)
        width = math.ceil(len(self.sources) / max(n_bands, 1))
        return [self.sources[i * width : (i + 1) * width] for i in range(n_bands)]

    @property
    def n(self) -> int:
        """Columns of a band."""
        return len(self.bands[0])

    @property
    def pixels(self) -> float:
        """Pixels of a column."""
        return (BESIDE if self.wide else PHONE) / self.n

    def columns(self) -> Iterator[Column]:
        """Each column, band by band, its head and its rows' labels drawn."""
        above = 0.0
        pitch, first = (WIDE_PITCH, WIDE_PITCH / 2) if self.wide else (self.pitch, self.first)
        for band in self.bands:
            styles = [style_for(self.styles, source) for source in band]
            names = [style.name for style in styles]
            room = BESIDE if self.wide else PHONE
            top, names_above = headings(names, self.mode, above=above, width=room)
            rows = RowPlaces(len(self.labels), pitch, first=first, below=6, top=top)
            self._annotations += names_above
            self._label(rows)
            for number, (source, style) in enumerate(zip(band, styles, strict=True)):
                self.shapes.append(pixel_mark(style, number, above + 10, self.mode))
                yield Column(source, style, number, rows.places, top, rows.height - 4)
            self._height = rows.height
            above = rows.height + _BETWEEN

    def _label(self, rows: RowPlaces) -> None:
        notes = self.notes or [""] * len(self.labels)
        for i, (label, note, y) in enumerate(zip(self.labels, notes, rows.places, strict=True)):
            bold = i in self.strong
            if self.wide:
                said = column_label(label, y, self.mode, strong=bold, note=note)
                self._annotations.append(said)
                self.shapes.append(across(self.mode, y + WIDE_PITCH / 2))
            else:
                self._annotations.append(
                    row_label(label, y - BAR / 2, self.mode, yshift=2, strong=bold, note=note)
                )

    def finish(self, made: go.Figure) -> None:
        """Give the figure its height, axis, heads and labels."""
        made.update_layout(
            height=math.ceil(self._height),
            margin={"l": COLUMN if self.wide else 0},
            yaxis=pixel_axis(self._height),
            shapes=self.shapes,
            annotations=self._annotations,
        )
