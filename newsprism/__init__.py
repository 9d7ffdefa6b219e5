"""Newsprism as a library: open articles or an index, select, and take tables and charts.

>>> import newsprism
>>> corpus = newsprism.open("seeds")
>>> corpus.table("topics")
>>> corpus.select(query="trade").trends("oil")

Plotly is loaded with the first chart, scikit-learn in the process that builds an index.
"""

from __future__ import annotations

import os
from pathlib import Path

from dashboard import TABLES, Scope, __version__
from dashboard.errors import NewsprismError
from newsprism.corpus import Corpus

__all__ = ["TABLES", "Corpus", "NewsprismError", "Scope", "__version__", "open"]


def open(path: str | os.PathLike[str], *more: str | os.PathLike[str]) -> Corpus:
    """The articles in these files and folders, or one index folder, with all of them selected.

    What is no index is read and kept as the dashboard keeps it, in the user's cache folder: the
    same files open at once the next time. Raises ``NewsprismError`` for what can't be read, with
    what to do about it, and ``FileNotFoundError`` for a path that isn't there.
    """
    from dashboard.index.index import open_index
    from dashboard.library.indexes import ensure_index

    paths = [Path(each).expanduser() for each in (path, *more)]
    for each in paths:
        if not each.exists():
            raise FileNotFoundError(f"{each}: no such file or folder")
    return Corpus(open_index(ensure_index(paths)))
