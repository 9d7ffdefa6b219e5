"""What a search that finds little may have meant, above every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.index.building.build import build_index

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def slips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A misspelling that is in print once, beside sixty articles that spell it rightly."""
    home = tmp_path_factory.mktemp("slips")
    (home / "texts").mkdir()
    for i in range(61):
        word = "goverment" if i == 0 else "government"
        text = f"Report {i}\n\nThe {word} shutdown in week {i} kept the museum closed.\n"
        (home / "texts" / f"{i}.txt").write_text(text)
    build_index([home / "texts"], home / "index")
    return home / "index"


@pytest.fixture
def corpora(slips: Path) -> dict[str, Path]:
    return {"slips": slips}


def meant(app: AppTest) -> list[str]:
    return [str(b.label) for b in app.button if str(b.key).startswith("meant-")]


@pytest.mark.parametrize("page", ["overview", "articles"])
def test_a_slip_in_print_is_asked_about_and_mended_by_a_click(open_page: Open, page: str) -> None:
    app = open_page(page, "slips", q="goverment")
    (asked,) = (b for b in app.button if str(b.key).startswith("meant-"))
    assert asked.label.startswith("Did you mean “government” (60)")
    asked.click().run()
    assert app.query_params["q"] in ("government", ["government"])
    assert not meant(app)


def test_what_is_usual_is_not_asked_about(open_page: Open) -> None:
    assert meant(open_page("overview", "slips", q="government")) == []
    assert meant(open_page("overview", "slips", q='"goverment museum"')) == []  # the page says it
    assert meant(open_page("overview", "slips")) == []
