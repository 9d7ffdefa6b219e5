"""How to cite and reproduce what a page shows, and the scope as files to take along."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from dashboard.formats.bundles import BUNDLES
from dashboard.formats.citation import VERSION, bibtex, command_line, facts_of
from dashboard.measures import TABLES
from dashboard.ui import state, tables
from dashboard.ui.components import drawing
from dashboard.ui.frame import View, tab_title
from dashboard.ui.text import md

#: The table that a page is about; of the others it is a report.
PAGE_TABLES = {
    "": "coverage", "overview": "coverage", "stories": "story_list", "articles": "articles",
    "sources": "keyness", "topics": "topics", "voices": "speakers", "names": "names",
    "figures": "figures", "trends": "trends", "timeline": "timeline", "corpus": "fields",
}  # fmt: skip


def cite(view: View) -> None:
    """Link, corpus, version, the equal command line and BibTeX, once it is opened; pictures say
    the first three always."""
    made = f"Newsprism {VERSION}, corpus {view.index.corpus_id}"
    drawing.sign(made, state.share_url(view.index))
    place = st.popover("Cite and reproduce", type="tertiary", key="cite", on_change="rerun")
    if not place.open:
        return
    facts, link = facts_of(view.index, view.scope), state.share_url(view.index)
    with place:
        st.caption("Link to this view")
        st.code(link, language=None, wrap_lines=True)
        st.caption(
            f"Corpus {md(facts['corpus'])}, index {md(facts['index'])}, Newsprism "
            f"{md(facts['version'])}: {md(facts['in words'], 600)}"
        )
        st.caption("The same on the command line; INDEX is the folder that build --out makes")
        st.code(equal_command(view), language="sh", wrap_lines=True)
        st.caption("BibTeX")
        page = state.page_here().capitalize() or "Overview"
        entry = bibtex(tab_title(view, page, ""), facts, link, date.today())
        st.code(entry, language="latex", wrap_lines=True)


def equal_command(view: View) -> str:
    """The command that prints the numbers of the open page."""
    page = state.page_here()
    if page not in PAGE_TABLES:
        return command_line("brief", view.scope)
    table = PAGE_TABLES[page]
    if page == "trends" and len(state.keywords()) > 1:
        table = "trends_together"
    taken = {option.name for option in TABLES[table].options}
    more = []
    if "keywords" in taken:
        more += [f"--keyword={keyword}" for keyword in state.keywords()]
    if "by" in taken and (column := state.option("compare")):
        more += [f"--compare-by={column}"]
    for name in ("among", "period", "smooth") if page == "trends" else ():
        more += [f"--{name}={value}" for value in [state.option(name)] if value]
    if view.hidden and TABLES[table].words:
        more += [f"--hide={','.join(view.hidden)}"]
    return command_line("export", view.scope, table, *more)


def export(view: View) -> None:
    """The scope as files; each is written when it is asked for."""
    place = st.popover("Export", type="tertiary", key="export", on_change="rerun")
    if not place.open:
        return
    with place, st.container(gap="small"):
        st.caption(f"Of {md(view.scope.describe(view.index), 600)}")
        for name, bundle in BUNDLES.items():
            st.download_button(
                bundle.label,
                data=partial(bundle.write, view.index, view.scope),
                file_name=tables.file_name(f"{name}.{bundle.ending}"),
                mime=bundle.media_type,
                key=f"export-{name}",
                type="tertiary",
                on_click="ignore",
            )
