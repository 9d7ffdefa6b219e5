"""Newsprism: split one story into its sources.

The public API, without Streamlit: read a corpus, build and open an index, measure any scope. A
name is loaded when it is first asked for: building imports scikit-learn, and the command line's
help needs none of them.
"""

import importlib
from typing import Any

__all__ = ["TABLES", "Index", "Scope", "build_index", "open_index", "read_corpus"]  # noqa: F822
__version__ = "0.1.0"

_WHERE = {
    "TABLES": "dashboard.measures",
    "Index": "dashboard.index.index",
    "Scope": "dashboard.scope",
    "build_index": "dashboard.index.building.build",
    "open_index": "dashboard.index.index",
    "read_corpus": "dashboard.corpus.importing.read",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_WHERE[name]), name)
