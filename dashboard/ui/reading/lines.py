"""Lines set aside in one article, and the way back into its text."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.corpus.corrections import read_corrections
from dashboard.library.corpora import UserCorpus, write_json
from dashboard.library.jobs import start_build
from dashboard.ui import tables
from dashboard.wording import MISSING, count


def restore_lines(corpus: UserCorpus, article_id: str, aside: pd.DataFrame) -> None:
    """Lines set aside, to be chosen and put back into the text."""
    key = f"aside-{article_id}"
    event = st.dataframe(
        aside,
        hide_index=True,
        column_config=tables.heads(aside, "lines"),
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        placeholder=MISSING,
    )
    chosen = event.selection.rows
    st.button(
        f"Put {count(len(chosen), 'line')} back into the text",
        disabled=not chosen,
        on_click=_restore,
        args=(corpus, article_id, [int(aside["line"].iloc[i]) for i in chosen]),
    )


def _restore(corpus: UserCorpus, article_id: str, numbers: list[int]) -> None:
    corrections = read_corrections(corpus.corrections)
    before = corrections.lines.get(article_id, [])
    corrections.lines[article_id] = sorted({*before, *numbers})
    write_json(corpus.corrections, vars(corrections))
    start_build(corpus)
