"""The Topics page: any number of topics, one in detail, names that users give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles, find_topics_anew
from dashboard.index.index import Index, open_index
from dashboard.library.corpora import create_corpus
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.drawn import open_tables
from tests.index.building.test_change import write_rows
from tests.index.fitting.test_given import write_topics
from tests.pages.test_pages import figures, titles

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def corpora(corpora: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """And an index of 140 articles of three sources, some added after its topics were found."""
    home = tmp_path_factory.mktemp("many")
    build_index([write_rows(home / "a.csv", range(130))], home / "x")
    find_topics_anew(home / "x")
    add_articles([write_rows(home / "b.csv", range(130, 140))], home / "x")
    return {**corpora, "many": home / "x"}


@pytest.fixture
def many(corpora: dict[str, Path]) -> Index:
    return open_index(corpora["many"])


def said(app: AppTest) -> str:
    return " ".join(c.value for c in [*app.caption, *app.markdown, *app.info])


def detail(open_page: Open, corpus: str, topic_id: str, **params: str) -> AppTest:
    relevance = params.pop("relevance", "")
    app = open_page("topics", corpus, **params)
    app.query_params["detail"] = topic_id
    if relevance:
        app.query_params["relevance"] = relevance
    return app.run()


def drawn(app: AppTest, table: Any) -> bool:
    """Whether the rows of a table stand in one of the page's."""
    return any(
        list(frame.value.columns) == list(table.columns) and len(frame.value) == len(table)
        and frame.value.iloc[0].astype(str).tolist() == table.iloc[0].astype(str).tolist()
        for frame in open_tables(app).dataframe
    )  # fmt: skip


def test_the_number_of_a_link_is_on_every_page(open_page: Open, many: Index) -> None:
    size = many.nodes.sizes[-1]
    scope = Scope(n_topics=size)
    assert size != many.nodes.default_size
    app = open_page("topics", "many", k=str(size))
    assert not app.exception
    assert app.slider(key="pick_k").value == size
    assert drawn(app, TABLES["topics"](many, scope))
    app.switch_page("dashboard/pages/sources.py").run()
    assert drawn(app, TABLES["source_topics"](many, scope))


@pytest.mark.parametrize("k", ["999", "0", "-3", "x", "3.5"])
def test_a_number_that_is_not_there_is_said(open_page: Open, k: str) -> None:
    app = open_page("topics", k=k)
    assert not app.exception
    assert "“k” is unknown" in said(app)
    assert len(app.title) == 1


def test_the_slider_keeps_what_is_selected(open_page: Open, many: Index) -> None:
    fine, coarse = many.nodes.sizes[-1], many.nodes.sizes[0]
    chosen = many.cut(fine).topics[0].topic_id
    app = open_page("topics", "many", k=str(fine), topic=chosen)
    app.slider(key="pick_k").set_value(coarse).run()
    assert not app.exception
    assert app.multiselect(key="pick_topic").value == many.cut(coarse).holding(chosen)
    assert not any("another number" in i.value for i in app.info)
    app.slider(key="pick_k").set_value(many.nodes.default_size).run()
    assert "k" not in app.query_params


@pytest.mark.parametrize("corpus", ["seeds", "many"])
def test_a_topic_in_detail(open_page: Open, corpora: dict[str, Path], corpus: str) -> None:
    app = open_page("topics", corpus)
    button = next(b for b in app.button if b.label == "Details →")
    topic_id = button.key.removeprefix("detail-words-")
    button.click().run()
    assert not app.exception
    assert app.query_params["detail"] == topic_id
    assert "Typical passages" in " ".join(s.value for s in app.header)
    assert "95 % interval" in said(app)
    assert any(b.label == "← All topics" for b in app.button)
    before = figures(app)
    app.slider(key="pick_relevance").set_value(0.0).run()
    assert app.query_params["relevance"] == "0"
    assert figures(app)[0] != before[0]
    next(b for b in app.button if b.label == "← All topics").click().run()
    assert any(b.label == "Details →" for b in app.button)


def test_a_word_in_context_can_be_closed(open_page: Open, many: Index) -> None:
    topic_id = many.cut().topics[0].topic_id
    word = TABLES["topic_terms"](many, Scope(topics=(topic_id,)))["term"].iloc[0]
    app = detail(open_page, "many", topic_id, kw=word)
    assert f"“{word}” in context" in " ".join(s.value for s in app.header)
    app.button(key="close-kw").click().run()
    assert "in context" not in " ".join(s.value for s in app.header)
    assert "kw" not in app.query_params
    app = detail(open_page, "many", topic_id, kw="xylophone")
    assert "“xylophone” is not in the passages in view" in said(app)


def test_the_shares_of_one_source_are_drawn_once(open_page: Open, many: Index) -> None:
    app = open_tables(open_page("topics", "many"))
    tables = [list(frame.value.columns) for frame in app.dataframe]
    mixes = list(TABLES["source_topics"](many, Scope()).columns)
    assert mixes in tables
    app = open_page("topics", "many", src=many.sources[0].source_id)
    assert not app.exception
    assert mixes not in [list(frame.value.columns) for frame in open_tables(app).dataframe]


def test_words_in_detail_are_those_of_export(open_page: Open, many: Index) -> None:
    topic_id = many.cut().topics[0].topic_id
    app = detail(open_page, "many", topic_id)
    terms = TABLES["topic_terms"](many, Scope(topics=(topic_id,)), relevance=0.6)
    assert drawn(app, terms)
    assert drawn(app, TABLES["exemplars"](many, Scope(topics=(topic_id,))))


