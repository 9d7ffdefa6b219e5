from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts import keyness
from dashboard.charts.parts.theme import SourceStyle
from tests.charts.conftest import id_of, with_ids

Styles = dict[str, SourceStyle]


@pytest.fixture
def table() -> pd.DataFrame:
    rows = pd.DataFrame(
        [
            ("Beta", "oil & gas", 3.1, 1.0, 9, 2, True),
            ("Beta", "yuan", 1.2, 0.4, 3, 2, False),
            ("Beta", "never", -2.0, -0.4, 0, 7, False),
            ("Alpha", "summit", 1.9, 0.6, 4, 2, False),
            (None, "stray", 4.0, 1.6, 4, 0, True),
        ],
        columns=["source", "term", "z", "log_odds", "n_source", "n_rest", "distinguishable"],
    )
    return with_ids(rows)


def test_keyness_panels_are_sorted_and_pale_where_not_distinguishable(
    table: pd.DataFrame, styles: Styles
) -> None:
    panels = keyness.keyness(table, styles, "light")
    assert list(panels) == [id_of("Alpha"), id_of("Beta")]
    (bars,) = panels[id_of("Beta")].data
    assert list(bars.x) == [1.0, 0.4]
    assert list(bars.text) == ["2.7×", "1.5×"]
    assert bars.marker.color[0] == styles[id_of("Beta")].color("light")
    assert bars.marker.color[1].startswith("rgba")
    assert tuple(bars.customdata[0][:2]) == ("oil & gas", "Beta")
    assert bars.customdata[0][2] == "oil &amp; gas"
    ranges = {panel.layout.xaxis.range[1] for panel in panels.values()}
    assert len(ranges) == 1


def test_what_is_beyond_chance_comes_first(table: pd.DataFrame, styles: Styles) -> None:
    rows = table.assign(distinguishable=table["term"] == "yuan")
    (bars,) = keyness.keyness(rows, styles, "light")[id_of("Beta")].data
    assert [cells[0] for cells in bars.customdata] == ["yuan", "oil & gas"]
    assert list(bars.customdata[0][4:]) == ["3", "2", "1.5×"]


def test_empty_table(table: pd.DataFrame, styles: Styles) -> None:
    assert keyness.keyness(table.head(0), styles, "light") == {}
    assert not keyness.keyness_panel(table.head(0), styles[id_of("Alpha")], "light").data
