"""The brief: a digest of what is in scope in which every sentence is verbatim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.measures.brief.agreement import shared_figures
from dashboard.measures.brief.evidence import EVIDENCE, evidence
from dashboard.measures.brief.material import Material
from dashboard.measures.brief.news import OPENING, SAME, choose_news, overlap
from dashboard.measures.brief.omissions import silences
from dashboard.measures.brief.opinions import opinions
from dashboard.measures.brief.reading import (
    Concepts,
    Read,
    ReadSentences,
    read_articles,
    read_sentences,
)
from dashboard.measures.brief.themes import Theme
from dashboard.measures.events.dates_in_words import in_words
from dashboard.measures.events.timeline import timeline
from dashboard.measures.registry import Option, one_of, table
from dashboard.scope import Scope
from dashboard.text.dates.spans import GRANULARITIES
from dashboard.text.statements import dateline_end
from dashboard.text.word_lists import word_list
from dashboard.wording import number

#: The parts in their order, with their titles.
PARTS = {
    "news": "The news",
    "so_far": "The story so far",
    "why": "Why it matters",
    "voices": "Who thinks what",
    "silent": "Where they agree, differ and are silent",
    "signals": "Signals",
}
MOST_ENTRIES, MOST_REASONS, MOST_SILENCES, MOST_SIGNALS = 8, 4, 5, 6
MOST_ECHOES = 4  # sentences on one card
_MOST_NAMED = 3  # sources of one silence


PART = Option("part", "--part", "P", f"one of {', '.join(PARTS)}; all without it", one_of(PARTS))

BRIEF_METHOD = """
Every sentence stands in the article named beside it, word for word. **The news**: the few sentences
that cover most of the words that the sources of each story share, from the top of articles and from
as many sources as possible (greedy maximisation of a submodular function, Lin & Bilmes 2011). **The
story so far**: the entries of the table `timeline` that are told most. **Why it matters**:
sentences that say what follows from what, each echoed by another source. **Signals**: themes, a
sentence and what other sources write like it (a cosine of at least .25, three words in common).
**Who thinks what**: those whom most sources quote, from the table `quotes`. **Agree, differ**:
figures, from the table `figures`. **Silent**: see the table `omissions`. Where more than 120
articles are in scope, those of the stories that most sources carry are read, and the brief says so.
"""


@table(
    "brief",
    row="a sentence of the brief; a part without one has a row that says why",
    columns={
        "part": f"part of the brief: {', '.join(f'`{part}`' for part in PARTS)}",
        "rank": "place in its part, from 1; sentences of one signal share it",
        "sentence": "the sentence, verbatim; null: the part is empty",
        "note": "the date told, the speaker, the theme of a signal, who is silent, or why a part "
        "is empty",
        "carried_by": "names of the sources that say the same; null: not asked",
        **EVIDENCE,
    },
    options=[PART],
    method=BRIEF_METHOD,
)
def brief(index: Index, scope: Scope, part: str = "") -> pd.DataFrame:
    """The brief of a scope, part by part; no rows for an empty scope. For the part ``news`` alone
    only the top of articles is read. Raises ``MissingLayer`` for an index without stories or
    sentences."""
    if part == "news":
        return _framed(_news_alone(index, scope))
    material = Material.of(index, scope)
    if not len(material.read.articles):
        return brief.frame()
    news = choose_news(material.read, material.sentences, material.concepts)
    rows: list[dict[str, Any]] = []
    makers: dict[str, Callable[[], Iterator[dict[str, Any]]]] = {
        "news": lambda: _ranked(index, material.read, material.sentences, news),
        "so_far": lambda: _unless_left_out(_so_far, index, scope),
        "why": lambda: _reasons(index, material, news),
        "voices": lambda: _unless_left_out(opinions, index, scope),
        "silent": lambda: _agreement(index, scope, material),
        "signals": lambda: _signals(index, material),
    }
    for name, make in makers.items():
        found = [{"part": name, **row} for row in make()]
        rows += found or [_empty(name, material.read, bool(material.echoes))]
    return _framed([row for row in rows if part in ("", row["part"])])


def _unless_left_out(
    make: Callable[[Index, Scope], Iterable[dict[str, Any]]], index: Index, scope: Scope
) -> Iterator[dict[str, Any]]:
    """The rows that ``make`` makes, or one that says which layer isn't there, by choice or yet."""
    try:
        yield from make(index, scope)
    except MissingLayer as error:
        if not (error.on_purpose or error.to_come):
            raise
        without, later = "This index was built without “{}”.", "The layer “{}” is still to come."
        note = without if error.on_purpose else later
        yield {"rank": 0, "note": note.format(error.layer)}


