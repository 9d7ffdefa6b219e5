"""What the tables of names have in common: the uses in scope, and names as keywords."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.name_rows import NameRows, name_rows
from dashboard.index.index import Index
from dashboard.measures.registry import Option
from dashboard.scope import Scope
from dashboard.text.query import as_keyword
from dashboard.text.token_rule import tokenise

MOST_NAMES = 20  # where none is asked for
_MOST_ALIASES = 8
_LEAST_SHARE = 0.8  # of the uses of a writing that mean the name
_LEAST_USES = 0.005  # of the uses of a name that have a writing

METHOD = """
Rules find **names** by their capitals inside a sentence: no language model. Titles are cut off,
surnames and acronyms resolved within the article and then over the corpus: a surname by itself is
the full name that four fifths of the articles mean by it; where it could be several people, it
counts for none of them. A name's kind follows from what stands around it in all articles: titles,
verbs of saying, “in”, and its last word. Only the text counts, not the headline; only English is
read so far.
"""

NAMES = Option(
    "names",
    "--name",
    "NAME",
    "whom it is about, as `names` has it, once for each; the most widely named without it",
    many=True,
)
TITLE = Option("title", "--title", "TITLE", "only first uses with this before the name")
IN_SOURCE = Option("in_source")


def uses_in_scope(index: Index, scope: Scope) -> tuple[NameRows, NDArray[np.int64]]:
    """The uses of names, and the positions there of those in the articles in scope. Raises
    ``MissingLayer``."""
    rows = name_rows(index)
    return rows, np.flatnonzero(scope.article_mask(index)[rows.article])


def most_named(rows: NameRows, uses: NDArray[np.int64]) -> pd.DataFrame:
    """A row a name, those in most articles first: ``name`` (its number), ``n_articles``,
    ``n_mentions``."""
    data = pd.DataFrame({"name": rows.name[uses], "article": rows.article[uses]})
    grouped = data.groupby("name")["article"]
    found = pd.DataFrame({"n_articles": grouped.nunique(), "n_mentions": grouped.size()})
    found = found.reset_index()
    found["text"] = [rows.names[i] for i in found["name"]]
    order = ["n_articles", "n_mentions", "text"]
    return found.sort_values(order, ascending=[False, False, True], kind="stable")


def numbers_of(
    rows: NameRows, uses: NDArray[np.int64], names: Sequence[str] | None
) -> NDArray[np.int64]:
    """The numbers of ``names``, those that are there; without it of the most widely named."""
    if names is None:
        return most_named(rows, uses)["name"].to_numpy(np.int64)[:MOST_NAMES]
    number = {name: i for i, name in enumerate(rows.names)}
    return np.asarray([number[n] for n in dict.fromkeys(names) if n in number], dtype=np.int64)


def writings(rows: NameRows, wanted: NDArray[np.int64]) -> dict[int, list[str]]:
    """Of each name how it is written, the most frequent first; without writings that mostly mean
    somebody else, or hardly occur."""
    n_written = np.bincount(rows.written, minlength=len(rows.writings))
    chosen = np.flatnonzero(np.isin(rows.name, wanted))
    pairs = pd.DataFrame({"name": rows.name[chosen], "written": rows.written[chosen]})
    found = pairs.value_counts().reset_index(name="n")
    of_name = found.groupby("name")["n"].transform("sum")
    share = found["n"] / n_written[found["written"].to_numpy()]
    found = found[(share >= _LEAST_SHARE) & (found["n"] >= np.maximum(_LEAST_USES * of_name, 1))]
    found["text"] = [rows.writings[i] for i in found["written"]]
    found = found.sort_values(["n", "text"], ascending=[False, True], kind="stable")
    return {int(name): own["text"].tolist() for name, own in found.groupby("name")}


def keyword_of(name: str, written: Sequence[str]) -> str:
    """A name as a keyword: its writings, each once by the token rule, as alternatives."""
    phrases: dict[tuple[str, ...], str] = {}
    for text in (name, *written):
        tokens = tuple(token for token, _ in tokenise(text))
        if tokens and '"' not in text:
            phrases.setdefault(tokens, as_keyword(text) if " " not in text else f'"{text}"')
    return " OR ".join(list(phrases.values())[:_MOST_ALIASES])


def first_uses(rows: NameRows, uses: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of ``uses`` is the first of its name in its article; they are in the order of text."""
    pairs = np.stack([rows.article[uses], rows.name[uses]])
    first = np.zeros(len(uses), dtype=bool)
    first[np.unique(pairs, axis=1, return_index=True)[1]] = True
    return first


def n_unread(index: Index, scope: Scope) -> int:
    """How many articles in scope are in a language that the rules don't know."""
    return int((scope.article_mask(index) & ~name_rows(index).read).sum())
