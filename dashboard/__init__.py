"""Newsprism: split one story into its sources.

The public API, without Streamlit: read a corpus, build and open an index, measure any scope.
Building imports scikit-learn, so ``build_index``, like ``read_corpus``, is loaded when
it is first asked for.
"""

from typing import Any

from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope

__all__ = ["TABLES", "Index", "Scope", "build_index", "open_index", "read_corpus"]  # noqa: F822
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "build_index":
        from dashboard.index.building.build import build_index

        return build_index
    if name == "read_corpus":
        from dashboard.corpus.importing.read import read_corpus

        return read_corpus
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
