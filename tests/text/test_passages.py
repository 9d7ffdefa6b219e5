"""Passages: paragraph-sized, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.text import tokenise
from dashboard.text.passages import (
    MAX_WORDS,
    MIN_WORDS,
    rough_sentences,
    split_passages,
)
from dashboard.text.token_rule import count_words


def passages_of(paragraphs):
    return split_passages([paragraphs])[0]


def test_short_paragraphs_are_merged():
    paragraphs = ["five words are standing here"] * 14
    passages = passages_of(paragraphs)
    assert [count_words(p) for p in passages] == [35, 35]


def test_a_long_paragraph_is_cut_at_sentences():
    passages = passages_of(["This is a sentence of eight plain words. " * 40])
    assert all(count_words(p) <= MAX_WORDS for p in passages)
    assert all(p.endswith("words.") for p in passages)


def test_a_line_without_sentences_is_cut_at_spaces():
    passages = passages_of(["word " * 100_000])
    assert sum(map(count_words, passages)) == 100_000
    assert max(map(count_words, passages)) <= MAX_WORDS


def test_chinese_with_a_few_spaces_is_cut_too():
    passages = passages_of(["北京大学 " + "中国经济增长放缓" * 200])
    assert max(map(count_words, passages)) <= MAX_WORDS


def test_nothing_gives_nothing():
    assert passages_of([]) == []


@given(st.lists(st.text(alphabet='ab. !北京\n"', max_size=900), max_size=12))
def test_no_character_is_lost(paragraphs):
    passages = passages_of(paragraphs)
    letters = [c for p in passages for c in p if not c.isspace()]
    assert letters == [c for p in paragraphs for c in p if not c.isspace()]
    assert all(count_words(p) <= MAX_WORDS + MIN_WORDS for p in passages)


@pytest.mark.parametrize(
    "engine", ["numpy", pytest.param("numba", marks=pytest.mark.needs("numba"))]
)
def test_many_articles_are_split_as_each_alone(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "The U.S. sent “1,036.5” tonnes’ worth of rice to 北京大学 today. "
    articles = [
        ["word " * 300, "Short one."],
        [],
        [sentence * 30, "中国经济增长放缓。" * 60, "End!"],
        ["One line of text\nand another"] * 20,
    ]
    alone = [passages_of(paragraphs) for paragraphs in articles]
    monkeypatch.setenv("NEWSPRISM_ENGINE", engine)
    monkeypatch.setattr(tokenise, "COMPILED_FROM", 0)
    monkeypatch.setattr(tokenise, "PART", 100)
    passages, article_of = split_passages(articles)
    assert passages == [p for part in alone for p in part]
    assert article_of.tolist() == [i for i, part in enumerate(alone) for _ in part]


def test_sentences_end_at_their_marks() -> None:
    text = ' He said: "Go!" (Why?) … and left.  “No.” 好。是！ x'
    assert rough_sentences(text) == [
        'He said: "Go!"', "(Why?)", "…", "and left.", "“No.”", "好。", "是！", "x"
    ]  # fmt: skip
    assert rough_sentences(" \n") == []
