"""Topics in a real browser: the slider, a topic's own address, marks that are clicked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import click_mark, copy_link, notices, open_view, ready

pytestmark = pytest.mark.browser


def test_a_topic_has_an_address_of_its_own(page: Page, new_page: Callable[[], Page]) -> None:
    open_view(page, "/topics")
    title = page.locator("h1").inner_text()
    page.get_by_role("button", name="Details →").first.click()
    expect(page).to_have_url(re.compile(r"/topics\?detail=[a-z0-9-]+$"))
    ready(page)
    own = page.locator("h1").inner_text()
    assert own != title

    other = new_page()
    open_view(other, page.url)
    expect(other.locator("h1")).to_have_text(own)
    expect(notices(other)).to_have_count(0)
    assert "detail=" in copy_link(other)

    page.go_back()
    expect(page.locator("h1")).to_have_text(title)
    expect(page).to_have_url(re.compile(r"/topics$"))


def test_all_passages_of_a_topic_can_be_turned_to(page: Page) -> None:
    open_view(page, "/topics")
    page.get_by_role("button", name="Details →").first.click()
    ready(page)
    note = page.locator("[class*=st-key-np-foot-passages]")
    expect(note).to_contain_text("n = 11 passages in view, 10 above, from number 1 on.")
    page.get_by_label("Page 2", exact=True).last.click()
    expect(note).to_contain_text("n = 11 passages in view, 1 above, from number 11 on.")
    expect(page).to_have_url(re.compile("detail=[a-z0-9-]+&page=2"))
    expect(page.locator("[class*=st-key-np-passages]")).to_be_in_viewport()
    page.get_by_role("button", name="← All topics").click()
    expect(page).to_have_url(re.compile(r"/topics$"))


def test_the_slider_cuts_the_tree_and_back_undoes_it(page: Page) -> None:
    open_view(page, "/topics")
    rows = page.get_by_role("button", name="Details →")
    expect(rows).to_have_count(5)
    slider = page.locator(".st-key-pick_k").get_by_role("slider")
    slider.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"\?k=4$"))
    ready(page)
    expect(rows).to_have_count(4)
    page.go_back()
    expect(rows).to_have_count(5)


def test_a_click_on_the_tree_filters(page: Page) -> None:
    open_view(page, "/topics?relation=tree")  # folded otherwise
    mark = page.locator(".st-key-tree .scatterlayer .trace").last.locator(".points path").first
    click_mark(page, mark)
    expect(page).to_have_url(re.compile(r"[?&]topic=[a-z0-9-]+(&|$)"))


def test_a_word_shows_its_passages(page: Page) -> None:
    open_view(page, "/topics?detail=sanctions")
    bar = page.locator(".st-key-detail_terms .bars .point path").first
    click_mark(page, bar)
    expect(page).to_have_url(re.compile(r"[?&]kw=sanctions"))
    ready(page)
    expect(page.get_by_text("“sanctions” in context")).to_be_visible()
    # The numbers of the other bars stay readable.
    values = page.locator(".st-key-detail_terms .textpoint text")
    seen = values.evaluate_all("them => them.map(it => getComputedStyle(it).fillOpacity)")
    assert set(seen) == {"1"}
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page).to_have_url(re.compile(r"/topics\?detail=sanctions$"))


def test_a_mark_over_time_in_detail_filters_by_its_period_alone(page: Page) -> None:
    open_view(page, "/topics?detail=sanctions")
    marks = page.locator(".st-key-detail_trends .scatterlayer .points path")
    click_mark(page, marks.last)
    expect(page).to_have_url(re.compile(r"[?&]to="))
    assert "topic=" not in page.url
