"""Nothing to show: which filter leaves nothing, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.measures.search import respelt
from dashboard.scope import Scope
from dashboard.ui import state
from dashboard.ui.coverage import import_report
from dashboard.ui.frame import View
from dashboard.ui.missing import meant
from dashboard.ui.widgets import empty, head, page_link
from dashboard.wording import count, join_words, searched


def is_empty(view: View) -> bool:
    """Whether nothing is in view; then says what to do."""
    if view.index.n_articles == 0:
        empty(
            "No articles yet",
            "No article could be read; the report below says why. Drop other files on "
            "the Corpus page, or open a folder of texts or a CSV file: streamlit run app.py -- "
            "PATH",
        )
        page_link("corpus", "Corpus →")
        import_report(view.index)
        return True
    if view.scope.article_mask(view.index).any():
        return False
    alone, without = _found_alone(view), list(_ways_out(view))
    total = count(view.index.n_articles, "article")
    if view.scope.query and not alone:
        head(f"No article matches {searched(view.scope.query)}", f"The corpus has {total}.")
        spelt = respelt(view.index, view.scope.query)
        meant.offer(spelt, "spelt", lambda query: state.set_scope(q=query))
    else:
        names = [name for name, _, _ in _filters(view.scope)]
        one = len(names) == 1
        head(
            f"No article passes {'this filter' if one else 'these filters'}",
            f"The corpus has {total}; none passes the {join_words(names)}"
            f"{'' if one else ' together'}.",
        )
    with st.container(horizontal=True):
        for name, changes, n in without:
            st.button(
                f"Remove the {name} ({count(n, 'article')})",
                key=f"without-{name}",
                on_click=partial(state.set_scope, **changes),
            )
        st.button("Show all articles", type="primary", on_click=state.clear, key="np-empty")
    return True


def _filters(scope: Scope) -> Iterator[tuple[str, Scope, dict[str, None]]]:
    """Each filter that is on: its name, the scope without it, what a click changes."""
    if scope.query:
        yield "search", replace(scope, query=""), {"q": None}
    if scope.sources:
        yield "sources", replace(scope, sources=()), {"src": None}
    if scope.topics:
        yield "topics", scope.without_topics(), {"topic": None}
    if scope.where:
        yield "columns", replace(scope, where=()), {"where": None}
    if scope.story:
        yield "story", replace(scope, story=""), {"story": None}
    if scope.undated or scope.date_from or scope.date_to:
        undone = replace(scope, date_from=None, date_to=None, undated=False)
        yield "dates", undone, {"from_": None, "to": None}


def _ways_out(view: View) -> Iterator[tuple[str, dict[str, None], int]]:
    """The filters without which there are articles, and how many."""
    filters = list(_filters(view.scope))
    for name, scope, changes in filters if len(filters) > 1 else []:
        n = int(scope.article_mask(view.index).sum())
        if n:
            yield name, changes, n


def _found_alone(view: View) -> int:
    """How many articles of the whole corpus the search finds."""
    return int(replace(Scope(), query=view.scope.query).article_mask(view.index).sum())
