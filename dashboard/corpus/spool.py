"""Files to batches: everything in which records have a say about each other is settled here.

Records pass through two files on the disk: as read, then settled in the order of reading. What is
held in memory for each is the 16 bytes by which it is told from others.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from .article import Field, content_id
from .batches import Outcome, Settled, load_settled, split_lines, write_common
from .clean_mode import Clean, CleanMode, Sample, decide, is_clean
from .corrections import Corrections
from .gathering import Run, gather
from .hosts import is_web_address
from .metadata import source_field
from .overrides import NO_ADDRESS
from .readers import Record
from .repeats import repeated_lines
from .report import Problem, Report
from .units import Unit, split_units
from .wire import dump_line, load_line, load_record

BATCH_RECORDS = 4096
BATCH_BYTES = 32 * 1024**2
_MAX_LISTED = 50
_ROW_BITS = 40
_FEW = 8 * 1024**2  # so much text is split into units once, not for each reading


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
    for old in folder.glob("batch-*.jsonl"):
        old.unlink()
    with (
        TemporaryDirectory(dir=folder) as name,
        (Path(name) / "records").open("w+b") as records,
        (Path(name) / "settled").open("w+b") as settled,
    ):
        given = [Path(path) for path in paths]
        runs, report = gather(given, records, mapping, Path(name), progress)
        settling = _Settling(runs, settled, clean, is_known)
        done = [settling.settle(number, records) for number in range(len(runs))]
        records.truncate(0)
        write_common(folder, _repeated(settled, done), corrections)
        batches = _cut(settled, done, folder)
    for entry in report.files:
        entry.problems.sort(key=_place)
    report.files.sort(key=lambda entry: entry.file)
    return Spool(batches, report)


@dataclass(slots=True)
class _Done:
    """A run of settled records: where they lie, and which of them need no line rules."""

    run: Run
    start: int
    end: int
    clean: Clean
    uncleaned: int  # characters of the texts that go to the line rules
    is_ordered: bool


class _Settling:
    """Decides what becomes of each record: merged or kept, its id, its source."""

    def __init__(
        self,
        runs: Sequence[Run],
        out: IO[bytes],
        mode: CleanMode,
        is_known: Callable[[str], bool] | None,
    ) -> None:
        self._runs, self._out, self._mode, self._is_known = runs, out, mode, is_known
        # Merge key → where its first record is: the number of the run, and the row.
        self._first: dict[bytes, int] = {}
        # Only what the user gave can make two of records that have one id.
        given = any(overrides.rows for run in runs for _, overrides in run.overrides)
        self._ids: set[str] | None = set() if given else None
        self._no_address: Counter[str] = Counter()

    def settle(self, number: int, records: IO[bytes]) -> _Done:
        """Settle the records of a run; those that stay are written."""
        run = self._runs[number]
        start = self._out.tell()
        sample = Sample()
        is_ordered, last = True, (-1, "")
        texts = {True: 0, False: 0}  # by whether they are rows: characters not clean yet
        for line in _lines(records, run.start, run.end):
            read = load_record(load_line(line))
            record = self._with_address(_unwrapped(read, run), run)
            sample.add(record)
            settled = self._settle(record, run, number)
            if settled is None:
                continue
            texts[record.row is not None] += 0 if record.cleaned else len(record.text)
            order = (record.row or 0, settled.article_id)
            is_ordered, last = is_ordered and last <= order, order
            self._out.write(settled.dump(line if record is read else b""))
        clean = decide(sample, self._mode)
        rows, others = texts[True], texts[False]
        uncleaned = {"all": 0, "rows": others, "none": rows + others}[clean]
        return _Done(run, start, self._out.tell(), clean, uncleaned, is_ordered)

    def _settle(self, record: Record, run: Run, number: int) -> Settled | None:
        given: dict[str, Field] = {}
        if record.row is None:  # the rows of a table can't be described
            for name, overrides in run.overrides:
                given = overrides.apply(name, given)
        alike = _alike(record, given)
        key = _digest(alike)
        first = self._first.get(key)
        if first is not None:
            kept = self._runs[first >> _ROW_BITS].file
            row = first & ((1 << _ROW_BITS) - 1)
            self._merge(record, run, f"{kept}, row {row}" if row else kept)
            return None
        if self._is_known and self._is_known(key.hex()):
            self._merge(record, run, "one that is in the index already")
            return None
        self._first[key] = number << _ROW_BITS | (record.row or 0)
        raw = split_lines(record.text) if record.row is None else ()  # a row's source is no line
        source = record.fields.get("source") or source_field(record, raw)
        article_id = record.article_id
        if self._ids is not None:
            if article_id in self._ids:  # alike as read; only what the user gave tells them apart
                article_id = content_id(alike[0], record.text, alike[2], alike[3], record.url)
            self._ids.add(article_id)
        return Settled(record, given.get("source", source), given, article_id, key.hex())

    def _merge(self, record: Record, run: Run, other: str) -> None:
        run.entry.merged += 1
        reason = f"the same article as {other}; the two are counted as one"
        run.note(Problem(record.row, None, reason, "nothing needs doing, or remove one of them"))

    def _with_address(self, record: Record, run: Run) -> Record:
        """Take out what stands for an address but is none, such as "javascript:"; say so."""
        url = record.fields["url"].value if "url" in record.fields else record.url
        if not url or is_web_address(url):
            return record
        self._no_address[run.entry.file] += 1
        if self._no_address[run.entry.file] <= _MAX_LISTED:
            column = run.entry.columns.get("url", "url")
            run.note(Problem(record.row, column, f"“{url[:40]}” is no web address", NO_ADDRESS))
        fields = {name: value for name, value in record.fields.items() if name != "url"}
        return replace(record, url="", fields=fields)


def _unwrapped(record: Record, run: Run) -> Record:
    """Return a record whose source isn't the folder that only wraps the archive."""
    if run.wrapped is None or record.folder != run.wrapped[0]:
        return record
    return replace(record, folder=run.wrapped[1])


