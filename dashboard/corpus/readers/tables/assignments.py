"""The user's own topics: a table (CSV, TSV, JSON, JSON Lines or Parquet) that gives each article a
topic. An article may have several rows, with weights."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.corpus.article import tidy
from dashboard.corpus.decoding.encodings import decode
from dashboard.corpus.readers.tables.delimited import read_rows
from dashboard.corpus.readers.tables.parquet import rows_of_parquet
from dashboard.corpus.record import RefusedFile
from dashboard.errors import NewsprismError
from dashboard.wording import join_words

#: Names that a column may have; the first one found is used. Case doesn't matter, and spaces and
#: hyphens count as "_".
ARTICLE = ("article_id", "file", "filename", "file_name", "path", "document", "doc_id", "doc", "id")
TOPIC = ("topic", "topic_label", "label", "cluster")
WEIGHT = ("weight", "probability", "prob", "share", "gamma")
ROW = "row"
MOST_TOPICS = 200
MOST_LETTERS = 60
NO_TOPIC = ("", "-1", "other")  # BERTopic and HDBSCAN call outliers -1

NAMES_NO_ARTICLE = "no article is named"
NAMES_NO_TOPIC = "no topic is named (empty, -1 or Other)"
NO_WEIGHT = "the weight is not a number above 0"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One row. ``article`` is an article's id or the name of its file; ``row`` is the article's row
    where that file is a table."""

    article: str
    row: int | None
    topic: str
    weight: float


@dataclass(frozen=True)
class Assignments:
    """A file of topics. It has ``n_rows`` rows, of which ``rows`` can be used; ``set_aside`` counts
    the others by reason. ``digest`` is a checksum of the file."""

    file: str
    digest: str
    n_rows: int
    rows: Sequence[Assignment]
    set_aside: Mapping[str, int] = field(default_factory=dict)


def read_assignments(path: Path) -> Assignments:
    """Read a file of topics. A topic that is only a number is called "Topic 3".

    Raises ``OSError``, and ``NewsprismError`` if the file can't be read, has no column of articles
    or of topics, names more than ``MOST_TOPICS`` topics, or gives one a name of more than
    ``MOST_LETTERS`` letters."""
    data = path.read_bytes()
    try:
        table = [_plain(record) for record in _records(data)]
    except RefusedFile as error:
        raise NewsprismError(error.reason, path.name, error.remedy) from None
    except (ValueError, RecursionError):
        raise NewsprismError("the JSON can't be read", path.name, "export it again") from None
    names = dict.fromkeys(name for record in table for name in record)
    article, topic, weight = (_first(names, each) for each in (ARTICLE, TOPIC, WEIGHT))
    if article is None or topic is None:
        what, known = ("topics", TOPIC) if article else ("articles", ARTICLE)
        has = f"its columns are {join_words(list(names)[:12])}"[:300] if names else "it is empty"
        raise NewsprismError(
            f"it has no column of {what}; {has}",
            path.name,
            f"add one called {join_words(known[:2], 'or')}",
        )
    rows, aside = list[Assignment](), Counter[str]()
    for record in table:
        said = record.get(article, ""), record.get(topic, "")
        weighs = _weight(record[weight]) if weight and record.get(weight) else 1.0 - bool(weight)
        if not said[0]:
            aside[NAMES_NO_ARTICLE] += 1
        elif said[1].casefold() in NO_TOPIC:
            aside[NAMES_NO_TOPIC] += 1
        elif not weighs > 0:
            aside[NO_WEIGHT] += 1
        else:
            row = record.get(ROW, "")
            rows.append(
                Assignment(said[0], int(row) if row.isdecimal() else None, _called(said[1]), weighs)
            )
    _refuse_topics({each.topic for each in rows}, path.name)
    digest = hashlib.sha256(data).hexdigest()[:16]
    return Assignments(path.name, digest, len(table), rows, dict(aside))


def _records(data: bytes) -> Iterable[Mapping[str, Any]]:
    """The rows of a file in any of the formats; each maps column names to cells."""
    if data[:4] == b"PAR1":
        return rows_of_parquet(data)
    text = decode(data, nul_allowed=True).text
    begins = text.lstrip()[:1]
    if begins == "[":
        return _objects(json.loads(text))
    if begins == "{":
        try:
            said = json.loads(text)
        except ValueError:
            return _objects([json.loads(line) for line in text.splitlines() if line.strip()])
        if not {_column(name) for name in said} & {*ARTICLE}:  # article → topic
            return [{"article_id": article, "topic": topic} for article, topic in said.items()]
        return _objects([said])
    table = read_rows(text, (*ARTICLE, *TOPIC, *WEIGHT, ROW))
    return (dict(zip(table.header, row, strict=False)) for row in table.rows)


def _objects(found: Any) -> list[Mapping[str, Any]]:
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise RefusedFile("it is not a list of objects", "write [{“article_id”: …, “topic”: …}, …]")
    return found


def _plain(record: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a row as text, under the normalised names of their columns."""
    return {_column(name): _text(value) for name, value in record.items()}


def _column(name: object) -> str:
    return tidy(str(name)).lower().replace(" ", "_").replace("-", "_")


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value))


def _first(names: Iterable[str], known: Sequence[str]) -> str | None:
    there = set(names)
    return next((name for name in known if name in there), None)


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if math.isfinite(weight) else 0.0


def _called(topic: str) -> str:
    number = topic.removesuffix(".0")
    return f"Topic {number}" if number.isdecimal() else topic


def _refuse_topics(topics: set[str], file: str) -> None:
    if len({topic.casefold() for topic in topics}) > MOST_TOPICS:
        raise NewsprismError(
            f"it names {len(topics):,} topics",
            file,
            f"merge some: at most {MOST_TOPICS} can be shown",
        )
    if long := sorted(topic for topic in topics if len(topic) > MOST_LETTERS):
        raise NewsprismError(
            f"the name of the topic “{long[0][:MOST_LETTERS]}…” is too long",
            file,
            f"shorten it to {MOST_LETTERS} letters",
        )
