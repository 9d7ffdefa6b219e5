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
#: Packages whose code decides what an index holds.
CODE_THAT_READS = ("text", "corpus", "index")


def setting(name: str) -> str:
    """``NEWSPRISM_name`` of the environment, "" where it is not set."""
    return os.environ.get(f"NEWSPRISM_{name}", "")


def number_setting(name: str, default: int) -> int:
    """``NEWSPRISM_name`` as a whole number from 1 to 9,999,999; ``default`` for anything else."""
    text = setting(name)
    return int(text) if text.isdecimal() and 0 < int(text) < 10**7 else default


def public_url() -> str:
    """``NEWSPRISM_URL``, the address under which others open the dashboard, without a slash at its
    end; "" where it is not set.

    Raises
    ------
    ValueError
        It is no address of a web page: http or https, a host, perhaps a path, nothing else.
    """
    text = setting("URL").strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    is_plain = text.isascii() and text.isprintable() and not set(text) & set(" \"'<>\\`{|}^?#@")
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain or port == 0:
        raise ValueError(
            f"NEWSPRISM_URL is {text[:80]!r}; write the whole address of the dashboard, such as "
            "https://news.example.org or https://example.org/news"
        )
    return text.rstrip("/")


def cache_folder() -> Path:
    """The first of the setting, the user's cache folder and a temporary folder that can be written;
    closed to all other users where it is made here: the names in it open corpora."""
    own = platformdirs.user_cache_path("newsprism", appauthor=False)
    for folder in ([Path(setting("CACHE"))] if setting("CACHE") else []) + [own]:
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
