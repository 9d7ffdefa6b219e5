"""Stories: a list of them, and one in detail."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.index.counts.story_labels import story_position
from dashboard.measures.events.additions import marked, weighty
from dashboard.measures.events.stories import ABSENT, CARRIED
from dashboard.ui import articles, state, tables
from dashboard.ui.components.rows import Byline, Row, rows
from dashboard.ui.frame import View
from dashboard.ui.text import md, plain
from dashboard.ui.widgets import source_name
from dashboard.wording import count, independent, join_words, show_day

_MOST_BARS, _DAYS_AROUND = 28, 2
_MOST_NAMES = 40
_STORY_WIDTH = 240  # pixels: on a phone a source stands beside it
_MOST_NAMED = 3  # in a sentence


def story_rows(view: View, found: pd.DataFrame, key: str, *, here: bool = True) -> None:
    """Stories, each a title that shows it in detail, with its size and a strip of its days;
    ``here``: they are listed on the page that does."""
    rows([_row(view, story) for story in tables.rows_of(found)], key, _opener(key, here))


def _row(view: View, story: Any) -> Row:
    carried = state.carried() | {"story": story.story_id}
    link = urlencode({k: v for k, v in carried.items() if v}, errors="replace")
    title = plain(story.label, 160) or "No headline"
    facts = [sources_said(story), days_said(story.first, story.last)]
    if story.n_undated and story.first:
        facts.append(f"{story.n_undated:,} undated")
    if story.n_perhaps:
        facts.append(f"{story.n_perhaps:,} less sure")
    by = Byline(count(story.n_articles, "article"), facts)
    return Row([story.story_id], f"stories?{link}", by, title, strip=_strip(view, story))


def _opener(key: str, here: bool) -> Any:
    def opened() -> None:
        if asked := state.widget(key).open:
            if here:
                state.set_scope(story=asked[0])
            else:
                # With a story chosen it is the only one of the list.
                state.ask_for("stories", {} if state.carried()["story"] else {"story": asked[0]})

    return opened


def sources_said(story: Any) -> str:
    """ "4 sources, 3.2 independent"; nothing of independence where all are."""
    if not story.n_sources:
        return "unknown source"
    said = count(story.n_sources, "source")
    return said + independent(story.n_sources, story.n_effective, story.n_families)


def days_said(first: str | None, last: str | None) -> str:
    """The days of a story in words."""
    if not first or not last:
        return "undated"
    days = [show_day(date.fromisoformat(day)) for day in (first, last)]
    return days[0] if first == last else " – ".join(days)


def _strip(view: View, story: Any) -> list[int]:
    """Articles by day from shortly before the first to shortly after the last, or by equal parts
    of a longer time; none where one day has all."""
    position = story_position(view.index, story.story_id)
    if not story.first or position is None:
        return []
    mask = view.scope.article_mask(view.index)
    joint = view.index.layer("stories").joint
    days = view.index.days[mask & (joint["story_of"] == position)]
    days = days[~np.isnat(days)].astype(np.int64)
    offsets = days - days.min() + _DAYS_AROUND
    length = int(offsets.max()) + _DAYS_AROUND + 1
    width = -(-length // _MOST_BARS)
    bars: list[int] = np.bincount(offsets // width, minlength=-(-length // width)).tolist()
    return bars


def headlines(view: View, members: pd.DataFrame) -> None:
    """Each article's headline, by date, with the words that most others don't have marked."""
    titles = [title if isinstance(title, str) else "" for title in members["title"]]
    words = [weighty(title, "en") for title in titles]
    quotes = []
    for i, row in enumerate(tables.rows_of(_as_articles(view, members))):
        others = [own for j, own in enumerate(words) if j != i]
        text = marked(plain(titles[i], 200), others) or [("No headline", False)]
        note = "" if row.basis.startswith(("same", "alone")) else row.basis
        quotes.append((row, text, note))
    articles.quote_list(view, quotes, "story-headlines")


def one_of_each(members: pd.DataFrame) -> list[str]:
    """Ids of articles of a story, the first of each source first, and of these the ones that are
    about it for sure."""
    sure = members.assign(doubt=members["basis"].str.startswith("perhaps"))
    sure = sure.sort_values("doubt", kind="stable")
    sure["again"] = sure["source_id"].duplicated() & sure["source_id"].notna()
    return sure.sort_values("again", kind="stable")["article_id"].tolist()


def _as_articles(view: View, members: pd.DataFrame) -> pd.DataFrame:
    return members.assign(passage_id=[f"{i}-001" for i in members["article_id"]])


def new_sentences(view: View, found: pd.DataFrame) -> None:
    """What each article adds, in order of date."""
    quotes = [(row, [(plain(row.text, 600), False)], "") for row in tables.rows_of(found)]
    articles.quote_list(view, quotes, "story-additions")


def carriers(view: View, coverage: pd.DataFrame) -> None:
    """Who carried the story, and who had the chance and has no article here."""
    styles = view.styles
    for state_of, heading in ((CARRIED, "Carried it"), (ABSENT, "Not in this corpus")):
        found = list(tables.rows_of(coverage[coverage["state"] == state_of]))
        if not found:
            continue
        names = [
            source_name(styles[row.source_id], view.mode, 40)
            + (f" {row.n_articles:,}" if row.n_articles > 1 else "")
            for row in found[:_MOST_NAMES]
        ]
        more = len(found) - len(names)
        st.markdown(
            f"**{heading}**: " + ", ".join(names) + (f" and {more:,} more" if more > 0 else "")
        )


def standfirst(row: Any, members: pd.DataFrame) -> str:
    """Size, days, first and last report, and what is less sure, in words."""
    n = count(int(row.n_articles), "article")
    said = [f"{n} of {sources_said(row)}, {days_said(row.first, row.last)}."]
    said += _ends(members)
    doubts = []
    if row.n_perhaps:
        doubts.append(f"{count(int(row.n_perhaps), 'article')} may be about something else")
    if row.n_undated:
        doubts.append(f"{count(int(row.n_undated), 'article')} without a date by words alone")
    if doubts:
        said.append(join_words(doubts).capitalize() + ".")
    return " ".join(said)


def _ends(members: pd.DataFrame) -> list[str]:
    """Who has the first and the last report: all who have one on that day, of articles that are
    about the story for sure."""
    sure = members[members["date"].notna() & ~members["basis"].str.startswith("perhaps")]
    first, last = (
        list(dict.fromkeys(plain(name, 60) or "source unknown" for name in sure["source"][day]))
        for day in (sure["date"] == sure["date"].min(), sure["date"] == sure["date"].max())
    )
    if sure["date"].nunique() < 2 or max(len(first), len(last)) > _MOST_NAMED:
        return []
    said = f"{join_words(first)} {'has' if len(first) == 1 else 'have'} the first report here"
    return [f"{said}, {join_words(last)} the last."]


def matrix(view: View, coverage: pd.DataFrame, key: str) -> None:
    """Story × source as a table: how many articles, and where a source had the chance."""
    cells = coverage["n_articles"].astype(object).where(coverage["state"] == CARRIED, "none here")
    wide = (
        coverage.assign(cell=cells.astype(str))
        .pivot_table(index=["story_id", "label"], columns="source", values="cell",
                     aggfunc="first", sort=False)
        .fillna("")
    )  # fmt: skip
    largest = coverage.groupby("source")["n_articles"].sum().sort_values(ascending=False).index
    wide = wide[[name for name in largest if name in wide][:_MOST_NAMES]]
    wide = wide.reset_index("label").reset_index(drop=True)
    wide.columns = ["story", *(plain(name, 60) for name in wide.columns[1:])]
    tables.table(wide, key, widths={"story": _STORY_WIDTH})
    st.caption(
        md("“none here”: the source was publishing then and carries such stories, and this corpus "
           "has no article of it. An empty cell says nothing either way.")
    )  # fmt: skip
