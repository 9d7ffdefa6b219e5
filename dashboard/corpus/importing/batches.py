"""Batch files: settled records as lines, and the articles that are made of them.

A batch and the ``common.json`` beside it hold all that its articles need, so that batches can be
read in any order, by any process, and again.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import count, repeat
from pathlib import Path
from typing import Any

from dashboard.corpus.article import Article, Field, Label, Line
from dashboard.corpus.corrections import Corrections
from dashboard.corpus.fields.fields import read_fields
from dashboard.corpus.fields.head import header_verdicts
from dashboard.corpus.fields.sources import respelled
from dashboard.corpus.importing.collect import in_member
from dashboard.corpus.importing.messages import (
    dump_line,
    dump_record,
    load_line,
    pack_field,
    record_of,
    split_record,
)
from dashboard.corpus.lines.clean_mode import is_clean
from dashboard.corpus.lines.cuts import Cut, cut_boxes, put_back, without_counts
from dashboard.corpus.lines.house_openings import Openings
from dashboard.corpus.lines.inside import split_inside
from dashboard.corpus.lines.label import clean_lines
from dashboard.corpus.lines.title import title_line
from dashboard.corpus.parsing.language import detect_languages
from dashboard.corpus.readers.front_matter import read_front_matter
from dashboard.corpus.readers.registry import Record
from dashboard.corpus.report import Problem

COMMON = "common.json"
_NOTHING_LEFT = "no article text left after cleaning"
_CHECK_COPIED = "check that the article was copied"
_HEAD_LINES, _HEAD_CHARS = 100, 1000  # enough to tell the language


@dataclass(slots=True)
class Outcome:
    """What became of a batch's records of one file of the report; plain data."""

    file: str
    kept: int = 0
    problems: list[Problem] = field(default_factory=list)  # one per record set aside


@dataclass(slots=True)
class Settled:
    """A record on its way to an article: all that other records have a say in is decided."""

    record: Record
    source: Field
    given: Mapping[str, Field]
    article_id: str
    merge_key: str

    def dump(self, line: bytes = b"") -> bytes:
        """Return it as a line; ``line`` is that of the record, if there is one already."""
        given = {name: pack_field(value) for name, value in self.given.items()}
        rest = [pack_field(self.source), given, self.article_id, self.merge_key]
        head, text = split_record(line or dump_record(self.record))
        return b"[%s,%s\t%s\n" % (head, dump_line(rest)[1:-1], text)


def load_settled(line: bytes) -> Settled:
    """Return what ``Settled.dump`` wrote.

    Raises
    ------
    ValueError
        The line is something else.
    """
    head, text = split_record(line)
    record, source, given, article_id, merge_key = load_line(head)
    fields = {name: Field(*value) for name, value in given.items()}
    return Settled(record_of(record, text), Field(*source), fields, article_id, merge_key)


def write_common(
    folder: Path,
    repeated: Mapping[str | None, frozenset[str]],
    openings: Openings,
    spellings: Mapping[str, str],
    corrections: Corrections | None,
) -> None:
    """Write what the batches of a folder share: lines that recur and what stands before articles,
    by source, names of sources that are another spelling of one, and corrections."""
    common = {
        "repeated": _by_source(repeated),
        "openings": _by_source(openings),
        "spellings": dict(sorted(spellings.items())),
        "corrections": asdict(corrections) if corrections else None,
    }
    (folder / COMMON).write_bytes(dump_line(common))


def _by_source(found: Mapping[str | None, frozenset[str]]) -> list[tuple[str | None, list[str]]]:
    lists = [(source, sorted(values)) for source, values in found.items() if values]
    return sorted(lists, key=lambda pair: str(pair[0]))


def read_batch(batch: Path) -> tuple[list[Article], list[Outcome]]:
    """Return the articles of a batch in their order, and what became of its records.

    Whoever spooled the batch adds the outcomes to the report with ``Spool.add``.

    Raises
    ------
    OSError, ValueError
        The file, or the ``common.json`` beside it, is missing or is something else.
    """
    common = load_line((batch.parent / COMMON).read_bytes())
    repeated, openings = (
        {source: frozenset(values) for source, values in common[name]}
        for name in ("repeated", "openings")
    )
    corrections = Corrections(**common["corrections"]) if common["corrections"] else None
    articles: list[Article] = []
    outcomes: dict[str, Outcome] = {}
    run: dict[str, Any] = {}
    with batch.open("rb") as lines, _no_collection():
        for line in lines:
            if line.startswith(b"{"):  # of a run: its records follow
                run = load_line(line)
                outcome = outcomes.setdefault(run["entry"], Outcome(run["entry"]))
                continue
            settled = _one_spelling(load_settled(line), common["spellings"])
            source = settled.source.value
            article = _article(
                settled,
                run,
                repeated.get(source, frozenset()),
                openings.get(source, frozenset()),
            )
            if corrections is not None:
                article = corrections.apply(article)
            if any(line.label == "keep" for line in article.lines):
                outcome.kept += 1
                articles.append(article)
            else:
                problem = Problem(article.row, None, _NOTHING_LEFT, _CHECK_COPIED)
                outcome.problems.append(in_member(problem, run["member"]))
    return _with_languages(articles), list(outcomes.values())


