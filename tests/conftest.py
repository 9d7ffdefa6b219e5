"""What every test shares: the seeds and their index, a cache folder of its own, and no network."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.needs import meet, required

ROOT = Path(__file__).resolve().parent.parent

# The same examples on every run, and no limit in time: a slow machine is no failure.
settings.register_profile("newsprism", derandomize=True, deadline=None, database=None)
settings.load_profile("newsprism")


def pytest_configure() -> None:
    required()  # a name that nobody knows ends the run here


#: Tests that take long, in the order in which they begin: at the end of a run on several cores, no
#: core waits long for another.
LONG = ("browser", "index/building", "pages", "test_", "library", "index", "measures")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT / "tests").as_posix()
        return next((n for n, start in enumerate(LONG) if path.startswith(start)), len(LONG))

    items.sort(key=place)


@pytest.hookimpl(tryfirst=True)  # before any fixture that would need it
def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            meet(name)
    if item.get_closest_marker("browser"):
        meet("browser")


@pytest.fixture(scope="session")
def seeds_dir() -> Path:
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds_index(seeds_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The opened index of the seeds: shared, so don't change it."""
    from dashboard.commands.build import with_whole
    from dashboard.index.building.build import build_index

    out = tmp_path_factory.mktemp("seeds") / "index"
    build_index([seeds_dir], out)
    return with_whole(out)


@pytest.fixture(scope="session", autouse=True)
def quick_topics() -> Iterator[None]:
    """Builds find their topics with few refits: tests/index/refits.py."""
    from dashboard.index.fitting import topics
    from tests.index.refits import few_refits

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(topics, "derive_limits", few_refits)
        yield


@pytest.fixture(scope="module")
def all_refits(quick_topics: None) -> Iterator[None]:
    """Builds of this module make every refit: it asks how firm topics are."""
    from dashboard.index.fitting import limits, topics

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(topics, "derive_limits", limits.derive_limits)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Neither the developer's cache nor a corpus set in the environment takes part."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSPRISM_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("NEWSPRISM_CORPUS", raising=False)
        yield


@pytest.fixture(autouse=True)
def _own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page run by AppTest leaves ``app.py`` as the main module, which every process that is
    started by "spawn" would run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Sockets reach this machine only, and only its own names are looked up."""
    connect, connect_ex, getaddrinfo = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def check(host: object) -> None:
        name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
        try:
            is_here = ipaddress.ip_address(name.partition("%")[0]).is_loopback
        except ValueError:
            is_here = name == "localhost"
        assert is_here, f"a test reached for the network: {name}"

    def guarded(original: Any) -> Any:
        def call(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                check(address[0])
            return original(self, address)

        return call

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in ("0.0.0.0", "::"):  # to listen on, not to reach
            check(host)
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        patch.setattr(socket, "getaddrinfo", look_up)
        yield
