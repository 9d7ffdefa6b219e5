"""The import report: what was read, and where every record went."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from dashboard.wording import count, join_words

COUNTS = ("records", "kept", "quarantined", "merged")
MAX_PROBLEMS = 50_000  # listed of one file; the rest is counted
# How the reason begins where a mapping names a column that a table doesn't have.
NO_COLUMN = "there is no column"
GUESSED = "guessed from its values"
_ROWS_SHOWN = 10
_LINES_SHOWN = 50  # of one file; all of them are in the JSON
# What would move the cursor or turn the text around on a terminal.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the user should know about a file.

    Attributes
    ----------
    row : int or None
        1-based data row of a table; None when it concerns the whole file.
    column : str or None
        Column of a table; None when it concerns the whole row or file.
    reason, remedy : str
        What happened, and what to do about it ("" when nothing needs doing).
    """

    row: int | None
    column: str | None
    reason: str
    remedy: str = ""


@dataclass(slots=True)
class FileReport:
    """The records of one file: ``records == kept + quarantined + merged``, always; ``quarantined``
    were set aside.

    A file that is refused as a whole has no records, and a problem that says why. An archive is
    one file: its members' records are added up, their problems begin with the member's name.
    For a table ``columns`` names the column that each field is read from, and ``samples`` up to
    three of its values; ``headers`` are all its columns, ``previews`` up to three values of each,
    ``choice`` why the text is read from its column where another could be it.
    ``unlisted`` counts the problems beyond the 50,000 that are listed. ``spellings``: names of
    sources in it that are read as another spelling's → that spelling. ``unused``: columns that are
    neither a field's nor kept as the user's own → why. ``guessed``: the fields whose column was
    guessed from its values, as no name tells it; ``asked``: where no column is read as the source,
    those that may be.
    """

    file: str
    format: str
    records: int = 0
    kept: int = 0
    quarantined: int = 0
    merged: int = 0
    problems: list[Problem] = field(default_factory=list)
    encoding: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)
    previews: dict[str, list[str]] = field(default_factory=dict)
    choice: str = ""
    unlisted: int = 0
    spellings: dict[str, str] = field(default_factory=dict)
    unused: dict[str, str] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def own_columns(self) -> list[str]:
        """The columns of a table that are kept as the user's own."""
        used = set(self.columns.values())
        used |= {part for name in self.columns.values() for part in name.split("+")}
        used |= {"", *self.unused}
        return [name for name in dict.fromkeys(self.headers) if name not in used]

    def note(self, problem: Problem) -> None:
        """List a problem, or count it when very many are listed already."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)
        else:
            self.unlisted += 1


def describe_counts(counts: Mapping[str, int]) -> str:
    """ "5 records = 3 kept + 1 set aside + 1 merged", of ``counts`` by the names in ``COUNTS``."""
    return (
        f"{count(counts['records'], 'record')} = {counts['kept']:,} kept + "
        f"{counts['quarantined']:,} set aside + {counts['merged']:,} merged"
    )


def summarise_counts(counts: Mapping[str, int]) -> str:
    """The same for a page, without what is none: "5 records = 3 kept + 2 merged", "5 records: all
    kept"."""
    records = count(counts["records"], "record")
    if not counts["records"]:
        return "No records"
    if counts["records"] == counts["kept"]:
        return f"{records}: all kept" if counts["kept"] > 1 else f"{records}, kept"
    words = {"kept": "kept", "quarantined": "set aside", "merged": "merged"}
    parts = [f"{counts[name]:,} {word}" for name, word in words.items() if counts[name]]
    return f"{records} = {' + '.join(parts)}"


