from __future__ import annotations

import pandas as pd

from dashboard.charts.parts.theme import SourceStyle
from dashboard.charts.trends.lanes import lanes

COLUMNS = ["source_id", "first", "last", "n_articles"]
STYLES = {"ard": SourceStyle("ARD <b>", 1), "zdf": SourceStyle("ZDF", 2)}
TABLE = pd.DataFrame(
    [
        ("ard", "2019-01", "2019-03", 40), ("ard", "2019-06", "2019-06", 2), ("ard", None, None, 7),
        ("zdf", "2019-02", "2019-08", 30), ("arte", "2019-01", "2019-02", 3),
        ("rbb", "2019-02", "2019-04", 5), (None, "2019-05", "2019-05", 1),
    ],
    columns=COLUMNS,
)  # fmt: skip


def test_a_lane_has_a_bar_for_each_stretch_and_says_its_gaps() -> None:
    fig = lanes(TABLE, STYLES, "light")
    assert [len(trace.base) for trace in fig.data] == [2, 1, 2, 1]
    assert [trace.customdata[0][0] for trace in fig.data] == ["ard", "zdf", "", None]
    texts = [label.text for label in fig.layout.annotations]
    assert "ARD &lt;b&gt;" in texts[0]
    assert "Jan 2019 – Jun 2019, 1 gap, 7 undated" in texts[0]
    # What overlaps is no gap between the sources that share a lane.
    assert "Other sources (2)" in texts[2]
    assert "Jan 2019 – Apr 2019<" in texts[2]
    wide = fig.layout.meta["wide"]["layout"]["annotations"]
    assert "1 gap, 7 undated" in wide[0]["text"]


def test_days_beside_each_other_are_no_gap_and_others_are() -> None:
    rows = [("ard", "2020-02-28", "2020-03-01", 3), ("ard", "2020-03-03", "2020-03-03", 1)]
    fig = lanes(pd.DataFrame(rows, columns=COLUMNS), STYLES, "dark")
    assert "1 gap" in fig.layout.annotations[0].text
    assert fig.data[0].base == ("2020-02-28", "2020-03-03")


def test_only_undated_is_nothing_to_draw() -> None:
    assert not lanes(TABLE[TABLE["first"].isna()], STYLES, "light").data
    assert not lanes(TABLE.head(0), STYLES, "light").data
