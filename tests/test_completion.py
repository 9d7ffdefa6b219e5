"""A shell completes commands, options and tables."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.cli import COMMANDS, main
from dashboard.commands.completion import SHELLS
from dashboard.measures import TABLES

ROOT = Path(__file__).resolve().parents[1]


def completed(line: str, place: Path) -> list[str]:
    """What may follow the last word of a line, as a shell asks for it."""
    found = place / "found"
    environment = {
        **os.environ,
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(found),
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    command = [sys.executable, "-m", "dashboard"]
    subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=300)
    return found.read_text().split("\n")


def test_commands_options_and_tables_are_completed(tmp_path: Path) -> None:
    assert set(completed("newsprism ", tmp_path)) >= set(COMMANDS)
    assert completed("newsprism exp", tmp_path) == ["export"]
    found = completed("newsprism export DIR source_", tmp_path)
    assert set(found) == {"source_dates", "source_graph", "source_profile", "source_topics"}
    assert completed("newsprism export DIR trends --keyw", tmp_path) == ["--keyword"]
    assert set(completed("newsprism export DIR ", tmp_path)) >= set(TABLES)


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_is_told_how_to_ask(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert "newsprism" in capsys.readouterr().out
