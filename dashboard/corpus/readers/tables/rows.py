"""Rows to records, whatever table they come from: repaired, dated, and none lost in silence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from dashboard.corpus.article import Basis, Field, known, tidy
from dashboard.corpus.own_columns import LISTED, own_columns
from dashboard.corpus.parsing.bylines import names_in_byline, without_role
from dashboard.corpus.parsing.language import code_of
from dashboard.corpus.parsing.outlets import without_outlet
from dashboard.corpus.readers.databases.export_fields import METADATA_ONLY
from dashboard.corpus.readers.tables.cells import Cells, has_markup, unwritten, without_markup
from dashboard.corpus.readers.tables.columns import describe, is_seen
from dashboard.corpus.readers.tables.date_columns import Dates, settle_order
from dashboard.corpus.readers.tables.mapping import OWN, ColumnMap, split_column
from dashboard.corpus.record import Reading, Record, RefusedFile
from dashboard.corpus.report import GUESSED, Problem
from dashboard.wording import count

MAX_COLUMNS = 5_000
NO_HEADER = "add a line with the columns' names, or map the columns by hand"
_EXCEL_CELL = 32_767
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_PROVIDER_CUT = re.compile(r"\s{0,9}\[\+?(\d{1,7}) chars\]\s{0,9}$")
_MAP = "name the column that holds the text, with --map text=COLUMN or on the page"

# A row's cells by field ("id" among them); None for a row that can't be trusted.
Row = tuple[int, dict[str, str] | None]
# Reads the rows from the first on; what is odd about them is said to the reading and the cells.
Rows = Callable[[Reading, Cells], Iterable[Row]]


def check_columns(columns: ColumnMap, names: Sequence[str], file_format: str) -> None:
    """Refuse a table that can't hold articles: it has neither text nor title nor address."""
    if len(names) > MAX_COLUMNS:
        raise too_many_columns(len(names), file_format)
    if not columns.columns.keys() & {"text", "title", "url"}:
        raise RefusedFile(
            f"no column holds the text of articles; {describe(names)}",
            _MAP,
            file_format,
            names,
            columns.previews,
        )


def too_many_columns(count: int, file_format: str) -> RefusedFile:
    """Return the refusal of a table that is wider than any export."""
    return RefusedFile(
        f"too many columns ({count:,}); {MAX_COLUMNS:,} are the most that are read",
        "export only the columns you need",
        file_format,
    )


def add_rows(
    rows: Rows,
    columns: ColumnMap,
    file: str,
    reading: Reading,
    *,
    escaped: bool = False,
    id_name: str = "",
) -> None:
    """Turn rows into records, one at a time.

    Parameters
    ----------
    rows : callable
        Yields the rows, numbered from 1, their cells by field: text, title, source, date, url,
        authors, id. It is called again where only the whole column tells how a date is written.
    columns : ColumnMap
        Which column each field comes from, for the problems and the evidence.
    file : str
        Its name for the report.
    reading : Reading
        Gets the records, the number of refused rows, the problems and the columns.
    escaped : bool
        Bytes that are not UTF-8 are in the cells as lone surrogates.
    id_name : str
        The column of "id"; numbers that come twice are reported, their rows are kept.

    Raises
    ------
    RefusedFile
        No rows.
    """
    reading.columns, reading.samples = dict(columns.columns), dict(columns.samples)
    reading.headers, reading.previews = columns.headers, columns.previews
    reading.choice, reading.unused = columns.choice, columns.unused
    reading.guessed, reading.asked = columns.guessed, columns.asked
    cells = Cells(reading, escaped=escaped)
    column = columns.columns.get("date", "date")

    def date_cells() -> Iterator[tuple[str, str]]:
        aside = Reading(reading.format)
        for _, row in rows(aside, Cells(aside)):
            text = row.get("text", "") if row else ""
            if row and not _is_removed(text) and _has_text(text):
                yield row.get("date", ""), row.get("url", "")

    dates = Dates(
        lambda: columns.order or settle_order(date_cells()),
        column,
        "inferred" if is_seen(column) or "date" in columns.guessed else "stated",
    )
    own = {f"{OWN}{name}": name for name in columns.own}
    total = 0
    for number, row in _usable(rows(reading, cells), columns, reading, cells, id_name):
        total += 1
        date = dates.read(row.get("date", ""), row.get("url", ""), number)
        url = row.get("url", "").strip()
        title, source = (_one_spelling(row.get(name, "")) for name in ("title", "source"))
        title, source = without_outlet(title, source, url)
        plain = {
            "title": title,
            "source": source,
            "url": url,
            "authors": _one_spelling(row.get("authors", "")),
        }
        record = Record(
            file,
            number,
            row["text"],
            plain["title"],
            plain["source"],
            row.get("date", "").strip(),
            plain["url"],
            plain["authors"],
            date_field=date,
            fields=_fields(plain, columns),
            language=code_of(row.get("language", "")),
            own_columns=own_columns((name, row.get(cell, "")) for cell, name in own.items()),
        )
        reading.add(record)
    cells.finish()
    if not total and not reading.refused:
        raise RefusedFile("the table has no rows", "export the table again", reading.format)
    for problem in dates.finish():
        reading.note(problem)
    reading.unlisted += dates.unlisted


