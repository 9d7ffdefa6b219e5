"""The token rule in the languages of the world; inputs of our own."""

from __future__ import annotations

import unicodedata

import pytest

from dashboard.text import prepare as preparing
from dashboard.text.hits import find_spans
from dashboard.text.prepare import is_lone_letter, mask, segmenter
from dashboard.text.query import parse_keyword
from dashboard.text.token_rule import count_words, tokenise
from dashboard.text.unicode_form import normal_form


def words(text: str) -> list[str]:
    return [token for token, _ in tokenise(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Göteborg", unicodedata.normalize("NFD", "Göteborg")),
        ("Việt", unicodedata.normalize("NFD", "VIỆT")),
        ("flagship", "ﬂagship"),
        ("effect", "eﬀect"),
        ("NATO", "ＮＡＴＯ"),
        ("ガス", "ｶﾞｽ"),
        ("İzmir", "IZMIR"),
        ("kış", "KIŞ"),
        ("ısı", "ISI"),
        ("Straße", "STRASSE"),
        ("ΟΔΟΣ", "οδός".replace("ό", "ο")),
        ("м'яч", "мʼяч"),
        ("O’zbekiston", "Oʻzbekiston"),
        ("كتاب", "كِتَابٌ"),
        ("سلام", "ســـلام"),
        ("ایران", "ايران"),
        ("שלום", "שָׁלוֹם"),
        ("نیم\u200cروز", "نیمروز"),
        ("Hafenrat", "Hafen\u00adrat"),
    ],
)
def test_what_reads_alike_is_one_word(one: str, other: str) -> None:
    assert words(one) == words(other)
    assert len(words(one)) == 1
    text = f"x {other} y"
    assert [text[a:b] for a, b in find_spans(parse_keyword(one), text)] == [other]


def test_words_that_differ_stay_apart() -> None:
    assert words("peché pêche péché peche") == ["peché", "pêche", "péché", "peche"]
    assert words("й и ё е") == ["й", "и", "ё", "е"]
    assert words("3½ 312 m² m2") == ["31⁄2", "312", "m2", "m2"]


@pytest.mark.parametrize("word", ["ދިވެހި", "བོད", "ܣܘܪܝܳܝܳܐ", "हिन्दी", "தமிழ்", "සිංහල"])
def test_vowel_signs_part_no_word(word: str) -> None:
    assert words(f"x {word} y") == ["x", word, "y"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’économie d’État", ["l'", "économie", "d'", "état"]),
        ("l'uomo dell’anno all'estero", ["l'", "uomo", "dell'", "anno", "all'", "estero"]),
        ("Qu'une lorsqu’il", ["qu'", "une", "lorsqu'", "il"]),
        ("l’hivern d’octubre", ["l'", "hivern", "d'", "octubre"]),
        ("l’11 settembre, all'8ª fila", ["l'", "11", "settembre", "all'", "8a", "fila"]),
        ("c'hoazh C’est d'an", ["c'hoazh", "c'", "est", "d'", "an"]),
        ("aujourd'hui rock'n'roll", ["aujourd'hui", "rock'n'roll"]),
        ("O'Neill won't we'll Xi's l's", ["o'neill", "won't", "we'll", "xi", "l"]),
        ("п'ять об’єднання", ["п'ять", "об'єднання"]),
    ],
)
def test_elision_parts_words_and_other_apostrophes_do_not(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert count_words(text) == len(expected)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a-b/c?d=e%20f#g", "http://t.co/Ab1", "www.example.fr/une",
        "ftp://files.example.net", "example.com", "news.example.co.uk",
        "bit.ly/3xYz", "usat.ly/1a2b", "pic.twitter.com/AbC", "jean.dupont@example.fr",
        "desk+tips@news.example.com", "@le_port", "@user@mastodon.social", "%D0%9F%D1%80",
        "&nbsp;", "&#8217;", "/9j/4AAQSkZJRgABAQAAAQABAAD4AAQSkZJRgAB",
    ],
)  # fmt: skip
def test_addresses_handles_and_encoded_bits_are_no_words(address: str) -> None:
    assert words(f"Before ({address}), after") == ["before", "after"]
    assert words(address) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("and/or 9/11 24/7", ["and", "or", "9", "11", "24", "7"]),
        ("He left at 5 p.m. The U.S. said", ["he", "left", "at", "5", "pm", "the", "US", "said"]),
        ("the end.The next", ["the", "end", "the", "next"]),
        ("no.so he said", ["no", "so", "he", "said"]),
        ("#Hafen AT&T 50% @ 3", ["hafen", "at", "t", "50", "3"]),
        ("version 2.0/3.1", ["version", "2.0", "3.1"]),
    ],
)
def test_what_only_looks_like_an_address_is_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_mask_keeps_every_other_character_in_place() -> None:
    text = "A https://e.com/x. B a@b.org, C"
    masked = mask(text)
    assert len(masked) == len(text)
    assert [masked[i] for i, char in enumerate(text) if masked[i] != char] == ["\x1e"] * 22


UNSPACED = [
    ("ธนาคารกลางขึ้นอัตราดอกเบี้ย", "ธนาคาร"),
    ("ทะเลสาบในประเทศไทยมีน้ำมาก", "น้ำ"),
    ("ທະນາຄານກາງຂຶ້ນດອກເບ້ຍ", "ທະນາຄານ"),
    ("ធនាគារកណ្តាលដំឡើងអត្រាការប្រាក់", "ធនាគារ"),
    ("中央银行提高了利率", "银行"),
    ("中央銀行は金利を引き上げた", "金利"),
    ("佐々木氏は中央銀行の総裁になる", "銀行"),
]


@pytest.mark.parametrize(("text", "word"), UNSPACED)
def test_scripts_without_spaces_are_parted_by_a_dictionary(text: str, word: str) -> None:
    assert segmenter() == "ICU"
    found = tokenise(f"{text} (2024) and {text}OK")
    assert normal_form(word) in [token for token, _ in found]
    assert all(f"{text} (2024) and {text}OK"[a:b] for _, (a, b) in found)
    assert "".join(token for token, _ in tokenise(text)) == normal_form(text)
    assert found[-1][0] == "ok"
    spans = find_spans(parse_keyword(word), text)
    assert [text[a:b] for a, b in spans] == [word]


@pytest.mark.parametrize(("text", "word"), UNSPACED)
def test_without_the_dictionary_characters_are_words(
    text: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_lone_letter("税")
    monkeypatch.setattr(preparing, "_breaker", lambda: None)
    assert segmenter() == "characters"
    assert is_lone_letter("a")
    assert not is_lone_letter("税")
    assert len(words(text)) > 8
    spans = find_spans(parse_keyword(word), text)
    assert [text[a:b] for a, b in spans] == [word]
