"""The date column of a table."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.corpus.readers.table_dates import read_dates


def days(*cells: str, urls: tuple[str, ...] = ()) -> list[str | None]:
    padded = [*urls, *[""] * (len(cells) - len(urls))]
    fields, _ = read_dates(cells, padded, range(1, len(cells) + 1))
    return [field.value for field in fields]


@pytest.mark.parametrize(
    "cell",
    [
        "2024-05-16", "2024/05/16", "20240516", "2024-05-16 09:15:00", "2024-05-16T09:15:00Z",
        "2024-05-16T09:15:00.123456789Z", "20240516T091500Z", "May 16, 2024", "16 May 2024",
        "Thu, 16 May 2024 09:15:00 GMT", "16/05/2024", "5/16/24", "16.05.2024", "1715850000",
        "1715850000000", "2024年5月16日", " 2024-05-16 ", "16/05/2024 09:15",
    ],
)  # fmt: skip
def test_clear_forms(cell: str) -> None:
    assert days(cell) == ["2024-05-16"]


def test_the_columns_clear_rows_settle_the_others() -> None:
    assert days("03/04/2024", "16/05/2024") == ["2024-04-03", "2024-05-16"]
    assert days("03/04/2024", "05/16/2024") == ["2024-03-04", "2024-05-16"]
    assert days("03/04/2024", "16/05/2024", "05/16/2024") == [None, "2024-05-16", "2024-05-16"]
    assert days("04/04/2024") == ["2024-04-04"]


def test_the_address_settles_a_row() -> None:
    assert days("03/04/2024", urls=("https://e.com/2024/04/03/a",)) == ["2024-04-03"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("03/04/2024", "2024-04-03 or 2024-03-04"),
        ("0001-01-01", "outside 1990"),
        ("1900-01-01", "outside 1990"),
        ("2050-09-30", "outside 1990"),
        ("2024-02-31", "no day"),
        ("2024-13-01T00:00:00Z", "no day"),
        ("Jan 5", "no date"),
        ("now", "no date"),
        ("yesterday", "no date"),
        ("42nd", "no date"),
        ("4.2", "no date"),
        ("in the year when May 16, 2024 was still a long way off for all of them", "no date"),
    ],
)
def test_other_cells_are_unknown_and_said(cell: str, reason: str) -> None:
    (field,), (problem,) = read_dates([cell], [""], [7])
    assert (field.value, field.basis) == (None, "unknown")
    assert (problem.row, problem.column) == (7, "date")
    assert reason in problem.reason
    assert problem.remedy


def test_tomorrow_is_the_last_day() -> None:
    today = dt.date.today()
    cells = [(today + dt.timedelta(days=n)).isoformat() for n in (1, 2)]
    assert days(*cells) == [cells[0], None]


def test_empty_cells_are_no_problem() -> None:
    fields, problems = read_dates(["", "  "], ["", ""], [1, 2])
    assert [field.basis for field in fields] == ["unknown", "unknown"]
    assert problems == []
    assert read_dates([], [], []) == ([], [])
