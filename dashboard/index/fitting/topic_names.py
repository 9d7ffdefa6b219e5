"""Names of topics: phrases of the text itself that belong to one topic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from dashboard.index.fitting.features import fold
from dashboard.index.fitting.naming_terms import (
    can_name,
    is_adjective,
    is_cut_short,
    name_key,
    says_the_same,
    units_by,
)
from dashboard.index.terms.fit_terms import TermTable
from dashboard.index.topics.model import (
    OTHER,
    RESIDUAL,
    TEMPLATE,
    TopicModel,
    default_nodes,
    node_components,
)
from dashboard.index.topics.nodes import OTHER_ID, OTHER_LABEL
from dashboard.index.topics.tree import leaf_masks

N_PARTS = 3
LABEL_LENGTH = 40
PHRASE_SHARE, OTHER_KIND_SHARE = 0.5, 0.6  # of a word's score, for a phrase to replace it
BROAD_SHARE = 0.4  # of a word's units, for a phrase to replace it in a merge of topics
MIN_PART = 0.5  # of the head's score; a weaker second name misleads
MIN_COVER = 0.15  # of a topic's units: what fewer hold gives way …
NEARLY = 0.7  # … to what more hold, at this share of its score
PHRASE_BONUS = 1.35
INSIDE_MALUS = 0.15
ADJECTIVE_MALUS = 0.4
N_CANDIDATES = 60
MIN_SHARE = 0.03  # of some leaf's units
AT_ONCE = 4_096  # terms that are scored together

TEMPLATE_NAME = "House template"


def label_nodes(
    terms: TermTable,
    model: TopicModel,
    article_of: NDArray[np.int64],
    is_self: NDArray[np.bool_],
    source_of: NDArray[np.int64] | None = None,
) -> list[list[str]]:
    """Per node of the tree up to three surface forms: the name, and two that explain it.

    No form names two topics of any one cut; a topic and what it splits into may share their name,
    as they are never shown together. Residual topics are called Other, templates House template.

    Score of term g in node t: sqrt(P(g|t)) x max(0, NPMI(g, t)) over units (Bouma 2009), times the
    weight of its words in the node, phrases preferred; g is in two articles or more where there are
    two. ``terms`` are the units fitted, ``article_of`` (n_units,) each unit's article, ``is_self``
    (n_terms,) marks what may not name anything (outlets, bylines), ``source_of`` (n_units,) each
    unit's source, -1 unknown: phrases of one source alone are its furniture.
    """
    held = leaf_masks(model.parents)
    if not len(held):
        return []
    usable, in_leaf = _in_leaf(terms, model, np.flatnonzero(~terms.is_stop & ~is_self))
    fit = can_name(terms, usable, article_of, source_of)
    usable, in_leaf = usable[fit], in_leaf[:, fit]
    score, cover = _scored(terms, model, held, usable, in_leaf)
    best = [np.argsort(-row, kind="stable")[:N_CANDIDATES] for row in score]
    labels: list[list[str]] = [[] for _ in held]
    taken: dict[str, list[int]] = {}
    heads = score.max(axis=1, initial=0.0)
    first = set(default_nodes(model).tolist())
    # Topics shown first choose first, then those whom their best name fits best.
    order = sorted(range(len(held)), key=lambda v: (v not in first, -heads[v], v))
    for part in range(N_PARTS):
        for node in order:
            if model.kind[node] == TEMPLATE:  # its own furniture tells it best
                words = [model.surfaces[f] for f in model.words[node, : N_PARTS - 1] if f >= 0]
                labels[node] = [TEMPLATE_NAME, *words]
                continue
            if not part and model.kind[node] == RESIDUAL:
                labels[node] = [OTHER_LABEL]
                continue
            least = MIN_PART * heads[node] if part else 0.0
            cells = best[node][score[node, best[node]] > least]
            free = [
                cell
                for cell in cells
                if not _clash(held, node, taken.get(name_key(terms.surface[usable[cell]]), ()))
            ]
            chosen = _next_part(
                terms, usable, score[node], cover[node], free, labels[node], node >= model.n_leaves
            )
            if chosen and (not part or len(" · ".join([*labels[node], chosen])) <= LABEL_LENGTH):
                labels[node].append(chosen)
                taken.setdefault(name_key(chosen), []).append(node)
    return _told_apart([parts or [f"Theme {v + 1}"] for v, parts in enumerate(labels)], model)


def node_slugs(labels: list[list[str]], model: TopicModel) -> list[str]:
    """A link's token for each node, no two alike: the name, else with its second part, else with a
    number. Other scripts count by position. The topics shown first choose first."""
    taken: set[str] = {OTHER_ID}
    slugs = [""] * len(labels)
    for node in dict.fromkeys([*default_nodes(model).tolist(), *range(len(labels))]):
        parts = labels[node]
        options = [slug(parts[0]), slug(" ".join(parts[:2])), slug(" ".join(parts))]
        base = options[0] or f"t-{node + 1}"
        options += [f"{base[:36]}-{number}" for number in range(2, len(labels) + 3)]
        chosen = next(o for o in options if o and o not in taken)
        taken.add(chosen)
        slugs[node] = chosen
    return slugs


def _told_apart(labels: list[list[str]], model: TopicModel) -> list[list[str]]:
    """Several residual topics or templates are told apart by their first word of text."""
    for name in (OTHER_LABEL, TEMPLATE_NAME):
        same = [v for v, parts in enumerate(labels) if parts[0] == name]
        for v in same if len(same) > 1 else []:
            if model.parents[v] in same and len(labels[v]) > 1:  # the merge of all keeps the name
                labels[v] = [f"{name}: {labels[v][1]}", *labels[v][2:]]
    return labels


def _clash(held: NDArray[np.bool_], node: int, nodes: Iterable[int]) -> bool:
    """Whether any of ``nodes`` can be in a cut with ``node``: they share no leaf."""
    return any(not (held[node] & held[other]).any() for other in nodes)


def _in_leaf(
    terms: TermTable, model: TopicModel, usable: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Those of ``usable`` that some leaf has often enough to be named by, and their units
    (n_leaves, n_usable) in each leaf."""
    in_leaf = units_by(terms, usable, model.assigned)
    member = model.assigned != OTHER
    size = np.bincount(model.assigned[member], minlength=model.n_leaves)
    share = in_leaf.multiply(1 / np.maximum(size, 1)[:, None]).max(axis=0).toarray().ravel()
    often = np.flatnonzero(share >= MIN_SHARE)
    return usable[often], np.asarray(in_leaf[:, often].todense(), dtype=np.float64)


