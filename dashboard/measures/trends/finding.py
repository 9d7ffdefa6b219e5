"""What keywords over time come to, in a sentence: one by itself, several compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, groupby
from typing import NamedTuple

import pandas as pd

from dashboard.measures.findings import MAX_Q, Finding
from dashboard.measures.periods import when
from dashboard.measures.statistics.inference import fisher_exact, mcnemar
from dashboard.wording import (
    capital,
    count,
    every,
    in_quotes,
    join_words,
    number,
    percent,
    rounded,
)

LEAST_PERIODS = 3  # for one of them to be a peak
MOST_DATED = 2  # peaks of several keywords whose periods a title names


class Peak(NamedTuple):
    """``value``: of the measure; ``n_with`` of the ``n_articles`` of ``period`` use the keyword."""

    period: str
    value: float
    n_with: int
    n_articles: int


def trend(
    rows: pd.DataFrame,
    keyword: str,
    noun: str = "source",
    measure: str = "per_10k",
    among: str = "",
) -> Finding:
    """When a keyword peaked, where that is beyond chance; else who uses it. ``rows``: those of
    ``trends`` with that keyword; ``measure``: what is drawn, one of its columns; ``among``: the
    keyword that articles must use to be counted."""
    n_articles, n_with = int(rows["n_articles"].sum()), int(rows["n_with"].sum())
    if not n_with:
        return _unused([keyword], n_articles, among)
    body = (
        f"{n_with:,} of {count(n_articles, 'article')} "
        f"{'use' if n_with > 1 else 'uses'} it, {count(int(rows['count'].sum()), 'time')} in "
        f"{count(int(rows['n_words'].sum()), 'word')}."
    )
    dated = rows[rows["n_with"] > 0]["period"].dropna()
    body += f" Its first dated use is {when(dated.min())}." if dated.nunique() > 1 else ""
    if found := peak(rows, measure):
        body += f" At the peak {found.n_with:,} of {count(found.n_articles, 'article')} use it."
        title = f"{in_quotes(keyword)} peaked {when(found.period)}, {_at(found, measure)}"
        return Finding(title, capital(body))
    known = rows.dropna(subset=["source"])
    n_sources, using = known["source"].nunique(), known[known["n_with"] > 0]["source"].nunique()
    if n_sources > 1:
        some = f"{capital(number(using))} of {number(n_sources)}"
        who = f"{every(n_sources) if using == n_sources else some} {noun}s"
        verb = "use" if using != 1 else "uses"
        return Finding(f"{who} {verb} {in_quotes(keyword)}", capital(body))
    some = f"{capital(number(n_with))} of {number(n_articles, 'article')}"
    who = "The article" if n_articles == 1 else some
    verb = "use" if n_with != 1 else "uses"
    # The title has said how many articles.
    body = f"{capital(body.partition(' it, ')[2])}"
    return Finding(f"{who} {verb} {in_quotes(keyword)}", body)


def _at(found: Peak, measure: str) -> str:
    return {
        "count": f"with {count(round(found.value), 'use')}",
        "share": f"in {percent(found.value)} of the articles",
    }.get(measure, f"at {rounded(found.value)} per 10,000 words")


def peak(rows: pd.DataFrame, measure: str = "per_10k") -> Peak | None:
    """The period in which a keyword has its highest ``measure`` (per_10k, share or count, of all
    sources together), of those in which more articles use it than chance would give (Fisher's exact
    test against the other dated articles, p times the number of periods at most .05). ``rows``:
    those of ``trends`` with that keyword; None where no period passes."""
    columns = ["count", "n_words", "n_with", "n_articles"]
    periods = rows.groupby("period")[columns].sum()
    if len(periods) < LEAST_PERIODS:
        return None
    n_with, n = (periods[name].to_numpy() for name in ("n_with", "n_articles"))
    p = fisher_exact(n_with, n, int(n_with.sum()), int(n.sum()))
    passing = periods[p * len(periods) <= MAX_Q]
    if passing.empty:
        return None
    value = {
        "count": passing["count"],
        "share": passing["n_with"] / passing["n_articles"],
    }.get(measure, 1e4 * passing["count"] / passing["n_words"].clip(lower=1))
    top = int(value.to_numpy().argmax())
    of_top = passing[["n_with", "n_articles"]].to_numpy()[top].tolist()
    return Peak(str(passing.index[top]), float(value.iloc[top]), *map(int, of_top))


def compared(
    together: pd.DataFrame,
    keywords: Sequence[str],
    period: str,
    measure: str = "per_10k",
    among: str = "",
) -> Finding:
    """When each of two or more keywords peaked, where that is beyond chance and at times that can
    be told apart; else which of them more articles use, if that can be told.

    Parameters
    ----------
    together
        As ``trends_together`` has it.
    keywords
        Two or more of it, in the order in which they are said.
    period
        What its periods are called: day, week, month, quarter or year.
    measure
        What is drawn, one of its columns.
    among
        The keyword that articles must use to be counted.
    """
    rows = {keyword: together[together["keyword"] == keyword] for keyword in keywords}
    n = {keyword: int(own["n_with"].sum()) for keyword, own in rows.items()}
    n_articles = int(rows[keywords[0]]["n_articles"].sum())
    used = sorted((k for k in keywords if n[k]), key=lambda k: -n[k])
    if not used:
        return _unused(keywords, n_articles, among)
    peaks = {k: found for k in used if (found := peak(rows[k], measure))}
    apart = _apart(rows, peaks)
    title = _peaks(peaks, used) if apart else ""
    dated = not title or len({found.period for found in peaks.values()}) > MOST_DATED
    of = f" of {count(n_articles, 'article')}"
    said = [
        _said(k, n[k], of if not i else "", peaks.get(k), measure, dated=dated)
        for i, k in enumerate(keywords)
    ]
    body = [capital(f"{'; '.join(said)}.")]
    lead = _lead(rows, used, period)
    if not apart:
        body.append("When they peaked can’t be told apart.")
    if title and lead:
        body.append(f"{lead}.")
    return Finding(title or lead or _totals(n, used, n_articles), " ".join(body))


def _unused(keywords: Sequence[str], n_articles: int, among: str) -> Finding:
    """That no article that is counted uses any of these, or that none is counted."""
    if not n_articles and among:
        return Finding(
            f"No article in view uses {in_quotes(among)}",
            "Only articles that use it are counted. Empty “Of the articles with” to count all.",
        )
    if not n_articles:
        return Finding("No article in view", "Widen the filters.")
    which = f"with {in_quotes(among)}" if among else "in view"
    named = join_words([in_quotes(keyword) for keyword in keywords], "or")
    return Finding(f"No article {which} uses {named}", f"n = {count(n_articles, 'article')}.")


def _said(
    keyword: str, n_with: int, of: str, found: Peak | None, measure: str, *, dated: bool
) -> str:
    """ "120 of 6,189 articles use “Ebola”, at its peak 60 of 300 (10 per 10,000 words)"; ``dated``:
    and when that was."""
    said = f"{n_with:,}" if n_with else "none"
    said = f"{said}{of} {'use' if n_with > 1 else 'uses'} {in_quotes(keyword)}"
    if found is None:
        return said
    value = {"count": count(round(found.value), "use"), "share": percent(found.value)}.get(
        measure, f"{rounded(found.value)} per 10,000 words"
    )
    at = f", {when(found.period)}," if dated else ""
    return f"{said}, at its peak{at} {found.n_with:,} of {found.n_articles:,} ({value})"


def _apart(rows: Mapping[str, pd.DataFrame], peaks: Mapping[str, Peak]) -> bool:
    """Whether keywords with peaks in different periods differ in how their articles are dealt to
    these two (Fisher's exact test)."""
    for first, second in combinations(sorted(peaks, key=lambda k: peaks[k].period), 2):
        ends = [peaks[first].period, peaks[second].period]
        if ends[0] == ends[1]:
            continue
        (a, b), (c, d) = (
            rows[k].set_index("period")["n_with"].reindex(ends).tolist() for k in (first, second)
        )
        if float(fisher_exact(a, a + b, a + c, a + b + c + d)[0]) > MAX_Q:
            return False
    return True


def _peaks(peaks: Mapping[str, Peak], used: Sequence[str]) -> str:
    """When keywords peaked, the first first; which have no peak. "" where none has one."""
    if not peaks:
        return ""
    order = sorted(peaks, key=lambda k: peaks[k].period)
    groups = [(p, list(own)) for p, own in groupby(order, key=lambda k: peaks[k].period)]
    named = [join_words([in_quotes(k) for k in own]) for _, own in groups]
    dated = [when(period) for period, _ in groups]
    flat = [in_quotes(k) for k in used if k not in peaks]
    none = f"; no peak of {join_words(flat, 'or')} stands out" if flat else ""
    if len(groups) > MOST_DATED:
        return f"{named[0]} peaked first, {dated[0]}, {named[-1]} last, {dated[-1]}{none}"
    both = {1: "", 2: "both "}.get(len(groups[0][1]), "all ") if len(groups) == 1 else ""
    said = f"{named[0]} {both}peaked {dated[0]}"
    return f"{said}, {named[1]} {dated[1]}{none}" if len(groups) > 1 else f"{said}{none}"


def _lead(rows: Mapping[str, pd.DataFrame], used: Sequence[str], period: str) -> str:
    """Of two keywords: in how many periods more articles use the one, and in how many the other,
    of those in which that can be told (``p_first`` at most .05); "" where none can."""
    if len(rows) != 2 or len(used) != 2:
        return ""
    first, second = (own.dropna(subset=["period"]) for own in rows.values())
    told = second["p_first"].to_numpy() <= MAX_Q
    if not told.any():
        return ""
    gain = (first["n_with"].to_numpy() - second["n_with"].to_numpy())[told]
    more, fewer = int((gain > 0).sum()), int((gain < 0).sum())
    names = [in_quotes(k) for k in rows]
    if fewer > more:
        names, more, fewer = names[::-1], fewer, more
    in_fewer = f", in fewer in {fewer:,}" if fewer else ""
    return (
        f"{names[0]} is used in more articles than {names[1]} in {more:,} of "
        f"{count(len(first), period)}{in_fewer}"
    )


def _totals(n: Mapping[str, int], used: Sequence[str], n_articles: int) -> str:
    """Which keyword more articles use than any other, if that can be told."""
    if len(used) == 1:
        named = join_words([in_quotes(k) for k in n if k not in used], "or")
        return f"No article in view uses {named}"
    first, second = used[:2]
    if float(mcnemar(n[first], n[second])) <= MAX_Q:
        than = in_quotes(second) if len(used) == 2 else "any other keyword"
        sizes = join_words([f"{n[k]:,}" for k in used])
        return f"More articles use {in_quotes(first)} than {than}: {sizes} of {n_articles:,}"
    others = [f"{number(n[k])} {in_quotes(k)}" for k in used[1:]]
    chance = "that may be chance" if n[first] > n[second] else "neither leads"
    return (
        f"{capital(number(n[first], 'article'))} {'use' if n[first] > 1 else 'uses'} "
        f"{in_quotes(first)}, {join_words(others)}: "
        f"{chance if len(used) == 2 else 'which leads may be chance'}"
    )
