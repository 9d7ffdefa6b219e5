"""What a brief reads: articles story by story, their sentences, and the words of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.article_sentences import article_sentences
from dashboard.index.index import Index
from dashboard.index.terms.lexicon import STOP
from dashboard.scope import Scope
from dashboard.text.statements import dateline_end, is_author_note, is_statement, is_whole
from dashboard.text.tokenise import count_each

MOST_ARTICLES = 120  # that one brief reads
_OPENING = 4  # sentences among which a dateline may stand, behind a headline or a caption
_PRIOR = 25
_STEM = 6  # letters by which forms of a word are taken for one


@dataclass(frozen=True)
class Read:
    """The articles that are read. ``articles``: (n,) positions, those of a story together;
    ``story``: (n,) its number, from 0 in the order in which stories are told; ``source``: (n,) who
    tells it: the source, or a number of its own for an article of unknown source; ``n_in_scope``:
    of how many articles these are; ``whole``: (n_stories,) whether all articles of the story in
    scope are among them."""

    articles: NDArray[np.int64]
    story: NDArray[np.int64]
    source: NDArray[np.int64]
    n_in_scope: int
    whole: NDArray[np.bool_]


def read_articles(index: Index, scope: Scope, most: int = MOST_ARTICLES) -> Read:
    """Stories in scope, those that most sources carry first, then the larger and the later ones,
    until ``most`` articles are read: of one larger than that, its first from every source in turn.
    Of copies the earliest is read. Raises ``MissingLayer`` for an index without stories."""
    in_scope = index.by_date[scope.article_mask(index)[index.by_date]]
    chosen = in_scope[_is_first_copy(index.layer("copies").joint["copy_group"][in_scope])]
    story_of = index.layer("stories").joint["story_of"][chosen].astype(np.int64)
    source = index.source_of[chosen].astype(np.int64)
    unknown = source < 0
    source[unknown] = len(index.sources) + np.flatnonzero(unknown)
    _, story = np.unique(story_of, return_inverse=True)
    n_stories = int(story.max()) + 1 if len(story) else 0
    pairs = np.unique(np.stack([story, source], axis=1), axis=0)
    n_sources = np.bincount(pairs[:, 0], minlength=n_stories)
    size = np.bincount(story, minlength=n_stories)
    last = np.zeros(n_stories, dtype=np.int64)
    np.maximum.at(last, story, np.arange(len(story)))  # in order of date, undated last
    place = np.empty(n_stories, dtype=np.int64)
    place[np.lexsort((-last, -size, -n_sources))] = np.arange(n_stories)
    turn = _turns(story, source)
    order = np.lexsort((np.arange(len(story)), turn, place[story]))[:most]
    told, whole = place[story[order]], np.zeros(0, dtype=bool)
    if len(order):
        whole = np.bincount(told) == size[np.argsort(place)][: int(told.max()) + 1]
    return Read(chosen[order], told, source[order], len(in_scope), whole)


def _is_first_copy(group: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(n,) whether an article is the first of its group, or in none."""
    is_first = group < 0
    groups, first = np.unique(group, return_index=True)
    is_first[first[groups >= 0]] = True
    return is_first


