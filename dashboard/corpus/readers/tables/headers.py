"""Whether a table has a header, and what its columns are called when it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.corpus.parsing.column_names import GKG, is_known
from dashboard.corpus.readers.tables.column_values import NUMBER, URL
from dashboard.corpus.readers.tables.date_columns import looks_like_date

_GKG_ID = re.compile(r"\d{14}-T?\d{1,6}")
# Longer than any name of a column.
_LONG = 200


def is_header(cells: Sequence[str]) -> bool:
    """True when a row names columns: it holds known names, or nothing that looks like data."""
    known = sum(is_known(cell) for cell in cells)
    data = any(
        len(cell) > _LONG or URL.fullmatch(cell.strip()) or _GKG_ID.fullmatch(cell.strip())
        or (len(cell) <= 40 and looks_like_date(cell.strip()))
        for cell in cells
    )  # fmt: skip
    if known:
        return not data or known >= 3
    return not data and not any(NUMBER.fullmatch(cell.strip()) for cell in cells)


def names_without_header(first: Sequence[str]) -> list[str]:
    """Return names for a table that has none: the codebook's for GDELT's GKG, else numbers."""
    if len(first) in (len(GKG), len(GKG) - 1) and _GKG_ID.fullmatch(first[0].strip()):
        return list(GKG[: len(first)])
    return [f"column {i}" for i in range(1, len(first) + 1)]
