"""Correct what was found: titles, sources and dates, and lines that were set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.corpus.corrections import Corrections, is_correction, is_day, read_corrections
from dashboard.corpus.parsing.outlets import merge_proposals
from dashboard.corpus.readers.tables.date_columns import settle_order, typed_day
from dashboard.corpus.readers.tables.mapping import ORDER
from dashboard.index.index import Index
from dashboard.library.corpora import CorporaError, UserCorpus, create_corpus, write_json
from dashboard.library.indexes import given_index
from dashboard.library.jobs import start_build
from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.ui import state, tables
from dashboard.ui.text import md, plain
from dashboard.wording import MISSING, count, in_quotes, join_words, show_day

EDITABLE = ("title", "source", "date")
MOST_ROWS = 2_000
MOST_PAIRS = 20
MOST_SAID = 5  # dates in a notice


def articles(index: Index, corpus: UserCorpus | None, paths: Sequence[Path]) -> None:
    """Title, source and date of each article with their basis, editable in the user's own corpus,
    which is made of the files at ``paths``: an index has none."""
    without_files = corpus is None and given_index(paths) is not None
    columns = (*EDITABLE, "date_basis", "n_words", "file", "row")
    shown = index.article_rows(index.by_date[:MOST_ROWS], columns)
    with st.container(gap=None):
        st.header("Titles, sources and dates", anchor=False)
        st.caption(
            "Edit a cell, then save. Dates as you write them: 2023-06-30, 30 June 2023, or in the "
            "order of the file’s own. Your value is marked “given” and kept when files are read "
            "again."
            if corpus
            else "This is an index without the files it was built from. To correct its articles, "
            "correct the files, or a metadata.csv beside them, and build it again."
            if without_files
            else "All visitors share this corpus. To correct it, make a copy of your own."
        )
    if corpus is None:
        tables.table(shown, "articles-read", name="articles")
        if not without_files:
            st.button("Make a copy to correct", on_click=_copied, args=(paths,))
        return
    st.data_editor(
        shown,
        hide_index=True,
        disabled=[c for c in shown.columns if c not in EDITABLE],
        column_config=tables.heads(shown, "articles"),
        key="edit_articles",
        placeholder=MISSING,
    )
    if index.n_articles > MOST_ROWS:
        st.caption(
            f"The first {MOST_ROWS:,} of {index.n_articles:,}; filter a larger corpus in its files."
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button("Save corrections", type="primary", on_click=_save_edits, args=(corpus, index))
        n_inferred = len(_inferred(index))
        if n_inferred:
            st.button(
                f"Accept {count(n_inferred, 'inferred date')}",
                on_click=_accept_dates,
                args=(corpus, index),
            )
        st.download_button(
            "Download metadata.csv",
            data=lambda: metadata_csv(index),
            file_name="metadata.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _copied(paths: Sequence[Path]) -> None:
    try:
        files = [
            (f"{file.relative_to(root.parent)}" if root.is_dir() else file.name, file.read_bytes())
            for root in paths
            for file in (sorted(root.rglob("*")) if root.is_dir() else [root])
            if file.is_file()
        ]
        target = create_corpus("My copy")
        target.add(files)
    except (CorporaError, OSError) as error:
        state.say(str(error))
        return
    start_build(target)
    state.open_corpus(target.token)


def _save_edits(corpus: UserCorpus, index: Index) -> None:
    edits: Mapping[int, Mapping[str, Any]] = (state.widget("edit_articles") or {}).get(
        "edited_rows", {}
    )
    corrections = read_corrections(corpus.corrections)
    wrong, read = [], []
    for row, changes in edits.items():
        position = index.by_date[int(row)]
        found = index.article_rows([position], ["article_id", "file"]).iloc[0]
        for name, value in changes.items():
            text = str(value or "").strip()
            if name == "date" and text and not is_day(text):
                order = partial(_order_of, str(found["file"]), corpus, index)
                day, why = typed_day(text, order)
                if why:
                    wrong.append(f"{in_quotes(plain(text, 40))} {why}")
                    continue
                read.append(f"{in_quotes(plain(text, 40))} as {show_day(date.fromisoformat(day))}")
                text = day
            if name in EDITABLE:
                corrections.articles.setdefault(str(found["article_id"]), {})[name] = text
    if wrong:
        more = f"; and {len(wrong) - MOST_SAID:,} more" if len(wrong) > MOST_SAID else ""
        state.say(f"{count(len(wrong), 'date')} not saved: {'; '.join(wrong[:MOST_SAID])}{more}.")
    if n_saved := sum(map(len, edits.values())) - len(wrong):
        as_read = f" Read {join_words(read[:MOST_SAID])}." if read else ""
        _save(corpus, corrections, f"Saved {count(n_saved, 'correction')}.{as_read}")
    elif not wrong:
        state.say("Nothing to save: no cell was edited.")


def _order_of(file: str, corpus: UserCorpus, index: Index) -> str:
    """What comes first in the dates of a file, as its own were read: by hand, else by its clear
    ones."""
    if said := (corpus.settings.get("mapping") or {}).get(ORDER):
        return str(said)
    fields = TABLES["fields"](index, Scope())
    theirs = index.article_rows(np.arange(index.n_articles), ["article_id", "file"])
    ids = theirs.loc[theirs["file"] == file, "article_id"]
    dates = fields[(fields["field"] == "date") & fields["article_id"].isin(ids)]
    # The evidence is the cell; of one that could not be read it is the cell in quotation marks.
    return settle_order((str(cell).strip("“”"), "") for cell in dates["evidence"])


def _save(corpus: UserCorpus, corrections: Corrections, said: str) -> None:
    """Write them down, say so on the page that follows, and read the articles again."""
    write_json(corpus.corrections, vars(corrections))
    state.say(said)
    start_build(corpus)


def _inferred(index: Index) -> NDArray[np.int64]:
    """Positions of the articles whose date was worked out from the text."""
    basis = index.article_rows(np.arange(index.n_articles), ["date_basis"])["date_basis"]
    return np.flatnonzero(basis == "inferred")


def _accept_dates(corpus: UserCorpus, index: Index) -> None:
    corrections = read_corrections(corpus.corrections)
    inferred = index.article_rows(_inferred(index), ["article_id", "date"])
    for article_id, day in zip(inferred["article_id"], inferred["date"], strict=True):
        corrections.articles.setdefault(article_id, {})["date"] = day
    _save(corpus, corrections, f"Accepted {count(len(inferred), 'inferred date')}.")


def sources(index: Index, corpus: UserCorpus) -> None:
    """Name the unknown source, or fold two names into one; what was folded can be taken apart."""
    names = {s.name: plain(s.name, 60) for s in index.sources}
    if (index.source_of < 0).any():
        names = {"": "source unknown", **names}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Rename source", list(names), key="old_source", format_func=lambda n: names[n])
        st.text_input("New name", key="new_source", placeholder="the name to use")
        st.button("Rename", on_click=_rename_source, args=(corpus,))
    said = read_corrections(corpus.corrections).sources
    proposed = merge_proposals([s.name for s in sorted(index.sources, key=lambda s: s.rank)])
    spelled = {k: v for f in index.report["files"] for k, v in f.get("spellings", {}).items()}
    _pairs(
        "These may be one outlet:",
        [(old, new) for old, new in proposed if said.get(old) != old],
        {"Count as one": (_call_source, 1), "They are two": (_call_source, 0)},
        corpus,
    )
    _pairs(
        "Counted as one, as spellings of one name:",
        [(old, new) for old, new in spelled.items() if old not in said],
        {"Keep apart": (_call_source, 0)},
        corpus,
    )
    _pairs("Said by hand:", list(said.items()), {"Undo": (_forget_source, 0)}, corpus)


def _pairs(
    heading: str,
    pairs: Sequence[tuple[str, str]],
    buttons: Mapping[str, tuple[Callable[[UserCorpus, str, str], None], int]],
    corpus: UserCorpus,
) -> None:
    """Two names a line, with buttons that call what goes with them for the first of the names and
    the one of that number."""
    if pairs:
        st.caption(heading)
    for pair in pairs[:MOST_PAIRS]:
        old, new = (md(name or "source unknown", 60) for name in pair)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{old} → {new}", width="content")
            for label, (change, name) in buttons.items():
                args = (corpus, pair[0], pair[name])
                key = f"{label}-{pair[0]}"
                st.button(label, key=key, type="tertiary", on_click=change, args=args)
    if (more := len(pairs) - MOST_PAIRS) > 0:
        st.caption(f"and {more:,} more")


def _rename_source(corpus: UserCorpus) -> None:
    old, new = state.widget("old_source") or "", (state.widget("new_source") or "").strip()
    if not new:
        state.say("Write the source’s new name.")
        return
    _call_source(corpus, old, new)


def _call_source(corpus: UserCorpus, old: str, new: str) -> None:
    """Give a source another name; its own, to keep it apart from one that is written alike."""
    corrections = read_corrections(corpus.corrections)
    said = {k: new if v == old and old else v for k, v in corrections.sources.items()}
    corrections.sources = {**said, old: new}
    for values in corrections.articles.values():
        if values.get("source") == old:
            values["source"] = new
    if old != new and old in corrections.families:
        corrections.families.setdefault(new, corrections.families[old])
    whose = in_quotes(old) if old else "The unknown source"
    kept = f"{whose} stays a source of its own." if old == new else ""
    _save(corpus, corrections, kept or f"{whose} is now {in_quotes(new)}.")


def _forget_source(corpus: UserCorpus, old: str, _: str) -> None:
    corrections = read_corrections(corpus.corrections)
    corrections.sources.pop(old, None)
    _save(corpus, corrections, f"{in_quotes(old) if old else 'The unknown source'} is as it was.")


def metadata_csv(index: Index) -> bytes:
    """The corrections, and no other values, as a ``metadata.csv`` to stand beside the texts. A
    family that was said of a source stands in each of its articles."""
    fields = TABLES["fields"](index, Scope())
    fields = fields[fields["evidence"].map(is_correction)]
    values = fields.pivot(index="article_id", columns="field", values="value")
    said = {k: v for k, v in index.manifest.get("families", {}).items() if v}
    kept = ["article_id", "file", "row", *(["source"] if said else [])]
    rows = index.article_rows(index.by_date, kept)
    if said:
        rows["family"] = rows.pop("source").map(said)
        theirs = rows[rows["family"].notna()].set_index("article_id").index
        values = values.reindex(values.index.union(theirs))
    rows = rows.merge(
        values.reindex(columns=list(EDITABLE)).rename_axis("article_id").reset_index(),
        on="article_id",
    )
    rows = rows.drop(columns="article_id").assign(note="corrected by hand")
    return rows.to_csv(index=False, lineterminator="\n").encode("utf-8", "replace")
