"""Sourcing: words that travel between sources, and whom each source cites."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts import voices as charts
from dashboard.measures import TABLES
from dashboard.measures.passages import context
from dashboard.measures.voices.citations import NOBODY
from dashboard.measures.voices.findings import chain
from dashboard.ui import articles, state, tables, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.ui.voices import people
from dashboard.wording import count, number

MOST_CHAINS = 6
MOST_USES = 8
MOST_CITED = 15
#: What is cited that is no person.
HOUSES = ("agency", "outlet", "organisation", "document")
KINDS = ("official", "expert", "person", "organisation", "document", "agency", "outlet", "unnamed")


def same_words(view: View) -> None:
    """The quotations that most sources share, use by use, with what was changed or left out."""
    table = view.measure("lineage")
    if table.empty:
        return
    st.header("The same words", anchor=False)
    st.caption("Quoted in several articles, by date: who says them, and what was left out")
    long = table[table["what"] == "quotation"]["chain"].drop_duplicates().head(MOST_CHAINS // 2)
    short = table[table["what"] == "catchphrase"]["chain"].drop_duplicates().head(MOST_CHAINS // 2)
    more = f", {len(long) + len(short):,} above"
    more *= table["chain"].nunique() > len(long) + len(short)
    for link in [*long, *short]:
        uses = table[table["chain"] == link]
        first = uses.iloc[0]
        with st.expander(
            chain(_short(str(first["quote"])), int(first["n_sources"])), key=f"np-chain-{link}"
        ):
            _uses(view, uses.head(MOST_USES), f"chain-{link}")
    widgets.foot(
        "lineage",
        f"n = {count(table['chain'].nunique(), 'chain')}{more}.",
        TABLES["lineage"].method,
        table.head(5_000),
        "lineage.csv",
    )


def _short(quote: str) -> str:
    return quote if len(quote) <= 90 else quote[: quote.rfind(" ", 0, 90)] + " …"


def _uses(view: View, uses: pd.DataFrame, key: str) -> None:
    def made() -> list[Any]:
        found = []
        for row in tables.rows_of(uses):
            position = view.index.position(row.article_id)
            if position is None:
                continue
            passage = view.index.passages(position)[int(row.passage_id.rpartition("-")[2]) - 1]
            start = passage.find(row.quote)
            parts = context(passage, start, start + len(row.quote))
            found.append((row, articles.hit_text(*parts), _said(row)))
        return found

    shown = tuple(zip(uses["passage_id"], uses["quote"], strict=True))
    articles.quote_list(view, view.kept(key, made, shown), key)


def _said(row: Any) -> str:
    """ "Lena Brandt, through Tass; trimmed"; "Tass left out"."""
    who = row.speaker if isinstance(row.speaker, str) else "nobody named"
    if isinstance(row.channel, str):
        who += f", through {row.channel}"
    changed = "" if row.change in ("first", "same") else row.change
    dropped = f"{row.dropped} left out" if isinstance(row.dropped, str) else ""
    return "; ".join(filter(None, (who, changed, dropped)))


def cited(view: View) -> None:
    """Whom each source cites: by name, then by kind, and its articles that cite nobody."""
    table = view.measure("citations")
    if table.empty:
        return
    drawn = view.of_drawn(table)
    names = view.kept("cited names", lambda: _most_cited(drawn), view.drawn.ids)
    if names:
        widgets.chart(
            view.drawing(
                "citations",
                lambda: charts.citations(drawn, names, view.styles, view.mode),
            ),
            key="citations",
            finding="Whom each source cites",
            caption="Agencies, outlets, organisations and documents. Bars: citations per 1,000 "
            "words of the source; beside them the number of citations. Click a bar to read them",
            note=f"The {number(len(names))} cited most." if len(names) > 1 else "",
            computed=TABLES["citations"].method,
            table=table.head(5_000),
            filename="citations.csv",
        )
        _listed(view)
    st.header("What kind of voices", anchor=False)
    st.caption("Citations per 1,000 words, by what the cited one is")
    rates = view.kept("citation rates", lambda: _rates(table))
    tables.table(rates, "np-citations", alt="Citations per 1,000 words by source and kind")
    silent = int(table.loc[table["kind"] == NOBODY, "count"].sum())
    widgets.foot(
        "citation-kinds",
        f"{count(silent, 'article cites', 'articles cite')} nobody."
        if silent
        else "Every article cites somebody.",
        TABLES["citations"].method,
        table.head(5_000),
        "citations.csv",
    )


def _most_cited(table: pd.DataFrame) -> list[str]:
    of_houses = table[table["kind"].isin(HOUSES)]
    totals = of_houses.groupby("cited", sort=False)["count"].sum()
    return totals.sort_values(ascending=False, kind="stable").head(MOST_CITED).index.tolist()


def _listed(view: View) -> None:
    """The citations of a bar that was clicked."""
    name = state.option("cited")
    if not name:
        return
    said = view.measure("quotes", cited=name)
    st.subheader(f"Citing {md(name, 80)}", anchor=False)
    if said.empty:
        st.markdown("Nothing in the articles in view.")
        return
    people.quote_rows(view, said.head(people.MOST_QUOTES), "citing")
    widgets.foot(
        "citing-foot",
        f"n = {count(len(said), 'citation')}."
        + f" The first {people.MOST_QUOTES} are listed." * (len(said) > people.MOST_QUOTES),
        TABLES["citations"].method,
        said,
        "citations.csv",
    )


def _rates(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each source: citations per 1,000 words of each kind, articles that cite nobody."""
    rows = []
    for source, own in table.groupby(table["source"].fillna("unknown"), sort=False):
        words = float(own["n_words"].iloc[0])
        by_kind = own.groupby("kind")["count"].sum()
        row: dict[str, Any] = {"source": source, "n_articles": int(own["n_articles"].iloc[0])}
        row |= {kind: 1000 * float(by_kind.get(kind, 0)) / max(words, 1) for kind in KINDS}
        rows.append(row | {"cites nobody": int(by_kind.get(NOBODY, 0))})
    return pd.DataFrame(rows)
