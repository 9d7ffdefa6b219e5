"""What rose, in a sentence."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.measures.findings import Finding
from dashboard.measures.periods import when
from dashboard.wording import in_quotes, join_words, percent


def rose(shown: pd.DataFrame) -> Finding | None:
    """The most telling of the bursts ``shown`` (rows of ``bursts``), then the next two; None
    without any."""
    if shown.empty:
        return None
    rows: list[Any] = list(shown.sort_index().head(3).itertuples())
    first, *others = rows
    title = f"{in_quotes(first.term)} rose most, {when(first.peak)}"
    span = when(first.first)
    if first.last != first.first:
        span = f"from {when(first.first).partition(' ')[2]} to {when(first.last).partition(' ')[2]}"
    body = (
        f"{percent(first.share)} of the articles {span} have it, {percent(first.share_rest)} of "
        "the others."
    )
    if others:
        named = [f"{in_quotes(row.term)} {when(row.peak)}" for row in others]
        body += f" Next come {join_words(named)}."
    return Finding(title, body)
