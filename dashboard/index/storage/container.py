"""Containers: one file of named arrays, memory-mapped, every byte under a checksum.

``NEWSPRISM`` and the format, the length of the header and its CRC-32, the header (JSON: name →
dtype, shape, offset, CRC-32), then the arrays, each at a multiple of 64 bytes. An array's checksum
covers the padding after it, and is verified when the array is first used in a process. One file,
because opening a thousand small ones takes a hundred times as long.
"""

from __future__ import annotations

import contextlib
import json
import math
import mmap
import os
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.errors import NewsprismError
from dashboard.files import replace

MAGIC = b"NEWSPRISM\x04"
_ALIGN = 64
_PREFIX = len(MAGIC) + 12  # header length (8 bytes) and CRC (4)
_PIECE = 1 << 24


class DamagedFile(NewsprismError):
    """A file's bytes are not those that were written; the message names the file."""


def write_container(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write ``arrays`` to ``path``: beside it first, renamed when complete. The same arrays give
    the same bytes. Raises OSError."""
    draft = path.with_name(f".{path.name}-{os.getpid()}-{threading.get_ident()}")
    entries: dict[str, Any] = {}
    offset = 0
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    for name, array in plain.items():
        if array.dtype.hasobject:
            raise TypeError(f"{name}: objects can't be stored")
        padding = -array.nbytes % _ALIGN
        crc = zlib.crc32(bytes(padding), _crc(array))
        entries[name] = [array.dtype.str, list(array.shape), offset, crc]
        offset += array.nbytes + padding
    header = json.dumps(entries, separators=(",", ":")).encode()
    header += b" " * (-(_PREFIX + len(header)) % _ALIGN)
    try:
        with draft.open("wb") as handle:
            handle.write(MAGIC + len(header).to_bytes(8, "little"))
            handle.write(zlib.crc32(header).to_bytes(4, "little") + header)
            for array in plain.values():
                handle.write(array.reshape(-1).view(np.uint8).data if array.size else b"")
                handle.write(bytes(-array.nbytes % _ALIGN))
            handle.flush()
            os.fsync(handle.fileno())
        replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _crc(array: NDArray[Any]) -> int:
    flat = array.reshape(-1).view(np.uint8) if array.size else np.zeros(0, np.uint8)
    crc = 0
    for start in range(0, len(flat), _PIECE):
        crc = zlib.crc32(flat[start : start + _PIECE].data, crc)
    return crc


def _allow_files(handle: int) -> None:
    """A map keeps a file open, and an index may have more of them than a process is given at first
    (often 1,024): ask for more when half of them are in use."""
    try:
        import resource
    except ImportError:  # a system without such limits
        return
    number = os.dup(handle)  # what the map will get
    os.close(number)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= soft < 2 * number and soft != hard:
        wanted = 4 * soft if hard < 0 else min(4 * soft, hard)
        with contextlib.suppress(OSError, ValueError):  # the system's own limit
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Container(Mapping[str, NDArray[Any]]):
    """Read-only arrays by name. Raises :class:`DamagedFile` for bytes that were changed: of the
    header when it is opened, of an array when it is first asked for; safe to share by threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as handle:
            _allow_files(handle.fileno())
            size = os.fstat(handle.fileno()).st_size
            if size < _PREFIX:
                raise DamagedFile(f"{path.name} is cut short")
            # The map stays valid when the file is removed: a reader keeps what it opened.
            self._bytes = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        length = int.from_bytes(self._bytes[len(MAGIC) : len(MAGIC) + 8], "little")
        crc = int.from_bytes(self._bytes[len(MAGIC) + 8 : _PREFIX], "little")
        start = _PREFIX + length
        header = self._bytes[_PREFIX:start]
        if self._bytes[: len(MAGIC)] != MAGIC or start > size or zlib.crc32(header) != crc:
            raise DamagedFile(f"{path.name}: its header was changed")
        self._entries: dict[str, Any] = json.loads(header)
        self._start = start
        self._checked: dict[str, NDArray[Any]] = {}
        ends = [0, *(start + e[2] + self._nbytes(e) for e in self._entries.values())]
        if max(ends) > size:
            raise DamagedFile(f"{path.name} is cut short")

    @staticmethod
    def _nbytes(entry: Sequence[Any]) -> int:
        n: int = math.prod(entry[1]) * np.dtype(entry[0]).itemsize
        return n + -n % _ALIGN

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self._checked:
            entry = self._entries[name]
            dtype, shape, offset, crc = entry
            start = self._start + offset
            region = np.frombuffer(self._bytes, np.uint8, self._nbytes(entry), start)
            if _crc(region) != crc:
                raise DamagedFile(f"{self.path.name}: {name} was changed")
            count = int(np.prod(shape, dtype=np.int64))
            array = np.frombuffer(self._bytes, np.dtype(dtype), count, start).reshape(shape)
            self._checked[name] = array
        return self._checked[name]

    def unchecked(self, name: str) -> NDArray[np.uint8]:
        """Bytes of an array whose parts carry checksums of their own (the records of articles)."""
        dtype, shape, offset, _ = self._entries[name]
        n = int(np.prod(shape, dtype=np.int64)) * np.dtype(dtype).itemsize
        return np.frombuffer(self._bytes, np.uint8, n, self._start + offset)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def checksum(self) -> str:
        """What the header says of all arrays: equal for equal content."""
        listed = sorted((n, d, s, c) for n, (d, s, _, c) in self._entries.items())
        return f"{zlib.crc32(json.dumps(listed).encode()):08x}"

    def release(self) -> None:
        """Give back the memory of what was read: it comes from the file again when it is used."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._bytes.madvise(mmap.MADV_DONTNEED)

    def check(self) -> None:
        """Verify every array. Raises :class:`DamagedFile`."""
        for name in self:
            self[name]


def pack_numbered(name: str, values: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Strings of which many are alike: ``name`` has for each its number in the table of different
    ones, in order, that is packed as ``NAMEs``."""
    table = sorted(set(values))
    numbers = {value: i for i, value in enumerate(table)}
    return {
        name: np.asarray([numbers[value] for value in values], dtype=np.int32),
        **with_prefix(f"{name}s", pack_strings(table)),
    }


def pack_strings(texts: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Strings as one run of UTF-8 ``bytes`` and int64 ``offsets`` (n + 1,); surrogates stay."""
    parts = [text.encode("utf-8", "surrogatepass") for text in texts]
    offsets = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum([len(part) for part in parts], out=offsets[1:])
    return {"bytes": np.frombuffer(b"".join(parts), np.uint8), "offsets": offsets}


def with_prefix(prefix: str, arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The same arrays under ``prefix.name``."""
    return {f"{prefix}.{name}": array for name, array in arrays.items()}


class Strings(Sequence[str]):
    """Strings kept as bytes and offsets, decoded when asked for."""

    def __init__(self, data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> None:
        self._data, self._offsets = data, offsets

    @classmethod
    def of(cls, container: Mapping[str, NDArray[Any]], name: str) -> Strings:
        """Those that were packed under ``name``."""
        return cls(container[f"{name}.bytes"], container[f"{name}.offsets"])

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, i: Any) -> Any:
        if isinstance(i, slice):
            start, stop, step = i.indices(len(self))
            if step != 1:
                return [self[j] for j in range(start, stop, step)]
            return list(Strings(self._data, self._offsets[start : max(stop, start) + 1]))
        return self.raw(i).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        """All of them, several times as fast as one by one."""
        first = int(self._offsets[0])
        data = self._data[first : int(self._offsets[-1])].tobytes()
        ends = (self._offsets - first).tolist()
        return (data[start:end].decode("utf-8", "surrogatepass") for start, end in pairwise(ends))

    def take(self, numbers: NDArray[np.integer[Any]]) -> list[str]:
        """Those of these numbers, several times as fast as one by one."""
        data, starts, ends = self._data.data, self._offsets[numbers], self._offsets[numbers + 1]
        places = zip(starts.tolist(), ends.tolist(), strict=True)
        return [str(data[start:end], "utf-8", "surrogatepass") for start, end in places]

    def lines(self, first: int, last: int) -> tuple[bytes, NDArray[np.int64]]:
        """Strings ``first`` to ``last`` - 1, a line each, and where each begins."""
        offsets = self._offsets[first : last + 1] - self._offsets[first]
        data = self._data[int(self._offsets[first]) : int(self._offsets[last])]
        starts = offsets[:-1] + np.arange(last - first)
        return np.insert(data, offsets[1:], ord("\n")).tobytes(), starts

    def raw(self, i: int) -> bytes:
        """UTF-8 of string ``i``. Raises IndexError."""
        if not -len(self) <= i < len(self):
            raise IndexError(i)
        i %= len(self)
        return self._data[int(self._offsets[i]) : int(self._offsets[i + 1])].tobytes()
