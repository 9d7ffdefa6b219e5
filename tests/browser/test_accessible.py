"""WCAG 2.2 AA, as far as axe can tell, on every page and in both themes; headings in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.driving import PATIENCE_MS, open_view, ready

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/topics", "/sources", "/trends", "/trends?kw=sanctions~trade", "/articles", "/corpus"
)  # fmt: skip
#: Streamlit's own: the order and names in which it builds the page around ours.
FRAME = (
    '[data-testid="stHeader"], [data-testid="stSidebarHeader"], [data-testid="stToolbar"], '
    '[data-testid="stDataFrame"], [data-testid="stFileUploader"]'
)
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}


@pytest.fixture(params=["light", "dark"])
def themed_page(
    request: pytest.FixtureRequest, browser: Browser, server: str
) -> Iterator[Callable[[str], Page]]:
    context = browser.new_context(
        base_url=server, viewport={"width": 1280, "height": 900}, color_scheme=request.param
    )
    context.set_default_timeout(PATIENCE_MS)

    def open_path(path: str) -> Page:
        page = context.new_page()
        page.goto(path)
        ready(page)
        return page

    yield open_path
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_serious_stands_in_the_way(themed_page: Callable[[str], Page], path: str) -> None:
    page = themed_page(path)
    found = Axe().run(page, context={"exclude": [FRAME]}, options=OPTIONS).response
    assert len(found["passes"]) > 5  # it did look
    serious = [
        (each["id"], node["target"], node["html"][:200])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]
    assert serious == []


@pytest.mark.parametrize("path", PAGES)
def test_headings_are_in_order(page: Page, path: str) -> None:
    open_view(page, path)
    levels = page.eval_on_selector_all(
        "[data-testid=stMain] :is(h1,h2,h3,h4,h5,h6)", "all => all.map(h => +h.tagName[1])"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
