"""Which column is which field: the map of a table, and how a user writes one."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.corpus.parsing.column_names import FIELDS

ORDER = "order"  # beside the fields: what comes first in a date
ORDERS = ("", "day", "month")
OWN = "own "  # before a column's name: what a row calls a cell of the user's own columns


@dataclass(slots=True)
class ColumnMap:
    """The column of each field that has one, with up to three of its values.

    ``text`` may name several columns joined by "+", such as Factiva's lead and rest ("LP+TD").
    ``headers`` and ``previews``: all columns, and values of each, as in ``Reading``. ``order``:
    what the user says comes first in 03/04/2024, "day" or "month"; "" for what clear rows say.
    ``others``: further columns that bear a name of the field, for rows where its own is empty.
    ``choice``: why the text is read from its column, where another could be it; "" elsewhere.
    ``own``: columns that are kept as the user's own; ``unused``: those that aren't → why.
    ``guessed``: fields whose column no name tells, only its values. ``asked``: where no column is
    read as the source, those that may be.
    """

    columns: dict[str, str] = field(default_factory=dict)
    order: str = ""
    samples: dict[str, list[str]] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)
    previews: dict[str, list[str]] = field(default_factory=dict)
    others: dict[str, list[str]] = field(default_factory=dict)
    choice: str = ""
    own: list[str] = field(default_factory=list)
    unused: dict[str, str] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def cells(self) -> dict[str, str]:
        """The columns to read by what a row calls their cells: the field, then "field 2" and so on
        for its ``others``; "own" and the column for the user's own."""
        further = {
            f"{target} {n}": name
            for target, names in self.others.items()
            for n, name in enumerate(names, 2)
        }
        return {**self.columns, **further, **{f"{OWN}{name}": name for name in self.own}}


def parse_mapping(text: str) -> dict[str, str]:
    """Return what ``--map text=body,source=publication`` says: field → column.

    A column that holds a comma is put in quotes (``"date=Date, local"``); nothing after the
    equals sign means that no column is the field's. ``order=day`` and ``order=month`` say how
    dates such as 03/04/2024 are read.

    Raises
    ------
    ValueError
        An unknown field, or no equals sign; the message lists the fields.
    """
    fields = ", ".join(FIELDS)
    mapping: dict[str, str] = {}
    for part in next(csv.reader([text], skipinitialspace=True), []):
        name, sign, column = part.partition("=")
        name = name.strip().casefold()
        if not part.strip():
            continue
        if not sign:
            raise ValueError(
                f"“{part.strip()[:60]}” names no column: write field=column,… with {fields}"
            )
        if name == ORDER:
            if column.strip() not in ORDERS:
                raise ValueError(f"order is “day” or “month”, not “{column.strip()[:60]}”")
        elif name not in FIELDS:
            raise ValueError(f"no field is named “{name[:60]}”; the fields are: {fields}")
        mapping[name] = column.strip()
    return mapping


def split_column(column: str, names: Sequence[str]) -> list[str]:
    """Return the columns that a mapped name means: itself, or those joined by "+" in it."""
    return [column] if column in names or "+" not in column else column.split("+")