@dataclass(slots=True)
class Report:
    """One entry per file that was given or met in a folder, in the order of their names."""

    files: list[FileReport] = field(default_factory=list)

    @property
    def totals(self) -> dict[str, int]:
        """Sums over all files of records, kept, quarantined and merged."""
        return {name: sum(getattr(file, name) for file in self.files) for name in COUNTS}

    def check(self) -> None:
        """Raise AssertionError when a record is unaccounted for."""
        for file in self.files:
            if file.records != file.kept + file.quarantined + file.merged:
                raise AssertionError(f"the counts of {file.file} do not add up: {file}")

    def mapping_error(self) -> str:
        """Return what is wrong with the mapping when no table has its columns, else ""."""
        if any(file.columns for file in self.files):
            return ""
        reasons = (problem.reason for file in self.files for problem in file.problems)
        return next((reason for reason in reasons if NO_COLUMN in reason), "")

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: ``{"files": [...], "totals": {...}}``."""
        return {"files": [asdict(file) for file in self.files], "totals": self.totals}

    def describe(self) -> str:
        """Return the report for people: a block of lines per file, then the totals."""
        blocks = ["\n".join(_block(file)) for file in self.files]
        if len(self.files) > 1:
            blocks.append(f"{len(self.files):,} files: {describe_counts(self.totals)}")
        return "\n\n".join(blocks) + "\n"

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], is_complete: bool = True) -> Report:
        """Return the report that ``to_dict`` wrote, totals computed anew; one that is not complete
        yet is not checked."""
        files = []
        for entry in data["files"]:
            values = dict(entry)
            values["problems"] = [Problem(**problem) for problem in values["problems"]]
            files.append(FileReport(**values))
        report = cls(files)
        if is_complete:
            report.check()
        return report


def _block(file: FileReport) -> list[str]:
    kind = f"{file.format}, {file.encoding}" if file.encoding else file.format
    lines = [f"{_line(file.file)} ({kind})"]
    if file.format not in ("metadata", "folder"):
        counts = {name: getattr(file, name) for name in COUNTS}
        refused = file.records == 0 and file.problems
        lines.append("  not read" if refused else f"  {describe_counts(counts)}")
    if file.columns:
        read = ", ".join(
            f"{name} = {column}" + f" ({GUESSED})" * (name in file.guessed)
            for name, column in file.columns.items()
        )
        lines.append("  " + _line(f"columns: {read} (change them with --map)"))
        if file.asked:
            named = join_words(file.asked, "or")
            lines.append("  " + _line(f"no source: it may be {named} (say so with --map source=…)"))
        lines += [f"  {_line(file.choice)}"] * bool(file.choice)
        if own := file.own_columns():
            lines.append("  " + _line(f"your own columns: {', '.join(own)}"))
    if file.unused:
        why = (f"{name} ({reason})" for name, reason in file.unused.items())
        lines.append("  " + _line(f"not used: {', '.join(why)}"))
    notes = list(_grouped(file.problems))
    lines += notes[:_LINES_SHOWN]
    if len(notes) > _LINES_SHOWN:
        lines.append(f"  and {len(notes) - _LINES_SHOWN:,} more notes; --json prints all of them")
    if file.unlisted:
        lines.append(f"  and {file.unlisted:,} more problems that are not listed one by one")
    return lines


def _grouped(problems: Iterable[Problem]) -> Iterable[str]:
    """Yield a line per problem; rows with the same problem share one."""
    rows: dict[tuple[str | None, str, str], list[int]] = {}
    for problem in problems:
        of_same = rows.setdefault((problem.column, problem.reason, problem.remedy), [])
        if problem.row is not None:
            of_same.append(problem.row)
    for (column, reason, remedy), numbers in rows.items():
        place = []
        if numbers:
            shown = ", ".join(f"{row}" for row in numbers[:_ROWS_SHOWN])
            more = f" and {len(numbers) - _ROWS_SHOWN:,} more" if len(numbers) > _ROWS_SHOWN else ""
            place.append(f"row{'s' if len(numbers) > 1 else ''} {shown}{more}")
        if column:
            place.append(f"column {column}")
        start = f"{', '.join(place)}: " if place else ""
        yield "  - " + _line(start + reason + (f" – {remedy}" if remedy else ""))


def _line(text: str) -> str:
    return _CONTROLS.sub("\ufffd", text)
