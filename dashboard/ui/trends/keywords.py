"""Keywords over time: which, how measured, and their charts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.charts.parts import dates
from dashboard.charts.parts.theme import MOST_KEYWORDS
from dashboard.charts.trends.points import Measure
from dashboard.charts.trends.together import MOST_BANDS
from dashboard.charts.trends.together import together as together_chart
from dashboard.charts.trends.trends import trends as trend_chart
from dashboard.index.layers.layer import MissingLayer
from dashboard.measures import TABLES
from dashboard.measures.related.related import why_none
from dashboard.text.query import UnreadableQuery, as_keyword, parse_keyword
from dashboard.ui import state, tables, widgets
from dashboard.ui.frame import View
from dashboard.ui.link.keywords import separate
from dashboard.ui.sources import absent
from dashboard.ui.text import isolated, md, plain
from dashboard.ui.trends.drawn import HowDrawn
from dashboard.ui.trends.rises import suggested
from dashboard.wording import count, in_quotes, join_words, rounded

MEASURES: dict[Measure, str] = {
    "count": "Count",
    "per_10k": "Per 10,000 words",
    "share": "Articles, %",
}
UNITS: dict[Measure, str] = {
    "count": "Times used",
    "per_10k": "Uses per 10,000 words",
    "share": "Share of articles that use it, %",
}
COUNTED = 50  # more articles than that are compared by rate
_FIRST = f"The first {MOST_KEYWORDS} keywords are drawn; more can’t be told apart."


def chosen_keywords() -> list[str]:
    """The keywords of the link, as many as can be told apart; that there are more is said."""
    asked = state.keywords()
    if len(asked) > MOST_KEYWORDS:
        state.notices().append(_FIRST)
    return asked[:MOST_KEYWORDS]


def chosen_measure(n_articles: int) -> Measure:
    """What the link asks for; else counts, or rates where the articles of the corpus are more than
    ``COUNTED``: a filter doesn't change the measure."""
    usual: Measure = "count" if n_articles <= COUNTED else "per_10k"
    asked = state.option("measure", usual, allowed=MEASURES)
    return next(measure for measure in MEASURES if measure == asked)


def chosen_among() -> str:
    """The keyword that articles must use to be counted; one that can't be read is said."""
    text = plain(state.option("among"))
    try:
        return text if parse_keyword(text) else ""
    except UnreadableQuery as error:
        state.notices().append(f"The keyword {in_quotes(text)} is left out: {error}.")
        return ""


def keyword_picker(view: View, keywords: Sequence[str], measure: Measure) -> None:
    """Keywords to type or to pick, and what to measure."""
    offered = suggested(view)
    with st.container(horizontal=True, gap="medium", key="np-measured"):
        state.seed_widget("pick_kw", ", ".join(keywords))
        st.text_input(
            "Keywords",
            key="pick_kw",
            on_change=_keywords_typed,
            help=f"Up to {MOST_KEYWORDS}, separated by commas. Several words form a phrase; end a "
            "word with \\* for any ending; write OR between alternatives, in brackets within a "
            "phrase: climate (change OR crisis). =Trump is only what is written so; tariff\\* "
            "NEAR/5 China counts tariff\\* where China stands at most five words away.",
        )
        state.seed_widget("pick_measure", measure)
        st.segmented_control(
            "Measure",
            list(MEASURES),
            key="pick_measure",
            format_func=MEASURES.__getitem__,
            required=True,
            on_change=lambda: state.carry("measure", "pick_measure"),
        )
        state.seed_widget("pick_among", chosen_among())
        st.text_input(
            "Of the articles with",
            key="pick_among",
            width=220,
            placeholder="all articles in view",
            help="Another keyword: only articles that use it are counted, so that “tariff” among "
            "those with “China” is not a matter of how often China is in the news.",
            on_change=lambda: state.carry("among", "pick_among"),
        )
    if offered:
        state.seed_widget("pick_suggested", [k for k in offered if k in keywords])
        st.pills(
            "Suggested" if view.scope.is_everything else "Suggested, from the whole corpus",
            list(offered),
            key="pick_suggested",
            selection_mode="multi",
            format_func=md,
            on_change=_keywords_picked,
            args=("pick_suggested", list(keywords), list(offered)),
        )


def related(view: View, keyword: str, keywords: Sequence[str]) -> None:
    """A row of words that the corpus uses in the keyword's company, each a click that adds it; else
    why there are none."""
    try:
        found = view.measure("related_words", keywords=[keyword])
        why = "" if len(found) else why_none(view.index, keyword)
    except MissingLayer:
        why = "this index does not have them yet"
    if why:
        st.caption(md(f"Related in this corpus: none shown; {why}.", 300))
        return
    offered = list(dict.fromkeys(as_keyword(word) for word in found["related"]))
    key = "pick_related"
    state.seed_widget(key, [word for word in offered if word in keywords])
    st.pills(
        f"Related in this corpus to {md(in_quotes(keyword))}",
        offered,
        key=key,
        selection_mode="multi",
        format_func=md,
        help="Words that this corpus uses in the same company, the most similar first, found in "
        f"{count(int(found['n_read'].iloc[0]), 'article')}; not synonyms, and not counted unless "
        "you add them with a click.",
        on_change=_keywords_picked,
        args=(key, list(keywords), offered),
    )


def _keywords_typed() -> None:
    chosen = separate(state.widget("pick_kw") or "")
    if len(chosen) > MOST_KEYWORDS:
        state.say(_FIRST)
    state.set_option("kw", chosen[:MOST_KEYWORDS])


