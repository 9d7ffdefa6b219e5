"""The user's own columns: what a table says of an article beside our fields, to compare by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.corpus.article import known, tidy

#: Column → value; None where there is something, but no label: a long text, a list.
OwnColumns = Mapping[str, str | None]

#: The column that says which sources are of one owner or newsroom.
FAMILY = "family"
MOST_READ = 60  # columns of one record
MOST_VALUES = 200  # of one column
LONGEST_LABEL = 100  # characters
LONGEST_NAME = 60
LISTED = "\0"  # stands for a list in a row's cells, which are text
NO_LABELS = "long texts or lists"
TOO_MANY = f"more than {MOST_VALUES} different values"


def own_columns(values: Iterable[tuple[str, Any]]) -> dict[str, str | None]:
    """The columns of one record as they are kept; empty cells are left out, at most 60 stay."""
    found: dict[str, str | None] = {}
    for name, value in values:
        name = column_name(name)
        label = own_label(value)
        if name and label != "" and len(found) < MOST_READ:
            found.setdefault(name, label)
    return found


def column_name(name: str) -> str:
    """A column's name as it is kept, "" for one that can't be: empty or longer than 60 letters."""
    name = unicodedata.normalize("NFC", tidy(name))
    return name if len(name) <= LONGEST_NAME else ""


def own_label(value: str | None) -> str | None:
    """A cell as a label: "" for an empty one, None for what is none."""
    if value is None or value == LISTED or len(value) > 4 * LONGEST_LABEL:
        return None
    label = known(unicodedata.normalize("NFC", tidy(value.replace("\0", ""))))
    is_list = label[:1] in ("[", "{") and label[-1:] in ("]", "}")
    return None if is_list or len(label) > LONGEST_LABEL else label


def overridden(own: OwnColumns, given: OwnColumns) -> dict[str, str | None]:
    """``own`` with those of ``given`` in their place; names are the same in any case."""
    names = {name.casefold() for name in given}
    return {**{n: v for n, v in own.items() if n.casefold() not in names}, **given}


def without_many(records: list[OwnColumns]) -> list[dict[str, str | None]]:
    """The columns of records that are kept together; of one that has more than 200 values among
    them, such as a number, only "" stays: that there was something."""
    values: dict[str, set[str | None]] = {}
    for record in records:
        for name, value in record.items():
            of_name = values.setdefault(name, set())
            if len(of_name) <= MOST_VALUES:
                of_name.add(value)
    many = {name for name, of_name in values.items() if len(of_name) > MOST_VALUES}
    return [{n: "" if n in many else v for n, v in record.items()} for record in records]
