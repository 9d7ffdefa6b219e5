"""Which sources are drawn, and with which colour and shape."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.charts.parts.drawn import LARGEST, Drawn
from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.scope import Scope


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Thirty sources, of thirty articles to one."""
    home = tmp_path_factory.mktemp("drawn")
    rows = [f"Port news {i}-{n},Ship {n} of {i} is here.,Outlet {i}" for i in range(30)
            for n in range(30 - i)]  # fmt: skip
    (home / "a.csv").write_text("\n".join(["title,text,source", *rows]), encoding="utf-8")
    build_index([Path(home / "a.csv")], home / "x")
    return open_index(home / "x")


def ranks(index: Index, *chosen: str) -> list[int]:
    drawn = Drawn(index, Scope(sources=chosen))
    return [drawn.styles[source].rank for source in drawn.ids]


def test_up_to_six_that_are_chosen_have_the_numbers_easiest_to_tell_apart(index: Index) -> None:
    dealt = np.random.default_rng(1)
    ids = [source.source_id for source in index.sources]
    for n in (2, 5, 6, 7, 12):
        for _ in range(20):
            chosen = [ids[i] for i in dealt.permutation(len(ids))[:n]]
            found = ranks(index, *chosen)
            assert len(set(found)) == n
            assert max(found[:LARGEST]) <= LARGEST
            assert ranks(index, *chosen[:-1]) == found[:-1]


def test_the_largest_have_their_own_in_every_choice(index: Index) -> None:
    ids = [source.source_id for source in index.sources]
    assert ranks(index) == [1, 2, 3, 4, 5, 6]
    assert ranks(index, ids[5], ids[2], ids[0]) == [6, 3, 1]
