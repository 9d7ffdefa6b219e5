"""How much memory and time reading may take, and how a process keeps to it."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.places import number_setting
from dashboard.wording import bytes_in_words

# Per file, the larger of the two counts: a mail archive takes longer than a page.
SECONDS_PER_FILE = 60.0
SECONDS_PER_MB = 6.0
_OPEN_FILES = 4096  # two for each segment of an index
LEAST_UNPACKED = 500 * 1024**2
MOST_TIMES = 20
_GROUPS = Path("/proc/self/cgroup")
_CONTROL = Path("/sys/fs/cgroup")
# Version 2 has one tree for all, version 1 one for memory.
_LIMIT_FILES = {"": "memory.max", "memory": "memory.limit_in_bytes"}
_FOR_DASHBOARD = 500 * 10**6
_FOR_READER = 500  # MB of address space, of which a Parquet file takes some 100 MB of memory
_ONE_AT_A_TIME = 2 * 1024**3
_UNKNOWN = 2**62


@dataclass(frozen=True, slots=True)
class Limits:
    """Address space in bytes and processor time in seconds."""

    memory_bytes: int
    cpu_seconds: int


def host_memory() -> int:
    """Bytes of memory for this process and its children: the machine's, or less where a container
    or service is given less (control groups of Linux, version 1 and 2); very many where the system
    doesn't say."""
    try:
        physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        physical = _UNKNOWN
    return min([physical if physical > 0 else _UNKNOWN, *_group_limits()])


def _group_limits() -> Iterator[int]:
    """The limits of the groups that this process is in, and of those around them."""
    try:
        groups = _GROUPS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for group in groups:
        _, controllers, path = [*group.split(":", 2), "", ""][:3]
        name = "memory" if "memory" in controllers.split(",") else controllers
        if name not in _LIMIT_FILES:
            continue
        # In a container the tree is often mounted from the container's own group on.
        folder = _CONTROL / name / path.strip("/")
        for place in (folder, *folder.parents):
            if not place.is_relative_to(_CONTROL):
                break
            try:
                said = (place / _LIMIT_FILES[name]).read_text(encoding="ascii").strip()
            except (OSError, ValueError):
                continue
            if said.isdecimal() and int(said):
                yield int(said)


def reader_limits() -> Limits:
    """Limits of the process that reads one file; ``NEWSPRISM_READER_MB`` changes the memory, which
    is at most half of the host's, but for what the libraries' code takes, most of it never used."""
    usual = min(2_200, max(_FOR_READER, host_memory() // 2 // 10**6))
    return Limits(number_setting("READER_MB", usual) * 10**6, 3600)


def builds_at_once() -> int:
    """How many corpora may be built at the same time: two, and one on a host of 2 GB."""
    return 2 if host_memory() > _ONE_AT_A_TIME else 1


def build_limits() -> Limits:
    """Limits of a build of a stranger's files; ``NEWSPRISM_BUILD_MB`` changes the memory, which is
    at most what the host has beside the dashboard."""
    host = host_memory()
    room = host - min(_FOR_DASHBOARD, host // 4)
    usual = min(6_500, room // builds_at_once() // 10**6)
    return Limits(number_setting("BUILD_MB", max(1, usual)) * 10**6, 3600)


def most_unpacked(packed: int) -> int:
    """Return how many bytes may come out of a compressed file of ``packed`` bytes.

    Text packs to a fifth, repetitive text to a tenth of its size: 20 times is still honest.
    """
    return max(LEAST_UNPACKED, MOST_TIMES * packed)


def seconds_for(size: int) -> float:
    """Return how long reading a file of ``size`` bytes may take.

    ``NEWSPRISM_READER_SECONDS`` takes the place of the 60 seconds that every file has.
    """
    least = float(number_setting("READER_SECONDS", int(SECONDS_PER_FILE)))
    return max(least, size / 1024**2 * SECONDS_PER_MB)


def can_limit() -> bool:
    """Whether this system keeps a process to limits; Windows doesn't."""
    return importlib.util.find_spec("resource") is not None


def limit_process(memory_bytes: int, cpu_seconds: int) -> None:
    """Bind this process, and those it starts, for the rest of its life.

    Parameters
    ----------
    memory_bytes : int
        Memory; more raises ``MemoryError``. Address space that is reserved but not used, as
        numerical libraries do when they are loaded, doesn't count.
    cpu_seconds : int
        Processor time; at its end the process is killed.

    Where the system knows no such limits (Windows), or has tighter ones, nothing happens.
    """
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_AS: _reserved() + memory_bytes,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in wanted.items():
        lowest = min((v for v in (value, *resource.getrlimit(limit)) if v >= 0), default=value)
        try:
            resource.setrlimit(limit, (lowest, lowest))
        except (ValueError, OSError):
            continue


def _reserved() -> int:
    """Bytes of address space that this process holds beyond the memory it uses; 0 where the system
    doesn't say (Linux does)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages, used = file.read().split()[:2]
        return (int(pages) - int(used)) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def write_up_to(size: int) -> None:
    """Let no file grow beyond ``size`` bytes: a reader only lays a member of an archive aside."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    except (ImportError, ValueError, OSError):
        return


def needs_memory() -> str:
    """Return what is said of a file that takes more memory than a reader may have."""
    limit = bytes_in_words(reader_limits().memory_bytes)
    return f"too large: reading it needs more memory than the {limit} allowed"
