"""Notes: made, refused, removed, found by their label, and there after every build."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from dashboard.corpus.corrections import Corrections, read_corrections
from dashboard.index.building.build import build_index
from dashboard.index.building.notes import MOST_LABEL, add_note, remove_note
from dashboard.index.index import open_index
from dashboard.index.layers.by_hand import notes_in
from dashboard.index.storage.folder import IndexFolderError
from dashboard.measures.articles import notes
from dashboard.scope import Scope

TEXTS = {
    "kai.txt": "Kran am Kai umgestürzt\n\nAm Montag stürzte im Hafen ein Kran um. Niemand wurde "
    "verletzt, sagte die Feuerwehr.\n\nDer Betreiber prüft nun alle anderen Kräne am Kai.",
    "markt.txt": "Wochenmarkt zieht um\n\nDer Markt steht ab Mai vor dem Rathaus. Die Händler "
    "hatten sich das gewünscht, und der Rat stimmte mit großer Mehrheit zu.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).write_text(text, encoding="utf-8")
    build_index([tmp_path / "texts"], tmp_path / "index")
    return tmp_path


def ids(out: Path) -> dict[str, str]:
    index = open_index(out)
    rows = index.article_rows(np.arange(index.n_articles), ["file", "article_id"])
    return dict(zip(rows["file"], rows["article_id"], strict=True))


def test_notes_are_a_table_and_a_filter(folder: Path) -> None:
    out = folder / "index"
    crane, market = (ids(out)[name] for name in ("kai.txt", "markt.txt"))
    add_note(out, crane, "Unfall\u0007", " zu prüfen:\n wer? ", "mk", passage=1, span=(0, 9))
    last = add_note(out, market, note="=1+1", by="<b>")
    index = open_index(out)
    table = notes(index, Scope()).set_index("article_id")
    assert table.loc[crane, ["label", "note", "by"]].tolist() == [
        "Unfall",
        "zu prüfen:\nwer?",
        "mk",
    ]
    assert table.loc[crane, "quote"] == index.passages(index.position(crane))[0][:9]
    assert table.loc[crane, "passage_id"] == f"{crane}-001"
    assert table.loc[market, ["label", "start", "quote"]].isna().all()
    (found,) = np.flatnonzero(Scope(query="label:unfall").article_mask(index))
    assert found == index.position(crane)
    assert len(notes(index, Scope(query="Wochenmarkt"))) == 1
    assert notes(index, Scope(query="nirgendwo")).empty
    remove_note(out, last)
    assert len(notes_in(open_index(out).manifest)) == 1
    with pytest.raises(IndexFolderError, match="gone already"):
        remove_note(out, last)


def test_notes_outlive_the_index(folder: Path) -> None:
    out = folder / "index"
    add_note(out, ids(out)["kai.txt"], "Unfall")
    before = notes_in(open_index(out).manifest)
    build_index([folder / "texts"], out)
    assert notes_in(open_index(out).manifest) == before
    # In another place they come with the corrections.
    path = folder / "corrections.json"
    said = Corrections(notes=open_index(out).manifest["notes"])
    path.write_text(json.dumps(vars(said)), encoding="utf-8")
    build_index([folder / "texts"], folder / "other", corrections=read_corrections(path))
    assert notes_in(open_index(folder / "other").manifest) == before


def test_what_is_no_note_is_refused(folder: Path) -> None:
    out = folder / "index"
    crane = ids(out)["kai.txt"]
    for wrong, why in (
        ({"label": " "}, "label or a note"),
        ({"label": "x" * (MOST_LABEL + 1)}, "up to 60 letters"),
        ({"label": "a", "passage": 99}, "no 99"),
        ({"label": "a", "passage": 1, "span": (5, 5)}, "no text"),
    ):
        with pytest.raises(IndexFolderError, match=why):
            add_note(out, crane, **wrong)  # type: ignore[arg-type]
    with pytest.raises(IndexFolderError, match="not in the corpus"):
        add_note(out, "0" * 16, "a")
    assert notes(open_index(out), Scope()).empty


def test_a_file_of_corrections_with_odd_notes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "corrections.json"
    good = {"article_id": "a", "passage": 0, "start": None, "end": None, "label": "l", "note": "",
            "by": "", "at": "2024-01-01T00:00:00+00:00"}  # fmt: skip
    odd = [7, {}, {**good, "label": 3}, {**good, "more": 1}, {**good, "start": "0"}]
    notes = {"n": good, **{f"odd{i}": value for i, value in enumerate(odd)}}
    path.write_text(json.dumps({"notes": notes}), encoding="utf-8")
    assert read_corrections(path).notes == {"n": good}
