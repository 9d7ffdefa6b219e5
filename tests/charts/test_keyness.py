from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.charts import keyness
from dashboard.charts.parts.text import text_width
from dashboard.charts.parts.theme import SourceStyle
from tests.charts.conftest import id_of, with_ids

Styles = dict[str, SourceStyle]


@pytest.fixture
def table() -> pd.DataFrame:
    rows = pd.DataFrame(
        [
            ("Beta", "oil & gas", 1.0, 0.5, 1.3, 9, 2, 4, 2, True),
            ("Beta", "yuan", 0.4, -0.2, 1.0, 3, 2, 1, 1, False),
            ("Beta", "never", -0.4, -1.0, 0.2, 0, 7, 0, 3, False),
            ("Alpha", "summit", 0.6, float("nan"), float("nan"), 4, 2, 1, 2, False),
            (None, "stray", 1.6, 1.0, 2.2, 4, 0, 2, 0, True),
        ],
        columns=["source", "term", "log_odds", "ci_low", "ci_high", "n_group", "n_rest",
                 "df_group", "df_rest", "distinguishable"],
    )  # fmt: skip
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
    assert list(bars.customdata[0][3:]) == [
        "3 times in 1 article", "2 times in 1 article", "1.5× as often (0.82 to 2.7×)", "Beta",
    ]  # fmt: skip


def test_intervals_are_drawn_where_articles_can_tell(table: pd.DataFrame, styles: Styles) -> None:
    panels = keyness.keyness(table, styles, "dark")
    (bars,) = panels[id_of("Beta")].data
    assert list(bars.error_x.array) == pytest.approx([0.3, 0.6])
    assert list(bars.error_x.arrayminus) == pytest.approx([0.5, 0.6])
    (alone,) = panels[id_of("Alpha")].data
    assert list(alone.error_x.array) == [0]
    assert "(one article can’t tell)" in alone.customdata[0][5]


def test_what_the_others_never_say_has_no_ratio(table: pd.DataFrame, styles: Styles) -> None:
    rows = table.assign(
        log_odds=np.where(table["term"] == "yuan", 12.0, table["log_odds"]),
        n_rest=np.where(table["term"] == "yuan", 0, table["n_rest"]),
    )
    (bars,) = keyness.keyness(rows, styles, "light")[id_of("Beta")].data
    at = [cells[0] for cells in bars.customdata].index("yuan")
    assert bars.text[at] == bars.customdata[at][5] == "only here"
    assert bars.x[at] == max(bars.x) == pytest.approx(np.log(keyness.LONGEST))
    assert bars.error_x.array[at] == 0


def test_no_interval_reaches_its_number(table: pd.DataFrame, styles: Styles) -> None:
    rows = table.assign(ci_high=table["log_odds"] + 30)
    panel = keyness.keyness(rows, styles, "light")[id_of("Beta")]
    (bars,) = panel.data
    numbers = [each for each in panel.layout.annotations if each.xanchor == "right"]
    edge = panel.layout.xaxis.range[1]
    for number, length, beyond in zip(numbers, bars.x, bars.error_x.array, strict=True):
        begins = edge * (1 - text_width(number.text, 12) / keyness.NARROWEST)
        assert length + beyond == pytest.approx(begins)
        assert length < begins


def test_a_term_is_whole_until_the_browser_knows_its_room(
    table: pd.DataFrame, styles: Styles
) -> None:
    long = "White House press Secretary Sarah Huckabee <Sanders>"
    panel = keyness.keyness(table.assign(term=long), styles, "light")[id_of("Beta")]
    terms = [each for each in panel.layout.annotations if each.name == "fitted"]
    assert {each.text for each in terms} == {long.replace("<", "&lt;").replace(">", "&gt;")}
    assert len(terms) == len(panel.data[0].x)


def test_empty_table(table: pd.DataFrame, styles: Styles) -> None:
    assert keyness.keyness(table.head(0), styles, "light") == {}
    assert not keyness.keyness_panel(table.head(0), styles[id_of("Alpha")], "light").data
