"""Quotation marks: what stands between them, also where one is missing."""

from __future__ import annotations

import pytest

from dashboard.text.quotations.sentences.marks import marked_spans


def inside(text: str) -> list[str]:
    return [text[span.start : span.end] for span in marked_spans(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ('A “mixed" pair and "another” one.', ["mixed", "another"]),
        ("« Oui », dit-il.", [" Oui "]),
        ("Er sagte »ja« und „nein“.", ["ja", "nein"]),
        ("「はい」と言った。", ["はい"]),
        ("“He told me, ‘Go,’ so I went,” she said.", ["He told me, ‘Go,’ so I went,"]),
        ("'We are here,' he said.", ["We are here,"]),
        ("The players' union met in the '90s.", []),
        ("It's the workers' day, isn't it?", []),
        ('The 6\'2" striker is 30" wide.', []),
        ('An empty "" pair.', []),
        ("``We left,'' she said.", ["We left,"]),
        ("No marks at all.", []),
        ("", []),
    ],
)
def test_pairs(text: str, found: list[str]) -> None:
    assert inside(text) == found


def test_a_quotation_across_paragraphs() -> None:
    first, second = marked_spans("“We began at dawn.\n“By night it was over,” she said.")
    assert first.open
    assert not first.goes_on
    assert second.goes_on
    assert not second.open


def test_a_mark_that_was_never_closed_ends_with_its_paragraph() -> None:
    text = "He said “nothing of this was true.\nThe next day he left."
    assert inside(text) == ["nothing of this was true."]
