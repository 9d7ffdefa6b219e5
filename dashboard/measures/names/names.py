"""Names: who and what the articles name, in all of them and by source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.measures.columns import ARTICLE_ID, DATE, MOST, PASSAGE_ID, SOURCE, SOURCE_ID
from dashboard.measures.names.rows import (
    IN_SOURCE,
    METHOD,
    NAMES,
    TITLE,
    first_uses,
    keyword_of,
    most_named,
    numbers_of,
    uses_in_scope,
    writings,
)
from dashboard.measures.registry import TABLES, table
from dashboard.measures.statistics.inference import poisson_interval
from dashboard.scope import Scope
from dashboard.text.names.shared import KINDS

RATES_METHOD = (
    METHOD
    + """
Rates are per 1,000 words of the articles that the rules can read, with exact 95 % Poisson intervals
(Garwood 1936). They take uses as independent, which those of one article are not: the number of
articles is the safer count.
"""
)
_KIND = "`person`, `organisation`, `place`, or `unknown` where the text doesn't tell"


@table(
    "names",
    row="a name in the articles in scope, those in most articles first",
    columns={
        "name": "the name, one for all articles",
        "kind": _KIND,
        "aliases": "how it is written, the most frequent first, with a vertical bar between them",
        "keyword": "the name as a keyword: its writings as alternatives",
        "n_articles": "articles in scope that name it",
        "n_mentions": "times that they name it",
        "n_sources": "known sources of these articles",
        "first_article_id": "id of the earliest of them; undated ones come last",
        "first_date": DATE,
    },
    options=[NAMES, MOST],
    method=METHOD,
)
def names(
    index: Index, scope: Scope, names: Sequence[str] | None = None, most: int | None = None
) -> pd.DataFrame:
    """Who and what is named, the first ``most``, of ``names`` only those; no rows where nobody is.
    Raises ``MissingLayer`` for an index without names."""
    rows, uses = uses_in_scope(index, scope)
    found = most_named(rows, uses)
    if names is not None:
        found = found[found["text"].isin(list(names))]
    found = found.iloc[:most]
    wanted = found["name"].to_numpy(np.int64)
    chosen = uses[np.isin(rows.name[uses], wanted)]
    data = pd.DataFrame({"name": rows.name[chosen], "article": rows.article[chosen]})
    data["source"] = index.source_of[data["article"].to_numpy()]
    known = data[data["source"] >= 0]
    n_sources = known.groupby("name")["source"].nunique()
    place = np.empty(index.n_articles, dtype=np.int64)
    place[index.by_date] = np.arange(index.n_articles)
    data["place"] = place[data["article"].to_numpy()]
    first = data.groupby("name")["place"].min().reindex(wanted).to_numpy(np.int64)
    facts = index.article_rows(index.by_date[first], ["article_id", "date"])
    written = writings(rows, wanted)
    texts = found["text"].tolist()
    own = [written.get(number, [text]) for number, text in zip(wanted.tolist(), texts, strict=True)]
    return TABLES["names"].frame(
        {
            "name": texts,
            "kind": np.asarray(KINDS, dtype=object)[rows.kinds[wanted]],
            "aliases": [" | ".join(each) for each in own],
            "keyword": [keyword_of(text, each) for text, each in zip(texts, own, strict=True)],
            "n_articles": found["n_articles"].to_numpy(),
            "n_mentions": found["n_mentions"].to_numpy(),
            "n_sources": n_sources.reindex(wanted).fillna(0).to_numpy(np.int64),
            "first_article_id": facts["article_id"].to_numpy(dtype=object),
            "first_date": facts["date"].to_numpy(dtype=object),
        }
    )


@table(
    "names_by_source",
    row="a name in a source, the names in the order of `names`, the sources by their articles",
    columns={
        "name": "the name, as `names` has it",
        "kind": _KIND,
        "source": SOURCE,
        "n_articles": "articles of the source in scope that name it",
        "n_mentions": "times that they name it",
        "per_1k": "these per 1,000 words of the articles of the source in scope",
        "ci_low": "lower end of the exact 95 % interval of the rate",
        "ci_high": "upper end of it",
        "n_read": "articles of the source in scope that the rules can read",
        "n_words": "their words",
        **SOURCE_ID,
    },
    options=[NAMES],
    method=RATES_METHOD,
)
def names_by_source(index: Index, scope: Scope, names: Sequence[str] | None = None) -> pd.DataFrame:
    """How often each source names ``names``, without it the 20 most widely named; a row for each of
    its sources in scope that could. Raises ``MissingLayer`` for an index without names."""
    rows, uses = uses_in_scope(index, scope)
    wanted = numbers_of(rows, uses, names)
    mask = scope.article_mask(index) & rows.read
    n_sources = len(index.source_names)
    of = index.source_of[mask] % n_sources  # -1, unknown, is the last
    n_read = np.bincount(of, minlength=n_sources)
    words = np.bincount(of, index.article_words[mask], n_sources)
    chosen = uses[np.isin(rows.name[uses], wanted)]
    source = index.source_of[rows.article[chosen]] % n_sources
    data = pd.DataFrame(
        {"name": rows.name[chosen], "source": source, "article": rows.article[chosen]}
    )
    grouped = data.groupby(["name", "source"])["article"]
    counts = pd.DataFrame({"n_articles": grouped.nunique(), "n_mentions": grouped.size()})
    present = np.flatnonzero(n_read)
    present = present[np.argsort(-n_read[present], kind="stable")]
    every = pd.MultiIndex.from_product([wanted, present], names=["name", "source"])
    found = counts.reindex(every, fill_value=0).reset_index()
    of_row = found["source"].to_numpy(np.int64)
    n = found["n_mentions"].to_numpy(np.int64)
    total = np.maximum(words[of_row], 1) / 1000
    low, high = poisson_interval(n)
    number = found["name"].to_numpy(np.int64)
    return names_by_source.frame(
        {
            "name": [rows.names[i] for i in number],
            "kind": np.asarray(KINDS, dtype=object)[rows.kinds[number]],
            "source": index.source_names[of_row],
            "n_articles": found["n_articles"].to_numpy(np.int64),
            "n_mentions": n,
            "per_1k": n / total,
            "ci_low": low / total,
            "ci_high": high / total,
            "n_read": n_read[of_row],
            "n_words": words[of_row].astype(np.int64),
            "source_id": index.source_ids[of_row],
        }
    )


@table(
    "mentions",
    row="a use of a name, by date, then in the order of the text",
    columns={
        "name": "the name, as `names` has it",
        "article_id": ARTICLE_ID,
        "passage_id": PASSAGE_ID,
        "source": SOURCE,
        "date": DATE,
        "written": "how it is written there",
        "title": "what is put before it there, small; null: nothing",
        "is_first": "whether it is the first use in its article",
        "start": "where it begins in its passage (characters from 0)",
        "end": "where it ends there, this character not included",
        **SOURCE_ID,
    },
    options=[NAMES, TITLE, IN_SOURCE, MOST],
    method=METHOD,
)
def mentions(
    index: Index,
    scope: Scope,
    names: Sequence[str] | None = None,
    title: str | None = None,
    in_source: str | None = None,
    most: int | None = None,
) -> pd.DataFrame:
    """The uses of ``names``, without it of the 20 most widely named, the first ``most``. With a
    ``title`` only first uses in an article that have it before them ("" for none); with
    ``in_source`` (an id) only that source's. Raises ``MissingLayer``."""
    rows, uses = uses_in_scope(index, scope)
    wanted = numbers_of(rows, uses, names)
    chosen = uses[np.isin(rows.name[uses], wanted)]
    is_first = first_uses(rows, chosen)
    keep = np.ones(len(chosen), dtype=bool)
    if title is not None:
        keep &= is_first & np.asarray([t == title for t in rows.titles], bool)[rows.title[chosen]]
    if in_source is not None:
        keep &= index.source_ids[index.source_of[rows.article[chosen]]] == in_source
    chosen, is_first = chosen[keep], is_first[keep]
    place = np.empty(index.n_articles, dtype=np.int64)
    place[index.by_date] = np.arange(index.n_articles)
    order = np.argsort(place[rows.article[chosen]], kind="stable")[:most]
    chosen, is_first = chosen[order], is_first[order]
    articles, codes = np.unique(rows.article[chosen], return_inverse=True)
    columns = ["article_id", "source", "date", "source_id"]
    facts = index.article_rows(articles, columns).iloc[codes].reset_index(drop=True)
    numbers = rows.passage[chosen].tolist()
    ids = [f"{a}-{p + 1:03d}" for a, p in zip(facts["article_id"], numbers, strict=True)]
    return mentions.frame(
        {
            "name": [rows.names[i] for i in rows.name[chosen]],
            "article_id": facts["article_id"],
            "passage_id": ids,
            "source": facts["source"],
            "date": facts["date"],
            "written": [rows.writings[i] for i in rows.written[chosen]],
            "title": [rows.titles[i] or None for i in rows.title[chosen]],
            "is_first": is_first,
            "start": rows.start[chosen],
            "end": rows.end[chosen],
            "source_id": facts["source_id"],
        }
    )
