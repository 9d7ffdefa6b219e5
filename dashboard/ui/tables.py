"""Tables: their rows, how they are shown, and how they are written."""

from __future__ import annotations

import codecs
import math
import re
from collections import namedtuple
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.formats.tables import TABLE_FORMATS, render_table
from dashboard.index.index import Index
from dashboard.measures import TABLES
from dashboard.scope import PARAMS
from dashboard.ui import state
from dashboard.wording import MISSING, capital

CSV_NOTE = (
    "In CSV and TSV, text that begins with = + - or @ has an apostrophe before it, so that a "
    "spreadsheet doesn't run it as a formula."
)
#: Heads of columns whose names say too little; the others are their names in plain words.
HEADS = {
    "ci_low": "95 % from",
    "ci_high": "95 % to",
    "rate_low": "Rate, 95 % from",
    "rate_high": "Rate, 95 % to",
    "count": "Uses",
    "date_basis": "Date is",
    "distinguishable": "Beyond chance",
    "log_odds": "Log-odds",
    "n_period_words": "Words of the period",
    "n_rest": "Uses elsewhere",
    "n_source": "Uses here",
    "n_source_words": "Words of the source",
    "n_with": "Articles that use it",
    "per_10k": "Per 10,000 words",
    "q": "q (chance, adjusted)",
    "reliability_word": "How firm",
    "share_rest": "Share elsewhere",
}
#: Of links and scripts: exported, and not shown beside the name, which is in the other column.
UNSHOWN = {"source_id": "source", "topic_id": "topic", "similar_id": "similar"}


def csv_bytes(table: pd.DataFrame) -> bytes:
    """The table as CSV, with the mark by which spreadsheets know UTF-8."""
    return codecs.BOM_UTF8 + render_table(table, "csv")


def downloads(rows: pd.DataFrame, filename: str, key: str) -> None:
    """A button for each kind of file, CSV first; written only when it is pressed."""
    stem = filename.partition(".")[0]
    with st.container(horizontal=True, gap="small", key=f"np-downloads-{key}"):
        for ending, kind in TABLE_FORMATS.items():
            st.download_button(
                "Download CSV" if ending == "csv" else kind.label,
                data=partial(csv_bytes, rows)
                if ending == "csv"
                else partial(render_table, rows, ending),
                file_name=file_name(f"{stem}.{ending}"),
                mime=kind.media_type,
                key=f"{key}-{ending}",
                type="secondary" if ending == "csv" else "tertiary",
                on_click="ignore",
            )
    st.caption(CSV_NOTE)


def rows_of(rows: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table, each with its columns as attributes (of which types, the table says).

    A text or whole number that is missing is ``None`` in them, never the NaN that pandas makes of
    it, which is true and reads "nan".
    """
    columns = []
    for _, column in rows.items():
        values = column.tolist()
        if not pd.api.types.is_float_dtype(column) and column.hasnans:
            absent = column.isna()
            values = [None if gone else value for value, gone in zip(values, absent, strict=True)]
        columns.append(values)
    return map(_row(tuple(map(str, rows.columns)))._make, zip(*columns, strict=True))


@cache
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)


def file_name(table: str) -> str:
    """Of a file that is taken away: the table, what is selected, and its ending."""
    stem, dot, ending = table.rpartition(".")
    selected = " ".join(filter(None, (state.option(name) for name in (*PARAMS, "kw"))))
    words = re.sub(r"[^\w]+", "-", selected.lower())[:60].strip("-")
    return f"{'-'.join(filter(None, [stem, words]))}{dot}{ending}"


def head_of(column: str) -> str:
    """The head of a column on a page: words, where the export has its name."""
    return HEADS.get(column) or capital(column.removeprefix("n_").replace("_", " "))


def heads(rows: pd.DataFrame, name: str = "") -> dict[str, Any]:
    """How a page shows these columns: heads in words, numbers to three digits, text as text, which
    holds neither links nor images. ``name``: of the table in the export, which explains them."""
    meanings = TABLES[name].columns if name in TABLES else {}
    config: dict[str, Any] = {}
    for column in rows.columns:
        what: dict[str, Any] = {
            "label": head_of(str(column)),
            "help": meanings.get(str(column)),
        }
        if not pd.api.types.is_numeric_dtype(rows[column]):
            config[column] = st.column_config.TextColumn(**what)
        elif pd.api.types.is_float_dtype(rows[column]):
            format_of = _decimals(rows[column])
            config[column] = st.column_config.NumberColumn(**what, format=format_of)
        elif pd.api.types.is_integer_dtype(rows[column]):
            config[column] = st.column_config.NumberColumn(**what, format="localized")
        else:
            config[column] = st.column_config.CheckboxColumn(**what)
    return config


def _decimals(values: pd.Series) -> str:
    """As many decimals in the whole column as give its largest number three digits; three digits
    each where that would make nothing of a small one."""
    sizes = values.abs()[np.isfinite(values) & (values != 0)]
    if sizes.empty:
        return "%.3g"
    decimals = min(max(2 - math.floor(math.log10(sizes.max())), 0), 3)
    return f"%.{decimals}f" if sizes.min() >= 0.5 * 10**-decimals else "%.3g"


def with_titles(index: Index, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the headline of each one's ``article_id`` as ``title``."""
    ids = rows["article_id"].unique().tolist()
    places = [place for each in ids if (place := index.position(each)) is not None]
    there = index.article_rows(places, ["article_id", "title"]).set_index("article_id")["title"]
    return rows.assign(title=rows["article_id"].map(there).fillna("No headline"))


def table(
    rows: pd.DataFrame,
    key: str,
    *,
    name: str = "",
    alt: str | None = None,
    widths: Mapping[str, int] | None = None,
) -> None:
    """A table of exactly these rows, with :func:`heads`; ``widths`` of columns in pixels."""
    config = heads(rows, name)
    for column, width in (widths or {}).items():
        config[column] = {**config[column], "width": width}
    st.dataframe(
        rows,
        hide_index=True,
        column_config=config,
        column_order=in_order(rows),
        key=key,
        alt=alt,
        placeholder=MISSING,
    )


def in_order(rows: pd.DataFrame) -> list[str]:
    """The columns shown: a name stands where its id does."""
    names = {each: name for each, name in UNSHOWN.items() if name in rows}
    return list(dict.fromkeys(names.get(column, column) for column in rows.columns))
