"""Names that users give: to topics, kept with the index by the topic's id, so that links hold; and
to whom the articles name, kept by the name that the rules found; to families of sources, kept by
the name of the source."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dashboard.index.index import open_index
from dashboard.index.storage.container import DamagedFile
from dashboard.index.storage.folder import IndexFolderError, publish
from dashboard.index.storage.workspace import locked
from dashboard.index.topics.model_file import NamedModel, read_model
from dashboard.index.topics.nodes import OTHER_ID, OTHER_LABEL, label_of

MOST_LETTERS = 60
MOST_FAMILY_LETTERS = 100


def rename_topic(out: Path, topic_id: str, name: str) -> str:
    """Rename a topic; an empty ``name`` restores its own. Returns what it is called now.

    topic_id: of a topic of any cut. Raises ``IndexFolderError``, which says why, for an id that is
    not there, a name that another topic has (its own, too, once it was given to another) or that is
    too long, while a build is at work, and where there is no index.
    """
    # What can't be seen or written (surrogates) is dropped from a name.
    name = " ".join("".join(c for c in name if c.isprintable() or c.isspace()).split())
    if len(name) > MOST_LETTERS:
        raise IndexFolderError(f"A name of a topic has up to {MOST_LETTERS} letters.")
    open_index(out)  # where there is none, nothing is written
    with locked(out):
        index = open_index(out)
        nodes = index.nodes
        if topic_id == OTHER_ID:
            raise IndexFolderError("Other is what belongs to no topic; it keeps its name.")
        if topic_id not in nodes.node_ids:
            raise IndexFolderError(f"{out} has no topic {topic_id}.")
        position = nodes.node_ids.index(topic_id)
        shown = name or label_of(read_model(index.folder).labels[position])
        # A topic and what it splits into never stand side by side.
        beside = ~(nodes.held & nodes.held[position]).any(axis=1)
        others = [label for label, there in zip(nodes.labels, beside, strict=True) if there]
        for label in [*others, OTHER_LABEL]:
            if label.casefold() == shown.casefold():
                raise IndexFolderError(f"Another topic is called “{label}”; choose another name.")
        names = {**index.manifest["topic_names"], topic_id: name}
        facts = {k: v for k, v in index.manifest.items() if k not in ("format", "files")}
        files = {file: index.folder / file for file in index.manifest["files"]}
        facts["topic_names"] = {k: v for k, v in names.items() if v}
        publish(out, files, facts)
    return shown


def call_name(out: Path, name: str, shown: str) -> str:
    """Use another name for somebody, that of somebody else to count both as one; "" for what names
    nobody. Holds in every build after it. Returns the name. Raises ``IndexFolderError`` for one
    that is too long or the same, while a build is at work, and where there is no index."""
    shown = " ".join("".join(c for c in shown if c.isprintable() or c.isspace()).split())
    if len(shown) > MOST_LETTERS or shown == name:
        raise IndexFolderError(f"Write another name, of up to {MOST_LETTERS} letters.")
    open_index(out)  # where there is none, nothing is written
    with locked(out):
        index = open_index(out)
        before = index.manifest.get("aliases", {})
        aliases = {alias: shown if to == name else to for alias, to in before.items()}
        aliases[name] = shown
        aliases.pop(shown, None)  # it has its own name again
        facts = {k: v for k, v in index.manifest.items() if k not in ("format", "files")}
        files = {file: index.folder / file for file in index.manifest["files"]}
        publish(out, files, {**facts, "aliases": aliases})
    return shown


def call_families(out: Path, said: Mapping[str, str]) -> dict[str, str]:
    """Say of which family sources are, by the source's name; "" for the family that was found.
    Holds in every build after it. Returns all that was said. Raises ``IndexFolderError`` for a name
    that is too long, while a build is at work, and where there is no index."""
    said = {
        source: " ".join("".join(c for c in name if c.isprintable() or c.isspace()).split())
        for source, name in said.items()
    }
    if any(len(name) > MOST_FAMILY_LETTERS for name in said.values()):
        raise IndexFolderError(f"A family’s name has up to {MOST_FAMILY_LETTERS} letters.")
    open_index(out)  # where there is none, nothing is written
    with locked(out):
        index = open_index(out)
        families = {**index.manifest.get("families", {}), **said}
        facts = {k: v for k, v in index.manifest.items() if k not in ("format", "files")}
        files = {file: index.folder / file for file in index.manifest["files"]}
        publish(out, files, {**facts, "families": families})
    return families


def given_names(out: Path, named: NamedModel) -> dict[str, str]:
    """The names that users gave to topics of the index in ``out``, if there is one, for the same
    topics of a new fit; names of topics that no longer exist are dropped."""
    try:
        old = open_index(out)
        names: dict[str, str] = old.manifest["topic_names"]
        if not names:
            return {}
        before = read_model(old.folder)
    except (IndexFolderError, DamagedFile):
        return {}
    from dashboard.index.fitting.match import match_topics  # loads scipy

    if before.given or named.given:  # what somebody gave is called so by its file alone
        there = set(named.node_ids) if before.given and named.given else set()
        return {i: name for i, name in names.items() if i in there}
    ids = {before.node_ids[b]: named.node_ids[a]
           for b, a in match_topics(before.model, named.model).same.items()}  # fmt: skip
    there = set(named.node_ids)
    found = {i: ids.get(i, i if i in there else "") for i in names}
    return {new: names[old_id] for old_id, new in found.items() if new}
