"""Files to batches: everything in which records have a say about each other is settled here.

Records pass through two files on the disk: as read, then settled in the order of reading. What is
held in memory for each is the 16 bytes by which it is told from others, and with a ``metadata.csv``
the 8 bytes of its id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from dashboard.corpus.corrections import Corrections
from dashboard.corpus.importing.batches import Outcome, load_settled, write_common
from dashboard.corpus.importing.collect import gather
from dashboard.corpus.importing.deduplicate import Done, Settling, lines_of
from dashboard.corpus.importing.messages import dump_line
from dashboard.corpus.lines.clean_mode import CleanMode, is_clean
from dashboard.corpus.lines.house_openings import Openings, house_openings
from dashboard.corpus.lines.repeats import repeated_lines
from dashboard.corpus.report import Problem, Report

BATCH_RECORDS = 4096
BATCH_BYTES = 32 * 1024**2
_FEW = 32 * 1024**2  # so much text is read from the disk once, not for each reading


@dataclass
class Spool:
    """Batches, and the report of what was read.

    Attributes
    ----------
    batches : list of Path
        For ``read_batch``, in the order of their articles: file name, then row.
    report : Report
        Records, those quarantined by the readers and those merged; what ``read_batch`` finds
        is added with ``add``.
    """

    batches: list[Path] = field(default_factory=list)
    report: Report = field(default_factory=Report)

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Take into the report what became of the records of a batch, each batch once.

        With the last one the report is complete, and ``report.check`` passes.
        """
        entries = {entry.file: entry for entry in reversed(self.report.files) if entry.records}
        for outcome in outcomes:
            entry = entries[outcome.file]
            entry.kept += outcome.kept
            entry.quarantined += len(outcome.problems)
            for problem in outcome.problems:
                entry.note(problem)
            if outcome.problems:
                entry.problems.sort(key=_place)


def _place(problem: Problem) -> tuple[int, str]:
    return problem.row or 0, problem.column or ""


def spool_records(
    paths: Sequence[Path | str],
    folder: Path,
    corrections: Corrections | None = None,
    mapping: Mapping[str, str] | None = None,
    clean: CleanMode = "auto",
    is_known: Callable[[str], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
    sources: Collection[str] = (),
) -> Spool:
    """Read files and folders into batches of records.

    Parameters
    ----------
    paths : sequence of Path or str
        Files, archives and folders. The order doesn't matter, nor does naming a file twice.
    folder : Path
        Gets the batches, and for a while twice what the files hold; made if there is none.
        Batches of an earlier reading in it are removed.
    corrections : Corrections, optional
        What the user said of articles after an earlier reading.
    mapping : mapping of str to str, optional
        For tables: our field to their column.
    clean : "auto", "always" or "never"
        Whether the rules for lines of page furniture are put to the texts; auto samples a
        table and leaves them out where its texts are clean.
    is_known : callable, optional
        True for the merge key of an article that is there already: it counts as merged.
    progress : callable, optional
        Told how many bytes of the files have been read, and of how many.
    sources : collection of str
        Names of sources that are there already: another spelling of one is counted as it.

    Returns
    -------
    Spool
        Without batches when no record is left; the report says why. What is in the batches
        depends on the records alone, not on the time, the folder or the order of paths.

    Raises
    ------
    CorpusError
        No path is given, or one that doesn't exist.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("batch-*.records"):
        old.unlink()
    with (
        TemporaryDirectory(dir=folder) as name,
        (Path(name) / "records").open("w+b") as records,
        (Path(name) / "settled").open("w+b") as settled,
    ):
        given = [Path(path) for path in paths]
        runs, report, metadata = gather(given, records, mapping, Path(name), progress)
        settling = Settling(runs, settled, clean, is_known)
        done = [settling.settle(number, records) for number in range(len(runs))]
        metadata.note_problems()
        records.truncate(0)
        own = corrections.sources if corrections else {}  # what the user says goes before it
        others = {
            name: used for name, used in settling.spellings(sources).items() if name not in own
        }
        repeated, openings = _repeated(settled, done, others)
        write_common(folder, repeated, openings, others, corrections)
        batches = _cut(settled, done, folder)
    for entry in report.files:
        entry.problems.sort(key=_place)
    report.files.sort(key=lambda entry: entry.file)
    return Spool(batches, report)


class _Articles:
    """The source and the text of each record, as often as they are asked for."""

    def __init__(
        self, settled: IO[bytes], done: Sequence[Done], spellings: Mapping[str, str]
    ) -> None:
        self._settled, self._done, self._spellings = settled, done, spellings

    def __iter__(self) -> Iterator[tuple[str | None, str]]:
        for each in self._done:
            for line in lines_of(self._settled, each.start, each.end):
                record = load_settled(line)
                is_done = is_clean(record.record, each.clean)
                source = record.source.value
                yield (
                    self._spellings.get(source, source) if source else source,
                    "" if is_done else record.record.text,
                )


def _repeated(
    settled: IO[bytes], done: Sequence[Done], spellings: Mapping[str, str]
) -> tuple[dict[str | None, frozenset[str]], Openings]:
    """Return the lines that recur in the articles of a source, and the words before them; none
    where all are clean."""
    size = sum(each.uncleaned for each in done)
    if not size:
        return {}, {}
    found = _Articles(settled, done, spellings)
    articles = list(found) if size < _FEW else found
    return repeated_lines(articles, size), house_openings(articles)


def _cut(settled: IO[bytes], done: Sequence[Done], folder: Path) -> list[Path]:
    """Cut the records, in the order of file and row, into batches; return their files."""
    batches: list[Path] = []
    batch: IO[bytes] | None = None
    count = size = 0
    try:
        for each in sorted(done, key=lambda each: each.run.file):
            is_new = True
            head = {"entry": each.run.entry.file, "member": each.run.member, "clean": each.clean}
            for line in _ordered(settled, each):
                if batch is None or count >= BATCH_RECORDS or size + len(line) > BATCH_BYTES:
                    if batch is not None:
                        batch.close()
                    batches.append(folder / f"batch-{len(batches):06}.records")
                    batch = batches[-1].open("wb")
                    count, size, is_new = 0, 0, True
                if is_new:
                    batch.write(dump_line(head))
                    is_new = False
                batch.write(line)
                count += 1
                size += len(line)
    finally:
        if batch is not None:
            batch.close()
    return batches


def _ordered(settled: IO[bytes], done: Done) -> Iterable[bytes]:
    lines = lines_of(settled, done.start, done.end)
    if done.is_ordered:
        return lines

    def order(line: bytes) -> tuple[int, str]:
        record = load_settled(line)
        return record.record.row or 0, record.article_id

    # Rows of a table are in order; of another format a file is no larger than memory.
    return sorted(lines, key=order)
