"""From a mark on a chart to the text behind it, and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import click_bar, click_mark, expect_title, open_view, ready

pytestmark = pytest.mark.browser


def test_a_click_on_an_articles_mark_opens_it(page: Page) -> None:
    open_view(page, "/")
    click_mark(page, page.locator(".st-key-coverage .scatterlayer .point").first)
    expect(page).to_have_url(re.compile(r"/articles\?article=[0-9a-f]{16}$"))
    ready(page)
    expect(page.locator(".np-text p").first).to_be_visible()


def test_a_title_opens_the_article_and_back_returns(page: Page) -> None:
    open_view(page, "/articles")
    first = page.locator(".np-row-title").first
    title = first.inner_text()
    first.click()
    expect(page).to_have_url(re.compile(r"article=[0-9a-f]{16}$"))
    expect_title(page, title)
    page.go_back()
    expect_title(page, "5 articles")
    page.go_forward()
    expect_title(page, title)
    page.get_by_role("button", name="All articles").click()
    expect(page).not_to_have_url(re.compile("article="))
    expect_title(page, "5 articles")


def test_a_hit_opens_its_article_at_the_passage_with_the_word_marked(page: Page) -> None:
    open_view(page, "/trends?kw=sanctions")
    page.locator(".np-row-open").first.click()
    expect(page).to_have_url(re.compile(r"article=[0-9a-f]{16}~\d+"))
    ready(page)
    expect(page.locator(".np-text p.np-at mark.np-kw").first).to_have_text("sanctions")


def test_a_topics_bar_leads_to_its_passages(page: Page) -> None:
    open_view(page, "/topics")
    click_bar(page, "topics")
    expect(page).to_have_url(re.compile(r"\?topic=[a-z0-9-]+$"))
    ready(page)
    expect(page.locator(".np-row-quote").first).to_be_visible()


def test_a_word_shows_its_sentences(page: Page) -> None:
    open_view(page, "/sources")
    click_bar(page, "keyness-1")
    expect(page).to_have_url(re.compile(r"\?kw="))
    ready(page)
    expect(page.locator(".np-row-quote mark").first).to_be_visible()


def test_a_line_of_the_concordance_opens_its_article_at_the_place(page: Page) -> None:
    open_view(page, "/concordance?kw=sanctions&sort=right1")
    ready(page)
    page.locator(".np-kwic-use").first.click()
    expect(page).to_have_url(re.compile(r"article=[0-9a-f]{16}~\d+"))
    ready(page)
    expect(page.locator(".np-text p.np-at mark.np-kw").first).to_have_text("sanctions")


def test_a_collocate_leaves_the_uses_that_have_it_near(page: Page) -> None:
    open_view(page, "/concordance?kw=China")
    click_bar(page, "collocates")
    expect(page).to_have_url(re.compile(r"near="))
    ready(page)
    expect(page.locator(".np-kwic-line").first).to_be_visible()
    page.get_by_role("button", name="Only within 5 words").click()
    expect(page).not_to_have_url(re.compile(r"near="))


def test_matches_are_gone_through_by_key_and_button(page: Page) -> None:
    open_view(page, "/articles?q=trade")
    page.locator(".np-row-title").first.click()
    ready(page)
    hits = page.locator(".np-hits")
    expect(hits).to_contain_text("matches")
    n = page.locator(".np-text mark.np-kw").count()
    assert n > 2
    expect(hits.locator(".np-hits-tick")).to_have_count(n)
    page.keyboard.press("n")
    expect(hits).to_contain_text(f"1 of {n}")
    hits.get_by_role("button", name="Next").click()
    expect(hits).to_contain_text(f"2 of {n}")
    expect(page.locator(".np-text mark.np-now")).to_have_count(1)
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(hits).to_contain_text(f"{n} of {n}")


def test_from_a_mark_to_its_articles_is_one_click_and_one_step(page: Page) -> None:
    """… and the address says what was searched for, though nothing was before."""
    open_view(page, "/trends?kw=sanctions")
    button = page.get_by_role("button", name=re.compile("^Read the .*“sanctions” →"))
    n = re.search(r"\d+", button.inner_text())
    assert n
    button.click()
    expect(page).to_have_url(re.compile(r"/articles\?(?=.*\bq=sanctions)"))
    expect_title(page, f"{n[0]} of 5 articles with “sanctions”")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/trends\?kw=sanctions$"))
    ready(page)


def test_a_filter_has_the_way_to_what_it_counts(page: Page) -> None:
    open_view(page, "/topics")
    click_bar(page, "topics")
    expect(page).to_have_url(re.compile("topic="))
    ready(page)
    link = page.locator(".st-key-np-chips").get_by_role("link")
    expect(link).to_have_text(re.compile(r"^Read the (\d articles|article) →$"))
    link.click()
    expect(page).to_have_url(re.compile(r"/articles\?topic="))
    ready(page)
    expect(page.locator(".st-key-np-chips").get_by_role("link")).to_have_text("Read the passages →")


def test_what_a_click_asks_to_read_is_brought_into_view(page: Page) -> None:
    """The words of topics stand far below the passages that their buttons open."""
    open_view(page, "/topics")
    read = page.get_by_role("button", name=re.compile(r"^Read the \d+ passage")).last
    read.scroll_into_view_if_needed()
    read.click()
    ready(page)
    passages = page.locator("[class*=st-key-np-passages]")
    expect(passages).to_be_in_viewport()
    page.go_back()
    ready(page)
    expect(passages).to_have_count(0)
    expect(read).to_be_in_viewport()
