"""Choosing in a real browser: marks, chips, dates, the marks as a list, the link that is copied."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import (
    click_bar,
    click_mark,
    copy_link,
    expect_params,
    go_to,
    open_view,
    params,
    ready,
    scope_line,
    source_pills,
)

pytestmark = pytest.mark.browser


def chips_of(page: Page) -> Locator:
    """The filters that are on."""
    return page.locator(".st-key-np-chips").get_by_role("button", name=re.compile("^Remove "))


def test_a_click_on_a_mark_is_exactly_what_it_counts_and_one_step_back(page: Page) -> None:
    open_view(page, "/trends?kw=sanctions")
    before = scope_line(page).inner_text()
    click_mark(page, page.locator(".st-key-trends .scatterlayer .points path").first)
    expect(page).to_have_url(re.compile("src=.*from=|from=.*src="))
    ready(page)
    found = params(page)
    assert set(found) == {"kw", "src", "from", "to"}
    assert found["from"] == found["to"]  # the seeds are few: a mark is a day
    expect(scope_line(page)).to_have_text(re.compile(r"^Showing 1 of 5 articles · 1 source · "))
    page.go_back()
    expect(scope_line(page)).to_have_text(before)
    expect_params(page, {"kw": ["sanctions"]})
    page.go_forward()
    expect(scope_line(page)).to_have_text(re.compile("^Showing 1 of 5"))
    expect_params(page, found)


def test_each_filter_is_a_chip_that_goes_alone(page: Page) -> None:
    open_view(page, "/?q=China")
    click_bar(page, "source_topics")
    expect(page).to_have_url(re.compile("topic="))
    ready(page)
    chips = chips_of(page)
    expect(chips).to_have_count(3)
    page.get_by_role("button", name="Remove “China”").click()
    expect(page).not_to_have_url(re.compile("q="))
    ready(page)
    assert set(params(page)) == {"src", "topic"}
    chips.first.click()
    expect(page).not_to_have_url(re.compile("src="))
    ready(page)
    expect(chips).to_have_count(1)
    chips.first.click()
    expect(chips).to_have_count(0)
    expect_params(page, {})


def test_clearing_everything_is_one_step(page: Page) -> None:
    open_view(page, "/?q=China")
    click_bar(page, "source_topics")
    expect(page).to_have_url(re.compile("topic="))
    ready(page)
    chosen = params(page)
    page.get_by_role("button", name="Clear all filters").click()
    expect_params(page, {})
    ready(page)
    page.go_back()
    expect_params(page, chosen)
    expect(chips_of(page)).to_have_count(3)


def test_dates_can_be_typed(page: Page) -> None:
    open_view(page, "/")
    field = page.locator(".st-key-pick_from")
    field.get_by_role("spinbutton").first.click()
    page.keyboard.type("20240101")
    page.get_by_role("heading", level=1).click()
    expect(page).to_have_url(re.compile(r"[?&]from=2024-01-01$"))
    ready(page)
    expect(page.get_by_role("button", name="Remove From 1 Jan 2024")).to_be_visible()


def test_a_year_is_picked_from_a_list_that_counts(page: Page) -> None:
    open_view(page, "/")
    picker = page.locator("[class*=st-key-pick_dates]").get_by_role("combobox")
    picker.fill("2024")
    option = page.get_by_role("option", name=re.compile(r"^2024 \(\d"))
    expect(option).to_be_visible()
    n = re.search(r"\((\d+)\)", option.inner_text())
    assert n
    option.click()
    expect(page).to_have_url(re.compile("from=2024-01-01&to=2024-12-31"))
    expect(scope_line(page)).to_have_text(re.compile(rf"^Showing {n.group(1)} of 5"))


@pytest.mark.parametrize(
    ("path", "chart", "panel"),
    [("/", "coverage", 0), ("/topics", "topic_trends", 1), ("/trends?kw=trade", "trends", 0),
     ("/trends?kw=trade~China", "together", 0)],
)  # fmt: skip
def test_dragging_over_a_time_axis_sets_the_dates(
    page: Page, path: str, chart: str, panel: int
) -> None:
    open_view(page, path)
    plot = page.locator(f".st-key-{chart} .nsewdrag").nth(panel)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.4, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, y, steps=8)
    page.mouse.move(box["x"] + box["width"] * 0.99, y, steps=8)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$"))
    ready(page)
    expect(scope_line(page)).to_contain_text("of 5 articles")


@pytest.mark.parametrize(
    ("path", "key", "wanted"),
    [
        ("/", "source_topics", {"src", "topic"}),
        ("/topics", "topics", {"topic"}),
        ("/topics?relation=tree", "tree", {"topic", "relation"}),
        ("/sources", "keyness", {"kw"}),
        ("/sources", "intervals", {"src", "topic"}),
        ("/trends?kw=trade", "trends", {"kw", "src", "from", "to"}),
        ("/trends?kw=trade~China", "together", {"kw", "from", "to"}),
    ],
)
def test_every_mark_is_reached_without_a_pointer(
    page: Page, path: str, key: str, wanted: set[str]
) -> None:
    open_view(page, path)
    foot = page.locator(f".st-key-np-foot-{key}")
    foot.get_by_role("button", name="Show as list").press("Enter")
    first = page.locator(f".st-key-{key}-mark-0 button")  # below the pages of a long list
    expect(first).to_be_visible()
    ready(page)  # opening the list is a run of its own
    page.keyboard.press("Tab")  # what was opened is where the keys are
    inside = "() => document.activeElement.closest('[data-testid=stPopoverBody]') !== null"
    page.wait_for_function(inside)
    first.focus()
    first.press("Enter")
    page.wait_for_function("n => new URLSearchParams(location.search).size === n", arg=len(wanted))
    assert set(params(page)) == wanted


def test_an_article_is_reached_without_a_pointer(page: Page) -> None:
    open_view(page, "/")
    page.locator(".st-key-np-foot-coverage").get_by_role("button", name="Show as list").click()
    page.locator(".st-key-np-list-coverage button").last.press("Enter")
    expect(page).to_have_url(re.compile(r"/articles\?article=[0-9a-f]{16}$"))


def test_the_link_is_copied_with_one_click(page: Page, new_page: Callable[[], Page]) -> None:
    open_view(page, "/trends?kw=trade")
    source_pills(page).first.click()
    expect(page).to_have_url(re.compile("src="))
    ready(page)
    other = new_page()
    open_view(other, copy_link(page))
    expect(scope_line(other)).to_have_text(scope_line(page).inner_text())


def test_a_link_that_may_not_be_copied_is_shown(page: Page) -> None:
    open_view(page, "/?q=trade")
    # Assigned, not returned: a function as the result would be called by the driver.
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    page.get_by_role("button", name="Copy link").click()
    field = page.get_by_role("textbox", name="Link to this view")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile("q=trade"))


def test_on_a_phone_the_filters_close_with_what_they_leave(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, "/")
    page.get_by_test_id("stExpandSidebarButton").click()
    source_pills(page).first.click()
    expect(page).to_have_url(re.compile("src="))
    ready(page)
    page.get_by_role("button", name="Show 1 article", exact=True).click()
    expect(source_pills(page).first).not_to_be_in_viewport()
    expect(scope_line(page)).to_be_in_viewport()


def test_on_a_phone_the_next_visit_begins_with_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, "/")
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(source_pills(page).first).to_be_in_viewport()
    open_view(page, "/topics")
    expect(scope_line(page)).to_be_in_viewport()
    expect(source_pills(page).first).not_to_be_in_viewport()


def test_a_source_looks_the_same_on_every_page(page: Page) -> None:
    def looks() -> list[str]:
        return source_pills(page).locator("img").evaluate_all("them => them.map(it => it.src)")

    open_view(page, "/")
    every = looks()
    assert len(set(every)) == len(every) == 5
    source_pills(page).nth(3).click()
    expect(page).to_have_url(re.compile("src="))
    ready(page)
    chosen = looks()[3]
    assert chosen == every[3]
    source_pills(page).nth(1).click()
    expect(page).to_have_url(re.compile("src=[a-z0-9-]+~[a-z0-9-]+$"))
    ready(page)
    two = looks()
    assert two[3] == chosen
    for title in ("Topics", "Sources", "Trends", "Articles"):
        go_to(page, title)
        assert looks() == two


def test_names_with_commas_between_are_chosen_at_once(page: Page) -> None:
    open_view(page, "/")
    field = page.locator("[class*=st-key-pick_topic] input")
    field.click()
    labels = page.get_by_role("option").all_inner_texts()
    names = [re.sub(r" \(\d+\)$", "", label) for label in labels if "(" in label][:2]
    page.keyboard.type(f"{names[0]}, {names[1]}, quidditch")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("topic=[^&]+~"))
    ready(page)
    expect(page.get_by_role("option")).to_have_count(0)  # it would hide what is said below
    expect(page.get_by_text("2 of 3 names are chosen.")).to_be_visible()
    expect(page.get_by_text("“quidditch” finds no topic.")).to_be_visible()


def test_pasted_lines_stay_apart(page: Page) -> None:
    open_view(page, "/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('quidditch\\n\\nhogwarts\\n')")
    page.locator("[class*=st-key-pick_topic] input").click()
    page.keyboard.press("Control+V")
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 of 2 names are chosen.")).to_be_visible()
