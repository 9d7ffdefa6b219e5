"""A corpus that is being built: how far it is, and a way to stop it."""

from __future__ import annotations

import streamlit as st

from dashboard.library.corpora import UserCorpus
from dashboard.library.jobs import JobStatus, build_status, stop_build
from dashboard.ui import widgets
from dashboard.ui.text import md


def watch(corpus: UserCorpus) -> JobStatus:
    """Progress while the corpus is built; the page runs again when it is done."""
    status = build_status(corpus)
    if status.state in ("running", "waiting"):
        widgets.head("Reading your articles", "The page goes on by itself when it is done.")

        @st.fragment(run_every=0.7)
        def poll() -> None:
            now = build_status(corpus)
            if now.state not in ("running", "waiting"):
                st.rerun()
            st.progress(now.share, text=md(now.text, 200))

        poll()
        st.button("Stop", on_click=stop_build, args=(corpus,))
    return status
