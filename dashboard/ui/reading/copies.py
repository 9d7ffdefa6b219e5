"""The articles in view that share text, pair by pair."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.index.layers.layer import MissingLayer
from dashboard.measures import TABLES
from dashboard.ui import tables, widgets
from dashboard.ui.frame import View
from dashboard.ui.reading.beside import beside_link
from dashboard.ui.text import md
from dashboard.wording import count, percent

MOST_PAIRS, MOST_LISTED = 12, 5_000


def shared_text(view: View) -> None:
    """Folded: which articles share text, to be read side by side, the copies that are left out
    too; nothing where no two do."""
    view = replace(view, scope=replace(view.scope, copies_once=False))
    n = view.kept("pairs that share text", lambda: _n_pairs(view))
    if not n:
        return
    st.space("small")
    fold = st.expander(
        f"{count(n, 'pair')} of articles that share text", key="np-copies", on_change="rerun"
    )
    if not fold.open:
        return
    table = view.measure("copies", most=MOST_LISTED)
    with fold:
        for row in tables.rows_of(table.head(MOST_PAIRS)):
            _pair(row)
        widgets.foot(
            "copies",
            f"n = {count(n, 'pair')}" + f", {MOST_PAIRS} above" * (n > MOST_PAIRS) + ".",
            TABLES["copies"].method,
            table,
            "copies.csv",
        )


def _n_pairs(view: View) -> int:
    try:
        joint = view.index.layer("copies").joint
    except MissingLayer:
        return 0
    mask = view.scope.article_mask(view.index)
    return int((mask[joint["pair_a"]] & mask[joint["pair_b"]]).sum())


def _pair(row: Any) -> None:
    one, other = (
        f"**{md(title or 'No headline', 160)}** :small[:gray[{md(source or 'unknown source', 60)}]]"
        for title, source in ((row.title_a, row.source_a), (row.title_b, row.source_b))
    )
    with st.container(gap="xsmall"):
        st.markdown(f"{one}  \n{other}")
        share = f"{percent(row.containment)} of the shorter one’s runs of eight words"
        st.caption(f"{row.kind.capitalize()}: {share}, {count(row.n_shared_words, 'word')}")
        widgets.page_link(
            "articles", "Read side by side →", **beside_link([row.article_a, row.article_b])
        )
