"""The import report: what was read, and where every record went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

COUNTS = ("records", "kept", "quarantined", "merged")


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
    """The records of one file: ``records == kept + quarantined + merged``, always."""

    file: str
    format: str
    records: int = 0
    kept: int = 0
    quarantined: int = 0
    merged: int = 0
    problems: list[Problem] = field(default_factory=list)
    encoding: str = ""


@dataclass(slots=True)
class Report:
    """One entry per file that was met, in the order of their names."""

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

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: ``{"files": [...], "totals": {...}}``."""
        return {"files": [asdict(file) for file in self.files], "totals": self.totals}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """Return the report that ``to_dict`` wrote; totals are computed anew."""
        files = []
        for entry in data["files"]:
            values = dict(entry)
            values["problems"] = [Problem(**problem) for problem in values["problems"]]
            files.append(FileReport(**values))
        report = cls(files)
        report.check()
        return report
