"""Marks in the text of an article: at their places, inside each other, and never as HTML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measures.reading.marks import TextMark
from dashboard.ui.reading.marked import LAYERS, Span, in_paragraphs, marked

TAG = re.compile(r"<[^<>]*>")


def no_link(mark: TextMark) -> str:
    return ""


@settings(max_examples=80)
@given(
    st.text(alphabet="ab <&\u0301é", max_size=30),
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from([*LAYERS])), max_size=6
    ),
)
def test_the_text_stays_whatever_is_marked(text: str, places: list[tuple[int, int, str]]) -> None:
    ends = [(*sorted((a % (len(text) + 1), b % (len(text) + 1))), kind) for a, b, kind in places]
    spans = [Span(a, b, kind, "<i>", "names?name=%3C") for a, b, kind in ends if a < b]
    made = marked(text, spans)
    assert TAG.sub("", made).split() == TAG.sub("", marked(text, [])).split()
    assert made.count("<mark") == made.count("</mark>")
    assert "<i>" not in made
    for start, _, layer in {(s.start, s.end, s.layer) for s in spans}:
        assert f"np-m-{layer} np-m-first" in made, start


def test_marks_stand_inside_each_other_and_the_shortest_is_the_link() -> None:
    spans = [
        Span(0, 12, "quotations", "Quotations: B", "voices?speaker=B"),
        Span(4, 7, "names", "Names: B", "names?name=B"),
    ]
    made = marked("und Bea sagt", spans)
    assert made.index("np-m-quotations") < made.index("np-m-names")
    assert 'title="Names: B"><a class="np-m-link" href="names?name=B">Bea</a>' in made
    assert made.count('href="voices?speaker=B"') == 2
    assert made.count("np-m-quotations np-m-first") == 1  # one letter, whatever stands in it
    assert made.count("np-m-quotations np-m-more") == 2


@pytest.mark.parametrize(
    ("paragraphs", "passages", "mark", "expected"),
    [
        # Two paragraphs are one passage.
        (["Eins zwei", "drei vier"], ["Eins zwei\ndrei vier"], (0, 10, 14), [[], [(0, 4)]]),
        # A mark across both is in both.
        (["Eins zwei", "drei vier"], ["Eins zwei\ndrei vier"], (0, 5, 14), [[(5, 9)], [(0, 4)]]),
        # A long paragraph is two passages.
        (["Eins zwei drei vier"], ["Eins zwei", "drei vier"], (1, 5, 9), [[(15, 19)]]),
        # An empty piece is nowhere.
        (["Eins"], ["\nEins"], (0, 1, 5), [[(0, 4)]]),
    ],
)
def test_marks_of_passages_stand_in_the_paragraphs(
    paragraphs: list[str],
    passages: list[str],
    mark: tuple[int, int, int],
    expected: list[list[tuple[int, int]]],
) -> None:
    passage, start, end = mark
    marks = [TextMark("names", passage, start, end, "X", "X")]
    found = in_paragraphs(paragraphs, passages, marks, no_link)
    assert [[(s.start, s.end) for s in spans] for spans in found] == expected
