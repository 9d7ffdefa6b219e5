"""Copies: pairs and groups over segments, whatever was cut, reordered or put in front; templates
are no copies."""

from __future__ import annotations

import random
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from dashboard.index.copies import candidates, compare
from dashboard.index.layers.copies import KINDS, Copies
from dashboard.index.layers.layer import Arrays, SegmentView

Words = list[int]
rng = random.Random(11)


def text(n: int) -> Words:
    """Words that no other text has in this order."""
    return [rng.randrange(50_000) for _ in range(n)]


def segment(texts: Sequence[Words], sources: Sequence[str]) -> SegmentView:
    counts = {
        "ids": np.asarray([word for words in texts for word in words], dtype=np.int32),
        "offsets": np.cumsum([0, *map(len, texts)]),
        "article_passages": np.arange(len(texts) + 1),
    }

    class Store(SimpleNamespace):
        def __len__(self) -> int:
            return len(texts)

    articles: Any = Store(column=lambda _name: sources)
    bare = SegmentView(articles, cast("Any", counts), cast("Any", None), {})
    layers: Any = {"copies": Copies().extract(bare)}
    return SegmentView(articles, bare.counts, bare.lexicon, layers)


def joined(texts: Sequence[Words], sources: Sequence[str] | None = None, size: int = 7) -> Arrays:
    """The layer over segments of ``size`` articles."""
    sources = sources or [f"Paper {n}" for n in range(len(texts))]
    cuts = range(0, len(texts), size)
    return Copies().join([segment(texts[i : i + size], sources[i : i + size]) for i in cuts])


def kinds(found: Arrays) -> dict[tuple[int, int], str]:
    keys = zip(found["pair_a"].tolist(), found["pair_b"].tolist(), strict=True)
    return dict(zip(keys, (list(KINDS)[k] for k in found["pair_kind"].tolist()), strict=True))


def test_a_copy_is_found_with_a_new_opening_cut_and_in_another_order() -> None:
    long = text(600)
    pieces = [long[i : i + 30] for i in range(0, 600, 30)]
    shuffled = [word for piece in reversed(pieces[:16]) for word in piece]
    half = [*long[:150], *text(150)]
    quarter = [*text(300), *long[300:400]]
    found = joined(
        [text(400), long, text(300), [*text(25), *long], shuffled, half, quarter, text(500)]
    )
    mine = {pair: kind for pair, kind in kinds(found).items() if 1 in pair}
    assert mine == {
        (1, 3): "same article",
        (1, 4): "shared copy",
        (1, 5): "shares passages",
        (1, 6): "shares passages",
    }
    assert found["copy_group"].tolist() == [-1, 0, -1, 0, 0, -1, -1, -1]
    at = list(kinds(found)).index((1, 5))
    assert found["pair_containment"][at] == pytest.approx(143 / 293)
    assert found["pair_words"][at] == 150


def test_containment_is_of_the_shorter_one_and_of_different_runs() -> None:
    short = text(40)
    found = joined([[*text(900), *short, *text(900)], [*short, *short]])
    # 33 runs of the short text, and 7 where it begins anew
    assert found["pair_containment"].tolist() == [pytest.approx(33 / 40)]
    assert found["pair_words"].tolist() == [80]
    assert found["copy_group"].tolist() == [-1, -1]  # a twentieth of the longer one


@pytest.mark.parametrize("n", [9, 12, 20, 45, 79, 100])
def test_no_short_article_slips_through_the_sample(n: int) -> None:
    texts, pairs = [], []
    for _ in range(60):
        piece = text(n)
        pairs.append((len(texts), len(texts) + 1))
        texts += [[*text(700), *piece, *text(200)], piece]
    assert set(kinds(joined(texts))) == set(pairs)


def test_segments_and_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    base = [text(200) for _ in range(12)]
    texts = [*base, *[[*text(20), *words[:120]] for words in base], *[words[:30] for words in base]]
    whole = joined(texts, size=100)
    monkeypatch.setattr(candidates, "_AT_ONCE", 64)
    monkeypatch.setattr(compare, "_AT_ONCE", 500)
    monkeypatch.setattr(compare, "_PIECE", 200)
    parts = joined(texts, size=5)
    assert len(whole["pair_a"]) == 36
    assert {name: values.tolist() for name, values in whole.items()} == {
        name: values.tolist() for name, values in parts.items()
    }


def test_a_house_template_is_no_copy_within_its_outlet_or_with_another() -> None:
    template = text(120)
    texts = [[*text(100), *template] for _ in range(6)]
    sources = ["The Gazette"] * 5 + ["Gazette Online"]
    assert len(joined(texts, sources)["pair_a"]) == 0
    both = [[*template, *text(90)] for _ in range(10)]
    assert len(joined(both, ["East", "West"] * 5)["pair_a"]) == 0
    # Of what else they share nothing is lost.
    copied = joined([*texts, [*texts[0][:95], *text(10)]], [*sources, "Elsewhere"])
    assert list(kinds(copied)) == [(0, 6)]


def test_many_versions_of_one_text_are_no_template() -> None:
    original = text(400)
    versions = [[*original[: 400 - 20 * n], *text(30)] for n in range(8)]
    found = joined([original, *versions], ["Wire"] * 9)
    assert set(found["copy_group"].tolist()) == {0}
    assert len(found["pair_a"]) == 36


def test_a_template_is_known_though_some_who_carry_it_were_copied() -> None:
    template = text(120)
    texts = [[*text(100), *template] for _ in range(6)]
    stolen = [[*text(10), *words[:100]] for words in texts[:3]]
    found = joined([*texts, *stolen], ["Gazette"] * 6 + ["Herald"] * 3)
    assert set(kinds(found)) == {(0, 6), (1, 7), (2, 8)}


def test_text_that_hundreds_have_makes_one_group() -> None:
    wire = text(150)
    found = joined([[*wire, *text(12)] for _ in range(400)], size=90)
    assert set(found["copy_group"].tolist()) == {0}
    assert len(found["pair_a"]) < 400 * 128


def test_a_roundup_doesnt_make_copies_of_what_it_holds() -> None:
    reports = [text(60) for _ in range(12)]
    found = joined([*reports, [word for report in reports for word in report]])
    assert set(kinds(found).values()) == {"same article"}
    assert len(found["pair_a"]) == 12
    assert set(found["copy_group"].tolist()) == {-1}


def test_without_articles_or_words_there_is_nothing() -> None:
    for texts in ([], [[]], [[1, 2, 3], [1, 2, 3]], [text(300)]):
        found = joined(texts)
        assert len(found["pair_a"]) == 0
        assert found["copy_group"].tolist() == [-1] * len(texts)
