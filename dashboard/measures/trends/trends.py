"""Trends: how often keywords are used over time, by source, against what could have used them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.arrays import centred_sums
from dashboard.index.counts.grouped import grouped
from dashboard.index.counts.postings import count_keyword
from dashboard.index.index import Index
from dashboard.measures.columns import BY, KEYWORDS, PERIOD, SOURCE, SOURCE_ID, WIDTH
from dashboard.measures.periods import Periods, sort_cells
from dashboard.measures.registry import Option, table
from dashboard.measures.statistics.inference import wilson_interval
from dashboard.measures.statistics.rates import RATE_METHOD, Rates
from dashboard.scope import Scope
from dashboard.text.query import parse_keyword
from dashboard.wording import in_quotes

AMONG = Option(
    "among",
    "--among",
    "K",
    "a keyword: of the articles in scope only those count that use it",
)


def read_window(word: str) -> int:
    """Raises ``ValueError`` for anything but an odd number from 3 to 99."""
    if not (word.isascii() and word.isdecimal() and 3 <= int(word) < 100 and int(word) % 2):
        raise ValueError(f"“{word}” is not an odd number of periods, such as 3 or 5")
    return int(word)


SMOOTH = Option(
    "smooth",
    "--smooth",
    "N",
    "smooth over this odd number of periods, 3 or more: the period itself and those around it",
    read_window,
)

METHOD = """
**Count**: uses in the text. **Per 10,000 words**: uses ÷ words of the same articles. **Share**:
articles that use it ÷ all articles there. Headlines are not counted. Words are compared in lower
case; `sanction*` stands for any ending, several words are a phrase, OR joins alternatives,
brackets hold them together, `=Trump` is only what is written so, `tariff* NEAR/5 China` counts
`tariff*` where China stands at most five words away in the same passage; a hyphen counts as a
space. A date without articles is a gap, not a zero. **Smoothed** over 3 months (or other periods):
the uses of the month, of that before and of that after, ÷ the words of the same three, so that a
month with few articles counts for little; at both ends there are fewer. A count is a mean over
those of them with articles; a gap stays one.
"""


@table(
    "trends",
    row="a keyword, period and source with articles",
    columns={
        "period": PERIOD,
        "source": SOURCE,
        "keyword": "the keyword, as it was asked for",
        "count": "uses in the texts",
        "n_articles": "articles of the period and source",
        "per_10k": "uses per 10,000 words",
        "n_with": "articles that use it",
        "share": "n_with of n_articles (0 to 1)",
        "n_words": "words of the texts",
        **SOURCE_ID,
        "ci_low": "lower end of the 95 % interval of the share (Wilson; 0 to 1)",
        "ci_high": "upper end of it",
        "denominator": "what n_articles and n_words are of: `articles in scope`, or of these those "
        "with another keyword",
        "rate_low": "lower end of the 95 % interval of per_10k; null: fewer than five articles",
        "rate_high": "upper end of it",
        "window": "periods that the smoothed values are of; 1: not smoothed",
        "smooth_count": "uses a period, mean over the window",
        "smooth_per_10k": "uses per 10,000 words over the window",
        "smooth_share": "share of articles that use it over the window (0 to 1)",
    },
    options=[KEYWORDS, BY, AMONG, WIDTH, SMOOTH],
    method=METHOD + RATE_METHOD,
)
def trends(
    index: Index,
    scope: Scope,
    keywords: Sequence[str] | None = None,
    by: str = "",
    among: str = "",
    width: str | None = None,
    smooth: int = 1,
) -> pd.DataFrame:
    """How often each of ``keywords`` (without it the suggested ones) is used, by period and source.
    A period without articles has no row: a gap is not a zero. A topic filter counts the passages
    of those topics only. ``among``: a keyword; of the articles in scope only those count that use
    it. ``width``: one of ``WIDTHS``; ``smooth``: an odd number of periods. Raises
    ``UnreadableQuery``."""
    index = grouped(index, by)
    n_sources = len(index.sources) + 1
    rows = counted(
        index, scope, keywords, among, width, smooth, index.source_of % n_sources, n_sources
    )
    tables = []
    for source, cells in rows:
        of = {"source": index.source_names[source], "source_id": index.source_ids[source]}
        tables.append(sort_cells(trends.frame(cells | of)))
    return pd.concat(tables, ignore_index=True) if tables else trends.frame()


def counted(
    index: Index,
    scope: Scope,
    keywords: Sequence[str] | None,
    among: str,
    width: str | None,
    smooth: int,
    group_of: NDArray[Any],
    n_groups: int,
) -> Iterator[tuple[NDArray[np.int64], dict[str, Any]]]:
    """Of each keyword, by period and group of articles: the group of each row, and the columns
    of ``trends`` but for those of the source; nothing where no article is in scope. ``group_of``:
    (n_articles,) from 0 to ``n_groups`` - 1."""
    wanted = list(dict.fromkeys(index.keywords if keywords is None else keywords))
    mask, articles = _counted(index, scope, among)
    denominator = f"articles in scope with {in_quotes(among)}" if among else "articles in scope"
    periods = Periods.of(index, scope, width=width)
    cell = periods.number * n_groups + group_of
    n_cells = len(periods.names) * n_groups
    n_articles = np.bincount(cell[articles], minlength=n_cells)
    words_of = _words(index, mask, articles, parted=bool(scope.topics))
    n_words = np.bincount(cell, words_of, n_cells).astype(np.int64)
    rates = Rates(np.where(articles, cell, -1), words_of, n_cells)
    filled = np.flatnonzero(n_articles)
    for keyword in wanted if len(filled) else ():
        article, uses = _uses(index, keyword, mask)
        count = np.bincount(cell[article], uses, n_cells).astype(np.int64)
        n_with = np.bincount(cell[article], minlength=n_cells)
        sums = np.stack([count, n_words, n_with, n_articles])
        rate_low, rate_high = rates.intervals(article, uses)
        low, high = wilson_interval(n_with[filled] / n_articles[filled], n_articles[filled])
        columns = {
            "period": periods.names[filled // n_groups],
            "keyword": keyword,
            "count": count[filled],
            "n_articles": n_articles[filled],
            "per_10k": 1e4 * count[filled] / np.maximum(n_words[filled], 1),
            "n_with": n_with[filled],
            "share": n_with[filled] / n_articles[filled],
            "n_words": n_words[filled],
            "ci_low": low,
            "ci_high": high,
            "denominator": denominator,
            "rate_low": rate_low[filled],
            "rate_high": rate_high[filled],
            "window": smooth,
            **_smoothed(periods, filled, n_groups, sums[:, filled], smooth),
        }
        yield filled % n_groups, columns


def _uses(
    index: Index, keyword: str, slices: NDArray[np.bool_]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The articles of ``slices`` that use a keyword, ascending, and how often."""
    at, uses = count_keyword(index, parse_keyword(keyword))
    chosen = slices[at]
    article = index.slice_article[at[chosen]]
    first = np.diff(article, prepend=-1) > 0  # slices ascend, and so do their articles
    return article[first], np.bincount(np.cumsum(first) - 1, uses[chosen])


