"""The index folder: old or new, never half; damage is found; foreign folders are left alone."""

from __future__ import annotations

import errno
import os
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from dashboard.index.index import open_index
from dashboard.index.storage.container import (
    Container,
    DamagedFile,
    Strings,
    pack_strings,
    with_prefix,
)
from dashboard.index.storage.container import write_container as write_arrays
from dashboard.index.storage.folder import IndexFolderError, check_target, open_generation, publish
from dashboard.measures import TABLES
from dashboard.scope import Scope


def write(folder: Path, value: int = 1) -> None:
    check_target(folder)
    folder.mkdir(exist_ok=True, parents=True)
    work = folder / ".build"
    work.mkdir(exist_ok=True)
    write_arrays(work / "numbers.bin", {"n": np.arange(3) + value})
    publish(folder, {"numbers.bin": work / "numbers.bin"}, {"value": value})
    shutil.rmtree(work)


def read(folder: Path) -> tuple[int, list[int]]:
    _, manifest, containers, _ = open_generation(folder)
    return manifest["value"], containers["numbers"]["n"].tolist()


def test_round_trip(tmp_path: Path) -> None:
    write(tmp_path / "x")
    assert read(tmp_path / "x") == (1, [1, 2, 3])


def test_a_reader_keeps_its_generation_while_new_ones_are_written(tmp_path: Path) -> None:
    write(tmp_path, 1)
    _, _, old, _ = open_generation(tmp_path)
    for value in (2, 3, 4):
        write(tmp_path, value)
    assert old["numbers"]["n"].tolist() == [1, 2, 3]
    assert read(tmp_path) == (4, [4, 5, 6])
    del old  # where files in use can't be removed they go with the next one
    write(tmp_path, 5)
    assert len(list(tmp_path.glob("gen-*"))) == 2


def test_a_failed_write_leaves_the_old_index(tmp_path: Path) -> None:
    write(tmp_path, 1)
    with pytest.raises(TypeError):
        publish(tmp_path, {}, {"bad": object()})
    assert read(tmp_path)[0] == 1
    assert not list(tmp_path.glob(".draft-*"))


def test_a_build_killed_before_the_pointer_moves_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, 1)
    real = os.replace

    def killed(source: Path, target: Path) -> None:
        if Path(target).name == "CURRENT":
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr("dashboard.index.storage.folder.os.replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, 2)
    monkeypatch.undo()
    assert read(tmp_path) == (1, [1, 2, 3])
    _, _, old, _ = open_generation(tmp_path)
    write(tmp_path, 3)
    assert read(tmp_path) == (3, [3, 4, 5])
    # Kept is what readers may have open, not what nobody ever read.
    assert sorted(p.name for p in tmp_path.glob("gen-*")) == ["gen-000001", "gen-000003"]
    assert old["numbers"]["n"].tolist() == [1, 2, 3]


def test_a_file_system_without_links_gets_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(path: Path, to: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("dashboard.index.storage.folder.os.link", no_links)
    write(tmp_path, 4)
    assert read(tmp_path) == (4, [4, 5, 6])
    assert not list(tmp_path.rglob(".numbers*"))


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(IndexFolderError, match="not empty"):
        write(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["photo.jpg"]


def test_no_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="holds no index"):
        open_index(tmp_path)


def test_another_format_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.index.storage.folder.FORMAT", 99)
    write(tmp_path)
    monkeypatch.undo()
    with pytest.raises(IndexFolderError, match="format 99"):
        open_generation(tmp_path)


def test_no_flipped_bit_is_ever_served(seeds_index, tmp_path: Path) -> None:
    """600 flips over all files: the index refuses to open, or the table that needs the bytes."""
    folder = tmp_path / "index"
    shutil.copytree(seeds_index.folder.parent, folder)
    good = {name: table(seeds_index, Scope()) for name, table in TABLES.items()}
    rng = random.Random(7)
    # Not of the generation before it, which nobody reads.
    there = [folder / "CURRENT", *(folder / seeds_index.folder.name).rglob("*")]
    files = sorted(p for p in there if p.is_file() and p.stat().st_size)
    sizes = [p.stat().st_size for p in files]
    for number in range(600):
        # Each file some times, the larger ones oftener.
        path = files[number] if number < len(files) else rng.choices(files, sizes)[0]
        original = path.read_bytes()
        place = rng.randrange(len(original))
        flipped = bytes([original[place] ^ (1 << rng.randrange(8))])
        path.write_bytes(original[:place] + flipped + original[place + 1 :])
        try:
            index = open_index(folder)
            index.check()
        except (IndexFolderError, DamagedFile):
            pass
        else:
            pytest.fail(f"{path.name}: a flip at {place} of {len(original)} was served")
        path.write_bytes(original)
    index = open_index(folder)
    for name, table in TABLES.items():
        assert table(index, Scope()).equals(good[name]), name


def test_damage_shows_when_the_bytes_are_first_used(seeds_index, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(seeds_index.folder.parent, folder)
    path = next(folder.glob("gen-*/articles-*.bin"))
    raw = bytearray(path.read_bytes())
    start = raw.index(bytes(Container(path).unchecked("frames")[:64]))
    raw[start + 40] ^= 1
    path.write_bytes(raw)
    index = open_index(folder)
    assert len(TABLES["articles"](index, Scope())) == 5  # other bytes
    with pytest.raises(DamagedFile, match="was changed"):
        TABLES["lines"](index, Scope())


def test_the_same_arrays_give_the_same_bytes(tmp_path: Path) -> None:
    arrays = {
        "empty": np.zeros((0, 3), np.float32),
        "days": np.asarray(["2024-05-16", "NaT"], dtype="datetime64[D]"),
        **with_prefix("t", pack_strings(["", "é\ud800", "x\0y"])),
    }
    write_arrays(tmp_path / "a.bin", arrays)
    write_arrays(tmp_path / "b.bin", arrays)
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()
    read_back = Container(tmp_path / "a.bin")
    assert read_back["empty"].shape == (0, 3)
    assert str(read_back["days"][0]) == "2024-05-16"
    assert list(Strings.of(read_back, "t")) == ["", "é\ud800", "x\0y"]
    with pytest.raises(ValueError, match="read-only"):
        read_back["days"][0] = np.datetime64("2000-01-01")