@pytest.mark.parametrize(("given", "shown"), [("nan", 0.6), ("x", 0.6), ("inf", 1.0), ("-2", 0.0)])
def test_a_relevance_that_is_none_is_left_out(open_page: Open, given: str, shown: float) -> None:
    app = detail(open_page, "seeds", "china-russia-relations", relevance=given)
    assert not app.exception
    assert app.slider(key="pick_relevance").value == shown


def test_relatives_are_the_same_whatever_topic_is_selected(open_page: Open, many: Index) -> None:
    size = many.nodes.sizes[-1]
    similar = TABLES["similar_topics"](many, Scope(n_topics=size))
    one = similar.loc[similar["cosine"].idxmax()]
    other = next(i for i in similar["topic_id"] if i != one["topic_id"])
    app = detail(open_page, "many", one["topic_id"], k=str(size), topic=other)
    assert any(b.key == f"similar-{one['similar_id']}" for b in app.button)


def test_a_topic_of_another_number_or_none_is_said(open_page: Open, many: Index) -> None:
    fine = many.cut(many.nodes.sizes[-1]).topics[-1].topic_id
    coarse = str(many.nodes.sizes[0])
    app = detail(open_page, "many", fine, k=coarse)
    assert fine not in {t.topic_id for t in many.cut(many.nodes.sizes[0]).topics}
    assert "another number of topics" in said(app)
    app = detail(open_page, "many", "nothing-like-it")
    assert "not in this corpus" in said(app)
    assert any(b.label == "Details →" for b in app.button)


def test_the_map_and_surprise_are_there_where_articles_are_many(open_page: Open) -> None:
    app = open_page("topics", "many")
    app.session_state["np-relations"] = True  # the block is folded until somebody opens it
    app.run()
    n = len(figures(app))
    app.button_group(key="pick_by").set_value("surprise").run()
    app.button_group(key="pick_relation").set_value("map").run()
    assert not app.exception
    assert (app.query_params["by"], app.query_params["relation"]) == ("surprise", "map")
    assert len(figures(app)) == n
    assert "n = 130 articles in view, of 130 that were read to find the topics" in said(
        app
    ).replace("\\", "")
    app = open_page("topics")
    keys = {w.key for w in app.get("button_group")}
    assert not keys & {"pick_by", "pick_relation"}


def test_a_topic_without_text_makes_no_source_small(open_page: Open, many: Index) -> None:
    size = many.nodes.sizes[-1]
    query = "strike"
    mixes = TABLES["source_topics"](many, Scope(query=query, n_topics=size))
    judged = mixes.groupby("source")["residual"].count()
    assert mixes["residual"].isna().any()
    assert judged.all()
    app = open_page("topics", "many", k=str(size), q=query)
    app.button_group(key="pick_by").set_value("surprise").run()
    assert not app.exception
    assert "Topics each source covers" in " ".join(s.value for s in app.header)
    assert "Too few articles" not in said(app)


def test_drift_and_changes_are_told(open_page: Open) -> None:
    app = open_page("topics", "many")
    assert "10 articles came after the topics were found on 130" in said(app)
    assert any("same" in e.label for e in app.expander)


def test_only_the_owner_of_a_corpus_gives_names(open_page: Open, tmp_path: Path) -> None:
    topic_id = "china-russia-relations"
    app = detail(open_page, "seeds", topic_id)
    assert not any(t.key == "pick_name" for t in app.text_input)
    corpus = create_corpus("mine")
    build_index([write_rows(tmp_path / "a.csv", range(20))], corpus.index)
    topic = open_index(corpus.index).cut().topics[0]
    app = open_page("topics", corpus_token=corpus.token)
    app.query_params["detail"] = topic.topic_id
    app.run()
    app.text_input(key="pick_name").set_value("Work $5 at <b>docks</b>").run()
    assert not app.exception
    assert open_index(corpus.index).cut().topic(topic.topic_id).label == "Work $5 at <b>docks</b>"
    assert "Work" in titles(app)
    assert "<b>" not in titles(app).replace("\\<b\\>", "")
    app.text_input(key="pick_name").set_value(open_index(corpus.index).cut().topics[1].label).run()
    assert "Another topic is called" in said(app)


def test_topics_that_were_given_are_said_to_be_and_have_no_reliability(
    open_page: Open, corpora: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = write_topics(tmp_path / "my_[topics](x) **b**.csv", range(60))
    build_index([write_rows(tmp_path / "a.csv", range(60))], tmp_path / "x", topics_from=topics)
    monkeypatch.setitem(corpora, "given", tmp_path / "x")
    app = open_page("topics", "given")
    assert not app.exception
    assert "largest topic\\:" in titles(app)
    text = said(app)
    assert "of your own\\, given and not found" in text
    assert "not fitted\\, so there is no reliability" in text
    assert "6 of 60 articles have none there" in text
    assert "[topics](x)" not in text
    assert "not stable" not in text.replace(TABLES["topics"].method, "")
    assert "exploratory" not in text.replace(TABLES["topics"].method, "")
    text = said(detail(open_page, "given", "alpha"))
    assert "not fitted" in text
    assert "overlaps" not in text
    assert "nan" not in text.split()
