"""Notes of users on articles and passages: kept with the index, as names given by hand are, so that
they hold in every build after it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboard.index.index import Index, open_index
from dashboard.index.layers.by_hand import Note
from dashboard.index.storage.folder import IndexFolderError, publish
from dashboard.index.storage.workspace import locked

MOST_LABEL, MOST_LETTERS, MOST_NAME, MOST_NOTES = 60, 2_000, 60, 5_000


def add_note(
    out: Path,
    article_id: str,
    label: str = "",
    note: str = "",
    by: str = "",
    passage: int = 0,
    span: tuple[int, int] | None = None,
) -> str:
    """Put a note on an article, on its ``passage`` (from 1) or on a ``span`` of that (characters
    from 0, the last not included); returns the note's id. Raises ``IndexFolderError``, which says
    why, for what is not there, too long or empty, while a build is at work, and where there is no
    index."""
    label, by = _line(label), _line(by)
    note = "\n".join(_line(line) for line in note.strip().splitlines())
    if not label and not note:
        raise IndexFolderError("Write a label or a note.")
    for what, text, most in (("label", label, MOST_LABEL), ("note", note, MOST_LETTERS),
                             ("name", by, MOST_NAME)):  # fmt: skip
        if len(text) > most:
            raise IndexFolderError(f"A {what} has up to {most:,} letters.")
    open_index(out)  # where there is none, nothing is written
    with locked(out):
        index = open_index(out)
        start, end = _span(index, article_id, passage, span)
        notes = dict(index.manifest.get("notes", {}))
        if len(notes) >= MOST_NOTES:
            raise IndexFolderError(f"A corpus holds up to {MOST_NOTES:,} notes; remove some.")
        at = datetime.now(UTC).isoformat(timespec="seconds")
        note_id = secrets.token_hex(6)
        made = Note(note_id, article_id, passage, start, end, label, note, by, at)
        _publish(index, out, {**notes, note_id: asdict(replace(made, note_id=""))})
    return note_id


def remove_note(out: Path, note_id: str) -> None:
    """Take a note away. Raises ``IndexFolderError`` for one that is not there."""
    open_index(out)
    with locked(out):
        index = open_index(out)
        notes = dict(index.manifest.get("notes", {}))
        if notes.pop(note_id, None) is None:
            raise IndexFolderError("This note is gone already.")
        _publish(index, out, notes)


def _span(
    index: Index, article_id: str, passage: int, span: tuple[int, int] | None
) -> tuple[int | None, int | None]:
    position = index.position(article_id)
    if position is None:
        raise IndexFolderError("This article is not in the corpus.")
    if not passage:
        return None, None
    passages = index.passages(position)
    if not 0 < passage <= len(passages):
        raise IndexFolderError(f"The article has {len(passages)} passages, and no {passage}.")
    start, end = span or (0, len(passages[passage - 1]))
    if not 0 <= start < end <= len(passages[passage - 1]):
        raise IndexFolderError("The note is on no text of its passage.")
    return start, end


def _line(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _publish(index: Index, out: Path, notes: Mapping[str, Any]) -> None:
    facts = {k: v for k, v in index.manifest.items() if k not in ("format", "files")}
    files = {file: index.folder / file for file in index.manifest["files"]}
    publish(out, files, {**facts, "notes": notes})
