"""Keywords over time in a real browser: a click on a mark finds what the mark counts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import (
    click_mark,
    expect_params,
    expect_title,
    open_view,
    params,
    ready,
    scope_line,
)

pytestmark = pytest.mark.browser

#: What the hover box of a mark says, as its data have it.
DATA = """mark => {
  const point = mark.__data__ ?? mark;
  return point.data ?? point.trace?.customdata?.[point.i];
}"""


def bring_demo(page: Page) -> str:
    """The corpus of the demo, as a link has it: seeds are too few for a line, or a rise."""
    open_view(page, "/corpus")
    page.get_by_role("button", name="Open the demo").click()
    expect_title(page, "368 articles")
    return params(page)["corpus"][0]


def data_of(mark: Locator) -> list[str]:
    """What a mark's box says, and what it selects."""
    found = mark.evaluate(DATA)
    assert isinstance(found, list)
    return found


def read_all(page: Page, keyword: str) -> int:
    """Follow the way to the articles that use the keyword; how many there are."""
    page.get_by_role("button", name=re.compile(f"^Read the .*“{keyword}” →")).click()
    expect(page).to_have_url(re.compile(r"/articles\?"))
    title = page.get_by_role("heading", level=1).filter(has_text=f"with “{keyword}”")
    expect(title).to_be_visible()
    ready(page)
    return int(title.inner_text().split()[0])


def test_a_mark_of_keywords_together_is_exactly_what_it_counts(page: Page) -> None:
    open_view(page, "/trends?kw=sanctions~trade&measure=share")
    marks = page.locator(".st-key-together .scatterlayer .trace").nth(1).locator(".point")
    nth, day, keyword, _, _, articles = data_of(marks.nth(1))
    assert (nth, day, keyword, articles) == ("2", "2024-05-16", "trade", "3 of 3 articles")
    before = params(page)
    click_mark(page, marks.nth(1))
    expect(scope_line(page)).to_have_text(re.compile("^Showing 3 of 5 articles"))
    ready(page)
    after = {**before, "nth": ["2"], "from": [day], "to": [day]}
    expect_params(page, after)
    expect(page.get_by_role("heading", name="“trade” by source")).to_be_visible()
    page.go_back()  # one step
    expect_params(page, before)
    expect(scope_line(page)).to_have_text(re.compile("^Showing all 5 articles"))
    page.go_forward()
    expect_params(page, after)
    expect(scope_line(page)).to_have_text(re.compile("^Showing 3 of 5 articles"))
    ready(page)
    assert read_all(page, "trade") == 3


def test_a_mark_of_a_line_finds_its_articles(page: Page) -> None:
    corpus = bring_demo(page)
    open_view(page, f"/trends?corpus={corpus}&kw=flood~laboratories&measure=share&period=week")
    lines = page.locator(".st-key-together .scatterlayer").first.locator(".trace.scatter")
    marks = lines.filter(has=page.locator(".point")).nth(1).locator(".point").all()
    said = [(data_of(mark), mark) for mark in marks]
    (nth, week, keyword, _, _, articles), mark = max(
        said, key=lambda each: int(each[0][5].split()[0])
    )
    assert (nth, keyword) == ("2", "laboratories")
    found = re.fullmatch(r"(\d+) of (\d+) articles", articles)
    assert found
    click_mark(page, mark)
    expect(scope_line(page)).to_have_text(re.compile(f"^Showing {found[2]} of 368 articles"))
    ready(page)
    assert params(page)["nth"] == [nth]
    year, number = week.split("-W")
    first = date.fromisocalendar(int(year), int(number), 1)
    assert params(page)["from"] == [first.isoformat()]
    assert params(page)["to"] == [(first + timedelta(days=6)).isoformat()]
    assert read_all(page, keyword) == int(found[1])


def test_a_bar_of_what_rose_shows_the_word_and_finds_what_it_counts(page: Page) -> None:
    corpus = bring_demo(page)
    open_view(page, f"/trends?corpus={corpus}")
    bar = page.locator(".st-key-rises .bars .point").first
    term, _, weeks, articles, _ = data_of(bar)
    found = re.match(r"(\d+) of (\d+) articles, ", articles)
    assert found
    click_mark(page, bar)
    expect_params(page, {"corpus": [corpus], "kw": [term]})
    expect(page.get_by_role("heading", name=f"“{term}” by source")).to_be_visible()
    ready(page)
    ends = [
        date.fromisocalendar(int(year), int(week), 1)
        for week, year in re.findall(r"Week (\d+) (\d{4})", weeks)
    ]
    last = ends[-1] + timedelta(days=6)
    open_view(page, f"{page.url}&from={ends[0]}&to={last}")
    expect(scope_line(page)).to_have_text(re.compile(f"^Showing {found[2]} of 368 articles"))
    expect(page.locator(".st-key-np-head")).to_contain_text(
        f"{found[1]} of {found[2]} articles use it"
    )
