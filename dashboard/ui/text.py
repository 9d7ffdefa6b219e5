"""Untrusted text on its way to the screen: three sinks, three functions.

Titles, sources and keywords come from files and links that anybody may have written. Markdown
would load their images, follow their links and set ``$5 and $10`` as mathematics.

=============  ==================================================================
:func:`plain`  sinks that show text as it is (``st.text``, ``st.dataframe``, options)
:func:`md`     Markdown sinks: titles, captions, labels of buttons and pills, ``help=``
:func:`html`   ``st.html``
=============  ==================================================================

Plotly strings have an escaping of their own, :func:`dashboard.charts.parts.text.escape`.
"""

from __future__ import annotations

import html as _html
import re
import string

from dashboard.charts.parts.text import clean

__all__ = ["html", "isolated", "md", "plain"]

_ESCAPES = {ord(mark): f"\\{mark}" for mark in string.punctuation}

# Backslashes are gone before the renderer looks for bare links, e-mail addresses, arrows and named
# images, so they don't help there: the character that makes the pattern is put in a text node of
# its own. `:color[x]` without colours is an unstyled <span>, which shows and copies as x.
_PATTERNS = re.compile(
    r":(?=//)"  # https://…
    r"|(?<=www)\."  # www.…
    r"|@"  # name@example.org
    r"|:(?=[a-z_]{1,40}[:/])"  # :streamlit: and other names in colons
    r"|(?<![^\s])(?:<->|->|<-|--|>=|<=|~=)(?![^\s])",  # arrows and signs that stand alone
    re.IGNORECASE,
)


def plain(text: object, limit: int = 300) -> str:
    """One display line: no controls, bidirectional overrides, zero-width or surrogate characters.

    White space is folded; a text longer than ``limit`` characters is cut and ends in ``…``.
    A missing value (``None``, NaN) gives the empty string.
    """
    return clean(text, limit)


def isolated(text: str) -> str:
    """A name in a line of other text, so that one that runs from right to left reorders nothing
    around it (Unicode's isolates; Streamlit's Markdown has no ``<bdi>``)."""
    return f"\u2068{text}\u2069"


def md(text: object, limit: int = 300) -> str:
    """:func:`plain` text as Markdown that Streamlit renders letter by letter.

    Every ASCII punctuation mark is escaped, so nothing becomes a link, an image, mathematics, a
    list, a colour or an icon. The limit counts characters before escaping.
    """
    line = plain(text, limit)
    parts: list[str] = []
    end = 0
    for found in _PATTERNS.finditer(line):
        parts.append(line[end : found.start()].translate(_ESCAPES))
        parts.extend(f":color[{mark.translate(_ESCAPES)}]" for mark in found.group())
        end = found.end()
    parts.append(line[end:].translate(_ESCAPES))
    return "".join(parts)


def html(text: object) -> str:
    """Text for ``st.html``: entities for ``& < > " '``, the same characters dropped as in
    :func:`plain`, line breaks kept, nothing cut; a space at an end stays, for what follows may be
    the next word."""
    if text is None or text != text:
        return ""
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _html.escape("\n".join(_with_ends(line) for line in lines), quote=True)


def _with_ends(line: str) -> str:
    cleaned = clean(line, len(line))
    if not cleaned:
        return " " * line.isspace()
    return " " * line[0].isspace() + cleaned + " " * line[-1].isspace()
