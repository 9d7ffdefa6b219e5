"""Stories split, merged and named by hand, in a corpus of the user's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.corpus.corrections import read_corrections
from dashboard.index.building.regroup import merge_stories, rename_story, split_story
from dashboard.index.index import open_index
from dashboard.index.storage.folder import IndexFolderError
from dashboard.library.corpora import write_json
from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.ui import state, tables
from dashboard.ui.frame import View
from dashboard.ui.text import plain

_MOST_OTHERS = 200


def change(view: View, story: Any, members: pd.DataFrame) -> None:
    """Rename a story, take articles out of it, or put another into it; nothing in a corpus that is
    shared."""
    if view.corpus is None:
        return
    story_id = str(story.story_id)
    titles = {
        row.article_id: plain(row.title or row.article_id, 90) for row in tables.rows_of(members)
    }
    with st.expander("Correct this story"):
        st.text_input("Name", key="story_name", placeholder=plain(story.label, 90))
        st.button("Rename", on_click=_applied, args=(view, partial(_rename, story_id)))
        if len(titles) > 1:
            st.multiselect(
                "Articles that belong elsewhere",
                list(titles),
                key="story_split",
                format_func=titles.__getitem__,
            )
            st.button("Split off", on_click=_applied, args=(view, partial(_split, story_id)))
        others = view.kept("other stories", lambda: _others(view, story_id), story_id)
        if others:
            st.multiselect(
                "Stories about the same event",
                list(others),
                key="story_merge",
                format_func=others.__getitem__,
            )
            st.button("Merge", on_click=_applied, args=(view, partial(_merge, story_id)))


def _others(view: View, story_id: str) -> dict[str, str]:
    found = TABLES["story_list"](view.index, Scope(), most=_MOST_OTHERS, smallest=1)
    return {
        row.story_id: plain(row.label or row.story_id, 90)
        for row in tables.rows_of(found)
        if row.story_id != story_id
    }


def _rename(story_id: str, out: Any) -> str:
    rename_story(out, story_id, state.widget("story_name") or "")
    return "The story has its new name."


def _split(story_id: str, out: Any) -> str:
    split_story(out, story_id, state.widget("story_split") or [])
    return "The articles are a story of their own now."


def _merge(story_id: str, out: Any) -> str:
    merge_stories(out, [story_id, *(state.widget("story_merge") or [])])
    return "The stories are one now."


def _applied(view: View, act: Callable[[Any], str]) -> None:
    """Do it to the index, and write it down with the corrections, so that it outlives both."""
    out = view.index.folder.parent
    try:
        said = act(out)
    except IndexFolderError as error:
        state.say(error.what)
        return
    if view.corpus is not None:
        corrections = read_corrections(view.corpus.corrections)
        corrections.stories = open_index(out).manifest["stories"]
        write_json(view.corpus.corrections, vars(corrections))
    state.say(said)
