"""Findings: sentences computed from measures, for titles. Where nothing is found, they say so.

Each takes tables of this package and returns plain text (with untrusted names in it: escape it when
it is shown).
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.index.topics.model import TEMPLATE
from dashboard.index.topics.nodes import OTHER_ID, OTHER_KIND
from dashboard.measures.columns import FIRM
from dashboard.measures.statistics.mixes import MIN_ARTICLES, separating_topics
from dashboard.wording import (
    capital,
    count,
    every,
    in_quotes,
    independent,
    join_words,
    number,
    percent,
    rounded,
    show_day,
)

MAX_Q = 0.05
MOST_NAMED = 2  # topics in one title
MOST_DATED = 20  # dated events of which the years of all are named


@dataclass(frozen=True)
class Finding:
    """A title and the one to three sentences below it."""

    title: str
    standfirst: str = ""


def overview(summary: Any, topics: pd.DataFrame, n_topics: int | None = None) -> Finding:
    """What is here: how many articles, from whom, and whether they crowd on one day. ``summary``:
    the row of that table; ``topics``: those that are selected; ``n_topics``: how many rows there
    are without a topic filter, if that is more."""
    n, n_sources, n_unknown = summary.n_articles, summary.n_sources, summary.n_unknown
    whose = f" from {number(n_sources, 'source')}" if n_sources else ""
    parts = []
    title = f"{capital(number(n, 'article'))}{whose}"
    if n > 1 and summary.n_days:
        day, n_day = summary.top_day, summary.n_top_day
        if n_day > 1 and n_day >= n / 2:
            who = every(n) if n_day == n else f"{capital(number(n_day))} of the {number(n)}"
            title = f"{who} articles are from one day"
            parts.append(f"The day is {show_day(date.fromisoformat(day))}.")
    named = topics[(topics["topic_id"] != OTHER_ID) & (topics["n_words"] > 0)]
    if n_topics and n_topics > len(topics):
        parts += [_chosen(named)] * bool(len(named))
    elif len(named) > 1 and pd.isna(named["share"]).all():
        parts.append(f"The text suggests {number(len(named), 'theme')} to read.")
    elif len(named) > 1:
        label, share = _largest(named)
        parts.append(
            f"The text falls into {number(len(named), 'topic')}; the largest, {label}, takes "
            f"{share} of the words."
        )
    if whose and n_sources == n > 1:
        parts.append("Each source has one article here.")
    if n_sources > summary.n_families:
        said = independent(n_sources, summary.effective_sources, summary.n_families)
        parts.append(f"The sources count as {said.removeprefix(', ')}.")
    elif independent(n_sources, summary.effective_sources):
        worth = f"{summary.effective_sources:.1f}"
        parts.append(f"The sources share text, and amount to {worth} independent ones.")
    if n_unknown:
        parts.append(f"The source of {number(n_unknown, 'article')} is unknown.")
    return Finding(title, " ".join(parts))


def _largest(named: pd.DataFrame) -> tuple[str, str]:
    """The topic with the most words, with its reservation if it has one, and its share."""
    first = named.iloc[int(named["share"].argmax())]
    word = first["reliability_word"]
    loose = "" if word in FIRM else f" ({word})"
    return f"“{first['label']}”{loose}", percent(first["share"])


def _chosen(named: pd.DataFrame) -> str:
    """What share the selected topics have."""
    if pd.isna(named["share"]).all():
        return f"Selected: {number(len(named), 'theme')} to read."
    what = f"“{named.iloc[0]['label']}”" if len(named) == 1 else number(len(named), "topic")
    takes = "takes" if len(named) == 1 else "together take"
    return capital(
        f"{what} {takes} {percent(named['share'].sum())} of all words of these sources and dates."
    )


def coverage(summary: Any) -> str:
    """The span of dates, or the day on which most articles fall; ``summary`` as for
    :func:`overview`."""
    if not summary.n_days:
        return "No article has a date"
    first, last = date.fromisoformat(summary.first_day), date.fromisoformat(summary.last_day)
    if summary.n_days == 1:
        return f"All dated articles are from {show_day(first)}"
    if summary.n_days <= 12:
        n_dated = summary.n_articles - summary.n_undated
        return f"{capital(number(n_dated, 'article'))} on {number(summary.n_days, 'day')}"
    return f"Dated from {show_day(first)} to {show_day(last)}"


def source_topics(
    source_topics: pd.DataFrame,
    topics: pd.DataFrame,
    noun: str = "source",
    drawn: Collection[str] = (),
) -> str:
    """Topics that a source leans to, or away from, beyond chance, those first whose shares lie
    furthest apart among the sources ``drawn`` (ids; without it all), and stable ones before others.
    ``noun``: what is compared, sources or groups of articles."""
    n_sources = source_topics["source"].nunique()
    if n_sources < 2:
        return f"Topics of the one {noun} in view" if n_sources else f"No known {noun} in view"
    by_article = source_topics[source_topics["interval_unit"] == "articles"]
    n_compared = by_article["source"].nunique()
    if n_compared < 2:
        return f"Too few articles to compare the {noun}s’ topics"
    whose = (
        f"the {number(n_sources)} {noun}s"
        if n_compared == n_sources
        else f"the {number(n_compared)} {noun}s with enough articles"
    )
    label_of = topics.set_index("topic_id")["label"].astype(str)
    apart = separating_topics(source_topics, topics)
    shown = source_topics[source_topics["source_id"].isin(drawn)] if drawn else source_topics
    spread = shown.groupby("topic_id")["share"].agg(lambda shares: shares.max() - shares.min())
    stable = topics.loc[topics["reliability_word"].isin(FIRM), "topic_id"].astype(str).tolist()
    apart.sort(key=lambda topic: (topic not in stable, -spread.get(topic, 0.0)))
    n_topics = int(((topics["topic_id"] != OTHER_ID) & (topics["n_words"] > 0)).sum())
    if not apart:
        return capital(f"{whose} differ on no topic beyond chance")
    named = join_words([f"“{label_of[topic]}”" for topic in apart[:MOST_NAMED]])
    if len(apart) <= MOST_NAMED:
        return capital(f"{whose} differ on {named}")
    on = f"all {number(n_topics)}" if len(apart) == n_topics else f"{len(apart)} of {n_topics}"
    return capital(f"{whose} differ on {on} topics, most widely on “{label_of[apart[0]]}”")


def other_times(source_dates: pd.DataFrame, compared: Collection[str]) -> str:
    """A warning that two of the sources ``compared`` (ids) are of other times: half of the one's
    articles came out before half of the other's did, so that what differs may be the news of the
    day. Of several pairs the one furthest apart; "" where there is none."""
    rows = source_dates[source_dates["source_id"].isin(compared)]
    rows = rows[rows["n_dated"] >= MIN_ARTICLES]
    if len(rows) < 2:
        return ""
    early = rows.sort_values("three_quarters_day", kind="stable").iloc[0]
    late = rows.sort_values("quarter_day", kind="stable").iloc[-1]
    if early["three_quarters_day"] >= late["quarter_day"]:
        return ""
    said = []
    for row in (early, late):
        days = (row["quarter_day"], row["three_quarters_day"])
        months = [show_day(date.fromisoformat(day)).partition(" ")[2] for day in days]
        said.append((f"{row['source']}’s", f"from {' to '.join(dict.fromkeys(months))}"))
    (one, its), (other, others) = said
    return (
        f"Their dates differ: the middle half of {one} articles is {its}, of {other} {others}. "
        "What differs may be the news of the day."
    )


def topics(topics: pd.DataFrame, n_topics: int | None = None) -> Finding:
    """The largest topic, and how far the topics can be trusted. ``topics``: those that are
    selected; ``n_topics``: see :func:`overview`."""
    if n_topics and n_topics > len(topics) and (topics["n_words"] > 0).any():
        found = topics[topics["n_words"] > 0]
        said = _chosen(found)
        return Finding(said.rstrip("."), _trust(found))
    named = topics[(topics["kind"] != OTHER_KIND) & (topics["n_words"] > 0)]
    if (named["kind"] == TEMPLATE).all():
        return Finding(
            "Too little text for topics",
            "A topic needs at least four passages of about a paragraph. Add articles, or read the "
            "ones that are here.",
        )
    if pd.isna(named["share"]).all():
        return Finding(
            f"{capital(number(len(named), 'theme'))} to read, no shares to quote",
            "Topics found in the same words, shuffled, hold together as well as these. Take them "
            "as a way into the passages, not as a measure of the text.",
        )
    if len(named) == 1:
        title = f"One theme: “{named['label'].iloc[0]}”"
    elif (named["reliability_word"] == "exploratory").all():
        label = named["label"].iloc[int(named["share"].argmax())]
        title = f"{capital(number(len(named)))} exploratory themes; “{label}” is the largest"
    else:
        label, share = _largest(named)
        title = f"{label} is the largest topic: {share} of the words"
    return Finding(title, _trust(topics))


def _trust(topics: pd.DataFrame) -> str:
    """How many topics are how reliable, Other not counted; "" where there is nothing else."""
    listed = topics[(topics["topic_id"] != OTHER_ID) & (topics["n_words"] > 0)]
    if listed.empty:
        return ""
    n_passages = int(topics["n_passages"].sum())
    what, where = number(len(listed), "topic"), f"in {count(n_passages, 'passage')}"
    if (listed["reliability_word"] == "given").all():
        return capital(f"{what} of your own, given and not found, {where}.")
    if (listed["reliability_word"] == "exploratory").all():
        return (
            f"All are exploratory: {count(n_passages, 'passage')} are too few to be sure that "
            "another run would find the same topics. Read the passages before you quote a share."
        )
    themes = listed[listed["kind"] != "template"]["reliability_word"]
    counts = [
        f"{number(int((themes == word).sum()))} {word}"
        for word in ("stable", "tentative", "exploratory", "mixed")
        if (themes == word).any()
    ]
    houses = len(listed) - len(themes)
    counts += [number(houses, "house template")] * bool(houses)
    if len(counts) == 1:
        every_one = {1: "", 2: "both "}.get(len(listed), "all ")
        return capital(f"{what}, {every_one}{counts[0].partition(' ')[2]}, found {where}.")
    return capital(f"{what}, found {where}: {join_words(counts)}.")


def keyness(
    keyness: pd.DataFrame, n_articles: int, n_sources: int, noun: str = "source"
) -> Finding:
    """Whether any word tells the sources apart. ``noun``: as for :func:`source_topics`; of two
    sides the one that a word is compared with is named."""
    if n_sources < 2 and noun != "source":
        return Finding(f"A comparison needs two {noun}s", f"Choose two or more {noun}s, or none.")
    if n_sources < 2:
        return Finding(
            "A comparison needs two sources",
            "Choose two or more sources in the filters, or name your articles’ sources on the "
            "Corpus page or in a metadata.csv file beside them.",
        )
    clear = keyness[keyness["distinguishable"]]
    if clear.empty:
        return Finding(
            f"{capital(number(n_articles, 'article'))} can’t tell the {noun}s’ words apart"
            if n_articles == 1
            else f"{capital(number(n_articles, 'article'))} are too few to tell the {noun}s’ "
            "words apart",
            f"Some words lean to one {noun}, but none stands out beyond chance. A word counts as a "
            f"{noun}’s own only when its articles use it more than articles dealt at random would.",
        )
    # The first words of the lists, rather one that others use too: what only one source uses is
    # often its furniture or its spelling.
    first = clear.groupby("source", sort=False).head(1)
    shared = first[first["n_rest"] > 0]
    if shared.empty:
        shared = clear[clear["n_rest"] > 0].groupby("source", sort=False).head(1)
    top = (first if shared.empty else shared).sort_values("q", kind="stable").iloc[0]
    rest = top["reference"]
    often = f"{rounded(math.exp(top['log_odds']))} times as often as {rest}"
    return Finding(
        f"{top['source']} uses {in_quotes(top['term'])} {often}"
        if top["n_rest"]
        else f"Only {top['source']} uses {in_quotes(top['term'])}",
        f"It appears {count(int(top['n_group']), 'time')} there and "
        f"{count(int(top['n_rest']), 'time')} in {rest}. "
        f"{count(len(clear), 'word')} of {count(clear['source'].nunique(), noun)} "
        f"{'stands' if len(clear) == 1 else 'stand'} out beyond chance.",
    )


def timeline(summary: Any) -> Finding:
    """How many dated events there are, over which years. ``summary``: the row of
    ``timeline_summary``."""
    n = summary.n_past + summary.n_plans
    if not n:
        why = "No sentence in view says when something happened."
        if summary.n_statements:
            why = "The dated sentences in view are too few to read."
        return Finding("Nothing is dated here", why)
    span = f"from {summary.first} to {summary.last}"
    if summary.last == summary.first:
        span = f"in {summary.first}"
    if n >= MOST_DATED:
        span = f"most of them {span}"
    parts = []
    if summary.n_shared:
        verb = "is" if summary.n_shared == 1 else "are"
        parts.append(f"{capital(number(summary.n_shared))} {verb} told by several sources.")
    if summary.n_alleged:
        verb = "is" if summary.n_alleged == 1 else "are"
        parts.append(f"{capital(number(summary.n_alleged))} {verb} only alleged.")
    if summary.n_plans:
        verb = "was" if summary.n_plans == 1 else "were"
        parts.append(f"{capital(number(summary.n_plans))} {verb} still ahead when told.")
    parts.append("Each sentence is as it stands in the text; open it to read on.")
    return Finding(f"The story so far: {number(n, 'dated event')}, {span}", " ".join(parts))
