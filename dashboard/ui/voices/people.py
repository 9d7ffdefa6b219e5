"""People: who speaks in which source, and all that one of them says."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts import voices as voices_charts
from dashboard.measures import TABLES
from dashboard.measures.passages import context
from dashboard.measures.voices.findings import is_named
from dashboard.measures.voices.rows import SURE
from dashboard.ui import articles, state, tables, widgets
from dashboard.ui.frame import View
from dashboard.wording import count

MOST_PEOPLE = 20
#: The row of quotations whose speaker the text doesn’t give.
NOBODY = "No speaker given"
MOST_QUOTES = 15


def matrix(view: View, speakers: pd.DataFrame) -> None:
    """Those who speak in most articles, by source. A click shows what one of them says."""
    drawn = view.of_drawn(speakers).fillna({"speaker": NOBODY})

    def top() -> list[str]:
        named = drawn[is_named(drawn)]
        totals = named.groupby("speaker", sort=False)["n_articles"].sum()
        return totals.sort_values(ascending=False, kind="stable").head(MOST_PEOPLE).index.tolist()

    names = view.kept("people", top, view.drawn.ids)
    if not names:
        return
    alone = view.kept("people alone", lambda: _alone(speakers))
    widgets.chart(
        view.drawing(
            "voices",
            lambda: voices_charts.voices(drawn, [*names, NOBODY], view.styles, view.mode),
        ),
        key="voices",
        finding="Who speaks where",
        caption="Articles of a source in which somebody is quoted, in quotation marks or not. "
        "Click a bar to read it",
        note=f"The {len(names)} with the most articles. {alone}",
        computed=TABLES["speakers"].method,
        table=speakers.head(5_000),
        filename="speakers.csv",
    )


def _alone(speakers: pd.DataFrame) -> str:
    """How many are heard in one source only."""
    named = speakers[is_named(speakers)].drop_duplicates("speaker")
    n = int((named["n_sources"] == 1).sum())
    return f"{n:,} of {count(len(named), 'named speaker')} are heard in one source only."


def in_detail(view: View, speakers: pd.DataFrame) -> None:
    """Everything that one speaker says, in order of date; whom, the link or a menu says."""
    names = view.kept(
        "speaker names",
        lambda: [*speakers["speaker"].dropna().drop_duplicates().tolist()[:400], NOBODY],
    )
    asked = state.option("speaker")
    shown = asked or names[0]
    options = names if shown in names else [shown, *names]
    st.header("What one of them says", anchor=False)
    state.seed_widget("pick_speaker", shown)
    st.selectbox(
        "Speaker",
        options,
        key="pick_speaker",
        on_change=lambda: state.set_option("speaker", state.widget("pick_speaker")),
    )
    said = view.measure("quotes", speaker="" if shown == NOBODY else shown)
    if said.empty:
        st.markdown("Nothing in the articles in view.")
        return
    sure = len(said) if shown == NOBODY else int((said["confidence"] >= SURE).sum())
    quote_rows(view, said.head(MOST_QUOTES), "voices-said")
    more = f" {len(said) - sure:,} more are only probably theirs." if sure < len(said) else ""
    more += f" The first {MOST_QUOTES} are listed." if len(said) > MOST_QUOTES else ""
    widgets.foot(
        "voices-said-foot",
        f"n = {count(sure, 'quotation')}.{more}",
        TABLES["quotes"].method,
        said,
        "quotes.csv",
    )


def quote_rows(view: View, quotes: pd.DataFrame, key: str) -> None:
    """Quotations in their sentences, each with how it was said; what is uncertain says so."""

    def made() -> list[Any]:
        found = []
        for row in tables.rows_of(quotes):
            position = view.index.position(row.article_id)
            if position is None:
                continue
            number = int(row.passage_id.rpartition("-")[2]) - 1
            passage = view.index.passages(position)[number]
            start = int(row.start)
            left, match, right = context(passage, start, int(row.end))
            found.append((row, articles.hit_text(left, match, right), _note(row)))
        return found

    shown = tuple(zip(quotes["passage_id"], quotes["start"], strict=True))
    articles.quote_list(view, view.kept(key, made, shown), key)


def _note(row: Any) -> str:
    """ "indirectly, through Tass"; "probably"."""
    said = [
        "probably" if row.confidence < SURE and row.speaker else "",
        {"indirect": "in the reporter’s words", "phrase": "held at a distance"}.get(row.kind, ""),
        f"through {row.channel}" if isinstance(row.channel, str) and row.channel else "",
    ]
    return ", ".join(filter(None, said))
