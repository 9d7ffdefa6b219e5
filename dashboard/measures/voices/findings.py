"""The findings of voices in words."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.wording import capital, count, in_quotes, number


class VoicesFinding(NamedTuple):
    """The title of the page and what stands below it."""

    title: str
    standfirst: str


def voices(speakers: pd.DataFrame) -> VoicesFinding:
    """Who is heard most widely, how few make up half, and what is left out. ``speakers``: the table
    of that name."""
    known = speakers[speakers["speaker"].notna()]
    named = known[is_named(known)]
    if named.empty:
        return VoicesFinding("Nobody is quoted by name", "No article in view says who speaks.")
    top = named.iloc[0]
    totals = known.assign(n=known["n_quotes"] + known["n_indirect"]).groupby("speaker")["n"].sum()
    ordered = totals.sort_values(ascending=False).cumsum()
    half = int((ordered < totals.sum() / 2).sum()) + 1
    title = f"{top['speaker']} speaks in {number(int(top['n_sources']), 'source')}"
    nobody = int(speakers.loc[speakers["speaker"].isna(), "n_quotes"].sum())
    probably = int(speakers["n_probably"].sum())
    sentences = [
        f"{capital(number(half))} of {count(len(totals), 'speaker')}, named or not, "
        f"{'makes' if half == 1 else 'make'} up half of what is said.",
        f"{capital(number(nobody, 'quotation'))} {'has' if nobody == 1 else 'have'} no speaker."
        if nobody else "",
        f"{capital(number(probably, 'uncertain quotation'))} "
        f"{'is' if probably == 1 else 'are'} left out of all counts."
        if probably else "",
    ]  # fmt: skip
    return VoicesFinding(title, " ".join(filter(None, sentences)))


def is_named(speakers: pd.DataFrame) -> pd.Series:
    """Which rows have a speaker with a name, not “the company” or “he”."""
    unnamed = speakers["role"].isin(("unnamed", "unknown", "document"))
    return speakers["speaker"].str.match(r"(?!The )[^\W\d_a-z]\w", na=False) & ~unnamed


def chain(quote: str, n_sources: int) -> str:
    """What stands above the uses of the same words."""
    return f"{in_quotes(quote)} in {count(n_sources, 'source')}"
