"""What the articles of sources are like, as Sources shows it."""

from __future__ import annotations

import math

from dashboard.measures import TABLES
from dashboard.ui.profile.profile import wide

NAN = math.nan


def test_a_row_a_source_in_words() -> None:
    rows = TABLES["source_profile"].frame(
        [
            ("Öst\u202e", "articles", 1200.0, NAN, NAN, 1200, "ost"),
            ("Öst\u202e", "reading ease", NAN, NAN, NAN, 0, "ost"),
            ("Öst\u202e", "with a figure", 0.25, 0.2, 0.31, 1200, "ost"),
            ("Öst\u202e", "Monday", 0.1, 0.08, 0.12, 900, "ost"),
            ("Öst\u202e", "Sunday", 0.4, 0.37, 0.43, 900, "ost"),
            ("Vest", "articles", 3.0, NAN, NAN, 3, "vest"),
            ("Öst\u202e", "with an hour", 0.5, 0.47, 0.53, 1200, "ost"),
            ("Öst\u202e", "07:00", 0.2, 0.17, 0.23, 600, "ost"),
            ("Öst\u202e", "18:00", 0.1, 0.08, 0.13, 600, "ost"),
            ("Vest", "Monday", NAN, NAN, NAN, 0, "vest"),
            ("Vest", "18:00", NAN, NAN, NAN, 0, "vest"),
        ]
    )
    found = wide(rows)
    assert found["Source"].tolist() == ["Öst", "Vest"]
    assert found["Articles"].tolist() == ["1,200", "3"]
    assert found["Reading ease"].iloc[0] == "–"
    assert found["With a figure"].iloc[0].replace("\u00a0", " ") == "25 % (20 % to 31 %)"
    most = found[["Most on", "Most at"]].map(lambda said: said.replace("\u00a0", " "))
    assert most.iloc[0].tolist() == [
        "Sunday, 40 % (37 % to 43 %), n = 900", "07:00, 20 % (17 % to 23 %), n = 600",
    ]  # fmt: skip
    assert most.iloc[1].tolist() == ["unknown", "unknown"]
    assert "07:00" not in found
    assert wide(rows.head(0)).empty