def _framed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    filled = [[row.get(name) for name in brief.columns] for row in rows]
    return brief.frame(filled).astype({"rank": "int64", "start": "Int64", "end": "Int64"})


def _news_alone(index: Index, scope: Scope) -> list[dict[str, Any]]:
    read = read_articles(index, scope)
    if not len(read.articles):
        return []
    concepts = Concepts.of(index, read)
    sentences = read_sentences(index, read, concepts, OPENING)
    chosen = choose_news(read, sentences, concepts)
    rows = [{"part": "news", **row} for row in _ranked(index, read, sentences, chosen)]
    return rows or [_empty("news", read, False)]


def _ranked(
    index: Index, read: Read, sentences: ReadSentences, chosen: list[int]
) -> Iterator[dict[str, Any]]:
    for rank, i in enumerate(chosen, 1):
        yield {"rank": rank, **evidence(index, read, sentences, i)}


def _so_far(index: Index, scope: Scope) -> Iterator[dict[str, Any]]:
    """The entries of the timeline that are told most, each by its first sentence that none of the
    others has: one that dates two things stands once."""
    kept: list[pd.DataFrame] = []
    told = missing = MOST_ENTRIES
    while missing and told <= 2 * MOST_ENTRIES:
        rows = timeline(index, scope, told=told)
        kept = _each_once(rows)
        missing = MOST_ENTRIES - len(kept) if rows["entry_id"].nunique() == told else 0
        told += missing
    for rank, entry in enumerate(kept, 1):
        first = entry.iloc[0]
        names = [name for name in dict.fromkeys(entry["source"]) if isinstance(name, str)]
        row = {str(name): first[name] for name in first.index if name in brief.columns}
        skip = dateline_end(row["sentence"])
        row |= {"sentence": row["sentence"][skip:], "start": row["start"] + skip}
        state = {"plan": ", planned", "alleged": ", alleged"}.get(first["tense"], "")
        yield {
            **row, "rank": rank, "note": in_words(first["date"]) + state,
            "date": first["published"], "carried_by": ", ".join(names) or None,
        }  # fmt: skip


