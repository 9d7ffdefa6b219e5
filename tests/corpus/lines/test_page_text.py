"""The article on a whole page that was copied as text."""

from __future__ import annotations

from dashboard.corpus.article import join_paragraphs
from dashboard.corpus.lines.label import clean_lines
from dashboard.corpus.lines.page_text import best_run

MENU = [f"• Section {name}" for name in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
BODY = [
    f"Paragraph {n} of the article tells what happened in the city on that day, and who was there."
    for n in range(8)
]
TEASERS = [f"Another story number {n} that you have not read" for n in range(12)]
PAGE = [
    "Skip to content", "Menu", *MENU, "Sign in", "Subscribe",
    "Council votes for a new bridge across the river",
    "By Jane Doe", "May 16, 2024", *BODY[:4], "What comes next", *BODY[4:],
    "Most read", *TEASERS, "Privacy Policy", "© 2024 Example",
]  # fmt: skip


def test_menus_and_teasers_are_set_aside() -> None:
    lines = clean_lines(PAGE)
    assert join_paragraphs(lines) == [*BODY[:4], "What comes next", *BODY[4:]]
    assert {line.label for line in lines if line.text in MENU} == {"aside"}


def test_an_article_without_menus_above_is_no_page() -> None:
    text = [BODY[0], *MENU, *BODY[1:], *MENU[:8], "Share", "Subscribe", "Menu", "© 2024 Example"]
    assert [line.text for line in clean_lines(text) if line.label == "keep"] == text[:-4]


def test_best_run() -> None:
    assert best_run([-1, 3, -1, 4, -9, 5]) == (1, 3)
    assert best_run([-1, -2]) == (0, -1)
    assert best_run([]) == (0, -1)
