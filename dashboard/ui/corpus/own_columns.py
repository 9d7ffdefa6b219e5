"""The user's own columns on the Corpus page: those that articles can be filtered by."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from dashboard.index.counts.own_columns import not_kept, own_columns
from dashboard.index.families import BY_COLUMN, families
from dashboard.ui.frame import View
from dashboard.ui.tables import table as draw_table
from dashboard.ui.text import md, plain
from dashboard.wording import join_words

_SHOWN = 5


def show(view: View) -> None:
    """The columns with their values, then those that aren't kept and why; nothing where there are
    neither."""
    why = {
        name: reason
        for file in view.index.report["files"]
        for name, reason in file.get("unused", {}).items()
    } | not_kept(view.index)
    kept = view.kept("own columns", lambda: pd.DataFrame(list(_rows(view)), columns=_COLUMNS))
    if kept.empty and not why:
        return
    with st.container(gap=None):
        st.header("Columns of your own", anchor=False)
        st.caption(
            "Filter by their values in the sidebar."
            if len(kept)
            else "None has values that several articles share."
        )
    if len(kept):
        draw_table(kept, "own-columns")
    if why:
        said = join_words([f"{md(name, 60)} ({md(reason, 100)})" for name, reason in why.items()])
        st.caption(f"Not kept: {said}.")


_COLUMNS = ["column", "values", "most articles", "articles without a value"]


def _rows(view: View) -> Iterator[tuple[str, int, str, int]]:
    table, found = view.measure("own_columns"), families(view.index)
    for name, column in own_columns(view.index).items():
        if name == found.column and BY_COLUMN not in found.basis:
            continue  # found by us: shown with its basis under “Families of sources”
        rows = table[table["column"] == name]
        counts = dict(zip(rows["value"], rows["n_articles"], strict=True))
        known = {v: n for v, n in counts.items() if isinstance(v, str)}
        words = [f"{plain(v, 40)} ({n:,})" for v, n in list(known.items())[:_SHOWN]]
        more = [f"{len(known) - _SHOWN:,} more"] * (len(known) > _SHOWN)
        yield (
            plain(name),
            len(column.values),
            join_words([*words, *more]),
            sum(n for v, n in counts.items() if v not in known),
        )