def _keywords_picked(key: str, keywords: list[str], offered: list[str]) -> None:
    picked = state.widget(key) or []
    kept = [k for k in keywords if k not in offered or k in picked]
    chosen = [*kept, *(k for k in picked if k not in kept)]
    for left_out in chosen[:-MOST_KEYWORDS]:
        state.say(f"{in_quotes(left_out)} made room: {MOST_KEYWORDS} keywords can be told apart.")
    state.set_option("kw", chosen[-MOST_KEYWORDS:])


def together(
    view: View, table: pd.DataFrame, keywords: Sequence[str], measure: Measure, now: HowDrawn
) -> None:
    """The keywords in one chart; ``table``: ``trends_together``."""
    rows = table[table["keyword"] == keywords[0]]  # of whose periods all have rows
    widgets.chart(
        view.drawing(
            "trends together",
            lambda: together_chart(table, keywords, view.mode, measure, now.scale),
            *keywords,
            measure,
            now,
            chosen_among(),
        ),
        key="together",
        finding=f"{join_words([in_quotes(k) for k in keywords])} together"
        f"{'' if _are_dots(rows) else now.words}",
        caption=f"{UNITS[measure]}, of all {view.noun}s in view. "
        f"{_key(rows, now, measure, shaded=len(keywords) <= MOST_BANDS)} "
        "Click a mark, or drag over several, to filter",
        note=_note(rows),
        computed=TABLES["trends_together"].method,
        table=table,
        filename="trends_together.csv",
    )


def in_detail(view: View, keywords: Sequence[str]) -> str:
    """The keyword that is drawn by source: of several the ``nth``, to pick another."""
    if len(keywords) < 2:
        return next(iter(keywords), "")
    numbers = [str(n) for n in range(1, len(keywords) + 1)]
    nth = state.option("nth", "1", allowed=numbers)
    state.seed_widget("pick_nth", nth)
    st.segmented_control(
        f"By {view.noun}, and in context",
        numbers,
        key="pick_nth",
        format_func=lambda n: md(keywords[int(n) - 1], 40),
        required=True,
        on_change=_detail_picked,
    )
    return keywords[int(nth) - 1]


def _detail_picked() -> None:
    picked = state.widget("pick_nth")
    state.set_option("nth", "" if picked == "1" else picked)


def chart(view: View, table: pd.DataFrame, keyword: str, measure: Measure, now: HowDrawn) -> None:
    """One keyword, a row a source; ``table``: ``trends`` of it."""
    rows = view.of_drawn(table)
    widgets.chart(
        view.drawing(
            "trends",
            lambda: trend_chart(rows, keyword, view.styles, view.mode, measure, now.scale),
            keyword,
            measure,
            now,
            chosen_among(),
        ),
        key="trends",
        finding=f"{in_quotes(keyword)} by {view.noun}{'' if _are_dots(rows) else now.words}",
        caption=f"{UNITS[measure]}. {_key(rows, now, measure)} "
        "Click a mark, or drag over several, to filter",
        note=_note(rows) + absent(view),
        computed=TABLES["trends"].method,
        table=rows,
        filename="trends.csv",
    )
    if measure == "per_10k" and view.noun == "source" and not chosen_among():
        _in_all(view, keyword)


def _in_all(view: View, keyword: str) -> None:
    """The rate over the whole time of each source drawn, with its interval."""
    uses = view.measure("uses", keywords=[keyword])
    rates = {row.source_id: row for row in tables.rows_of(uses[uses["n_words"] > 0])}
    said = []
    for row in filter(None, map(rates.get, view.drawn.ids)):
        known = row.rate_low == row.rate_low  # not NaN: five articles or more
        ends = (
            f"{rounded(row.rate_low)} to {rounded(row.rate_high)}" if known else "too few articles"
        )
        said.append(f"{isolated(md(row.source, 40))} {rounded(row.per_10k)} ({ends})")
    if said:
        st.caption(f"In all, per 10,000 words, with 95 % intervals: {' · '.join(said)}.")


def _are_dots(rows: pd.DataFrame) -> bool:
    """Whether there are too few dates for lines, which are neither smoothed nor scaled."""
    return rows["period"].nunique() <= dates.MAX_DOTS


def _key(rows: pd.DataFrame, now: HowDrawn, measure: Measure, *, shaded: bool = True) -> str:
    """What the marks mean, which depends on how many dates there are; ``shaded``: whether there are
    bands."""
    if _are_dots(rows):
        few = " So few dates are neither smoothed nor scaled." if now.words else ""
        return f"Filled: uses the word. Hollow: doesn’t.{few}"
    zero = " Hollow, at the foot: not used." if now.scale == "log" else ""
    bands = " Shaded: 95 % intervals." * (shaded and measure != "count" and now.smooth == 1)
    over = f" over {now.smooth}" if now.smooth > 1 else ""
    return (
        f"Grey bars: articles of the {now.period}, n at the peak{over}. A gap: none.{bands}{zero}"
    )


def _note(rows: pd.DataFrame) -> str:
    """n for a keyword's chart; what is undated or of unknown source is counted."""
    n, words = int(rows["n_articles"].sum()), int(rows["n_words"].sum())
    undated = int(rows[rows["period"].isna()]["n_articles"].sum())
    dated = rows.dropna(subset=["period"]).groupby("period")["n_articles"].sum()
    early = dates.said_early({str(period): float(n) for period, n in dated.items()})
    among = chosen_among()
    of = f" with {in_quotes(among)}" if among else ""
    return f"n = {count(n, 'article')}{of}, {words:,} words, {undated:,} undated.{early}"
