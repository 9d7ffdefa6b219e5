"""Passages: paragraph-sized, nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.index.passages import MAX_WORDS, MIN_WORDS, build_passages
from dashboard.index.terms import count_words


def test_short_paragraphs_are_merged():
    paragraphs = ["five words are standing here"] * 14
    passages = build_passages(paragraphs)
    assert [count_words(p) for p in passages] == [35, 35]


def test_a_long_paragraph_is_cut_at_sentences():
    passages = build_passages(["This is a sentence of eight plain words. " * 40])
    assert all(count_words(p) <= MAX_WORDS for p in passages)
    assert all(p.endswith("words.") for p in passages)


def test_a_line_without_sentences_is_cut_at_spaces():
    passages = build_passages(["word " * 100_000])
    assert sum(map(count_words, passages)) == 100_000
    assert max(map(count_words, passages)) <= MAX_WORDS


def test_chinese_with_a_few_spaces_is_cut_too():
    passages = build_passages(["北京大学 " + "中国经济增长放缓" * 200])
    assert max(map(count_words, passages)) <= MAX_WORDS


def test_nothing_gives_nothing():
    assert build_passages([]) == []


@given(st.lists(st.text(alphabet='ab. !北京\n"', max_size=900), max_size=12))
def test_no_character_is_lost(paragraphs):
    passages = build_passages(paragraphs)
    letters = [c for p in passages for c in p if not c.isspace()]
    assert letters == [c for p in paragraphs for c in p if not c.isspace()]
    assert all(count_words(p) <= MAX_WORDS + MIN_WORDS for p in passages)
