"""The rules of the house that no linter knows."""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "app.py", *sorted((ROOT / "dashboard").rglob("*.py"))]
REQUIREMENTS = [
    ROOT / f"requirements{kind}.txt" for kind in ("", "-scale", "-dev")
]  # a host, large corpora, checks
IMPORTED_AS = {
    "scikit-learn": "sklearn",
    "python-docx": "docx",
    "FastWARC": "fastwarc",
}


def read(path: str | Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def packages(path: Path) -> dict[str, str]:
    """Name → version of each requirement."""
    lines = [line.partition("#")[0].strip() for line in read(path).splitlines()]
    wanted = [line for line in lines if line and not line.startswith("-r ")]
    assert all(re.fullmatch(r"[A-Za-z0-9-]+==[0-9][0-9.]*", line) for line in wanted), wanted
    return dict(line.split("==") for line in wanted)


def imports(path: Path) -> set[str]:
    """Top-level names of the packages that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_source_opens_a_door_to_untrusted_text(path: Path) -> None:
    assert "unsafe_allow_html" not in read(path)
    assert "allow_pickle=True" not in read(path)
    assert not imports(path) & {"pickle", "marshal", "shelve", "joblib", "dill", "cloudpickle"}


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [p for p in SOURCES if drawers & {p.stem, *p.relative_to(ROOT).parts}] == []


def test_pages_and_the_router_are_thin() -> None:
    for path in (ROOT / "dashboard" / "pages").glob("*.py"):
        assert len(read(path).splitlines()) <= 80, path.name
    assert len(read("app.py").splitlines()) <= 60
    others = imports(ROOT / "app.py") - set(sys.stdlib_module_names)
    assert others <= {"streamlit", "dashboard"}


def test_there_is_no_folder_named_pages_beside_the_app() -> None:
    # Streamlit would take it for its own, and the first visitor's clicks would miss the link.
    assert not (ROOT / "pages").exists()


def test_requirements_are_pinned_and_are_what_the_code_imports() -> None:
    runtime = packages(REQUIREMENTS[0]) | packages(REQUIREMENTS[1])
    assert packages(REQUIREMENTS[2])
    for path in REQUIREMENTS[:2]:
        assert f"-r {path.name}" in read(REQUIREMENTS[2]).splitlines()
    used = set().union(*map(imports, SOURCES)) - set(sys.stdlib_module_names) - {"dashboard"}
    assert used <= {IMPORTED_AS.get(name, name) for name in runtime}


def test_every_requirement_says_why_it_is_here() -> None:
    page = read("docs/dependencies.md")
    for path in REQUIREMENTS:
        for name in packages(path):
            assert f"| {name} |" in page, name


def test_every_link_parameter_is_documented() -> None:
    from dashboard.ui import state

    page = read("docs/url.md")
    for name in {**state.CARRIED, **state.PLAIN}:
        assert f"| `{name}` |" in page, name


def test_reading_an_index_loads_neither_streamlit_nor_plotly_nor_sklearn() -> None:
    code = (
        "import sys, dashboard, dashboard.measures, dashboard.index.storage.folder, dashboard.cli\n"
        "print(*sorted({'sklearn', 'streamlit', 'plotly', 'scipy'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == []


def test_settings_suit_a_laptop_and_a_host_alike() -> None:
    settings = tomllib.loads(read(".streamlit/config.toml"))
    assert settings["server"]["showEmailPrompt"] is False
    assert settings["browser"]["gatherUsageStats"] is False
    hosts_own = {"headless", "address", "port", "allowedHosts", "serverAddress", "serverPort"}
    assert not hosts_own & {*settings["server"], *settings["browser"]}


def test_the_readme_has_the_command_that_ci_runs() -> None:
    found = re.search(r"^<!-- ci: test -->\n+```[a-z]*\n(.+?)^```", read("README.md"), re.M | re.S)
    assert found
    assert "requirements-dev.txt" in found[1]
    assert "pytest" in found[1]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_every_table_command_and_setting_is_documented() -> None:
    from dashboard.cli import _parser
    from dashboard.measures import TABLES

    page = read("docs/tables.md")
    for name in TABLES:
        assert f"| `{name}` |" in page, name
    commands = next(a for a in _parser()._actions if a.choices).choices
    assert commands is not None
    for command, parser in commands.items():
        assert f"`{command} " in page or f"`{command}`" in page, command
        for action in parser._actions:
            if action.help and action.option_strings and action.dest != "help":
                is_hidden = action.help == argparse.SUPPRESS
                assert is_hidden or action.option_strings[-1] in page, (command, action.dest)
    settings = {
        f"NEWSPRISM_{name}"
        for path in SOURCES
        for name in re.findall(r"setting\(\"([A-Z_]+)\"", read(path))
    }
    assert len(settings) > 3
    for name in settings:
        assert name in read("docs/development.md"), name


def test_every_column_of_a_table_is_documented(seeds_index: object) -> None:
    from dashboard.measures import TABLES
    from dashboard.scope import Scope

    rows = {r.split("|")[1].strip(" `"): r for r in read("docs/tables.md").splitlines() if "|" in r}
    for name, measure in TABLES.items():
        for column in measure(seeds_index, Scope()).columns:
            assert f"`{column}`" in rows[name], (name, column)
