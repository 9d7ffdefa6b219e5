"""A corpus with what is selected of it: tables as pandas, charts as plotly."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.formats.tables import render_table
from dashboard.index.index import Index
from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.text.query import parse_query

if TYPE_CHECKING:
    import plotly.graph_objects as go

MOST_LISTED = 12  # sources in a notebook's view of a corpus


@dataclass(frozen=True, repr=False)
class Corpus:
    """An opened index and a scope; it never changes: :meth:`select` gives another one."""

    index: Index
    scope: Scope = field(default_factory=Scope)

    def select(self, **filters: Any) -> Corpus:
        """The corpus with these fields of ``Scope`` in the place of its own: ``sources`` and
        ``topics`` (names or ids), ``date_from``, ``date_to``, ``undated``, ``query``, ``story``,
        ``where`` (pairs of column and value), ``copies_once``, ``n_topics``. Raises ``ValueError``
        for a source or topic that isn't there, and ``UnreadableQuery`` for a query."""
        scope = replace(self.scope, n_topics=filters.get("n_topics", self.scope.n_topics))
        sources = {s.source_id: s.name for s in self.index.sources}
        topics = {t.topic_id: t.label for t in scope.cut(self.index).topics}
        for name, known in (("sources", sources), ("topics", topics)):
            if name in filters:
                filters[name] = _ids(name, filters[name], known)
        if "query" in filters:
            parse_query(filters["query"])
        return replace(self, scope=replace(self.scope, **filters))

    def table(self, name: str, **options: Any) -> pd.DataFrame:
        """A table of ``TABLES`` (docs/tables.md says what its columns mean), of what is selected.
        ``options``: those of the table, such as ``keywords``. Raises ``KeyError`` for a table that
        isn't there, ``TypeError`` for an option that it doesn't take, and ``MissingLayer``."""
        if name not in TABLES:
            raise KeyError(f"no table {name!r}; there are {', '.join(TABLES)}")
        TABLES[name].key(**options)
        return TABLES[name](self.index, self.scope, **options)

    def save(self, name: str, file: str | Path, **options: Any) -> Path:
        """A table as a file, of the kind that its ending names: csv, tsv, json, jsonl, parquet or
        arrow. Raises ``KeyError`` for another one."""
        path = Path(file)
        path.write_bytes(render_table(self.table(name, **options), path.suffix.lstrip(".")))
        return path

    def report(self) -> str:
        """The report as HTML, as ``newsprism report`` writes it."""
        from dashboard.report.document import report_html

        return report_html(self.index, self.scope)

    def coverage(self) -> go.Figure:
        """When the articles came: a mark each, or counts by period where they are many."""
        from newsprism import charts

        return charts.coverage(self.index, self.scope)

    def topics(self) -> go.Figure:
        """Shares of the text by topic, with 95 % intervals."""
        from newsprism import charts

        return charts.topics(self.index, self.scope)

    def source_topics(self) -> go.Figure:
        """Shares of topics by source."""
        from newsprism import charts

        return charts.source_topics(self.index, self.scope)

    def trends(self, *keywords: str, **drawn: Any) -> go.Figure:
        """Uses of a keyword per 10,000 words, by period and source; of several keywords, up to
        four, those in all sources together, in one chart. ``drawn``: ``width`` of the periods
        (``day`` to ``year``), ``smooth`` over an odd number of them, ``scale`` ``log``."""
        from newsprism import charts

        return charts.trends(self.index, self.scope, *keywords, **drawn)

    def lanes(self) -> go.Figure:
        """When each source's articles begin, pause and end."""
        from newsprism import charts

        return charts.lanes(self.index, self.scope)

    def __len__(self) -> int:
        return int(self.scope.article_mask(self.index).sum())

    def __repr__(self) -> str:
        return f"<Corpus {self.index.corpus_id}: {self.scope.describe(self.index)}>"

    def _repr_html_(self) -> str:
        counts = self.table("coverage").groupby("source", dropna=False, sort=False)["n_articles"]
        largest = counts.sum().sort_values(ascending=False, kind="stable")
        rows = "".join(
            f"<tr><td>{html.escape(source if isinstance(source, str) else 'unknown')}</td>"
            f"<td>{n:,}</td></tr>"
            for source, n in largest.head(MOST_LISTED).items()
        )
        rest = len(largest) - MOST_LISTED
        more = f"<tr><td>… {rest:,} more</td><td></td></tr>" if rest > 0 else ""
        return (
            f"<p>{html.escape(self.scope.describe(self.index))}</p>"
            f"<table><tr><th>Source</th><th>Articles</th></tr>{rows}{more}</table>"
        )


def _ids(what: str, wanted: str | Sequence[str], known: dict[str, str]) -> tuple[str, ...]:
    """Ids for names or ids."""
    found = []
    for each in [wanted] if isinstance(wanted, str) else wanted:
        matching = [each] if each in known else [i for i, name in known.items() if name == each]
        if len(matching) != 1:
            some = ", ".join(list(known.values())[:20]) or "none"
            raise ValueError(f"no {what[:-1]} {each!r}; there are: {some}")
        found += matching
    return tuple(dict.fromkeys(found))
