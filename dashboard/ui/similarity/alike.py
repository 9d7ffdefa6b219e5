"""How alike the sources in view are: a matrix, who is nearest to whom, and a map."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.similarity.map import source_map
from dashboard.charts.similarity.matrix import matrix
from dashboard.index.counts.own_columns import read_where
from dashboard.measures import TABLES
from dashboard.measures.similarity.similarity import STORIES, TERMS, TEXT, TOPICS, places
from dashboard.scope import Scope
from dashboard.ui import state, widgets
from dashboard.ui.choice import sides
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.wording import capital, count, join_words, percent

WHAT = {TERMS: "Words", TOPICS: "Topics", TEXT: "Shared text", STORIES: "Stories"}
_NEEDED = {TEXT: "copies", STORIES: "stories"}
_IN = {TERMS: "words", TOPICS: "topics", TEXT: "text", STORIES: "stories"}
_JUDGED = (TERMS, TOPICS)


def section(view: View) -> None:
    """Of sources, or of groups; nothing where there are not two."""
    if view.noun == "side" or view.summary.n_sources < 2:
        return
    st.space("small")
    chosen = bool(state.option("alike"))
    fold = st.expander(
        f"How alike the {view.noun}s are", expanded=chosen, key="np-alike", on_change="rerun"
    )
    if not fold.open:  # nothing is computed for what is not shown
        return
    with fold:
        _alike(view)


def _alike(view: View) -> None:
    there = view.index.layer_versions
    kinds = {w: name for w, name in WHAT.items() if w not in _NEEDED or _NEEDED[w] in there}
    alike = widgets.picked("alike", kinds, "Alike in what")
    table = view.measure("similarity", alike=alike)
    judged = alike in _JUDGED
    if judged and _pairs(table).empty:
        widgets.not_distinguishable(
            f"It takes five articles of a {view.noun} to tell how alike {view.noun}s are. "
            "Until then compare the text they share."
        )
        return
    compare = partial(_compare, view)
    widgets.chart(
        view.drawing("similarity", lambda: matrix(table, view.mode, judged=judged), alike),
        key="similarity",
        finding=_finding(table, alike, judged),
        caption=f"{_caption(view, alike, judged)}. Click a square to compare the two",
        note=_note(view, table, judged),
        computed=TABLES["similarity"].method,
        table=table,
        filename="similarity.csv",
        on_click=compare,
    )
    _nearest(view, table)
    if judged:
        _map(view, table, alike)


def _pairs(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["source_id"] != table["other_id"]) & table["similarity"].notna()]


def _finding(table: pd.DataFrame, alike: str, judged: bool) -> str:
    pairs = _pairs(table)
    if pairs.empty or not pairs["similarity"].max() > 0:
        return f"How much alike in {_IN[alike]}"
    top = pairs.sort_values("similarity", ascending=False, kind="stable").iloc[0]
    if judged:
        return f"{top['source']} and {top['other']} are most alike in their {_IN[alike]}"
    return f"{top['source']} and {top['other']} have most {_IN[alike]} in common"


def _caption(view: View, alike: str, judged: bool) -> str:
    if judged:
        return (
            f"1 is as alike as two halves of one {view.noun}; = means not distinguishable. On the "
            f"diagonal the plain cosine of a {view.noun}’s own halves"
        )
    part = "words" if alike == TEXT else "stories"
    return f"Share of the smaller {view.noun}’s {part} that the other has too (0 to 1)"


def _note(view: View, table: pd.DataFrame, judged: bool) -> str:
    own = table[table["source_id"] == table["other_id"]]
    note = f"n = {count(int(own['n_articles'].sum()), 'article')} of {count(len(own), view.noun)}"
    more = view.summary.n_sources - len(own)
    note += f", those with the most words of {view.summary.n_sources:,}." if more > 0 else "."
    few = int(own["similarity"].isna().sum())
    note += f" Too few articles to tell: {count(few, view.noun)}." * bool(few)
    if judged:
        same = int((~_pairs(table)["distinguishable"]).sum())
        note += f" Not distinguishable: {count(same, 'pair')} of {len(_pairs(table)):,}."
    return note


def _nearest(view: View, table: pd.DataFrame) -> None:
    """Of each source those nearest to it."""
    pairs = _pairs(table)
    if pairs.empty:
        return
    both = pd.concat(
        [
            pairs[["source", "other", "similarity", "ci_low", "ci_high"]],
            pairs.rename(columns={"source": "other", "other": "source"})[
                ["source", "other", "similarity", "ci_low", "ci_high"]
            ],
        ]
    ).sort_values("similarity", ascending=False, kind="stable")
    lines = []
    for name, rows in sorted(both.groupby("source", sort=False)):
        said = [
            f"{other} {value:.2f}" + f" ({low:.2f} to {high:.2f})" * (low == low)
            for _, other, value, low, high in rows.head(3).itertuples(index=False)
        ]
        lines.append(f"- {md(str(name))}: {md(join_words(said), 400)}")
    st.markdown("\n".join([f"**The nearest to each {view.noun}**", "", *lines]))


def _map(view: View, table: pd.DataFrame, alike: str) -> None:
    """From seven sources on."""
    found = places(table)
    if found.empty:
        return
    st.space("small")
    widgets.chart(
        view.drawing("source map", lambda: source_map(found, view.styles, view.mode), alike),
        key="source_map",
        finding=f"{capital(view.noun)}s with similar {_IN[alike]} are close together",
        caption=f"The farther apart, the less alike two {view.noun}s are; directions mean nothing. "
        f"The map shows {percent(found['kept'].iloc[0])} of how they differ: for pairs trust the "
        "squares above",
        note=f"n = {count(len(found), view.noun)}.",
        computed=TABLES["similarity"].method,
        table=None,
        filename="similarity.csv",
    )


def _compare(view: View, mark: Mapping[str, Any]) -> None:
    """The two become the sides that the page compares. For callbacks only."""
    if mark.get("a") and mark.get("b"):
        sides.compare(view, *(_scope_of(str(mark[side])) for side in ("a", "b")))


def _scope_of(source_id: str) -> Scope:
    """A source, or a group by a column."""
    where = tuple(read_where(source_id))
    return Scope(where=where) if where else Scope(sources=(source_id,))
