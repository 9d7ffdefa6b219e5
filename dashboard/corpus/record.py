"""What a reader hands over: the records of one file, before any cleaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.corpus.article import UNKNOWN, Field, content_id
from dashboard.corpus.own_columns import OwnColumns
from dashboard.corpus.report import MAX_PROBLEMS, Problem
from dashboard.errors import NewsprismError


class RefusedFile(NewsprismError):
    """The whole file can't be used; carries what the report says about it.

    For a table ``headers`` and ``previews`` are as in :class:`Reading`.
    """

    def __init__(
        self,
        reason: str,
        remedy: str = "",
        file_format: str = "",
        headers: Sequence[str] = (),
        previews: Mapping[str, list[str]] | None = None,
    ) -> None:
        super().__init__(reason, remedy=remedy)
        # What another process makes it of again.
        self.args = (reason, remedy, file_format, list(headers), dict(previews or {}))
        self.reason = reason
        self.file_format = file_format
        self.headers = list(headers)
        self.previews = dict(previews or {})


class OutOfMemory(RefusedFile):
    """Reading the file took more memory than the process may have."""


@dataclass(frozen=True, slots=True)
class Record:
    """One article as read. Values are "" where the file gives none.

    ``folder`` is the sub-folder that names the source of a text file; ``date`` is the cell as
    written and ``date_field`` what the table's reader made of it. ``fields`` is what the format
    itself says, with its evidence; it takes the place of what the text would suggest. ``cleaned``:
    the text is the article's own already, no furniture is looked for in it. ``language`` is the
    code that a table gives. ``own_columns``: the user's, made by ``own_columns``.
    """

    file: str
    row: int | None
    text: str
    title: str = ""
    source: str = ""
    date: str = ""
    url: str = ""
    authors: str = ""
    folder: str = ""
    date_field: Field = UNKNOWN
    fields: Mapping[str, Field] = field(default_factory=dict)
    cleaned: bool = False
    language: str = ""
    own_columns: OwnColumns = field(default_factory=dict)

    @property
    def article_id(self) -> str:
        """The content id of the record as read."""
        return content_id(self.title, self.text, self.folder or self.source, self.date, self.url)


Sink = Callable[[Record], None]


@dataclass(slots=True)
class Reading:
    """The outcome of reading one file; ``refused`` counts records that can't be used.

    For a table ``columns`` is the column of each field (of title, text, source, date, url,
    authors, language) and ``samples`` up to three of its values, for the user to check;
    ``headers`` are the names of all its columns and ``previews`` values of each (up to three,
    of the first columns), to choose others by; ``unused``: why a column is neither a field's nor
    kept as the user's own; ``choice`` says why the text is read from its column where another
    could be it; ``guessed`` and ``asked`` are as in ``ColumnMap``. With a ``sink`` the records of a
    table are handed to it as they are read, and none is held here. ``unlisted`` counts the problems
    beyond the most that are listed.
    """

    format: str
    records: list[Record] = field(default_factory=list)
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    encoding: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)
    previews: dict[str, list[str]] = field(default_factory=dict)
    choice: str = ""
    unlisted: int = 0
    unused: dict[str, str] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sink: Sink | None = field(default=None, repr=False, compare=False)

    def add(self, record: Record) -> None:
        """Hand a record on, or hold it."""
        if self.sink is not None:
            self.sink(record)
        else:
            self.records.append(record)

    def note(self, problem: Problem) -> None:
        """List a problem of a row; a table of millions may have one in every row."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)
        else:
            self.unlisted += 1
