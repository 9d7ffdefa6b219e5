"""The layer of voices: made of any segments alike, English only, joined over all articles."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.corpus.importing import spool
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.counts.voice_rows import voice_rows
from dashboard.index.index import Index, open_index
from dashboard.measures.voices.quotes import quotes
from dashboard.scope import Scope

FILLER = (
    "The council of the town met for the third time this month to speak about the harbour, the "
    "roads and the school, and it went on until late in the evening of a long and rainy day. "
)
GERMAN = (
    "Der Rat der Stadt tagte zum dritten Mal in diesem Monat, um über den Hafen, die Straßen und "
    "die Schule zu sprechen, und die Sitzung dauerte bis spät in den Abend. „Der Hafen bleibt "
    "offen“, sagte die Bürgermeisterin. Danach gingen alle nach Hause, denn es regnete in Strömen."
)


def built(folder: Path) -> Index:
    rows = [
        {"id": i, "title": f"Notes {i}", "source": f"Paper {i % 3}", "date": "2024-05-16",
         "text": FILLER + "“The harbour stays open whatever they say,” Marta Velde, the mayor, "
         f"told Reuters. Velde said that dock number {i} would be closed for good."}
        for i in range(12)
    ]  # fmt: skip
    rows.append({**rows[0], "id": 99, "title": "Aus dem Rat", "text": GERMAN})
    pd.DataFrame(rows).to_csv(folder / "rows.csv", index=False)
    build_index([folder / "rows.csv"], folder / "index")
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
    tables = [quotes(index, Scope()).sort_values(order) for index in (one, many)]
    pd.testing.assert_frame_equal(*(table.reset_index(drop=True) for table in tables))


def test_what_is_kept(tmp_path: Path) -> None:
    index = built(tmp_path)
    found = voice_rows(index)
    assert found.read.sum() == 12
    quoted = found.rows[found.rows["kind"] == "direct"]
    assert len(quoted) == 12
    assert set(quoted["speaker"]) == {"Marta Velde"}
    assert set(quoted["carrier"]) == {"Reuters"}
    assert set(quoted["carries"]) == {"agency"}
    assert set(quoted["role"]) == {"official"}
    assert set(quoted["chain"]) == {0}
    indirect = found.rows[found.rows["kind"] == "indirect"]
    assert set(indirect["speaker"]) == {"Marta Velde"}
    assert set(indirect["chain"]) == {-1}
    for row in quoted.itertuples():
        passage = index.passages(row.article)[row.passage]
        assert passage[row.start : row.end].startswith("The harbour stays open")


def test_a_word_that_only_begins_sentences_with_a_capital_is_no_name(tmp_path: Path) -> None:
    """“Growers” and “Some” are written small elsewhere; “Brooks” never is."""
    rows = [
        {"id": i, "title": f"Notes {i}", "source": "Paper", "date": "2024-05-16",
         "text": FILLER + "Growers said the price of plums had fallen by half. Many growers and "
         "some traders left. Some said they would be back. Brooks said that he would stay."}
        for i in range(6)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "rows.csv", index=False)
    build_index([tmp_path / "rows.csv"], tmp_path / "index")
    voices = voice_rows(open_index(tmp_path / "index")).rows
    roles = dict(zip(voices["speaker"], voices["role"], strict=True))
    assert {"growers", "some", "Brooks"} <= roles.keys()
    assert {"Growers", "Some", "brooks"}.isdisjoint(roles)
    assert roles["growers"] == "unnamed"
