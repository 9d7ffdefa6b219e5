"""Which files there are: folders are walked, names made short, ``metadata.csv`` set apart."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.corpus.files.metadata_csv import NAME, file_key, is_overrides
from dashboard.corpus.parsing.addresses import OUTLETS
from dashboard.corpus.parsing.language import code_of
from dashboard.errors import NewsprismError

_HIDDEN = frozenset(("thumbs.db", "desktop.ini", "__macosx"))
# Folders that say when, not who: they name no source.
_DATE_FOLDER = re.compile(r"[\d\W_]+|(?:19|20)\d\d.{0,6}")
# Folders that say what kind of file lies in them.
_GENERIC_FOLDERS = frozenset(
    "txt text texts plain html htm xml json csv doc docs docx document documents pdf rtf eml "
    "article articles file files data dataset datasets corpus raw input inputs output outputs "
    "download downloads export exports sample samples page pages misc untitled".split()
)
_LANGUAGE_FOLDER = re.compile("[a-z]{2}(?:[-_][A-Z]{2})?")
_PAGES = (".html", ".htm", ".xhtml", ".mhtml")
# Where browsers put what belongs to a page that they save, in the languages they have.
_SAVED_WITH = re.compile(
    r".[_-](?:files|dateien|fichiers|archivos|ficheiros|arquivos|file|bestanden|pliki|filer"
    r"|tiedostot|soubory|elemei|dosyalar|файлы|файли|αρχεία)$",
    re.I,
)
# What browsers add to the name of a file that they download again: "seeds (1).zip".
_COPY_NUMBER = re.compile(r" ?\(\d{1,3}\)$")


class CorpusError(NewsprismError):
    """There is nothing to open at all; the message says what happened and what to do."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read.

    ``name`` is its path relative to the folder given; ``folder`` the sub-folder that names its
    source; ``metadata`` the metadata files that may speak of it, the farthest first, each with
    the name that the file has there.
    """

    path: Path
    name: str
    folder: str
    metadata: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What is under the paths given.

    ``files`` are sorted by name; ``metadata`` gives each ``metadata.csv`` its name for the
    report; ``beside`` are those of them that nobody gave: they only lie beside a file that was
    given; ``empty`` names the folders given that hold nothing to read, each with the reason;
    ``of_pages`` those in which a browser put the pictures and scripts of a page that it saved,
    each with that page: they are not read.
    """

    files: list[InputFile]
    metadata: dict[Path, str]
    beside: frozenset[Path]
    empty: dict[str, str]
    of_pages: dict[str, str]


def find_files(paths: Sequence[Path]) -> Found:
    """Return the files under ``paths``, the metadata files, and the folders without any.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders. Hidden files are skipped unless named themselves; links to folders
        are not followed.

    Returns
    -------
    Found

    Raises
    ------
    CorpusError
        No path, or one that doesn't exist.
    """
    if not paths:
        raise CorpusError("No path was given. Name a folder of text files, or a file.")
    missing = sorted(str(path) for path in paths if not os.path.lexists(path))
    if missing:
        raise CorpusError(f"No such file or folder: {', '.join(missing)}. Check the path.")
    roots: dict[Path, Path] = {}  # each file and the folder that its name is relative to
    empty: dict[str, str] = {}
    of_pages: dict[str, str] = {}
    for path in sorted(Path(os.path.abspath(path)) for path in paths):
        if path.is_dir():
            inside = _walk(path, of_pages)
            if all(is_overrides(file.name) for file in inside):
                empty[_shown(path.name) or str(path)] = _why_empty(path, inside)
            for file in inside:
                # Of two folders given, one in the other, the outer one names the file.
                roots[file] = min(roots.get(file, path), path, key=lambda root: len(root.parts))
        else:
            roots.setdefault(path, path.parent)
    beside: dict[Path, list[Path]] = {}
    for folder in {place for file, root in roots.items() for place in _between(file, root)}:
        beside[folder] = _metadata_in(folder)
    names = _names({**roots, **{path: path.parent for found in beside.values() for path in found
                                if path not in roots}})  # fmt: skip
    files: list[InputFile] = []
    for file, root in roots.items():
        if is_overrides(file.name):
            continue
        metadata = tuple(
            (place, file_key(file.relative_to(folder).as_posix()))
            for folder in _between(file, root)
            for place in beside[folder]
        )
        files.append(InputFile(file, names[file], _source_folder(file, root), metadata))
    files.sort(key=lambda file: file.name)
    metadata_files = {path for found in beside.values() for path in found}
    metadata_files |= {path for path in roots if is_overrides(path.name)}
    beside_only = frozenset(metadata_files - set(roots))
    return Found(files, {p: names[p] for p in sorted(metadata_files)}, beside_only, empty, of_pages)


