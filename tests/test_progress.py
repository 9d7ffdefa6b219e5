"""Progress of a build as the command line shows it."""

from __future__ import annotations

import io

import pytest

from dashboard.commands.progress import shown_progress
from dashboard.index.building.progress import BuildStatus

STATUSES = [
    BuildStatus("reading articles", 0.0),
    BuildStatus("reading articles", 0.25, 2, 4, 3.0, 30.0),
    BuildStatus("finding topics", 0.5),
    BuildStatus("writing", 1.0, 9, 9),
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def screen(self) -> str:
        """The line as it stands."""
        line = ""
        for part in self.getvalue().split("\r"):
            line = part + line[len(part) :]
        return line.rstrip()


def test_a_pipe_gets_a_line_a_stage() -> None:
    stream = io.StringIO()
    with shown_progress(stream) as tell:
        for status in STATUSES:
            tell(status)
    assert stream.getvalue().splitlines() == ["reading articles", "finding topics", "writing"]


def test_a_terminal_gets_a_bar_that_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    stream, seen = Terminal(), []
    with shown_progress(stream) as tell:
        for status in STATUSES:
            tell(status)
            seen.append(stream.screen())
    assert seen[1] == "[######..................]  25% reading articles · 2 of 4 ·"  # cut at 59
    assert seen[3].startswith("[########################] 100% writing")
    assert "topics" not in seen[3]
    assert "\n" not in stream.getvalue()
    assert not stream.screen()


def test_the_bar_is_gone_before_an_error_is_said() -> None:
    def build() -> None:
        with shown_progress(stream) as tell:
            tell(STATUSES[1])
            raise MemoryError

    stream = Terminal()
    with pytest.raises(MemoryError):
        build()
    assert not stream.screen()
