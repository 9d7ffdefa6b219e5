"""Lists of web addresses: they hold no articles, nothing is fetched, and each line is refused with
the reason."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from dashboard.corpus.record import Reading
from dashboard.corpus.report import Problem

_MAX_BYTES = 1024 * 1024
# A scheme, a path, or a parent folder: what people and attackers put where an address goes.
_ADDRESS = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]{0,20}:|/|\.{1,2}/|www\.)\S{0,4000}|[A-Za-z]:\\\S{1,500}"
)
_NAME = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,20}[a-z]{2,24}", re.I)
_PRIVATE = frozenset(
    "localhost local internal localdomain lan home corp intranet arpa test".split()
)


def read_addresses(data: bytes, file: str) -> Reading | None:
    """Return the reading of a text that holds nothing but addresses, None for any other text.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name for the report.

    Returns
    -------
    Reading or None
        No records: every line is refused, with its number. Nothing is looked up.
    """
    if len(data) > _MAX_BYTES or b"\0" in data:
        return None
    first = (
        data[:4096].lstrip(b"\xef\xbb\xbf\r\n\t ").partition(b"\n")[0].decode("utf-8", "replace")
    )
    if not _ADDRESS.fullmatch(first.strip()):
        return None
    lines = data.decode("utf-8-sig", "replace").splitlines()
    found = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    if not all(_ADDRESS.fullmatch(line) for _, line in found):
        return None
    reading = Reading("addresses", refused=len(found), encoding="utf-8")
    for row, (number, line) in enumerate(found, 1):
        reason, remedy = _refusal(line)
        problem = Problem(row, None, f"line {number}: “{line[:100]}” {reason}", remedy)
        reading.problems.append(problem)
    return reading


def _refusal(line: str) -> tuple[str, str]:
    try:
        parts = urlsplit(line if "://" in line else f"none:{line}")
        host = parts.hostname or ""
        user = parts.username
    except ValueError:
        parts, host, user = urlsplit(""), "", None
    if parts.scheme not in ("http", "https") or not host:
        reason = "is not a web address, and not allowed: only http and https are"
        return reason, "remove the line"
    if not _NAME.fullmatch(host) or host.lower().rpartition(".")[2] in _PRIVATE or user is not None:
        return "is not allowed: it may lead to a private network", "remove the line"
    reason = "is an address only: metadata only, the text needs fetching"
    return reason, "open the page in a browser, save it, and add the saved page"