def _usable(
    rows: Iterable[Row], columns: ColumnMap, reading: Reading, cells: Cells, id_name: str
) -> Iterator[tuple[int, dict[str, str]]]:
    names = columns.columns
    text_name = names.get("text", "text")
    ids: set[int] = set()  # their hashes: a table may have millions
    twice = 0
    first_twice = (0, "")
    marked_up = 0
    elsewhere: Counter[tuple[str, str]] = Counter()
    for number, row in rows:
        if row is None:
            reading.refused += 1
            continue
        _fill(row, columns, elsewhere)
        key = row.pop("id", "")
        if key and id_name:
            if hash(key) in ids:
                twice += 1
                first_twice = first_twice if twice > 1 else (number, key)
            ids.add(hash(key))
        _clean(row, number, names, cells)
        text = row.get("text", "")
        if _is_removed(text):
            reading.refused += 1
            reason = "removed by the provider: the text is only a mark that says so"
            reading.note(Problem(number, text_name, reason, "remove the row"))
            continue
        if not _has_text(text):
            reading.refused += 1
            reading.note(_without_text(number, row, names))
            continue
        if has_markup(text):
            text = without_markup(text)
            marked_up += 1
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        row["text"] = _noted(text, number, text_name, row.get("url", ""), reading)
        yield number, row
    if twice:
        row_number, key = first_twice
        what = "1 row bears" if twice == 1 else f"{twice:,} rows bear"
        reason = f"duplicate id: {what} the number of an earlier row"
        reason += f" (the first is row {row_number}, “{tidy(key)[:40]}”); all are kept"
        reading.problems.append(Problem(None, id_name or "id", reason))
    _note_elsewhere(elsewhere, names, reading)
    if marked_up:
        what = "1 text" if marked_up == 1 else f"{marked_up:,} texts"
        reason = f"the markup of web pages was taken out of {what}"
        reading.problems.append(Problem(None, text_name, reason))


def _fill(row: dict[str, str], columns: ColumnMap, elsewhere: Counter[tuple[str, str]]) -> None:
    """Take a field that is empty from the next column that bears its name, and count where from."""
    for field, others in columns.others.items():
        for n, column in enumerate(others, 2):
            cell = row.pop(f"{field} {n}", "")
            if cell.strip() and not row.get(field, "").strip():
                row[field] = cell
                elsewhere[field, column] += 1


def _note_elsewhere(
    elsewhere: Counter[tuple[str, str]], names: dict[str, str], reading: Reading
) -> None:
    for (field, column), n in sorted(elsewhere.items()):
        reason = f"read for {field} in {count(n, 'row')} where {names[field]} is empty"
        reading.problems.append(Problem(None, column, reason))


