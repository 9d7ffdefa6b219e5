"""Plain text: one file is one article."""

from __future__ import annotations

import re

from dashboard.corpus.article import tidy
from dashboard.corpus.decoding.encodings import decode
from dashboard.corpus.readers.front_matter import read_front_matter
from dashboard.corpus.record import Reading, Record, RefusedFile
from dashboard.corpus.report import Problem

MAX_BYTES = 50 * 1024 * 1024

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
        One record.

    Raises
    ------
    RefusedFile
        Empty, binary, too large, or another format under a text file's name.
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
    problems = decoded.problems
    record = Record(file=file, row=None, text=decoded.text, folder=folder)
    above = read_front_matter(decoded.text.split("\n"))
    if above is not None:
        fields = {n: f for n, f in above.fields.items() if n != "source" or not folder}
        title, source, url, authors = (
            fields[name].value or "" if name in fields else ""
            for name in ("title", "source", "url", "authors")
        )
        record = Record(
            file, None, decoded.text, title, source, "", url, authors, folder, fields=fields
        )
        if above.unused:
            names = ", ".join(name[:40] for name in above.unused[:10])
            problems = [*problems, Problem(None, None, f"of the front matter, not used: {names}")]
    return Reading("text", [record], 0, problems, decoded.encoding)
