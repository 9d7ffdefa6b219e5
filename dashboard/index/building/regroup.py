"""Stories split, merged and named by hand: kept with the index by the articles' ids, so that what
was said holds in every build after it."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.corpus.corrections import STORY_PARTS, Corrections
from dashboard.index.index import Index, open_index
from dashboard.index.layers.by_hand import ByHand, said_arrays
from dashboard.index.layers.stories import ID_DIGITS, regrouped
from dashboard.index.storage.container import DamagedFile, write_container
from dashboard.index.storage.folder import IndexFolderError, publish
from dashboard.index.storage.workspace import locked

MOST_LETTERS = 200


def said_by_hand(out: Path, corrections: Corrections | None = None) -> ByHand:
    """What was said of stories, names and articles by hand: with the index in ``out``, if there is
    one, and, before it, in ``corrections``."""
    try:
        manifest = open_index(out).manifest
    except (IndexFolderError, DamagedFile):
        manifest = {}
    own = corrections or Corrections()
    said = manifest.get("stories", {})
    by_hand: dict[str, dict[str, Any]] = {
        part: {**said.get(part, {}), **own.stories.get(part, {})} for part in STORY_PARTS
    }
    for name in ("aliases", "families", "notes"):
        by_hand[name] = {**manifest.get(name, {}), **getattr(own, name)}
    return by_hand


def split_story(out: Path, story_id: str, article_ids: Collection[str]) -> str:
    """Take articles out of a story into one of their own; returns its id. What stays, stays
    together. Raises ``IndexFolderError`` where the story is not there, or has none of the articles
    or no others."""
    with locked(out):
        index = open_index(out)
        members = _members(index, out, story_id)
        leaving = [i for i in members if i in set(article_ids)]
        if not leaving or len(leaving) == len(members):
            raise IndexFolderError("A split takes some of a story's articles out, and leaves some.")
        taken = {name.decode() for name in index.layer("stories").joint["story_id"].tolist()}
        base, number = leaving[0][:ID_DIGITS], 2
        new = base
        while new in taken:
            new, number = f"{base}-{number}", number + 1
        said = {i: story_id for i in members} | {i: new for i in leaving}
        _publish(index, out, {"articles": said, "names": {}})
    return new


def merge_stories(out: Path, story_ids: Sequence[str]) -> str:
    """Put stories into the first of them, whose id is returned. Raises ``IndexFolderError`` where
    one is not there."""
    with locked(out):
        index = open_index(out)
        members = [i for story in story_ids for i in _members(index, out, story)]
        if len(set(story_ids)) < 2:
            raise IndexFolderError("A merge takes two stories or more.")
        _publish(index, out, {"articles": dict.fromkeys(members, story_ids[0]), "names": {}})
    return story_ids[0]


def rename_story(out: Path, story_id: str, name: str) -> None:
    """Call a story so; an empty ``name`` restores its own. Raises ``IndexFolderError`` where it is
    not there, or the name is too long."""
    name = " ".join("".join(c for c in name if c.isprintable() or c.isspace()).split())
    if len(name) > MOST_LETTERS:
        raise IndexFolderError(f"A name of a story has up to {MOST_LETTERS} letters.")
    with locked(out):
        index = open_index(out)
        _members(index, out, story_id)
        _publish(index, out, {"articles": {}, "names": {story_id: name}})


def _members(index: Index, out: Path, story_id: str) -> list[str]:
    """The ids of a story's articles, in order of date."""
    joint = index.layer("stories").joint
    wanted = np.flatnonzero(joint["story_id"] == story_id.encode("ascii", "replace"))
    if not len(wanted):
        raise IndexFolderError(f"{out} has no story {story_id}.")
    chosen = index.by_date[joint["story_of"][index.by_date] == wanted[0]]
    return index.article_rows(chosen, ["article_id"])["article_id"].tolist()


def _publish(index: Index, out: Path, said: Mapping[str, Mapping[str, str]]) -> None:
    before = index.manifest.get("stories", {})
    stories = {part: {**before.get(part, {}), **said[part]} for part in STORY_PARTS}
    stories["names"] = {story: name for story, name in stories["names"].items() if name}
    facts = {k: v for k, v in index.manifest.items() if k not in ("format", "files")}
    files = {file: index.folder / file for file in index.manifest["files"]}
    ids = index.article_rows(np.arange(index.n_articles), ["article_id"])["article_id"].tolist()
    joint = regrouped(
        ids, index.days, index.layer("stories").joint, said_arrays(stories["articles"])
    )
    with tempfile.TemporaryDirectory(dir=out) as work:
        files["stories.bin"] = Path(work) / "stories.bin"
        write_container(files["stories.bin"], joint)
        publish(out, files, {**facts, "stories": stories})
