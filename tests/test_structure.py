"""Rooms stay small: how much a package, a module and a function may hold, and who imports whom.
(Who may import whom: the contracts in pyproject.toml.)"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_MODULES = 15  # in a package
MOST_FLOORS = 8  # of modules of one package that import each other
MOST_LINES = 350  # in a module
MOST_FUNCTION_LINES = 60

#: Too long today. No entry is added; one that is no longer needed goes.
LONG_FUNCTIONS = {
    "corpus.importing.collect._runs",
    "corpus.importing.spool.spool_records",
    "corpus.readers.feeds.feed.read_feed",
    "corpus.readers.registry.read_data",
    "corpus.readers.tables.rows.add_rows",
    "index.building.sums_build.write_sums",
    "index.building.fit_sample.read_sample",
    "index.building.publish.publish_segments",
    "index.segments.count_slices.count_tokens",
    "text.kernels.segment",
}


@dataclass(frozen=True)
class Module:
    """A module of the dashboard; ``name`` and ``package`` are without "dashboard"."""

    path: Path

    @cached_property
    def name(self) -> str:
        parts = self.path.relative_to(ROOT / "dashboard").with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def package(self) -> str:
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    def imports(self) -> Iterator[str]:
        """Full names of what it imports, wherever in it; of a module or of what is in one."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{self.path}: imports are written in full"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.fixture(scope="module")
def modules() -> dict[str, Module]:
    found = [Module(path) for path in sorted((ROOT / "dashboard").rglob("*.py"))]
    assert len(found) > 100
    return {module.name: module for module in found}


@pytest.fixture(scope="module")
def imported(modules: dict[str, Module]) -> dict[str, set[str]]:
    """Module → the modules that it imports."""
    graph: dict[str, set[str]] = {name: set() for name in modules}
    for name, module in modules.items():
        for full in module.imports():
            inner = full.removeprefix("dashboard.")
            if inner == full:
                continue
            target = inner if inner in modules else inner.rpartition(".")[0]
            graph[name] |= {target} - {name}
    assert sum(map(len, graph.values())) > 300
    return graph


def ordered(graph: dict[str, set[str]]) -> list[str]:
    """What is imported before what imports it; a circle fails the test."""
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail("imports go round: " + " → ".join(reversed(error.args[1])), pytrace=False)


def floors(graph: dict[str, set[str]]) -> int:
    """Modules on the longest way down."""
    height: dict[str, int] = {}
    for name in ordered(graph):
        height[name] = 1 + max((height[below] for below in graph[name]), default=0)
    return max(height.values())


def too_long(modules: dict[str, Module]) -> Iterator[str]:
    for name, module in modules.items():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                if node.end_lineno - node.lineno >= MOST_FUNCTION_LINES:
                    yield f"{name}.{node.name}"


def test_modules_are_short(modules: dict[str, Module]) -> None:
    lines = {name: len(m.path.read_text("utf-8").splitlines()) for name, m in modules.items()}
    assert {name for name, n in lines.items() if n > MOST_LINES} == set()


def test_functions_are_short(modules: dict[str, Module]) -> None:
    assert set(too_long(modules)) == LONG_FUNCTIONS


def test_packages_are_small_and_say_what_they_are_for(modules: dict[str, Module]) -> None:
    sizes = Counter(m.package for m in modules.values() if not m.is_package)
    assert {package: n for package, n in sizes.items() if n > MOST_MODULES} == {}
    for package in sizes:
        assert ast.get_docstring(modules[package].tree), package


def test_no_package_is_a_tower(modules: dict[str, Module], imported: dict[str, set[str]]) -> None:
    packages = {module.package for module in modules.values()}
    heights = {}
    for package in packages:
        own = {m.name for m in modules.values() if m.package == package and not m.is_package}
        if own:
            heights[package] = floors({name: imported[name] & own for name in own})
    assert {package: n for package, n in heights.items() if n > MOST_FLOORS} == {}
    assert max(heights.values()) > 4


def test_no_imports_go_round(modules: dict[str, Module], imported: dict[str, set[str]]) -> None:
    ordered(imported)
    # A module that stands in ``dashboard`` itself is a room of its own.
    room = {name: module.package or name for name, module in modules.items()}
    between: dict[str, set[str]] = {}
    for name, below in imported.items():
        between.setdefault(room[name], set()).update({room[b] for b in below} - {room[name]})
    ordered(between)


def test_a_circle_and_a_tower_are_found() -> None:
    assert floors({"a": {"b"}, "b": {"c"}, "c": set(), "d": {"c"}}) == 3
    with pytest.raises(pytest.fail.Exception, match=r"(a → b → a|b → a → b)$"):
        floors({"a": {"b"}, "b": {"a"}})
