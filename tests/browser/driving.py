"""How the browser tests look at the app: by state and by what stands there, never by time."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

# How long a state may take to come. A machine that is busy with other things is no failure, so it
# only bounds what would never come.
PATIENCE_MS = 300_000
expect.set_options(timeout=PATIENCE_MS)

# The run has ended, nothing on screen is left from the run before, every chart is drawn.
_READY = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')
    && [...document.querySelectorAll('.np-plot')].every(plot => 'drawn' in plot.dataset);
}"""

_PILLS = "[class*=st-key-pick_src] button[aria-pressed]"


def params(page: Page) -> dict[str, list[str]]:
    """Those of the address, as it is now."""
    return parse_qs(urlsplit(page.url).query)


def expect_params(page: Page, wanted: dict[str, list[str]]) -> None:
    """Wait until the address has these: the page may stand before it is rewritten."""
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == wanted)


def ready(page: Page) -> None:
    """Wait until the page stands still, and fail if it shows an exception."""
    page.wait_for_function(_READY)
    shown = page.get_by_test_id("stException")
    assert shown.count() == 0, shown.first.inner_text()


def open_view(page: Page, url: str) -> None:
    page.goto(url)
    ready(page)


def copy_link(page: Page) -> str:
    """The link to the view, as one click puts it on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(link, str)
    return link


def scope_line(page: Page) -> Locator:
    """What is selected, in words."""
    return page.get_by_text(re.compile(r"^Showing ")).first


def source_pills(page: Page) -> Locator:
    return page.locator(_PILLS)


def pressed(page: Page) -> Locator:
    """The source pills that are on."""
    return page.locator(f"{_PILLS}[aria-pressed=true]")


def notices(page: Page) -> Locator:
    """What the link asked for in vain."""
    return page.get_by_test_id("stAlert")


#: The menu, as ``app.py`` has it.
GROUPS = {
    "Read": ["Overview", "Brief", "Stories", "Articles"],
    "Compare": ["Sources", "Topics", "Voices", "Figures"],
    "Over time": ["Trends", "Timeline"],
}


def go_to(page: Page, title: str) -> None:
    """Another page, by the menu: the pages that stand by themselves, then group by group."""
    link = page.get_by_test_id("stTopNavLink").filter(has_text=title)
    if not link.count():
        group = next(name for name, titles in GROUPS.items() if title in titles)
        page.get_by_test_id("stTopNavSection").filter(has_text=group).click()
        link = page.get_by_test_id("stTopNavDropdownLink").filter(has_text=title)
    link.click()
    expect(page).to_have_url(re.compile(f"/{title.lower()}" if title != "Overview" else r"/(\?|$)"))
    ready(page)


def click_bar(page: Page, chart_key: str) -> None:
    click_mark(page, page.locator(f".st-key-{chart_key} .bars .point").first)


def click_mark(page: Page, mark: Locator) -> None:
    """Click a mark of a chart as a hand does: Plotly takes a click only once it has noticed what
    the pointer rests on."""
    expect(mark).to_be_attached()
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 3, y - 3)
    page.mouse.move(x, y)
    chart = mark.locator("xpath=ancestor::*[contains(@class, 'np-plot')]")
    page.wait_for_function(
        "chart => chart._hoverdata && chart._hoverdata.length", arg=chart.element_handle()
    )
    page.mouse.click(x, y)


def expect_title(page: Page, words: str) -> None:
    """The page's title. For a moment the one before still stands there too, so a locator of "the"
    title would fail where this one waits."""
    title = page.get_by_role("heading", level=1).filter(has_text=words)
    expect(title).to_be_visible()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
