"""How much memory and time reading may take, and how a process keeps to it."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass

from dashboard.places import number_setting
from dashboard.wording import bytes_in_words

# Per file, the larger of the two counts: a mail archive takes longer than a page.
SECONDS_PER_FILE = 60.0
SECONDS_PER_MB = 6.0
_OPEN_FILES = 4096  # two for each segment of an index
LEAST_UNPACKED = 500 * 1024**2
MOST_TIMES = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Address space in bytes and processor time in seconds."""

    memory_bytes: int
    cpu_seconds: int


def reader_limits() -> Limits:
    """Limits of the process that reads one file; ``NEWSPRISM_READER_MB`` changes the memory."""
    return Limits(number_setting("READER_MB", 2_200) * 10**6, 3600)


def build_limits() -> Limits:
    """Limits of a build of a stranger's files; ``NEWSPRISM_BUILD_MB`` changes the memory."""
    return Limits(number_setting("BUILD_MB", 6_500) * 10**6, 3600)


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
