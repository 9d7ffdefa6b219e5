"""The table of words that lean to each source. Articles whose source is unknown are counted
elsewhere and never compared here as if they were one outlet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import grouped
from dashboard.index.counts.topic_mix import is_compiled
from dashboard.index.index import Index
from dashboard.measures.columns import BY, DRAWN, KNOWN_SOURCE, KNOWN_SOURCE_ID
from dashboard.measures.keyness.compared import Compared, compared
from dashboard.measures.keyness.covered import covered
from dashboard.measures.keyness.house_style import in_house_style
from dashboard.measures.keyness.leaning import TERM_COLUMNS, Leaning
from dashboard.measures.keyness.told import STORY, told
from dashboard.measures.registry import Option, table
from dashboard.scope import Scope

Columns = dict[str, NDArray[Any]]  # by name, of the rows of a source; none without rows
N_TERMS = 50
ONE_ARTICLE = "one article"
STORIES = "stories"  # the layer

METHOD = """
**How much**: the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn
2008): how much more a source uses a word than the others do, pulled towards the pooled text by a
prior of 500 words. Its 95 % interval takes articles as units, not words: the words of one article
are not independent witnesses.

**Beyond chance**: each article gets the logarithm of 1 + its uses, less what is usual for articles
of its length. The source's sum is compared with what it would be if articles were dealt to the
sources anew (a permutation test by its first three moments). A word is *distinguishable* at a
false discovery rate of 5 % (Benjamini and Hochberg). Words in so few articles that they could not
be found are not tested (Tarone).

**Within stories** only articles about stories that the source and others share are compared, and
dealt anew within each story. So what was covered cancels, and how it was told remains; how much is
then the ratio of rates summed over stories (Mantel and Haenszel; Greenland and Robins 1985). Where
a source has fewer than 100 articles in shared stories, its others are compared on their main topic.

Stop words, names of outlets, bylines and house style (table `house_style`) are set aside.
"""


def read_within(word: str) -> str:
    """Raises ``ValueError`` for anything but ``story``."""
    if word != STORY:
        raise ValueError(f"“{word}” is nothing to compare within; “{STORY}” is")
    return word


WITHIN = Option(
    "within", "--within", "STRATUM", "`story`: compare articles about the same story", read_within
)


@table(
    "keyness",
    words="term",
    row="a term that leans to a known source, what is beyond chance first, up to 50 each",
    columns={
        "source": KNOWN_SOURCE,
        "term": "the word or phrase",
        **TERM_COLUMNS,
        "stratum": "compared within: `story`, `story or topic` where stories are few; empty: all",
        "flag": "`one article`: only one of the source's has it; otherwise empty",
        **KNOWN_SOURCE_ID,
        "reference": "what the source is compared with, in words",
    },
    options=[DRAWN, WITHIN, BY],
    method=METHOD,
)
def keyness(
    index: Index, scope: Scope, drawn: Sequence[str] | None = None, within: str = "", by: str = ""
) -> pd.DataFrame:
    """The terms that lean to each known source in scope.

    log_odds: with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, eq. 16), 500 words
    of the pooled text; its variance is that of the two rates, linearised over articles (Cochran
    1977, ch. 6). q: permutation of articles, adjusted over the terms that could be found
    (Benjamini & Hochberg 1995; Tarone 1990): see ``statistics.dealing``. No statistic takes words
    as independent. ``within`` "story": see ``told``; log_odds is then the Mantel-Haenszel ratio of
    rates over stories (Greenland & Robins 1985) with the same prior.

    A source is compared with the other known sources in scope; a single one with all others under
    the same dates, topics and query. The sources ``drawn`` (ids) have rows, without it the 20 with
    most words; the rest are still what a word is compared with. With fewer than two, or within
    stories where none is shared: no rows. Raises ``MissingLayer`` for ``within`` on an index
    without stories."""
    index = grouped(index, by)
    groups = compared(index, scope, drawn)
    if groups is None:
        return keyness.frame()
    rows = [each for each in _of_each(groups, within) if each]
    if not rows:
        return keyness.frame()
    return keyness.frame({name: np.concatenate([each[name] for each in rows]) for name in rows[0]})


def _of_each(groups: Compared, within: str) -> list[Columns]:
    """The columns of each of the sources. Which others are drawn changes nothing of them, so those
    that were asked for before are kept."""
    kept, sources = _kept(groups.index, groups.scope, within), groups.sources.tolist()
    missing = [source for source in sources if source not in kept]
    if missing:
        of = replace(groups, sources=np.asarray(missing))
        for leaning, source in zip(told(of) if within else covered(of), missing, strict=True):
            kept[source] = {} if leaning is None else _columns(of, leaning, source)
    return [kept[source] for source in sources]


# So few that an index that was replaced is soon let go.
@lru_cache(maxsize=8)
def _kept(index: Index, scope: Scope, within: str) -> dict[int, Columns]:
    """What was found of the sources of an index and scope, by position; threads share it."""
    return {}


def _columns(groups: Compared, of: Leaning, source: int) -> Columns:
    index = groups.index
    order = of.order(index.lexicon.surfaces.take(index.lexicon.analysed[of.columns]))
    styled = in_house_style(index, source, index.lexicon.analysed[of.columns[order]])
    at = order[~styled][:N_TERMS]
    numbers = index.lexicon.analysed[of.columns[at]]
    return {
        "source": np.full(len(at), index.source_names[source], dtype=object),
        "term": np.asarray(index.lexicon.surfaces.take(numbers), dtype=object),
        **of.columns_at(at),
        "stratum": np.full(len(at), of.stratum, dtype=object),
        "flag": np.where(of.df_own[at] == 1, ONE_ARTICLE, "").astype(object),
        "source_id": np.full(len(at), index.source_ids[source], dtype=object),
        "reference": np.full(len(at), groups.reference(source), dtype=object),
    }


def warm_up(index: Index) -> None:
    """Compile what comparing the sources of a large index takes, and keep the code: no visitor
    waits for it."""
    if not is_compiled(index):
        return
    ids = [source.source_id for source in index.sources[:2]]
    keyness(index, Scope(), ids)
    if STORIES in index.layer_versions:
        keyness(index, Scope(), ids, STORY)
