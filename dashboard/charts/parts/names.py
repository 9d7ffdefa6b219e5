"""Names beside marks, where they cover nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dashboard.charts.parts.text import text_width


def name_sides(
    pixels: Sequence[tuple[float, float]],
    names: Sequence[str],
    size: float,
    reach: float = 7,
    edges: tuple[float, float] = (-math.inf, math.inf),
) -> list[str]:
    """Where the name of each mark stands, as plotly has it: "top center"; "" for one that would
    cover another name or mark. Those that come first have the choice.

    ``pixels``: of the marks, x to the right and y upwards, in pixels; ``size``: of letters;
    ``reach``: pixels from the middle of a mark to its edge, with some air; ``edges``: left and
    right, which no name goes beyond.
    """
    boxes = [(a - reach, b - reach, a + reach, b + reach) for a, b in pixels]
    found = []
    for (a, b), name in zip(pixels, names, strict=True):
        long = text_width(name, size)
        for side, left, low in (
            ("top center", a - long / 2, b + reach + 1),
            ("bottom center", a - long / 2, b - reach - 4 - size),
            ("middle right", a + reach + 1, b - size / 2),
            ("middle left", a - reach - 1 - long, b - size / 2),
        ):
            box = (left, low, left + long, low + size + 3)
            inside = edges[0] <= left and left + long <= edges[1]
            if inside and not any(_cover(box, other) for other in boxes):
                boxes.append(box)
                found.append(side)
                break
        else:
            found.append("")
    return found


def _cover(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
