"""Segments: the parts that an index is built of, each by a stage function of its own.

Two stages: ``read_segment`` turns batches of records into articles, passages and tokens with words
numbered among themselves; ``count_segment`` gives the words their numbers in the lexicon, the
passages their topics, and counts. Both are pure and idempotent: they never change their input and
write the same bytes when they are run again, in whatever process or machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from dashboard.corpus import Article, Outcome, read_batch
from dashboard.index.article_store import ArticleStore, pack_articles, take_articles
from dashboard.index.container import (
    Container,
    Strings,
    pack_strings,
    ranges,
    with_prefix,
    write_container,
)  # fmt: skip
from dashboard.index.lexicon import NOT_ANALYSED, Lexicon, Words
from dashboard.index.passages import split_passages
from dashboard.index.stream import TokenStream, read_tokens
from dashboard.index.terms import count_matrix
from dashboard.index.token_reader import COMPILED_FROM, engine_for
from dashboard.index.topic_model import TopicModel
from dashboard.index.topic_store import read_model
from dashboard.index.topic_tree import leaf_ranks
from dashboard.index.workspace import write_json

#: Texts that an article accounts for in which the name of its outlet or author stands.
NAME_WEIGHTS = {"source": 10, "original_source": 10, "authors": 3}
SUMMED_FROM = 2_000  # slices of a segment
BLOCK = 512  # slices
_MOST_COUNTED = 0xFFFF  # in one cell of a count matrix; more stands in two cells


def read_segment(batches: Sequence[Path], folder: Path, name: str) -> str:
    """Read ``batches`` into ``articles-NAME.bin``, ``tokens-NAME.bin`` and, last,
    ``read-NAME.json`` (what came of the records, and facts that add up over segments); returns
    ``name``."""
    outcomes: list[Outcome] = []
    parts: list[dict[str, NDArray[Any]]] = []
    places: list[tuple[str, str, str]] = []
    texts: list[list[str]] = []
    titles: list[str] = []
    names: Counter[str] = Counter()
    for batch in batches:  # what is held of a batch is packed before the next is read
        articles, found = read_batch(batch)
        outcomes += found
        split, article_of = split_passages(a.paragraphs for a in articles)
        own = [split[a:b] for a, b in pairwise(bounds(article_of, len(articles)).tolist())]
        parts.append(pack_articles(articles, own))
        places += map(_place, articles)
        texts += own
        titles += [a.fields["title"].value or "" for a in articles]
        names += names_of(articles)
    order = sorted(range(len(places)), key=places.__getitem__)
    arrays = take_articles(parts, [np.arange(len(part["row"])) for part in parts])
    arrays = take_articles([arrays], [np.asarray(order, dtype=np.int64)])
    write_container(folder / f"articles-{name}.bin", arrays)
    facts = write_tokens(
        folder / f"tokens-{name}.bin", [texts[i] for i in order], [titles[i] for i in order]
    )
    languages = Counter(Strings.of(arrays, "language"))
    made = {**facts, "languages": languages, "names": names,
            "outcomes": [asdict(o) for o in outcomes]}  # fmt: skip
    write_json(folder / f"read-{name}.json", made)
    return name


def names_of(articles: Sequence[Article]) -> Counter[str]:
    """Names of outlets and authors, and the texts that each accounts for."""
    names: Counter[str] = Counter()
    for article in articles:
        for field, weight in NAME_WEIGHTS.items():
            if name := article.fields[field].value:
                names[name] += weight
    return names


def bounds(article_of: NDArray[np.int64], n_articles: int) -> NDArray[np.int64]:
    """(n_articles + 1,) first passage of each article, and the end; ``article_of`` ascends."""
    return np.searchsorted(article_of, np.arange(n_articles + 1))


def _place(article: Article) -> tuple[str, str, str]:
    """Articles of one source and time stand together: sums over neighbours then answer most
    questions."""
    date = article.fields["date"]
    return article.fields["source"].value or "\U0010ffff", date.value or "~", article.article_id


def write_tokens(
    path: Path, passages: Sequence[Sequence[str]], titles: Sequence[str]
) -> dict[str, int]:
    """Tokens of passages, those of an article together, and of titles, under local numbers; returns
    facts that add up over segments."""
    texts = [text for each in passages for text in each]
    stream, title_stream = read_tokens([*texts, *titles], len(texts)).split(len(texts))
    article_of = np.repeat(np.arange(len(titles)), [len(each) for each in passages])
    words = count_words_of(stream, article_of, len(titles))
    write_container(
        path,
        {
            "ids": stream.ids,
            "flags": (stream.joined | stream.shape << 2 | stream.initial.astype(np.int8) << 4),
            "offsets": stream.offsets,
            "article_of": article_of.astype(np.int32),
            "title_ids": title_stream.ids,
            "title_offsets": title_stream.offsets,
            **with_prefix("word", pack_strings(words.word)),
            **with_prefix("surface", pack_strings(words.surface)),
            **{n: getattr(words, n) for n in ("weight", "capital", "total", "doc_freq", "count")},
        },
    )
    return {
        "n_articles": len(titles),
        "n_passages": len(texts),
        "n_words": len(stream.ids),
        "n_bytes": sum(len(text.encode("utf-8", "surrogatepass")) for text in texts),
    }


def count_words_of(stream: TokenStream, article_of: NDArray[np.int64], n_articles: int) -> Words:
    """The words of a stream, with what has to be summed over segments to describe them."""
    n = len(stream.vocabulary)
    lengths = np.diff(stream.offsets)
    _, indices, _ = count_matrix(
        np.repeat(article_of, lengths), stream.ids.astype(np.int64), n_articles, n
    )
    is_capital = stream.shape > 0

    def uses(some: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(stream.ids[some], minlength=n)

    count = np.bincount(stream.ids, minlength=n)
    return Words(
        word=stream.vocabulary,
        surface=stream.surfaces,
        weight=10 * count - 7 * uses(stream.initial),
        capital=100 * uses(is_capital) - 99 * uses(is_capital & stream.initial),
        total=100 * count - 99 * uses(stream.initial),
        doc_freq=np.bincount(indices, minlength=n),
        count=count,
    )


def read_words(tokens: Mapping[str, NDArray[Any]]) -> Words:
    """The words that :func:`write_tokens` stored."""
    return Words(
        list(Strings.of(tokens, "word")),
        list(Strings.of(tokens, "surface")),
        tokens["weight"],
        tokens["capital"],
        tokens["total"],
        tokens["doc_freq"],
        tokens["count"],
    )


@dataclass(frozen=True)
class SegmentTokens:
    """Tokens of one segment by their lexicon numbers. ``flags``: for each token two bits of
    ``joined``, two of ``shape``, one of ``initial`` (see ``TokenStream``); ``article_of``:
    (n_passages,); titles: one text an article; ``source_of``: (n_articles,) numbers that tell the
    sources of the segment apart."""

    ids: NDArray[np.int32]
    flags: NDArray[np.int8]
    offsets: NDArray[np.int64]
    article_of: NDArray[np.int64]
    title_ids: NDArray[np.int32]
    title_offsets: NDArray[np.int64]
    source_of: NDArray[np.int64]

    @property
    def n_articles(self) -> int:
        return len(self.title_offsets) - 1


def read_segment_tokens(folder: Path, name: str) -> SegmentTokens:
    """Those of a segment that was just read, or (``before-NAME.bin``) that was counted before."""
    if (folder / f"before-{name}.bin").exists():
        tokens = Container(folder / f"before-{name}.bin")
        n_passages = np.diff(tokens["article_passages"])
        ids, titles = tokens["ids"], tokens["title_ids"]
        article_of = np.repeat(np.arange(len(n_passages)), n_passages)
    else:
        tokens = Container(folder / f"tokens-{name}.bin")
        numbers = Container(folder / f"numbers-{name}.bin")["numbers"]
        ids, titles = numbers[tokens["ids"]], numbers[tokens["title_ids"]]
        article_of = tokens["article_of"].astype(np.int64)
    source_of = _number_sources([Container(folder / f"articles-{name}.bin")])
    return SegmentTokens(
        ids, tokens["flags"], tokens["offsets"], article_of, titles, tokens["title_offsets"],
        source_of,
    )  # fmt: skip


def _number_sources(articles: Sequence[Container]) -> NDArray[np.int64]:
    stores = [ArticleStore(each) for each in articles]
    names = [name or "" for s in stores for name in s.values("source", np.arange(len(s)))]
    number = {name: i for i, name in enumerate(sorted(set(names)))}
    return np.asarray([number[name] for name in names], dtype=np.int64)


def count_segment(folder: Path, name: str) -> str:
    """Write ``counts-NAME.bin`` from the segment's tokens, ``lexicon.bin``, ``topics.*`` and
    ``features.bin`` (the topics' feature of each term); returns ``name``."""
    tokens = read_segment_tokens(folder, name)
    lexicon = Lexicon(Container(folder / "lexicon.bin"))
    phrases = find_phrases(tokens.ids, tokens.offsets, lexicon)
    model = read_model(folder).model
    feature_of = Container(folder / "features.bin")["feature_of"]
    leaf = assign_passages(tokens, phrases, model, feature_of)
    arrays = count_tokens(tokens, leaf, leaf_ranks(model.parents), lexicon, phrases)
    write_container(folder / f"counts-{name}.bin", arrays)
    return name


def assign_passages(
    tokens: SegmentTokens,
    phrases: tuple[NDArray[np.int64], NDArray[np.int64]],
    model: TopicModel,
    feature_of: NDArray[np.int32],
) -> NDArray[np.int64]:
    """(n_passages,) leaf of each passage, -1 for none. ``feature_of``: see ``feature_of_terms``."""
    from dashboard.index.topics import assign_topics  # loads scikit-learn

    passage = np.repeat(np.arange(len(tokens.offsets) - 1), np.diff(tokens.offsets))
    at, phrase = phrases
    parts = [(passage, feature_of[tokens.ids])]
    if (feature_of[np.unique(phrase)] >= 0).any():
        parts.append((passage[at], feature_of[phrase]))
    rows = np.concatenate([rows[cols >= 0] for rows, cols in parts])
    cols = np.concatenate([cols[cols >= 0] for _, cols in parts])
    n_passages, n_features = len(tokens.offsets) - 1, len(model.idf)
    counts = csr_matrix(
        (np.ones(len(cols), np.float32), (rows, cols)), shape=(n_passages, n_features)
    )
    return assign_topics(model, counts, tokens.article_of)


def count_tokens(
    tokens: SegmentTokens,
    leaf: NDArray[np.int64],
    ranks: NDArray[np.int64],
    lexicon: Lexicon,
    phrases: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> dict[str, NDArray[Any]]:
    """The arrays of ``counts``: see :class:`dashboard.index.opened.Segment`. ``leaf``: of each
    passage; ``ranks``: see ``leaf_ranks``; ``phrases``: from :func:`find_phrases`.

    A *slice* is the text of one article that belongs to one leaf topic; slices are in order of
    article and of the leaf's place in the tree.
    """
    ids, offsets, article_of = tokens.ids, tokens.offsets, tokens.article_of
    n_articles = tokens.n_articles
    lengths = np.diff(offsets)
    n_places = len(ranks) + 1
    place = np.append(ranks + 1, 0)  # of no leaf, which is -1, first
    leaf_at = np.argsort(place) % n_places
    leaf_at = np.where(leaf_at == len(ranks), -1, leaf_at)
    key = article_of * n_places + place[leaf]
    slices, passage_slice = np.unique(key, return_inverse=True)
    n_slices = len(slices)
    order = np.argsort(passage_slice, kind="stable")
    # Tokens in the order of their slices: counting them row by row then needs no large sort.
    starts = offsets[:-1][order]
    sorted_lengths = lengths[order]
    ends = np.cumsum(sorted_lengths)
    token_at = np.repeat(starts - (ends - sorted_lengths), sorted_lengths) + np.arange(len(ids))
    slice_of_token = np.repeat(passage_slice[order], sorted_lengths)
    at, phrase = phrases
    phrase_rows = passage_slice[np.searchsorted(offsets, at, side="right") - 1]
    indptr, indices, data = _merged(
        count_matrix(slice_of_token, ids[token_at].astype(np.int64), n_slices, len(lexicon)),
        count_matrix(*_sorted_pairs(phrase_rows, phrase), n_slices, len(lexicon)),
    )
    posting_terms, posting_offsets, posting_slices, posting_counts = _postings(
        indptr, indices, data, n_slices
    )
    slice_article = (slices // n_places).astype(np.int32)
    slice_leaf = leaf_at[slices % n_places].astype(np.int16)
    row_indptr, row_terms, row_counts = _analysed(indptr, indices, data, lexicon)
    source = tokens.source_of[slice_article]
    rows = (row_indptr, row_terms, row_counts)
    return {
        **sum_slices(rows, source, slice_leaf, len(lexicon.analysed)),
        "ids": ids,
        "flags": tokens.flags,
        "offsets": offsets,
        "title_ids": tokens.title_ids,
        "title_offsets": tokens.title_offsets,
        "passage_slice": passage_slice.astype(np.int32),
        "article_passages": bounds(article_of, n_articles),
        "article_words": np.bincount(article_of, lengths, n_articles).astype(np.int32),
        "slice_article": slice_article,
        "slice_leaf": slice_leaf,
        "slice_words": np.bincount(passage_slice, lengths, n_slices).astype(np.int32),
        "slice_passages": np.bincount(passage_slice, minlength=n_slices).astype(np.int32),
        "slice_squares": np.bincount(passage_slice, lengths.astype(float) ** 2, n_slices),
        "row_indptr": row_indptr,
        "row_terms": row_terms,
        "row_counts": row_counts,
        "posting_terms": posting_terms,
        "posting_offsets": posting_offsets,
        "posting_slices": posting_slices,
        "posting_counts": posting_counts,
        "doc_freq": _doc_freq(posting_offsets, slice_article[posting_slices]),
        "count": np.add.reduceat(posting_counts, posting_offsets[:-1], dtype=np.int64)
        if len(posting_terms)
        else np.zeros(0, np.int64),
    }


def _sorted_pairs(
    rows: NDArray[np.int64], cols: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    order = np.argsort(rows, kind="stable")
    return rows[order], cols[order]


Csr = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]


def _merged(words: Csr, phrases: Csr) -> Csr:
    """Rows of both, those of ``phrases`` after those of ``words``."""
    indptr = words[0] + phrases[0]
    indices = np.empty(indptr[-1], dtype=np.int32)
    data = np.empty(indptr[-1], dtype=np.int32)
    for (own, cols, values), before in ((words, phrases[0][:-1]), (phrases, words[0][1:])):
        # What stands before a row of this part: all earlier rows of the other, and for phrases
        # the words of the same row.
        to = np.arange(len(cols)) + np.repeat(before, np.diff(own))
        indices[to], data[to] = cols, values
    return indptr, indices, data


def _postings(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[np.int32],
    n_slices: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int32], NDArray[np.uint16]]:
    """Terms present, and for each of them the slices it stands in, ascending, with its uses."""
    order = np.argsort(indices, kind="stable")
    slices = np.repeat(np.arange(n_slices, dtype=np.int32), np.diff(indptr))[order]
    terms, starts = np.unique(indices[order], return_index=True)
    counts = data[order]
    if len(counts) and counts.max() > _MOST_COUNTED:
        pieces = -(-counts // _MOST_COUNTED)
        parents = np.repeat(np.arange(len(counts)), pieces)
        number = np.arange(len(parents)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        counts = np.minimum(counts[parents] - number * _MOST_COUNTED, _MOST_COUNTED)
        slices = slices[parents]
        starts = np.searchsorted(parents, starts)
    offsets = np.append(starts, len(slices)).astype(np.int64)
    return terms.astype(np.int32), offsets, slices, counts.astype(np.uint16)


def _analysed(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[np.int32],
    lexicon: Lexicon,
) -> tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.uint16]]:
    """The same counts, by slice, of the analysed terms only."""
    column = lexicon.analysis[indices]
    kept = column != NOT_ANALYSED
    before = np.concatenate([[0], np.cumsum(kept)]).astype(np.int64)
    column, counts, pointers = column[kept], data[kept], before[indptr]
    if len(counts) and counts.max() > _MOST_COUNTED:
        pieces = -(-counts // _MOST_COUNTED)
        parents = np.repeat(np.arange(len(counts)), pieces)
        number = np.arange(len(parents)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        counts = np.minimum(counts[parents] - number * _MOST_COUNTED, _MOST_COUNTED)
        column, pointers = column[parents], np.searchsorted(parents, pointers)
    return pointers, column.astype(np.uint16), counts.astype(np.uint16)


def sum_slices(
    rows: tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.uint16]],
    source: NDArray[np.int64],
    leaf: NDArray[np.int16],
    n_terms: int,
) -> dict[str, NDArray[Any]]:
    """Sums that answer most questions without the slices themselves: of ``blocks`` of up to 512
    neighbours of one source, and of ``cells``, the slices of one source and leaf. Only where there
    are many slices, and numba: see ``counts``."""
    n = len(source)
    if n < SUMMED_FROM or not n_terms or engine_for(COMPILED_FROM) != "numba":
        return {}
    from dashboard.index.sum_kernels import sum_rows

    first = np.flatnonzero(np.diff(source, prepend=source[0] - 1))
    place = np.arange(n) - np.repeat(first, np.diff(np.append(first, n)))
    block_bounds = np.append(np.flatnonzero(place % BLOCK == 0), n)
    key = source * (int(leaf.max()) + 2) + leaf + 1
    cell_order = np.argsort(key, kind="stable")
    cell_bounds = np.append(np.flatnonzero(np.diff(key[cell_order], prepend=-1)), n)
    made: dict[str, NDArray[Any]] = {"block_bounds": block_bounds, "cell_bounds": cell_bounds,
                                     "cell_order": cell_order.astype(np.int32)}  # fmt: skip
    for name, order, bounds_ in (
        ("block", np.arange(n, dtype=np.int32), block_bounds),
        ("cell", made["cell_order"], cell_bounds),
    ):
        sums = np.zeros(n_terms, dtype=np.int64)
        indptr = np.zeros(len(bounds_), dtype=np.int64)
        terms = np.empty(len(rows[1]), dtype=np.uint16)
        counts = np.empty(len(rows[1]), dtype=np.uint32)
        sum_rows(*rows, order, bounds_, sums, indptr, terms, counts)
        made |= {f"{name}_indptr": indptr, f"{name}_terms": terms[: indptr[-1]],
                 f"{name}_counts": counts[: indptr[-1]]}  # fmt: skip
    return made


def _doc_freq(offsets: NDArray[np.int64], articles: NDArray[np.int32]) -> NDArray[np.int64]:
    """(n_posted,) different articles in each posting list; slices ascend, so do articles."""
    if not len(articles):
        return np.zeros(len(offsets) - 1, dtype=np.int64)
    first = np.ones(len(articles), dtype=bool)
    first[1:] = articles[1:] != articles[:-1]
    first[offsets[:-1]] = True
    return np.add.reduceat(first, offsets[:-1], dtype=np.int64)


def find_phrases(
    ids: NDArray[np.int32], offsets: NDArray[np.int64], lexicon: Lexicon
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the lexicon's phrases stand: positions in ``ids`` and the phrases' numbers. Whatever
    stands between the words doesn't matter, as in a search for them."""
    paths: dict[tuple[int, int], int] = {}  # (node, word) → node; node 0 is the empty path
    ends: dict[int, int] = {}
    words = lexicon.phrase_words.tolist()
    bounds = lexicon.phrase_offsets.tolist()
    for number, first, last in zip(lexicon.phrases.tolist(), bounds, bounds[1:], strict=False):
        node = 0
        for word in words[first:last]:
            node = paths.setdefault((node, word), len(paths) + 1)
        ends[node] = number
    if not ends or len(ids) < 2:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    width = len(lexicon)
    keys = np.asarray(sorted(node * width + word for node, word in paths), dtype=np.int64)
    targets = np.asarray([paths[k // width, k % width] for k in keys.tolist()], dtype=np.int64)
    phrase_at = np.full(len(paths) + 1, -1, dtype=np.int64)
    phrase_at[list(ends)] = list(ends.values())
    step = np.zeros((width, 2), dtype=bool)  # may begin, may follow
    for (node, word), _ in paths.items():
        step[word, min(node, 1)] = True
    alive = np.flatnonzero(step[ids[:-1], 0] & step[ids[1:], 1])
    end_of_text = offsets[np.searchsorted(offsets, alive, side="right")]
    node_at = np.zeros(len(alive), dtype=np.int64)
    found_at, found = [], []
    depth = 0
    while len(alive):
        wanted = node_at * width + ids[alive + depth]
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = keys[place] == wanted
        alive, node_at, end_of_text = alive[there], targets[place[there]], end_of_text[there]
        complete = phrase_at[node_at] >= 0
        found_at.append(alive[complete])
        found.append(phrase_at[node_at[complete]])
        depth += 1
        inside = alive + depth < end_of_text
        alive, node_at, end_of_text = alive[inside], node_at[inside], end_of_text[inside]
    at, number = np.concatenate(found_at), np.concatenate(found)
    order = np.lexsort((number, at))
    return at[order], number[order]


@dataclass(frozen=True)
class Kept:
    """Articles of a segment that stay: its files, and the rows in their order."""

    articles: Path
    counts: Path
    rows: NDArray[np.int64]


def rewrite_segment(
    parts: Sequence[Kept], folder: Path, name: str, lexicon: Lexicon, ranks: NDArray[np.int64]
) -> str:
    """Write ``articles-NAME.bin`` and ``counts-NAME.bin`` with the articles of ``parts``, in that
    order: how small segments become one, and how articles are taken out; returns ``name``."""
    stores = [Container(part.articles) for part in parts]
    write_container(
        folder / f"articles-{name}.bin",
        take_articles(stores, [part.rows for part in parts]),
    )
    tokens, leaves = [], []
    for part in parts:
        counts = Container(part.counts)
        first = counts["article_passages"]
        passages = ranges(first[part.rows], first[part.rows + 1])
        tokens.append(_take_tokens(counts, passages, part.rows))
        leaves.append(counts["slice_leaf"][counts["passage_slice"][passages]])
    joined = SegmentTokens(
        np.concatenate([t.ids for t in tokens]),
        np.concatenate([t.flags for t in tokens]),
        _joined_offsets([t.offsets for t in tokens]),
        np.concatenate(
            [t.article_of + before for t, before in zip(tokens, _before(tokens), strict=True)]
        ),
        np.concatenate([t.title_ids for t in tokens]),
        _joined_offsets([t.title_offsets for t in tokens]),
        _number_sources([Container(folder / f"articles-{name}.bin")]),
    )
    phrases = find_phrases(joined.ids, joined.offsets, lexicon)
    leaf = np.concatenate(leaves).astype(np.int64)
    arrays = count_tokens(joined, leaf, ranks, lexicon, phrases)
    write_container(folder / f"counts-{name}.bin", arrays)
    return name


def _before(tokens: Sequence[SegmentTokens]) -> list[int]:
    return [0, *accumulate(t.n_articles for t in tokens)][:-1]


def _joined_offsets(offsets: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    lengths = [np.diff(each) for each in offsets]
    return np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64)


def _take_tokens(
    counts: Container, passages: NDArray[np.int64], rows: NDArray[np.int64]
) -> SegmentTokens:
    offsets, titles = counts["offsets"], counts["title_offsets"]
    at = ranges(offsets[passages], offsets[passages + 1])
    title_at = ranges(titles[rows], titles[rows + 1])
    n_passages = np.diff(counts["article_passages"])[rows]
    return SegmentTokens(
        counts["ids"][at],
        counts["flags"][at],
        np.concatenate([[0], np.cumsum(offsets[passages + 1] - offsets[passages])]),
        np.repeat(np.arange(len(rows)), n_passages),
        counts["title_ids"][title_at],
        np.concatenate([[0], np.cumsum(titles[rows + 1] - titles[rows])]),
        np.zeros(len(rows), dtype=np.int64),  # known once the parts are one segment
    )
