"""A layer that the index lacks: added where the app keeps the index, else said in words."""

from __future__ import annotations

import sys
from functools import partial

import streamlit as st

from dashboard.index.layers.layer import MissingLayer
from dashboard.library.corpora import UserCorpus
from dashboard.library.indexes import BuildError, ensure_layers, given_index
from dashboard.library.jobs import build_status, start_build, start_update
from dashboard.ui import cache
from dashboard.ui.frame import View, corpus_paths
from dashboard.ui.text import md

#: Fingerprints of indexes that an update was started for: one that didn't help isn't tried again.
_tried: set[str] = set()


def say_missing(view: View, error: MissingLayer) -> None:
    """What a page says whose index lacks a layer: that it is being added, or who can add it. No
    visitor sees a folder of the server or a command; they go to the server's log."""
    what = (
        f"The layer “{error.layer}” is still to come"
        if error.to_come
        else f"This index was built without “{error.layer}”"
        if error.on_purpose
        else f"An older version built this index without “{error.layer}”"
    )
    if view.corpus is None and given_index(corpus_paths()) is not None:
        print(f"newsprism: {error}", file=sys.stderr)
        _say(
            "Not in this index yet",
            f"{what}, which this page needs. Whoever runs this dashboard can add it without "
            "reading the articles again; the dashboard’s log says how.",
        )
        return
    if cache.open_folder(view.index.folder.parent) is not view.index:
        st.rerun()  # added meanwhile
    _say(
        "Bringing the index up to date",
        f"{what}. It is being added; this page continues by itself when it is done, the other "
        "pages can be read meanwhile.",
    )
    if view.corpus is None:
        _update_kept(view)
    else:
        _update_corpus(view, view.corpus)


def _say(title: str, body: str) -> None:
    """Below what the page has drawn, whose head is there already."""
    st.header(md(title), anchor=False)
    st.markdown(md(body, 600))


def _update_kept(view: View) -> None:
    place = st.empty()
    try:
        ensure_layers(
            corpus_paths(),
            lambda now: place.progress(now.share, text=md(now.describe(), 200)),
        )
    except BuildError as error:
        print(f"newsprism: {error}", file=sys.stderr)
    if cache.open_folder(view.index.folder.parent) is not view.index:
        st.rerun()
    place.error("This did not work. Whoever runs this dashboard can see why in its log.")


def _update_corpus(view: View, corpus: UserCorpus) -> None:
    status = build_status(corpus)
    if status.state != "updating":
        if view.index.fingerprint in _tried:
            st.error("This did not work. Read the articles again instead.")
            st.button("Read the articles again", on_click=partial(start_build, corpus))
            return
        _tried.add(view.index.fingerprint)
        start_update(corpus)

    @st.fragment(run_every=0.7)
    def poll() -> None:
        now = build_status(corpus)
        if now.state != "updating":
            st.rerun()
        st.progress(now.share, text=md(now.text, 200))

    poll()
