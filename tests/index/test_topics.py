"""Topics and their names: found again, sound, deterministic; honest with little text."""

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from dashboard.index.labels import label_topics, slug
from dashboard.index.stream import read_tokens
from dashboard.index.terms import count_terms
from dashboard.index.topics import OTHER, fit_topics

THEMES = [
    "The oil pipeline carries gas and oil from Siberia while refineries store crude oil.",
    "Voters elect a parliament in the election and the ballot decides the coalition.",
    "Doctors treat patients in the hospital with vaccine doses against the virus.",
]


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
    found = {tuple(np.flatnonzero(model.assigned == t)) for t in range(len(model.reliability))}
    assert found == {tuple(range(i, 30, 3)) for i in range(3)}
    assert (model.reliability > 0.9).all()


def test_a_refit_is_the_same():
    first, second = (fit(*corpus())[1] for _ in range(2))
    assert (first.assigned == second.assigned).all()
    assert (first.components == second.components).all()


def test_no_topic_is_one_article():
    texts, _ = corpus()
    _, model = fit(texts, np.asarray([i % 3 for i in range(30)]))  # an article a theme
    for topic in range(len(model.reliability)):
        assert len({i % 3 for i in np.flatnonzero(model.assigned == topic)}) > 1


def test_too_little_text_gives_no_topics():
    for texts in ([], ["one"], ["a few words here"] * 2):
        terms, model = fit(texts, np.zeros(len(texts), dtype=int))
        assert len(model.reliability) == 0
        assert (model.assigned == OTHER).all()
        assert (
            label_topics(terms, model, np.zeros(len(texts), int), np.zeros(len(terms), bool)) == []
        )


def test_names_are_words_of_the_theme_and_unique():
    texts, article_of = corpus()
    terms, model = fit(texts, article_of)
    labels = label_topics(terms, model, article_of, np.zeros(len(terms), dtype=bool))
    assert all(labels)
    assert len({p.lower() for parts in labels for p in parts}) == sum(map(len, labels))
    for topic, parts in enumerate(labels):
        member = texts[int(np.flatnonzero(model.assigned == topic)[0])].lower()
        assert all(part.lower() in member for part in parts)


def test_barred_terms_name_nothing():
    texts, article_of = corpus()
    terms, model = fit(texts, article_of)
    barred = np.asarray(["oil" in t.split() for t in terms.term])
    labels = label_topics(terms, model, article_of, barred)
    assert not any("oil" in part.lower().split() for parts in labels for part in parts)


def test_slug():
    assert slug("Belt and Road") == "belt-and-road"
    assert slug("Łódź é&") == "odz-e"
    assert slug("北京") == ""
