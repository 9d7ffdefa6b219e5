"""Topics and their names: found again, sound, deterministic; honest with little text."""

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from benchmarks.fitted import count_features
from dashboard.index.fitting.topic_names import label_nodes, node_slugs, slug
from dashboard.index.fitting.topics import assign_topics, fit_topics
from dashboard.index.terms.fit_terms import count_terms
from dashboard.index.topics.model import OTHER, default_nodes
from dashboard.text.token_arrays import read_tokens

THEMES = [
    "The oil pipeline carries gas and oil from Siberia while refineries store crude oil.",
    "Voters elect a parliament in the election and the ballot decides the coalition.",
    "Doctors treat patients in the hospital with vaccine doses against the virus.",
]


def nobody(terms):
    return np.zeros(len(terms), dtype=bool)


def corpus(n=30):
    """``n`` passages on three themes, spread over four articles."""
    texts = [f"{THEMES[i % 3]} {THEMES[i % 3].split()[i % 7]} again" for i in range(n)]
    return texts, np.asarray([i % 4 for i in range(n)])


def fit(texts, article_of):
    terms = count_terms(read_tokens(texts), ENGLISH_STOP_WORDS)
    return terms, fit_topics(terms, article_of)


def test_plain_themes_are_found_whole_and_reliable():
    texts, article_of = corpus()
    _, model = fit(texts, article_of)
    found = {tuple(np.flatnonzero(model.assigned == t)) for t in range(model.n_leaves)}
    assert found == {tuple(range(i, 30, 3)) for i in range(3)}
    assert (model.reliability > 0.9).all()


def test_what_half_of_the_articles_are_about_is_a_theme() -> None:
    """In most passages, but not in most articles; what all articles have is no theme."""
    parts = [
        ["Bolletta dell'energia", "listino dei prezzi", "sciopero dei mercati", "mutuo più caro"],
        ["Fronte orientale", "droni sul porto", "colloqui di tregua", "convoglio di viveri"],
    ]
    texts = [
        f"{parts[n % 2][k]} Roma {('inflazione', 'guerra')[n % 2]} {k}"
        for n in range(20)
        for k in range(4)
    ]
    _, model = fit(texts, np.repeat(np.arange(20), 4))
    assert {"inflazione", "guerra"} <= set(model.features)
    assert "roma" not in model.features


def test_a_refit_is_the_same():
    first, second = (fit(*corpus())[1] for _ in range(2))
    assert (first.assigned == second.assigned).all()
    assert (first.components == second.components).all()


def test_the_order_of_passages_does_not_matter():
    texts, article_of = corpus()
    order = np.random.default_rng(0).permutation(len(texts))
    first = fit(texts, article_of)[1]
    second = fit([texts[i] for i in order], article_of[order])[1]
    assert (second.assigned == first.assigned[order]).all()
    assert (second.components == first.components).all()


def test_what_was_fitted_is_assigned_the_same():
    texts, article_of = corpus()
    terms, model = fit(texts, article_of)
    counts = count_features(terms, model)
    leaf, near = assign_topics(model, counts, article_of)
    assert (leaf == model.assigned).all()
    assert (near > 0).all()
    assert (assign_topics(model, counts[4:5], article_of[4:5])[0] == model.assigned[4:5]).all()


def test_no_topic_is_one_article():
    texts, article_of = corpus()
    theme = "The violin and the cello play a sonata while the orchestra rehearses a symphony."
    texts += [f"{theme} {theme.split()[i]} again" for i in range(6)]
    _, model = fit(texts, np.append(article_of, [0, 1, 2, 3, 0, 1]))
    assert model.n_leaves == 4
    _, model = fit(texts, np.append(article_of, [4] * 6))
    assert model.n_leaves == 3
    assert np.flatnonzero(model.assigned == OTHER).tolist() == list(range(30, 36))
    _, model = fit(texts[:30], np.asarray([i % 3 for i in range(30)]))  # an article a theme
    assert model.n_leaves == 0


def test_too_little_text_gives_no_topics():
    for texts in ([], ["one"], ["a few words here"] * 2):
        terms, model = fit(texts, np.zeros(len(texts), dtype=int))
        assert model.n_leaves == len(default_nodes(model)) == 0
        assert (model.assigned == OTHER).all()
        assert label_nodes(terms, model, np.zeros(len(texts), int), nobody(terms)) == []


def test_names_are_words_of_the_theme_and_unique():
    texts, article_of = corpus()
    terms, model = fit(texts, article_of)
    labels = label_nodes(terms, model, article_of, nobody(terms))
    assert all(labels)
    leaves = labels[: model.n_leaves]
    assert len({p.lower() for parts in leaves for p in parts}) == sum(map(len, leaves))
    assert len(set(node_slugs(labels, model))) == len(model.parents)
    for topic, parts in enumerate(leaves):
        member = texts[int(np.flatnonzero(model.assigned == topic)[0])].lower()
        assert all(part.lower() in member for part in parts)


def test_barred_terms_name_nothing():
    texts, article_of = corpus()
    terms, model = fit(texts, article_of)
    barred = np.asarray(["oil" in t.split() for t in terms.term])
    labels = label_nodes(terms, model, article_of, barred)
    assert not any("oil" in part.lower().split() for parts in labels for part in parts)


def test_slug():
    assert slug("Belt and Road") == "belt-and-road"
    assert slug("Łódź é&") == "odz-e"
    assert slug("北京") == ""
