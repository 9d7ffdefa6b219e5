"""Compared by a column of one's own, in a real browser: the address, a click, and the way back."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import expect_title, go_to, open_view, params, ready
from tests.index.building.test_change import write_rows

pytestmark = pytest.mark.browser


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """24 articles, every other of them from the north."""
    with write_rows(tmp_path / "rows.csv", range(24)).open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    with (tmp_path / "noticias.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow([*header, "lado"])
        out.writerows([*row, ("norte", "sur")[n % 2]] for n, row in enumerate(rows))
    return tmp_path / "noticias.csv"


def test_groups_are_chosen_clicked_and_left_again(page: Page, table: Path) -> None:
    open_view(page, "/corpus")
    page.set_input_files("input[type=file]", table)
    expect_title(page, "24 articles")
    go_to(page, "Trends")
    page.get_by_label("Compare by").click()
    page.get_by_text("lado (2 values)").click()
    expect(page.get_by_role("heading", name=re.compile("by group"))).to_be_visible()
    ready(page)
    assert params(page)["compare"] == ["lado"]

    page.get_by_role("button", name="Show as list").first.click()
    page.get_by_test_id("stPopoverBody").get_by_text(re.compile("^lado: sur")).first.click()
    expect(page).to_have_url(re.compile(r"where=lado%3Asur"))
    chip = page.get_by_role("button", name=re.compile("Remove.*lado: sur"))
    expect(chip).to_be_visible()
    page.go_back()
    expect(chip).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name=re.compile("by source"))).to_be_visible()
    ready(page)
    assert "compare" not in params(page)
