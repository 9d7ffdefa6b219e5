"""Files and folders to articles held in memory, or to the import report alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.corpus.article import Article
from dashboard.corpus.corrections import Corrections
from dashboard.corpus.importing.batches import read_batch
from dashboard.corpus.importing.spool import spool_records
from dashboard.corpus.lines.clean_mode import CleanMode
from dashboard.corpus.report import Report


@dataclass
class Corpus:
    """The articles that were kept, sorted by (file, row, article_id), and the import report."""

    articles: list[Article] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def read_corpus(
    paths: Sequence[Path | str],
    corrections: Corrections | None = None,
    mapping: Mapping[str, str] | None = None,
    clean: CleanMode = "auto",
) -> Corpus:
    """Read files and folders into clean articles, all of them held in memory.

    Parameters
    ----------
    paths : sequence of Path or str
        Text files, tables, and folders of them. The order doesn't matter, nor does naming
        a file twice.
    corrections : Corrections, optional
        What the user said of articles after an earlier reading.
    mapping : mapping of str to str, optional
        For tables: our field to their column, where the names alone would not tell.
    clean : "auto", "always" or "never"
        Whether the rules for lines of page furniture are put to the texts; auto samples a
        table and leaves them out where its texts are clean.

    Returns
    -------
    Corpus
        Without articles when there is nothing to keep; the report says why.

    Raises
    ------
    CorpusError
        No path is given, or one that doesn't exist.
    """
    corpus = Corpus()
    corpus.report = _read(paths, corrections, mapping, clean, corpus.articles.extend)
    return corpus


def read_report(
    paths: Sequence[Path | str],
    mapping: Mapping[str, str] | None = None,
    clean: CleanMode = "auto",
) -> Report:
    """Read files and folders, and return the report only; arguments as for ``read_corpus``."""
    return _read(paths, None, mapping, clean, lambda articles: None)


def _read(
    paths: Sequence[Path | str],
    corrections: Corrections | None,
    mapping: Mapping[str, str] | None,
    clean: CleanMode,
    take: Callable[[list[Article]], None],
) -> Report:
    with TemporaryDirectory() as folder:
        spool = spool_records(paths, Path(folder), corrections, mapping, clean)
        for batch in spool.batches:
            articles, outcomes = read_batch(batch)
            take(articles)
            spool.add(outcomes)
            batch.unlink()
    spool.report.check()
    return spool.report
