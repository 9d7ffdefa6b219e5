"""The page of stories: a list, and one in detail."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import list_rows


def test_the_seeds_have_one_story_of_three(open_page: Callable[..., AppTest]) -> None:
    app = open_page("stories")
    assert app.title[0].value.startswith("One story")
    (row,) = list_rows(app, "story-list")
    assert row["by"]["name"] == "3 articles"
    assert row["by"]["facts"] == ["3 sources", "16 May 2024", "2 less sure"]
    assert sum(row["strip"]) == 3
    assert f"story={row['open'][0]}" in row["href"]


def test_one_story_in_detail(open_page: Callable[..., AppTest]) -> None:
    (row,) = list_rows(open_page("stories"), "story-list")
    app = open_page("stories", story=row["open"][0])
    assert app.title[0].value.replace("\\", "") == row["title"]
    headlines = list_rows(app, "story-headlines")
    assert len(headlines) == 3
    marks = [[text for text, is_marked in each["text"] if is_marked] for each in headlines]
    assert any(marks)
    assert not any({"Putin", "Xi"} & set(words) for words in marks)
    assert list_rows(app, "story-additions")
    assert any("Carried it" in each.value for each in app.markdown)
    # On every other page the story is a filter.
    articles = open_page("articles", story=row["open"][0])
    assert len(list_rows(articles, "article-list")) == 3


def test_a_story_that_is_not_there_is_said(open_page: Callable[..., AppTest]) -> None:
    app = open_page("stories", story="nowhere")
    assert app.title[0].value.startswith("One story")
    assert any(
        "names a story" in each.value
        for each in [*app.warning, *app.info, *app.caption, *app.markdown]
    )
