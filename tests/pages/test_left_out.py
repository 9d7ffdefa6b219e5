"""An index without some layers, by choice or yet: every page opens, and says what it can't show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.building.progress import BuildStatus
from dashboard.index.layers import registry
from tests.pages.test_missing import words_of

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "dashboard" / "pages").glob("[a-z]*.py"))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bare") / "index"
    build_index([ROOT / "seeds"], out, without=registry.left_out(["voices", "figures"]))
    return out


@pytest.mark.parametrize("page", PAGES)
def test_only_the_page_of_a_layer_says_that_it_is_left_out(
    bare: Path, corpora: dict[str, Path], open_page: Callable[..., AppTest], page: str
) -> None:
    corpora["bare"] = bare
    app = open_page(page, "bare")
    assert not app.exception
    said = " ".join(words_of(app))
    assert ("This index was built without “" in said) is (page in ("voices", "figures", "brief"))
    assert ("Not in this index yet" in said) is (page in ("voices", "figures"))


@pytest.fixture(scope="module")
def early(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of much text while its build goes on."""
    out = tmp_path_factory.mktemp("early") / "index"

    def cut(said: BuildStatus) -> None:
        if said.stage.startswith("finding timeline"):
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "LARGE", 1)
        with pytest.raises(KeyboardInterrupt):
            build_index([ROOT / "seeds"], out, cut)
    return out


@pytest.mark.parametrize("page", PAGES)
def test_only_the_page_of_a_layer_says_that_it_is_to_come(
    early: Path, corpora: dict[str, Path], open_page: Callable[..., AppTest], page: str
) -> None:
    corpora["early"] = early
    app = open_page(page, "early")
    assert not app.exception
    said = " ".join(words_of(app))
    of_layers = ("timeline", "voices", "figures", "names")
    assert ("is still to come" in said) is (page in (*of_layers, "brief"))
    assert ("Not in this index yet" in said) is (page in of_layers)
