"""What the server keeps: the only user of Streamlit's caches.

The index is opened once and shared by all visitors, read only. Measures are cached by index id and
scope, both small and exact; never by the data itself, of which Streamlit would hash a sample.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.index.index import Index, open_index
from dashboard.library.indexes import Said, discard_index, ensure_index, find_index
from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.ui.drawing import Drawing


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
    return open_folder(folder)


def discard(paths: tuple[Path, ...]) -> None:
    """Give up the damaged index that was built for ``paths``: the next run builds it again."""
    discard_index(paths)
    _index_folder.clear()


def open_folder(folder: Path) -> Index:
    """The index in ``folder``, shared like the others."""
    return _opened(folder, (folder / "CURRENT").read_text(encoding="utf-8"))


@st.cache_resource(max_entries=512, show_spinner=False)
def _measured(
    _compute: Callable[[], pd.DataFrame],
    fingerprint: str,
    name: str,
    scope: Scope,
    options: tuple[tuple[str, Any], ...],
) -> pd.DataFrame:
    return _compute()


def measure(index: Index, name: str, scope: Scope, **options: Any) -> pd.DataFrame:
    """The table ``name`` (see ``dashboard.measures.TABLES``) for ``scope``; ``options`` are those
    of the table."""
    table = TABLES[name]
    key = table.key(**options)
    kept = _measured(lambda: table(index, scope, **options), index.fingerprint, name, scope, key)
    # Copied when written to: what a page changes stays its own, and nothing is unpickled.
    return kept.copy(deep=False)


@st.cache_data(max_entries=1024, max_size="200mb", show_spinner=False)
def _drawn(
    _draw: Callable[[], Mapping[str, go.Figure]], fingerprint: str, key: str
) -> dict[str, Drawing]:
    return {name: Drawing.of(figure) for name, figure in _draw().items()}


def drawings(
    draw: Callable[[], Mapping[str, go.Figure]], index: Index, key: str
) -> dict[str, Drawing]:
    """Figures as JSON, made once for all visitors; ``key``: what they depend on but the index."""
    return _drawn(draw, index.fingerprint, key)
