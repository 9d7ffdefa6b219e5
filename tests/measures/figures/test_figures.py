"""Figures of several sources: what agrees, what differs, what stands alone, and the seeds."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures.figures.figures import ASKED, figure_groups, figures
from dashboard.measures.figures.grouping import STATUSES
from dashboard.scope import Scope

#: One flood as three papers tell it, written for this.
FLOOD = {
    "Harbour Post": "The river Lenne burst its banks at Altdorf on Monday night. Rescue workers "
    "said the flood killed 41 people in Altdorf. The mayor put the damage to the town at $62 "
    "million. More than 900 houses are under water. The dam is 340 metres long.",
    "Valley Times": "Rescue workers in Altdorf counted the dead after the river Lenne burst its "
    "banks on Monday night. The flood killed 28 people in Altdorf, rescue workers said. The damage "
    "to the town was put at 62 million dollars by the mayor. Some 940 houses are under water.",
    "North Wire": "Altdorf woke to a flood after the river Lenne burst its banks on Monday night. "
    "The mayor of Altdorf asked the government for help. Rescue workers are still searching. The "
    "mayor is 52 years old and has held office for 11 years.",
}


def built(folder: Path, texts: dict[str, str], day: str = "2024-03-05") -> Index:
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["title", "source", "date", "text"])
        for source, text in texts.items():
            writer.writerow([f"Flood in Altdorf, {source}", source, day, text])
    build_index([path], folder / "index")
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return figures(built(tmp_path_factory.mktemp("flood"), FLOOD), Scope())


def status(table: pd.DataFrame, text: str) -> str:
    found: str = table.loc[table["text"] == text, "status"].item()
    return found


def test_the_same_value_in_other_words_agrees(table: pd.DataFrame) -> None:
    both = table[table["value"] == 62e6]
    assert sorted(both["text"]) == ["$62 million", "62 million dollars"]
    assert set(both["status"]) == {"agree"}
    assert both["group_id"].nunique() == 1
    assert both["source"].nunique() == 2


def test_one_value_that_leaves_the_other_open_is_close(table: pd.DataFrame) -> None:
    assert status(table, "900 houses") == status(table, "940 houses") == "close"


def test_other_values_of_one_thing_are_to_be_checked(table: pd.DataFrame) -> None:
    assert status(table, "41 people") == status(table, "28 people") == "different figures, check"
    assert "contradict" not in " ".join(STATUSES)


def test_what_one_source_has_is_alone_and_an_age_is_none(table: pd.DataFrame) -> None:
    assert status(table, "11 years") == "alone"
    assert table.loc[table["status"] == "alone", "group_id"].isna().all()
    assert not table["text"].str.contains("52").any()


def test_groups_come_first_and_are_what_the_other_table_has(tmp_path: Path) -> None:
    index = built(tmp_path, FLOOD)
    every, groups = figures(index, Scope()), figure_groups(index, Scope())
    n = len(groups)
    assert 0 < n < len(every)
    pd.testing.assert_frame_equal(every.head(n), groups, check_dtype=False)
    assert len(figures(index, Scope(), first=1, most=2)) == 2
    assert figure_groups(index, Scope(), most=1)["group_id"].nunique() == 1
    assert figure_groups(index, Scope(sources=("north-wire",))).empty
    parts = {word: figure_groups(index, Scope(), status=word) for word in ASKED}
    assert {word: set(part["status"]) for word, part in parts.items() if len(part)} == {
        word: {status} for word, status in ASKED.items() if status in set(groups["status"])
    }
    assert sum(map(len, parts.values())) == n
    assert figure_groups(index, Scope(), first=1, most=9, status="agree")["group_id"].nunique() == (
        parts["agree"]["group_id"].nunique() - 1
    )


def test_copies_of_one_text_are_one_voice(tmp_path: Path) -> None:
    text = FLOOD["Harbour Post"]
    index = built(tmp_path, {"Harbour Post": text, "Evening Copy": text + " We keep you posted."})
    table = figures(index, Scope())
    assert (table["value"] == 62e6).sum() == 2
    assert set(table["status"]) == {"alone"}


def test_places_point_to_the_text(table: pd.DataFrame) -> None:
    assert len(table) > 7
    for row in table.itertuples():
        assert row.text in row.sentence_text
        assert row.end - row.start == len(row.text)


def test_two_of_the_seeds_agree_on_trade_and_two_have_no_figures(seeds_index: Index) -> None:
    table = figures(seeds_index, Scope())
    together = table[table["status"] == "agree"]
    assert together["text"].tolist() == ["$240 billion"] * 2
    assert set(together["source"]) == {"Nikkei Asia", "Unnamed outlet"}
    assert set(together["period"]) == {"2023-01-01/2023-12-31"}
    assert set(table["source"]) == {"CSIS summary", "Nikkei Asia", "Unnamed outlet"}
    assert (table["status"] == "alone").sum() == len(table) - 2
