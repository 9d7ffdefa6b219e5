"""Settling: what of a record depends on the others is decided, in the order of reading."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO

from dashboard.corpus.article import Field, content_id, tidy
from dashboard.corpus.fields.sources import respelled, source_field
from dashboard.corpus.files.metadata_csv import NO_ADDRESS
from dashboard.corpus.importing.batches import Settled, split_lines
from dashboard.corpus.importing.collect import RecordRun
from dashboard.corpus.importing.messages import dump_line, load_record
from dashboard.corpus.lines.clean_mode import Clean, CleanMode, CleanSample, decide
from dashboard.corpus.lines.rules import judge
from dashboard.corpus.own_columns import overridden
from dashboard.corpus.parsing.addresses import is_web_address
from dashboard.corpus.parsing.outlets import outlet_key, outlet_name, spellings
from dashboard.corpus.readers.registry import Record
from dashboard.corpus.report import Problem

_MAX_LISTED = 50
_MAX_SPELLINGS = 20
_ROW_BITS = 40
_FURNITURE, _SHORT_LINE = 3, 80  # lines at the end that don't make a text another article
_NOTHING = "nothing needs doing; the Corpus page can keep the two apart"


@dataclass(slots=True)
class Done:
    """A run of settled records: where they lie, and which of them need no line rules."""

    run: RecordRun
    start: int
    end: int
    clean: Clean
    uncleaned: int  # characters of the texts that go to the line rules
    is_ordered: bool


class Settling:
    """Decides what becomes of each record: merged or kept, its id, its source."""

    def __init__(
        self,
        runs: Sequence[RecordRun],
        out: IO[bytes],
        mode: CleanMode,
        is_known: Callable[[str], bool] | None,
    ) -> None:
        self._runs, self._out, self._mode, self._is_known = runs, out, mode, is_known
        # Merge key → where its first record is: the number of the run, and the row.
        self._first: dict[bytes, int] = {}
        # The merge key of a row as read → its key after what the user gave for the row.
        self._described: dict[bytes, bytes] = {}
        # Only what the user gave can make two of records that have one id.
        given = any(overrides.rows for run in runs for _, overrides in run.overrides)
        self._ids: set[bytes] | None = set() if given else None
        self._no_address: Counter[str] = Counter()
        # How many records bear each source's name, by file; names that the user gave are not here.
        self._named: dict[str, Counter[str]] = {}

    def settle(self, number: int, records: IO[bytes]) -> Done:
        """Settle the records of a run; those that stay are written."""
        run = self._runs[number]
        start = self._out.tell()
        sample = CleanSample()
        is_ordered, last = True, (-1, "")
        texts = {True: 0, False: 0}  # characters, by whether they may be a table's clean rows
        for line in lines_of(records, run.start, run.end):
            read = load_record(line)
            record = self._with_address(_unwrapped(read, run), run)
            sample.add(record)
            settled = self._settle(record, run, number)
            if settled is None:
                continue
            texts[record.row is not None and not record.cleaned] += len(record.text)
            order = (record.row or 0, settled.article_id)
            is_ordered, last = is_ordered and last <= order, order
            self._out.write(settled.dump(line if settled.record is read else b""))
        clean = decide(sample, self._mode)
        rows, others = texts[True], texts[False]
        uncleaned = {"all": 0, "rows": others, "none": rows + others}[clean]
        return Done(run, start, self._out.tell(), clean, uncleaned, is_ordered)

    def _settle(self, record: Record, run: RecordRun, number: int) -> Settled | None:
        given: dict[str, Field] = {}
        for name, overrides in run.overrides:
            overrides.meet(name, record.row)
            given = overrides.apply(name, record.row, given)
            if own := overrides.own.get((name, record.row)):
                record = replace(record, own_columns=overridden(record.own_columns, own))
        alike = _alike(record, given)
        key = _digest(alike)
        if record.row is not None and given:
            self._described.setdefault(_digest(_alike(record, {})), key)
        elif record.row is not None:  # what is given for a row holds for its later copies as well
            key = self._described.get(key, key)
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
        raw = split_lines(record.text) if record.row is None else ()  # a row's source is not a line
        source = record.fields.get("source") or source_field(record, raw)
        if source.value and "source" not in given:
            source = respelled(source, outlet_name(source.value))
            self._named.setdefault(run.entry.file, Counter())[source.value or ""] += 1
        article_id = record.article_id
        if self._ids is not None:
            # Alike as read; only what the user gave tells them apart.
            if bytes.fromhex(article_id) in self._ids:
                article_id = content_id(alike[0], record.text, alike[2], alike[3], record.url)
            self._ids.add(bytes.fromhex(article_id))
        return Settled(record, given.get("source", source), given, article_id, key.hex())

    def spellings(self, there: Collection[str] = ()) -> dict[str, str]:
        """Return other spellings of sources → the one to use, and report them; to be called once
        all records were settled. Names that are ``there`` already are used before others."""
        total: Counter[str] = Counter()
        for counts in self._named.values():
            total.update(counts)
        before = total.total()
        total.update(dict.fromkeys(there, before + 1))
        chosen = {name: used for name, used in spellings(total).items() if name not in there}
        for entry in {run.entry.file: run.entry for run in self._runs}.values():
            met = self._named.get(entry.file, Counter())
            entry.spellings = {name: chosen[name] for name in sorted(met) if name in chosen}
            for name, used in list(entry.spellings.items())[:_MAX_SPELLINGS]:
                reason = f"“{name[:60]}” is counted as “{used[:60]}”, another spelling of one name"
                entry.note(Problem(None, entry.columns.get("source"), reason, _NOTHING))
            if (more := len(entry.spellings) - _MAX_SPELLINGS) > 0:
                reason = f"{more:,} more spellings of sources are read as another"
                entry.note(Problem(None, entry.columns.get("source"), reason, _NOTHING))
        return chosen

    def _merge(self, record: Record, run: RecordRun, other: str) -> None:
        run.entry.merged += 1
        reason = f"the same article as {other}; the two are counted as one"
        run.note(Problem(record.row, None, reason, "nothing needs doing, or remove one of them"))

    def _with_address(self, record: Record, run: RecordRun) -> Record:
        """Take out what stands for an address but is none, such as "javascript:"; say so."""
        url = record.fields["url"].value if "url" in record.fields else record.url
        if not url or is_web_address(url):
            return record
        self._no_address[run.entry.file] += 1
        if self._no_address[run.entry.file] <= _MAX_LISTED:
            column = run.entry.columns.get("url", "url")
            run.note(Problem(record.row, column, f"“{url[:40]}” is not a web address", NO_ADDRESS))
        fields = {name: value for name, value in record.fields.items() if name != "url"}
        return replace(record, url="", fields=fields)


def _unwrapped(record: Record, run: RecordRun) -> Record:
    """Return a record whose source isn't the folder that only wraps the archive."""
    if run.wrapped is None or record.folder != run.wrapped[0]:
        return record
    return replace(record, folder=run.wrapped[1])


