"""Corpora that users bring: a folder each, beside the indexes the app builds.

``CACHE/corpora/TOKEN/`` holds ``files/`` (as uploaded), ``corrections.json`` (what the user said of
the articles), ``settings.json`` (name, column mapping) and ``index/``. The token is random and
unguessable: who has the link has the corpus, and nothing lists them.

A mapping is remembered with the corpus it was made in, beside a hash of its table's column names. A
new corpus of the same columns takes it over from the corpora whose links its visitor has opened:
nothing is kept for all visitors, who could else decide how a stranger's table is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.errors import NewsprismError
from dashboard.files import remove_tree, replace
from dashboard.places import cache_folder
from dashboard.wording import count, join_words

MAX_FILES = 2_000
MAX_BYTES = 500 * 1024**2  # of one corpus, as uploaded
SETTINGS = "settings.json"  # without it a folder is no corpus
KEEP_DAYS = 30  # since it was last opened
_TOKEN = re.compile(r"u[0-9a-z]{25}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\]")
#: Names that Windows keeps for devices, whatever follows the first dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


class CorporaError(NewsprismError):
    """What was asked for can't be done; the message says why and what to do."""


@dataclass(frozen=True)
class UserCorpus:
    """A user's own corpus; ``token`` is what its link carries."""

    token: str
    folder: Path

    @property
    def name(self) -> str:
        """What its user calls it."""
        return str(self.settings.get("name") or "My corpus")

    @property
    def files(self) -> list[Path]:
        """The files it was made of, sorted by name."""
        return sorted(p for p in (self.folder / "files").rglob("*") if p.is_file())

    @property
    def settings(self) -> dict[str, Any]:
        """Its name and column mapping."""
        return _read(self.folder / SETTINGS)

    @property
    def corrections(self) -> Path:
        """The file of corrections, which may not exist yet."""
        return self.folder / "corrections.json"

    @property
    def index(self) -> Path:
        """Where its index is, or will be."""
        return self.folder / "index"

    def add(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Store uploaded files under safe names; other bytes under a name that is taken get a
        name of their own, the same bytes are stored once.
        Raises :class:`CorporaError` when the corpus would grow too large; then none is stored."""
        new: dict[str, bytes] = {}
        for name, data in files:
            safe = _safe_name(name)
            while safe in new or self._differs(safe, data):
                stem, dot, ending = safe.rpartition(".")
                safe = f"{stem}_{dot}{ending}" if dot else f"{safe}_"
            new[safe] = data
        present = {str(p.relative_to(self.folder / "files")): p.stat().st_size for p in self.files}
        sizes = {**present, **{name: len(data) for name, data in new.items()}}
        if len(sizes) > MAX_FILES or sum(sizes.values()) > MAX_BYTES:
            raise CorporaError(
                f"A corpus holds up to {MAX_FILES:,} files and {MAX_BYTES // 1024**2} MB here. "
                "Open larger ones from a folder: streamlit run app.py -- PATH"
            )
        for name, data in new.items():
            target = self.folder / "files" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def _differs(self, name: str, data: bytes) -> bool:
        path = self.folder / "files" / name
        return path.is_file() and path.read_bytes() != data

    def change(self, **settings: Any) -> None:
        """Change its name or column mapping."""
        write_json(self.folder / SETTINGS, {**self.settings, **settings})

    def delete(self) -> None:
        """Remove it with everything in it. Raises :class:`CorporaError` with what is left where
        files are in use; its link opens it no more, and what is left goes when it can."""
        (self.folder / SETTINGS).unlink(missing_ok=True)
        if left := remove_tree(self.folder):
            names = join_words([str(p.relative_to(self.folder)) for p in left[:3]])
            raise CorporaError(
                f"The corpus is closed, and its link opens it no more. {count(len(left), 'file')} "
                f"could not be deleted yet, since another program uses them ({names}): they are in "
                f"{self.folder} and go when the next corpus is made after that"
            )


def create_corpus(name: str) -> UserCorpus:
    """A new, empty corpus under a new token. Corpora unused for 30 days are removed first."""
    remove_unused()
    token = "u" + "".join(secrets.choice("0123456789abcdefghijklmnopqrstuvwxyz") for _ in range(25))
    folder = _home() / token
    # Who can list the folders can read their names, and a name is all that opens a corpus.
    for private in (folder.parent, folder):
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.parent.chmod(0o700)  # made by an older version
    (folder / "files").mkdir()
    corpus = UserCorpus(token, folder)
    corpus.change(name=name)
    return corpus


def columns_key(report: Mapping[str, Any]) -> str:
    """A hash of the column names of a report's tables, whatever their order; "" when it has none,
    or tables of different columns."""
    layouts = {
        "\0".join(sorted(set(file["headers"]))) for file in report["files"] if file.get("headers")
    }
    if len(layouts) != 1:
        return ""
    return hashlib.sha256(layouts.pop().encode("utf-8", "replace")).hexdigest()[:16]


def remembered_mapping(key: str, corpora: Iterable[UserCorpus]) -> tuple[dict[str, str], str]:
    """What was last chosen for the columns of that key in one of these corpora, and the name of
    that corpus; an empty mapping when nothing was."""
    for corpus in reversed([*corpora]):
        settings = corpus.settings
        if key and settings.get("columns_key") == key and settings.get("mapping"):
            return dict(settings["mapping"]), corpus.name
    return {}, ""


def is_token(text: str) -> bool:
    """Whether ``text`` has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def find_corpus(token: str) -> UserCorpus | None:
    """The corpus of that token; None when there is none (any more)."""
    if not _TOKEN.fullmatch(token):
        return None
    folder = _home() / token
    if not (folder / SETTINGS).is_file():
        return None
    os.utime(folder)
    return UserCorpus(token, folder)


def remove_unused(now: float | None = None) -> None:
    """Remove corpora that nobody has opened for 30 days, and what is left of deleted ones."""
    now = time.time() if now is None else now
    for folder in _home().iterdir() if _home().is_dir() else ():
        # A new one has its settings within a minute.
        keep = KEEP_DAYS * 86_400 if (folder / SETTINGS).is_file() else 60
        if _TOKEN.fullmatch(folder.name) and folder.stat().st_mtime < now - keep:
            remove_tree(folder)


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Write and swap in one step, so that a reader never sees half of it."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    draft.write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    replace(draft, path)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _home() -> Path:
    return cache_folder() / "corpora"


def _safe_name(name: str) -> str:
    """The name as a relative path below the corpus: no parents, no drive, no hidden files."""
    parts = [_UNSAFE.sub("_", part).strip().rstrip(". ") for part in re.split(r"[\\/]", name)]
    parts = [f"_{part}" if _DEVICES.match(part) else part for part in parts]
    kept = [_shortened(part.lstrip(".")) for part in parts if part.strip(". ")]
    return "/".join(kept[-4:]) or "unnamed"


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:20]}" if dot and stem else name[:120]