def _turns(story: NDArray[np.int64], source: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,) how many articles of the same source and story come before each."""
    _, key = np.unique(np.stack([story, source], axis=1), axis=0, return_inverse=True)
    order = np.argsort(key, kind="stable")
    first = np.searchsorted(key[order], key[order])
    turn = np.empty(len(key), dtype=np.int64)
    turn[order] = np.arange(len(key)) - first
    return turn


@dataclass(frozen=True)
class Concepts:
    """Words of the articles that are read without stop words, forms of a word taken for one where
    their first six letters agree (truncation, McNamee & Mayfield 2004: it needs no language).

    ``of_term``: (n_terms,) the concept of each term of the lexicon, -1 for none. ``idf``:
    (n_concepts,) log(1 + articles of the corpus / those with its most frequent form), a prior of
    half of 50 articles added, as five articles don't tell which words are rare. ``uses``:
    (n_articles_read, n_concepts) how often each article uses it. ``words``: one spelling of each,
    the one in most articles of the corpus."""

    of_term: NDArray[np.int64]
    uses: NDArray[np.int64]
    idf: NDArray[np.float64]
    words: list[str]

    @cached_property
    def rarity(self) -> NDArray[np.float64]:
        """(n_concepts,) log(1 + n / articles that use it)."""
        used = (self.uses > 0).sum(axis=0)
        rarity: NDArray[np.float64] = np.log1p(len(self.uses) / np.maximum(used, 1))
        return rarity

    @classmethod
    def of(cls, index: Index, read: Read) -> Concepts:
        """Those of the titles and passages of the articles."""
        tokens = [_article_tokens(index, position) for position in read.articles.tolist()]
        terms = np.unique(np.concatenate([np.zeros(0, np.int64), *tokens]))
        lexicon = index.lexicon
        terms = terms[(lexicon.flags[terms] & STOP) == 0]
        spelled = [lexicon.terms[i] for i in terms.tolist()]
        told = [i for i, word in enumerate(spelled) if len(word) > 1 or not word.isascii()]
        numbers: dict[str, int] = {}
        of_term = np.full(len(lexicon), -1, dtype=np.int64)
        best: list[int] = []
        for i in told:
            term = int(terms[i])
            concept = numbers.setdefault(spelled[i][:_STEM], len(numbers))
            of_term[term] = concept
            if concept == len(best):
                best.append(term)
            elif lexicon.doc_freq[term] > lexicon.doc_freq[best[concept]]:
                best[concept] = term
        uses = np.zeros((len(tokens), len(best)), dtype=np.int64)
        for row, ids in enumerate(tokens):
            found = of_term[ids]
            uses[row] = np.bincount(found[found >= 0], minlength=len(best))
        doc_freq = lexicon.doc_freq[np.asarray(best, dtype=np.int64)]
        idf = np.log1p((index.n_articles + 2 * _PRIOR) / (doc_freq + _PRIOR))
        return cls(of_term, uses, idf, [lexicon.surfaces[i] for i in best])

    def weights(self, read: Read) -> NDArray[np.float64]:
        """(n_stories, n_concepts) what each concept says of a story: the share of its sources that
        use it, at least two where there are two, times log(1 + uses per article), times its rarity;
        the sum of a story is 1."""
        n_stories = len(read.whole)
        used = self.uses > 0
        weights = np.zeros((n_stories, self.uses.shape[1]))
        for story in range(n_stories):
            of = read.story == story
            sources = np.unique(read.source[of])
            by = np.asarray([used[of & (read.source == s)].any(axis=0) for s in sources])
            n_by = by.sum(axis=0)
            n_by[n_by < min(2, len(sources))] = 0
            weights[story] = (
                n_by / len(sources) * np.log1p(self.uses[of].mean(axis=0)) * self.rarity
            )
        total = weights.sum(axis=1, keepdims=True)
        shares: NDArray[np.float64] = weights / np.where(total > 0, total, 1)
        return shares


def _article_tokens(index: Index, position: int) -> NDArray[np.int64]:
    """Lexicon numbers of the tokens of an article's title and passages, in order."""
    segment = index.segment_of(position)
    row, arrays = position - segment.first_article, segment.arrays
    title = arrays["title_offsets"][row : row + 2]
    first, last = arrays["offsets"][arrays["article_passages"][row : row + 2]].tolist()
    return np.concatenate(
        [arrays["title_ids"][title[0] : title[1]], arrays["ids"][first:last]]
    ).astype(np.int64)


