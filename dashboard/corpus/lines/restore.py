"""Labels taken back: what looked like furniture by its words, and is the text by its place."""

from __future__ import annotations

from dashboard.corpus.lines import rules
from dashboard.corpus.lines.units import Unit


def restore_prose(units: list[Unit]) -> None:
    """Within the text, a line that only may be about it needs other furniture beside it."""
    if not any(unit.label for unit in units):
        return
    paragraphs = [i for i, unit in enumerate(units) if unit.is_paragraph and not unit.label]
    if not paragraphs:
        return
    first, last = paragraphs[0], paragraphs[-1]
    doubtful = {i for i in range(first, last) if units[i].label and _is_doubtful(units[i])}
    restored = [
        i
        for i in sorted(doubtful)
        if not any(units[j].label and j not in doubtful for j in (i - 1, i + 1))
    ]
    # A liveblog: the time above its first entry is like those of the others.
    if first and any(units[i].reason == "reading time" for i in restored):
        restored += [first - 1] if rules.CLOCK_TIME.fullmatch(units[first - 1].text) else []
    for i in restored:
        units[i].clear()
    for unit in units[first:]:
        if unit.reason == "breadcrumb":
            unit.clear()


def _is_doubtful(unit: Unit) -> bool:
    if unit.reason == "reading time":
        return rules.CLOCK_TIME.fullmatch(unit.text) is not None
    return rules.may_be_prose(unit.text, unit.reason, unit.ends_sentence)


def restore_subheadings(units: list[Unit], has_text: bool) -> None:
    """A menu word between two paragraphs is their subheading; in a poem it is a line."""
    if not any(unit.label == "boilerplate" for unit in units):
        return
    certain = sum(unit.label == "boilerplate" and not unit.is_ambiguous for unit in units)
    for i, unit in enumerate(units):
        if unit.label != "boilerplate" or not unit.is_ambiguous:
            continue
        if has_text:
            before = i > 0 and units[i - 1].is_paragraph and not units[i - 1].label
            after = i + 1 < len(units) and units[i + 1].is_paragraph and not units[i + 1].label
            restore = before and after
        else:
            ambiguous = sum(other.is_ambiguous for other in units)
            restore = certain == 0 and ambiguous * 2 <= len(units)
        if restore:
            unit.clear()
