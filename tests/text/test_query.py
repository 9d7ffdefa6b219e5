"""Queries: words, phrases, prefixes, alternatives, found where brute force finds them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.text.query import find_any, find_spans, parse_excluded, parse_keyword, parse_query
from dashboard.text.token_arrays import read_tokens
from dashboard.text.token_rule import tokenise

TEXTS = ["The no-limits partnership has limits", "Sanctions: no limits yet; sanctioned banks", ""]


def texts_with(keyword, texts=TEXTS):
    stream = read_tokens(texts)
    alternatives = []
    for pattern in parse_keyword(keyword):
        row = [[i for i, w in enumerate(stream.vocabulary) if w == t] for t in pattern.tokens]
        if pattern.prefix:
            last = pattern.tokens[-1]
            row[-1] = [i for i, w in enumerate(stream.vocabulary) if w.startswith(last)]
        alternatives.append([np.asarray(numbers, dtype=np.int64) for numbers in row])
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
        ("s*", []),  # too short a stem
        ("no limits OR limits", [0, 0, 1]),  # a place counts once
    ],
)
def test_keyword(keyword, found):
    assert texts_with(keyword) == found


def test_a_phrase_does_not_cross_texts():
    assert texts_with("a b", ["x a", "b y", "a b"]) == [2]


def test_query_parts_must_all_occur():
    parts = parse_query('trade "no limits" sanction* yuan OR rouble')
    assert [[p.tokens for p in part] for part in parts] == [
        [("trade",)],
        [("no", "limits")],
        [("sanction",)],
        [("yuan",), ("rouble",)],
    ]
    assert parts[2][0].prefix


@pytest.mark.parametrize(
    ("query", "wanted", "unwanted"),
    [
        ("tram -flood", [("tram",)], [("flood",)]),
        ("NOT tram", [], [("tram",)]),
        ("tram AND flood", [("tram",), ("flood",)], []),
        ("tram,flood", [("tram",), ("flood",)], []),
        ('-"no limits" 5,000', [("5,000",)], [("no", "limits")]),
        ("no-limits", [("no", "limits")], []),
        ("OR tram OR", [("tram",)], []),
    ],
)
def test_what_must_and_must_not_occur(query, wanted, unwanted):
    assert [p.tokens for part in parse_query(query) for p in part] == wanted
    assert [p.tokens for part in parse_excluded(query) for p in part] == unwanted


@given(st.text(max_size=80))
def test_no_query_raises(text):
    parse_query(text)
    parse_keyword(text)


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
