"""Quotes: everything that is said, by whom, through whom, and by which rule."""

from __future__ import annotations

import pandas as pd

from dashboard.index.index import Index
from dashboard.measures.columns import ARTICLE_ID, DATE, MOST, PASSAGE_ID, SOURCE, SOURCE_ID
from dashboard.measures.registry import Option, table
from dashboard.measures.voices.rows import (
    METHOD,
    counted,
    passage_ids,
    quoted_text,
    voices_in_scope,
)
from dashboard.scope import Scope

CITED = Option("cited", "--cited", "NAME", "only what cites this one, as `citations` has it")
#: Which speaker’s; as ``speakers`` names them. "" is nobody.
SPEAKER = Option("speaker", "--speaker", "NAME", "only what this one says, as `speakers` has it")


@table(
    "quotes",
    row="something that is said, by date, then in the order of the text",
    columns={
        "article_id": ARTICLE_ID,
        **SOURCE_ID,
        "source": SOURCE,
        "kind": "`direct`: a clause in quotation marks; `mixed`: words in quotation marks in the "
        "reporter's sentence; `indirect`: the reporter's words; `phrase`: a few words in quotation "
        "marks that nobody is quoted as saying; `title`: of a work",
        "quote": "what is said, without the quotation marks",
        "speaker": "who is meant; null: the text doesn't say",
        "speaker_as_written": "the words that name the speaker there; null: none",
        "verb": "the verb of saying, as written; null: none",
        "channel": "where it was said or written, or who reports it, as written; null: not told",
        "rule": "the rule that found the speaker",
        "confidence": "how far this rule is trusted to name the right one (0 to 1); below .75 the "
        "speaker is “probably” the one and counts nowhere",
        "start": "where it begins in its passage (characters from 0)",
        "end": "where it ends there, this character not included",
        "passage_id": PASSAGE_ID,
        "date": DATE,
        "addressee": "who is spoken to, as written; null: not told",
        "role": "what the speaker is: `agency`, `outlet`, `document`, `official`, `expert`, "
        "`person`, `organisation`, `unnamed`, `unknown`",
    },
    options=[SPEAKER, CITED, MOST],
    method=METHOD,
)
def quotes(
    index: Index,
    scope: Scope,
    speaker: str | None = None,
    cited: str | None = None,
    most: int | None = None,
) -> pd.DataFrame:
    """What the articles in scope say that somebody said, the first ``most``: of one ``speaker``, or
    what `citations` counts of one who is ``cited``. Raises ``MissingLayer`` for an index without
    voices."""
    rows = voices_in_scope(index, scope)
    if speaker is not None:
        rows = rows[rows["speaker"] == speaker]
    if cited is not None:
        rows = rows[counted(rows) & ((rows["speaker"] == cited) | (rows["carrier"] == cited))]
    rows = rows.iloc[:most]
    ids, facts = passage_ids(index, rows)
    texts = {
        name: rows[name].where(rows[name] != "", None).to_numpy(dtype=object)
        for name in ("speaker", "written", "verb", "channel", "addressee")
    }
    return quotes.frame(
        {
            "article_id": facts["article_id"],
            "source_id": facts["source_id"],
            "source": facts["source"],
            "kind": rows["kind"].to_numpy(),
            "quote": quoted_text(index, rows),
            "speaker": texts["speaker"],
            "speaker_as_written": texts["written"],
            "verb": texts["verb"],
            "channel": texts["channel"],
            "rule": rows["rule"].to_numpy(),
            "confidence": rows["confidence"].to_numpy(dtype="float64").round(3),
            "start": rows["start"].to_numpy(),
            "end": rows["end"].to_numpy(),
            "passage_id": ids,
            "date": facts["date"],
            "addressee": texts["addressee"],
            "role": rows["role"].to_numpy(),
        }
    )
