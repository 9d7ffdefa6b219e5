"""What rose, found when an index is built: the same as when it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.cli import main
from dashboard.index.building.change import delete_articles
from dashboard.index.index import Index, open_index
from dashboard.index.layers.layer import MissingLayer
from dashboard.measures import TABLES
from dashboard.measures.rises import bursts as bursts_module
from dashboard.measures.rises import counts
from dashboard.measures.rises.kept import is_kept
from dashboard.scope import Scope

WORDS = "puerto barco calle lluvia mercado fiesta plaza escuela tren museo".split()


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty weeks of a town; for six of them there is talk of a flood."""
    folder = tmp_path_factory.mktemp("pueblo")
    days = pd.date_range("2022-01-03", periods=40, freq="W-MON")
    found = []
    for week, day in enumerate(days):
        for i in range(8):
            words = [WORDS[(week * 3 + i * 7 + k) % len(WORDS)] for k in range(6)]
            flood = "inundación " * (20 <= week < 26 and i < 6)
            text = f"El {' '.join(words)} y la {flood}noticia {week} del día {i}."
            found.append((f"El Faro {i % 3}", f"{day:%Y-%m-%d}", f"Título {week} {i}", text))
    table = pd.DataFrame(found, columns=["source", "date", "title", "text"])
    table.to_csv(folder / "pueblo.csv", index=False)
    return folder / "pueblo.csv"


@pytest.fixture
def built(rows: Path, tmp_path: Path) -> Path:
    assert main(["build", str(rows), "--out", str(tmp_path / "index")]) == 0
    return tmp_path / "index"


def found_now(index: Index, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """The table as it is found without the layer."""
    counts.count_periods.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(bursts_module, "kept_columns", lambda index, names: None)
        return TABLES["bursts"](index, Scope())


def test_the_build_finds_what_rose(
    built: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    index = open_index(built)
    asked = found_now(index, monkeypatch)
    assert "inundación" in " ".join(asked["term"])

    def refused(*_: Any) -> None:
        raise AssertionError("nothing is counted when the page opens")

    monkeypatch.setattr(bursts_module, "count_periods", refused)
    kept = TABLES["bursts"](index, Scope())
    pd.testing.assert_frame_equal(kept, asked, check_exact=True)
    with pytest.raises(AssertionError, match="nothing is counted"):
        TABLES["bursts"](index, Scope(query="puerto"))
    assert index.layer("rises").segments == []
    index.check()
    assert main(["build", "--out", str(built), "--update"]) == 0
    assert "up to date" in capfd.readouterr().err
    assert open_index(built).fingerprint == index.fingerprint  # nothing was made anew


def test_a_change_of_articles_finds_it_anew(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_index(built)
    chosen = Scope(query="inundación").article_mask(index).nonzero()[0]
    gone = index.article_rows(chosen, ["article_id"])["article_id"].tolist()
    delete_articles(built, gone)
    without = open_index(built)
    assert not is_kept(without)  # what was kept is of other articles
    with pytest.raises(MissingLayer, match="rises"):
        without.layer("rises")
    assert main(["build", "--out", str(built), "--update"]) == 0
    anew = open_index(built)
    assert is_kept(anew)
    kept = TABLES["bursts"](anew, Scope())
    assert "inundación" not in " ".join(kept["term"])
    # Of no rows the types don't matter.
    pd.testing.assert_frame_equal(kept, found_now(anew, monkeypatch), check_dtype=False)


def test_it_can_be_left_out_and_made_later(rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "index"
    assert main(["build", str(rows), "--out", str(out), "--without", "rises"]) == 0
    index = open_index(out)
    assert (list(index.left_out), is_kept(index)) == (["rises"], False)
    assert len(TABLES["bursts"](index, Scope()))
    assert main(["build", "--out", str(out), "--update"]) == 0
    assert (list(open_index(out).left_out), is_kept(open_index(out))) == ([], True)


def test_an_empty_table_is_kept_too(tmp_path: Path) -> None:
    table = pd.DataFrame(
        [("Ma", "2020-01-01", "Un seul texte.")], columns=["source", "date", "text"]
    )
    table.to_csv(tmp_path / "un.csv", index=False)
    assert main(["build", str(tmp_path / "un.csv"), "--out", str(tmp_path / "index")]) == 0
    index = open_index(tmp_path / "index")
    assert is_kept(index)
    assert TABLES["bursts"](index, Scope()).columns.tolist() == list(TABLES["bursts"].columns)
    assert len(TABLES["bursts"](index, Scope())) == 0
