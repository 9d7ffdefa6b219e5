"""The front page and the brief: from a sentence to its place, from a story to its articles."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import expect_title, go_to, open_view, ready

pytestmark = pytest.mark.browser


def test_a_sentence_of_the_brief_opens_where_it_stands(page: Page) -> None:
    open_view(page, "/")
    news = page.locator(".st-key-brief-first-news")
    sentence = news.locator(".np-row-quote").first.inner_text()
    news.locator(".np-row-open").first.click()
    expect(page).to_have_url(re.compile(r"article=[0-9a-f]{16}~\d+"))
    ready(page)
    expect(page.locator(".np-text p.np-at").first).to_contain_text(sentence[:60])


def test_a_story_becomes_a_filter_on_every_page(page: Page) -> None:
    open_view(page, "/")
    page.locator(".st-key-first-stories .np-row-title").first.click()
    expect(page).to_have_url(re.compile(r"/stories\?story=[0-9a-f]{12}"))
    ready(page)
    expect(page.get_by_text(re.compile("3 of 5 articles")).first).to_be_visible()
    go_to(page, "Brief")
    expect_title(page, "Three articles")
    page.go_back()
    page.go_back()
    expect(page).not_to_have_url(re.compile("story="))


def test_the_menu_says_which_page_is_open(page: Page) -> None:
    open_view(page, "/topics")
    for title, group in (("Timeline", "Over time"), ("Voices", "Compare"), ("Stories", "Read")):
        go_to(page, title)
        sections = page.get_by_test_id("stTopNavSection")
        expect(sections.filter(has_text=f"{group}: {title}")).to_be_visible()
