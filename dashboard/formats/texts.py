"""The cleaned texts as a zip of plain text files, for programs that read folders of them."""

from __future__ import annotations

import io
import zipfile

import pandas as pd

from dashboard.formats.tables import render_table
from dashboard.index.index import Index
from dashboard.measures import TABLES
from dashboard.scope import Scope

_DAY = (1980, 1, 1, 0, 0, 0)  # the same texts are the same bytes on any day
FIELDS = ("title", "source", "date", "url", "authors")


def texts_bytes(index: Index, scope: Scope) -> bytes:
    """A zip with a UTF-8 file for each article: its paragraphs in scope, a blank line between
    two, without headline and furniture. ``metadata.csv`` has the fields of each, by the columns
    that Newsprism reads beside texts. An empty scope is an empty list."""
    articles = TABLES["articles"](index, scope)
    passages = TABLES["passages"](index, scope).groupby("article_id", sort=False)["text"]
    # Within a passage a paragraph ends with one line break.
    texts = {
        str(article): "\n".join(found).replace("\n", "\n\n") + "\n" for article, found in passages
    }
    articles = articles[articles["article_id"].isin(texts)]
    names = [
        f"{day if isinstance(day, str) else 'undated'}_{source or 'unknown'}_{article}.txt"
        for article, day, source in zip(
            articles["article_id"],
            articles["date"],
            articles["source_id"].astype(object).where(articles["source_id"].notna(), None),
            strict=True,
        )
    ]
    listed = pd.DataFrame({"file": names, **{name: articles[name].tolist() for name in FIELDS}})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_entry("metadata.csv"), render_table(listed, "csv"))
        for name, article in zip(names, articles["article_id"], strict=True):
            packed.writestr(_entry(name), texts[article].encode("utf-8", "replace"))
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
