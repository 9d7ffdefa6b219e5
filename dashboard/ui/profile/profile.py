"""What the articles of each source are like, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.parts.theme import records
from dashboard.measures import TABLES
from dashboard.measures.profile.source_profile import DAYS, HOURS, SHARES
from dashboard.ui import widgets
from dashboard.ui.frame import View
from dashboard.ui.sources import part_picker
from dashboard.ui.text import plain
from dashboard.wording import MISSING, capital, count, percent, percent_range

PLACES = (*DAYS, *HOURS)


def section(view: View) -> None:
    """A fold with a row a source that is drawn; nothing without a known source."""
    if view.summary.n_sources < 1:
        return
    fold = st.expander(
        f"What each {view.noun}’s articles are like", key="np-profile", on_change="rerun"
    )
    if not fold.open:  # nothing is computed for what is not shown
        return
    with fold:
        rows = view.measure("source_profile")
        part_picker(view, "-profile")
        drawn = rows[rows["source_id"].isin(view.drawn.ids)]
        st.caption(
            f"Medians, and shares of articles with 95 % intervals, one {view.noun} a row. Reading "
            "ease (Flesch; English only): 100 is very easy, 30 hard. Hours are as dates give "
            "them, in whatever time zone"
        )
        st.dataframe(wide(drawn), hide_index=True)
        n = int(rows.loc[rows["trait"] == "articles", "n"].sum())
        widgets.foot(
            "source_profile",
            f"n = {count(n, 'article')}.",
            TABLES["source_profile"].method,
            rows,
            "source_profile.csv",
        )


def wide(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a source, a column a trait, in words; of weekdays and hours those of most articles."""
    by_source: dict[str, list[dict[str, Any]]] = {}
    for row in records(rows):
        by_source.setdefault(row["source_id"], []).append(row)
    made = []
    for own in by_source.values():
        said = {"Source": plain(own[0]["source"], 60)}
        said |= {capital(row["trait"]): _in_words(row) for row in own if row["trait"] not in PLACES}
        said["Most on"] = _most(own, DAYS)
        said["Most at"] = _most(own, HOURS)
        made.append(said)
    return pd.DataFrame(made)


def _most(rows: list[dict[str, Any]], traits: Sequence[str]) -> str:
    """The day or hour with the most articles, and of how many it is said."""
    known = [row for row in rows if row["trait"] in traits and row["n"]]
    top = max(known, key=lambda row: float(row["value"]), default=None)
    return f"{top['trait']}, {_in_words(top)}, n = {top['n']:,}" if top else "unknown"


def _in_words(row: dict[str, Any]) -> str:
    """ "12 % (8 % to 17 %)", "742"."""
    if pd.isna(row["value"]):
        return MISSING
    if row["trait"] not in SHARES:
        return f"{row['value']:,.0f}"
    return f"{percent(row['value'])} ({percent_range(row['ci_low'], row['ci_high'])})"
