"""Where things are: the cache folder, the code that runs, and the settings of the environment."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

PACKAGE = Path(__file__).resolve().parent
#: Where ``app.py``, ``static`` and ``seeds`` are: in the installed package, or beside it.
SITE = PACKAGE / "site" if (PACKAGE / "site").is_dir() else PACKAGE.parent
#: Generated articles that show what five can't (``benchmarks/demo.py`` made them).
DEMO = SITE / "demo"
DEMO_NAME = "Demo (generated, not news)"
#: Packages whose code decides what an index holds.
CODE_THAT_READS = ("text", "corpus", "index")
#: Settings that are numbers, and of what.
NUMBERS = {"READER_MB": "megabytes", "BUILD_MB": "megabytes", "READER_SECONDS": "seconds"}


def setting(name: str) -> str:
    """``NEWSPRISM_name`` of the environment, "" where it is not set."""
    return os.environ.get(f"NEWSPRISM_{name}", "")


def number_setting(name: str, default: int) -> int:
    """``NEWSPRISM_name`` as a whole number from 1 to 9,999,999; ``default`` for anything else."""
    text = setting(name)
    return int(text) if _is_number(text) else default


def _is_number(text: str) -> bool:
    return text.isdecimal() and 0 < int(text[:9]) < 10**7


def public_url() -> str:
    """``NEWSPRISM_URL``, the address under which others open the dashboard, without a slash at its
    end; "" where it is not set or is no address of a web page: http or https, a host, perhaps a
    path, nothing else."""
    text = setting("URL").strip()
    return text.rstrip("/") if _is_address(text) else ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    is_plain = text.isascii() and text.isprintable() and not set(text) & set(" \"'<>\\`{|}^?#@")
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_plain and port != 0


def wrong_settings() -> list[str]:
    """A line for each setting that can't be used: what it is, what is used in its place, and what
    to write. A corpus that can't be opened says so itself."""
    said = []
    if setting("URL").strip() and not public_url():
        said.append(
            f"NEWSPRISM_URL is {_quoted('URL')}, which is not an address, so links begin with the "
            "one the server sees; write the whole address of the dashboard, such as "
            "https://news.example.org or https://example.org/news"
        )
    for name, unit in NUMBERS.items():
        if setting(name) and not _is_number(setting(name)):
            said.append(
                f"NEWSPRISM_{name} is {_quoted(name)}, so the usual limit holds; write a whole "
                f"number of {unit}, such as 500"
            )
    if setting("ENGINE") not in ("", "numpy"):
        said.append(
            f"NEWSPRISM_ENGINE is {_quoted('ENGINE')} and changes nothing; write numpy, to do "
            "without numba, or leave it out"
        )
    if setting("CACHE") and not _can_hold_files(_own_cache()):
        said.append(
            f"NEWSPRISM_CACHE is {_quoted('CACHE')}, where nothing can be written, so indexes are "
            f"kept in {cache_folder()}; name a folder that this user may write to"
        )
    return said


def _quoted(name: str) -> str:
    return repr(setting(name)[:80])


def _own_cache() -> Path:
    """The folder that ``NEWSPRISM_CACHE`` names."""
    return home_path(setting("CACHE"))


def _can_hold_files(folder: Path) -> bool:
    """Whether files can be written there, or the folder be made; nothing is."""
    for path in (folder, *folder.absolute().parents):
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except FileNotFoundError:
            continue
        except (OSError, ValueError):  # a file on the way, a name that is too long
            return False
        return is_folder and os.access(path, os.W_OK | os.X_OK)
    return False


def home_path(text: str) -> Path:
    """A path as somebody wrote it, ``~`` their home where it is known."""
    return Path(os.path.expanduser(text))


def cache_folder() -> Path:
    """The first of the setting, the user's cache folder and a temporary folder that can be written;
    closed to all other users where it is made here: the names in it open corpora."""
    own = platformdirs.user_cache_path("newsprism", appauthor=False)
    for folder in ([_own_cache()] if setting("CACHE") else []) + [own]:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder == own:
                folder.chmod(0o700)  # made by an older version
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return _temporary_folder()


@lru_cache
def _temporary_folder() -> Path:
    """The same for all processes of a user where nobody else has taken its name."""
    if not hasattr(os, "getuid"):  # Windows, whose temporary folder is the user's own
        folder = Path(tempfile.gettempdir()) / "newsprism"
        folder.mkdir(exist_ok=True)
        return folder
    folder = Path(tempfile.gettempdir()) / f"newsprism-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        facts = folder.lstat()
        if stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.getuid():
            folder.chmod(0o700)
            return folder
    except OSError:
        pass  # a file, or another user's
    return Path(tempfile.mkdtemp(prefix="newsprism-"))


def input_id(paths: Sequence[Path]) -> str:
    """A name for what an index would be built from: the files (path, size, time of change) and
    the code that reads them. Two equal names give equal indexes."""
    digest = hashlib.sha256()
    for path in sorted(_files([p.resolve() for p in paths])):
        try:
            facts = path.stat()
            digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
        except OSError:
            digest.update(f"{path}\0missing\n".encode())
    digest.update(code_id().encode())
    return digest.hexdigest()[:16]


@lru_cache
def code_id() -> str:
    """A name for the code that reads and builds, as it was when this process first asked."""
    digest = hashlib.sha256()
    files = (p for part in CODE_THAT_READS for p in (PACKAGE / part).rglob("*"))
    for code in sorted(p for p in files if p.suffix in (".py", ".txt")):
        digest.update(code.read_bytes())
    return digest.hexdigest()[:16]


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield path
        if path.is_dir():
            yield from (p for p in path.rglob("*") if p.is_file())
        elif (overrides := path.parent / "metadata.csv").is_file():
            yield overrides
