"""Figures by status: the choice, what it lists, and none where there is nothing to choose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.measures.figures.test_figures import FLOOD, built

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("flood"), FLOOD).folder.parent


@pytest.fixture
def corpora(flood: Path) -> dict[str, Path]:
    return {"flood": flood, "seeds": Path(__file__).resolve().parents[2] / "seeds"}


def badges(app: AppTest) -> set[str]:
    said = (each.value for each in app.markdown if "-badge[" in each.value)
    return {text.partition("-badge[")[2].partition("]")[0] for text in said}


def test_figures_are_listed_by_status(open_page: Open) -> None:
    app = open_page("figures", "flood")
    assert len(badges(app)) > 1
    (picker,) = (each for each in app.button_group if each.key == "pick_status")
    assert picker.value == "all"
    checked = open_page("figures", "flood", status="check")
    assert badges(checked) == {"different figures, check"}
    unknown = open_page("figures", "flood", status="nosuch")
    assert badges(unknown) == badges(app)


def test_one_status_is_no_choice(open_page: Open) -> None:
    app = open_page("figures", "seeds")
    assert badges(app) == {"agree"}
    assert not [each for each in app.button_group if each.key == "pick_status"]
