"""What is worked out a block at a time, to hold less memory, is the same whatever a block holds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from dashboard import arrays
from dashboard.commands.build import with_whole
from dashboard.index.building.build import build_index
from dashboard.index.copies import grams
from dashboard.index.fitting import topic_names
from dashboard.index.furniture import entries, shapes, templates
from dashboard.index.segments import tokens
from dashboard.index.stories import likeness
from dashboard.measures.related import windows
from dashboard.measures.rises import counts

DEMO = Path(__file__).resolve().parents[3] / "demo" / "generated-not-news.csv.gz"
#: Every size of a block, so that each takes a few articles, texts, words or pairs.
SMALL: Mapping[ModuleType, Mapping[str, int]] = {
    arrays: {"BLOCK": 500, "_COUNTED": 100},
    counts: {"AT_ONCE": 0, "LEAST_AT_ONCE": 50},
    entries: {"AT_ONCE": 300},
    grams: {"_BLOCK": 300},
    likeness: {"_JUDGED": 20},
    shapes: {"AT_ONCE": 300},
    templates: {"AT_ONCE": 300},
    tokens: {"_AT_ONCE": 300},
    topic_names: {"AT_ONCE": 5},
    windows: {"AT_ONCE": 3},
}


def files_of(table: Path, out: Path) -> dict[str, bytes]:
    """The arrays of an index of ``table``, by file."""
    build_index([table], out)
    folder = with_whole(out).folder
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.bin"))}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred articles with stories, copies and furniture."""
    path = tmp_path_factory.mktemp("demo") / "demo.csv"
    pd.read_csv(DEMO, dtype=str)[:100].to_csv(path, index=False)
    return path


def test_the_index_is_the_same_whatever_a_block_holds(table: Path, tmp_path: Path) -> None:
    usual = files_of(table, tmp_path / "usual")
    with pytest.MonkeyPatch.context() as patch:
        for module, sizes in SMALL.items():
            for name, size in sizes.items():
                assert size < getattr(module, name)
                patch.setattr(module, name, size)
        small = files_of(table, tmp_path / "small")
    assert {"house_style-000000.bin", "stories.bin", "related.bin", "rises.bin"} <= usual.keys()
    assert usual.keys() == small.keys()
    assert [name for name, data in usual.items() if small[name] != data] == []
