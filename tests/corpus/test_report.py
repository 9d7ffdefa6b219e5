"""The import report."""

from __future__ import annotations

import json

import pytest

from dashboard.corpus.report import FileReport, Problem, Report


def test_it_survives_json() -> None:
    file = FileReport("a.csv", "csv", 3, 1, 1, 1, [Problem(2, "text", "empty text", "fill it")])
    report = Report([file])
    data = json.loads(json.dumps(report.to_dict()))
    assert Report.from_dict(data) == report
    assert data["totals"] == {"records": 3, "kept": 1, "quarantined": 1, "merged": 1}


def test_counts_that_do_not_add_up_are_an_error() -> None:
    with pytest.raises(AssertionError, match=r"a\.csv"):
        Report([FileReport("a.csv", "csv", 3, 1, 1, 0)]).check()


def test_nothing_read() -> None:
    assert Report().to_dict() == {
        "files": [],
        "totals": {"records": 0, "kept": 0, "quarantined": 0, "merged": 0},
    }
