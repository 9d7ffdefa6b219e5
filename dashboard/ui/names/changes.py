"""Names merged and renamed by hand, in a corpus of the user's own."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.corpus.corrections import read_corrections
from dashboard.index.building.rename import call_name
from dashboard.index.index import open_index
from dashboard.index.storage.folder import IndexFolderError
from dashboard.library.corpora import write_json
from dashboard.ui import state
from dashboard.ui.frame import View
from dashboard.ui.names.rates import choose
from dashboard.ui.text import plain
from dashboard.wording import in_quotes


def change(view: View, name: str) -> None:
    """Use another name, or none; nothing in a corpus that is shared."""
    if view.corpus is None:
        return
    with st.expander("Correct this name"):
        st.text_input(
            "Name to use",
            key="name_to_use",
            placeholder=plain(name, 60),
            help="If it is another name in this corpus, the two count as one.",
        )
        with st.container(horizontal=True):
            st.button("Use this name", on_click=partial(_called, view, name))
            st.button("This names nobody", on_click=partial(_called, view, name, nobody=True))


def _called(view: View, name: str, *, nobody: bool = False) -> None:
    """Do it to the index, and write it down with the corrections, so that it outlives both."""
    shown = "" if nobody else (state.widget("name_to_use") or "").strip()
    if not shown and not nobody:
        state.say("Enter the name to use.")
        return
    out = view.index.folder.parent
    try:
        shown = call_name(out, name, shown)
    except IndexFolderError as error:
        state.say(error.what)
        return
    if view.corpus is not None:
        corrections = read_corrections(view.corpus.corrections)
        corrections.aliases = dict(open_index(out).manifest["aliases"])
        write_json(view.corpus.corrections, vars(corrections))
    choose(shown)
    state.say(f"{in_quotes(name)} is now {in_quotes(shown)}." if shown else "The name is left out.")
