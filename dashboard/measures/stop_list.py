"""The reader's own stop list: words that no table of words lists."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dashboard.measures.registry import Table
from dashboard.text.token_rule import tokenise


def hidden_words(text: str) -> tuple[str, ...]:
    """The words of a list such as “photos, AP”, as they are counted, each once; of a phrase each
    word."""
    return tuple(dict.fromkeys(token for token, _ in tokenise(text)))


def without(rows: pd.DataFrame, table: Table[...], hidden: Collection[str]) -> pd.DataFrame:
    """``rows`` of a table without those whose word, in the column ``table.words``, is ``hidden``,
    or a phrase that holds one. The same rows where the table lists no words."""
    if not hidden or not table.words or rows.empty:
        return rows
    hides = set(hidden)
    values = rows[table.words].fillna("").astype(str)
    held = {value: hides.isdisjoint(token for token, _ in tokenise(value)) for value in set(values)}
    return rows[values.map(held)].reset_index(drop=True)
