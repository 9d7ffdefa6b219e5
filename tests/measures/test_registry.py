"""The registry of tables, and what follows from it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.export import _table_options
from dashboard.index.index import Index
from dashboard.measures import TABLES, registry
from dashboard.measures.registry import Option, table
from dashboard.scope import Scope

ROOT = Path(__file__).parents[2]
NOTHING = Scope(date_from=date(1800, 1, 1), date_to=date(1800, 1, 2))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_columns_it_declares(seeds_index: Index, name: str) -> None:
    declared = [*TABLES[name].columns]
    assert [*TABLES[name](seeds_index, Scope()).columns] == declared
    nothing = TABLES[name](seeds_index, NOTHING)
    assert [*nothing.columns] == declared


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_a_meaning_of_one_line(name: str) -> None:
    assert TABLES[name].row
    for meaning in TABLES[name].columns.values():
        assert meaning
        assert "\n" not in meaning
        assert "|" not in meaning
    assert TABLES[name].methods.keys() <= TABLES[name].columns.keys()


def test_who_names_a_source_has_its_id(seeds_index: Index) -> None:
    names = dict(zip(seeds_index.source_ids, seeds_index.source_names, strict=True))
    naming = [t for t in TABLES.values() if "source" in t.columns and t.name != "notes"]
    assert len(naming) >= 10
    for each in naming:
        story = TABLES["story_list"](seeds_index, Scope())["story_id"].iloc[0]
        of_story = each.name in ("additions", "near_articles")
        scope = Scope(story=story) if of_story else Scope(query="trade")
        rows = each(seeds_index, scope)
        assert len(rows)
        assert [names[i] for i in rows["source_id"]] == rows["source"].tolist()


def test_the_page_of_tables_is_up_to_date() -> None:
    command = [sys.executable, ROOT / "docs" / "write_tables.py", "--check"]
    assert subprocess.run(command, check=False, cwd=ROOT).returncode == 0


def test_an_option_of_the_command_line_has_one_meaning() -> None:
    options = _table_options()
    assert len({o.flag for o in options}) == len({o.name for o in options}) == len(options)
    assert {o.flag: names for o, names in options.items()} == {
        "--among": ["trends_together", "trends"],
        "--alike": ["similarity"],
        "--article": ["marks", "near_articles"],
        "--compare-by": [
            "summary",
            "coverage",
            "periods",
            "lanes",
            "source_dates",
            "keyness",
            "power",
            "source_profile",
            "similarity",
            "source_topics",
            "trends",
        ],
        "--cited": ["quotes"],
        "--keyword": [
            "collocates",
            "concordance",
            "uses",
            "dispersion",
            "wording",
            "wording_uses",
            "marks",
            "related_words",
            "bursts",
            "changes",
            "trends_together",
            "trends",
        ],
        "--name": ["names", "names_by_source", "mentions", "titles_of_names"],
        "--once": ["search"],
        "--part": ["brief"],
        "--period": ["coverage", "periods", "lanes", "trends_together", "trends"],
        "--relevance": ["topic_terms"],
        "--since": ["rising", "word_shift"],
        "--smallest": ["story_list"],
        "--smooth": ["trends_together", "trends"],
        "--status": ["figure_groups"],
        "--sort": ["concordance"],
        "--speaker": ["quotes"],
        "--title": ["mentions"],
        "--told": ["timeline", "timeline_periods"],
        "--within": ["keyness", "power"],
        "--word": ["concordance", "uses", "dispersion", "wording_uses"],
    }


def test_the_key_of_a_cached_table_holds_its_options() -> None:
    trends = TABLES["trends"]
    assert trends.key(keywords=["a", "b"]) == trends.key(keywords=("a", "b"))
    assert trends.key(keywords=["a", "b"]) != trends.key(keywords=["b", "a"])
    assert len({trends.key(keywords=["a"]), trends.key()}) == 2
    assert trends.key(keywords=None) == (("keywords", None),)
    with pytest.raises(TypeError, match="takes no relevance"):
        trends.key(relevance=1)


def test_a_measure_is_entered_once_with_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "TABLES", {})

    @table("toy", row="a toy", columns={"a": "the first"}, options=[Option("most")])
    def toy(most: int = 2) -> pd.DataFrame:
        """All toys."""
        return toy.frame([(i,) for i in range(most)])

    entered: dict[str, Any] = {"toy": toy}
    assert entered == registry.TABLES
    assert toy.__doc__ == "All toys."
    assert toy(most=3)["a"].tolist() == [0, 1, 2]
    assert toy.frame().empty
    with pytest.raises(ValueError, match="toy has a, not b"):
        toy.frame({"b": [1]})
    with pytest.raises(ValueError, match="two tables 'toy'"):
        table("toy", row="", columns={})(lambda: toy.frame())
