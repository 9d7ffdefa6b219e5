"""Uses of a keyword drawn: a tick each, or a tick a period; the words near it."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.concordance.collocates import MOST, collocates
from dashboard.charts.concordance.dispersion import MOST_ROWS, dispersion
from dashboard.charts.parts.theme import SourceStyle

STYLES = {"a": SourceStyle("Alfa <b>", 1), "b": SourceStyle("Beta", 2)}
COLUMNS = ["article_id", "source_id", "date", "period", "place"]


def test_few_articles_have_a_row_each() -> None:
    rows = [("x", "a", "2021-03-04", "2021-03", 0.1), ("x", "a", "2021-03-04", "2021-03", 0.9),
            ("y", None, None, None, 0.5)]  # fmt: skip
    made = dispersion(pd.DataFrame(rows, columns=COLUMNS), STYLES, "light")
    assert [list(trace.x) for trace in made.data] == [[0.1, 0.9], [0.5]]
    assert [row[0] for trace in made.data for row in trace.customdata] == ["x", "x", "y"]
    assert made.layout.meta["keys"] == ["article"]
    assert "Alfa &lt;b&gt;" in made.layout.annotations[3].text
    assert "undated, 1 use" in made.layout.annotations[4].text


def test_many_articles_are_counted_by_source_and_period() -> None:
    rows = [(f"x{i}", "ab"[i % 2], "2021-03-04", f"2021-0{1 + i % 3}", 0.2) for i in range(30)]
    rows += [("u", "a", None, None, 0.3)]
    made = dispersion(pd.DataFrame(rows, columns=COLUMNS), STYLES, "dark")
    assert made.layout.meta["keys"] == ["src", "period"]
    cells = {tuple(row[:2]): row[4] for trace in made.data for row in trace.customdata}
    assert cells["a", None] == "1 use"
    assert {key: cells[key] for key in cells if key[1]} == {
        (source, f"2021-0{month}"): "5 uses" for source in "ab" for month in (1, 2, 3)
    }
    (undated,) = [trace for trace in made.data if trace.xaxis == "x2"]
    assert list(undated.x) == [0.5]


def test_only_the_sources_with_most_uses_have_a_row() -> None:
    rows = [(f"{s}{i}", f"s{s:02d}", "2021-03-04", "2021-03", 0) for s in range(20)
            for i in range(s + 1)]  # fmt: skip
    made = dispersion(pd.DataFrame(rows, columns=COLUMNS), {}, "light")
    drawn = [trace.customdata[0][0] for trace in made.data]
    assert drawn == [f"s{s:02d}" for s in range(19, 19 - MOST_ROWS, -1)]


def test_words_that_could_be_chance_are_pale() -> None:
    rows = [("sure", 9, 5, 11.0, 30.0, 1e-6), ("chance", 2, 2, 7.0, 0.1, 0.9),
            ("fewer", 2, 2, -1.0, -30.0, 1e-6)]  # fmt: skip
    columns = ["word", "n_near", "n_near_articles", "log_dice", "log_likelihood", "q"]
    made = collocates(pd.DataFrame(rows, columns=columns), "light")
    sure, chance, fewer = made.data[0].marker.color
    assert chance == fewer != sure
    assert list(made.data[0].x) == [11, 7, 0]
    assert [row[0] for row in made.data[0].customdata] == ["sure", "chance", "fewer"]
    many = pd.DataFrame([rows[0]] * 50, columns=columns)
    assert len(collocates(many, "light").data[0].x) == MOST


def test_nothing_to_draw() -> None:
    assert not dispersion(pd.DataFrame(columns=COLUMNS), {}, "light").data
    assert not collocates(pd.DataFrame(columns=["word"]), "light").data
