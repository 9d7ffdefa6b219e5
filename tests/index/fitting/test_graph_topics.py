"""Topics of many articles: planted themes, templates and leftovers; order and threads can't matter;
a stored model says the same; new articles change nothing old."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from benchmarks.fitted import count_features, cut_tree
from dashboard.index.fitting import topics
from dashboard.index.fitting.limits import derive_limits
from dashboard.index.fitting.match import match_topics
from dashboard.index.fitting.topic_names import label_nodes, node_slugs
from dashboard.index.fitting.topics import assign_topics, fit_topics
from dashboard.index.terms.fit_terms import count_terms, read_tokens
from dashboard.index.topics.model import (
    OTHER,
    TEMPLATE,
    default_nodes,
    relevant_terms,
    topic_terms,
)
from dashboard.index.topics.model_file import NamedModel, read_model, write_model
from dashboard.index.topics.tree import leaf_masks

N_THEMES, PER_THEME, N_SOURCES = 24, 50, 7
HOUSE = "Keyword Daily overnight briefing roundup welcomes subscribers morning digest editors picks"


def word(rng: np.random.Generator) -> str:
    return "".join(rng.choice(list("bdfgklmnprstvz")) + rng.choice(list("aeiou")) for _ in range(4))


@pytest.fixture(scope="module")
def corpus():
    """1,260 articles: 24 themes over 7 sources, 60 of one house template."""
    rng = np.random.default_rng(7)
    common = [word(rng) for _ in range(300)]
    themes = [[word(rng) for _ in range(25)] for _ in range(N_THEMES)]
    texts, theme, source = [], [], []
    for t in range(N_THEMES):
        for i in range(PER_THEME):
            own, other = rng.choice(themes[t], 30), rng.choice(common, 40)
            text = " ".join(rng.permutation(np.concatenate([own, other])))
            texts.append(f"{text}. They met {themes[t][0].title()} {themes[t][1].title()} again")
            theme.append(t)
            source.append(i % N_SOURCES)
    for _ in range(60):
        texts.append(f"{HOUSE} {' '.join(rng.choice(common, 12))}")
        theme.append(N_THEMES)
        source.append(3)
    return texts, np.asarray(theme), np.asarray(source), themes


def table(texts):
    return count_terms(read_tokens(texts), ENGLISH_STOP_WORDS)


@pytest.fixture(scope="module")
def fitted(corpus):
    texts, _, source, _ = corpus
    terms = table(texts)
    return terms, fit_topics(terms, np.arange(len(texts)), source_of=source)


def names(terms, model, source):
    nobody = np.zeros(len(terms), dtype=bool)
    return label_nodes(terms, model, np.arange(len(model.assigned)), nobody, source)


def test_planted_themes_are_found(corpus, fitted):
    _, model = fitted
    assert adjusted_rand_score(corpus[1], model.assigned) > 0.98
    assert model.overall > 0.9
    assert model.null < 0.7
    assert model.settings["method"] == "graph"
    assert model.n_leaves == N_THEMES + 1


def test_words_and_names_are_those_of_the_theme(corpus, fitted):
    _, theme, source, themes = corpus
    terms, model = fitted
    labels = names(terms, model, source)
    for leaf in range(model.n_leaves):
        planted = int(np.bincount(theme[model.assigned == leaf]).argmax())
        told = topic_terms(model, leaf)
        if planted == N_THEMES:
            continue
        assert set(told["term"][:10].str.lower()) <= set(themes[planted])
        assert labels[leaf][0] == f"{themes[planted][0].title()} {themes[planted][1].title()}"
        assert (told["lift"][:10] > 5).all()
    assert len({p.lower() for v in range(model.n_leaves) for p in labels[v]}) == sum(
        len(labels[v]) for v in range(model.n_leaves)
    )
    slugs = node_slugs(labels, model)
    assert len(set(slugs)) == len(slugs) == len(model.parents)


def test_a_house_template_is_set_apart(corpus, fitted):
    _, theme, source, _ = corpus
    terms, model = fitted
    house = int(model.assigned[theme == N_THEMES][0])
    assert [v for v in range(model.n_leaves) if model.kind[v] == TEMPLATE] == [house]
    assert names(terms, model, source)[house][0] == "House template"
    assert cut_tree(model, 2)[house] not in np.delete(cut_tree(model, 2), house)
    unknown = fit_topics(terms, np.arange(len(theme)))
    assert TEMPLATE not in unknown.kind  # sources unknown: can't be told


def test_order_and_threads_do_not_matter(corpus, fitted):
    texts, _, source, _ = corpus
    terms, model = fitted
    order = np.random.default_rng(1).permutation(len(texts))
    shuffled = table([texts[i] for i in order])
    with threadpool_limits(2):
        again = fit_topics(shuffled, np.arange(len(texts)), source_of=source[order])
    assert (again.assigned == model.assigned[order]).all()
    assert (again.components == model.components).all()
    assert (again.parents == model.parents).all()
    assert (again.words == model.words).all()
    assert (again.positions == model.positions[order]).all()
    assert again.reliability.tolist() == model.reliability.tolist()
    assert names(shuffled, again, source[order]) == names(terms, model, source)


def test_every_unit_fitted_has_a_place_by_its_theme(corpus, fitted):
    _, model = fitted
    assert model.positions.dtype == np.float32
    assert np.isfinite(model.positions).all()
    apart = np.linalg.norm(model.positions[:, None] - model.positions[None], axis=2)
    nearest = np.argsort(apart, axis=1)[:, 1:11]
    assert (corpus[1][nearest] == corpus[1][:, None]).mean() > 0.95


def test_assignment_knows_only_the_article(corpus, fitted):
    texts = corpus[0]
    _, model = fitted
    halves = [half for text in texts for half in (text[:200], text[200:])]
    article_of = np.repeat(np.arange(len(texts)), 2)
    counts = count_features(table(halves), model)
    leaf, near = assign_topics(model, counts, article_of)
    assert (leaf == np.repeat(model.assigned, 2)).mean() > 0.95
    assert (near >= 0).all()
    assert (near <= 1 + 1e-6).all()
    part = slice(400, 700)  # alone, and under other numbers, the same
    assert (assign_topics(model, counts[part], article_of[part] + 9)[0] == leaf[part]).all()
    assert assign_topics(model, counts[:0], article_of[:0])[0].shape == (0,)
    nothing, near = assign_topics(model, count_features(table(["zzz", ""]), model), np.arange(2))
    assert nothing.tolist() == [OTHER, OTHER]
    assert near.tolist() == [0, 0]


def test_plurals_count_towards_the_word_they_were_folded_into():
    texts = ["harbour ships sail"] * 5 + ["harbour ship sails"] * 3 + ["dull rain today"] * 12
    model = fit_topics(table(texts), np.arange(20) % 4)
    counts = count_features(table(["ship ships harbours"]), model).toarray()[0]
    found = {model.features[f]: int(c) for f, c in enumerate(counts) if c}
    assert found == {"ships": 2, "harbour": 1}


def test_a_stored_model_is_the_same(fitted, tmp_path):
    _, model = fitted
    n = len(model.parents)
    named = NamedModel(model, [["a", "é"]] * n, ["x"] * n, np.arange(len(model.positions)))
    write_model(tmp_path, named)
    again = read_model(tmp_path)
    assert (again.labels, again.node_ids) == (named.labels, named.node_ids)
    assert (again.placed == named.placed).all()
    for name, value in vars(model).items():
        stored = getattr(again.model, name)
        if name == "assigned":  # of the texts fitted: not stored
            assert len(stored) == 0
        elif isinstance(value, np.ndarray):
            assert stored.dtype == value.dtype
            assert (stored == value).all(), name
        else:
            assert stored == value, name


def test_a_model_matches_itself_under_other_numbers(fitted):
    _, model = fitted
    found = match_topics(model, model)
    nodes = default_nodes(model).tolist()
    assert found.same == {node: node for node in nodes}
    assert (found.appeared, found.vanished, found.split, found.merged) == ([], [], {}, {})


def test_what_appeared_and_vanished_is_told(corpus, fitted):
    texts, theme, source, _ = corpus
    _, model = fitted
    kept = np.flatnonzero(theme != 0)
    fewer = fit_topics(table([texts[i] for i in kept]), np.arange(len(kept)), 0, source[kept])
    k_all, k_fewer = model.n_leaves, fewer.n_leaves
    lost = int(model.assigned[theme == 0][0])
    assert match_topics(model, fewer, k_all, k_fewer).vanished == [lost]
    assert match_topics(fewer, model, k_fewer, k_all).appeared == [lost]


def test_splits_and_merges_are_told(fitted):
    _, model = fitted
    k = model.n_leaves
    coarse, fine = default_nodes(model, k - 1), default_nodes(model, k)
    (new,) = set(coarse) - set(fine)
    parts = sorted(set(fine.tolist()) - set(coarse.tolist()))
    there = match_topics(model, model, k - 1, k)
    assert {new: parts} == there.split
    back = match_topics(model, model, k, k - 1)
    assert {new: parts} == back.merged


def test_limits_follow_from_the_size():
    small, large = derive_limits(46, 5), derive_limits(37_000, 37_000)
    assert (small["method"], small["n_topics"]) == ("nmf", 6)
    assert (large["method"], large["n_topics"], large["min_df"]) == ("graph", 23, 10)
    assert derive_limits(1_000_000, 1_000_000)["units_fitted"] == 30_000
    assert json.loads(json.dumps(large)) == large


def test_leaf_counts_add_up(fitted):
    _, model = fitted
    held = leaf_masks(model.parents)
    assert np.allclose(model.leaf_counts.sum(axis=0), model.corpus_counts)
    assert (held.sum(axis=1)[: model.n_leaves] == 1).all()


def test_relevance_runs_from_frequency_to_lift(fitted):
    _, model = fitted
    told = {share: relevant_terms(model, 0, share, 10) for share in (0.0, 0.6, 1.0)}
    counts = model.leaf_counts[0]
    assert told[1.0]["feature"].tolist() == np.argsort(-counts, kind="stable")[:10].tolist()
    assert told[0.0]["lift"].is_monotonic_decreasing
    mixed = told[0.6]
    expected = 0.6 * np.log(mixed["weight"]) + 0.4 * np.log(mixed["lift"])
    assert np.allclose(mixed["relevance"], expected)
    assert mixed["relevance"].is_monotonic_decreasing


def test_units_beyond_the_sample_are_assigned(corpus, monkeypatch: pytest.MonkeyPatch):
    texts, theme, _, _ = corpus

    def few(n_units, n_articles):
        return {**derive_limits(n_units, n_articles), "units_fitted": 900, "subsample_units": 720}

    monkeypatch.setattr(topics, "derive_limits", few)
    model = fit_topics(table(texts), np.arange(len(texts)))
    assert model.sizes.sum() == 900
    placed = np.isfinite(model.positions)
    assert placed.all(axis=1).sum() == placed.any(axis=1).sum() == 900
    assert adjusted_rand_score(theme, model.assigned) > 0.95


def test_one_article_of_many_passages_and_equal_texts_give_sound_trees():
    same = fit_topics(table(["the harbour strike goes on"] * 120), np.arange(120))
    assert same.n_leaves <= 1
    texts = [f"word{i % 7} again word{i % 5}" for i in range(60)]
    one = fit_topics(table(texts), np.zeros(60, dtype=np.int64))
    assert one.n_leaves <= 7
    assert len(one.assigned) == 60
    assert one.positions.shape == (0, 2)
    hollow = fit_topics(table(["", "lone", *texts] * 20), np.arange(20 * 62))
    assert hollow.assigned[::62].tolist() == [OTHER] * 20
