"""Files made of a whole scope, beside its tables: by the name that ``export`` takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.formats.database import database_bytes
from dashboard.formats.graphs import source_graph, topic_graph
from dashboard.formats.matrix import matrix_bytes, topic_data_bytes
from dashboard.formats.texts import texts_bytes
from dashboard.index.index import Index
from dashboard.scope import Scope


@dataclass(frozen=True)
class Bundle:
    """A file: its ending and media type, what it is (in words), and what writes it."""

    ending: str
    media_type: str
    label: str
    write: Callable[[Index, Scope], bytes]


BUNDLES: Final[Mapping[str, Bundle]] = {
    "database": Bundle("db", "application/vnd.sqlite3", "All tables, SQLite", database_bytes),
    "texts": Bundle("zip", "application/zip", "Cleaned texts, zip", texts_bytes),
    "matrix": Bundle("npz", "application/octet-stream", "Words by article, npz", matrix_bytes),
    "topic_data": Bundle(
        "npz", "application/octet-stream", "Topics by article and word, npz", topic_data_bytes
    ),
    "topic_graph": Bundle("gexf", "application/gexf+xml", "Graph of topics, GEXF", topic_graph),
    "source_graph": Bundle("gexf", "application/gexf+xml", "Graph of sources, GEXF", source_graph),
}
