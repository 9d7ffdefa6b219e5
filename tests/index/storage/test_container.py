"""Containers and packed strings: what is read is what was written."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dashboard.arrays import ranges
from dashboard.index.storage.container import (
    Container,
    DamagedFile,
    Strings,
    pack_strings,
    write_container,
)

DTYPES = st.sampled_from(["<i8", "<i4", "<u2", "<f4", "<f8", "|u1", "|b1", "|S5", "<M8[D]"])
ARRAY = DTYPES.flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=1, max_dims=2, min_side=0))
)
TEXTS = st.lists(st.text(st.characters(), max_size=8) | st.sampled_from(["\ud800", "\0", "\r\n"]))


@settings(max_examples=40)
@given(st.dictionaries(st.text(max_size=5), ARRAY, max_size=4))
def test_arrays_come_back_as_they_were(given_arrays) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.bin"
        write_container(path, given_arrays)
        container = Container(path)
        container.check()
        assert sorted(container) == sorted(given_arrays)
        for name, array in given_arrays.items():
            assert (container[name].dtype, container[name].shape) == (array.dtype, array.shape)
            assert container[name].tobytes() == array.tobytes()
            assert not (array.size and container[name].ctypes.data % 64)
        assert [p.name for p in path.parent.iterdir()] == ["x.bin"]
        del container  # not every system removes a file that is open


@given(st.binary(max_size=200))
def test_no_other_bytes_are_a_container(data) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "x.bin").write_bytes(data)
        with pytest.raises(DamagedFile):
            Container(Path(folder) / "x.bin")


def test_a_container_cut_short_is_told(tmp_path: Path) -> None:
    write_container(tmp_path / "x.bin", {"n": np.arange(100), "m": np.arange(3)})
    whole = (tmp_path / "x.bin").read_bytes()
    for length in range(0, len(whole), 5):
        (tmp_path / "y.bin").write_bytes(whole[:length])
        with pytest.raises(DamagedFile):
            Container(tmp_path / "y.bin")


@given(TEXTS, st.slices(8), st.integers(-9, 9))
def test_strings_are_a_list_of_texts(texts, part, place) -> None:
    packed = pack_strings(texts)
    strings = Strings(packed["bytes"], packed["offsets"])
    assert (list(strings), len(strings)) == (texts, len(texts))
    assert strings[part] == texts[part]
    if -len(texts) <= place < len(texts):
        assert strings[place] == texts[place]
        assert strings.raw(place) == texts[place].encode("utf-8", "surrogatepass")
    else:
        with pytest.raises(IndexError):
            strings[place]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5))))
def test_ranges_follow_each_other(pairs) -> None:
    starts = np.asarray([start for start, _ in pairs], dtype=np.int64)
    ends = starts + np.asarray([length for _, length in pairs], dtype=np.int64)
    expected = [i for start, length in pairs for i in range(start, start + length)]
    assert ranges(starts, ends).tolist() == expected