def _one_spelling(settled: Settled, spellings: Mapping[str, str]) -> Settled:
    """Return the record with its source spelled as most records of that source spell it."""
    used = spellings.get(settled.source.value or "")
    if used is None or "source" in settled.given:
        return settled
    return replace(settled, source=respelled(settled.source, used))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Leave cycles alone for a while: articles have none, and there are many parts to look at."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def split_lines(text: str) -> list[str]:
    """Return the lines of ``text`` as editors number them; a last line end begins no line."""
    return text.removesuffix("\n").split("\n")


def _article(
    settled: Settled, run: Mapping[str, Any], repeated: frozenset[str], openings: frozenset[str]
) -> Article:
    record = settled.record
    raw = split_lines(record.text)
    above = read_front_matter(raw) if record.row is None else None
    block = raw[: above.n_lines] if above else []
    raw[: len(block)] = [""] * len(block)  # the line rules are for what stands below it
    numbers: Sequence[int] = ()
    cut = Cut(raw, {})
    if run["clean"] == "all":
        lines = as_read(raw)
    elif is_clean(record, run["clean"]):
        cut = cut_boxes(raw)
        lines = without_counts(as_read(cut.lines))
        at = title_line(raw, record.title)
        if at is not None:
            lines[at] = Line(at + 1, raw[at], "metadata", "title")
    else:
        is_row = record.row is not None or record.cleaned
        split = split_inside(raw, openings)
        cut = cut_boxes(split.lines)
        lines = clean_lines(
            cut.lines,
            title=record.title,
            is_row=is_row,
            repeated=repeated,
            verdicts={**split.verdicts, **({} if is_row else header_verdicts(cut.lines))},
        )
        numbers = split.numbers if split.verdicts and not is_row else ()
    for i, text in enumerate(block):
        lines[i] = Line(i + 1, text, "metadata", "front matter")
    fields = {
        **read_fields(record, lines, settled.source),
        **record.fields,
        "source": settled.source,
    }
    fields |= settled.given
    if numbers:
        lines, fields = _as_in_the_file(lines, fields, numbers)
    if cut.pieces:
        lines = put_back(lines, cut.pieces)
    return Article(
        settled.article_id,
        record.file,
        record.row,
        fields,
        tuple(lines),
        record.language,
        settled.merge_key,
        record.own_columns,
    )


def _as_in_the_file(
    lines: Sequence[Line], fields: Mapping[str, Field], numbers: Sequence[int]
) -> tuple[list[Line], dict[str, Field]]:
    """Return the lines and the fields with the numbers that an editor shows."""
    return (
        [line._replace(number=number) for line, number in zip(lines, numbers, strict=True)],
        {
            name: replace(field, line=numbers[field.line - 1]) if field.line else field
            for name, field in fields.items()
        },
    )


def _with_languages(articles: list[Article]) -> list[Article]:
    """Return the articles; the text tells the language of those whose table doesn't."""
    unsaid = [number for number, article in enumerate(articles) if not article.language]
    told = detect_languages([_opening(articles[number].lines) for number in unsaid])
    for number, language in zip(unsaid, told, strict=True):
        articles[number] = replace(articles[number], language=language)
    return articles


def _opening(lines: Sequence[Line]) -> str:
    parts: list[str] = []
    size = 0
    for line in lines[:_HEAD_LINES]:
        if line.label == "keep":
            parts.append(line.text)
            size += len(line.text)
            if size > _HEAD_CHARS:
                break
    return " ".join(parts)


_AS_READ: dict[Label, str] = {"keep": "the article's own text", "boilerplate": "blank line"}


def as_read(raw: Sequence[str]) -> list[Line]:
    """Lines of a text that is the article's own already: all kept but blank ones."""
    labels: list[Label] = ["keep" if text and not text.isspace() else "boilerplate" for text in raw]
    values = zip(count(1), raw, labels, map(_AS_READ.__getitem__, labels))
    # Half of the time of an import would go into making lines one by one.
    return list(map(tuple.__new__, repeat(Line), values))