def _why_empty(folder: Path, inside: Sequence[Path]) -> str:
    if inside:
        return f"the folder holds nothing but {NAME}"
    try:
        hidden = bool(os.listdir(folder))
    except OSError as error:
        return f"the folder can't be opened: {error.strerror}"
    return "the folder is empty" + (" (hidden files are not read)" if hidden else "")


def _walk(folder: Path, of_pages: dict[str, str]) -> list[Path]:
    files: list[Path] = []
    for place, folders, names in os.walk(folder):
        pages = {name: page for name in folders if (page := _page_of(name, names))}
        for name, page in pages.items():
            of_pages[_shown((Path(place) / name).relative_to(folder).as_posix())] = _shown(page)
        folders[:] = [name for name in folders if not is_hidden(name) and name not in pages]
        # A link to a folder isn't followed, but the report says so.
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        files.extend(Path(place, name) for name in (*names, *links) if not is_hidden(name))
    return files


def _page_of(folder: str, beside: Sequence[str]) -> str:
    """Return the saved page to which a folder belongs, "" if none of those beside it."""
    match = _SAVED_WITH.search(folder)
    stem = folder[: match.start() + 1] if match else ""
    return next((f"{stem}{end}" for end in _PAGES if stem and f"{stem}{end}" in beside), "")


def is_hidden(name: str) -> bool:
    """True for files and folders that systems and editors leave behind."""
    return name.startswith((".", "~$")) or name.lower() in _HIDDEN


def _between(file: Path, root: Path) -> list[Path]:
    """Return the folders from ``root`` down to the one that holds ``file``."""
    parents = [parent for parent in file.parents if parent == root or root in parent.parents]
    return parents[::-1]


def _metadata_in(folder: Path) -> list[Path]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [folder / name for name in names if is_overrides(name) and (folder / name).is_file()]


def _source_folder(file: Path, root: Path) -> str:
    """Return the nearest sub-folder that can be the name of a source, "" if none."""
    for parent in file.relative_to(root).parents:
        if _names_source(parent.name):
            return _shown(parent.name)
    return ""


def _names_source(folder: str) -> bool:
    """True for a folder that can be called after a source: not after a time, a language, a kind of
    file, or the page that it belongs to."""
    if not folder or _DATE_FOLDER.fullmatch(folder) or _is_language(folder):
        return False
    return folder.casefold() not in _GENERIC_FOLDERS and not _SAVED_WITH.search(folder)


def _is_language(folder: str) -> bool:
    return bool(_LANGUAGE_FOLDER.fullmatch(folder) and code_of(folder))


def wrapper_of(members: Sequence[str]) -> str:
    """Return the one folder at the top that holds all of an archive, "" if there is none.

    It is what was packed and no source, unless it has the name of a known outlet.
    """
    tops = {name.partition("/")[0] if "/" in name else "" for name in members}
    top = tops.pop() if len(tops) == 1 else ""
    known = {name.casefold() for name in (*OUTLETS, *OUTLETS.values())}
    return "" if top.casefold() in known else top


def member_folder(name: str, archive: str, wrapper: str = "") -> str:
    """Return the nearest folder in an archive that can be the name of a member's source.

    A folder at the top that is called like the archive, or is the ``wrapper`` of all that is in
    it, is what was packed, and no source.
    """
    folders = name.split("/")[:-1]
    if wrapper and folders[:1] == [wrapper]:
        folders = folders[1:]
    stem = archive.rpartition("/")[2].partition(".")[0]
    if folders and _COPY_NUMBER.sub("", stem).casefold() == folders[0].casefold():
        folders = folders[1:]
    for folder in reversed(folders):
        if _names_source(folder):
            return _shown(folder)
    return ""


def _names(roots: dict[Path, Path]) -> dict[Path, str]:
    """Return a name per file: relative to its root, longer where two would be alike."""
    names = {file: _shown(file.relative_to(root).as_posix()) for file, root in roots.items()}
    for depth in range(1, 64):
        counts: dict[str, int] = {}
        for name in names.values():
            counts[name] = counts.get(name, 0) + 1
        alike = [file for file, name in names.items() if counts[name] > 1]
        if not alike:
            break
        for file in alike:
            above = roots[file].parts[-depth:]
            relative = file.relative_to(roots[file]).as_posix()
            names[file] = _shown("/".join((*above, relative)).replace("//", "/"))
    return names


def _shown(name: str) -> str:
    """Return a name that can be printed and compared, whatever bytes the disk holds."""
    printable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", printable)


__all__ = [
    "NAME",
    "CorpusError",
    "Found",
    "InputFile",
    "find_files",
    "is_hidden",
    "member_folder",
    "wrapper_of",
]
