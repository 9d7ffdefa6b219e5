"""How often each source names whom, and the name that the page is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts import voices as charts
from dashboard.measures import TABLES
from dashboard.scope import SEPARATOR
from dashboard.ui import sources, state, widgets
from dashboard.ui.frame import View
from dashboard.ui.link.parameters import PLAIN, length
from dashboard.ui.text import md
from dashboard.wording import count

MOST_NAMES = 15
_MOST_LISTED = 400
#: What the rows are → which kind of name.
ROWS = {"all": "All", "people": "People", "bodies": "Organisations", "places": "Places"}
_KIND_OF = {"people": "person", "bodies": "organisation", "places": "place"}
#: What a mark that was clicked counts: a word near the name, what stands before it, a source.
HOWS = ("near", "before", "in")


def choose(name: str, how: str = "in", text: str = "", source_id: str = "") -> None:
    """Show the passages of a name that a mark counts; without ``source_id`` and ``text`` all."""
    while length(name) > PLAIN["name"]:
        name = name[:-1]  # enough to tell it from the others, see ``picked``
    state.set_option("name", name)
    state.set_option("mark", [how, text, source_id] if text or source_id else "")


def chosen() -> tuple[str, str, str]:
    """What the link says of the mark: how, text and source id."""
    how, _, rest = state.option("mark").partition(SEPARATOR)
    text, _, source_id = rest.rpartition(SEPARATOR)
    return (how, text, source_id) if how in HOWS else ("in", "", "")


def of_kind(names: pd.DataFrame) -> pd.DataFrame:
    """The names of the kind that the link asks for."""
    kind = _KIND_OF.get(state.option("rows", "all", allowed=ROWS))
    return names[names["kind"] == kind] if kind else names


def matrix(view: View, names: pd.DataFrame) -> None:
    """Those whom most articles name, by source. A click shows where."""
    shown = of_kind(names)["name"].tolist()[:MOST_NAMES]
    rates = view.measure("names_by_source", names=shown)
    drawn = view.of_drawn(rates)
    widgets.chart(
        view.drawing(
            "names", lambda: charts.names(drawn, shown, view.styles, view.mode), tuple(shown)
        ),
        key="names",
        finding="Who is named where",
        caption="Bars: mentions per 1,000 words of the source; beside them the number of mentions. "
        "Click a bar to read where",
        note=f"The {len(shown)} with the most articles"
        + (f", of {count(len(names), 'name')}." if len(names) > len(shown) else "."),
        computed=TABLES["names_by_source"].method,
        table=rates,
        filename="names_by_source.csv",
        on_click=_chosen,
        choice=lambda: _choices(view),
    )


def _choices(view: View) -> None:
    widgets.picked("rows", ROWS, "Names")
    sources.part_picker(view, "-names")


def _chosen(mark: Mapping[str, Any]) -> None:
    choose(str(mark["name"]), source_id=str(mark["src"]))


def picked(names: pd.DataFrame) -> str:
    """The name that the page is about; which, the link (by how it begins) or a menu says."""
    of = of_kind(names)
    listed = (of if len(of) else names)["name"].tolist()[:_MOST_LISTED]
    # What stands before a name is a matter of people.
    people = of.loc[of["kind"] == "person", "name"].tolist()[:1]
    asked = state.option("name")
    begin = [n for n in names["name"] if n.startswith(asked)] if asked not in set(listed) else []
    shown = next(iter(begin), asked) if asked else [*people, *listed][0]
    st.header("One name", anchor=False)
    state.seed_widget("pick_name", shown)
    st.selectbox(
        "Name",
        listed if shown in listed else [shown, *listed],
        key="pick_name",
        on_change=lambda: choose(str(state.widget("pick_name"))),
    )
    return shown


def facts(row: Any) -> None:
    """How a name is written, and the ways to its articles and its trend."""
    written = row.aliases.split(" | ")
    said = f"Written {', '.join(md(each, 60) for each in written[:8])}. " if written[1:] else ""
    said += f"{count(int(row.n_articles), 'article')}, {count(int(row.n_mentions), 'mention')}."
    st.markdown(said)
    with st.container(horizontal=True):
        st.button(
            "Filter to these articles",
            key="names-filter",
            type="tertiary",
            icon=":material/filter_alt:",
            on_click=lambda: state.set_scope(q=row.keyword),
        )
        st.button(
            "Use as keyword",
            key="names-keyword",
            type="tertiary",
            icon=":material/search:",
            help="Trends then counts it in every way it is written.",
            on_click=lambda: state.set_scope(kw=[row.keyword]),
        )
