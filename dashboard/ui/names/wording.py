"""What each source puts before a name and around it, and the passages behind a mark."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts import voices as charts
from dashboard.charts.keyness import NARROWEST
from dashboard.charts.keyness import keyness as keyness_panels
from dashboard.measures import TABLES
from dashboard.measures.names import findings
from dashboard.measures.passages import context
from dashboard.ui import articles, sources, tables, widgets
from dashboard.ui.frame import View
from dashboard.ui.names.rates import choose, chosen
from dashboard.ui.text import md
from dashboard.wording import count, in_quotes

MOST_TITLES = 8
MOST_PASSAGES = 10
_MOST_READ = 500


def titles(view: View, name: str) -> None:
    """What stands before the name at first mention, source by source."""
    table = view.measure("titles_of_names", names=[name])
    if table.empty or table["title"].isna().all():
        return
    shown = table.assign(title=table["title"].fillna(findings.NOTHING))
    totals = shown.groupby("title")["n_articles"].sum().sort_values(ascending=False, kind="stable")
    rows = totals.head(MOST_TITLES).index.tolist()
    widgets.chart(
        view.drawing(
            "titles",
            lambda: charts.titles(view.of_drawn(shown), rows, view.styles, view.mode),
            name,
        ),
        key="titles",
        finding=findings.titles(table[table["source_id"].isin(view.drawn.ids)], name),
        caption="Bars: share of a source’s articles that put this right before the name at first "
        "mention; beside them the number of articles. Click a bar to read where",
        note=f"n = {count(int(totals.sum()), 'article')} that name it"
        + (f"; the {len(rows)} most frequent." if len(totals) > len(rows) else "."),
        computed=TABLES["titles_of_names"].method,
        table=table,
        filename="titles_of_names.csv",
        on_click=partial(_before, name),
    )


def _before(name: str, mark: Mapping[str, Any]) -> None:
    choose(name, "before", str(mark["title"]), str(mark["src"]))


def around(view: View, name: str, keyword: str) -> None:
    """The words around the name that lean to each source, a panel a source."""
    table = view.measure("wording", keywords=[keyword], drawn=view.drawn.ids)
    heading = f"Words around {name}"
    with st.container(gap=None):
        st.header(md(heading, 120), anchor=False)
        caption = (
            "How many times as often as all other sources, within five words of it, the clearest "
            "first. Faint: could be chance"
        )
        st.caption(f"{caption}. Click a word to read where")
    sources.part_picker(view, "-wording")
    panels = view.drawings(
        "wording", lambda: keyness_panels(table, view.styles, view.mode), keyword
    )
    if table.empty:
        st.markdown("Fewer than two sources in view use it: nothing to compare.")
        return
    parts = {}
    with widgets.panels("names", len(panels), NARROWEST):
        for source_id, figure in panels.items():
            style = view.styles[source_id]
            key = f"wording-{style.rank}"
            parts[key] = style.name
            with st.container(gap="xsmall"):
                st.markdown(widgets.source_name(style, view.mode))
                alt = f"Words {style.name} uses more around {name}"
                widgets.draw(figure, key, alt, partial(_near, name, source_id))
    widgets.foot(
        "wording",
        f"n = {count(int(table.drop_duplicates('source_id')['n_articles'].sum()), 'article')} of "
        f"{count(table['source_id'].nunique(), 'source')}.",
        TABLES["wording"].method,
        table,
        "wording.csv",
        widgets.Picture(parts, heading, caption) if parts else None,
        drawn=list(panels.values()),
        on_click=partial(_near, name, ""),
    )


def _near(name: str, source_id: str, mark: Mapping[str, Any]) -> None:
    choose(name, "near", str(mark["kw"]), source_id)


def passages(view: View, name: str, keyword: str, n_mentions: int) -> None:
    """The passages behind the mark that was clicked, else the first ones with the name, which has
    ``n_mentions`` in view."""
    how, text, of = chosen()
    near, before = (text if how == option else "" for option in ("near", "before"))
    source = view.styles[of].name if of in view.styles else ""
    said = f"Where {name} is named"
    if near:
        said = f"{in_quotes(near)} near {name}"
        found = view.measure(
            "wording_uses", keywords=[keyword], word=near, in_source=of or None, most=_MOST_READ
        )
        hits = [
            (row, articles.hit_text(row.left, row.match, row.right), "")
            for row in tables.rows_of(found.head(MOST_PASSAGES))
        ]
    else:
        if before:
            put = "Nothing" if before == findings.NOTHING else in_quotes(before)
            said = f"{put} before {name}"
        title = None if not before else "" if before == findings.NOTHING else before
        found = view.measure(
            "mentions", names=[name], title=title, in_source=of or None, most=_MOST_READ
        )
        # One long article must not take all lines.
        first = found.loc[found.groupby("article_id").cumcount().sort_values(kind="stable").index]
        hits = _hits(view, first.head(MOST_PASSAGES))
    with st.container(gap=None):
        st.header(md(f"{said} in {source}" if source else said, 160), anchor=False)
        st.caption("In order of date")
    if found.empty:
        st.markdown("Nowhere in the articles in view.")
        return
    articles.quote_list(view, hits, f"names-{how}-{text}-{of}")
    if text or of:
        st.button(
            "Show all mentions", key="names-every", type="tertiary", on_click=choose, args=(name,)
        )
    more = f", {len(hits)} above" * (len(found) > len(hits))
    n = count(len(found), "mention")
    if len(found) == _MOST_READ:
        n = f"at least {n}" if text or of else count(n_mentions, "mention")
        more += f", {_MOST_READ} in the table"
    widgets.foot(
        "mentions",
        f"n = {n}{more}.",
        "",
        found,
        "wording_uses.csv" if near else "mentions.csv",
    )


def _hits(view: View, found: pd.DataFrame) -> list[Any]:
    hits = []
    for row in tables.rows_of(found):
        position = view.index.position(row.article_id)
        if position is not None:
            text = view.index.passages(position)[int(row.passage_id.rpartition("-")[2]) - 1]
            parts = context(text, int(row.start), int(row.end))
            hits.append((row, articles.hit_text(*parts), row.title or ""))
    return hits
