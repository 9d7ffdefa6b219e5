"""``metadata.csv``: what the user knows about the texts beside it and they don't say."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from .article import FIELD_NAMES, UNKNOWN, Field, tidy
from .dates import plausible
from .hosts import is_web_address
from .readers.decoding import decode
from .readers.delimited import read_rows
from .readers.record import RefusedFile
from .report import Problem

NAME = "metadata.csv"
NO_ADDRESS = "give an address that begins with http:// or https://"
_COLUMNS = ("file", *FIELD_NAMES, "note")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_overrides(name: str) -> bool:
    """True for the name of a metadata file, however it is capitalised."""
    return name.lower() == NAME


@dataclass(slots=True)
class Overrides:
    """The rows of one ``metadata.csv``: fields by file, relative to its folder, and problems."""

    fields: dict[str, dict[str, Field]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    encoding: str = ""

    def apply(self, name: str, fields: Mapping[str, Field]) -> dict[str, Field]:
        """Return ``fields`` with what the user gave for the file ``name`` put over them."""
        return {**fields, **self.fields.get(name, {})}

    def note_missing(self, texts: Collection[str], others: Collection[str]) -> None:
        """Add a problem for each row whose file isn't one of ``texts``.

        ``others`` are the files that were met but aren't text files, such as tables.
        """
        for name, row in self.rows.items():
            if name in texts:
                continue
            if name in others:
                reason, remedy = f"{name} is no text file", f"{NAME} describes text files only"
            else:
                reason, remedy = f"there is no file {name}", "correct the name or remove the row"
            self.problems.append(Problem(row, "file", reason, remedy))


def read_overrides(data: bytes) -> Overrides:
    """Read a ``metadata.csv``.

    Parameters
    ----------
    data : bytes
        The whole file. Columns: file, and any of title, source, original_source, date,
        authors, url, note.

    Returns
    -------
    Overrides
        What can't be used is a problem in it, with row and column; nothing is raised.
    """
    overrides = Overrides()
    try:
        decoded = decode(data, nul_allowed=True)
        table = read_rows(decoded.text, _COLUMNS)
    except RefusedFile as error:
        overrides.problems.append(Problem(None, None, error.reason, error.remedy))
        return overrides
    overrides.encoding = decoded.encoding
    overrides.problems.extend(decoded.problems)
    if "file" not in table.header:
        names = ", ".join(table.header[:12])[:200]
        reason = f"no column is named file; the columns are: {names}"
        remedy = f"name the texts in a column file; a table of articles must not be named {NAME}"
        overrides.problems.append(Problem(None, "file", reason, remedy))
        return overrides
    for name in table.header:
        if name and name not in _COLUMNS:
            remedy = "use " + ", ".join(_COLUMNS)
            overrides.problems.append(Problem(None, name, "the column is not known", remedy))
    for number, row in enumerate(table.rows, 1):
        _read_row(overrides, number, table.header, row)
    return overrides


def _read_row(overrides: Overrides, number: int, header: list[str], row: list[str]) -> None:
    if not any(cell.strip() for cell in row):
        return
    cells = {name: tidy(cell) for name, cell in zip(header, row, strict=False)}
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        reason = f"the row has {len(row)} columns, expected {len(header)}"
        remedy = "put quotes around cells that hold the delimiter"
        overrides.problems.append(Problem(number, None, reason, remedy))
        return
    name = file_key(cells.get("file", ""))
    if not name:
        overrides.problems.append(Problem(number, "file", "the row names no file", "name its file"))
        return
    if name in overrides.rows:
        reason = (
            f"{name} was described in row {overrides.rows[name]} already; this row goes over it"
        )
        overrides.problems.append(Problem(number, "file", reason, "keep one row per file"))
    overrides.rows[name] = number
    note = cells.get("note", "") or f"{NAME}, row {number}"
    given = overrides.fields.setdefault(name, {})
    for column in FIELD_NAMES:
        value = cells.get(column, "")
        if value and column == "date":
            problem = _date_problem(value)
            if problem:
                remedy = "write the day as YYYY-MM-DD, or leave it empty"
                overrides.problems.append(
                    Problem(number, "date", f"“{value[:40]}” {problem}", remedy)
                )
                continue
        if value and column == "url" and not is_web_address(value):
            reason = f"“{value[:40]}” is no web address"
            overrides.problems.append(Problem(number, "url", reason, NO_ADDRESS))
            continue
        if value:
            value = unicodedata.normalize("NFC", value)
            given[column] = replace(UNKNOWN, value=value, basis="given", evidence=note, method=NAME)


def _date_problem(value: str) -> str:
    """Return what is wrong with a date, "" when nothing is."""
    if not _DAY.fullmatch(value):
        return "is not a day written as YYYY-MM-DD"
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return "is no day of the calendar"
    return "" if plausible(day) else "is outside 1990 to tomorrow"


def file_key(name: str) -> str:
    """Return a file's name as rows and files are matched: "/" separated, composed letters."""
    name = unicodedata.normalize("NFC", name.strip().replace("\\", "/"))
    return name.removeprefix("./")
