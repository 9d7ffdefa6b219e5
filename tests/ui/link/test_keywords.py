"""Keywords with commas between, as they are typed in the box or in the address."""

from __future__ import annotations

import pytest

from dashboard.ui.link.keywords import countable, separate


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("coronavirus,ebola", ["coronavirus", "ebola"]),
        (" coronavirus ,  Ebola,EBOLA,, ", ["coronavirus", "EBOLA"]),
        ("5,000, trade", ["5,000", "trade"]),
        ('"fire, and fury", trade', ['"fire, and fury"', "trade"]),
        ("“fire, and fury”, trade", ["“fire, and fury”", "trade"]),
        ("climate (change, crisis), trade", ["climate (change, crisis)", "trade"]),
        ("/go{2,}d/,/a{2,3}/", ["/go{2,}d/", "/a{2,3}/"]),
        ("", []),
        (" , ,", []),
        ('"open, still', ['"open', "still"]),
    ],
)
def test_a_comma_separates_where_it_stands_between(text: str, keywords: list[str]) -> None:
    assert separate(text) == keywords


def test_what_cannot_be_counted_is_said_why() -> None:
    found, wrong = countable(["trade", "!!", '"open'])
    assert found == ["trade"]
    assert wrong[0] == "The keyword “!!” is left out: it contains no word to count."
    assert "has no other" in wrong[1]
