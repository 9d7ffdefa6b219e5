"""Numbers, lists and searches in words."""

import pytest

from dashboard.wording import searched


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("harbour", "“harbour”"),
        ("harbour*", "“harbour*”"),
        ("harbour dues", "“harbour” and “dues”"),
        ("ports harbour dues", "“ports”, “harbour” and “dues”"),
        ('"harbour dues"', "“harbour dues”"),
        ("“harbour dues”", "“harbour dues”"),
        ('"harbour dues" NEAR port', '"harbour dues" NEAR port'),
        ("harbour OR port", "harbour OR port"),
        ("harbour -port", "harbour -port"),
        ("NOT port", "NOT port"),
        ('"harbour dues" "port fees"', '"harbour dues" "port fees"'),
        ("(harbour OR port) dues", "(harbour OR port) dues"),
        ("title:harbour dues", "title:harbour dues"),
        ("/harbou?r/ dues", "/harbou?r/ dues"),
        ("港 税", "“港” and “税”"),
        (" harbour ", "“harbour”"),
    ],
)
def test_only_a_phrase_is_said_as_one(query: str, said: str) -> None:
    assert searched(query) == said
