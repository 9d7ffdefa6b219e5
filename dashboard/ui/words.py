"""The words that lean to each source, and what would help where none does."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import streamlit as st

from dashboard.charts.keyness import NARROWEST
from dashboard.charts.keyness import keyness as keyness_panels
from dashboard.charts.word_plot import word_plot
from dashboard.measures import TABLES
from dashboard.measures.keyness.power import WORD
from dashboard.measures.keyness.sides import TwoSides
from dashboard.measures.keyness.told import STORY
from dashboard.measures.stop_list import hidden_words
from dashboard.ui import sources, state, widgets
from dashboard.ui.frame import View
from dashboard.ui.text import md
from dashboard.wording import capital, count, join_words, percent

MOST_STYLED = 20
LEAST_POWER = 0.005  # below, nothing would be found
PLOTTED = (
    "Height: how many times as often as the other (odds ratio). To the right: used more often by "
    "both together. Faint: could be chance"
)
DRAWN_AS = {"bars": "Bars", "plot": "By frequency"}
WITHIN = {"cover": "What they cover", STORY: "How they tell it"}


def words_within(view: View) -> str:
    """What words are compared within: "story", or "" for all articles. Only an index with stories
    has the choice."""
    has_stories = "stories" in view.index.layer_versions
    within = state.option("within", allowed=WITHIN if has_stories else ())
    return within if within == STORY else ""


def what_would_help(view: View, within: str) -> str:
    """Why no word stands out, and what to do about it."""
    power = view.measure("power", drawn=view.drawn.ids, within=within)
    said = (
        f"A word has to recur across the articles of a {view.noun} before it tells more than their "
        "subject. "
    )
    if len(power):
        most = power.iloc[int(power["power"].argmax())]
        own = power[power["source_id"] == most["source_id"]].set_index("kind")
        there = " in stories that others tell too, or on their topics" * bool(within)
        said += (
            f"With {count(int(most['n_articles']), 'article')}{there}, {_found(own['power'])} that "
            f"{most['source']} uses three times as often would be found."
        )
        if pd.notna(needed := own.loc[WORD, "n_needed"]):
            half = f"finding half of the words takes about {needed:,}"
            said += (
                f" {capital(half)} of its articles there."
                if within
                else f" Between two {view.noun}s of the same size, {half} articles each."
            )
    return f"{said.strip()} Until then compare {_instead(view)}."


def _found(power: pd.Series[float]) -> str:
    """What share of the terms of each kind is found, in words."""
    if power.max() < LEAST_POWER:
        return f"no {join_words([*power.index], 'or')}"
    return join_words(
        [
            f"{percent(share) if share >= LEAST_POWER else 'none'} of the {kind}s"
            for kind, share in power.items()
        ]
    )


def _instead(view: View) -> str:
    there = view.index.layer_versions
    pages = {
        "voices": "whom they quote",
        "figures": "their figures",
        "copies": "the text they share",
    }
    named = [what for layer, what in pages.items() if layer in there]
    return join_words([*named, "the topics below"], "or")


def keyness(
    view: View, keyness: pd.DataFrame, within: str = "", sides: TwoSides | None = None
) -> None:
    """The words that lean to each source that is drawn, a panel a source; ``within``: see
    :func:`words_within`; ``sides``: of which the view is, if it is of two."""
    against = _against(view, keyness)
    panels = view.drawings(
        "keyness",
        lambda: keyness_panels(keyness, view.styles, view.mode, against=against),
        within,
    )
    heading, caption = _compared(view, sides, within)
    as_plot = len(panels) == 2 and state.option("words", "bars", allowed=DRAWN_AS) == "plot"
    caption = PLOTTED if as_plot else caption
    with st.container(gap=None):
        st.header(md(heading), anchor=False)
        st.caption(f"{md(caption, 600)}. Click a word for its context")
    if "stories" in view.index.layer_versions:
        widgets.picked("within", WITHIN, "What is compared")
    sources.part_picker(view, "-words")
    if len(panels) == 2:
        widgets.picked("words", DRAWN_AS, "How words are drawn")
    if as_plot:
        _plot(view, keyness, within, heading, _note_of(view, panels, sides))
        return
    parts = {}
    with widgets.panels("words", len(panels), 340 if sides else NARROWEST):
        for source_id, figure in panels.items():
            style = view.styles[source_id]
            key = f"keyness-{style.rank}"
            parts[key] = f"{style.name}, against {against[source_id]}" if sides else style.name
            with st.container(gap="xsmall"):
                st.markdown(widgets.source_name(style, view.mode))
                if sides:
                    st.caption(f"against {md(against[source_id])}")
                alt = f"Words {style.name} uses more than {against[source_id]}"
                widgets.draw(figure, key, alt)
    widgets.foot(
        "keyness",
        _note_of(view, panels, sides),
        TABLES["keyness"].method,
        keyness,
        "keyness.csv",
        widgets.Picture(parts, heading, caption) if parts else None,
        drawn=list(panels.values()),
    )


def _plot(view: View, keyness: pd.DataFrame, within: str, heading: str, note: str) -> None:
    """The words of two sources by frequency."""
    figure = view.drawing(
        "word_plot", lambda: word_plot(keyness, view.styles, view.mode), (within, view.drawn.ids)
    )
    widgets.draw(figure, "word_plot", heading)
    widgets.foot(
        "word_plot",
        note,
        TABLES["keyness"].method,
        keyness,
        "keyness.csv",
        widgets.Picture({"word_plot": ""}, heading, PLOTTED),
        drawn=[figure],
    )


def _note_of(view: View, panels: Collection[str], sides: TwoSides | None) -> str:
    """n of the words, and what is not in it."""
    summary = view.summary
    n_known = summary.n_articles - summary.n_unknown
    note = f"n = {count(n_known, 'article')} of {count(summary.n_sources, view.noun)}"
    note += f", {len(panels):,} of them drawn." if len(panels) < summary.n_sources else "."
    silent = len(view.drawn.ids) - len(panels)
    note += f" Too few articles to judge the words of {count(silent, view.noun)}." * bool(silent)
    return note + (f" {sides.left_out}" if sides else sources.unknown(view))


def _against(view: View, keyness: pd.DataFrame) -> dict[str, str]:
    """What each source is compared with, by id: where there are two, the other by its name."""
    found = dict(zip(keyness["source_id"], keyness["reference"], strict=True))
    if len(found) == 2 == view.summary.n_sources:
        first, second = found
        return {first: view.styles[second].name, second: view.styles[first].name}
    return found


def _compared(view: View, sides: TwoSides | None, within: str) -> tuple[str, str]:
    """The heading of the words, and what is measured against what."""
    if sides is not None:
        first, second = sides.names
        heading, rest = f"Words of {first}, against {second}", "the other side"
    else:
        heading = f"Words each {view.noun} uses more than the others"
        rest = {1: "the rest of the corpus", 2: f"the other {view.noun}"}.get(
            view.summary.n_sources, f"all other {view.noun}s"
        )
    about = " in articles about the same stories, or topics where stories are few" * bool(within)
    return heading, (
        f"How many times as often as {rest}{about} (odds ratio, with the 95 % interval that "
        "the articles allow). Faint: could be chance"
    )


def _hide() -> None:
    state.set_scope(hide=",".join(hidden_words(state.widget("pick_hide") or "")))


def left_out(view: View) -> None:
    """A fold: the reader's own stop list, and the words that are left out of each source that is
    drawn, as its house style."""
    rows = view.measure("house_style", drawn=view.drawn.ids) if view.noun == "source" else None
    with st.expander("Words left out"):
        state.seed_widget("pick_hide", ", ".join(view.hidden))
        st.text_input(
            "Leave out, on every page",
            key="pick_hide",
            placeholder="words, separated by commas",
            on_change=_hide,
            help="They are counted as all others are, and not listed: nor is a phrase that holds "
            "one. The list is in the link.",
        )
        if rows is None or rows.empty:
            return
        st.markdown("House style, found by where words stand:")
        for name, own in rows.groupby("source", sort=False):
            words = join_words(own["term"].head(MOST_STYLED).tolist())
            st.markdown(f"**{md(str(name))}**: {md(words, 600)}")
        widgets.foot(
            "house_style",
            "Words mostly in bylines, links, captions and repeated lines, and abbreviations.",
            TABLES["house_style"].method,
            rows,
            "house_style.csv",
        )
