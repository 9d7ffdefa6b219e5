"""What a search found: copies and stories listed once, with the number of those left out."""

from __future__ import annotations

import streamlit as st

from dashboard.index.layers.layer import MissingLayer
from dashboard.measures.search import FOLDS, n_found
from dashboard.ui import state, tables
from dashboard.ui.frame import View
from dashboard.wording import count

CHOICES = {"copies": "Copies once", "story": "Stories once", "every": "Every article"}


def fold_picker(view: View) -> str:
    """Of what only the first article is listed, to choose: "" for nothing. Without a choice where
    the index knows of neither."""
    there = [fold for fold in FOLDS if _is_known(view, fold)]
    if not there:
        return ""
    choices = [*there, "every"]
    shown = state.option("once", there[0], allowed=choices)
    state.seed_widget("pick_once", shown)
    st.segmented_control(
        "Listed",
        choices,
        key="pick_once",
        format_func=CHOICES.__getitem__,
        required=True,
        on_change=_chosen,
        args=(there[0],),
        label_visibility="collapsed",
    )
    return shown if shown in FOLDS else ""


def _chosen(usual: str) -> None:
    chosen = state.widget("pick_once")
    state.set_option("once", None if chosen == usual else chosen)


def _is_known(view: View, fold: str) -> bool:
    try:
        view.index.layer(FOLDS[fold][0])
    except MissingLayer:
        return False
    return True


def n_listed(view: View, once: str) -> int:
    """How many articles are listed in all."""
    n: int = view.kept("search listed", lambda: n_found(view.index, view.scope, once), once)
    return n


def others(view: View, first: int, most: int, once: str) -> dict[str, list[str]]:
    """What to say of each listed article: how many copies it has in view, and how many other
    articles tell its story."""
    found = {}
    for row in tables.rows_of(view.measure("search", first=first, most=most, once=once)):
        copies = [f"+ {count(row.n_copies, 'copy', 'copies')}"] if row.n_copies else []
        story = [f"+ {row.n_story:,} in its story"] if row.n_story else []
        found[row.article_id] = copies + story
    return found
