"""Where sources agree and differ: figures that two of them share, and those to check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboard.index.index import Index
from dashboard.measures.figures.figures import figures
from dashboard.scope import Scope

_READ = 60  # figures; groups come first, those of most sources before others
_MOST_GROUPS, _MOST_EACH = 2, 2
#: By status of a group, what stands before its sentences.
_SAID = {"agree": "Agree on", "different figures, check": "Different figures, check:"}


def shared_figures(index: Index, scope: Scope) -> Iterator[dict[str, Any]]:
    """Rows of the brief: up to two groups that agree and two that differ, a sentence of each of two
    sources; those of a group share a rank. Raises ``MissingLayer``."""
    rows = figures(index, scope, first=0, most=_READ)
    rank = 0
    for status, said in _SAID.items():
        chosen = rows[(rows["status"] == status) & rows["source_id"].notna()]
        groups = [group for _, group in chosen.groupby("group_id", sort=False)]
        for group in [g for g in groups if g["source_id"].nunique() > 1][:_MOST_GROUPS]:
            rank += 1
            sides = group.drop_duplicates("source_id").head(_MOST_EACH)
            numbers = " and ".join(dict.fromkeys(sides["text"]))
            for row in sides.to_dict("records"):
                start = row["start"] - row["sentence_start"]
                yield {
                    "rank": rank, "note": f"{said} {numbers}", "sentence": row["sentence_text"],
                    "carried_by": ", ".join(group["source"].drop_duplicates()),
                    **{name: row[name] for name in _KEPT}, "start": start,
                    "end": start + len(row["sentence_text"]),
                }  # fmt: skip


_KEPT = ("article_id", "passage_id", "source", "source_id", "date")