def _alike(record: Record, given: Mapping[str, Field]) -> tuple[str, str, str, str]:
    """Return what two records of one article have in common, after what the user gave."""
    title, text, source, date = record.same_as
    values = [
        given[name].value or "" if name in given else value
        for name, value in (("title", title), ("source", source), ("date", date))
    ]
    return values[0], text, values[1], values[2]


def _digest(alike: tuple[str, str, str, str]) -> bytes:
    """Return the merge key of what ``_alike`` returned."""
    title, text, source, date = alike
    # JSON keeps the values apart whatever they contain; none of it looks like a line end.
    digest = hashlib.blake2b(dump_line([title, source, date]), digest_size=16)
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.digest()


def _lines(stream: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    stream.seek(start)
    while start < end:
        line = stream.readline()
        start += len(line)
        yield line


class _Articles:
    """The source and the units of each record, as often as they are asked for."""

    def __init__(self, settled: IO[bytes], done: Sequence[_Done]) -> None:
        self._settled, self._done = settled, done

    def __iter__(self) -> Iterator[tuple[str | None, Sequence[Unit]]]:
        for each in self._done:
            for line in _lines(self._settled, each.start, each.end):
                record = load_settled(load_line(line))
                is_done = is_clean(record.record, each.clean)
                yield (
                    record.source.value,
                    [] if is_done else split_units(split_lines(record.record.text)),
                )


def _repeated(settled: IO[bytes], done: Sequence[_Done]) -> dict[str | None, frozenset[str]]:
    """Return the lines that recur in the articles of a source; none where all are clean."""
    size = sum(each.uncleaned for each in done)
    if not size:
        return {}
    articles = _Articles(settled, done)
    return repeated_lines(list(articles) if size < _FEW else articles, size)


def _cut(settled: IO[bytes], done: Sequence[_Done], folder: Path) -> list[Path]:
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
                    batches.append(folder / f"batch-{len(batches):06}.jsonl")
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


def _ordered(settled: IO[bytes], done: _Done) -> Iterable[bytes]:
    lines = _lines(settled, done.start, done.end)
    if done.is_ordered:
        return lines

    def order(line: bytes) -> tuple[int, str]:
        record = load_settled(load_line(line))
        return record.record.row or 0, record.article_id

    # Rows of a table are in order; of another format a file is no larger than memory.
    return sorted(lines, key=order)