def _scored(
    terms: TermTable,
    model: TopicModel,
    held: NDArray[np.bool_],
    usable: NDArray[np.int64],
    in_leaf: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n_nodes, n_usable) the scores that ``label_nodes`` speaks of, and P(g|t); some terms at a
    time, as what is in between takes ten times as much."""
    score, cover = np.empty((2, len(held), len(usable)))
    inside = terms.is_inside | is_cut_short(terms)
    weight = node_components(model.components, model.sizes, model.parents).astype(np.float64)
    weight /= np.maximum(weight.max(axis=1, keepdims=True, initial=0.0), 1e-12)
    weight = np.column_stack([weight, np.zeros(len(weight))])  # of words that are not features
    for start in range(0, len(usable), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        score[:, part], cover[:, part] = _scores(
            terms, model, held, usable[part], in_leaf[:, part], inside
        )
        score[:, part] *= 0.5 + _centrality(terms, model, usable[part], weight)
    return score, cover


def _scores(
    terms: TermTable,
    model: TopicModel,
    held: NDArray[np.bool_],
    usable: NDArray[np.int64],
    in_leaf: NDArray[np.float64],
    inside: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n_nodes, n_usable) sqrt(P(g|t)) x NPMI, with what a name should look like; and P(g|t).
    ``inside``: (n_terms,) which hardly stand outside a longer phrase."""
    n_units = len(terms.indptr) - 1
    in_node = held.astype(np.float64) @ in_leaf
    sizes = np.bincount(model.assigned[model.assigned != OTHER], minlength=model.n_leaves)
    size = held @ sizes.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        given = in_node / size[:, None]
        joint = in_node / n_units
        expected = terms.unit_freq[usable] / n_units * size[:, None] / n_units
        npmi = np.log(joint / expected) / -np.log(joint)
    score: NDArray[np.float64] = np.sqrt(given) * np.clip(
        np.nan_to_num(npmi, nan=0, posinf=1, neginf=0), 0, None
    )
    phrase = np.asarray([len(terms.tokens[i]) > 1 for i in usable], dtype=bool)
    plain = [is_adjective(terms.term[i], bool(terms.is_name[i])) for i in usable]
    score *= np.where(phrase, PHRASE_BONUS, 1.0)
    score *= np.where(inside[usable], INSIDE_MALUS, 1.0)
    score *= np.where(np.asarray(plain, dtype=bool), ADJECTIVE_MALUS, 1.0)
    score[in_node < np.minimum(2, size)[:, None]] = 0.0
    score[np.isnan(score)] = 0.0
    return score, given


