"""The blocks that several pages share: a chart with its evidence, an article in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts import coverage as coverage_charts
from dashboard.charts import sources as source_charts
from dashboard.charts.theme import style_for
from dashboard.index.index import Topic
from dashboard.measures import TABLES, findings
from dashboard.ui import state, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.wording import count, show_day

ARTICLES_PAGE = "dashboard/pages/articles.py"
MOST_PASSAGES = 6
MOST_HITS = 10
N_TERMS = 12


def coverage(view: View) -> None:
    """When the articles are from: a mark each, or counts where they are many."""
    summary = view.summary
    note = f"n = {count(summary.n_articles, 'article')}, {summary.n_undated:,} undated."
    marked = summary.n_articles <= coverage_charts.MAX_MARKS
    if marked:
        articles = view.measure("articles", most=coverage_charts.MAX_MARKS)
        figure = coverage_charts.coverage(articles, view.styles, view.mode)
        caption = "Each mark is an article, on its publication date. Click one to read it"
        note += " Solid: the text states the date. Open: inferred, or given in metadata.csv."
    else:
        figure = coverage_charts.counts(view.measure("coverage"), view.mode)
        caption = "Articles by publication date"
    widgets.chart(
        figure,
        key="coverage",
        finding=findings.coverage(summary),
        caption=caption,
        note=note,
        computed=TABLES["coverage"].method,
        table=articles if marked else view.measure("coverage"),
        filename="articles.csv" if marked else "coverage.csv",
        on_click=(lambda: open_clicked_article("coverage")) if marked else None,
    )


def source_topics(view: View, topics: pd.DataFrame) -> None:
    """Topic × source, and the passages behind a chosen topic."""
    mixes = view.measure("source_topics")
    n_sources = mixes["source"].nunique()
    if not n_sources or topics.empty:
        return
    left_out = source_charts.sources_left_out(mixes, view.styles)
    unknown = view.summary.n_unknown
    n_words = mixes.drop_duplicates("source")["n_source_words"].sum()
    note = f"n = {n_words:,} words of {count(mixes['source'].nunique(), 'source')}."
    if (topics["reliability_word"] != "stable").any():
        note += " Pale: an exploratory or tentative topic."
    if left_out:
        note += f" {len(left_out):,} more sources are in the table; choose some at the left."
    if unknown:
        note += f" Not compared: {count(unknown, 'article')} of unknown source."
    widgets.chart(
        source_charts.source_topics(mixes, topics, view.styles, view.mode),
        key="source_topics",
        finding=findings.source_topics(mixes, topics),
        caption="Share of each source’s words by topic, %. Click a bar to filter by its topic",
        note=note,
        computed=TABLES["source_topics"].method,
        table=mixes,
        filename="source_topics.csv",
        on_click=lambda: toggle_clicked_topic("source_topics", 1),
    )


def topic_intervals(view: View, mixes: pd.DataFrame, topics: pd.DataFrame, title: str = "") -> None:
    """Topic mix of each source with 95 % intervals, in two columns where there is room; ``title``:
    instead of the finding."""
    names = sorted(mixes["source"].unique(), key=lambda n: view.styles[n].rank)[:6]
    shown = mixes[mixes["source"].isin(names)]
    with st.container(gap=None):
        st.subheader(md(title or findings.source_topics(mixes, topics)), anchor=False)
        st.caption("Share of each source’s words by topic, %, with 95 % intervals")
    st.markdown(widgets.key_line([view.styles[n] for n in names], view.mode))
    upper = float(shown["ci_high"].max()) if len(shown) else None
    half = -(-len(topics) // 2)
    for column, part in zip(
        st.columns(2, gap="large"), (topics.iloc[:half], topics.iloc[half:]), strict=True
    ):
        if len(part):
            with column:
                widgets.draw(
                    source_charts.topic_intervals(shown, part, view.styles, view.mode, upper=upper),
                    f"intervals-{part['topic_id'].iloc[0]}",
                    "Share of each source’s words by topic, with intervals",
                )
    widgets.foot(
        "intervals",
        f"n = {mixes['n_passages'].sum():,} passages of {mixes['source'].nunique():,} sources"
        + f", {len(names):,} of them drawn" * (mixes["source"].nunique() > len(names))
        + ".",
        TABLES["source_topics"].method,
        mixes,
        "source_topics.csv",
    )


def article_line(view: View, article: Any, *, here: bool = False) -> None:
    """One article in a list: its title, which opens it, and whose it is of when. ``here``: the
    list stands on the page that reads articles (a page link to the same page leaves the URL)."""
    title = md(display_title(view, article), 160)
    with st.container(gap=None, key=f"np-article-{article.article_id}"):
        if here:
            st.button(
                title,
                key=f"open-{article.article_id}",
                type="tertiary",
                on_click=state.open_article,
                args=(article.article_id,),
            )
        else:
            st.page_link(ARTICLES_PAGE, label=title, query_params=state.opening(article.article_id))
        st.markdown(byline(view, article.source, article.date, article.date_basis))


def listed(view: View, table: str, first: int, most: int) -> Iterator[Any]:
    """Rows of ``articles`` or ``search``, as :func:`article_line` takes them."""
    ids = view.measure(table, first=first, most=most)["article_id"]
    positions = [p for p in map(view.index.position, ids) if p is not None]
    columns = ["article_id", "title", "source", "date", "date_basis", "file"]
    return view.index.article_rows(positions, columns).itertuples()


def order_picker(order: str, orders: Mapping[str, str]) -> None:
    """How a list of articles is ordered."""
    state.seed_widget("pick_order", order)
    st.segmented_control(
        "Order",
        list(orders),
        key="pick_order",
        format_func=orders.get,
        required=True,
        on_change=lambda: state.carry("order", "pick_order"),
        label_visibility="collapsed",
    )


def byline(view: View, source: str | None, day: str | None, basis: str) -> str:
    """Mark, source, date and how the date is known, as Markdown."""
    style = style_for(view.styles, source)
    name = md(source, 60) if source else "source unknown"
    when = show_day(date.fromisoformat(day)) if day else "undated"
    badge = "" if basis == "stated" or not day else f" {widgets.basis_badge(basis)}"
    return (
        f"{widgets.mark(style, view.mode)}{widgets.EN_SPACE}:small[:gray[{name} · {when}]{badge}]"
    )


def display_title(view: View, article: Any) -> str:
    """The title, or for an article without one its first words, said to be that."""
    if article.title:
        return str(article.title)
    position = view.index.position(article.article_id)
    passages = view.index.record(position).passages if position is not None else []
    if passages:
        return f"No headline: {passages[0][:90]}…"
    return f"No headline: {article.file}"


def passages(view: View, topic: Topic, *, nearest: bool = True) -> None:
    """The passages of one topic in view, some in full, all of them in the table. ``nearest``: where
    they are many those that stand for it, else the first ones."""
    scope = replace(view.scope, topics=(topic.topic_id,))
    chosen = replace(view, scope=scope)
    table = chosen.measure("passages", most=widgets.MOST_AT_ONCE)
    total = int(chosen.measure("topics")["n_passages"].sum())
    drawn, order = table.head(MOST_PASSAGES), "In the order of articles and text"
    if nearest and total > MOST_PASSAGES and len(found := chosen.measure("exemplars")):
        drawn, order = found, "Nearest to its centre first, each of another article"
    with st.container(gap=None):
        st.subheader(f"The passages behind “{md(topic.label)}”", anchor=False)
        st.caption(order)
    for row in drawn.itertuples():
        quoted(view, f"passage-{row.passage_id}", md(row.text, 2000), row)
    more = f", {len(drawn):,} above" * (total > len(drawn))
    more += f", {len(table):,} in the table" * (total > len(table))
    widgets.foot(
        f"passages-{topic.topic_id}",
        f"n = {count(total, 'passage')} in view{more}.",
        "",
        table,
        "passages.csv",
    )


def concordance(view: View, keyword: str, number: int = 0) -> None:
    """A keyword in context, with the way to each article; ``number`` tells several apart."""
    hits = view.measure("concordance", keywords=[keyword])
    if hits.empty:
        return
    # One long article must not take all lines: the first hits of each, then their second ones.
    nth = hits.groupby("article_id").cumcount().sort_values(kind="stable")
    drawn = hits.loc[sorted(nth.index[:MOST_HITS])]
    with st.container(gap=None):
        st.subheader(f"“{md(keyword)}” in context", anchor=False)
        one_each = ", from as many articles as there is room for" * (len(drawn) < len(hits))
        st.caption(f"In order of date{one_each}")
    for i, hit in enumerate(drawn.itertuples()):
        text = f"{_spaced(hit.left)}**{md(hit.match)}**{_spaced(hit.right)}"
        key = f"hit-{number}-{i}"
        quoted(view, key, text, hit)
    total = int(view.measure("trends", keywords=[keyword])["count"].sum())
    more = f"{len(drawn):,} above" if total > len(drawn) else "all above"
    more += f", {len(hits):,} in the table" * (total > len(hits))
    widgets.foot(
        f"concordance-{number}",
        f"n = {count(total, 'hit')}, {more}.",
        "",
        hits,
        "concordance.csv",
    )


def _spaced(text: str) -> str:
    """Escaped, with the space at either end that escaping takes off."""
    return " " * text[:1].isspace() + md(text) + " " * text[-1:].isspace()


def quoted(view: View, key: str, markdown: str, row: Any, note: str = "") -> None:
    """A passage with whose it is, a ``note``, and the way to its article. ``row`` has article_id
    and passage_id."""
    positions = [p for p in [view.index.position(row.article_id)] if p is not None]
    columns = ("source", "date", "date_basis")
    article = next(view.index.article_rows(positions, columns).itertuples())
    with st.container(gap=None, key=f"np-quote-{key}"):
        st.markdown(markdown)
        with st.container(horizontal=True, vertical_alignment="center"):
            whose = byline(view, article.source, article.date, article.date_basis)
            st.markdown(whose + f" :small[:gray[· {md(note)}]]" * bool(note), width="content")
            st.page_link(
                ARTICLES_PAGE,
                label="Open →",
                query_params=state.opening(row.article_id, row.passage_id.rpartition("-")[2]),
            )


def keyword_picker(
    keywords: Sequence[str],
    suggested: Sequence[str],
    measure: str,
    measures: Mapping[str, str],
    most: int,
) -> None:
    """Keywords to type or to pick, and what to measure."""
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        state.seed_widget("pick_kw", ", ".join(keywords))
        st.text_input(
            "Keywords",
            key="pick_kw",
            on_change=_keywords_typed,
            args=(most,),
            help=f"Up to {most}, separated by commas. Several words are a phrase; end a word with "
            "\\* for any ending; write OR between alternatives.",
        )
    with right:
        state.seed_widget("pick_measure", measure)
        st.segmented_control(
            "Measure",
            list(measures),
            key="pick_measure",
            format_func=measures.get,
            required=True,
            on_change=lambda: state.carry("measure", "pick_measure"),
        )
    if suggested:
        state.seed_widget("pick_suggested", [k for k in suggested if k in keywords])
        st.pills(
            "Suggested",
            list(suggested),
            key="pick_suggested",
            selection_mode="multi",
            format_func=md,
            on_change=_keywords_picked,
            args=(list(keywords), list(suggested), most),
        )


def _keywords_typed(most: int) -> None:
    # A comma in quotes, or between digits, belongs to the keyword: 5,000.
    found = re.findall(
        r'"([^"]*)"?|“([^”]*)”?|((?:[^,"“]|(?<=\d),(?=\d))+)', state.widget("pick_kw") or ""
    )
    typed = {
        " ".join("".join(groups).split()).casefold(): "".join(groups).strip() for groups in found
    }
    chosen = [k for k in typed.values() if k]
    if len(chosen) > most:
        state.say(f"The first {most} keywords are drawn; that many can be told apart.")
    state.set_option("kw", chosen[:most])


def _keywords_picked(keywords: list[str], suggested: list[str], most: int) -> None:
    picked = state.widget("pick_suggested") or []
    kept = [k for k in keywords if k not in suggested or k in picked]
    state.set_option("kw", [*kept, *(k for k in picked if k not in kept)][-most:])


def trend_note(rows: pd.DataFrame) -> str:
    """n for a keyword's chart; what is undated or of unknown source is counted."""
    n, words = int(rows["n_articles"].sum()), int(rows["n_words"].sum())
    undated = int(rows[rows["period"].isna()]["n_articles"].sum())
    return f"n = {count(n, 'article')}, {words:,} words, {undated:,} undated."


def open_clicked_article(key: str) -> None:
    """A click on an article's mark asks for it: ``app.py`` goes there when it runs next."""
    clicked = state.clicked(key)
    if clicked:
        state.ask_for(clicked[0])


def toggle_clicked_topic(key: str, position: int) -> None:
    """A click on a bar filters by its topic, a second one takes the filter back."""
    clicked = state.clicked(key)
    if clicked:
        state.toggle("topic", clicked[position])


def filter_clicked_source(view: View, key: str) -> None:
    """A click on a mark filters by its source, a second one takes the filter back."""
    clicked = state.clicked(key)
    ids = {s.name: s.source_id for s in view.index.sources}
    if clicked and clicked[0] in ids:
        state.toggle("src", ids[clicked[0]])


def follow_clicked_term(key: str) -> None:
    """A click on a word shows it in context."""
    clicked = state.clicked(key)
    if clicked:
        state.set_option("kw", [clicked[1]])