def _words(
    index: Index, slices: NDArray[np.bool_], articles: NDArray[np.bool_], *, parted: bool
) -> NDArray[Any]:
    """(n_articles,) words that count of each; ``parted``: articles may be in it in part."""
    if parted:
        return np.bincount(index.slice_article[slices], index.slice_words[slices], index.n_articles)
    return np.where(articles, index.article_words, 0)  # fewer than slices


def _smoothed(
    periods: Periods,
    cells: NDArray[np.int64],
    n_sources: int,
    counted: NDArray[np.int64],
    window: int,
) -> dict[str, NDArray[np.float64]]:
    """The smoothed columns of these cells; ``counted``: (4, n_cells) of each uses, words, articles
    with the keyword, and articles."""
    period, source = np.divmod(cells, n_sources)
    # The undated are far from all others, and so are the sources from each other.
    place = np.append(periods.place, periods.place.max(initial=0) + 2 * window)[period]
    place = place - place.min(initial=0)
    place += source * (int(place.max(initial=0)) + 2 * window)
    order = np.argsort(place, kind="stable")
    sums = np.empty((len(cells), 5))
    values = np.concatenate([counted, np.ones((1, len(cells)), np.int64)]).T
    sums[order] = centred_sums(place[order], values[order], window)
    uses, words, n_with, n_articles, n_periods = sums.T
    return {
        "smooth_count": uses / np.maximum(n_periods, 1),
        "smooth_per_10k": 1e4 * uses / np.maximum(words, 1),
        "smooth_share": n_with / np.maximum(n_articles, 1),
    }


def _counted(index: Index, scope: Scope, among: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Slices and articles in scope; of the articles those that use ``among``, if anything."""
    slices, articles = scope.slice_mask(index), scope.article_mask(index)
    if not among:
        return slices, articles
    found, _ = count_keyword(index, parse_keyword(among))
    with_it = np.zeros(index.n_articles, dtype=bool)
    with_it[index.slice_article[found[slices[found]]]] = True
    articles = articles & with_it
    return slices & articles[index.slice_article], articles
