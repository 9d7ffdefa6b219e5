"""Lineage: the same words in several articles, who says them there, and what was left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.measures.columns import ARTICLE_ID, DATE, PASSAGE_ID, SOURCE, SOURCE_ID
from dashboard.measures.registry import table
from dashboard.measures.voices.rows import passage_ids, quoted_text, voices_in_scope
from dashboard.scope import Scope
from dashboard.text.quotations.chains import words_of

LINEAGE_METHOD = """
Two quotations are **the same words** when they share five words in a row and four fifths of the
words of the shorter one (Leskovec, Backstrom and Kleinberg 2009). Two to four words in quotation
marks are a **catchphrase**, compared whole. In order of date, each use is compared with the first:
**trimmed**, **longer** or **changed** words, **another speaker**. **Attribution dropped**: an
earlier use says through whom the words came (an agency, an outlet, a news conference), this one
does not. Articles of one day have no order.
"""


@table(
    "lineage",
    row="a use of words that other articles in scope quote as well, by date within each chain; "
    "chains with the most sources first",
    columns={
        "chain": "number of the chain, from 1",
        "what": "`quotation`, or `catchphrase`: two to four words",
        "article_id": ARTICLE_ID,
        "passage_id": PASSAGE_ID,
        "source": SOURCE,
        "date": DATE,
        "quote": "the words as they stand there",
        "speaker": "who says them there; null: the text doesn't say",
        "channel": "through whom they came, as written; null: not told",
        "change": "against the first use: `first`, `same`, `trimmed`, `longer`, `changed`",
        "other_speaker": "whether somebody else says them than in the first use",
        "dropped": "the channel that an earlier use, or one of the same day, gives and this one "
        "leaves out; null: nothing is left out",
        "kind": "kind of the quotation, see `quotes`",
        "n_sources": "known sources in the chain",
        **SOURCE_ID,
    },
    method=LINEAGE_METHOD,
)
def lineage(index: Index, scope: Scope) -> pd.DataFrame:
    """The chains of the articles in scope, those of two articles or more. Raises ``MissingLayer``
    for an index without voices."""
    rows = voices_in_scope(index, scope)
    chains = rows["chain"].to_numpy()
    _, number = np.unique(rows["phrase"].to_numpy(dtype=str), return_inverse=True)
    key = np.where(chains >= 0, chains, -2 - number)
    key = np.where((chains < 0) & (rows["phrase"] == "").to_numpy(), -1, key)
    kept = rows.assign(key=key)[key != -1]
    together = kept.groupby("key")["article"].transform("nunique")
    kept = kept[together > 1]
    if kept.empty:
        return lineage.frame()
    kept = kept.drop_duplicates(["key", "article", "speaker", "channel"])
    kept = kept.assign(source=index.source_of[kept["article"].to_numpy()])
    known = kept["source"].where(kept["source"] >= 0)
    kept["n_sources"] = known.groupby(kept["key"]).transform("nunique")
    phrases = (kept["key"] < -1).to_numpy()
    size = kept.groupby("key")["article"].transform("size")
    order = np.lexsort((kept["key"], -size, phrases, -kept["n_sources"]))
    kept = kept.iloc[order]
    ids, facts = passage_ids(index, kept)
    texts = quoted_text(index, kept)
    data: dict[str, list[Any]] = {name: [] for name in lineage.columns}
    days = facts["date"].tolist()
    said = kept[["speaker", "channel", "kind", "n_sources", "key"]].to_dict("list")
    for at, (_, places) in enumerate(_runs(kept["key"].to_numpy()), 1):
        origin = places[0]
        channels = [said["channel"][i] for i in places]
        is_phrase = said["key"][origin] < -1
        for i in places:
            speaker, channel = said["speaker"][i] or None, said["channel"][i] or None
            start = said["speaker"][origin]
            row = {
                "chain": at,
                "what": "catchphrase" if is_phrase else "quotation",
                "article_id": facts["article_id"].iat[i],
                "passage_id": ids[i],
                "source": facts["source"].iat[i],
                "date": days[i],
                "quote": texts[i],
                "speaker": speaker,
                "channel": channel,
                "change": "first" if i == origin else _change(texts[origin], texts[i]),
                "other_speaker": bool(speaker and start and speaker != start),
                "dropped": None if channel or is_phrase else _dropped(channels, places, i, days),
                "kind": said["kind"][i],
                "n_sources": int(said["n_sources"][i]),
                "source_id": facts["source_id"].iat[i],
            }
            for name, value in row.items():
                data[name].append(value)
    return lineage.frame(data)


def _runs(keys: Any) -> list[tuple[int, list[int]]]:
    """Each key with the places of its rows, which follow each other."""
    found: list[tuple[int, list[int]]] = []
    for i, key in enumerate(keys.tolist()):
        if not found or found[-1][0] != key:
            found.append((key, []))
        found[-1][1].append(i)
    return found


def _change(first: str, other: str) -> str:
    a, b = words_of(first), words_of(other)
    if a == b:
        return "same"
    shorter, longer = (b, a) if len(b) < len(a) else (a, b)
    inside = f" {' '.join(shorter)} " in f" {' '.join(longer)} "
    if not inside:
        return "changed"
    return "trimmed" if shorter is b else "longer"


def _dropped(channels: list[str], places: list[int], i: int, days: list[Any]) -> str | None:
    """The channel that a use before, or of the same day, gives."""
    day = days[i]
    for channel, other in zip(channels, places, strict=True):
        before = days[other]
        if channel and other != i and day and before and before <= day:
            return channel
    return None
