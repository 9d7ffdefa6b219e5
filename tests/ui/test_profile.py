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
            ("Vest", "Monday", NAN, NAN, NAN, 0, "vest"),
        ]
    )
    found = wide(rows)
    assert found["Source"].tolist() == ["Öst", "Vest"]
    assert found["Articles"].tolist() == ["1,200", "3"]
    assert found["Reading ease"].iloc[0] == "–"
    assert found["With a figure"].iloc[0].replace("\u00a0", " ") == "25 % (20 % to 31 %)"
    assert found["Most on"].iloc[0].replace("\u00a0", " ") == "Sunday, 40 % (37 % to 43 %)"
    assert found["Most on"].iloc[1] == "–"
    assert wide(rows.head(0)).empty
