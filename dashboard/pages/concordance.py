"""Concordance: every use of a keyword, with the words beside it."""

import streamlit as st

from dashboard.ui import frame, state, widgets
from dashboard.ui.concordance import uses
from dashboard.ui.missing import nothing, unused
from dashboard.ui.trends.keywords import related
from dashboard.wording import in_quotes

view = frame.view()
if not nothing.is_empty(view):
    keyword = uses.picked(view.index.keywords)
    heading = st.container()
    sort, near = uses.picker(keyword, view.index.keywords)
    found = view.measure("uses", keywords=[keyword] if keyword else [], word=near)
    n_uses = int(found["n_uses"].sum())
    with heading:
        said = in_quotes(keyword) if keyword else "A keyword"
        said += f" near {in_quotes(near)}" if near else ""
        widgets.head(
            f"{said}: {uses.total(found)}" if n_uses else f"{said} is not used in these articles",
            "Sort by a word beside it to see what recurs; open a line to read on in its article."
            if n_uses
            else "Try another spelling, end the word with * for any ending, or remove a filter.",
        )
        if keyword and not near and not n_uses:
            unused.say(view, keyword, [keyword])
    if n_uses:
        uses.use_lines(view, keyword, sort, near, n_uses)
        st.space("small")
        uses.collocates(view, keyword)
        related(view, keyword, state.keywords() or [keyword])
        st.space("small")
        uses.strip(view, keyword, near)
        uses.by_source(view, keyword, near)
