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


def test_a_description_groups_rows_and_keeps_the_terminal_safe() -> None:
    problems = [Problem(row, "text", "empty text", "fill it") for row in range(1, 14)]
    problems.append(Problem(None, None, "odd \x1b[2J\u202e name"))
    file = FileReport("a.csv", "csv", 13, 0, 13, 0, problems, "utf-8", {"text": "body"}, {})
    refused = FileReport("b.pdf", "unsupported", problems=[Problem(None, None, "a PDF", "save it")])
    assert Report([file, refused]).describe() == (
        "a.csv (csv, utf-8)\n"
        "  13 records = 0 kept + 13 set aside + 0 merged\n"
        "  columns: text = body (change them with --map)\n"
        "  - rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 3 more, column text: empty text – fill it\n"
        "  - odd \ufffd[2J\ufffd name\n"
        "\n"
        "b.pdf (unsupported)\n"
        "  not read\n"
        "  - a PDF – save it\n"
        "\n"
        "2 files: 13 records = 0 kept + 13 set aside + 0 merged\n"
    )


def test_a_description_is_not_endless() -> None:
    problems = [Problem(row, None, f"reason {row}") for row in range(1, 200)]
    lines = Report([FileReport("a.csv", "csv", problems=problems)]).describe().splitlines()
    assert len(lines) < 60
    assert "149 more notes" in lines[-1]
