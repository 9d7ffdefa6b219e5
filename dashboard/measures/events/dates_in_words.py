"""Dates of a timeline as a reader says them."""

from __future__ import annotations

from dashboard.measures.periods import period_days
from dashboard.wording import show_day

_SEASONS = {"SP": "Spring", "SU": "Summer", "FA": "Autumn", "WI": "Winter"}
_HALVES = {"H1": "First half of", "H2": "Second half of"}
_QUARTERS = {"Q1": "First quarter of", "Q2": "Second quarter of", "Q3": "Third quarter of",
             "Q4": "Fourth quarter of"}  # fmt: skip


def in_words(value: str) -> str:
    """ "16 May 2024", "May 2024", "2024", "Summer 2019", "Week of 13 May 2024", "1990s", "19th
    century", "2015 – 2018": a date as the table ``timeline`` writes it. Raises ``ValueError`` for
    what is none."""
    first, _, last = value.partition("/")
    if last:
        return f"{in_words(first)} – {in_words(last)}"
    if len(value) == 2:
        return f"{_nth(int(value) + 1)} century"
    if len(value) == 3:
        return f"{int(value)}0s"
    year, _, rest = value.partition("-")
    if rest in _SEASONS:
        return f"{_SEASONS[rest]} {year}"
    if rest in _HALVES or rest in _QUARTERS:
        return f"{(_HALVES | _QUARTERS)[rest]} {year}"
    if rest.startswith("W"):
        monday, sunday = period_days(value.removesuffix("-WE"))
        return (
            f"Weekend to {show_day(sunday)}"
            if rest.endswith("-WE")
            else f"Week of {show_day(monday)}"
        )
    start, end = period_days(value)
    if start == end:
        return show_day(start)
    return show_day(start).partition(" ")[2] if rest else str(int(year))


def _nth(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
