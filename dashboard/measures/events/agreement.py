"""Which statements of one date tell the same: those that share their rarer words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dashboard.text.dates.statements import FIGURE, NAME

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

#: Cosine from which two statements of one date tell the same.
ALIKE = 0.38
ALIKE_IN_FIGURES = 0.1  # enough where they share a figure
ALIKE_ENTRIES = 0.42  # of all that two entries say: then they are one
FEWEST_SHARED = 3  # words that statements about one event share
#: What two statements of one year must share besides names: words or figures as rare as this
#: together, where one that a single statement has counts 1.
OF_A_YEAR = 1.1
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Wordings:
    """``rows`` (n_statements, n_words), each of length one, rare words weighing more. Of each word:
    ``is_figure``, ``is_name`` (mostly written with a capital), and ``rarity`` from 0 to 1."""

    rows: csr_matrix
    is_figure: NDArray[np.bool_]
    is_name: NDArray[np.bool_]
    rarity: NDArray[np.float64]


def wordings_of(n: int, statement: Ints, numbers: NDArray[np.uint32]) -> Wordings:
    """Of ``n`` statements, from their ``content_words``: ``numbers``, each with its statement."""
    from scipy.sparse import csr_matrix  # loading it takes longer than opening an index

    numbers = numbers.astype(np.int64)
    is_capital = (numbers >= NAME) & (numbers < FIGURE)
    words, columns = np.unique(numbers - NAME * is_capital, return_inverse=True)
    # Of a word that a statement writes both ways, one: without a capital it is no name there.
    place = statement * len(words) + columns
    order = np.lexsort((is_capital, place))
    kept = order[np.diff(place[order], prepend=-1) > 0]
    statement, columns, is_capital = statement[kept], columns[kept], is_capital[kept]
    counts = np.bincount(columns, minlength=len(words))
    is_name = 2 * np.bincount(columns, is_capital, len(words)) > counts
    # As if there were 200 more: in a small scope no word is rare.
    weight = np.log1p((n + 200) / (counts + 10))
    rarity = weight / np.log1p((n + 200) / 11)
    each = weight[columns]
    squares = np.sqrt(np.bincount(statement, each**2, minlength=n))
    rows = csr_matrix((each / squares[statement], (statement, columns)), shape=(n, len(words)))
    return Wordings(rows, words >= FIGURE, is_name, rarity)


def leaders(wordings: Wordings, key: Ints, is_coarse: NDArray[np.bool_]) -> Ints:
    """(n_statements,) the statement that stands for each: of those of its date (``key``) that tell
    the same, the one most like the others. Statements that are like no other stand for themselves.

    Where the date is coarse, two that share names alone tell two things of one year, and each must
    be like the one that stands for it, not only like one that is."""
    n = len(key)
    own = np.arange(n)
    if not n:
        return own
    rows, others, value = _alike(wordings, key, is_coarse)
    weight = np.bincount(rows, value, minlength=n).astype(np.float64)
    # Each goes to its neighbour with the most neighbours, and with it where that one goes.
    order = np.lexsort((others, -weight[others], rows))
    firsts = np.searchsorted(rows[order], own)
    leader = others[order][firsts]
    leader[weight == 0] = own[weight == 0]
    leader = np.where(is_coarse, own, leader)
    while not np.array_equal(leader, leader[leader]):
        leader = leader[leader]
    _gather(leader, rows, others, weight, is_coarse)
    _join(leader, wordings.rows, key, is_coarse)
    return np.asarray(leader, dtype=np.int64)


def _gather(
    leader: Ints,
    rows: Ints,
    others: Ints,
    weight: NDArray[np.float64],
    is_coarse: NDArray[np.bool_],
) -> None:
    """Give each statement of a coarse date to the first that is like it, those with the most
    neighbours first."""
    bounds = np.searchsorted(rows, np.arange(len(leader) + 1))
    is_free = is_coarse.copy()
    for i in np.argsort(-weight, kind="stable").tolist():
        if is_free[i]:
            like = others[bounds[i] : bounds[i + 1]]
            like = like[is_free[like]]
            leader[like] = i
            leader[i] = i
            is_free[like] = is_free[i] = False


def _join(leader: Ints, words: csr_matrix, key: Ints, is_coarse: NDArray[np.bool_]) -> None:
    """Put entries of one date together that say the same in the sum of their words: one has the
    longer sentences, and no two of them are alike enough. One of them is told more than once; both
    are where the date is coarse."""
    from scipy.sparse import csr_matrix

    heads, entry, size = np.unique(leader, return_inverse=True, return_counts=True)
    own = csr_matrix((np.ones(len(leader)), (entry, np.arange(len(leader)))))
    sums = (own @ words).tocoo()
    length = np.sqrt(np.bincount(sums.row, sums.data**2, len(heads)))
    columns = np.unique(key[heads][sums.row] * words.shape[1] + sums.col, return_inverse=True)[1]
    dated = csr_matrix((sums.data / length[sums.row], (sums.row, columns)))
    told = np.flatnonzero(size[: dated.shape[0]] > 1)
    alike = (dated[told] @ dated.T).tocoo()
    a, b = told[alike.row], alike.col
    chosen = (alike.data >= ALIKE_ENTRIES) & (a != b)
    chosen &= (size[b] > 1) | ~is_coarse[heads[b]]
    a, b, value = a[chosen], b[chosen], alike.data[chosen]
    root = np.arange(len(heads))
    for i in np.argsort(-value, kind="stable").tolist():
        x, y = root[a[i]], root[b[i]]
        if x != y:
            larger, other = (x, y) if size[x] >= size[y] else (y, x)
            root[root == other] = larger
    leader[:] = heads[root[entry]]


def _alike(
    wordings: Wordings, key: Ints, is_coarse: NDArray[np.bool_]
) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Pairs of statements of one date that tell the same, each with itself too, in order of the
    first; and their cosine."""
    from scipy.sparse import csr_matrix

    n = len(key)
    # A word of one date is another column than the same word of another: one product then
    # compares within dates only.
    coo = wordings.rows.tocoo()
    columns = np.unique(key[coo.row] * wordings.rows.shape[1] + coo.col, return_inverse=True)[1]
    shape = (n, int(columns.max()) + 1 if len(columns) else 0)

    def dated(values: NDArray[np.float64]) -> csr_matrix:
        return csr_matrix((values, (coo.row, columns)), shape=shape)

    cosine = dated(coo.data)
    alike = (cosine @ cosine.T).tocoo()
    near = alike.data >= ALIKE_IN_FIGURES
    rows, others, value = (of[near] for of in (alike.row, alike.col, alike.data))

    def shared(values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each pair the sum over the words that both have."""
        roots = dated(np.sqrt(values))
        both = roots[rows].multiply(roots[others]).sum(axis=1)
        return np.asarray(both).ravel()

    # Of each word one, of a figure a hundred more: one product counts both.
    is_figure = wordings.is_figure[coo.col]
    count = shared(np.where(is_figure, 101.0, 1.0)).round()
    enough = (value >= ALIKE) | (count >= 100)
    enough &= count - 100 * (count // 100) >= FEWEST_SHARED
    says = ~wordings.is_name[coo.col]
    enough &= ~is_coarse[rows] | (shared(says * wordings.rarity[coo.col]) >= OF_A_YEAR)
    enough |= rows == others
    rows, others, value = rows[enough], others[enough], value[enough]
    order = np.lexsort((others, rows))
    return rows[order].astype(np.int64), others[order].astype(np.int64), value[order]
