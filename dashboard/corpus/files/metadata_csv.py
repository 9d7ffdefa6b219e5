"""``metadata.csv``: titles, sources, dates and other details that a user supplies for the texts in
the same folder."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from dashboard.corpus.article import FIELD_NAMES, UNKNOWN, Field, tidy
from dashboard.corpus.decoding.encodings import decode
from dashboard.corpus.own_columns import FAMILY, OwnColumns, own_columns
from dashboard.corpus.parsing.addresses import is_web_address
from dashboard.corpus.parsing.dates import OUTSIDE, plausible
from dashboard.corpus.readers.tables.delimited import read_rows
from dashboard.corpus.record import RefusedFile
from dashboard.corpus.report import Problem
from dashboard.wording import join_words

NAME = "metadata.csv"
NO_ADDRESS = "give an address that begins with http:// or https://"
_COLUMNS = ("file", "row", *FIELD_NAMES, "note")
_ROW = re.compile(r"[1-9]\d{0,8}")

# The file that an article was read from, and its row there; None where the file is one article.
Place = tuple[str, int | None]
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_overrides(name: str) -> bool:
    """Return whether a file is called ``metadata.csv``, in any case."""
    return name.lower() == NAME


@dataclass(slots=True)
class Overrides:
    """The contents of one ``metadata.csv``, keyed by place: a file (its path within the folder) and
    a row in it. ``fields`` holds the values supplied, ``own`` those of the user's own columns, and
    ``rows`` the row of ``metadata.csv`` that both come from. ``met`` collects the places where an
    article was found."""

    fields: dict[Place, dict[str, Field]] = field(default_factory=dict)
    own: dict[Place, OwnColumns] = field(default_factory=dict)
    rows: dict[Place, int] = field(default_factory=dict)
    met: set[Place] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    encoding: str = ""

    def apply(self, name: str, row: int | None, fields: Mapping[str, Field]) -> dict[str, Field]:
        """Return ``fields``, with any values supplied for this row of the file ``name`` taking
        precedence; ``row`` is None if the file is one article."""
        return {**fields, **self.fields.get((name, row), {})}

    def meet(self, name: str, row: int | None) -> None:
        """Record that an article was found in this row of the file ``name``."""
        if (name, row) in self.rows:
            self.met.add((name, row))

    def note_missing(
        self, texts: Collection[str], others: Collection[str], unopened: Collection[str]
    ) -> None:
        """Add a problem for each row that matches no article.

        ``texts`` are files that hold one article each, ``others`` files that hold several, such as
        tables, and ``unopened`` files that exist but were not read.
        """
        for (name, row), number in self.rows.items():
            column = "file" if row is None else "row"
            if (name, row) in self.met or name in unopened or (row is None and name in texts):
                continue
            if name in texts:
                reason, remedy = (
                    f"{name} is one article and has no rows",
                    "leave its “row” cell empty",
                )
            elif name in others and row is None:
                reason = f"{name} holds several articles"
                remedy = "add a “row” column with the number of each article’s row"
            elif name in others:
                reason = f"no article was read from row {row} of {name}"
                remedy = "correct the number; the report on that file lists the rows left out"
            else:
                column = "file"
                reason, remedy = f"there is no file {name}", "correct the name or remove the row"
            self.problems.append(Problem(number, column, reason, remedy))


def read_overrides(data: bytes) -> Overrides:
    """Read a ``metadata.csv``.

    Parameters
    ----------
    data : bytes
        The whole file. It must have a ``file`` column. It may also have ``row`` (for tables; row 1
        is the first below the header), ``title``, ``source``, ``original_source``, ``date``,
        ``authors``, ``url``, ``note`` and columns of the user's own.

    Returns
    -------
    Overrides
        Whatever could not be used is listed in ``problems``, by row and column; nothing is raised.
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
    header = [name.lower() if name.lower() in _COLUMNS else name for name in table.header]
    if "file" not in header:
        names = ", ".join(header[:12])[:200]
        reason = f"it has no “file” column; its columns are: {names}"
        remedy = "add a “file” column; if this is a table of articles, rename the file"
        overrides.problems.append(Problem(None, "file", reason, remedy))
        return overrides
    for name in header:
        if name and name not in _COLUMNS and name.casefold() != FAMILY:
            reason = "an unknown column, kept as one of your own"
            remedy = f"if you meant {join_words(_COLUMNS, 'or')}, rename it; otherwise leave it"
            overrides.problems.append(Problem(None, name, reason, remedy))
    for number, row in enumerate(table.rows, 1):
        _read_row(overrides, number, header, row)
    return overrides


def _read_row(overrides: Overrides, number: int, header: list[str], row: list[str]) -> None:
    if not any(cell.strip() for cell in row):
        return
    cells = {name: tidy(cell) for name, cell in zip(header, row, strict=False)}
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        reason = f"the row has {len(row)} cells, but the header has {len(header)}"
        remedy = "put quotation marks around cells that contain the delimiter"
        overrides.problems.append(Problem(number, None, reason, remedy))
        return
    name = file_key(cells.get("file", ""))
    if not name:
        overrides.problems.append(
            Problem(number, "file", "the row names no file", "enter the file’s name")
        )
        return
    row_number = cells.get("row", "")
    if row_number and not _ROW.fullmatch(row_number):
        reason = f"“{row_number[:40]}” is not a row number"
        remedy = "count rows from 1, starting below the header, or leave the cell empty"
        overrides.problems.append(Problem(number, "row", reason, remedy))
        return
    place = (name, int(row_number) if row_number else None)
    if place in overrides.rows:
        what = f"row {row_number} of {name}" if row_number else name
        reason = f"row {overrides.rows[place]} already describes {what}; this row replaces it"
        remedy = "keep one row per article" if row_number else "keep one row per file"
        overrides.problems.append(Problem(number, "file", reason, remedy))
    overrides.rows[place] = number
    note = cells.get("note", "") or f"{NAME}, row {number}"
    overrides.own[place] = own_columns(c for c in cells.items() if c[0] not in _COLUMNS)
    given = overrides.fields.setdefault(place, {})
    for column in FIELD_NAMES:
        value = cells.get(column, "")
        if value and column == "date":
            problem = _date_problem(value)
            if problem:
                remedy = "write the date as YYYY-MM-DD, or leave the cell empty"
                overrides.problems.append(
                    Problem(number, "date", f"“{value[:40]}” {problem}", remedy)
                )
                continue
        if value and column == "url" and not is_web_address(value):
            reason = f"“{value[:40]}” is not a web address"
            overrides.problems.append(Problem(number, "url", reason, NO_ADDRESS))
            continue
        if value:
            value = unicodedata.normalize("NFC", value)
            given[column] = replace(UNKNOWN, value=value, basis="given", evidence=note, method=NAME)


def _date_problem(value: str) -> str:
    """Return what is wrong with a date, or "" if it can be used."""
    if not _DAY.fullmatch(value):
        return "is not a date in the form YYYY-MM-DD"
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return "is not a real date"
    return "" if plausible(day) else OUTSIDE


def file_key(name: str) -> str:
    """Return a file's name in the form in which names are compared: "/" between folders, NFC."""
    name = unicodedata.normalize("NFC", name.strip().replace("\\", "/"))
    return name.removeprefix("./")
