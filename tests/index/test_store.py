"""The index folder: old or new, never half; damage is found; foreign folders are left alone."""

import numpy as np
import pandas as pd
import pytest

from dashboard.index.store import IndexFolderError, open_index, write_index

FACTS = {
    "corpus_id": "c", "index_id": "i", "report": {}, "keywords": [], "sources": [], "topics": [],
}  # fmt: skip


def write(folder, value=1):
    write_index(folder, {"articles": pd.DataFrame({"a": [value]})}, {"n": np.arange(3)}, FACTS)


def test_round_trip(tmp_path):
    write(tmp_path / "x")
    index = open_index(tmp_path / "x")
    assert index.articles["a"].tolist() == [1]
    assert index._array("n").tolist() == [0, 1, 2]


def test_a_reader_keeps_its_generation_while_a_new_one_is_written(tmp_path):
    write(tmp_path, 1)
    old = open_index(tmp_path)
    write(tmp_path, 2)
    assert old.articles["a"].tolist() == [1]
    assert open_index(tmp_path).articles["a"].tolist() == [2]
    write(tmp_path, 3)
    assert len(list(tmp_path.glob("gen-*"))) == 2


def test_a_failed_write_leaves_the_old_index(tmp_path):
    write(tmp_path, 1)
    with pytest.raises(TypeError):
        write_index(tmp_path, {}, {}, {**FACTS, "bad": object()})
    assert open_index(tmp_path).articles["a"].tolist() == [1]
    assert not list(tmp_path.glob(".draft-*"))


def test_a_folder_with_something_else_is_refused(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(IndexFolderError, match="not empty"):
        write(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["photo.jpg"]


def test_no_index_says_so(tmp_path):
    with pytest.raises(IndexFolderError, match="holds no index"):
        open_index(tmp_path)


def test_every_flipped_bit_is_found(tmp_path):
    write(tmp_path)
    generation = next(tmp_path.glob("gen-*"))
    for path in generation.iterdir():
        good = path.read_bytes()
        for position in {0, len(good) // 2, len(good) - 1}:
            path.write_bytes(good[:position] + bytes([good[position] ^ 4]) + good[position + 1 :])
            with pytest.raises(IndexFolderError, match="damaged"):
                open_index(tmp_path)
        path.write_bytes(good)
    assert open_index(tmp_path).index_id == "i"


def test_another_format_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.index.store.FORMAT", 99)
    write(tmp_path)
    monkeypatch.undo()
    with pytest.raises(IndexFolderError, match="format 99"):
        open_index(tmp_path)
