"""Bring articles, watch, correct, share: the Corpus page in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import expect_title, notices, open_view, ready

pytestmark = pytest.mark.browser

ARTICLE = (
    "Harbour strike enters third week\n\nDockers in the harbour voted on Tuesday to go on with "
    "their strike, the union said. The port authority called the vote a mistake.\n"
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    good, bad = tmp_path / "strike.txt", tmp_path / "photo.txt"
    good.write_text(ARTICLE, encoding="utf-8")
    bad.write_bytes(bytes(range(256)) * 20)
    return [good, bad]


def bring(page: Page, files: list[Path]) -> None:
    open_view(page, "/corpus")
    page.set_input_files("input[type=file]", files)
    expect_title(page, "1 article")


def test_files_make_a_corpus_with_a_link_of_its_own(
    page: Page, new_page: Callable[[], Page], files: list[Path]
) -> None:
    bring(page, files)
    expect(page).to_have_url(re.compile(r"corpus=u[0-9a-z]{25}$"))
    expect(page.get_by_text("1 record, kept").first).to_be_visible()

    other = new_page()
    open_view(other, page.url.replace("/corpus?", "/articles?"))
    expect(other.get_by_text("Harbour strike enters third week")).to_be_visible()
    expect(notices(other)).to_have_count(0)

    stranger = new_page()
    open_view(stranger, "/articles")
    expect_title(stranger, "5 articles")
    expect(stranger.get_by_text("Harbour strike")).to_have_count(0)


def test_a_source_is_named_and_stays_named(page: Page, files: list[Path]) -> None:
    bring(page, files[:1])
    page.get_by_label("New name", exact=True).fill("Port News")
    page.get_by_label("New name", exact=True).press("Enter")
    page.get_by_role("button", name="Rename", exact=True).click()
    expect(page.locator(".st-key-pick_src button")).to_contain_text("Port News")
    ready(page)


def test_a_corpus_is_deleted_and_its_link_says_so(page: Page, files: list[Path]) -> None:
    bring(page, files)
    link = page.url
    page.get_by_text("Rename or delete this corpus").click()
    page.get_by_role("button", name="Delete this corpus").click()
    expect_title(page, "5 articles")
    open_view(page, link)
    expect(notices(page)).to_contain_text("is gone")


def test_pasted_text_is_an_article(page: Page) -> None:
    open_view(page, "/corpus")
    page.get_by_text("Paste text instead").click()
    page.get_by_label("Text", exact=True).fill(ARTICLE)
    page.get_by_label("Title of the pasted text").click()
    button = page.get_by_role("button", name="Create a corpus")
    expect(button).to_be_enabled()
    button.click()
    expect_title(page, "1 article")
