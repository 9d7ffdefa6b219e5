"""What every number and sentence of a report carries: the corpus, the scope, the table and row that
it is from, and for a sentence of an article its place in it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd

#: Attributes of an element of the page.
PROOF, VALUE, PLACE = "data-proof", "data-value", "data-at"
ABSENT = "–"


@dataclass(frozen=True)
class Evidence:
    """A table of a report with what it was made of. ``corpus``: its hash; ``scope``: the token of
    ``citation.scope_token``; ``options`` of the table; ``quoted``: its column of text that stands
    in a passage from ``start`` to ``end``, "" for none."""

    corpus: str
    scope: str
    table: str
    rows: pd.DataFrame
    options: Mapping[str, Any]
    quoted: str = ""
    percent: tuple[str, ...] = ()

    def attributes(self, row: int, column: str, value: object) -> str:
        """The attributes of an element that shows ``value``: "corpus scope table row column" (the
        row as ``export`` has it, from 0), the value in full, and for a quotation "passage start
        end"."""
        asked = f"{self.table}?{urlencode(self.options)}" if self.options else self.table
        found = {
            PROOF: f"{self.corpus} {self.scope} {asked} {self.rows.index[row]} {column}",
            VALUE: "" if value is None else repr(value) if isinstance(value, float) else str(value),
        }
        if column == self.quoted and value is not None:
            at = self.rows.iloc[row]
            found[PLACE] = f"{at['passage_id']} {at['start']} {at['end']}"
        return "".join(f' {name}="{html.escape(said)}"' for name, said in found.items())

    def value(self, row: int, column: str) -> Any:
        """The value of a cell as Python's own; None where it is missing."""
        found = self.rows[column].iloc[row]
        if pd.isna(found):
            return None
        return found.item() if hasattr(found, "item") else found

    def shown(self, row: int, column: str) -> str:
        """The value in words, escaped."""
        value = self.value(row, column)
        if value is None:
            return ABSENT
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float):
            return f"{100 * value:.1f} %" if column in self.percent else f"{value:,.4g}"
        return f"{value:,}" if isinstance(value, int) else html.escape(str(value))

    def element(self, tag: str, row: int, column: str, more: str = "") -> str:
        """An element that shows a cell and carries its proof; ``more``: other attributes."""
        proof = self.attributes(row, column, self.value(row, column))
        return f"<{tag}{more}{proof}>{self.shown(row, column)}</{tag}>"
