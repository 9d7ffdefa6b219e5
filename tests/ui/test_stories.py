"""What the page of a story says above its charts."""

import pandas as pd
import pytest

from dashboard.ui.events.stories import _ends, one_of_each

DAYS = ["2016-02-13", "2016-02-13", "2016-02-14", "2016-02-15", None]
SOURCES = ["CNN", "NPR", "Vox", "BBC", "AP"]
SURE = ["same story"] * 5


@pytest.mark.parametrize(
    ("days", "sources", "basis", "said"),
    [
        (DAYS, SOURCES, SURE, "CNN and NPR have the first report here, BBC the last."),
        (DAYS, SOURCES, ["same story", "perhaps", *SURE[:3]],
         "CNN has the first report here, BBC the last."),
        (DAYS[1:], [None, *SOURCES[2:]], SURE[1:],
         "source unknown has the first report here, BBC the last."),
        (DAYS[:2], SOURCES[:2], SURE[:2], None),
        (["2016-02-13"] * 4 + ["2016-02-14"], SOURCES, SURE, None),
        ([None], ["AP"], ["perhaps, by text only"], None),
    ],
)  # fmt: skip
def test_the_first_report_is_of_all_who_have_one_that_day_and_surely_of_the_story(
    days: list[str | None], sources: list[str | None], basis: list[str], said: str | None
) -> None:
    members = pd.DataFrame({"date": days, "source": sources, "basis": basis}, dtype=object)
    assert _ends(members) == ([said] if said else [])


def test_side_by_side_are_sure_articles_of_different_sources_first() -> None:
    rows = [("a", "npr", "perhaps"), ("b", "cnn", "same story"), ("c", "cnn", "same story"),
            ("d", None, "same story"), ("e", "bbc", "perhaps, by text only"),
            ("f", "vox", "same story"), ("g", None, "same story"),
            ("h", "bbc", "same story")]  # fmt: skip
    members = pd.DataFrame(rows, columns=["article_id", "source_id", "basis"])
    assert one_of_each(members) == ["b", "d", "f", "g", "h", "a", "c", "e"]
