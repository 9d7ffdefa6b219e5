"""Downloads of ProQuest as plain text: labelled records between rules of underscores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dashboard.corpus.article import tidy
from dashboard.corpus.decoding.encodings import decode
from dashboard.corpus.parsing.dates import find_date
from dashboard.corpus.readers.databases.export_fields import Entry, add_entry, finish
from dashboard.corpus.record import Reading, RefusedFile
from dashboard.corpus.report import Problem

MAX_BYTES = 50 * 1024 * 1024
_RULE = re.compile(r"_{60}")
_OTHER_RULE = re.compile(r"_{20,200}")
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n_]{1,44}):(?:\s{1,9}(?P<value>.*)|$)")
# Labels as the database writes them, in the languages of its pages.
_NAMES = {
    "title": "title|titel|titre|título|titolo",
    "authors": "author|authors|autor|autoren|auteur|autore|byline",
    "source": "publication title|publikationstitel|titel der publikation|titre de la publication"
    "|título de publicación|título de la publicación|título da publicação|titolo pubblicazione",
    "date": "publication date|erscheinungsdatum|publikationsdatum|date de publication"
    "|fecha de publicación|data de publicação|data di pubblicazione",
    "info": "publication info|informationen zur publikation|informations de publication"
    "|información de publicación|informações da publicação",
    "text": "full text|volltext|texte intégral|texto completo|testo completo",
    "url": "document url|dokument-url|url du document|url del documento|url de documento"
    "|url do documento",
    "link": "proquest document link|permalink",
    "id": "proquest document id|proquest-dokument-id|id du document proquest"
    "|id del documento de proquest|id de documento de proquest|id do documento proquest",
}
_FIELDS = {label: name for name, labels in _NAMES.items() for label in labels.split("|")}
# What else stands among the metadata; a paragraph of the text may begin with such a word too, so
# that only a run of these at the end of a record counts.
_OTHERS = frozenset(
    "abstract|subject|location|people|company / organization|company|classification"
    "|identifier / keyword|section|first page|start page|pages|page|volume|issue|number of pages"
    "|publication year|year|edition|column|publisher|place of publication|country of publication"
    "|publication subject|publication frequency|issn|e-issn|isbn|coden|source type|language"
    "|language of publication|document type|document feature|document status|accession number"
    "|copyright|last updated|database|links|dateline|series|product name|dui|oclc|doi"
    "|correspondence author|alternate title|source attribution|business indexing term"
    "|literature indexing term|number of references|physical characteristics".split("|")
)
_COUNTER = re.compile(r"(?:document|dokument|documento) \d{1,5} (?:of|von|de|di) \d{1,5}", re.I)
_MISSING = re.compile(
    r"\W{0,3}(?:full text |volltext |the full text is )?(?:not available|unavailable"
    r"|nicht verfügbar|non disponible|no disponible|não disponível|none)\b.{0,80}",
    re.I,
)
_CREDIT = re.compile(r"credit: ?(?P<names>.{2,200})", re.I)
_AGAIN = "export it from ProQuest again with its full text"
_METHOD = "ProQuest"


def looks_like_proquest(head: bytes, name: str) -> bool:
    """True when the first bytes of a text file show a ProQuest download."""
    text = head.decode("utf-8", "replace")
    if "ProQuest" in text[:600] and _OTHER_RULE.search(text[:400]):
        return True
    return len(_labels(text.splitlines()) & {"title", "source", "text", "id", "date", "url"}) >= 3


def _labels(lines: Sequence[str]) -> set[str]:
    found = set()
    for line in lines:
        match = _LABEL.match(line[:200])
        name = _FIELDS.get(match["label"].casefold()) if match else None
        if name:
            found.add(name)
    return found


def read_proquest(data: bytes, file: str, folder: str = "") -> Reading:
    """Read a ProQuest download.

    Parameters
    ----------
    data : bytes
        The whole file, plain text.
    file, folder : str
        Its name for the report; the sub-folder, which counts where an article names no source.

    Returns
    -------
    Reading
        A record per article; those without their full text are refused as metadata only.

    Raises
    ------
    RefusedFile
        Empty, binary, too large, or no ProQuest record in it.
    """
    if len(data) > MAX_BYTES:
        reason = f"larger than {MAX_BYTES // 1024**2} MB"
        raise RefusedFile(reason, "export fewer articles at a time", "proquest")
    decoded = decode(data)
    reading = Reading("proquest", problems=decoded.problems, encoding=decoded.encoding)
    chunks = _chunks([line.strip() for line in decoded.text.split("\n")])
    for i, chunk in enumerate(chunks, 1):
        labels = _labels(chunk)
        if len(labels - {"title", "authors"}) < 2:
            continue  # the cover, the table of contents, the copyright of the database
        entry = _read_record(chunk, len(reading.records) + reading.refused + 1)
        add_entry(reading, entry, file, folder=folder, method=_METHOD, again=_AGAIN)
        if i == len(chunks) and not labels & {"source", "id"}:
            reason = "the file seems to end before this record does"
            reading.problems.append(Problem(entry.row, None, reason, _AGAIN))
    return finish(
        reading, RefusedFile("no ProQuest record was found in the file", _AGAIN, "proquest")
    )


def _chunks(lines: Sequence[str]) -> list[list[str]]:
    rule = _RULE if any(_RULE.fullmatch(line) for line in lines) else _OTHER_RULE
    chunks: list[list[str]] = [[]]
    for line in lines:
        if rule.fullmatch(line):
            chunks.append([])
        else:
            chunks[-1].append(line)
    return chunks


def _read_record(lines: Sequence[str], number: int) -> Entry:
    entry = Entry(number)
    start = next((i for i, line in enumerate(lines) if _name(line) == "text"), None)
    end = len(lines) if start is None else _end_of_text(lines, start)
    head = [line for line in lines[:start] if line and not _COUNTER.fullmatch(line)]
    values: dict[str, tuple[str, str]] = {}
    for line in [*head, *lines[end:]] if start is not None else head:
        match = _LABEL.match(line[:5_000])
        name = _FIELDS.get(match["label"].casefold()) if match else None
        if match and name and tidy(match["value"] or ""):
            values.setdefault(name, (match["label"], tidy(match["value"])))
    if "link" in values:
        values.setdefault("url", values["link"])
    for name in ("title", "authors", "source", "date", "url"):
        if name in values:
            entry.labels[name], value = values[name]
            setattr(entry, name, value)
    if not entry.title and head and not _name(head[0]):
        entry.title = head[0]
    _read_info(values, entry)
    entry.source, entry.authors = _publication(entry.source), _natural(entry.authors)
    if start is not None:
        opening = _LABEL.match(lines[start])
        text = [tidy(opening["value"] or "") if opening else "", *map(tidy, lines[start + 1 : end])]
        paragraphs = [line for line in text if line]
        if paragraphs and (credit := _CREDIT.fullmatch(paragraphs[-1])):
            paragraphs.pop()
            if not entry.authors:
                entry.authors, entry.labels["authors"] = credit["names"], "Credit"
        if not (len(paragraphs) == 1 and _MISSING.fullmatch(paragraphs[0])):
            entry.text = "\n\n".join(paragraphs)
    return entry


def _name(line: str) -> str:
    match = _LABEL.match(line[:200])
    label = match["label"].casefold() if match else ""
    return _FIELDS.get(label) or ("other" if label in _OTHERS else "")


def _end_of_text(lines: Sequence[str], start: int) -> int:
    """Return where the metadata below the text begins, the end of the record if it is above.

    Its surest lines are title, publication and number; "Subject:", "Location:" and the like right
    above them belong to it, each once. Elsewhere a paragraph of the text may begin like that.
    """
    below = [i for i in range(start + 1, len(lines)) if lines[i]]
    sure = [k for k, i in enumerate(below) if _name(lines[i]) in ("title", "source", "id")]
    first = next((k for k, later in pairwise(sure) if later - k <= 12), None)
    if first is None:
        return len(lines)
    seen: set[str] = set()
    while first and _name(lines[below[first - 1]]):
        label = lines[below[first - 1]].partition(":")[0]
        if label in seen:
            break
        seen.add(label)
        first -= 1
    return below[first]


def _read_info(values: dict[str, tuple[str, str]], entry: Entry) -> None:
    """Take source and date from "New York Times ; New York. 16 May 2024: A.1." where needed."""
    if "info" not in values:
        return
    label, info = values["info"]
    found = find_date(info)
    if not entry.date and found is not None:
        entry.date, entry.labels["date"] = found.words, label
    if not entry.source:
        entry.source, entry.labels["source"] = re.split(r" ?[;,]| \[", info, maxsplit=1)[0], label


def _publication(written: str) -> str:
    """Drop place and edition: "New York Times, Late Edition (East Coast); New York, N.Y."."""
    name = written.partition(";")[0]
    return tidy(re.sub(r",[^,]{0,60}\b(?:edition|ed\.)[^,]{0,60}$", "", name, flags=re.I))


def _natural(written: str) -> str:
    """Turn "Doe, Jane; Roe, John." into "Jane Doe; John Roe"."""
    names = []
    for part in written.split(";"):
        last, comma, first = (tidy(piece) for piece in part.strip(" .").partition(","))
        turned = comma and first and "," not in first and len(part.split()) <= 6
        names.append(f"{first} {last}" if turned else tidy(part))
    return "; ".join(name for name in names if name)
