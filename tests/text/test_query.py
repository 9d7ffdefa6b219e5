"""Queries: words, phrases, prefixes, alternatives, found where brute force finds them."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.text.hits import Wanted, find_any, find_spans
from dashboard.text.query import (
    BLANK,
    MOST_PATTERNS,
    UnreadableQuery,
    as_keyword,
    parse_keyword,
    parse_query,
)
from dashboard.text.token_arrays import read_tokens
from dashboard.text.token_rule import tokenise

TEXTS = ["The no-limits partnership has limits", "Sanctions: no limits yet; sanctioned banks", ""]


def wanted(keyword, vocabulary):
    found = []
    for pattern in keyword:
        row = [[i for i, w in enumerate(vocabulary) if w == t] for t in pattern.tokens]
        if pattern.prefix:
            last = pattern.tokens[-1]
            row[-1] = [i for i, w in enumerate(vocabulary) if w.startswith(last)]
        words = [np.asarray(numbers, dtype=np.int64) for numbers in row]
        near = wanted(pattern.near, vocabulary)
        found.append(Wanted(words, near=near, within=pattern.within))
    return found


def texts_with(keyword, texts=TEXTS):
    stream = read_tokens(texts)
    alternatives = wanted(parse_keyword(keyword), stream.vocabulary)
    starts = find_any(alternatives, stream.ids, stream.offsets)
    return (np.searchsorted(stream.offsets, starts, side="right") - 1).tolist()


@pytest.mark.parametrize(
    ("keyword", "found"),
    [
        ("no limits", [0, 1]),
        ("NO-LIMITS", [0, 1]),
        ("sanction*", [1, 1]),
        ("sanction", []),
        ("partnership OR banks", [0, 1]),
        ("limits partnership", [0]),
        ("limits the", []),
        ("yet sanction*", [1]),
        ("", []),
        ("***", []),
        ("limits*,", [0, 0, 1]),
        ("no (deal OR limits)", [0, 1]),
        ("(the OR sanctions) (no OR banks)", [0, 1]),
        ("“no limits” OR „banks“", [0, 1, 1]),
        ("-limits", [0, 0, 1]),  # nothing is left out when one thing is counted
        ("no limits OR limits", [0, 0, 1]),  # a place counts once
        ("limits NEAR/2 no", [0, 1]),
        ("limits NEAR/1 (has OR no)", [0, 0, 1]),
        ("limits NEAR/3 limits", [0, 0]),  # another use, not itself
        ("partnership NEAR no limits OR banks", [0, 1]),
    ],
)
def test_keyword(keyword, found):
    assert texts_with(keyword) == found


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("=Trump", ["Trump", "Trump’s"]),
        ("=trump", ["trump"]),
        ("=TRUMP", ["TRUMP"]),
        ("trump", ["TRUMP", "Trump", "trump", "Trump’s"]),
        ("=Tru*", ["Trump", "Trump’s"]),
        ('="trump card"', ["trump card"]),
        ("a =trump card", ["a trump card"]),
        ("card NEAR/1 =trump", ["card"]),
        ("played NEAR/1 =trump", []),
        ("＝Trump", ["Trump", "Trump’s"]),
    ],
)
def test_capitals_as_written(text, marked):
    shown = "TRUMP wins: Trump played a trump card. Trump’s people"
    assert [shown[a:b] for a, b in find_spans(parse_keyword(text), shown)] == marked


@pytest.mark.parametrize(
    ("text", "why", "at"),
    [
        ("tariff NEAR/5", "needs a word on each side|joins two", 8),
        ("NEAR/5 tariff", "needs a word on each side|joins two", 1),
        ("tram NEAR/0 bus", "can’t be counted", 6),
        ("tram NEAR/500 bus", "can’t be counted", 6),
        ("a1 NEAR/2 b1 NEAR/2 c1", "beside another NEAR", 14),
        ("(tram OR bus", "not closed", 1),
        ("tram bus)", "not opened", 9),
        ("tram = bus", "stands alone", 6),
        ("tram =(bus OR ferry)", "before a bracket", 6),
        ("паром wom?n", "can’t stand for a letter", 7),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(text, why, at):
    for parse in (parse_query, parse_keyword):
        with pytest.raises(UnreadableQuery, match=why) as error:
            parse(text)
        assert f"(character {at})" in str(error.value.remedy)


def test_near_binds_closer_than_the_rest_of_a_query():
    query = parse_query("ferry tram NEAR/3 (bus OR car) OR taxi")
    assert [[p.tokens for p in k] for k in query.keywords()] == [
        [("ferry",)],
        [("tram",), ("taxi",)],
    ]
    near = query.keywords()[1][0]
    assert (near.within, [p.tokens for p in near.near]) == (3, [("bus",), ("car",)])


def test_a_phrase_does_not_cross_texts():
    assert texts_with("a b", ["x a", "b y", "a b"]) == [2]


def test_query_parts_must_all_occur():
    query = parse_query('trade "no limits" sanction* yuan OR rouble')
    parts = query.keywords()
    assert query.how == "all"
    assert [[p.tokens for p in part] for part in parts] == [
        [("trade",)],
        [("no", "limits")],
        [("sanction",)],
        [("yuan",), ("rouble",)],
    ]
    assert parts[2][0].prefix


def selects(query: str, text: str) -> bool:
    """Whether a query selects a text, each keyword looked up word by word."""
    tokens = [token for token, _ in tokenise(text)]

    def has(keyword):
        return np.asarray(
            [any(tuple(tokens[i : i + len(p.tokens)]) == p.tokens
                 for p in keyword for i in range(len(tokens)))]
        )  # fmt: skip

    return bool(parse_query(query).mask(1, has)[0])


@pytest.mark.parametrize(
    ("query", "fits", "fits_not"),
    [
        ("tram -flood", ["tram"], ["tram flood", "flood", ""]),
        ("tram −flood", ["tram"], ["tram flood"]),
        ("NOT tram", ["flood", ""], ["tram"]),
        ("tram AND flood", ["flood tram"], ["tram", "flood"]),
        ("tram && flood", ["flood tram"], ["tram", "flood"]),
        ("tram || flood", ["tram", "flood"], [""]),
        ("tram,flood", ["flood tram"], ["tram", "flood"]),
        ('-"no limits" 5,000', ["5,000 limits no"], ["5,000 no limits", "limits"]),
        ("no-limits", ["no limits"], ["limits no"]),
        ("OR tram OR", ["tram"], ["flood"]),
        ("ferry tram OR bus", ["ferry tram", "bus ferry"], ["ferry", "tram bus"]),
        ("(ferry AND tram) OR bus", ["bus", "ferry tram"], ["ferry", "tram"]),
        ("bus OR (ferry tram)", ["bus", "ferry tram"], ["ferry", "tram"]),
        ("ferry AND (tram OR (bus -night))", ["ferry tram", "ferry bus"], ["ferry bus night"]),
        ("ferry AND NOT (tram OR bus)", ["ferry"], ["ferry bus", "ferry tram", ""]),
        ("ferry -(tram bus)", ["ferry bus", "ferry"], ["ferry bus tram"]),
        ("ferry OR NOT tram", ["ferry tram", ""], ["tram"]),
        ("NOT(ferry)", ["tram"], ["ferry"]),
        ("（ferry OR bus） tram", ["bus tram"], ["bus"]),
        ("паром AND (мост OR причал)", ["паром причал"], ["паром", "мост причал"]),
        ("L’île OR ＢＵＳ", ["de l'île", "bus"], ["île"]),
        ("", ["", "tram"], []),
        ("?! —", ["", "tram"], []),
    ],
)
def test_what_a_query_selects(query, fits, fits_not):
    assert [text for text in fits if not selects(query, text)] == []
    assert [text for text in fits_not if selects(query, text)] == []


def test_a_query_is_read_to_its_end():
    words = [f"alternative{i}" for i in range(MOST_PATTERNS // 2 - 1)]
    assert selects(" OR ".join([*words, "kiosk"]), "a kiosk")
    assert parse_keyword(" OR ".join([*words, "kiosk"]))[-1].tokens == ("kiosk",)
    with pytest.raises(UnreadableQuery, match="1,000 words"):
        parse_query(MOST_PATTERNS * "kiosk " + "pier")
    with pytest.raises(UnreadableQuery, match="characters"):
        parse_keyword("kiosk " * 5_000)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("(tram OR bus", "opened and not closed"),
        ("tram) OR bus", "closed and not opened"),
        ("tram OR ()", "holds no word"),
        ('"tram and bus', "quotation mark"),
        ("s* trade", "too short"),
        ("*gate", "can end a word only"),
        ("col*r", "can end a word only"),
        ('"climate change"~5', "near"),
        ("wom?n", "can’t stand for a letter"),
        ("titel:tram", "the fields are title:, source:, author: and label:"),
        ("tram https://example.org/x", "address"),
        ("(" * 60 + "tram" + ")" * 60, "50 brackets"),
    ],
)
def test_what_cannot_be_computed_is_refused(text, why):
    for parse in (parse_query, parse_keyword):
        with pytest.raises(UnreadableQuery, match=why) as error:
            parse(text)
        assert error.value.remedy


@pytest.mark.parametrize("text", ["a AND b OR c", "a OR b AND NOT c", "(x a OR b AND c)"])
def test_and_beside_or_needs_brackets(text):
    with pytest.raises(UnreadableQuery, match="side by side"):
        parse_query(text)


@pytest.mark.parametrize("text", ["tram NOT", "(tram NOT )", "NOT OR bus"])
def test_not_needs_a_word(text):
    with pytest.raises(UnreadableQuery, match="follows NOT"):
        parse_query(text)


@pytest.mark.parametrize("text", ["tram AND bus", "tram NOT bus", "tram -bus", "tram -(a OR b)"])
def test_a_keyword_is_one_thing(text):
    with pytest.raises(UnreadableQuery, match="can’t be counted"):
        parse_keyword(text)


def test_a_prefix_ends_its_phrase():
    with pytest.raises(UnreadableQuery, match="before the last word"):
        parse_keyword("sanction* banks")
    with pytest.raises(UnreadableQuery, match="more than 1,000 phrases"):
        parse_keyword(4 * "(a1 OR b1 OR c1 OR d1 OR e1 OR f1) ")


@pytest.mark.parametrize(
    "term", ["TRACK AND TRACE", "FAR NEAR/5", "NEAR EAST", "WHO", "Belt and Road", "LIVE OR DIE"]
)
def test_a_term_is_a_keyword_as_it_stands(term):
    assert [p.tokens for p in parse_keyword(as_keyword(term))] == [
        tuple(token for token, _ in tokenise(term))
    ]


SIGNS = st.sampled_from(
    [
        "AND ",
        "OR ",
        "NOT ",
        "NEAR/3 ",
        "NEAR ",
        "=",
        "(",
        ")",
        '"',
        "-",
        "* ",
        "tram ",
        "bus ",
        ", ",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(SIGNS, max_size=20).map("".join)))
def test_every_query_is_computed_or_refused(text):
    for parse in (parse_query, parse_keyword):
        with suppress(UnreadableQuery):
            found = parse(text)
            looked_up = found.keywords() if parse is parse_query else [found]
            assert all(p.tokens for keyword in looked_up for p in keyword)


def test_no_depth_is_too_much():
    for text in ("NOT " * 4_000 + "tram", "(" * 9_000, "-(" * 9_000):
        with pytest.raises(UnreadableQuery):
            parse_query(text)
    assert parse_query("  ") == BLANK


@given(
    st.lists(st.text(alphabet="ab c", max_size=12), min_size=1, max_size=5),
    st.text(alphabet="ab c", min_size=1, max_size=4),
)
def test_found_where_brute_force_finds_it(texts, phrase):
    wanted = [t for t, _ in tokenise(phrase)]
    expected = []
    for i, text in enumerate(texts):
        tokens = [t for t, _ in tokenise(text)]
        n = len(wanted)
        expected += [i for j in range(len(tokens) - n + 1) if n and tokens[j : j + n] == wanted]
    assert texts_with(phrase, texts) == expected


def test_spans_point_at_the_words():
    text = "Sanctions, and no-limits ties. SANCTIONED."
    spans = find_spans(parse_keyword("sanction* OR no limits"), text)
    assert [text[a:b] for a, b in spans] == ["Sanctions", "no-limits", "SANCTIONED"]


WORDS = st.sampled_from(
    "us U.S. U.S.A US us. don’t Don't trump's Trump trumpet 3.5 İx 制裁 制裁令 ΟΔΟΣ οδοσ — "
    "no-limits limits u".split()
)


@given(st.lists(WORDS, max_size=12), st.sampled_from([" ", "\n", "\u00a0", "-", "  "]), WORDS,
       st.sampled_from(["", "*", " OR us", " limits"]))  # fmt: skip
def test_spans_are_where_all_tokens_say(words, gap, word, rest) -> None:
    assume(rest != "*" or word not in ("u", "U.S.A"))  # refused: too short
    text, keyword = gap.join(words), parse_keyword(word + rest)
    tokens = tokenise(text)
    expected: list[tuple[int, int]] = []
    for i, (_, (start, _)) in enumerate(tokens):
        for pattern in sorted(keyword, key=lambda p: -len(p.tokens)):
            own = tokens[i : i + len(pattern.tokens)]
            same = [
                token == wanted
                or (pattern.prefix and n == len(pattern.tokens) - 1 and token.startswith(wanted))
                for n, ((token, _), wanted) in enumerate(zip(own, pattern.tokens, strict=False))
            ]
            if len(own) == len(pattern.tokens) and all(same):
                if not expected or start >= expected[-1][1]:
                    expected.append((start, own[-1][1][1]))
                break
    assert find_spans(keyword, text) == expected
