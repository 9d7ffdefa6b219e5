"""The layer of names: made of any segments alike, English only, joined over all articles, corrected
by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.corpus.corrections import Corrections, read_corrections
from dashboard.corpus.importing import spool
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles, delete_articles
from dashboard.index.building.rename import call_name
from dashboard.index.counts.name_rows import name_rows
from dashboard.index.index import Index, open_index
from dashboard.index.storage.folder import IndexFolderError
from dashboard.library.corpora import write_json
from dashboard.measures.names.names import mentions, names
from dashboard.scope import Scope

FILLER = (
    "The council of the town met for the third time this month to speak about the harbour, the "
    "roads and the school, and it went on until late in the evening of a long and rainy day. "
)
GERMAN = (
    "Der Rat der Stadt tagte zum dritten Mal in diesem Monat, um über den Hafen, die Straßen und "
    "die Schule zu sprechen, und die Sitzung dauerte bis spät in den Abend. Danach gingen alle "
    "nach Hause, denn es regnete in Strömen, sagte Bürgermeisterin Marta Velde der Zeitung."
)


def rows() -> list[dict[str, object]]:
    found: list[dict[str, object]] = [
        {"id": i, "title": f"Notes {i}", "source": f"Paper {i % 3}", "date": f"2024-05-{i + 1:02d}",
         "text": FILLER + f"The mayor, Marta Velde, came in a boat. Velde paid {i} crowns for it. "
         "Nobody in Tarvo had seen the United States, or the U.S. ambassador, that week."}
        for i in range(12)
    ]  # fmt: skip
    found.append({**found[0], "id": 50, "title": "Alone", "text": FILLER + "They asked Velde why."})
    found.append(
        {
            **found[0],
            "id": 51,
            "title": "Two",
            "text": FILLER + "We saw Ann Holt and Ann Holt only.",
        }
    )
    found.append(
        {
            **found[0],
            "id": 52,
            "title": "Three",
            "text": FILLER + "We saw Bo Holt and Bo Holt only.",
        }
    )
    found.append({**found[0], "id": 53, "title": "Four", "text": FILLER + "They asked Holt why."})
    found.append({**found[0], "id": 99, "title": "Aus dem Rat", "text": GERMAN})
    return found


def built(folder: Path, corrections: Corrections | None = None) -> Index:
    pd.DataFrame(rows()).to_csv(folder / "rows.csv", index=False)
    build_index([folder / "rows.csv"], folder / "index", corrections=corrections)
    return open_index(folder / "index")


def test_segments_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    one = built(tmp_path / "one")
    monkeypatch.setattr(spool, "BATCH_RECORDS", 4)
    monkeypatch.setattr(build, "BATCHES_A_SEGMENT", 1)
    many = built(tmp_path / "many")
    assert len(one.segments) < len(many.segments)
    order = ["article_id", "passage_id", "start"]
    wanted = ["Marta Velde", "Tarvo", "United States"]
    tables = [mentions(index, Scope(), wanted).sort_values(order) for index in (one, many)]
    assert len(tables[0]) > 40
    pd.testing.assert_frame_equal(*(table.reset_index(drop=True) for table in tables))


def test_one_name_for_all_articles(tmp_path: Path) -> None:
    index = built(tmp_path)
    table = names(index, Scope()).set_index("name")
    assert table.loc["Marta Velde", "n_articles"] == 13  # with the one that has no given name
    assert table.loc["Marta Velde", "aliases"] == "Velde | Marta Velde"
    assert table.loc["Marta Velde", "kind"] == "person"
    assert table.loc["Tarvo", "kind"] == "place"
    assert table.loc["United States", "n_mentions"] == 24
    assert {"Ann Holt", "Bo Holt"} <= set(table.index)
    assert "Holt" not in table.index  # could be either
    assert name_rows(index).read.sum() == len(rows()) - 1  # German isn't read yet


def test_a_name_corrected_by_hand_outlives_builds(tmp_path: Path) -> None:
    index = built(tmp_path)
    out = index.folder.parent
    assert call_name(out, "Marta Velde", "  Mayor Velde ") == "Mayor Velde"
    call_name(out, "Bo Holt", "Ann Holt")
    call_name(out, "Tarvo", "")
    said = {"Marta Velde": "Mayor Velde", "Bo Holt": "Ann Holt", "Tarvo": ""}

    def assert_said(index: Index) -> None:
        assert index.manifest["aliases"] == said
        table = names(index, Scope()).set_index("name")
        assert table.loc["Mayor Velde", "kind"] == "person"
        assert table.loc["Ann Holt", "n_articles"] == 2
        assert table.index.intersection([*said]).empty

    assert_said(open_index(out))
    more = tmp_path / "more.csv"
    added = {"id": 200, "title": "Later", "source": "Paper 1", "date": "2024-06-01",
             "text": FILLER.replace("third", "fourth") + "It was late in June."}  # fmt: skip
    pd.DataFrame([added]).to_csv(more, index=False)
    add_articles([more], out)
    assert_said(open_index(out))
    first = names(open_index(out), Scope(), ["United States"])["first_article_id"].iloc[0]
    delete_articles(out, [first])
    assert_said(open_index(out))
    write_json(tmp_path / "corrections.json", vars(Corrections(aliases=said)))
    kept = read_corrections(tmp_path / "corrections.json")
    assert kept.aliases == said
    (tmp_path / "again").mkdir()
    assert_said(built(tmp_path / "again", kept))


def test_a_name_given_twice_follows_and_one_too_long_is_refused(tmp_path: Path) -> None:
    out = built(tmp_path).folder.parent
    call_name(out, "Bo Holt", "Bo H.")
    call_name(out, "Bo H.", "Ann Holt")
    assert open_index(out).manifest["aliases"]["Bo Holt"] == "Ann Holt"
    for name in ("x" * 61, "Ann Holt"):
        with pytest.raises(IndexFolderError, match="Write another name"):
            call_name(out, "Ann Holt", name)
