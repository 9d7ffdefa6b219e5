"""What is no article on any page, whatever a site calls it: dialogs, readers' comments, and tables
that only lay the page out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboard.corpus.article import tidy
from dashboard.corpus.parsing.comments import heads_comments
from dashboard.text.lines import word_count

_ROLES = frozenset("dialog alertdialog navigation search contentinfo".split())
_LEVELS = {f"h{level}": level for level in range(1, 7)} | {"legend": 6, "summary": 6}
_WHOLE = frozenset("html body main article".split())  # never taken for a box of comments
_SEEN = 200  # characters of a heading
_ARTICLE_WORDS = 25  # above comments stands what they are about
_CELL_WORDS = 40  # in a cell of a table of figures there are fewer
_BLOCKS = frozenset("p div table h1 h2 h3 article section ul ol blockquote".split())
_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")


def prune(tree: Any) -> None:
    """Take from a page, in place, what no site's article is in."""
    _drop_roles(tree)
    for heading in [e for e in tree.iter(*_LEVELS) if _heads_comments(e)]:
        if _stands_below_text(heading, tree):
            _drop_comments(heading)
    for table in list(tree.iter("table")):
        if _is_layout(table):
            for element in table.iter(*_TABLE):
                element.tag = "div"


def _drop_roles(tree: Any) -> None:
    found = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str)
        and (
            (element.get("role") or "").strip().lower() in _ROLES
            or element.tag == "dialog"
            or element.get("aria-modal") == "true"
        )
    ]
    whole = word_count(tree.text_content()) if found else 0
    for element in found:
        # Some pages open their articles in a dialog.
        small = 2 * word_count(element.text_content()) < whole
        if element.tag not in _WHOLE and element.getparent() is not None and small:
            element.drop_tree()


def _heads_comments(element: Any) -> bool:
    may, counted = heads_comments(tidy(element.text_content()[:_SEEN]))
    if counted or not may:
        return counted
    # Without a number it may head a part of the article, whose paragraphs stand right below it.
    following = [sibling.tag for sibling in _until_heading(_box_of(element), element)]
    return bool(following) and not set(following) <= {"p"}


def _stands_below_text(heading: Any, tree: Any) -> bool:
    above = 0
    for element in tree.iter():
        if element is heading:
            return False
        if element.tag in ("script", "style", "nav", "noscript"):
            continue
        above += word_count(element.text or "") + word_count(element.tail or "")
        if above >= _ARTICLE_WORDS:
            return True
    return False


def _box_of(heading: Any) -> Any:
    """Return the outermost element that begins with a heading and is not the whole article."""
    box = heading
    while (parent := box.getparent()) is not None and parent.tag not in _WHOLE:
        if (parent.text or "").strip() or next(parent.iterchildren(), None) is not box:
            break
        box = parent
    return box


def _until_heading(box: Any, heading: Any) -> Iterator[Any]:
    """Yield what follows a box up to the next heading of its level."""
    level = _LEVELS[heading.tag]
    for sibling in box.itersiblings():
        first = next(sibling.iter(*_LEVELS), None) if isinstance(sibling.tag, str) else None
        if first is not None and _LEVELS[first.tag] <= level and _box_of(first) is sibling:
            return
        yield sibling


def _drop_comments(heading: Any) -> None:
    box = _box_of(heading)
    if box.getparent() is None:
        return
    if tidy(box.text_content()) == tidy(heading.text_content()):
        for element in list(_until_heading(box, heading)):
            element.drop_tree()
    box.drop_tree()


def _is_layout(table: Any) -> bool:
    """True for a table that puts whole texts side by side."""
    for cell in table.iter("td"):
        blocks = sum(1 for _ in cell.iter(*_BLOCKS)) or sum(1 for _ in cell.iter("br")) > 1
        if blocks and word_count(cell.text_content()) >= _CELL_WORDS:
            return True
    return False
