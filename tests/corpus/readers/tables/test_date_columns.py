"""The date column of a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from dashboard.corpus.article import Basis, Field
from dashboard.corpus.readers.tables.date_columns import (
    Dates,
    looks_like_date,
    settle_order,
    typed_day,
)
from dashboard.corpus.report import Problem


def read_dates(
    cells: Sequence[str],
    urls: Sequence[str],
    rows: Sequence[int],
    column: str = "date",
    basis: Basis = "stated",
) -> tuple[list[Field], list[Problem]]:
    dates = Dates(lambda: settle_order(zip(cells, urls, strict=True)), column, basis)
    fields = [dates.read(*row) for row in zip(cells, urls, rows, strict=True)]
    return fields, dates.finish()


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
        "1715850000000", "1715850000000000", "1715850000000000000", "1715850000.25", "45428",
        "45428.385", "16-MAY-24", "16 maja 2024", "16. Mai 2024", "16 mai 2024",
        "16 de mayo de 2024",
        "16 мая 2024", "16 травня 2024", "16 مايو 2024", "16 Mayıs 2024", "16. května 2024",
        "2024. 5. 16.", "2024년 5월 16일", "Thu May 16 09:15:00 +0000 2024", "16-May-2024 09:15AM",
        "2024-05-16T00:30:00+14:00", "2024-05-16T23:30:00-11:00", "2024-05-16 09:15:00.0",
        "2024-05-16T09:15:00.000+0000", "202405160915", "20240516091500", "5/16/24 9:15",
        "2024-05-16T09:15:00+02:00[Europe/Berlin]", "16.05.2024, 09:15 Uhr", "2024年5月16日",
        " 2024-05-16 ", "16/05/2024 09:15",
    ],
)  # fmt: skip
def test_clear_forms(cell: str) -> None:
    assert days(cell) == ["2024-05-16"]


def test_the_columns_clear_rows_settle_the_others() -> None:
    assert days("03/04/2024", "16/05/2024") == ["2024-04-03", "2024-05-16"]
    assert days("03/04/2024", "05/16/2024") == ["2024-03-04", "2024-05-16"]
    assert days("03/04/2024", "16/05/2024", "05/16/2024") == [None, "2024-05-16", "2024-05-16"]
    assert days("04/04/2024") == ["2024-04-04"]


def test_the_user_settles_what_no_row_does() -> None:
    for order, day in [("day", "2024-04-03"), ("month", "2024-03-04")]:
        assert Dates(lambda order=order: order).read("03/04/2024", "", 1).value == day
    _, (problem,) = read_dates(["03/04/2024"], [""], [1])
    assert "order=day" in problem.remedy


@pytest.mark.parametrize(
    "cell",
    ["2024 5 16", "2024.0 5.0 16.0", "2024 mai 16", "2024 kwiecień 16", "Čt 16. 5. 2024",
     "čtvrtek 16. května 2024", "qui, 16 de mai de 2024", "พฤหัสบดี 16 พ.ค. 2567", "Do., 16. Mai 24"],
)  # fmt: skip
def test_columns_put_together_and_weekdays_in_front(cell: str) -> None:
    month = "04" if "kwiecień" in cell else "05"
    assert days(cell) == [f"2024-{month}-16"]


def test_the_address_settles_a_row() -> None:
    assert days("03/04/2024", urls=("https://e.com/2024/04/03/a",)) == ["2024-04-03"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("03/04/2024", "2024-04-03 or 2024-03-04"),
        ("0001-01-01", "not between 1990"),
        ("1900-01-01", "not between 1990"),
        ("2050-09-30", "not between 1990"),
        ("2024-02-31", "not a real date"),
        ("2024-13-01T00:00:00Z", "not a real date"),
        ("03/04/2024", "is ambiguous"),
        ("2024-13", "not a real date"),
        ("1", "can’t be read as a date"),
        ("99999", "doesn’t stand for a day between"),
        ("123456789012", "doesn’t stand for a day between"),
        ("16 Foo 2024", "can’t be read as a date"),
        ("Jan 5", "can’t be read as a date"),
        ("now", "can’t be read as a date"),
        ("yesterday", "can’t be read as a date"),
        ("42nd", "can’t be read as a date"),
        ("4.2", "can’t be read as a date"),
        (
            "in the year when May 16, 2024 was still a long way off for all of them",
            "can’t be read as a date",
        ),
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


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("2024-05", "2024-05-01/2024-05-31"),
        ("2024-02", "2024-02-01/2024-02-29"),
        ("May 2024", "2024-05-01/2024-05-31"),
        ("maja 2024", "2024-05-01/2024-05-31"),
        ("2024年5月", "2024-05-01/2024-05-31"),
        ("2023", "2023-01-01/2023-12-31"),
    ],
)
def test_a_month_or_a_year_is_a_bound(cell: str, span: str) -> None:
    (field,), problems = read_dates([cell], [""], [1])
    assert (field.value, field.basis, field.evidence) == (span, "bounded", cell)
    assert problems == []


def test_the_address_names_the_day_of_a_month() -> None:
    assert days("2024-05", urls=("https://e.com/2024/05/16/a",)) == ["2024-05-16"]
    assert days("2024-05", urls=("https://e.com/2023/05/16/a",)) == ["2024-05-01/2024-05-31"]


def test_mixed_units_are_said_and_each_is_read_in_its_own() -> None:
    cells = ["1704412800", "1704412800000", "1704412800000000", "1704412800000000000"]
    fields, (problem,) = read_dates(cells, [""] * 4, [1, 2, 3, 4], "published")
    assert {field.value for field in fields} == {"2024-01-05"}
    assert [field.method for field in fields][1] == "milliseconds since 1970"
    assert (problem.row, problem.column) == (None, "published")
    assert "seconds: 1, milliseconds: 1" in problem.reason


def test_what_looks_like_a_date() -> None:
    for text in ("2024-05-16", "16/05/2024", "20240516", "1715850000", "1900-01-01", "2024-05"):
        assert looks_like_date(text), text
    for text in ("", "now", "12", "a city of 2024", "https://e.com/2024/05/16"):
        assert not looks_like_date(text), text


def test_the_column_and_its_basis_are_told() -> None:
    (field,), _ = read_dates(["2024-05-16"], [""], [1], "seendate", "inferred")
    assert field.basis == "inferred"
    _, (problem,) = read_dates(["?"], [""], [1], "seendate")
    assert problem.column == "seendate"


def test_between_points_the_day_comes_first() -> None:
    assert days("05.03.2021", "5. 3. 2021") == ["2021-03-05", "2021-03-05"]
    # Unless a clear row says otherwise.
    assert days("05.03.2021", "12.31.2020") == ["2021-05-03", "2020-12-31"]
    assert days("05.03.2021", "12.31.2020", "31.12.2020")[0] is None


def test_an_address_settles_the_order_of_its_column() -> None:
    urls = ("https://a.com/2021/03/05/x",)
    assert days("05/03/2021", "07/08/2021", urls=urls) == ["2021-03-05", "2021-08-07"]
    urls = ("https://a.com/2021/05/03/x",)
    assert days("05/03/2021", "07/08/2021", urls=urls) == ["2021-05-03", "2021-07-08"]
    urls = ("https://a.com/2020/01/01/x",)
    assert days("05/03/2021", "07/08/2021", urls=urls) == [None, None]
    assert days("00/03/2021", "01/02/0000", urls=(urls[0], urls[0])) == [None, None]


def test_empty_cells_are_counted_once() -> None:
    _, problems = read_dates(["2021-03-05", "", " "], ["", "", ""], range(1, 4), "day")
    assert [(p.row, p.column, p.reason) for p in problems] == [(None, "day", "2 rows have no date")]
    assert read_dates(["", ""], ["", ""], range(1, 3))[1] == []


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2023-06-30", "unclear", "2023-06-30"),
        ("30/06/2023", "unclear", "2023-06-30"),
        ("03/04/2023", "day", "2023-04-03"),
        ("03/04/2023", "month", "2023-03-04"),
        (" June 30, 2023 ", "unclear", "2023-06-30"),
        ("2023年6月30日", "unclear", "2023-06-30"),
    ],
)
def test_a_typed_day_is_read_as_a_cell(text: str, order: str, day: str) -> None:
    assert typed_day(text, lambda: order) == (day, "")


@pytest.mark.parametrize(
    "text",
    ["03/04/2023", "31/06/2023", "June 2023", "2023", "1985-02-03", "2999-01-01", "soon", ""],
)
def test_what_is_no_day_is_said_why(text: str) -> None:
    day, why = typed_day(text, lambda: "unclear")
    assert not day
    assert why
