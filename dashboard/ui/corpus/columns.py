"""The block of the Corpus page that says which column of a table is which field, and changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.corpus.readers.tables.mapping import ORDER
from dashboard.index.index import Index
from dashboard.library.corpora import UserCorpus, columns_key, find_corpus, remembered_mapping
from dashboard.library.jobs import start_build
from dashboard.ui import state
from dashboard.ui.tables import table as draw_table
from dashboard.ui.text import md, plain
from dashboard.wording import capital, join_words

FIELDS = ("text", "title", "source", "date", "url", "authors")
NONE = "not in this file"
_MOST_ASKED = 5


def recall(index: Index, corpus: UserCorpus | None) -> None:
    """Read a new corpus as the visitor chose for one of the same columns, once: ends the run."""
    if corpus is None or "mapping" in corpus.settings:
        return
    key = columns_key(index.report)
    seen = [c for c in map(find_corpus, state.corpora_seen()) if c and c != corpus]
    said, name = remembered_mapping(key, seen)
    read = _read_now(index)
    # Noted in any case: what is chosen elsewhere later doesn't change this corpus.
    corpus.change(mapping=said, mapping_of=name, columns_key=key)
    if any(read.get(field, "") != column for field, column in said.items()):
        start_build(corpus)
        st.rerun()
    elif said:
        corpus.change(mapping_of="")


def choose(index: Index, corpus: UserCorpus | None) -> None:
    """Which column of a table is which field, with samples; changeable in the user's own corpus."""
    tables = [f for f in index.report["files"] if f.get("headers")]
    if not tables:
        return
    with st.container(gap=None):
        st.header("Columns", anchor=False)
        st.caption(
            "The column each field is read from: guessed by name and values unless you chose it"
        )
        for choice in dict.fromkeys(f.get("choice", "") for f in tables):
            if choice:
                st.caption(md(capital(choice), 400))
        if guesses := _guesses(tables):
            st.caption(f"{guesses}. Check and change it here.")
    if corpus is None or len(tables) > 1:
        _table(tables)
    if corpus is None:
        return
    settings = corpus.settings
    if settings.get("mapping"):
        of = settings.get("mapping_of")
        said = f"as you chose for “{md(of, 60)}”, which has the same columns" if of else "as chosen"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"The columns are read {said}.", width="content")
            st.button("Undo and guess the columns again", type="tertiary",
                      on_click=_read_as, args=(corpus, {}))  # fmt: skip
    read = _read_now(index)
    previews = {name: values for f in reversed(tables) for name, values in f["previews"].items()}
    names = [name for name in dict.fromkeys(h for f in tables for h in f["headers"]) if name]
    chosen: dict[str, str] = {}
    with st.grid(min_column_width=220):
        for field in FIELDS:
            now = read.get(field, "")
            # Two columns may make one field, such as a lead and the rest: "LP+TD".
            options = ["", *names] if now in ("", *names) else ["", now, *names]
            with st.container(gap=None):
                chosen[field] = st.selectbox(
                    field,
                    options,
                    options.index(now),
                    format_func=lambda name: plain(name, 60) or NONE,
                    # A new box for each reading: it shows what is read, not what was chosen.
                    key=f"map_{field}-{index.index_id}-{now}",
                )
                for value in _samples(chosen[field], previews):
                    st.caption(md(value, 40))
    changes = {field: name for field, name in chosen.items() if name != read.get(field, "")}
    changes |= _ask_order(index, settings.get("mapping") or {})
    if len(tables) > 1:
        st.caption("A choice holds for every table of this corpus.")
    st.button(
        "Read again with these columns",
        disabled=not changes,
        on_click=_read_as,
        args=(corpus, {**(settings.get("mapping") or {}), **changes}, columns_key(index.report)),
    )


def ask_source(index: Index, corpus: UserCorpus | None) -> None:
    """Where no column is read as the source and some may be: which one is, a click each."""
    tables = [f for f in index.report["files"] if f.get("asked")]
    if corpus is None or not tables:
        return
    previews = {name: values for f in reversed(tables) for name, values in f["previews"].items()}
    asked = list(dict.fromkeys(name for f in tables for name in f["asked"]))[:_MOST_ASKED]
    with st.container(border=True, key="np-ask-source", gap="small"):
        st.markdown("**Which column says who published an article?** No name or value tells.")
        with st.container(horizontal=True, gap="small"):
            for name in asked:
                samples = ", ".join(plain(value, 30) for value in previews.get(name, [])[:2])
                shown = f"{name}: {samples} …" if samples else name
                _answer(md(shown, 120), name, corpus, index)
            _answer("None of them", "", corpus, index)


def _answer(label: str, column: str, corpus: UserCorpus, index: Index) -> None:
    said = {**(corpus.settings.get("mapping") or {}), "source": column}
    key = columns_key(index.report)
    args = (corpus, said, key)
    st.button(label, key=f"ask_source-{column}", on_click=_read_as, args=args)


def _guesses(tables: Sequence[Mapping[str, Any]]) -> str:
    """Which fields are read from a column that no name tells, as Markdown; "" for none."""
    found = dict.fromkeys(
        (field, f["columns"][field]) for f in tables for field in f.get("guessed", ())
    )
    said = [f"{field} is read from {md(column, 60)}" for field, column in found]
    values = "its values" if len(said) == 1 else "their values"
    return capital(f"{join_words(said)}: guessed from {values}") if said else ""


def _ask_order(index: Index, said: Mapping[str, str]) -> dict[str, str]:
    """Ask what comes first in dates that can be read in two ways; what is chosen anew, else {}."""
    now = said.get(ORDER, "")
    reasons = (p["reason"] for f in index.report["files"] for p in f["problems"])
    unclear = next((reason for reason in reasons if "is ambiguous" in reason), "")
    if not (now or unclear):
        return {}
    example = unclear.partition(" is ambiguous")[0] or "“03/04/2024”"
    order = st.segmented_control(
        f"What comes first in dates such as {md(example, 40)}?",
        ["day", "month"],
        default=now or None,
        key=f"map_order-{index.index_id}",
    )
    return {ORDER: order or ""} if (order or "") != now else {}


def _table(tables: Sequence[Mapping[str, Any]]) -> None:
    rows = pd.DataFrame(
        [
            (
                plain(f["file"]),
                field,
                plain(column),
                *(plain(s, 60) for s in (f["samples"].get(field, []) + [""] * 3)[:3]),
            )
            for f in tables
            for field, column in f["columns"].items()
        ],
        columns=["file", "field", "column", "sample 1", "sample 2", "sample 3"],
    )
    if not rows.empty:
        draw_table(rows, "report-columns")
    missing = [field for field in FIELDS if not any(field in f["columns"] for f in tables)]
    if missing:
        st.caption(f"No column was read as {join_words(missing)}.")


def _read_now(index: Index) -> dict[str, str]:
    """Field → column in the first table that has it."""
    return {
        field: column
        for f in reversed(index.report["files"])
        for field, column in f.get("columns", {}).items()
    }


def _samples(column: str, previews: Mapping[str, list[str]]) -> list[str]:
    parts = [column] if column in previews else column.split("+")
    return [value for part in parts for value in previews.get(part, []) if value][:3]


def _read_as(corpus: UserCorpus, said: Mapping[str, str], key: str = "") -> None:
    corpus.change(mapping=said, columns_key=key, mapping_of="")
    start_build(corpus)
