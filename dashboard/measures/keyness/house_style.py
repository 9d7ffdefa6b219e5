"""Words of a source's house style: of its bylines, links, captions and templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.arrays import ranges
from dashboard.index.counts.grouped import ungrouped
from dashboard.index.counts.term_counts import term_counts
from dashboard.index.furniture.entries import is_initials
from dashboard.index.furniture.shapes import ABBREVIATION, SHAPES
from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.index.terms.lexicon import STOP
from dashboard.measures.columns import DRAWN, KNOWN_SOURCE, KNOWN_SOURCE_ID
from dashboard.measures.keyness.compared import compared
from dashboard.measures.registry import table
from dashboard.scope import Scope
from dashboard.text.token_rule import tokenise

LEAST, MOSTLY = 3, 0.5  # uses in furniture, and their share of all the source's uses
OFTEN, TIMES = (
    0.15,
    3,
)  # the share of uses beside the source's name, and how often that of its words
NEARLY_ALL = 0.9
BESIDE, TRUNCATED, OWN_NAME = "beside", "truncated", "name"
_SHORT = SHAPES[ABBREVIATION - 1]
_COLUMNS = ["source", "term", "uses", "styled", "share", "shape"]
N_TERMS = 50
_FRAGMENT = 2  # letters

METHOD = """
A word is a source's house style when at least half of its uses there, and three, stand in lines
that three of its articles repeat, in beginnings of lines or credits after a caption that four
share, in six words that four have and hardly another source, in cards that name somebody twice
(“Nancy Pelosi Nancy”), in short lines at an article's beginning or end or without a full stop, or
in a photograph's credit in brackets; or where one to three words in capitals or with capitals begin
lines of four articles, before different captions, and stand hardly anywhere else (“CLOSE President
Roy speaks”). So is an abbreviation, a word that has a full stop behind it in nine of ten uses while
the sentence goes on: in a third of them with a small letter, a number, a comma or a bracket
(“Calif.,”), or in ten uses with a capital (“Sen. Roy”). So is a word with half of its uses within
four words of the source's own name (“CNN commentator”), or with 15 %, three times the share of the
source's other words, if the source has half of all its uses in the corpus: a programme, a poll, a
reporter. A phrase is, when all neighbouring words of it are together, or two of them nearly always;
with an abbreviation, when it ends with it (“D-Calif.” is, “St. Louis” isn't). Lower-case words of
one or two letters (“ly”, “n't”) are taken for truncated forms. A source's own name is the word of
it that no other house's name has, and what holds it (“tells NPR”). No list of words is used.
"""


@lru_cache(maxsize=4)
def _entries(index: Index) -> pd.DataFrame:
    """A row for each word, and each phrase without such a word, of a source's house style: source
    and term by number, uses, ``styled``, how many of these are in furniture, ``share`` in furniture
    or beside the name, shape. No rows for an index without the layer."""
    try:
        segments = index.layer("house_style").segments
    except MissingLayer:
        segments = []
    if not segments:  # without articles there are none
        return pd.DataFrame(columns=_COLUMNS)
    rows = list(zip(index.segments, segments, strict=True))
    own = _sums(index, rows, "source_", [], ["tokens", "beside"]).set_index("source")
    usual = own["beside"] / own["tokens"].clip(lower=1)
    counted, neighbours = ["uses", "beside"], _neighbours(index)
    pairs = _sums(index, rows, "pair_", ["term", "next"], counted)
    two = neighbours[~neighbours["phrase"].duplicated(keep=False)]
    of_two = pairs[["term", "next"]].merge(two, how="left")["phrase"].fillna(-1).astype(np.int64)
    everywhere = np.append(index.lexicon.count, np.iinfo(np.int64).max)
    pairs = _kept(pairs, usual, everywhere[of_two])
    inside = pd.concat(
        pairs.rename(columns={place: "word"}).groupby(["source", "word"])["uses"].sum()
        for place in ("term", "next")
    )
    words = _sums(index, rows, "", ["term"], counted)
    words = _kept(words, usual, everywhere[words["term"]], inside.groupby(level=[0, 1]).max())
    phrases = pairs.merge(neighbours, on=["term", "next"])
    n_pairs = neighbours.groupby("phrase").size().reindex(phrases["phrase"]).to_numpy()
    share = phrases.groupby(["source", "phrase"])["share"]
    styled = (share.transform("max") >= NEARLY_ALL) | (share.transform("size") == n_pairs)
    phrases = phrases[styled].drop_duplicates(["source", "phrase"])
    telling = words[words["shape"] != _SHORT]
    with_words = pd.concat(
        telling[["source", "term"]].merge(neighbours, left_on="term", right_on=place)
        for place in ("term", "next")
    )
    known = pd.MultiIndex.from_frame(with_words[["source", "phrase"]])
    phrases = phrases[~pd.MultiIndex.from_frame(phrases[["source", "phrase"]]).isin(known)]
    return pd.concat([words, phrases.assign(term=phrases["phrase"])])[_COLUMNS]


def _sums(
    index: Index, rows: Sequence[tuple[Any, Any]], of: str, keys: list[str], counted: list[str]
) -> pd.DataFrame:
    """Of each known source and keys, the sums over all segments of the layer's entries."""
    parts = []
    for segment, arrays in rows:
        part = pd.DataFrame({name: arrays[of + name] for name in [*keys, *counted]})
        part["source"] = index.source_of[arrays[of + "row"] + segment.first_article]
        if "uses" in counted:
            part[list(SHAPES)] = arrays[of + "styled"]
        parts.append(part[part["source"] >= 0])
    sums: pd.DataFrame = pd.concat(parts).groupby(["source", *keys], as_index=False).sum()
    return sums


def _kept(
    entries: pd.DataFrame,
    usual: pd.Series[float],
    everywhere: NDArray[np.int64],
    inside: pd.Series[int] | None = None,
) -> pd.DataFrame:
    """Those of which enough is furniture, inside of it, or beside the name. usual: by source, the
    share of all its words that stand beside its name; everywhere: the uses of each entry in the
    corpus; inside: by source and word, the uses in pairs of words that are house style."""
    shapes = entries[list(SHAPES)].to_numpy()
    uses, beside, styled = entries["uses"], entries["beside"], shapes.sum(axis=1)
    if inside is not None:
        keys = pd.MultiIndex.from_frame(entries[["source", "term"]])
        styled = np.maximum(styled, inside.reindex(keys, fill_value=0).to_numpy().clip(max=uses))
    own = uses * (usual.reindex(entries["source"]).to_numpy() * TIMES).clip(min=OFTEN)
    own = np.where(2 * uses >= everywhere, own, np.maximum(own, MOSTLY * uses))
    furniture = (styled >= LEAST) & (styled >= MOSTLY * uses)
    shape = np.where(furniture, np.asarray(SHAPES, dtype=object)[shapes.argmax(axis=1)], BESIDE)
    share = np.where(furniture, styled, beside) / uses
    entries = entries.assign(styled=styled, shape=shape, share=share)
    kept: pd.DataFrame = entries[furniture | ((beside > 1) & (beside >= own))]
    return kept


def _neighbours(index: Index) -> pd.DataFrame:
    """The neighbouring words of all phrases: phrase, term and next, by number."""
    lexicon = index.lexicon
    words = lexicon.phrase_words.astype(np.int64)
    phrase = np.repeat(lexicon.phrases.astype(np.int64), np.diff(lexicon.phrase_offsets))
    frame = pd.DataFrame({"phrase": phrase[:-1], "term": words[:-1], "next": words[1:]})
    inside: pd.DataFrame = frame[phrase[:-1] == phrase[1:]]
    return inside


def in_house_style(index: Index, source: int, terms: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(n_terms,) which of ``terms`` (lexicon numbers) are house style of a source, by position: a
    phrase is where one of its words is, an abbreviation only as its last. Without the layer only
    its name and truncated forms are."""
    is_style, is_short = np.zeros((2, len(index.lexicon)), dtype=bool)
    style, short = _style_of(index, source)
    is_style[style] = True
    is_short[short] = True
    found: NDArray[np.bool_] = is_style[terms] | _truncated(index, terms)
    phrases, offsets = index.lexicon.phrases, index.lexicon.phrase_offsets
    asked = np.flatnonzero(np.isin(phrases, terms))
    if len(asked):
        first, end = offsets[asked], offsets[asked + 1]
        words = index.lexicon.phrase_words
        telling = (is_style & ~is_short)[words[ranges(first, end)]]
        styled = np.logical_or.reduceat(telling, np.cumsum(end - first) - (end - first))
        styled |= is_short[words[end - 1]]
        found |= np.isin(terms, phrases[asked[styled]])
    return found


def _style_of(index: Index, source: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The words of the house style of a source, and of its name; and those of them that are
    abbreviations."""
    kept = _styles(index)
    if source not in kept:
        words, short = _words_of(index, source)
        kept[source] = np.concatenate([words, _own_name(index, source)]), short
    return kept[source]


@lru_cache(maxsize=8)
def _styles(index: Index) -> dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """By source what was asked before; threads share it."""
    return {}


def _words_of(index: Index, source: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The words of the house style of a source, and its abbreviations among them; of a group of
    several those that stand in its houses' furniture more often than anywhere else."""
    houses = _houses(index, source)
    entries = _entries(ungrouped(index))
    own = entries[entries["source"].isin(houses)]
    words = own["term"].to_numpy(dtype=np.int64)
    short = words[(own["shape"] == _SHORT).to_numpy()]
    if len(houses) == 1:
        return words, short
    sums = np.bincount(words, own["styled"].to_numpy(dtype=np.int64), len(index.lexicon))
    common = np.flatnonzero(sums > MOSTLY * index.lexicon.count)
    return common, np.intersect1d(common, short)


def _houses(index: Index, source: int) -> NDArray[np.int64]:
    """The sources, by number, whose articles a source or group of the index has; -1 for unknown."""
    if ungrouped(index) is index:
        return np.asarray([source])
    houses: NDArray[np.int64] = np.unique(ungrouped(index).source_of[index.source_of == source])
    return houses


def _own_name(index: Index, source: int) -> NDArray[np.int64]:
    """The words of a source's name that tell it from other houses: “NPR” of “NPR Online News”. None
    where several would be needed, such as “Wall Street” of “Wall Street Journal”, but for initials;
    none of a group of several sources."""
    houses, by_source = _houses(index, source), ungrouped(index)
    if len(houses) != 1 or houses[0] < 0:
        return np.zeros(0, dtype=np.int64)
    alone, first = _telling(tuple(name or "" for name in by_source.source_names[:-1]))[houses[0]]
    numbers = {word: index.lexicon.find(word) for word in [*alone, *first]}
    there = np.asarray([n for n in numbers.values() if n >= 0], dtype=np.int64)
    surfaces = dict(zip(there.tolist(), index.lexicon.surfaces.take(there), strict=True))
    kept = [
        n for word, n in numbers.items()
        if n >= 0 and (is_initials(surfaces[n]) or [word] == alone)
    ]  # fmt: skip
    return np.asarray(kept, dtype=np.int64)


@lru_cache(maxsize=4)
def _telling(names: tuple[str, ...]) -> list[tuple[list[str], list[str]]]:
    """Of each source's name the words that no other source's has, and the one that it begins with
    as do all others that have it: those of one house."""
    words = [list(dict.fromkeys(token for token, _ in tokenise(name))) for name in names]
    n_names = Counter(word for own in words for word in own)
    n_first = Counter(own[0] for own in words if own)
    return [
        (
            [word for word in own if n_names[word] == 1],
            [word for word in own[:1] if 1 < n_names[word] == n_first[word]],
        )
        for own in words
    ]


def _truncated(index: Index, terms: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Words of one or two letters in lower case, in scripts that have a case."""
    found: NDArray[np.bool_] = _of_analysed(index)[terms]
    others = np.flatnonzero(~np.isin(terms, index.lexicon.analysed))
    for place, surface in zip(
        others.tolist(), index.lexicon.surfaces.take(terms[others]), strict=True
    ):
        found[place] = _is_fragment(surface)
    return found


@lru_cache(maxsize=4)
def _of_analysed(index: Index) -> NDArray[np.bool_]:
    """(n_lexicon,) which of the analysed terms are truncated."""
    found = np.zeros(len(index.lexicon), dtype=bool)
    analysed = index.lexicon.analysed
    found[analysed] = [_is_fragment(surface) for surface in index.lexicon.surfaces.take(analysed)]
    return found


def _is_fragment(surface: str) -> bool:
    letters = [letter for letter in surface if letter.isalpha()]
    return (
        len(letters) <= _FRAGMENT
        and any(letter.islower() for letter in letters[-1:])
        and surface == surface.lower()
    )


@table(
    "house_style",
    row="a word of a known source's house style, those with the most uses first, up to 50 each",
    columns={
        "source": KNOWN_SOURCE,
        "term": "the word",
        "shape": "where it mostly stands: `line`, `template`, `edge`, `caption`, `beside` the "
        "source's name; or `abbreviation`; or `name`, the source's own; or `truncated`",
        "n_group": "its uses in all of the source's articles",
        "share": "share of them that stand there (0 to 1); null: `name`, `truncated`",
        **KNOWN_SOURCE_ID,
    },
    options=[DRAWN],
    method=METHOD,
)
def house_style(index: Index, scope: Scope, drawn: tuple[str, ...] | None = None) -> pd.DataFrame:
    """What ``keyness`` leaves out of each source that it compares, over the whole corpus: a house's
    furniture is the same whatever is in scope. Truncated forms: of 3 uses or more in scope. With
    fewer than two sources in scope, or without the layer and such forms: no rows."""
    groups = compared(index, scope, drawn)
    if groups is None:
        return house_style.frame()
    entries = _entries(index)
    entries = entries[(index.lexicon.flags[entries["term"].to_numpy(dtype=np.int64)] & STOP) == 0]
    analysed = index.lexicon.analysed
    truncated = _truncated(index, analysed) & groups.candidates
    counts = term_counts(index, groups.selection, groups.groups, len(groups.sources) + 1)
    parts = []
    for group, source in enumerate(groups.sources.tolist()):
        own = entries[entries["source"] == source]
        named = np.isin(analysed, _own_name(index, source)) & ~np.isin(analysed, own["term"])
        others = np.flatnonzero((truncated | named) & (counts[group] >= LEAST))
        rows = pd.DataFrame(
            {
                "term": np.concatenate([own["term"], analysed[others]]).astype(np.int64),
                "shape": [*own["shape"], *np.where(named[others], OWN_NAME, TRUNCATED)],
                "n_group": np.concatenate([own["uses"], counts[group, others]]),
                "share": np.concatenate([own["share"], np.full(len(others), np.nan)]),
            }
        ).astype({"n_group": np.int64, "share": np.float64})
        rows = rows.sort_values(["n_group", "term"], ascending=[False, True])[:N_TERMS]
        rows["term"] = index.lexicon.surfaces.take(rows["term"].to_numpy())
        parts.append(
            rows.assign(source=index.source_names[source], source_id=index.source_ids[source])
        )
    return house_style.frame(pd.concat(parts)) if parts else house_style.frame()
