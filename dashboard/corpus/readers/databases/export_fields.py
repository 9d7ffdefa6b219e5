"""What the downloads of news databases share: an entry, its fields with evidence, its record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from dashboard.corpus.article import Basis, Field, tidy
from dashboard.corpus.parsing.bylines import names_in_byline
from dashboard.corpus.parsing.dates import find_date
from dashboard.corpus.record import Reading, Record, RefusedFile
from dashboard.corpus.report import Problem

METADATA_ONLY = "metadata only: the text needs fetching"
NO_TEXT = "no text was found in this record"
_BY = re.compile(r"(?:by|von|par|por|door|di)(?: ?:)? (?=\S)", re.I)
_ADDRESS = re.compile(r"\S{1,64}@\S{1,80}")
_NUMBER = re.compile(r"\d[\d.,\u00a0\u202f ]{0,12}")
_FEW = 100


@dataclass(slots=True)
class Entry:
    """What a download says of one article, every value as written.

    ``labels`` names, for a field, the tag or label under which its value stands ("PD").
    ``inferred`` holds the fields that the download only suggests.
    """

    row: int
    text: str = ""
    title: str = ""
    source: str = ""
    date: str = ""
    authors: str = ""
    url: str = ""
    original_source: str = ""
    length: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    inferred: set[str] = field(default_factory=set)

    def basis(self, name: str) -> Basis:
        """Return how a field is known."""
        return "inferred" if name in self.inferred else "stated"

    def evidence(self, name: str, value: str) -> str:
        """Return the words that a field rests on, with their label."""
        label = self.labels.get(name, "")
        return f"{label}: {tidy(value)[:120]}" if label else tidy(value)[:120]


def add_entry(
    reading: Reading, entry: Entry, file: str, *, folder: str, method: str, again: str
) -> None:
    """Turn an entry into a record of ``reading``, or into a refusal when it has no text.

    Parameters
    ----------
    reading : Reading
        Gets the record or the refusal, and the problems.
    entry : Entry
        As read.
    file, folder : str
        As given to the reader; the folder counts only where the entry names no source.
    method : str
        The database, as the fields' method.
    again : str
        What to do for a text that is missing and has no address.
    """
    if not entry.text.strip():
        reading.refused += 1
        known = bool(entry.title or entry.url)
        remedy = f"fetch {entry.url[:300]}" if entry.url else again
        what = f" (“{tidy(entry.title)[:80]}”)" if entry.title and not entry.url else ""
        reason = METADATA_ONLY if known else NO_TEXT
        reading.problems.append(Problem(entry.row, None, reason, remedy + what))
        return
    fields: dict[str, Field] = {}
    authors = authors_of(entry.authors)
    plain = {"title": tidy(entry.title), "source": tidy(entry.source), "url": entry.url.strip(),
             "authors": authors, "original_source": tidy(entry.original_source)}  # fmt: skip
    for name, value in plain.items():
        if value:
            words = getattr(entry, name) if name in ("authors", "original_source") else value
            fields[name] = Field(
                value, entry.basis(name), entry.evidence(name, words), None, method
            )
    if entry.date:
        fields["date"] = _date_field(entry, reading, method)
    if too_short(entry.length, entry.text):
        reason = f"only {len(entry.text.split())} words of “{tidy(entry.length)[:40]}” are there"
        reading.problems.append(Problem(entry.row, None, reason, again))
    record = Record(
        file=file,
        row=entry.row,
        text=entry.text,
        title=plain["title"],
        source=plain["source"],
        date=tidy(entry.date),
        url=plain["url"],
        authors=authors,
        folder="" if plain["source"] else folder,
        fields=fields,
        cleaned=True,
    )
    reading.records.append(record)


def _date_field(entry: Entry, reading: Reading, method: str) -> Field:
    found = find_date(entry.date)
    if found is not None and found.day is not None:
        evidence = entry.evidence("date", entry.date)
        return Field(found.day.isoformat(), entry.basis("date"), evidence, None, method)
    why = f"“{tidy(entry.date)[:60]}” {found.why if found else 'gives no day'}"
    reading.problems.append(Problem(entry.row, None, f"no date: {why}", "set the date by hand"))
    return Field(None, "unknown", why, None, method)


def finish(reading: Reading, nothing: RefusedFile) -> Reading:
    """Return ``reading``; the record of a file of one has no number. Raise ``nothing`` if it has
    none."""
    total = len(reading.records) + reading.refused
    if not total:
        raise nothing
    if total == 1:
        reading.records = [replace(record, row=None) for record in reading.records]
        reading.problems = [replace(problem, row=None) for problem in reading.problems]
    return reading


def authors_of(written: str) -> str:
    """Return the authors of a byline, joined by "; "; names are kept where none is recognised."""
    names: list[str] = []
    for part in written.split(";"):
        part = re.sub(r"(?<=\w{3})\.$", "", tidy(_ADDRESS.sub(" ", part))).strip(" ,")
        if not part:
            continue
        opened = part if _BY.match(part) else f"By {part}"
        bare = _BY.sub("", part, count=1) if _BY.match(part) else part
        names += names_in_byline(opened) or [bare]
    names = [name.title() if name.isupper() and " " in name else name for name in names]
    return "; ".join(dict.fromkeys(names))


def too_short(stated: str, text: str) -> bool:
    """True when the text has less than half the words that the database counted.

    Scripts without spaces between words are not judged, nor are short notices.
    """
    match = _NUMBER.search(stated)
    words = text.split()
    if match is None or not words or len(text) > 15 * len(words):
        return False
    count = int(re.sub(r"\D", "", match[0]) or 0)
    return count >= _FEW and 2 * len(words) < count
