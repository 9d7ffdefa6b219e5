"""Plain text: one file is one article, except for downloads of several."""

from __future__ import annotations

import re

from dashboard.corpus.article import tidy
from dashboard.corpus.decoding.encodings import decode
from dashboard.corpus.parsing.column_names import ALIASES, NEEDS_VALUES, normal_name
from dashboard.corpus.readers.databases import nexis
from dashboard.corpus.readers.front_matter import read_front_matter
from dashboard.corpus.record import Reading, Record, RefusedFile
from dashboard.corpus.report import Problem

MAX_BYTES = 50 * 1024 * 1024
# What every LexisNexis download in plain text has: where a document begins, or what ends it.
_OLD_NEXIS = re.compile(
    r"^[ \t]{0,99}(?:\d{1,5} (?:of|von|de|van|di) \d{1,5} [A-Za-z]{9,12}|load-date:.{0,99}"
    r"|(?:dokument|document|documento) \d{1,5} (?:von|de|van|di) \d{1,5})[ \t\r]{0,99}$",
    re.I | re.M,
)
_LABEL = re.compile(r"^[ \t]{0,9}([^\W\d_][\w ]{2,29})[ \t]{0,3}:[ \t]{1,9}\S", re.M)
_MARKDOWN = (".md", ".markdown")
_HEADING = re.compile(r"^#{1,6} {1,9}")
_EMPHASIS = re.compile(r"^(\*{1,3}|_{1,3})(?=[^\s*_])([^*_]{1,300})\1[ \t]{0,9}$")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{1,2000}(?: \"[^\"]{0,300}\")?\)")
_WRAPPED = 50  # characters from which a line may go on in the next

# Other formats that are text too, so that their bytes don't give them away: (opening, name).
_MARKUP = (
    (
        re.compile(
            r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:!doctype html|html|head|body)\b", re.I
        ),
        "a web page",
    ),
    (re.compile(r"\s{0,99}<\?xml\b|\s{0,99}<(?:rss|feed)\b", re.I), "an XML file"),
    (re.compile(r"\{\\rtf"), "an RTF document"),
    (re.compile(r'\s{0,99}(?:\[\s{0,99})?\{\s{0,99}"[^"\n]{1,99}"\s{0,99}:'), "a JSON file"),
)  # fmt: skip


def read_text(data: bytes, file: str, folder: str = "") -> Reading:
    """Read one text file.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name for the report.
    folder : str
        Sub-folder that names its source, "" if none.

    Returns
    -------
    Reading
        One record; one for each document of a LexisNexis download.

    Raises
    ------
    RefusedFile
        Empty, binary, too large, another format under a text file's name, or several articles.
    """
    if len(data) > MAX_BYTES:
        raise RefusedFile(
            f"larger than {MAX_BYTES // 1024**2} MB, too large for one article",
            "split it into one file per article",
        )
    decoded = decode(data)
    for opening, name in _MARKUP:
        if opening.match(decoded.text):
            raise RefusedFile(f"this is {name}, not plain text", "convert to .txt or CSV")
    if not tidy(decoded.text):
        raise RefusedFile("the file is empty", "remove it, or save its text again")
    if _OLD_NEXIS.search(decoded.text):
        lines = _paragraphs(decoded.text)
        if nexis.is_nexis(lines):
            reading = nexis.read_lines(lines, file, folder, decoded.problems)
            reading.encoding = decoded.encoding
            return reading
    if (several := _labelled_articles(decoded.text)) > 1:
        raise RefusedFile(
            f"{several:,} articles are in this one file, each with its labels (a title, a date)",
            "split it into one file per article, or make a table of it",
            "text",
        )
    text = _without_marks(decoded.text) if file.lower().endswith(_MARKDOWN) else decoded.text
    record = _record(text, file, folder)
    problems = decoded.problems
    for said, is_label in (("kept as your own", True), ("not used", False)):
        if names := [n[:40] for n, v in record.own_columns.items() if (v is not None) is is_label]:
            reason = f"in the front matter, {said}: {', '.join(names[:10])}"
            problems = [*problems, Problem(None, None, reason)]
    return Reading("text", [record], 0, problems, decoded.encoding)


def _without_marks(text: str) -> str:
    """Return Markdown without its marks of headings, emphasised lines and links, line by line."""
    return "\n".join(
        _LINK.sub(r"\1", _EMPHASIS.sub(r"\2", _HEADING.sub("", line))) for line in text.split("\n")
    )


def _record(text: str, file: str, folder: str) -> Record:
    """The one article of a text, with what its front matter says."""
    above = read_front_matter(text.split("\n"))
    if above is None:
        return Record(file=file, row=None, text=text, folder=folder)
    fields = {n: f for n, f in above.fields.items() if n != "source" or not folder}
    title, source, url, authors = (
        fields[name].value or "" if name in fields else ""
        for name in ("title", "source", "url", "authors")
    )
    return Record(
        file, None, text, title, source, "", url, authors, folder,
        fields=fields, own_columns=above.own_columns,
    )  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    """The lines of a text whose paragraphs were wrapped, each paragraph as one."""
    lines: list[str] = []
    goes_on = False
    for line in map(tidy, text.replace("\r", "").split("\n")):
        if goes_on and line and not _LABEL.match(line):
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
        goes_on = len(line) >= _WRAPPED
    return lines


def _labelled_articles(text: str) -> int:
    """How many articles a text holds by its labels: titles with as many dates or outlets."""
    counts = {"title": 0, "date": 0, "source": 0}
    for match in _LABEL.finditer(text):
        name = normal_name(match[1])
        for field in counts:
            counts[field] += name in ALIASES[field] and name not in NEEDS_VALUES
    return min(counts["title"], max(counts["date"], counts["source"]))
