"""Marks of an article: which of its words are asked for, place it on its topic, are said, counted,
named, or stand in other articles too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.index.counts.article_figures import figure_rows
from dashboard.index.counts.name_rows import name_rows
from dashboard.index.counts.voice_rows import voice_rows
from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.index.topics.cut import TopicCut
from dashboard.index.topics.model import topic_terms
from dashboard.index.topics.nodes import OTHER_KIND
from dashboard.measures.columns import ARTICLE, ARTICLE_ID, KEYWORDS, PASSAGE_ID
from dashboard.measures.events.copies import sharing
from dashboard.measures.registry import table
from dashboard.measures.voices.rows import SAID
from dashboard.scope import Scope
from dashboard.text.alignment import align
from dashboard.text.hits import find_spans
from dashboard.text.query import Keyword, as_keyword, parse_keyword, parse_query

MOST_COPIES = 3  # articles that share most text
MOST_WORDS = 20  # single words of a topic

METHOD = """
**Topic**: the words that tell the passage’s topic best, as Topics lists them, up to 20 single words
and the phrases among them. **Quotations** and what is said indirectly, with the speaker that the
rules find; **figures** and **names** as on their pages. **Copies**: runs of eight words or more
that one of the three articles that share most text has too. Places are characters of the passage.
"""


def article_in(index: Index, scope: Scope, article: str) -> int | None:
    """The position of an article by its id, of the first in scope without one; None for none."""
    if article:
        return index.position(article)
    first = index.by_date[scope.article_mask(index)[index.by_date]][:1]
    return int(first[0]) if len(first) else None


class TextMark(NamedTuple):
    """A stretch of a passage (its number in the article, from 0; characters). ``what``: the topic's
    label, the speaker, the name, the source that has it too; ``key``: the id that leads to it, of
    the topic or the other article, else as ``what``."""

    layer: str
    passage: int
    start: int
    end: int
    what: str
    key: str


def topic_words(index: Index, cut: TopicCut, position: int) -> list[TextMark]:
    """Words that place each passage on its topic; none of what is on no topic."""
    found = []
    keywords: dict[int, list[Keyword]] = {}
    topics = cut.slice_topic[index.passage_slices(position)].tolist()
    for number, (text, at) in enumerate(zip(index.passages(position), topics, strict=True)):
        topic = cut.topics[at]
        if topic.kind == OTHER_KIND:
            continue
        if at not in keywords:
            terms = topic_terms(index.topic_model, topic.node, MOST_WORDS)["term"]
            keywords[at] = [parse_keyword(as_keyword(term)) for term in terms]
        for start, end in _spans(keywords[at], text):
            found.append(TextMark("topic", number, start, end, topic.label, topic.topic_id))
    return found


def word_marks(layer: str, keywords: Sequence[Keyword], passages: Sequence[str]) -> list[TextMark]:
    """Where ``keywords`` stand."""
    return [
        TextMark(layer, number, start, end, text[start:end], text[start:end])
        for number, text in enumerate(passages)
        for start, end in _spans(keywords, text)
    ]


def quotations(index: Index, cut: TopicCut, position: int) -> list[TextMark]:
    """What is said by somebody, directly or not. Raises ``MissingLayer``."""
    rows = voice_rows(index).rows
    own = rows[(rows["article"] == position) & rows["kind"].isin(SAID)]
    columns = ("passage", "start", "end", "speaker")
    return [
        TextMark("quotations", int(passage), int(start), int(end), speaker, speaker)
        for passage, start, end, speaker in zip(*(own[c] for c in columns), strict=True)
    ]


def figures(index: Index, cut: TopicCut, position: int) -> list[TextMark]:
    """Numbers with their unit. Raises ``MissingLayer``."""
    chosen = np.zeros(index.n_articles, dtype=bool)
    chosen[position] = True
    rows = figure_rows(index, chosen)
    passages = index.passages(position)
    found = []
    for passage, start, end in zip(
        rows.passage.tolist(), rows["start"].tolist(), rows["end"].tolist(), strict=True
    ):
        text = passages[passage][start:end]
        found.append(TextMark("figures", passage, start, end, text, text))
    return found


def names(index: Index, cut: TopicCut, position: int) -> list[TextMark]:
    """Who and what is named. Raises ``MissingLayer``."""
    rows = name_rows(index)
    first, end = np.searchsorted(rows.article, [position, position + 1])
    found = []
    for i in range(int(first), int(end)):
        name = rows.names[rows.name[i]]
        passage, start, stop = int(rows.passage[i]), int(rows.start[i]), int(rows.end[i])
        found.append(TextMark("names", passage, start, stop, name, name))
    return found


def copies(index: Index, cut: TopicCut, position: int) -> list[TextMark]:
    """What the articles that share most text with it have too. Raises ``MissingLayer``."""
    others = sharing(index, position)["position"].tolist()[:MOST_COPIES]
    own = index.passages(position)
    rows = index.article_rows(others, ["article_id", "source"])
    found = []
    for other, article_id, source in zip(others, rows["article_id"], rows["source"], strict=True):
        aligned = align(own, index.passages(other))
        for number, spans in enumerate(aligned.left):
            for start, end in spans:
                found.append(TextMark("copies", number, start, end, source or "", article_id))
    return found


#: What needs no words of a user, by layer.
LAYERS: dict[str, Callable[[Index, TopicCut, int], list[TextMark]]] = {
    "topic": topic_words,
    "quotations": quotations,
    "figures": figures,
    "names": names,
    "copies": copies,
}


def marks_of(index: Index, cut: TopicCut, position: int, layers: Collection[str]) -> list[TextMark]:
    """The marks of an article in ``layers``, without those that the index doesn't have."""
    found: list[TextMark] = []
    for layer, find in LAYERS.items():
        if layer in layers:
            try:
                found += find(index, cut, position)
            except MissingLayer:
                continue
    return found


