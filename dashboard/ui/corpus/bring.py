"""Bring articles, watch them being read, see what became of them; the corpora of a visitor."""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.corpus.limits import can_limit
from dashboard.corpus.report import summarise_counts
from dashboard.index.index import Index
from dashboard.library.corpora import CorporaError, UserCorpus, create_corpus, find_corpus
from dashboard.library.jobs import start_build, stop_build
from dashboard.places import DEMO, DEMO_NAME
from dashboard.ui import frame, state, tables
from dashboard.ui.text import md, plain
from dashboard.wording import count, in_quotes

#: What can be said of a pasted text.
PASTED = {
    "title": "Title of the pasted text",
    "source": "Source",
    "date": "Date, as 2024-05-16",
    "url": "Address",
}
# What parted the words of languages that write no spaces.
PARTED = {
    "ICU": "Words that no space divides (Chinese, Japanese, Thai …) are told apart by the "
    "dictionaries of ICU.",
    "characters": "Where no space divides words (Chinese, Japanese, Thai …) each character counts "
    "as one: the package icu4py, whose dictionaries would tell words apart, isn’t installed.",
}


def bring(corpus: UserCorpus | None) -> None:
    """Upload files or paste text: into ``corpus``, or into a new one that the link then names."""
    if not can_limit():
        st.caption(
            "This system can’t limit the memory and time that reading a file takes. Bring files "
            "only from people you trust."
        )
    key = f"pick_files-{state.times('brought')}"  # a new one once its files are taken in
    st.file_uploader(
        "Files",
        accept_multiple_files=True,
        key=key,
        help="Text, web pages, tables, feeds, mail archives, or a zip of any of them. A folder "
        "goes in as a zip; its sub-folders name the sources. They are read as soon as they are here"
        + (", and added to this corpus." if corpus else ", and become a corpus of your own."),
        on_change=lambda: _brought(corpus, state.widget(key) or [], ""),
    )
    with st.expander("Paste text instead"):
        for name, label in PASTED.items():
            st.text_input(label, key=f"paste_{name}", placeholder="optional")
        st.text_area("Text", key="paste_text", height=160)
        pasted = (state.widget("paste_text") or "").strip()
        st.button(
            "Add to this corpus" if corpus else "Create a corpus",
            type="primary",
            disabled=not pasted,
            on_click=_brought,
            args=(corpus, [], pasted),
        )


def demo(corpus: UserCorpus | None) -> None:
    """The way to a corpus that shows what five articles can't, where none of one's own is open."""
    if corpus or frame.is_demo(corpus):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("No articles at hand?", width="content")
        st.button("Open the demo", type="tertiary", key="open-demo", on_click=_open_demo)
        st.caption("Articles of eight outlets, generated, not news", width="content")


def _open_demo() -> None:
    try:
        target = create_corpus(DEMO_NAME)
        target.change(demo=True)
        target.add((path.name, path.read_bytes()) for path in sorted(DEMO.iterdir()))
    except (CorporaError, OSError) as error:
        state.say(str(error))
        return
    start_build(target)
    state.open_corpus(target.token)


def _brought(corpus: UserCorpus | None, files: list[Any], pasted: str) -> None:
    named = [(file.name, file.getvalue()) for file in files]
    if pasted:
        named.append(_pasted(pasted))
    if not named:  # a file was taken out again
        return
    try:
        only = named[0][0].rpartition(".")[0] if len(named) == 1 else ""
        target = corpus or create_corpus(only or "My corpus")
        target.add(named)
    except (CorporaError, OSError) as error:
        state.say(str(error))
        return
    state.once_more("brought")
    start_build(target)
    state.open_corpus(target.token)


def _pasted(text: str) -> tuple[str, bytes]:
    """Pasted text as a file: what was said of it is a row of a table."""
    values = {name: (state.widget(f"paste_{name}") or "").strip() for name in PASTED}
    row = {**{name: value for name, value in values.items() if value}, "text": text}
    written = pd.DataFrame([row]).to_csv(index=False).encode("utf-8", "replace")
    return f"pasted-{hashlib.sha256(written).hexdigest()[:8]}.csv", written


def report(index: Index) -> None:
    """What became of every file, with each problem; the same as ``check --json`` prints."""
    files = pd.DataFrame(
        [
            {
                "file": plain(f["file"]),
                **{k: f.get(k) for k in ("format", "encoding")},
                **{k: f[k] for k in ("records", "kept")},
                "set aside": f["quarantined"],
                "merged": f["merged"],
            }
            for f in index.report["files"]
        ]
    )
    problems = pd.DataFrame(
        [
            {"file": plain(f["file"]), **{k: p[k] for k in ("row", "column", "reason", "remedy")}}
            for f in index.report["files"]
            for p in f["problems"]
        ]
    )
    with st.container(gap=None):
        st.header("Import report", anchor=False)
        st.caption(summarise_counts(index.report["totals"]))
        if index.made.segmenter:
            st.caption(PARTED[index.made.segmenter])
    if not files.empty:
        tables.table(files, "report-files")
    if not problems.empty:
        st.caption(f"{count(len(problems), 'note')}: where, why and what to do")
        tables.table(problems, "report-problems")
    st.download_button(
        "Download the report (CSV)",
        data=lambda: tables.csv_bytes(problems if not problems.empty else files),
        file_name="import_report.csv",
        mime="text/csv",
        on_click="ignore",
    )


def switch(corpus: UserCorpus | None) -> None:
    """The way to the other corpora that this visitor opened, and to the default one."""
    others = [c for c in map(find_corpus, state.corpora_seen()) if c and c != corpus]
    if not corpus and not others:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Switch to:", width="content")
        if corpus:
            st.button("the articles of this dashboard", type="tertiary", on_click=state.open_corpus)
        for other in others:
            st.button(
                md(other.name, 60),
                key=f"open-{other.token}",
                type="tertiary",
                on_click=state.open_corpus,
                args=(other.token,),
            )


def manage(corpus: UserCorpus) -> None:
    """Rename or delete a corpus of one's own."""
    with st.expander("Rename or delete this corpus"):
        state.seed_widget("corpus_name", corpus.name)
        st.text_input(
            "Name",
            key="corpus_name",
            on_change=_rename,
            args=(corpus,),
        )
        st.caption("Deleting removes the files, the corrections and the index from this server.")
        st.button("Delete this corpus", on_click=_delete, args=(corpus,))


def _rename(corpus: UserCorpus) -> None:
    # The box may report an empty name when it was not drawn for a while.
    if name := (state.widget("corpus_name") or "").strip()[:80]:
        corpus.change(name=name)
        state.say(f"Renamed to {in_quotes(name)}.")


def _delete(corpus: UserCorpus) -> None:
    stop_build(corpus)
    try:
        corpus.delete()
    except CorporaError as error:
        state.say(f"{error}.")
    state.open_corpus("")
