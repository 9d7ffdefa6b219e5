"""Notes on an article and its passages: read, made and removed."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from dashboard.corpus.corrections import read_corrections
from dashboard.index.building.notes import (
    MOST_LABEL,
    MOST_LETTERS,
    MOST_NAME,
    add_note,
    remove_note,
)
from dashboard.index.index import open_index
from dashboard.index.layers.by_hand import Note, notes_in
from dashboard.index.storage.folder import IndexFolderError
from dashboard.library.corpora import write_json
from dashboard.ui import state, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import md, plain
from dashboard.wording import count


def notes(view: View, article_id: str, passages: list[str]) -> None:
    """The notes on the open article, and the form for another one in a corpus of the user's own."""
    found = [note for note in notes_in(view.index.manifest) if note.article_id == article_id]
    with st.container(gap="small", key="np-notes"):
        st.caption("Notes")
        for note in found:
            _note(view, note)
        if view.corpus is None:
            if not found:
                st.caption("No notes. In a corpus of your own you can make some: see Corpus.")
            return
        with st.popover("Add a note", icon=":material/edit_note:"):
            _form(view, article_id, passages)


def _note(view: View, note: Note) -> None:
    with st.container(gap=None):
        badge = f":gray-badge[{md(note.label, MOST_LABEL)}] " if note.label else ""
        st.markdown(f"{badge}{md(note.note, MOST_LETTERS)}")
        where = f"passage {note.passage}" if note.passage else "the article"
        st.caption(md(f"On {where}" + (f", by {note.by}" if note.by else "") + f", {note.at[:10]}"))
        if view.corpus is not None:
            st.button(
                "Remove",
                key=f"unnote-{note.note_id}",
                type="tertiary",
                on_click=_removed,
                args=(view, note.note_id),
            )


def _form(view: View, article_id: str, passages: list[str]) -> None:
    places = ["The whole article", *(f"{n}: {plain(p, 60)}" for n, p in enumerate(passages, 1))]
    used = dict.fromkeys(note.label for note in notes_in(view.index.manifest) if note.label)
    st.selectbox(
        "Label",
        sorted(used),
        index=None,
        key="note_label",
        accept_new_options=True,
        placeholder="one of those used, or a new one",
    )
    st.text_area("Note", key="note_text", max_chars=MOST_LETTERS)
    st.selectbox("On", range(len(places)), key="note_on", format_func=places.__getitem__)
    st.text_input("Your name", key="note_by", max_chars=MOST_NAME)
    st.button("Add", key="note_add", type="primary", on_click=_added, args=(view, article_id))


def _added(view: View, article_id: str) -> None:
    said = {name: str(state.widget(f"note_{name}") or "") for name in ("label", "text", "by")}
    passage = int(state.widget("note_on") or 0)
    make = partial(add_note, article_id=article_id, label=said["label"], note=said["text"],
                   by=said["by"], passage=passage)  # fmt: skip
    if _applied(view, make):
        state.seed_widget("note_label", None)
        state.seed_widget("note_text", "")


def _removed(view: View, note_id: str) -> None:
    _applied(view, partial(remove_note, note_id=note_id))


def _applied(view: View, act: Any) -> bool:
    """Do it to the index, and write it down with the corrections, so that it outlives both."""
    out = view.index.folder.parent
    try:
        act(out)
    except IndexFolderError as error:
        state.say(error.what)
        return False
    if view.corpus is not None:
        corrections = read_corrections(view.corpus.corrections)
        corrections.notes = dict(open_index(out).manifest["notes"])
        write_json(view.corpus.corrections, vars(corrections))
    return True


def every_note(view: View) -> None:
    """How many notes are in view, as a table to take along; nothing where there are none."""
    table = view.measure("notes")
    if table.empty:
        return
    labels = table["label"].dropna().value_counts()
    with st.container(gap="small", key="np-every-note"):
        st.header("Notes", anchor=False)
        with st.container(horizontal=True):
            for label, n in labels.head(12).items():
                quoted = plain(label).replace('"', " ")
                st.button(
                    f"{md(label, MOST_LABEL)} ({n:,})",
                    key=f"label-{label}",
                    help="Show the articles with this label",
                    on_click=partial(state.set_scope, q=f'label:"{quoted}"'),
                )
        widgets.foot("notes", f"n = {count(len(table), 'note')}.", "", table, "notes.csv")
