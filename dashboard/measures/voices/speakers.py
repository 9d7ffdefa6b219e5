"""Speakers: who is quoted by which source, how often, and how many make up half of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.measures.columns import SOURCE, SOURCE_ID
from dashboard.measures.registry import table
from dashboard.measures.voices.rows import METHOD, QUOTED, counted, voices_in_scope
from dashboard.scope import Scope


@table(
    "speakers",
    row="a speaker in a source, those whom most articles quote first; last the unattributed",
    columns={
        "speaker": "the speaker; null: quotations of which the text doesn't say whose they are",
        "role": "what the speaker is, see `quotes`",
        "source": SOURCE,
        "n_articles": "articles of the source in scope in which the speaker says something",
        "n_quotes": "direct and mixed quotations of the speaker in them",
        "n_indirect": "indirect speech of the speaker in them",
        "n_probably": "further ones that are only probably the speaker's",
        "n_sources": "known sources in scope that let the speaker speak",
        **SOURCE_ID,
    },
    method=METHOD,
)
def speakers(index: Index, scope: Scope) -> pd.DataFrame:
    """Who speaks in which source, in the articles in scope; no rows where nobody does. Raises
    ``MissingLayer`` for an index without voices."""
    rows = voices_in_scope(index, scope)
    sure = counted(rows)
    quoted = rows["kind"].isin(QUOTED).to_numpy()
    nobody = quoted & (rows["speaker"] == "").to_numpy()
    probably = quoted & ~sure & ~nobody
    said = sure | nobody | probably
    data = pd.DataFrame(
        {
            "speaker": rows["speaker"],
            "source": index.source_of[rows["article"].to_numpy()],
            "article": rows["article"],
            "role": rows["role"],
            "n_quotes": quoted & (sure | nobody),
            "n_indirect": (rows["kind"] == "indirect").to_numpy() & sure,
            "n_probably": probably,
        }
    )[said]
    if data.empty:
        return speakers.frame()
    data["in"] = data["article"].where(data["n_quotes"] | data["n_indirect"])
    grouped = data.groupby(["speaker", "source"], sort=False)
    found = grouped[["n_quotes", "n_indirect", "n_probably"]].sum().astype(np.int64)
    found["n_articles"] = grouped["in"].nunique()
    found = found[found["n_articles"] > 0].reset_index()
    found["role"] = found["speaker"].map(
        data.drop_duplicates("speaker").set_index("speaker")["role"]
    )
    by_speaker = found.groupby("speaker")
    found["all"] = by_speaker["n_articles"].transform("sum")
    found["quotes"] = by_speaker["n_quotes"].transform("sum")
    known = found["source"] >= 0
    counts = found[known].groupby("speaker").size()
    found["n_sources"] = found["speaker"].map(counts).fillna(0).astype(np.int64)
    found["nobody"] = found["speaker"] == ""
    found = found.sort_values(
        ["nobody", "all", "quotes", "speaker", "n_articles", "source"],
        ascending=[True, False, False, True, False, True],
        kind="stable",
    )
    return speakers.frame(
        {
            "speaker": found["speaker"].where(~found["nobody"], None).to_numpy(dtype=object),
            "role": found["role"].to_numpy(dtype=object),
            "source": index.source_names[found["source"]],
            **{n: found[n].to_numpy() for n in ("n_articles", "n_quotes", "n_indirect")},
            "n_probably": found["n_probably"].to_numpy(),
            "n_sources": found["n_sources"].to_numpy(),
            "source_id": index.source_ids[found["source"]],
        }
    )
