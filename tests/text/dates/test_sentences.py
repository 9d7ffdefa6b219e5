"""Dates in sentences written for this test: every kind, and what only looks like one."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from dashboard.text.dates.find import Reader
from dashboard.text.dates.grammar import FOLDER, grammar_of

MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


def sentences(language: str) -> list[tuple[dt.date | None, str, list[tuple[str, str]]]]:
    """Article's day, sentence without the marks, what is a date in it with its value."""
    lines = (Path(__file__).parent / f"sentences_{language}.txt").read_text("utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            day, _, text = line.partition(" ")
            anchor = None if day == "-" else dt.date.fromisoformat(day)
            found.append((anchor, MARK.sub(r"\1", text), MARK.findall(text)))
    return found


def read(anchor: dt.date | None, text: str, language: str) -> list[tuple[str, str]]:
    dates = Reader(anchor, language).read(text)
    return [(text[d.start : d.end], d.value.value) for d in dates]


@pytest.mark.parametrize(
    ("anchor", "text", "expected"), sentences("en"), ids=lambda v: v if isinstance(v, str) else ""
)
def test_english(anchor: dt.date | None, text: str, expected: list[tuple[str, str]]) -> None:
    assert read(anchor, text, "en") == expected


@pytest.mark.parametrize("language", [path.parent.name for path in FOLDER.glob("*/patterns.txt")])
def test_every_pattern_is_one(language: str) -> None:
    """They are compiled when they are first needed, which may be never."""
    patterns = grammar_of(language).by_start
    assert len(patterns._rules) > 20
    for start in patterns._rules:
        pattern, groups = patterns[start]
        assert {*groups} <= {*pattern.groupindex}
    assert patterns["no such word"] is patterns["#"]


def test_the_fixture_is_large_enough() -> None:
    assert sum(len(expected) for _, _, expected in sentences("en")) >= 120
