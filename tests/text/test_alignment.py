"""Two texts side by side: what both have, whatever its order; which paragraphs go together."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import pytest

from dashboard.text import alignment
from dashboard.text.alignment import align, align_several, shared_runs


def words(seed: str, n: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices("abcdefghij", k=6)) for _ in range(n)]


def text(seed: str, n: int = 20) -> str:
    return " ".join(words(seed, n)).capitalize() + "."


def test_what_both_have_is_marked_in_each() -> None:
    shared = text("shared", 12)
    found = align([f"Before it. {shared} After it."], [text("own"), f"It said: “{shared}”"])
    assert found.n_shared == 12
    ((start, end),) = found.left[0]
    assert f"Before it. {shared} After it."[start:end] == shared.rstrip(".")
    assert found.right[0] == []
    ((start, end),) = found.right[1]
    assert f"It said: “{shared}”"[start:end] == shared.rstrip(".")
    assert found.rows == [([], [0]), ([0], [1])]


def test_seven_words_are_too_few_and_case_and_marks_dont_matter() -> None:
    seven, eight = " ".join(words("x", 7)), " ".join(words("y", 8))
    found = align([f"{seven} one. {eight.upper()}!"], [f"{seven} two. {eight}"])
    assert found.n_shared == 8


def test_a_run_across_paragraphs_is_cut_at_their_ends() -> None:
    run = words("run", 16)
    found = align([" ".join(run)], [" ".join(run[:10]), " ".join(run[10:])])
    assert len(found.left[0]) == 1
    assert [len(spans) for spans in found.right] == [1, 1]
    assert found.rows == [([0], [0, 1])]


def test_paragraphs_in_another_order_are_marked_and_dont_cross() -> None:
    parts = [text(f"part {n}") for n in range(4)]
    found = align(parts, [parts[1], parts[2], parts[0], parts[3]])
    assert all(found.left)
    assert all(found.right)
    assert found.rows == [([0], []), ([1], [0]), ([2], [1]), ([], [2]), ([3], [3])]


def test_texts_without_spaces_are_read_by_their_words() -> None:
    shared = "貿易戦争は世界経済に大きな影響を与える可能性があると専門家は述べた"
    found = align([shared], ["はじめに。" + shared])
    assert found.n_shared >= 8
    assert len(found.right[0]) == 1


@pytest.mark.parametrize("sides", [([], []), (["", "a b"], []), ([], ["."]), ([""], [""])])
def test_next_to_nothing_is_no_error(sides: tuple[list[str], list[str]]) -> None:
    found = align(*sides)
    assert found.n_shared == 0
    assert len(found.rows) == sum(map(len, sides))


def test_no_word_is_in_two_runs_and_every_run_is_equal() -> None:
    rng = random.Random(4)
    for _ in range(200):
        left, right = (rng.choices("ab", k=rng.randrange(60)) for _ in range(2))
        runs = shared_runs(left, right)
        for first, side in ((0, left), (1, right)):
            taken = Counter(run[first] + k for run in runs for k in range(run[2]))
            assert max(taken.values(), default=1) == 1
            assert all(0 <= at < len(side) for at in taken)
        assert all(left[i : i + n] == right[j : j + n] and n >= 8 for i, j, n in runs)


def test_paragraphs_that_were_put_together_or_cut_stand_beside_the_whole() -> None:
    parts = [text(f"piece {n}") for n in range(4)]
    longest = text("long", 40)
    found = align(
        [*parts[:2], longest, *parts[2:]], [f"{parts[0]} {parts[1]} {longest}", *parts[2:]]
    )
    assert found.rows == [([0, 1, 2], [0]), ([3], [1]), ([4], [2])]
    back = align(["alone", f"{longest} {parts[0]}", "x y"], [longest, parts[0], "z"])
    assert back.rows == [([0], []), ([1], [0, 1]), ([2], []), ([], [2])]


def test_every_paragraph_is_in_one_row_in_its_order() -> None:
    rng = random.Random(5)
    pieces = [text(f"any {n}", 10) for n in range(6)]
    for _ in range(100):
        sides = [
            [" ".join(rng.choices(pieces, k=rng.randint(1, 3))) for _ in range(rng.randrange(6))]
            for _ in range(2)
        ]
        rows = align(*sides).rows
        for side in (0, 1):
            assert [k for row in rows for k in row[side]] == list(range(len(sides[side])))


def test_the_chain_is_the_heaviest() -> None:
    rng = random.Random(9)
    for _ in range(100):
        lefts = sorted(rng.sample(range(12), 6))
        together = Counter({(a, rng.randrange(8)): rng.randint(1, 9) for a in lefts})
        chain = alignment._in_order(together)
        assert all(a < c and b < d for (a, b), (c, d) in combinations(chain, 2))
        heaviest = max(
            sum(together[pair] for pair in some)
            for size in range(1, 7)
            for some in combinations(sorted(together), size)
            if all(a < c and b < d for (a, b), (c, d) in combinations(some, 2))
        )
        assert sum(together[pair] for pair in chain) == heaviest


def test_the_same_word_over_and_over_takes_bounded_work() -> None:
    found = align(["so " * 20_000], ["so " * 20_000])  # all pairs of places would be 400 million
    assert found.n_shared > 10_000


def test_several_say_which_others_have_it() -> None:
    all_have, two_have = text("all", 14), text("two", 12)
    texts = [
        [all_have, text("mine")],
        [text("theirs"), all_have, two_have],
        [two_have, all_have],
    ]
    found = align_several(texts)
    said = [[[others for _, others in own] for own in of_text] for of_text in found.spans]
    assert said == [[[(1, 2)], []], [[], [(0, 2)], [(2,)]], [[(1,)], [(0, 1)]]]
    assert found.n_shared == 14
    # What all have stands in one row; nothing is lost, nothing twice, and order stays.
    assert [[0], [1], [1]] in found.rows
    for at, paragraphs in enumerate(texts):
        assert [k for row in found.rows for k in row[at]] == list(range(len(paragraphs)))


def test_a_run_that_one_has_in_part_is_parted() -> None:
    run = words("run", 30)
    texts = [[" ".join(run)], [" ".join(run[:20])], [" ".join(run[10:])]]
    (own,) = align_several(texts).spans[0]
    assert [others for _, others in own] == [(1,), (1, 2), (2,)]
    assert own[0][0][0] == 0
    assert own[-1][0][1] == len(texts[0][0])


@pytest.mark.parametrize("seed", range(12))
def test_every_paragraph_of_several_stands_once_and_in_order(seed: int) -> None:
    rng = random.Random(seed)
    pool = [text(f"p{i}", 10) for i in range(9)]
    texts = [[rng.choice(pool) for _ in range(rng.randrange(7))] for _ in range(rng.choice((3, 4)))]
    found = align_several(texts)
    for at, paragraphs in enumerate(texts):
        assert [k for row in found.rows for k in row[at]] == list(range(len(paragraphs)))
        assert len(found.spans[at]) == len(paragraphs)
    assert all(any(row) for row in found.rows)


def test_two_of_several_are_as_two() -> None:
    texts = [[text("a"), text("b", 10)], [text("b", 10), text("c")]]
    two, several = align(*texts), align_several(texts)
    assert several.n_shared == two.n_shared
    assert [[span for span, _ in own] for own in several.spans[0]] == two.left
    assert [tuple(row) for row in several.rows] == two.rows


def test_no_column_waits_for_the_end_of_another() -> None:
    def words(name: str) -> str:
        return " ".join(f"{name}{i}" for i in range(12))

    first = [words(f"a{i}") for i in range(9)]
    second = [words("b0"), first[1], words("b1")]
    third = [*(words(f"c{i}") for i in range(6)), first[7], words("d0")]
    found = align_several([first, second, third])
    for column, text in enumerate((first, second, third)):
        assert [k for row in found.rows for k in row[column]] == list(range(len(text)))
    assert any(1 in row[0] and 1 in row[1] for row in found.rows)
    assert any(7 in row[0] and 6 in row[2] for row in found.rows)
    assert found.rows[0][2]  # the third begins at the top, not before its first shared paragraph
    assert max(len(row[2]) for row in found.rows) <= 3
