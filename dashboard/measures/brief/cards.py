"""Findings: the few sentences about a scope that are worth a look, with how robust each is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.postings import count_keyword
from dashboard.index.index import Index
from dashboard.index.topics.model import THEME
from dashboard.index.topics.nodes import OTHER_ID
from dashboard.measures.brief.material import Material
from dashboard.measures.brief.omissions import silences
from dashboard.measures.columns import FIRM
from dashboard.measures.findings import MAX_Q
from dashboard.measures.keyness.compared import compared
from dashboard.measures.keyness.keyness import keyness
from dashboard.measures.periods import when
from dashboard.measures.registry import table
from dashboard.measures.sources import source_topics
from dashboard.measures.statistics.inference import benjamini_hochberg, normal_p
from dashboard.measures.statistics.mixes import MIN_ARTICLES
from dashboard.measures.topics import topics
from dashboard.measures.trends.finding import peak
from dashboard.measures.trends.trends import trends
from dashboard.scope import Scope
from dashboard.text.query import parse_keyword
from dashboard.wording import capital, count, in_quotes, number, percent, percent_range, rounded

_LEAST_WITH = 3  # articles, for a word to be more than one article's
_LEAST_EXPECTED = 0.5  # for a silence to be more than a short text's
_LEAST_CARRIERS = 3  # of a theme, for one more to be missed
_MOST_OF_A_KIND = 2

FINDINGS_METHOD = """
Findings come from the tables of the other pages, the clearest first. One is **robust** when it
holds whichever article is left out (of a source of fewer than five articles: whichever passage), is
beyond chance (q < .05, adjusted for all that was looked at: Benjamini & Hochberg 1995) and rests on
more than one article. The range is what the number becomes as units are left out one by one. Those
that are not robust are shown faint, with the reason.
"""


@table(
    "findings",
    words="keyword",
    row="a finding, robust ones first, then by kind and size",
    columns={
        "rank": "place in that order, from 1",
        "kind": "what it is about: `topic`, `word`, `peak`, `silence`",
        "finding": "the finding in words",
        "robust": "whether it can be quoted as it stands",
        "caution": "why it can't; null: it can",
        "effect": "its size: a share less that of others (0 to 1), times as often, uses per "
        "10,000 words, or sources that carry it",
        "low": "the least the number becomes when a unit is left out; null: not asked",
        "high": "the most it becomes",
        "q": "chance of so much by accident, adjusted for all that was looked at; null: no test",
        "n": "articles that it rests on",
        "source_id": "source that it is about; null: none",
        "topic_id": "topic that it is about; null: none",
        "keyword": "word that it is about; null: none",
        "table": "table it was read from",
    },
    method=FINDINGS_METHOD,
)
def findings(index: Index, scope: Scope) -> pd.DataFrame:
    """What is worth a look in scope; no rows where nothing is."""
    rows = [
        row
        for find in (_topics, _words, _peaks, _silences)
        for row in list(find(index, scope))[:_MOST_OF_A_KIND]
    ]
    blank = dict.fromkeys(findings.columns)
    made = [{**blank, **row, "robust": row.get("caution") is None} for row in rows]
    made.sort(key=lambda row: not row["robust"])
    for rank, row in enumerate(made, 1):
        row["rank"] = rank
    return findings.frame([[row[name] for name in findings.columns] for row in made])


def _topics(index: Index, scope: Scope) -> Iterator[dict[str, Any]]:
    """Sources that give a topic more of their words than the others do."""
    rows = source_topics(index, scope)
    rows = rows[(rows["topic_id"] != OTHER_ID) & rows["share"].notna() & rows["share_rest"].notna()]
    if rows.empty:
        return
    listed = topics(index, scope.without_topics()).set_index("topic_id")
    rows = rows[rows["topic_id"].map(listed["kind"]) == THEME].copy()
    share = rows["share"].to_numpy(dtype=float)
    spread = (share - rows["ci_low"].to_numpy(dtype=float)) / 1.96
    lead = share - rows["share_rest"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(spread > 0, lead / spread, 0)
    # Of a source with too few articles the table tells nothing; what it says is never robust.
    rows["q"] = rows["q"].fillna(pd.Series(benjamini_hochberg(normal_p(z), len(z)), rows.index))
    rows["lead"] = lead
    rows["few"] = rows["n_articles"] < MIN_ARTICLES
    order = {"few": True, "q": True, "lead": False}
    leading = rows[rows["lead"] > 0].sort_values([*order], ascending=[*order.values()])
    names = rows.drop_duplicates("source_id").set_index("source_id")["source"]
    row: Any
    for row in leading.head(2 * _MOST_OF_A_KIND).itertuples():
        topic = listed.loc[row.topic_id]
        others = names.drop(row.source_id).iloc[0] if len(names) == 2 else "others"
        low, high, units = _left_out(index, scope, row.source_id, row.topic_id)
        caution = None
        if row.q >= MAX_Q:
            caution = "Chance alone would give as much."
        elif topic["reliability_word"] not in FIRM:
            caution = f"The topic is {topic['reliability_word']}: another run may find another."
        elif row.few:
            caution = f"It speaks of {number(int(row.n_articles), 'article')}, not of the source."
        elif low <= row.share_rest:
            caution = "It rests on a single article."
        yield {
            "kind": "topic", "table": "source_topics", "q": row.q, "low": low, "high": high,
            "effect": row.lead, "n": int(row.n_articles), "source_id": row.source_id,
            "topic_id": row.topic_id, "caution": caution,
            "finding": f"{row.source} gives “{topic['label']}” {percent(row.share)} of its words, "
            f"{others} {percent(row.share_rest)}; whichever {units} is left out, it is "
            f"{percent_range(low, high)}.",
        }  # fmt: skip


def _left_out(
    index: Index, scope: Scope, source_id: str, topic_id: str
) -> tuple[float, float, str]:
    """The least and the most that a source's share of a topic becomes when one of its articles is
    left out, or one passage where it has fewer than five."""
    cut = scope.cut(index)
    mask = scope.without_topics().article_mask(index)
    mask = mask & (index.source_ids[index.source_of] == source_id)
    chosen = np.flatnonzero(mask)
    if len(chosen) >= MIN_ARTICLES:
        slices = np.flatnonzero(mask[index.slice_article])
        _, at = np.unique(index.slice_article[slices], return_inverse=True)
        words = index.slice_words[slices].astype(np.float64)
        on = words * (cut.topic_ids[cut.slice_topic[slices]] == topic_id)
        own, total, unit = np.bincount(at, on), np.bincount(at, words), "article"
    else:
        parts = [
            (index.passage_words(i), cut.topic_ids[cut.slice_topic[index.passage_slices(i)]])
            for i in chosen.tolist()
        ]
        total = np.concatenate([n for n, _ in parts]).astype(np.float64)
        own, unit = total * (np.concatenate([t for _, t in parts]) == topic_id), "passage"
    rest = np.maximum(total.sum() - total, 1)
    shares: NDArray[np.float64] = (own.sum() - own) / rest
    return float(shares.min()), float(shares.max()), unit


def _words(index: Index, scope: Scope) -> Iterator[dict[str, Any]]:
    """The word that marks a source most clearly, of each source once."""
    rows = keyness(index, scope)
    if rows.empty:
        return
    clear = rows[rows["distinguishable"]].sort_values("q", kind="stable")
    groups = compared(index, scope, None)
    assert groups is not None  # or there were no rows
    mask = groups.scope.article_mask(index)  # with the others, also where one source is in view
    row: Any
    for row in clear.drop_duplicates("source_id").head(_MOST_OF_A_KIND).itertuples():
        low, high = _times_left_out(index, mask, row)
        caution = None
        if row.df_group < _LEAST_WITH:
            caution = f"It stands in {number(row.df_group, 'article')} only."
        elif low < 1:
            caution = "It rests on a single article."
        yield {
            "kind": "word", "table": "keyness", "q": row.q, "effect": float(np.exp(row.log_odds)),
            "low": low, "high": high, "n": int(row.df_group), "source_id": row.source_id,
            "keyword": row.term, "caution": caution,
            "finding": f"{row.source} uses {in_quotes(row.term)} {rounded(np.exp(row.log_odds))} "
            f"times as often as {row.reference}, in {count(row.df_group, 'article')}.",
        }  # fmt: skip


def _times_left_out(index: Index, mask: NDArray[np.bool_], row: Any) -> tuple[float, float]:
    """How many times as often a source uses a word, as its articles are left out one by one."""
    slices, uses = count_keyword(index, parse_keyword(row.term))
    by_article = np.bincount(index.slice_article[slices], uses, index.n_articles)[mask]
    own = (index.source_ids[index.source_of] == row.source_id)[mask]
    known = (index.source_of >= 0)[mask]
    words = index.article_words[mask].astype(np.float64)
    rest = by_article[known & ~own].sum() + 0.5, words[known & ~own].sum() + 1
    rate = (by_article[own].sum() - by_article[own] + 0.5) / (words[own].sum() - words[own] + 1)
    times = rate / (rest[0] / rest[1])
    return float(times.min()), float(times.max())


def _peaks(index: Index, scope: Scope) -> Iterator[dict[str, Any]]:
    """Periods in which a suggested keyword is used by more articles than chance would give."""
    rows = trends(index, scope)
    for keyword, own in rows.groupby("keyword", sort=False):
        found = peak(own)
        if found is None:
            continue
        period = own[own["period"] == found[0]]
        n_with, n = int(period["n_with"].sum()), int(period["n_articles"].sum())
        yield {
            "kind": "peak", "table": "trends", "effect": found[1], "n": n_with, "keyword": keyword,
            "caution": None if n_with >= _LEAST_WITH else "It stands in too few articles.",
            "finding": f"{in_quotes(str(keyword))} peaked {when(found[0])}: {n_with:,} of "
            f"{count(n, 'article')} use it, {rounded(found[1])} times per 10,000 words.",
        }  # fmt: skip


def _silences(index: Index, scope: Scope) -> Iterator[dict[str, Any]]:
    """The most telling silence of each source."""
    seen: set[str] = set()
    for row in silences(index, Material.of(index, scope)):
        if row["silent_source_id"] in seen:
            continue
        seen.add(row["silent_source_id"])
        caution = None
        if row["expected"] < _LEAST_EXPECTED:
            likely = percent(row["expected"])
            caution = f"In {row['n_words']:,} words it was {likely} likely to carry it."
        elif row["n_families"] < _LEAST_CARRIERS:
            n_others = number(row["n_families"], "other source")
            alike = row["n_families"] < row["n_carriers"]
            caution = f"Only {n_others} carry it{', those of a family as one' * alike}."
        yield {
            "kind": "silence", "table": "omissions", "effect": float(row["n_carriers"]),
            "n": row["n_carriers"], "source_id": row["silent_source_id"], "caution": caution,
            "finding": capital(
                f"{number(row['n_carriers'], 'source')} write of “{row['label']}”; nothing like it "
                f"is in this corpus from {row['silent_source']}."
            ),
        }  # fmt: skip
