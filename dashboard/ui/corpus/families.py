"""Families of sources on the Corpus page: what is known, and what the reader says instead."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.corpus.corrections import read_corrections
from dashboard.index.building.rename import call_families
from dashboard.index.families import ALONE
from dashboard.index.storage.folder import IndexFolderError
from dashboard.library.corpora import write_json
from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.ui import state, tables
from dashboard.ui.frame import View
from dashboard.wording import count

_COLUMNS = ["source", "family", "basis", "n_articles"]


def show(view: View) -> None:
    """Each source with its family, editable in a corpus of the user's own; nothing where there are
    fewer than two sources, or where none is known and nothing can be said."""
    found = view.kept("families", lambda: TABLES["families"](view.index, Scope()))
    known = found[(found["basis"] != ALONE) | (found["n_sources"] > 1)]
    if len(found) < 2 or (known.empty and view.corpus is None):
        return
    n, n_families = len(found), found["family"].nunique()
    with st.container(gap=None):
        st.header("Families of sources", anchor=False)
        st.caption(
            f"{count(n, 'source')}, {count(n_families, 'family', 'families')}: those of one owner "
            "or newsroom count as one where independence counts."
            if n_families < n
            else "Sources of one owner or newsroom count as one where independence counts. None is "
            "known here."
        )
        if view.corpus is not None:
            st.caption(
                "Write the same name beside sources that belong together; an empty cell takes what "
                "was found. A column “family” in your files says it too."
            )
    if view.corpus is None:
        tables.table(known[_COLUMNS], "families")
        return
    shown = found[_COLUMNS]
    st.data_editor(
        shown,
        hide_index=True,
        disabled=[c for c in _COLUMNS if c != "family"],
        column_config={"family": st.column_config.TextColumn("family", max_chars=100)},
        # A new one once it was saved: what was edited is in the table then.
        key=f"edit_families-{view.index.fingerprint[:12]}",
    )
    st.button("Save families", on_click=partial(_save, view, shown))


def _save(view: View, shown: pd.DataFrame) -> None:
    """Say it to the index, and write it down with the corrections, so that it outlives both."""
    key = f"edit_families-{view.index.fingerprint[:12]}"
    edits: Mapping[int, Mapping[str, Any]] = (state.widget(key) or {}).get("edited_rows", {})
    said = {
        str(shown["source"].iloc[int(row)]): str(changes.get("family") or "").strip()
        for row, changes in edits.items()
    }
    if not said or view.corpus is None:
        state.say("Nothing to save: no cell was edited.")
        return
    try:
        every = call_families(view.index.folder.parent, said)
    except IndexFolderError as error:
        state.say(error.what)
        return
    corrections = read_corrections(view.corpus.corrections)
    corrections.families = every
    write_json(view.corpus.corrections, vars(corrections))
    state.say(f"Saved the family of {count(len(said), 'source')}.")
