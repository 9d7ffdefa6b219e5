"""Sources whose articles are of other times are said to be, where they are compared."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.index.building.build import build_index

Open = Callable[..., AppTest]
SAID = "Their dates differ: the middle half of Herald’s articles is from"


@pytest.fixture(scope="module")
def eras(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two papers of the same years and one of later ones, eight articles each."""
    home = tmp_path_factory.mktemp("eras")
    with (home / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(["title", "text", "source", "date"])
        for source, year in (("Herald", 2012), ("Post", 2012), ("Mirror", 2019)):
            for month in range(1, 9):
                text = (
                    f"The port of {source} voted in round {month} on dues, tolls and berths. " * 3
                )
                out.writerow([f"{source} {month}", text, source, f"{year}-{month:02d}-09"])
    build_index([home / "a.csv"], home / "index")
    return home / "index"


@pytest.fixture
def corpora(eras: Path) -> dict[str, Path]:
    return {"eras": eras}


def said(app: AppTest) -> str:
    assert not app.exception
    return " ".join(str(each.value) for each in app.markdown).replace("\\", "")


def test_the_warning_stands_beside_what_is_compared(open_page: Open) -> None:
    assert SAID in said(open_page("sources", "eras"))
    assert SAID in said(open_page("sources", "eras", src="herald~mirror"))


def test_sources_of_one_time_and_sides_chosen_by_date_have_none(open_page: Open) -> None:
    assert "Their dates differ" not in said(open_page("sources", "eras", src="herald~post"))
    assert "Their dates differ" not in said(
        open_page("sources", "eras", a="dates~2012", b="dates~2019")
    )
