"""All tables of a scope as one SQLite file, with a full-text search of the passages."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.formats.citation import facts_of
from dashboard.formats.tables import storable
from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.measures import TABLES
from dashboard.scope import Scope

#: What the database says of itself, and of every column of the tables.
ABOUT, COLUMNS = "about", "columns"
#: Text of its own, over which SQLite and Datasette search.
SEARCHED, SEARCH = "passages", "passages_fts"


def write_database(
    index: Index, scope: Scope, file: Path, said: Callable[[str], object] = lambda _: None
) -> None:
    """Every table of ``TABLES``, as it is without options, in a new SQLite file; an old one there
    is replaced once the new one is complete. ``passages_fts`` (FTS5) searches the passages;
    ``about`` says what the tables are of, ``columns`` what theirs mean. ``said`` hears of a table
    that is left out, as the index was built without its layer. Raises ``OSError``."""
    with tempfile.TemporaryDirectory(dir=file.resolve().parent, prefix=".newsprism-") as folder:
        draft = Path(folder) / "draft.db"
        with closing(sqlite3.connect(draft)) as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            for name, table in TABLES.items():
                try:
                    _add(database, name, table(index, scope))
                except MissingLayer as error:
                    said(f"{name} is left out: {error}")
            meanings = [(t.name, c, m) for t in TABLES.values() for c, m in t.columns.items()]
            _add(database, COLUMNS, pd.DataFrame(meanings, columns=["table", "column", "meaning"]))
            facts = facts_of(index, scope)
            _add(database, ABOUT, pd.DataFrame(facts.items(), columns=["name", "value"]))
            _make_searchable(database)
            database.commit()
        draft.replace(file)


def database_bytes(index: Index, scope: Scope) -> bytes:
    """The file that :func:`write_database` makes."""
    with tempfile.TemporaryDirectory(prefix="newsprism-") as folder:
        file = Path(folder) / "tables.db"
        write_database(index, scope, file)
        return file.read_bytes()


def _add(database: sqlite3.Connection, name: str, table: pd.DataFrame) -> None:
    """A table of the same name and columns; truth is 0 or 1, what is missing NULL."""
    names = [str(column) for column in table.columns]
    kinds = [_kind(table[column]) for column in table.columns]
    columns = ", ".join(f"{_quoted(n)} {kind}" for n, kind in zip(names, kinds, strict=True))
    database.execute(f"CREATE TABLE {_quoted(name)} ({columns})")
    rows = storable(table).astype(object).where(table.notna(), None)
    database.executemany(
        f"INSERT INTO {_quoted(name)} VALUES ({', '.join('?' * len(names))})",
        rows.itertuples(index=False, name=None),
    )
    for column in ("article_id", "passage_id"):
        if column in names:
            database.execute(
                f"CREATE INDEX {_quoted(f'{name}_{column}')} ON {_quoted(name)} ({column})"
            )


def _make_searchable(database: sqlite3.Connection) -> None:
    database.execute(
        f"CREATE VIRTUAL TABLE {SEARCH} USING fts5(text, content='{SEARCHED}', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute(f"INSERT INTO {SEARCH}({SEARCH}) VALUES ('rebuild')")


def _kind(column: Any) -> str:
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_integer_dtype(column):
        return "INTEGER"
    return "REAL" if pd.api.types.is_float_dtype(column) else "TEXT"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
