"""Corpus: bring articles, see what became of them, correct what was found."""

import streamlit as st

from dashboard.corpus.report import summarise_counts
from dashboard.ui import frame, widgets
from dashboard.ui.corpus import bring, columns, corrections, families, own_columns
from dashboard.wording import count

view = frame.view()
index, corpus = view.index, view.corpus
columns.recall(index, corpus)
totals = index.report["totals"]
n_kept = count(totals["kept"], "article")
widgets.head(
    f"{corpus.name}: {n_kept}" if corpus else f"Corpus: {n_kept}",
    f"{summarise_counts(totals)}. "
    + (
        "Only people with the link can see this corpus. It is deleted after 30 days without a "
        "visit."
        if corpus
        else "Add your own below: they become a corpus with a link of its own."
    ),
)
columns.ask_source(index, corpus)
bring.bring(corpus)
bring.demo(corpus)
bring.switch(corpus)
st.space("small")
bring.report(index)
columns.choose(index, corpus)
own_columns.show(view)
if totals["kept"]:
    st.space("small")
    corrections.articles(index, corpus, frame.corpus_paths())
    if corpus:
        corrections.sources(index, corpus)
    families.show(view)
if corpus:
    bring.manage(corpus)
