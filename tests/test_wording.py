"""Numbers, lists and searches in words."""

import pytest

from dashboard.wording import in_quotes, searched


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
        ("चुनाव परिणाम", "“चुनाव” and “परिणाम”"),  # marks above letters
        ("cafe\u0301 bar", "“cafe\u0301” and “bar”"),
        ("U.S. trade*", "“U.S.” and “trade*”"),
        ("24-hour ferry", "“24-hour” and “ferry”"),
        ("harbour && port", "harbour && port"),
        ("=Port dues", "=Port dues"),
    ],
)
def test_only_a_phrase_is_said_as_one(query: str, said: str) -> None:
    assert searched(query) == said


@pytest.mark.parametrize(
    ("keyword", "said"),
    [
        ("harbour dues", "“harbour dues”"),
        ('"harbour dues"', "“harbour dues”"),
        ('"harbour dues" NEAR/5 port', '"harbour dues" NEAR/5 port'),
        ('port OR "harbour dues"', 'port OR "harbour dues"'),
        ("port OR dues", "“port OR dues”"),
        ('The "Port" is open', '“The "Port" is open”'),
    ],
)
def test_a_keyword_that_joins_phrases_has_no_marks_around_its_marks(
    keyword: str, said: str
) -> None:
    assert in_quotes(keyword) == said
