"""The rules of the house that no linter knows."""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "app.py", *sorted((ROOT / "dashboard").rglob("*.py"))]
REQUIREMENTS = [
    ROOT / f"requirements{kind}.txt" for kind in ("", "-scale", "-dev")
]  # a host, large corpora, checks
IMPORTED_AS = {
    "scikit-learn": "sklearn",
    "google-re2": "re2",
    "python-docx": "docx",
    "FastWARC": "fastwarc",
    "python-calamine": "python_calamine",
    "graspologic-native": "graspologic_native",
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
    from dashboard.ui.link import parameters

    page = read("docs/url.md")
    for name in {**parameters.CARRIED, **parameters.PLAIN}:
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


def test_a_commit_is_checked_by_what_ci_runs() -> None:
    hooks = re.findall(r"^ +entry: (?:env )?(.+)$", read(".pre-commit-config.yaml"), re.M)
    steps = [
        line
        for line in read(".ci/run").splitlines()
        if ".venv/bin/" in line and "pytest" not in line
    ]
    assert hooks == steps
    assert len(hooks) == 4


def test_every_table_command_and_setting_is_documented() -> None:
    from dashboard.cli import _parser
    from dashboard.measures import TABLES

    page = read("docs/tables.md")
    for name in TABLES:
        assert f"| `{name}` |" in page, name
    commands = next(a for a in _parser()._actions if a.choices).choices
    assert commands is not None
    for command, parser in commands.items():
        parser.fill()
        assert re.search(rf"`{command}[ `]", page), command
        for action in parser._actions:
            is_shown = action.help not in (None, argparse.SUPPRESS) and action.dest != "help"
            if is_shown and action.option_strings:
                assert action.option_strings[-1] in page, (command, action.dest)
    settings = {
        f"NEWSPRISM_{name}"
        for path in SOURCES
        for name in re.findall(r"setting\(\"([A-Z_]+)\"", read(path))
    }
    assert len(settings) > 3
    for name in settings:
        assert name in read("docs/development.md"), name


TESTS = sorted((ROOT / "tests").rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def may_hold_either_way(test: ast.expr) -> bool:
    """Whether a condition has an ``or`` that is enough by itself. Under ``not`` it demands more."""
    if isinstance(test, ast.BoolOp):
        return isinstance(test.op, ast.Or) or any(map(may_hold_either_way, test.values))
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Name):
        inner = test.args if test.func.id in ("all", "any", "bool") else []
        return any(map(may_hold_either_way, inner))
    if isinstance(test, ast.GeneratorExp | ast.ListComp):
        return may_hold_either_way(test.elt)
    return False


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function, but not in one that it defines."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            yield node
            yield from own_nodes(node)


def loose_ends(source: str) -> Iterator[str]:
    """Where a test could pass without having shown what its name says."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert) and may_hold_either_way(node.test):
            yield f"{node.lineno}: an assertion with “or”"
        elif isinstance(node, Function) and node.name.startswith("test_"):
            ends = [n.lineno for n in own_nodes(node) if isinstance(n, ast.Return)]
            yield from (f"{line}: a test that returns" for line in ends)
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            kinds = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            if name == "pytest.raises" and kinds & {"Exception", "BaseException"}:
                yield f"{node.lineno}: any exception will do"
            elif name in ("pytest.skip", "pytest.importorskip"):
                yield f"{node.lineno}: a skip that NEWSPRISM_REQUIRE does not know"


@pytest.mark.parametrize("path", TESTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_tests_have_no_way_out(path: Path) -> None:
    allowed = {"tests/needs.py": 1}.get(str(path.relative_to(ROOT)), 0)
    found = list(loose_ends(read(path)))
    assert len(found) == allowed, found


@pytest.mark.parametrize(
    ("source", "n"),
    [
        ("assert a or b", 1),
        ("assert x and (a or b), why", 1),
        ("assert all(a or b for a, b in pairs)", 1),
        ("assert not (a or b)", 0),
        ("assert x == (a or b)", 0),
        ("def test_x():\n    if a:\n        return\n    assert b", 1),
        ("def test_x():\n    def f():\n        return 1\n    assert f()", 0),
        ("with pytest.raises(Exception):\n    f()", 1),
        ("with pytest.raises((OSError, BaseException)):\n    f()", 1),
        ("with pytest.raises(pytest.fail.Exception):\n    f()", 0),
        ("pytest.importorskip('numba')", 1),
    ],
)
def test_ways_out_are_found(source: str, n: int) -> None:
    assert len(list(loose_ends(source))) == n


def test_class_names_are_unique() -> None:
    found: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
    assert len(found) > 50


#: Found by name, not by import: see ``sniffing.looks_like``; what ``HTMLParser`` calls.
FOUND_BY_NAME = re.compile(r"looks_like_\w+|__getattr__|\bhandle_\w+")


def test_nothing_is_public_that_nobody_calls() -> None:
    import dashboard

    used = set(dashboard.__all__)
    trees = {path: ast.parse(read(path)) for path in SOURCES}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                used.add(node.id)
            elif isinstance(node, ast.Attribute):
                used.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                used |= set(re.findall(r"\w+", node.value)) if "import" in node.value else set()
                used.add(node.value)
    idle = []
    for path, tree in trees.items():
        for node in ast.walk(tree):
            named = isinstance(node, ast.FunctionDef | ast.ClassDef)
            if named and not node.name.startswith("_") and node.name not in used:
                idle.append(f"{path.relative_to(ROOT)}: {node.name}")
    # What a decorator registers is called by its registry.
    registered = {
        f"{path.relative_to(ROOT)}: {node.name}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    }
    wrong = [name for name in idle if not FOUND_BY_NAME.search(name) and name not in registered]
    assert wrong == []


def test_the_glossary_names_what_the_code_names() -> None:
    code = "\n".join(read(path) for path in SOURCES)
    words = set(re.findall(r"\w+", code))
    rows = [row.split("|") for row in read("docs/glossary.md").splitlines() if row.startswith("| ")]
    entries = [row for row in rows if row[1].strip() not in ("Word", "---")]
    assert len(entries) > 50
    for row in entries:
        assert len(row) == 5, row
        for name in re.findall(r"`([^`]+)`", row[3]):
            assert set(re.findall(r"\w+", name)) <= words, (row[1], name)
    assert sum("`" in row[3] for row in entries) == len(entries)


@pytest.mark.parametrize("path", sorted((ROOT / "dashboard" / "ui").rglob("*.py")), ids=str)
def test_no_page_says_of_a_mark_what_is_true_in_one_theme_only(path: Path) -> None:
    """On a dark page what is faint is dark, and what is strong is light."""
    tree = ast.parse(read(path))
    documents = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    said = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and node.value not in documents
    ]  # fmt: skip
    assert not [text for text in said if re.search(r"(?i)\b(pale|paler|darker|lighter)\b", text)]
