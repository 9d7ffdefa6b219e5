"""Downloads of Nexis Uni and of the older LexisNexis, as Word or RTF documents.

Nexis Uni: a cover page with the list of titles, then for each article its title, publication, date,
copyright, labelled lines, "Body", the text, "Classification", "End of Document". The older layout
opens each article with "1 of 20 DOCUMENTS" and has no headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.corpus.article import tidy
from dashboard.corpus.readers.databases.export_fields import Entry, add_entry, finish
from dashboard.corpus.readers.databases.nexis_layouts import (
    BODY,
    LENGTHS,
    is_body,
    label_of_line,
    read_article,
    read_old,
)
from dashboard.corpus.readers.office.paragraphs import (
    head_text,
)
from dashboard.corpus.record import Reading, RefusedFile
from dashboard.corpus.report import Problem

_END = frozenset(
    "end of document|ende des dokuments|fin du document|fin del documento|fim do documento"
    "|fine del documento|einde van document|einde van het document".split("|")
)
_OLD_START = re.compile(
    r"(?:\d{1,5} (?:of|von|de|van|di) (?P<n>\d{1,5})"
    r" (?:documents?|dokumenten?|documentos?|documenti)"
    r"|(?:dokument|document|documento) \d{1,5} (?:von|de|van|di) (?P<m>\d{1,5}))",
    re.I,
)
_COUNT = re.compile(
    r"(?:documents?|dokumente?|documentos?|documenti|documenten) ?\((\d{1,5})\)", re.I
)
_COVER = re.compile(
    r"(?:user name|date and time|job number|client/matter|search terms|search type|narrowed by"
    r"|content type|sources?|benutzername|datum und uhrzeit|auftragsnummer|nom d.utilisateur"
    r"|date et heure|numéro d. (?:la )?tâche|gebruikersnaam|datum en tijd|taaknummer)\b.{0,2000}",
    re.I,
)
_TITLE_NUMBER = re.compile(r"\d{1,5}\.(?:\s|$)")
_ERROR = "we are sorry but there is an error in this document"
_AGAIN = "download this article from Nexis again"
_METHOD = "Nexis"


def looks_like_nexis(head: bytes, name: str) -> bool:
    """True when the first bytes of a Word or RTF document show a Nexis download."""
    return is_nexis([tidy(line) for line in head_text(head).split("\n")])


def is_nexis(lines: Sequence[str]) -> bool:
    """True for the lines of a Nexis download: its cover, its headings or its older layout."""
    opening = lines[:80]
    if any(_OLD_START.fullmatch(line) for line in opening[:20]):
        return True
    if any(_COUNT.fullmatch(line) for line in opening) and sum(
        1 for line in opening if _COVER.fullmatch(line)
    ) >= 2:  # fmt: skip
        return True
    keys = {line.casefold() for line in lines if len(line) < 40}
    labels = {line.partition(":")[0].casefold() for line in lines if ":" in line[:20]}
    bodies = bool(keys & BODY) or "load-date" in labels
    return bodies and bool(labels & LENGTHS) and (bool(keys & _END) or "load-date" in labels)


def read_lines(
    lines: Sequence[str], file: str, folder: str, problems: Sequence[Problem] = ()
) -> Reading:
    """Read the lines of a Nexis download: a record per article; those that Nexis could not export,
    or without text, are refused.

    ``folder`` counts where an article names no source; ``problems``: those found in the file
    before. Raises ``RefusedFile`` where no Nexis article is in it.
    """
    reading = Reading("nexis", problems=list(problems))
    nothing = RefusedFile("no Nexis article was found in the file", "download it again", "nexis")
    if not is_nexis(lines):
        raise nothing
    chunks, expected = _old_chunks(lines) or _chunks(lines)
    for number, (chunk, old, ended) in enumerate(chunks, 1):
        entry = Entry(number)
        if any(_ERROR in line.casefold() for line in chunk[:40]):
            reading.refused += 1
            title = f" (“{chunk[0][:80]}”)" if _ERROR not in chunk[0].casefold() else ""
            reason = f"Nexis left an error message in place of this document{title}"
            reading.problems.append(Problem(number, None, reason, _AGAIN))
            continue
        (read_old if old else read_article)(chunk, entry)
        add_entry(reading, entry, file, folder=folder, method=_METHOD, again=_AGAIN)
        if not ended:
            reason = "the file ends before this article does"
            reading.problems.append(Problem(number, None, reason, _AGAIN))
    if len(chunks) < expected:
        reason = f"the cover page announces {expected} documents, {len(chunks)} were found"
        reading.problems.append(Problem(None, None, reason, "download the missing ones again"))
    return finish(reading, nothing)


_Chunk = tuple[Sequence[str], bool, bool]  # lines, of the older layout, with its end


def _old_chunks(lines: Sequence[str]) -> tuple[list[_Chunk], int] | None:
    starts = [i for i, line in enumerate(lines) if _OLD_START.fullmatch(line)]
    if not starts:
        return None
    match = _OLD_START.fullmatch(lines[starts[0]])
    expected = int(match["n"] or match["m"]) if match else 0
    ends = [*starts[1:], len(lines)]
    return [(lines[a + 1 : b], True, True) for a, b in zip(starts, ends, strict=True)], expected


def _chunks(lines: Sequence[str]) -> tuple[list[_Chunk], int]:
    ends = [i for i, line in enumerate(lines) if line.casefold() in _END]
    start, expected = _after_cover(lines, ends[0] if ends else len(lines))
    chunks: list[_Chunk] = []
    for end in ends:
        if end > start:
            chunks.append((lines[start:end], False, True))
        start = end + 1
    rest = lines[start:]
    if len(rest) >= 3 and any(is_body(line) or label_of_line(line) in LENGTHS for line in rest):
        chunks.append((rest, False, not ends and expected <= 1))
    return chunks, expected


def _after_cover(lines: Sequence[str], end: int) -> tuple[int, int]:
    """Return where the first article begins and how many the cover page announces (0: no cover).

    The cover lists the titles; the first article begins where the first of them comes again.
    """
    opening = range(min(end, 80))
    count_at = next((i for i in opening if _COUNT.fullmatch(lines[i])), None)
    if count_at is None:
        return 0, 0
    match = _COUNT.fullmatch(lines[count_at])
    expected = int(match[1]) if match else 0
    body = next((i for i in range(count_at + 1, end) if is_body(lines[i])), end)
    listed = [tidy(_TITLE_NUMBER.sub("", line)) for line in lines[count_at + 1 : count_at + 3]]
    title = next((line.casefold() for line in listed if line), "")
    for i in range(body - 1, count_at + 2, -1):
        if lines[i].casefold() == title:
            return i, expected
    start = count_at + 1
    for i in range(count_at + 1, body):
        row = i == start and " | " in lines[i]  # of the table below "Narrowed by"
        if row or _COVER.fullmatch(lines[i]) or _TITLE_NUMBER.match(lines[i]):
            start = i + 1
    return start, expected
