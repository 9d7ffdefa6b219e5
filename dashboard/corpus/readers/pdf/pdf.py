"""PDF files: a Nexis download goes to its reader, any other is one article."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.corpus.article import Field
from dashboard.corpus.readers.databases import nexis
from dashboard.corpus.readers.pdf.lines import read_pages
from dashboard.corpus.readers.pdf.paragraphs import lay_out
from dashboard.corpus.record import Reading, Record, RefusedFile
from dashboard.corpus.report import Problem
from dashboard.wording import count

_RECOGNISE = "recognise its text (OCR) in a PDF program, then add it again"


def read_pdf(data: bytes, file: str, folder: str = "") -> Reading:
    """Read a PDF file.

    Parameters
    ----------
    data : bytes
        The whole file.
    file, folder : str
        Its name for the report; the sub-folder that names its source, "" if none.

    Returns
    -------
    Reading
        One record of paragraphs, columns in the order of reading; the articles of a Nexis download
        one by one. Running heads, feet and page numbers are left out; problems give their number
        and the pages without text.

    Raises
    ------
    RefusedFile
        Damaged, protected by a password, too large, or without text: pictures of pages.
    """
    pages = read_pages(data)
    laid = lay_out(pages.lines)
    problems = []
    if pages.damaged:
        reason = f"{_numbers(pages.damaged)} can’t be read: damaged"
        problems.append(Problem(None, None, reason, "download or save it again"))
    if not laid.paragraphs:
        if pages.damaged:
            raise RefusedFile(
                "the PDF is damaged or incomplete", "download or save it again", "pdf"
            )
        reason = f"the PDF holds no text ({count(len(pages.lines), 'page')}): it may be scanned"
        raise RefusedFile(reason, _RECOGNISE, "pdf")
    if pages.empty:
        reason = f"no text on {_numbers(pages.empty)}, which may be pictures"
        problems.append(Problem(None, None, reason, _RECOGNISE))
    if laid.n_running:
        lines = count(laid.n_running, "line")
        reason = f"{lines} at the head or foot of pages left out as running titles and page numbers"
        problems.append(Problem(None, None, reason, "nothing to do"))
    if nexis.is_nexis(laid.paragraphs):
        return nexis.read_lines(laid.paragraphs, file, folder, problems)
    title = laid.title
    where = "largest type on the first page"
    fields = {"title": Field(title, "inferred", title, None, where)} if title else {}
    text = "\n\n".join(laid.paragraphs)
    record = Record(file, None, text, title=title, folder=folder, fields=fields)
    return Reading("pdf", [record], 0, problems)


def _numbers(pages: Sequence[int]) -> str:
    """Page 3; pages 1–4, 7 and 9."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    said = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:10]]
    more = " …" if len(runs) > 10 else ""
    return ("page " if len(pages) == 1 else "pages ") + ", ".join(said) + more