def _centrality(
    terms: TermTable,
    model: TopicModel,
    usable: NDArray[np.int64],
    weight: NDArray[np.float64],
) -> NDArray[np.float64]:
    """(n_nodes, n_usable) weight of each term in each node, 1 for the node's heaviest; a phrase
    that is not a feature has the mean of its words. ``weight``: (n_nodes, n_features + 1) that of
    each feature, and 0."""
    known = dict(zip(model.forms, model.form_feature.tolist(), strict=True))
    none = weight.shape[1] - 1
    tokens = [terms.tokens[i] for i in usable]
    lengths = np.asarray([len(ids) for ids in tokens], dtype=np.int64)
    parts = np.asarray([known.get(terms.term[t], none) for ids in tokens for t in ids])
    whole = np.asarray([known.get(terms.term[i], none) for i in usable], dtype=np.int64)
    if not len(usable):
        return np.zeros((len(weight), 0))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    mean = np.add.reduceat(weight[:, parts], starts, axis=1) / lengths
    best: NDArray[np.float64] = np.maximum(mean, weight[:, whole])
    return best


def _next_part(
    terms: TermTable,
    usable: NDArray[np.int64],
    score: NDArray[np.float64],
    cover: NDArray[np.float64],
    cells: list[np.int64],
    chosen: list[str],
    is_merge: bool,
) -> str | None:
    """The best of ``cells`` that is mostly new here and that the topic's units often hold; for a
    word, the phrase that holds it where one scores nearly as well: for a name, a longer name rather
    ("Facebook", not "Facebook users"), for a common word, a common phrase ("federal budget", not
    "Congressional Budget Office"); for a merge of topics, not the phrase of one part ("trade", not
    "trade deal")."""
    free = [
        cell
        for cell in cells
        if not any(says_the_same(terms.surface[usable[cell]], part) for part in chosen)
    ]
    if not free:
        return None
    common = [cell for cell in free if cover[cell] >= MIN_COVER]
    first = free[0]
    if common and score[common[0]] >= NEARLY * score[first]:
        first = common[0]
    head = terms.tokens[usable[first]]
    if len(head) == 1:
        named, root = terms.is_name[usable], fold(terms.term[head[0]])
        least = BROAD_SHARE * cover[first] if is_merge else 0.0
        for cell in common:
            tokens = terms.tokens[usable[cell]]
            holds = len(tokens) > 1 and root in [fold(terms.term[token]) for token in tokens]
            wanted = PHRASE_SHARE if named[cell] == named[first] else OTHER_KIND_SHARE
            if holds and score[cell] >= wanted * score[first] and cover[cell] >= least:
                first = cell
                break
    return str(terms.surface[usable[first]])


def slug(text: str) -> str:
    """A short ASCII token for links: "Belt and Road" → ``belt-and-road``; other scripts give
    ``""`` (the caller then numbers by content)."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")
