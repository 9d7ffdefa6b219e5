"""Downloads of Factiva, HTML or RTF: with indexing (HD, BY, PD … before each value) or plain.

Plain: headline, byline, "512 words", date, time, source, its code, page, language, copyright, text,
"Document J000000020240516ek5g0001e". The last line ends an article in both layouts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.corpus.article import tidy
from dashboard.corpus.parsing.bylines import agency
from dashboard.corpus.readers.databases.export_fields import Entry, add_entry, finish
from dashboard.corpus.readers.databases.factiva_plain import (
    ACCESSION,
    BYLINE,
    HEAD_LINES,
    WORDS,
    accession_date,
    body_of,
    own_text,
    plain_entries,
    read_head,
)
from dashboard.corpus.readers.office.paragraphs import cut_off, head_text
from dashboard.corpus.readers.office.rtf import CELL, is_rtf, rtf_text
from dashboard.corpus.readers.web.markup import decode_markup, parse_page, tree_text
from dashboard.corpus.record import Reading, RefusedFile
from dashboard.corpus.report import Problem

MAX_BYTES = 50 * 1024 * 1024
_TAGS = frozenset(
    "CLM SE HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD CT RF ART CO IN NS RE IPC IPD PUB AN"
    .split()
)  # fmt: skip
_ROW = re.compile(
    rf"[\s{CELL}|]{{0,9}}(?P<tag>[A-Z]{{2,3}})\s{{0,9}}(?:[{CELL}\t|]|\s{{2}})(?P<rest>.*)"
)
_LABELS = {"title": "HD", "source": "SN", "date": "PD", "authors": "BY", "original_source": "CR"}
_ARTICLE_CLASS = re.compile(r"(?:^|\s)[a-z]{2,5}Article(?:\s|$)")
_INDEXED = re.compile(
    r">\s{0,9}HD\s{0,9}(?:&nbsp;)?</.{1,5000}>\s{0,9}PD\s{0,9}(?:&nbsp;)?</", re.S
)
_AGAIN = "export it from Factiva again with the full article"
_METHOD = "Factiva"


def looks_like_factiva(head: bytes, name: str) -> bool:
    """True when the first bytes of a web page or RTF document show a Factiva download."""
    if is_rtf(head):
        return is_factiva(head_text(head))
    page = head.decode("utf-8", "replace")
    if "<" not in page:
        return False
    # Its own style sheet may fill the first bytes, with the articles far below.
    if any(name in page for name in ("FactivaException", "fdtHldContainer", "articleParagraph")):
        return True
    return bool(_INDEXED.search(page))


def is_factiva(text: str) -> bool:
    """True for the text of a document that Factiva wrote: tagged rows, or its last lines."""
    tags: set[str] = set()
    ends = counts = False
    for line in text.split("\n"):
        if len(line) > 5_000 and CELL not in line[:9]:
            continue
        row = _ROW.match(line)
        if row and row["tag"] in _TAGS:
            tags.add(row["tag"])
        short = tidy(line.replace(CELL, " ")) if len(line) < 80 else ""
        ends = ends or bool(short and ACCESSION.fullmatch(short))
        counts = counts or bool(short and WORDS.fullmatch(short))
        if {"HD", "PD"} <= tags and tags & {"SN", "WC", "LP", "AN"}:
            return True
    return ends and counts


def read_factiva(data: bytes, file: str, folder: str = "") -> Reading:
    """Read a Factiva download.

    Parameters
    ----------
    data : bytes
        The whole file, HTML or RTF.
    file, folder : str
        Its name for the report; the sub-folder, which counts where an article names no source.

    Returns
    -------
    Reading
        A record per article: lead and body are its text; those without text are refused.

    Raises
    ------
    RefusedFile
        Empty, damaged, too large, another format, or no article in it.
    """
    if is_rtf(data):
        return read_rtf(rtf_text(data), file, folder, cut_off(data))
    if len(data) > MAX_BYTES:
        reason = f"larger than {MAX_BYTES // 1024**2} MB"
        raise RefusedFile(reason, "export fewer articles at a time", "factiva")
    decoded = decode_markup(data)
    tree = parse_page(decoded.text)
    entries = [] if tree is None else list(_page_entries(tree))
    if tree is not None and not entries:  # saved by another program, its boxes lost
        entries = list(plain_entries(tree_text(tree).split("\n")))
    return _reading(entries, file, folder, decoded.problems, decoded.encoding)


def read_rtf(text: str, file: str, folder: str, problems: Sequence[Problem] = ()) -> Reading:
    """Read the text of an RTF download; result and errors as for ``read_factiva``."""
    lines = text.split("\n")
    tagged = any((row := _ROW.match(line)) and row["tag"] == "HD" for line in lines)
    entries = list(_tagged_entries(lines) if tagged else plain_entries(lines))
    return _reading(entries, file, folder, problems, "")


def _reading(
    entries: list[Entry], file: str, folder: str, problems: Sequence[Problem], encoding: str
) -> Reading:
    reading = Reading("factiva", problems=list(problems), encoding=encoding)
    for entry in entries:
        add_entry(reading, entry, file, folder=folder, method=_METHOD, again=_AGAIN)
    return finish(
        reading, RefusedFile("no Factiva article was found in the file", _AGAIN, "factiva")
    )


def _page_entries(tree: Any) -> Iterator[Entry]:
    articles = [node for node in tree.iter("div", "article", "section", "td")
                if _ARTICLE_CLASS.search(node.get("class", ""))]  # fmt: skip
    row = 0
    for node in articles or [tree]:
        rows = [cells for table in node.iter("tr") if (cells := _cells(table))]
        if any(tag == "HD" for tag, _ in rows):
            for values in _split_rows(rows):
                row += 1
                yield _tagged_entry(values, row)
        elif articles:
            row += 1
            yield _plain_page_entry(node, row)


def _cells(row: Any) -> tuple[str, str] | None:
    """Return the tag of a table row and its text, None for a row of anything else."""
    cells = [text for cell in row.iterchildren("td", "th") if (text := tree_text(cell))]
    if cells and cells[0] in _TAGS:
        return cells[0], "\n".join(cells[1:])
    return None


def _plain_page_entry(node: Any, number: int) -> Entry:
    """Read an article whose parts are told apart by their class, its head lines by their order."""
    headline = [
        part
        for part in node.iter("div", "span")
        if part.get("id") == "hd" or part.get("class", "").endswith("Headline")
    ]
    authors = [part for part in node.iter("div", "span") if part.get("class") == "author"]
    paragraphs = [part for part in node.iter("p", "pre", "blockquote")
                  if "articleParagraph" in part.get("class", "")]  # fmt: skip
    title = tree_text(headline[0]) if headline else ""
    text = [line for part in paragraphs for line in tree_text(part).split("\n") if line]
    lines = tree_text(node).split("\n")
    opening = next((i for i, line in enumerate(lines) if text and line == text[0]), len(lines))
    entry = Entry(number)
    read_head(lines[: opening if paragraphs else HEAD_LINES], entry)
    entry.title = tidy(title) or entry.title
    if authors:
        entry.authors = tidy(tree_text(authors[0]))
    elif headline:  # what else stands above the count of words is a section, not a name
        entry.authors = entry.authors if BYLINE.fullmatch(entry.authors) else ""
    if not paragraphs:
        entry.text = "\n\n".join(body_of(lines))
    else:
        entry.text = "\n\n".join(own_text(text))
    accession_date(lines, entry)
    return entry


def _tagged_entries(lines: Sequence[str]) -> Iterator[Entry]:
    rows: list[tuple[str, str]] = []
    for line in lines:
        match = _ROW.match(line)
        if match and match["tag"] in _TAGS:
            rows.append((match["tag"], match["rest"]))
        elif rows:
            rows[-1] = (rows[-1][0], f"{rows[-1][1]}\n{line}")
    for number, values in enumerate(_split_rows(rows), 1):
        yield _tagged_entry(values, number)


def _split_rows(rows: Sequence[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the values of each article: "AN" ends one, a second headline begins the next."""
    values: dict[str, str] = {}
    for tag, value in rows:
        if tag == "HD" and tag in values:
            yield values
            values = {}
        values.setdefault(tag, value)
        if tag == "AN":
            yield values
            values = {}
    if "HD" in values:
        yield values


def _tagged_entry(values: dict[str, str], number: int) -> Entry:
    def line(tag: str) -> str:
        return tidy(values.get(tag, "").replace(CELL, " "))

    paragraphs: list[str] = []
    for tag in ("LP", "TD"):
        cells = values.get(tag, "").replace(CELL, "\n").split("\n")
        paragraphs += [text for cell in cells if (text := tidy(cell))]
    entry = Entry(
        number,
        text="\n\n".join(own_text(paragraphs)),
        title=line("HD"),
        source=line("SN"),
        date=line("PD"),
        authors=line("BY"),
        original_source=agency(line("CR")),
        length=line("WC"),
        labels=dict(_LABELS),
    )
    accession_date([line("AN")], entry)
    return entry
