"""Silences: themes that others carry and a source doesn't, though it tells the story."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.families import families
from dashboard.index.index import Index
from dashboard.measures.brief.evidence import EVIDENCE, evidence
from dashboard.measures.brief.material import Material
from dashboard.measures.brief.reading import Read
from dashboard.measures.brief.themes import Theme
from dashboard.measures.brief.traces import Traces
from dashboard.measures.registry import table
from dashboard.scope import Scope

LEAST_CARRIERS = 2  # other families, for a silence to be worth a line

OMISSIONS_METHOD = """
A **theme** is a sentence that other sources of the same story echo (a cosine of at least .25, three
words in common). A source is **silent** on it when no sentence of its articles on that story in
scope comes near (a cosine below .15): the theme is not in this corpus, whatever else the source
published. Nor is it claimed where the source may tell it in other words: two of its sentences in a
row hold .16 of the theme’s words, weighed in the story; one holds .28, weighed by rarity; one has a
number of the theme (a figure within .15) and another of its words, two where other things are
counted; or a year of it and two. Only stories whose articles were all read are judged.
**Expected** is how likely a source with so many words on the story is to carry one of its themes:
odds in proportion to its words, fitted to how many themes the sources carry in all, so that a short
brief is not accused of much.
Those that carry it must be of **two families** at least besides that of the silent source: sources
of one owner or newsroom count as one. Rows come in order of carriers × expected.
"""


@table(
    "omissions",
    row="a theme that two or more other families of sources carry, and a source that tells the "
    "story without it",
    columns={
        "story_id": "id of the story",
        "theme": "number of the theme in the scope, from 1",
        "label": "words that its sentences share",
        "silent_source": "name of the source that is silent: not in this corpus",
        "silent_source_id": "its id, for links and `--source`",
        "n_words": "words of its articles on the story",
        "n_carriers": "sources that carry the theme",
        "carriers": "their names",
        "expected": "how likely it was to carry the theme, by its length (0 to 1)",
        "sentence": "the sentence that the others echo",
        **EVIDENCE,
        "n_families": "families, other than its own, of the sources that carry the theme",
    },
    method=OMISSIONS_METHOD,
)
def omissions(index: Index, scope: Scope) -> pd.DataFrame:
    """Silences in scope, the most telling first; none where no story has three known sources.
    Raises ``MissingLayer`` for an index without stories or sentences."""
    material = Material.of(index, scope)
    return omissions.frame(silences(index, material))


def silences(index: Index, material: Material) -> list[dict[str, Any]]:
    """The rows of ``omissions``."""
    read, family_of = material.read, families(index).of_source.tolist()
    rows: list[dict[str, Any]] = []
    traces = Traces(index, material)
    for number, theme in enumerate(material.themes, 1):
        known = [s for s in theme.carried if s < len(index.sources)]
        silent = [s for s in theme.silent if s < len(index.sources)]
        if len(known) < LEAST_CARRIERS or not silent or not read.whole[theme.story]:
            continue
        carrying = {family_of[c] for c in known}
        words = _words_on(index, read, theme.story)
        expected = _expected(words, material.themes, theme.story)
        for s in silent:
            others = carrying - {family_of[s]}
            if len(others) < LEAST_CARRIERS or traces.of(theme, s):
                continue
            rows.append(
                {
                    "story_id": material.story_ids[theme.story],
                    "theme": number,
                    "label": material.label(theme),
                    "silent_source": index.sources[s].name,
                    "silent_source_id": index.sources[s].source_id,
                    "n_words": words[s],
                    "n_carriers": len(theme.carried),
                    "carriers": ", ".join(index.sources[c].name for c in known),
                    "expected": expected[s],
                    **evidence(index, read, material.sentences, theme.head),
                    "n_families": len(others),
                }
            )
    rows.sort(key=lambda row: -row["n_carriers"] * row["expected"])
    return rows


def _words_on(index: Index, read: Read, story: int) -> dict[int, int]:
    """Words that each source has on a story."""
    of = read.story == story
    found: dict[int, int] = {}
    for source, position in zip(read.source[of].tolist(), read.articles[of].tolist(), strict=True):
        found[source] = found.get(source, 0) + int(index.article_words[position])
    return found


def _expected(words: dict[int, int], themes: list[Theme], story: int) -> dict[int, float]:
    """How likely each source is to carry one of the story's themes: odds = a × words, where ``a``
    makes the sum what it is (a logistic regression on log words with its slope fixed at 1)."""
    own = [theme for theme in themes if theme.story == story]
    n_words = np.asarray(list(words.values()), dtype=np.float64)
    share = sum(len(theme.carried) for theme in own) / (len(own) * len(words))
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        if _odds(n_words, middle).mean() < share:
            low = middle
        else:
            high = middle
    return dict(zip(words, _odds(n_words, low).tolist(), strict=True))


def _odds(n_words: NDArray[np.float64], log_a: float) -> NDArray[np.float64]:
    odds = np.exp(log_a) * n_words
    share: NDArray[np.float64] = odds / (1 + odds)
    return share