def _alike(record: Record, given: Mapping[str, Field]) -> tuple[str, str, str, str]:
    """Return what two records of one article have in common, after what the user gave: the title
    and the source in any spelling, the day, and the text but for lines of furniture at its end.

    Without a source, as in posts, the author takes its place.
    """
    date = record.fields.get("date", record.date_field).value or record.date
    source = outlet_key(record.folder or tidy(record.source)) or tidy(record.authors)
    values = {"title": record.title, "source": source, "date": date}
    for name in values.keys() & given.keys():
        values[name] = given[name].value or ""
    title = " ".join(values["title"].casefold().split())
    return title, _without_furniture(record.text), outlet_key(values["source"]), values["date"]


def _without_furniture(text: str) -> str:
    text = text.strip()
    for _ in range(_FURNITURE):
        rest, end, line = text.rpartition("\n")
        verdict = judge(tidy(line)) if end and len(line) <= _SHORT_LINE else None
        if verdict is None or verdict.label == "metadata":
            break
        text = rest.rstrip()
    return text


def _digest(alike: tuple[str, str, str, str]) -> bytes:
    """Return the merge key of what ``_alike`` returned."""
    title, text, source, date = alike
    # JSON keeps the values apart whatever they contain; none of it looks like a line end.
    digest = hashlib.blake2b(dump_line([title, source, date]), digest_size=16)
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.digest()


def lines_of(stream: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    """Yield the lines of a stream between two positions; it may be used otherwise meanwhile."""
    stream.seek(start)
    while start < end:
        line = stream.readline()
        start += len(line)
        yield line
