"""The filters in the sidebar; those of sources are also the legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from zlib import crc32

import streamlit as st

from dashboard.charts.parts.drawn import Drawn
from dashboard.charts.parts.theme import MOST_SOURCES
from dashboard.index.counts.own_columns import own_columns, read_where, write_where
from dashboard.index.layers.layer import MissingLayer
from dashboard.scope import ONCE, UNKNOWN_SOURCE, UNKNOWN_VALUE, Scope
from dashboard.ui import state
from dashboard.ui.choice import cite, dates, link, lists
from dashboard.ui.frame import View
from dashboard.ui.link.short import ALWAYS_HELD
from dashboard.ui.text import isolated, md, plain
from dashboard.ui.widgets import EN_SPACE, mark
from dashboard.wording import number

MOST_PILLS = 12  # more sources than that are picked from a searchable list
UNKNOWN = "Source unknown"


def sidebar(view: View) -> None:
    """Every filter, with the articles that each of its choices would show; the link."""
    everything = Scope(n_topics=view.scope.n_topics)
    usual = View(view.index, everything, Drawn(view.index, everything), "light")
    with st.sidebar:
        _source_filter(view, usual)
        _topic_filter(view, usual)
        _column_filters(view, usual)
        counts = view.facets("dates")
        dates.picker(view, counts, _key("pick_dates", counts, usual.facets("dates")))
        state.seed_widget("pick_q", view.scope.query)
        st.text_input(
            "Search articles",
            key="pick_q",
            placeholder=_example(view),
            on_change=lambda: state.carry("q", "pick_q"),
            help="Finds articles with all of these words. Quote a phrase, end a word with \\* for "
            "any ending, write OR between alternatives, - before a word to exclude; brackets hold "
            "together: (quay OR pier) AND NOT fire. quay NEAR/10 pier needs them at most ten words "
            "apart. title:fire looks in headlines alone, source: "
            "and author: in names; /gr[ae]y/ is any word that the expression fits.",
        )
        _copies(view)
        link.copy_link(view)
        with st.container(gap=None, key="np-take"):
            cite.cite(view)
            cite.export(view)


def _copies(view: View) -> None:
    """The switch, where the corpus has copies."""
    if not view.scope.copies_once and not view.kept("has copies", lambda: _has_copies(view)):
        return
    state.seed_widget("pick_copies", view.scope.copies_once)
    st.toggle(
        "Count copies once",
        key="pick_copies",
        on_change=lambda: state.set_scope(copies=ONCE if state.widget("pick_copies") else None),
        help="Articles that are the same, or share at least half of the shorter one’s text, count "
        "as one: the earliest of those in view. The others are left out of every page.",
    )


def _has_copies(view: View) -> bool:
    try:
        return bool((view.index.layer("copies").joint["copy_group"] >= 0).any())
    except MissingLayer:  # nothing to switch; what needs it says so
        return False


def _example(view: View) -> str:
    """What a search may look like, in words of this corpus."""
    words = [plain(keyword, 24) for keyword in view.index.keywords[:2]]
    return " or ".join([*words[:1], *(f"“{word}”" for word in words[1:])])


def _key(name: str, labels: Mapping[str, object], usual: Mapping[str, object]) -> str:
    """Streamlit knows a choice by its label. Where labels are others than usual it has to be
    another widget, or the browser would bring along labels that are no more."""
    return name if labels == usual else f"{name}-{crc32(repr(labels).encode()):x}"


def _source_filter(view: View, usual: View) -> None:
    labels = view.kept("labels of sources", lambda: _source_labels(view))
    if not labels or list(labels) == [UNKNOWN_SOURCE]:
        return
    key = _key("pick_src", labels, usual.kept("labels of sources", lambda: _source_labels(usual)))
    state.seed_widget(key, list(view.scope.sources))
    if len(labels) <= MOST_PILLS:
        st.pills(
            "Sources",
            list(labels),
            selection_mode="multi",
            key=key,
            format_func=labels.__getitem__,
            on_change=lambda: state.carry("src", key),
        )
        return
    lists.choose(
        "Sources",
        {each: name for each, name in _source_names(view).items() if each in labels},
        view.scope.sources,
        partial(state.set_option, "src"),
        key=key,
        noun="source",
        labels=labels,
        note="src",
        placeholder=f"All {len(view.index.sources):,}: names, with commas",
        select_all=ALWAYS_HELD,
    )
    if not view.scope.sources:
        counts = view.facets("source")
        named = [each for each in counts if each != UNKNOWN_SOURCE]
        largest = sorted(named, key=counts.__getitem__, reverse=True)[:MOST_SOURCES]
        st.button(
            f"Choose the {number(len(largest))} largest",
            key="pick-largest",
            type="tertiary",
            on_click=partial(state.set_option, "src", largest),
        )


def _source_names(view: View) -> dict[str, str]:
    return {s.source_id: s.name for s in view.index.sources} | {UNKNOWN_SOURCE: UNKNOWN}


def _source_labels(view: View) -> dict[str, str]:
    """By id: of pills with the mark, in a list without one."""
    counts = view.facets("source")
    names = _source_names(view)
    if len(counts) > MOST_PILLS:
        return {each: f"{isolated(plain(names[each], 60))} ({n:,})" for each, n in counts.items()}
    return {
        each: f"{mark(view.styles.get(each), view.mode)}{EN_SPACE}{isolated(md(names[each], 26))}"
        f"{EN_SPACE}{n:,}"
        for each, n in counts.items()
    }


def _topic_filter(view: View, usual: View) -> None:
    labels = view.kept("labels of topics", lambda: _topic_labels(view))
    if len(labels) < 2:
        return
    key = _key("pick_topic", labels, usual.kept("labels of topics", lambda: _topic_labels(usual)))
    lists.choose(
        "Topics",
        {topic.topic_id: topic.label for topic in view.cut.topics},
        view.scope.topics,
        partial(state.set_option, "topic"),
        key=key,
        noun="topic",
        labels=labels,
        note="topic",
        placeholder="All topics",
        select_all=ALWAYS_HELD,
    )


def _topic_labels(view: View) -> dict[str, str]:
    counts = view.facets("topic")
    return {t.topic_id: f"{plain(t.label, 60)} ({counts[t.topic_id]:,})" for t in view.cut.topics}


def _column_filters(view: View, usual: View) -> None:
    """A list of values for each of the user's own columns, folded while none is chosen."""
    names = list(own_columns(view.index))
    if not names:
        return
    labels = view.kept("labels of values", lambda: _value_labels(view))
    often = usual.kept("labels of values", lambda: _value_labels(usual))
    with st.expander("Columns of this corpus", expanded=bool(view.scope.where)):
        for name in names:
            lists.choose(
                md(name, 60),
                {value: value or UNKNOWN_VALUE for value in labels[name]},
                view.scope.chosen_values.get(name, []),
                partial(_choose_values, name),
                key=_key(f"pick_where-{name}", labels[name], often[name]),
                noun="value",
                labels=labels[name],
                note=f"where-{name}",
                placeholder="Any value",
            )


def _value_labels(view: View) -> dict[str, dict[str, str]]:
    """By column and value; "" is the articles that have none."""
    found: dict[str, dict[str, str]] = {name: {} for name in own_columns(view.index)}
    for token, n in view.facets("where").items():
        ((name, value),) = read_where(token)
        found[name][value] = f"{isolated(plain(value, 100) or UNKNOWN_VALUE)} ({n:,})"
    return found


def _choose_values(name: str, values: Sequence[str]) -> None:
    others = [pair for pair in read_where(state.option("where")) if pair[0] != name]
    state.set_scope(where=write_where([*others, *((name, value) for value in values)]))
