"""Who thinks what: the people whom most sources quote, each in a sentence that quotes them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.counts.article_sentences import article_sentences
from dashboard.index.index import Index
from dashboard.measures.brief.evidence import evidence_at
from dashboard.measures.voices.findings import is_named
from dashboard.measures.voices.rows import QUOTED, counted, voices_in_scope
from dashboard.scope import Scope
from dashboard.text.statements import dateline_end

MOST_SPEAKERS = 6
_MOST_EACH = 2  # sentences of one speaker, from two articles
_MOST_WORDS = 60
_LEAST_QUOTED = 25  # characters: fewer are a phrase
#: Roles that have opinions of their own; agencies and documents pass on what others say.
_ROLES = ("official", "expert", "person", "organisation")


def opinions(index: Index, scope: Scope) -> list[dict[str, Any]]:
    """Rows of the brief, with the speaker as ``note``: quoted by most sources first, then most
    often. Only quotations whose speaker is sure enough to count. Raises ``MissingLayer``."""
    rows = voices_in_scope(index, scope)
    rows = rows[counted(rows) & rows["kind"].isin(QUOTED) & rows["role"].isin(_ROLES)]
    rows = rows[is_named(rows)]
    if rows.empty:
        return []
    rows = rows.assign(source=index.source_of[rows["article"].to_numpy()])
    by_speaker = rows.groupby("speaker", sort=False)
    sizes = pd.DataFrame({"sources": by_speaker["source"].nunique(), "quotes": by_speaker.size()})
    order = sizes.sort_values(["sources", "quotes"], ascending=False, kind="stable").index
    made: list[dict[str, Any]] = []
    rank = 0
    for speaker in order:
        found = _said(index, by_speaker.get_group(speaker))
        rank += bool(found)
        made += [{"rank": rank, "note": str(speaker), **row} for row in found]
        if rank == MOST_SPEAKERS:
            break
    return made


def _said(index: Index, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Sentences that quote somebody, the longest quotations first, one of a source."""
    length = (rows["end"] - rows["start"]).to_numpy()
    long_enough = rows[length >= _LEAST_QUOTED]
    order = np.argsort(-length[length >= _LEAST_QUOTED], kind="stable")
    found: list[dict[str, Any]] = []
    heard: set[int] = set()
    columns = long_enough[["source", "article", "passage", "start", "end"]].to_numpy(np.int64)
    for source, article, passage, start, end in columns[order].tolist():
        if source in heard:
            continue
        evidence = _sentence(index, article, passage, (start, end))
        if evidence is not None:
            heard.add(source)
            found.append(evidence)
        if len(found) == _MOST_EACH:
            break
    return found


def _sentence(
    index: Index, position: int, passage: int, quoted: tuple[int, int]
) -> dict[str, Any] | None:
    """The sentences that a quotation stands in, unless they are more than is read at a glance."""
    text = index.passages(position)[passage]
    spans = article_sentences(index, position)[passage]
    own = [(a, b) for a, b in spans if a < quoted[1] and quoted[0] < b]
    if not own:
        return None
    start, end = own[0][0], own[-1][1]
    start += dateline_end(text[start:end])
    if len(text[start:end].split()) > _MOST_WORDS or "\n" in text[start:end]:
        return None
    return evidence_at(index, position, passage, start, end)
