"""The reader: one article as text, what is known of it and why, and the lines set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.corpus.article import Field, Line, join_paragraphs
from dashboard.index.layers.layer import MissingLayer
from dashboard.measures import TABLES
from dashboard.measures.topics import article_mix
from dashboard.text.query import parse_keyword, parse_query
from dashboard.ui import state, tables, widgets
from dashboard.ui.articles import COLUMNS, article_list, byline, display_title, opening_link
from dashboard.ui.components.hits import hits
from dashboard.ui.frame import View
from dashboard.ui.reading import marked
from dashboard.ui.reading.beside import choose_beside, shared_text
from dashboard.ui.reading.lines import restore_lines
from dashboard.ui.reading.notes import notes
from dashboard.ui.text import html, isolated, md
from dashboard.wording import count, percent, show_day

#: Of links to originals: the other page learns nothing of this one; search engines don't follow.
AWAY = 'target="_blank" rel="noopener noreferrer nofollow ugc"'
MOST_OTHERS, MOST_NEAR = 8, 5  # of its story, and beyond
FIELD_NAMES = {
    "source": "Source",
    "original_source": "Original source",
    "date": "Published",
    "authors": "Author",
    "url": "Address",
}


def read(view: View, article_id: str, passage: str = "") -> None:
    """Draw one article; ``article_id`` is one of the corpus, ``passage`` the number of the passage
    to point at."""
    position = view.index.position(article_id)
    assert position is not None
    article = next(
        tables.rows_of(view.index.article_rows([position], [*TABLES["articles"].columns]))
    )
    record = view.index.record(position)
    lines = TABLES["lines"].frame(
        [(article_id, article.file, n.number, n.label, n.reason, n.text) for n in record.lines]
    )
    st.button("← All articles", type="tertiary", on_click=state.open_article, args=("",))
    text, facts = st.columns([2.1, 1], gap="large")
    with text:
        with st.container(key="np-read", gap="small"):
            st.markdown(byline(view, article, [count(article.n_words, "word")]))
            st.title(md(display_title(view, article)), anchor=False)
        number = int(passage) if passage.isdecimal() else 0
        layers = marked.shown()
        marked.picker(view, layers)
        marks = marked.found_in(view, position, layers)
        if legend := marked.key(marks):
            st.html(legend)
        hits(article_id)
        paragraphs = _paragraphs(lines)
        spans = marked.in_paragraphs(
            paragraphs, record.passages, marks, marked.links(view, position, article_id)
        )
        words = {
            "query": parse_query(view.scope.query).keywords() if "query" in layers else [],
            "keywords": list(map(parse_keyword, state.keywords())) if "keywords" in layers else [],
        }
        own = [
            [*marked.word_spans(words, text), *found]
            for text, found in zip(paragraphs, spans, strict=True)
        ]
        st.html(_text(paragraphs, own, article_id, record.passages, number))
        _lines_set_aside(view, lines, article_id)
    with facts:
        for name, heading in FIELD_NAMES.items():
            _fact(heading, record.fields[name], is_day=name == "date")
        language = article.language if article.language != "unknown" else ""
        with st.container(gap=None):
            st.caption("Language")
            st.markdown(
                f"{md(language)} {widgets.basis_badge('inferred' if language else 'unknown')}"
            )
            if article.language not in ("en", "unknown"):
                st.caption("Topic names and dates inferred from the text work best in English.")
        _topics(view, position)
        notes(view, article_id, record.passages)
        choose_beside(view, article_id, [])
        shared_text(view, article_id)
        _same_story(view, position)
        _near(view, article_id)


def _paragraphs(lines: pd.DataFrame) -> list[str]:
    """The kept text."""
    kept = [Line(row.line, row.text, row.label, row.reason) for row in tables.rows_of(lines)]
    return list(join_paragraphs(kept))


def _text(
    texts: Sequence[str],
    spans: Sequence[Sequence[marked.Span]],
    article_id: str,
    passages: Sequence[str],
    number: int,
) -> str:
    """The kept text as HTML, each paragraph with its marks and a link to its first passage; those
    of the passage ``number`` are marked at the margin."""
    pieces = [passage.split("\n") for passage in passages]
    paragraphs = []
    for text, own in zip(texts, spans, strict=True):
        held = [
            n for n, parts in enumerate(pieces, 1) if any(p in text or text in p for p in parts)
        ]
        link = opening_link(article_id, f"{held[0]:03d}") if held else ""
        anchor = (
            f'<a class="np-para" href="{html(link)}" aria-label="Link to this paragraph"></a>'
            if link
            else ""
        )
        at = " class=np-at" * (number in held)
        paragraphs.append(f"<p{at}>{marked.marked(text, own)}{anchor}</p>")
    return f'<div class="np-text">{"".join(paragraphs)}</div>'


def _lines_set_aside(view: View, lines: pd.DataFrame, article_id: str) -> None:
    aside = lines[(lines["label"] != "keep") & (lines["text"].str.strip() != "")]
    columns = ["line", "label", "reason", "text"]
    said = f"{count(len(aside), 'line')} set aside, of {len(lines):,}"
    with st.expander(said if len(aside) else "No line set aside"):
        st.caption("They are not counted anywhere, but nothing is deleted.")
        corpus = view.corpus
        if corpus is None or aside.empty:
            tables.table(aside[columns], "lines-aside")
        else:
            restore_lines(corpus, article_id, aside[columns])
        widgets.foot("lines", f"All {len(lines):,} lines:", "", lines, f"lines-{article_id}.csv")


def address(value: str) -> str:
    """What may stand in a link: an absolute address on the web, else nothing."""
    return value if re.match(r"https?://[^\s/?#]+", value, re.IGNORECASE) else ""


def _fact(heading: str, field: Field, *, is_day: bool) -> None:
    with st.container(gap=None):
        st.caption(heading)
        value = field.value or ""
        if is_day and field.basis != "bounded" and value:
            value = show_day(date.fromisoformat(value))
        badge = "" if field.basis == "stated" else widgets.basis_badge(field.basis)
        if link := address(value) if heading == FIELD_NAMES["url"] else "":
            st.html(f'<a class="np-address" href="{html(link)}" {AWAY}>{html(value)}</a>')
        else:
            st.markdown(f"{isolated(md(value, 200)) if value else ''} {badge}".strip())
        evidence = "" if field.evidence in (value, field.value) else md(field.evidence, 300)
        place = "" if field.line is None or "(line" in field.evidence else f"line {field.line}"
        why = ", ".join(part for part in (evidence, place) if part)
        if why:
            st.caption(why)


def _topics(view: View, position: int) -> None:
    mix = article_mix(view.index, view.cut, position)
    if mix:
        measured = view.measures_topics
        st.caption("Topics, share of its words" if measured else "Topics")
        lines = [md(topic.label) + f" {percent(share)}" * measured for topic, share in mix]
        st.markdown("  \n".join(lines))


def _same_story(view: View, position: int) -> None:
    """The other articles of its story, the earliest first; nothing where there are none."""
    try:
        story_of = view.index.layer("stories").joint["story_of"]
    except MissingLayer:
        return
    by_date = view.index.by_date
    same = by_date[story_of[by_date] == story_of[position]] if story_of[position] >= 0 else []
    others = [p for p in map(int, same) if p != position]
    if not others:
        return
    with st.container(gap="small", key="np-same-story"):
        st.caption(f"In the same story: {count(len(others), 'other article')}")
        rows = view.index.article_rows(others[:MOST_OTHERS], COLUMNS)
        article_list(view, tables.rows_of(rows), "same-story")


def _near(view: View, article_id: str) -> None:
    """The articles most like it that are of no story with it."""
    near = view.measure("near_articles", article=article_id)
    near = near[~near["same_story"].astype(bool)].head(MOST_NEAR)
    if near.empty:
        return
    with st.container(gap="small", key="np-near"):
        st.caption("Like it in its words")
        positions = [p for p in map(view.index.position, near["other_id"]) if p is not None]
        article_list(view, tables.rows_of(view.index.article_rows(positions, COLUMNS)), "near")
