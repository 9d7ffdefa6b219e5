"""Names: who and what is named by which source, with which title, among which words."""

import streamlit as st

from dashboard.measures import TABLES
from dashboard.measures.names import findings
from dashboard.measures.names.rows import n_unread
from dashboard.ui import frame, tables, widgets
from dashboard.ui.missing import nothing
from dashboard.ui.names import changes, rates, wording

MOST = 5_000

view = frame.view()
if not nothing.is_empty(view):
    names = view.measure("names", most=MOST)
    n_articles, unread = view.summary.n_articles, n_unread(view.index, view.scope)
    finding = findings.names(names, n_articles, MOST, unread)
    widgets.head(finding.title, finding.standfirst)
    if len(names):
        rates.matrix(view, names)
        st.space("small")
        name = rates.picked(names)
        own = view.measure("names", names=[name])
        for row in tables.rows_of(own):
            rates.facts(row)
            changes.change(view, name)
            wording.titles(view, name)
            wording.around(view, name, row.keyword)
            wording.passages(view, name, row.keyword, int(row.n_mentions))
        if own.empty:
            st.markdown("No article in view has this name.")
        widgets.foot(
            "names-all", f"n = {len(names):,} names.", TABLES["names"].method, names, "names.csv"
        )