def _clean(row: dict[str, str], number: int, names: dict[str, str], cells: Cells) -> None:
    """Repair the cells of a row."""
    for field, cell in row.items():
        if cell and cell != LISTED:
            column = names.get(field, field.removeprefix(OWN))
            row[field] = known(cells.clean(number, column, cell))
    for field in ("authors", "source"):
        if row.get(field, "")[:1] in ("[", "{"):
            row[field] = unwritten(row[field])
    for field in ("title", "source", "authors"):
        if "&" in row.get(field, ""):
            row[field] = cells.without_entities(number, names.get(field, field), row[field])


def _without_text(number: int, row: dict[str, str], names: dict[str, str]) -> Problem:
    url = row.get("url", "").strip()
    if "text" not in names:
        title = tidy(row.get("title", ""))[:80]
        remedy = f"fetch {url[:300]}" if url else f"{_MAP} (“{title}”)"
        return Problem(number, None, METADATA_ONLY, remedy)
    if url:
        reason = f"empty text; {METADATA_ONLY}"
        return Problem(number, names["text"], reason, f"fetch {url[:300]}")
    return Problem(number, names["text"], "empty text", "fill the cell or remove the row")


def _noted(text: str, number: int, column: str, url: str, reading: Reading) -> str:
    """Return the text without the mark of a provider that cut it; list what is odd about it."""
    cut = _PROVIDER_CUT.search(text[-40:])
    if cut:
        text = text[: len(text) - len(cut[0])]
        reason = f"truncated by the provider: {int(cut[1]):,} more characters are missing"
        remedy = f"fetch {url[:300]}" if url else "get the full text from the publisher"
        reading.note(Problem(number, column, reason, remedy))
    if len(text) == _EXCEL_CELL:
        reason = "cut off at 32,767 characters, the most that a spreadsheet's cell holds"
        reading.note(Problem(number, column, reason, "export it without a spreadsheet"))
    if not any(char.isalpha() for char in text):
        reason = "there are no words in the text, only numbers and signs"
        reading.note(Problem(number, column, reason, "check which column holds the text"))
    return text


def _is_removed(text: str) -> bool:
    """True for what providers leave in place of a text that was taken down."""
    if len(text) >= 200:
        return False
    words = text.casefold().split()
    return bool(words) and set(words) <= {"[removed]", "[deleted]"}


def _has_text(text: str) -> bool:
    # Most cells show it at once; only those that may be blank are looked at as a whole.
    if text[:1].isalnum():
        return True
    return bool(tidy(text[:40].translate(_ZERO_WIDTH)) or tidy(text.translate(_ZERO_WIDTH)))


def _one_spelling(text: str) -> str:
    # The two ways to write "é" must not make two sources.
    return unicodedata.normalize("NFC", tidy(text))


def _fields(plain: dict[str, str], columns: ColumnMap) -> dict[str, Field]:
    """Return the fields that come from a column of another name, which is their evidence."""
    fields: dict[str, Field] = {}
    for name, value in plain.items():
        column = columns.columns.get(name, name)
        if name == "source" and value and name not in columns.columns:
            fields[name] = Field(value, "stated", "end of the title", None, "end of the title")
        elif value and column != name:
            if name == "authors":
                value = "; ".join(names_in_byline(value)) or without_role(value)
            guess = name in columns.guessed
            said = f"column {column}" + f", {GUESSED}" * guess
            basis: Basis = "inferred" if guess else "stated"
            fields[name] = Field(value, basis, said, None, "column")
    return fields


def joined(parts: Sequence[str], field: str) -> str:
    """Return the cells of several columns as one: paragraphs of a text, else words."""
    return ("\n\n" if field == "text" else " ").join(part for part in parts if part.strip())


def positions(columns: ColumnMap, names: Sequence[str], id_name: str) -> dict[str, list[int]]:
    """Return where in a row the cells of each field (and "id") are."""
    found = {
        field: [names.index(part) for part in split_column(column, names)]
        for field, column in columns.cells.items()
    }
    if id_name:
        found["id"] = [names.index(id_name)]
    return found
