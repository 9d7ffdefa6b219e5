"""How a page shows the numbers of a table."""

import numpy as np
import pandas as pd
import pytest

from dashboard.ui.tables import heads, in_order


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([14.8, 5.92, 0.987, 12.0, 0.0], ["14.8", "5.9", "1.0", "12.0", "0.0"]),
        ([0.25, 0.1234], ["0.250", "0.123"]),
        ([1234.5, 3.2], ["1234", "3"]),
        ([0.987, 0.00001], ["0.987", "1e-05"]),
        ([np.nan, 2.5, -np.inf], ["nan", "2.50", "-inf"]),
        ([np.nan], ["nan"]),
        ([0.0], ["0"]),
    ],
)
def test_a_column_has_one_number_of_decimals_and_makes_nothing_of_no_number(
    values: list[float], shown: list[str]
) -> None:
    form = heads(pd.DataFrame({"rate": values}))["rate"]["type_config"]["format"]
    assert [form % value for value in values] == shown


def test_a_name_stands_where_its_id_does() -> None:
    rows = pd.DataFrame(columns=["source", "topic_id", "share", "source_id", "topic", "similar_id"])
    assert in_order(rows) == ["source", "topic", "share", "similar_id"]
