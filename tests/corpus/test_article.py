"""The article and its id."""

from __future__ import annotations

from dashboard.corpus.article import CONTINUES, Line, content_id, join_paragraphs, tidy


def test_paragraphs_are_the_kept_lines() -> None:
    lines = [
        Line(1, "Title", "metadata", "title"),
        Line(2, "", "boilerplate", "blank line"),
        Line(3, " First\u00a0half of ", "keep", "paragraph"),
        Line(4, "it.", "keep", CONTINUES),
        Line(5, "Second.", "keep", "paragraph"),
        Line(6, "Menu", "aside", "menu"),
    ]
    assert join_paragraphs(lines) == ["First half of it.", "Second."]
    assert join_paragraphs([]) == []


def test_tidy_text() -> None:
    assert tidy(" a\u00a0\tb\u2028c \ufeff") == "a b c"
    assert tidy("sanc\u00adtions") == "sanctions"
    assert tidy("") == ""


def test_ids_tell_the_five_values_apart() -> None:
    ids = {
        content_id("a", "b", "c", "d", "e"),
        content_id("ab", "", "c", "d", "e"),
        content_id("a", "b", "c", "de", ""),
        content_id("\ud800", "", "", "", ""),
    }
    assert len(ids) == 4
    assert all(len(i) == 16 for i in ids)
    assert content_id("a", "b", "c", "d", "e") == "507f616f9a7c5b1b"
