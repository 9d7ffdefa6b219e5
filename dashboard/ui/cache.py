"""What the server keeps: the only user of Streamlit's caches.

The index is opened once and shared by all visitors, read only. Measures, and what pages make of
them, are kept by index id and scope, both small and exact; never by the data itself.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from pathlib import Path
from threading import Lock
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.index.index import Index, open_index
from dashboard.library.indexes import Said, complete_index, discard_index, ensure_index, find_index
from dashboard.measures import TABLES
from dashboard.scope import Scope


class _NotBuiltError(Exception):
    """There is no index yet: an exception, since what is returned would be kept."""


@st.cache_resource(max_entries=8, ttl=60, show_spinner=False)
def _index_folder(paths: tuple[Path, ...]) -> Path:
    """The index folder of these paths, looked up again after a minute, so that changed files are
    seen."""
    found = find_index(paths)
    if found is None:
        raise _NotBuiltError
    return found


@st.cache_resource(max_entries=8, show_spinner=False)
def _opened(folder: Path, current: str) -> Index:
    index = open_index(folder)
    # What is loaded now stays: keeping it out of the collector saves 90 ms of every rerun.
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
    return index


def open_corpus(paths: tuple[Path, ...], said: Said) -> Index:
    """The index of ``paths``, the same object for every visitor: don't change it. Built in a child
    process when there is none; ``said`` hears how far that is. Raises ``BuildError``."""
    try:
        folder = _index_folder(paths)
    except _NotBuiltError:
        folder = ensure_index(paths, said)
    index = open_folder(folder)
    complete_index(index)
    return index


def discard(paths: tuple[Path, ...]) -> None:
    """Give up the damaged index that was built for ``paths``: the next run builds it again."""
    discard_index(paths)
    _index_folder.clear()


def open_folder(folder: Path) -> Index:
    """The index in ``folder``, shared like the others."""
    return _opened(folder, (folder / "CURRENT").read_text(encoding="utf-8"))


class _Kept:
    """What was made last, by key, for all visitors: made once, however many ask at once.

    Streamlit's own caches spell out and hash every argument on every look-up, which is a sixth of
    what a rerun costs, and pickle.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._made: OrderedDict[Hashable, Future[Any]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What ``make`` gave for ``key``, or gives now. What it raises is not kept."""
        with self._lock:
            kept = self._made.get(key)
            if kept is None:
                mine = self._made[key] = Future()
                if len(self._made) > self._most:
                    self._made.popitem(last=False)
            else:
                self._made.move_to_end(key)
        if kept is not None:
            return kept.result()
        try:
            mine.set_result(make())
        except BaseException as error:
            with self._lock:
                self._made.pop(key, None)
            mine.set_exception(error)
        return mine.result()


# Figures of 6,189 articles have 5 to 470 kB: these many fit a host with 1 GB.
_measures, _others = _Kept(512), _Kept(512)


def measure(index: Index, name: str, scope: Scope, **options: Any) -> pd.DataFrame:
    """The table ``name`` (see ``dashboard.measures.TABLES``) for ``scope``; ``options`` are those
    of the table."""
    table = TABLES[name]
    key = (index.fingerprint, name, scope, table.key(**options))
    kept: pd.DataFrame = _measures.get(key, lambda: table(index, scope, **options))
    # Copied when written to: what a page changes stays its own, and nothing is unpickled.
    return kept.copy(deep=False)


def kept(index: Index, key: Hashable, make: Callable[[], Any]) -> Any:
    """What ``make`` gives, shared by all visitors: don't change it. ``key``: all that it depends on
    besides the index."""
    return _others.get((index.fingerprint, key), make)