@dataclass(frozen=True)
class ReadSentences:
    """ReadSentences of articles that are read, in order; all (n_sentences,). ``article``: place in
    ``Read.articles``; ``passage`` and ``number``: from 0 in the article; ``start``: in the passage,
    behind a dateline; ``end``; ``text``; ``is_whole`` and ``is_statement``: see
    ``text.statements``, neither for a note on the author. ``indptr``, ``ids``: the concepts of
    each, every one once, ascending."""

    article: NDArray[np.int64]
    passage: NDArray[np.int64]
    number: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    text: list[str]
    is_whole: NDArray[np.bool_]
    is_statement: NDArray[np.bool_]
    indptr: NDArray[np.int64]
    ids: NDArray[np.int64]

    def concepts(self, i: int) -> NDArray[np.int64]:
        """The concepts of one sentence."""
        return self.ids[self.indptr[i] : self.indptr[i + 1]]


def read_sentences(
    index: Index, read: Read, concepts: Concepts, most: int | None = None
) -> ReadSentences:
    """The sentences of the articles, of each about the first ``most``: whole passages are read.
    Raises ``MissingLayer`` for an index without sentences."""
    about = index.article_rows(read.articles, ["language", "authors"])
    languages, authors = about["language"].tolist(), about["authors"].fillna("").tolist()
    rows: list[tuple[int, int, int, int, int]] = []
    texts: list[str] = []
    languages_of: list[str] = []
    follows: list[str] = []  # on the same line
    notes: list[bool] = []  # of who writes
    for at, position in enumerate(read.articles.tolist()):
        number = 0
        spans, passages = article_sentences(index, position), index.passages(position)
        lines = [line for text in passages for line in text.split("\n") if line.strip()]
        for n, (text, own) in enumerate(zip(passages, spans, strict=True)):
            if most is not None and number >= most:
                break
            for start, end in own:
                rows.append((at, n, number, start, end))
                texts.append(text[start:end])
                languages_of.append(languages[at])
                follows.append(text[end:].partition("\n")[0])
                notes.append(is_author_note(texts[-1], lines, authors[at], languages[at]))
                number += 1
    n_words = count_each(texts)
    table = np.asarray(rows, dtype=np.int64).reshape(-1, 5)
    indptr, ids = _sentence_concepts(index, read, concepts, table, n_words)
    for i, text in enumerate(texts):
        if table[i, 2] < _OPENING and (skip := dateline_end(text)):
            table[i, 3] += skip
            texts[i] = text[skip:]
    lengths = n_words.tolist()
    whole = [is_whole(text, n) for text, n in zip(texts, lengths, strict=True)]
    is_told = ~np.asarray(notes, dtype=bool)
    alone = [
        is_statement(*each) for each in zip(texts, lengths, languages_of, follows, strict=True)
    ]
    article, passage, number_of, start_of, end_of = table.T
    return ReadSentences(
        article, passage, number_of, start_of, end_of, texts,
        np.asarray(whole, dtype=bool) & is_told,
        np.asarray(alone, dtype=bool) & is_told,
        indptr, ids,
    )  # fmt: skip


def _sentence_concepts(
    index: Index,
    read: Read,
    concepts: Concepts,
    table: NDArray[np.int64],
    n_words: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The tokens of each sentence as concepts: sentences end between tokens, so those of a passage
    follow each other in its stream."""
    found: list[NDArray[np.int64]] = []
    begin = -1
    before = (-1, -1)
    for (at, passage), n in zip(table[:, :2].tolist(), n_words.tolist(), strict=True):
        if (at, passage) != before:
            before = (at, passage)
            position = int(read.articles[at])
            segment = index.segment_of(position)
            arrays = segment.arrays
            place = int(arrays["article_passages"][position - segment.first_article]) + passage
            begin, limit = arrays["offsets"][place : place + 2].tolist()
        own = concepts.of_term[arrays["ids"][begin : min(begin + n, limit)]]
        found.append(np.unique(own[own >= 0]))
        begin += n
    indptr = np.cumsum([0, *map(len, found)]).astype(np.int64)
    return indptr, np.concatenate([np.zeros(0, np.int64), *found])