def _each_once(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Entries in order of date, each without the sentences that open one that more sources tell, or
    as many with a finer date; none that has no sentence left."""
    entries = [entry for _, entry in rows.groupby("entry_id", sort=False)]
    first = [entry.iloc[0] for entry in entries]
    told = sorted(
        range(len(entries)),
        key=lambda i: (-first[i]["n_sources"], GRANULARITIES.index(first[i]["granularity"])),
    )
    taken: set[str] = set()
    kept: dict[int, pd.DataFrame] = {}
    for i in told:
        left = entries[i][~entries[i]["sentence"].isin(taken)]
        if len(left):
            kept[i] = left
            taken.add(left["sentence"].iloc[0])
    return [kept[i] for i in sorted(kept)]


def _reasons(index: Index, material: Material, news: list[int]) -> Iterator[dict[str, Any]]:
    """Statements with a cue of consequence that another source echoes, the best supported first;
    none that says what the news or another reason says."""
    sentences, rarity = material.sentences, material.concepts.rarity
    weights = material.concepts.weights(material.read)
    scored = []
    languages = index.article_rows(material.read.articles, ["language"])["language"].tolist()
    for story, echoes in material.echoes.items():
        for row in np.flatnonzero(echoes.support > 0).tolist():
            i = int(echoes.at[row])
            cues = word_list("consequence", languages[sentences.article[i]])
            words = sentences.text[i].casefold().replace("’", "'").split()
            n_cues = sum(word.strip(",.;:—–-“”\"'()") in cues for word in words)
            if sentences.is_statement[i] and n_cues and i not in news:
                value = float(weights[story, sentences.concepts(i)].sum())
                score = min(n_cues, 3) * value * (1 + np.log(echoes.support[row]))
                whose = [int(s) for s in echoes.sources[echoes.echo[row] >= 0]]
                scored.append((-score, i, whose))
    taken = list(news)
    rank = 0
    for _, i, whose in sorted(scored):
        if rank == MOST_REASONS:
            return
        if all(overlap(sentences, rarity, i, other) < SAME for other in taken):
            rank += 1
            taken.append(i)
            yield {
                "rank": rank,
                "carried_by": _names(index, whose),
                **evidence(index, material.read, sentences, i),
            }


def _agreement(index: Index, scope: Scope, material: Material) -> Iterator[dict[str, Any]]:
    """Figures that agree and differ, then silences."""
    rank = 0
    for row in _unless_left_out(shared_figures, index, scope):
        rank = row["rank"]
        yield row
    for row in _silences(index, material):
        yield {**row, "rank": row["rank"] + rank}


def _silences(index: Index, material: Material) -> Iterator[dict[str, Any]]:
    """The most telling silences, each theme once with all who are silent on it."""
    by_theme: dict[int, list[dict[str, Any]]] = {}
    for row in silences(index, material):
        by_theme.setdefault(row["theme"], []).append(row)
    for rank, rows in enumerate(list(by_theme.values())[:MOST_SILENCES], 1):
        first = rows[0]
        silent = ", ".join(row["silent_source"] for row in rows[:_MOST_NAMED])
        silent += f" and {number(len(rows) - _MOST_NAMED)} more" * (len(rows) > _MOST_NAMED)
        kept = {name: first[name] for name in brief.columns if name in first}
        yield {
            **kept, "rank": rank, "note": f"Not in this corpus from {silent}",
            "carried_by": first["carriers"],
        }  # fmt: skip


def _signals(index: Index, material: Material) -> Iterator[dict[str, Any]]:
    """A card per theme: its sentence, then those of the other sources."""
    for rank, theme in enumerate(_spread(material)[:MOST_SIGNALS], 1):
        carriers = _names(index, list(theme.carried))
        for i in list(theme.carried.values())[:MOST_ECHOES]:
            yield {
                "rank": rank, "note": material.label(theme), "carried_by": carriers,
                **evidence(index, material.read, material.sentences, i),
            }  # fmt: skip


def _spread(material: Material) -> list[Theme]:
    """Themes so that each story has one before any has its second."""
    turn: dict[int, int] = {}
    placed = []
    for order, theme in enumerate(material.themes):
        placed.append((turn.get(theme.story, 0), order, theme))
        turn[theme.story] = turn.get(theme.story, 0) + 1
    return [theme for _, _, theme in sorted(placed, key=lambda each: each[:2])]


def _names(index: Index, sources: list[int]) -> str:
    """Names of sources, articles of unknown source as one."""
    known = [index.sources[s].name for s in sources if s < len(index.sources)]
    unknown = len(sources) - len(known)
    return ", ".join([*known, *[number(unknown, "article") + " of unknown source"] * bool(unknown)])


def _empty(part: str, read: Read, told_by_several: bool) -> dict[str, Any]:
    n_sources = len(set(read.source.tolist()))
    alone = "Only one source is in scope: there is nobody to compare it with."
    apart = "No two sources in scope tell the same story."
    why = {
        "news": "No article in scope opens with a sentence that can stand alone.",
        "so_far": "No sentence in scope says when something happened.",
        "why": "No sentence that says what follows is echoed by a second source.",
        "voices": "Nobody whose name is certain is quoted at length in scope.",
        "silent": "No figure is shared, and no theme that two others carry is missing.",
        "signals": "No two sources in scope say the same thing.",
    }[part]
    if part in ("why", "silent", "signals") and not told_by_several:
        why = alone if n_sources == 1 else apart
    return {"part": part, "rank": 0, "note": why}