def _spans(keywords: Sequence[Keyword], text: str) -> list[tuple[int, int]]:
    """Where any of them stands, the longer first where they overlap."""
    found = sorted({span for keyword in keywords for span in find_spans(keyword, text)})
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


@table(
    "marks",
    row="a marked stretch of one article, in the order of its text",
    columns={
        "article_id": ARTICLE_ID,
        "passage_id": PASSAGE_ID,
        "layer": "`query`, `keywords`, `topic`, `quotations`, `figures`, `names` or `copies`",
        "start": "its first character in the passage, from 0",
        "end": "the character behind its last",
        "text": "its words",
        "what": "the topic, the speaker (empty: nobody found), the name, or the source of the "
        "other article; otherwise the words",
        "key": "id of the topic or of the other article; otherwise as `what`",
    },
    options=[ARTICLE, KEYWORDS],
    method=METHOD,
)
def marks(
    index: Index, scope: Scope, article: str = "", keywords: Sequence[str] | None = None
) -> pd.DataFrame:
    """Marks of one article; none where it isn't in the corpus. Layers that the index lacks give
    none. Raises ``UnreadableQuery``."""
    position = article_in(index, scope, article)
    if position is None:
        return marks.frame()
    passages = index.passages(position)
    found = [
        *word_marks("query", parse_query(scope.query).keywords(), passages),
        *word_marks("keywords", [parse_keyword(k) for k in keywords or ()], passages),
        *marks_of(index, scope.cut(index), position, LAYERS),
    ]
    order = sorted(found, key=lambda mark: (mark.passage, mark.start, -mark.end))
    article_id = index.article_rows([position], ["article_id"])["article_id"].iloc[0]
    return marks.frame(
        [
            (article_id, f"{article_id}-{m.passage + 1:03d}", m.layer, m.start, m.end,
             passages[m.passage][m.start : m.end], m.what, m.key)
            for m in order
        ]
    )  # fmt: skip
