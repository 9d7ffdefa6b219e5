"""The link is the view: in a real browser, because only there are a URL, a click and Back."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import (
    click_bar,
    copy_link,
    expect_params,
    go_to,
    notices,
    open_view,
    params,
    pressed,
    ready,
    scope_line,
    source_pills,
)

pytestmark = pytest.mark.browser

# A chart whose bars filter when clicked, and the parameters that a click on it changes.
BARS, BARS_PARAMS = "source_topics", {"src", "topic"}


def test_a_link_opens_the_same_view_for_another_person(
    page: Page, new_page: Callable[[], Page]
) -> None:
    open_view(page, "/")
    expect_params(page, {})
    source_pills(page).first.click()
    expect(page).to_have_url(re.compile(r"[?&]src=[a-z0-9-]+$"))
    source_pills(page).nth(1).click()
    expect(page).to_have_url(re.compile(r"[?&]src=[a-z0-9-]+~[a-z0-9-]+$"))
    ready(page)
    expect(scope_line(page)).not_to_contain_text("all ")

    other = new_page()
    open_view(other, page.url)
    expect(scope_line(other)).to_have_text(scope_line(page).inner_text())
    expect(pressed(other)).to_have_count(2)
    expect(pressed(other)).to_have_text(pressed(page).all_inner_texts())
    expect(other).to_have_url(page.url)


def test_the_tab_names_page_subject_and_scope(page: Page) -> None:
    open_view(page, "/trends?kw=trade~China&copies=once")
    expect(page).to_have_title("Trends: “trade”, “China”, copies once · Newsprism")
    open_view(page, "/corpus")
    expect(page).to_have_title("Corpus: 5 articles · Newsprism")


def test_the_link_to_copy_holds_page_filters_and_corpus(
    page: Page, new_page: Callable[[], Page]
) -> None:
    open_view(page, "/trends?kw=trade~Belt+and+Road+%26+more")
    source_pills(page).first.click()
    expect(page).to_have_url(re.compile("src="))
    ready(page)
    link = copy_link(page)
    assert link.startswith(page.url.partition("?")[0] + "?")
    shown = parse_qs(urlsplit(link).query)
    assert {"corpus": shown.pop("corpus")}["corpus"][0]
    assert shown == params(page)
    assert shown["kw"] == ["trade~Belt and Road & more"]

    other = new_page()
    open_view(other, link)
    expect(notices(other)).to_have_count(0)
    expect(scope_line(other)).to_have_text(scope_line(page).inner_text())
    expect(other).to_have_url(link)


def test_a_click_on_a_bar_filters_and_back_undoes_it(page: Page) -> None:
    open_view(page, "/")
    before = scope_line(page).inner_text()
    click_bar(page, BARS)
    for name in BARS_PARAMS:
        expect(page).to_have_url(re.compile(rf"[?&]{name}="))
    expect(scope_line(page)).not_to_have_text(before)
    ready(page)

    page.go_back()
    expect(scope_line(page)).to_have_text(before)
    ready(page)
    expect_params(page, {})

    page.go_forward()
    expect(scope_line(page)).not_to_have_text(before)
    ready(page)
    assert set(params(page)) == BARS_PARAMS


def test_back_undoes_one_filter_at_a_time_and_the_pills_follow(page: Page) -> None:
    open_view(page, "/")
    for n in (0, 1):
        source_pills(page).nth(n).click()
        expect(page).to_have_url(re.compile("src=" + "~".join(["[a-z0-9-]+"] * (n + 1)) + "$"))
        ready(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"src=[a-z0-9-]+$"))
    ready(page)
    expect(pressed(page)).to_have_count(1)
    page.go_back()
    expect(page).not_to_have_url(re.compile("src="))
    ready(page)
    expect(pressed(page)).to_have_count(0)


def test_turning_a_page_and_opening_an_article_are_one_step_each(page: Page) -> None:
    """… and Back returns to the page of the list, as far down as it was."""
    page.set_viewport_size({"width": 1280, "height": 400})
    open_view(page, "/concordance?kw=china")
    main = page.get_by_test_id("stMain")
    page.get_by_test_id("stPagination").first.get_by_text("2", exact=True).click()
    expect(page).to_have_url(re.compile("page=2"))
    ready(page)
    link = main.locator("a[href*='article=']:visible").first
    link.hover()
    page.mouse.wheel(0, 50)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop >= 50")
    link.hover()
    where = main.evaluate("main => main.scrollTop")
    link.click()
    expect(page).to_have_url(re.compile("/articles.*article="))
    ready(page)

    page.go_back()
    expect(page).to_have_url(re.compile("/concordance"))
    expect_params(page, {"kw": ["china"], "page": ["2"]})
    page.wait_for_function(
        "at => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - at) < 2",
        arg=where,
    )
    page.go_back()
    expect_params(page, {"kw": ["china"]})


def test_filters_go_along_to_other_pages_and_back(page: Page) -> None:
    open_view(page, "/")
    source_pills(page).first.click()
    expect(page).to_have_url(re.compile("src="))
    ready(page)
    chosen, line = params(page), scope_line(page).inner_text()
    for title in ("Topics", "Sources", "Trends", "Articles"):
        go_to(page, title)
        expect_params(page, chosen)
        expect(scope_line(page)).to_have_text(line)
        expect(pressed(page)).to_have_count(1)
    page.go_back()
    expect(page).to_have_url(re.compile("/trends"))
    ready(page)
    expect_params(page, chosen)


@pytest.mark.parametrize(
    "query", ["src=no-such-source", "topic=no-such-topic", "from=2024-13-45", "corpus=0123456789"]
)
def test_what_a_link_asks_for_in_vain_is_said(page: Page, query: str) -> None:
    open_view(page, f"/?{query}")
    expect(notices(page)).to_have_count(1)
    expect(scope_line(page)).to_contain_text("all 5 articles")


def test_a_known_value_beside_an_unknown_one_still_filters(page: Page) -> None:
    open_view(page, "/")
    source_pills(page).first.click()
    expect(page).to_have_url(re.compile("src="))
    known = params(page)["src"][0]
    open_view(page, f"/topics?src={known}~no-such-source")
    expect(notices(page)).to_have_count(1)
    expect(pressed(page)).to_have_count(1)
    # The next change leaves the unknown one behind, and the notice with it.
    source_pills(page).nth(1).click()
    expect(notices(page)).to_have_count(0)
    ready(page)
    expect(page).not_to_have_url(re.compile("no-such-source"))


#: Pairs of texts that are printed one over the other.
OVERPRINTED = """() => {
  const where = '[data-testid=stMain] :is(a, button, p, h1, h2, h3, label, td)';
  const shown = { checkVisibilityCSS: true, checkOpacity: true };
  const texts = [...document.querySelectorAll(where)]
    .filter(it => it.checkVisibility(shown) && it.innerText.trim());
  const boxes = texts.map(it => {
    const range = document.createRange();
    range.selectNodeContents(it);
    return [...range.getClientRects()];
  });
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  return texts.flatMap((one, i) => texts.slice(i + 1).flatMap((other, j) =>
    one.contains(other) || other.contains(one) ||
    !boxes[i].some(a => boxes[i + 1 + j].some(b => overlap(a, b)))
      ? [] : [[one.innerText, other.innerText]]));
}"""


@pytest.mark.parametrize(
    "path",
    ["/", "/brief", "/stories", "/articles", "/concordance", "/sources", "/topics", "/voices",
     "/names", "/figures", "/trends", "/trends?kw=sanctions~trade~yuan~no+limits", "/timeline",
     "/corpus"],
)  # fmt: skip
def test_every_page_fits_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, path)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.evaluate(OVERPRINTED) == []


def test_what_is_printed_over_other_text_is_found(page: Page) -> None:
    open_view(page, "/corpus")
    page.evaluate("document.querySelector('h1').parentElement.style.marginBottom = '-3rem'")
    assert page.evaluate(OVERPRINTED) != []


def test_keys_pass_by_a_sidebar_that_is_closed(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, "/")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getBoundingClientRect().right") > 0


def test_keys_go_into_filters_that_lie_over_the_page_and_escape_leaves_them(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, "/")
    button = page.get_by_test_id("stExpandSidebarButton")
    button.press("Enter")
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar).to_have_attribute("data-collapsed", "false")
    expect(sidebar.get_by_role("button", name="Collapse sidebar")).to_be_focused()
    inside = "document.activeElement.closest('[data-testid=stSidebar]') !== null"
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    assert page.get_by_test_id("stMain").evaluate("main => main.inert")
    page.keyboard.press("Escape")
    expect(sidebar).to_have_attribute("data-collapsed", "true")
    expect(button).to_be_focused()
    assert not page.get_by_test_id("stMain").evaluate("main => main.inert")


def test_the_inputs_that_carry_the_link_are_never_seen(page: Page) -> None:
    open_view(page, "/?q=trade")
    expect(page.locator(".st-key-np-url input")).to_have_count(1)
    expect(page.locator(".st-key-np-url")).to_be_hidden()
    expect(page.get_by_role("textbox", name="q", exact=True)).to_have_count(0)


def test_back_over_a_filter_returns_to_where_one_was(page: Page) -> None:
    """The page is the same, its address is not: Back and Forward know how far down each was."""
    page.set_viewport_size({"width": 1280, "height": 500})
    open_view(page, "/topics")
    page.mouse.move(800, 300)

    def scrolled(by: int) -> float:
        page.mouse.wheel(0, by)
        page.wait_for_function(f"document.querySelector('[data-testid=stMain]').scrollTop >= {by}")
        return float(page.get_by_test_id("stMain").evaluate("main => main.scrollTop"))

    def stands_at(where: float) -> None:
        page.wait_for_function(
            "at => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - at) < 2",
            arg=where,
        )

    before = scrolled(300)
    page.locator(".st-key-pick_q input").fill("trade")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=trade"))
    ready(page)
    after = scrolled(450)
    page.go_back()
    expect(page).not_to_have_url(re.compile("q=trade"))
    ready(page)
    stands_at(before)
    page.go_forward()
    expect(page).to_have_url(re.compile("q=trade"))
    ready(page)
    stands_at(after)


def test_an_unknown_page_is_said_and_keeps_the_filters(page: Page) -> None:
    open_view(page, "/topcs?q=trade&kw=China")
    expect(notices(page)).to_contain_text(
        "There is no page “topcs”. This is the Overview. Did you mean Topics?"
    )
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect_params(page, {"q": ["trade"], "kw": ["China"]})
    expect(scope_line(page)).to_contain_text("with “trade”")
    go_to(page, "Topics")
    expect(notices(page)).to_have_count(0)


@pytest.mark.parametrize("name", ["Topics", "TOPICS", "topics/"])
def test_another_name_of_a_page_keeps_the_filters(page: Page, name: str) -> None:
    open_view(page, f"/{name}?q=trade")
    expect(page).to_have_url(re.compile(r"/topics/?\?q=trade$"))
    expect(notices(page)).to_have_count(0)


@pytest.mark.parametrize("name", ["first", "First", "%20topics", "topics%20", "é&", "_x"])
def test_no_address_breaks_the_page(page: Page, name: str) -> None:
    """What Streamlit can't have as an address it says itself, in a dialog."""
    page.goto(f"/{name}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_typed_link_may_have_commas(page: Page) -> None:
    open_view(page, "/trends?kw=trade,China")
    expect(page.get_by_role("heading", name="“trade” and “China” together")).to_be_visible()
    expect(notices(page)).to_have_count(0)


def test_a_click_after_quick_steps_back_and_forward_keeps_the_filters(page: Page) -> None:
    open_view(page, "/articles")
    source_pills(page).nth(1).click()
    expect(scope_line(page)).to_have_text(re.compile("^Showing 1 of 5"))
    ready(page)
    chosen = params(page)
    for _ in range(2):
        page.go_back()
        expect(scope_line(page)).to_have_text(re.compile("^Showing all 5"))
        page.go_forward()
        expect(scope_line(page)).to_have_text(re.compile("^Showing 1 of 5"))
    ready(page)
    go_to(page, "Trends")
    expect(scope_line(page)).to_have_text(re.compile("^Showing 1 of 5"))
    assert params(page)["src"] == chosen["src"]
