"""What the tables of voices have in common: the voices in scope, and which of them count."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.voice_rows import voice_rows
from dashboard.index.index import Index
from dashboard.scope import Scope

#: Below, a speaker is “probably” the one, and is left out of counts.
SURE = 0.75
QUOTED = ("direct", "mixed")
SAID = (*QUOTED, "indirect")

METHOD = """
Rules find what stands in **quotation marks** and what is said **indirectly** (“said that …”,
“according to …”), the verb, and its subject: no language model. Surnames, titles, pronouns and “the
paper” are resolved within the article; a surname that has one full name in the corpus is that
person.

**Confidence** says how far a rule is trusted to name the right speaker: set by reading what each
rule found, not fitted to labels. Below .75 the speaker is “probably” the one, and is left out of
counts. Only English is read so far.
"""


def voices_in_scope(index: Index, scope: Scope) -> pd.DataFrame:
    """The voices of the articles in scope, see ``VoiceRows``, in the order of ``articles`` and
    text. Raises ``MissingLayer``."""
    rows = voice_rows(index).rows
    mask = scope.article_mask(index)
    if not mask.all():
        rows = rows[mask[rows["article"].to_numpy()]]
    place = np.empty(index.n_articles, dtype=np.int64)
    place[index.by_date] = np.arange(index.n_articles)
    order = np.argsort(place[rows["article"].to_numpy()], kind="stable")
    return rows.iloc[order]


def counted(rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Which voices count: said by somebody, surely enough."""
    said: NDArray[np.bool_] = rows["kind"].isin(SAID).to_numpy()
    return said & (rows["confidence"].to_numpy() >= SURE)


def quoted_text(index: Index, rows: pd.DataFrame) -> list[str]:
    """The words of each voice, as the article has them."""
    found = [""] * len(rows)
    articles = rows["article"].to_numpy()
    columns = ("article", "passage", "start", "end")
    places = list(zip(*(rows[c].tolist() for c in columns), strict=True))
    read, passages = -1, list[str]()
    for i in np.argsort(articles, kind="stable").tolist():
        article, passage, start, end = places[i]
        if article != read:
            read, passages = article, index.passages(article)
        found[i] = passages[passage][start:end]
    return found


def passage_ids(index: Index, rows: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """The id of the passage of each voice, and of its article id, source, date and source id."""
    columns = ["article_id", "source", "date", "source_id"]
    articles, codes = np.unique(rows["article"].to_numpy(), return_inverse=True)
    facts = index.article_rows(articles, columns).iloc[codes].reset_index(drop=True)
    ids = [
        f"{article_id}-{passage + 1:03d}"
        for article_id, passage in zip(facts["article_id"], rows["passage"], strict=True)
    ]
    return ids, facts
