"""Boxes of links in the middle of sentences."""

from __future__ import annotations

from dashboard.text.boxes import find_boxes, without_boxes

BOX = "Ada Mary RoyTen towns to watch this spring Mayors defend the budget MORE"


def test_a_box_is_behind_the_name_it_is_under() -> None:
    text = f"Rep. Ada Roy {BOX} (D-Ohio) and Mayor Bo Lind Bo Lind2031 in pictures MORE said so."
    found = [text[start:end].strip() for start, end in find_boxes(text)]
    assert found == [BOX, "Bo Lind2031 in pictures MORE"]
    (masked,) = without_boxes([text])
    assert len(masked) == len(text)
    assert " ".join(masked.split()) == "Rep. Ada Roy (D-Ohio) and Mayor Bo Lind said so."


def test_a_box_may_run_on_into_the_next_passage() -> None:
    first, second = f"It was Ada Roy {BOX}".split(" this spring ")
    masked = without_boxes([first, second + " who said so.", "MORE is asked for."])
    assert [" ".join(text.split()) for text in masked] == [
        "It was Ada Roy", "who said so.", "MORE is asked for.",
    ]  # fmt: skip
    assert find_boxes(first) == []


def test_names_and_capitals_alone_are_no_box() -> None:
    for text in (
        "Ada McRoy told Ada McRoy that MORE was needed.",
        "The quay needs MORE cranes, Ada Roy said. RoyalMail carries the post.",
        "Ada Roy Ada RoyTen towns to watch" + " and more" * 200 + " MORE",
        "",
    ):
        assert find_boxes(text) == []
        assert list(without_boxes([text])) == [text]
