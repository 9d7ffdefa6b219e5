"""Untrusted text on its way into a plotly string.

Corpus text reaches axis labels, annotations and hover boxes. Plotly reads a small HTML there
(``<a>``, ``<b>``, ``<br>`` …), so every such string goes through :func:`escape`.
"""

from __future__ import annotations

import math
import re
import unicodedata

# What no display line may hold: C0/C1 controls (white space is folded instead), soft hyphen,
# bidirectional overrides and isolates, zero-width and invisible characters, surrogates, tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def clean(text: object, limit: int = 300) -> str:
    """One display line of any text.

    Parameters
    ----------
    text
        Anything; what pandas takes for missing (``None``, NaN) gives the empty string.
    limit
        Greatest number of characters; a longer text is cut and ends in ``…``.

    Returns
    -------
    str
        Without controls, bidirectional overrides, zero-width characters and surrogates; white
        space folded to single spaces and stripped.
    """
    if text is None or text != text:  # NaN is not equal to itself
        return ""
    # A no-break space stays: it keeps a number and its sign together.
    line = " ".join(re.split(r"[^\S\u00a0]+", _UNSEEN.sub("", str(text)))).strip()
    if len(line) <= limit:
        return line
    return line[: max(limit - 1, 0)].rstrip() + "…"


def escape(text: object, limit: int = 80) -> str:
    """:func:`clean` text that plotly shows letter by letter.

    Only ``& < >`` are escaped: plotly shows quotation marks as written. The limit counts
    characters as seen, before escaping.
    """
    return clean(text, limit).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrap(text: object, width: int, lines: int = 2) -> str:
    """:func:`escape` text over at most ``lines`` lines of ``width`` characters, with ``<br>``.

    The last line is cut with ``…``; a word longer than a line is cut, never split.
    """
    line = clean(text, width * lines + width)
    if any(unicodedata.east_asian_width(letter) in "WF" for letter in line):
        width = max(width // 2, 1)  # such letters are twice as wide
    words = line.split(" ")
    rows: list[str] = [words[0]]
    for word in words[1:]:
        if len(rows[-1]) + 1 + len(word) <= width or len(rows) == lines:
            rows[-1] += " " + word
        else:
            rows.append(word)
    return "<br>".join(escape(row, width) for row in rows)


_NARROW = frozenset(" .,:;ijl'’!|`()[]{}I·")
_SLIM = frozenset('ftr*-"J/\\1')
_BROAD = frozenset("mMwW%@&…")


def text_width(text: str, size: float) -> float:
    """About how many pixels an unescaped line of the sans face takes; rather more than fewer."""
    ems = 0.0
    for letter in text:
        if unicodedata.east_asian_width(letter) in "WF":
            ems += 1.0
        elif letter in _BROAD:
            ems += 0.95
        elif letter in _NARROW:
            ems += 0.29
        elif letter in _SLIM:
            ems += 0.43
        else:
            ems += 0.73 if letter.isupper() or letter.isdigit() else 0.58
    return ems * size


def whole_percent(share: float) -> str:
    """Whole percent without the sign; ``<1``, escaped, for what is more than nothing."""
    if share and not math.isnan(share) and share < 0.005:
        return "&lt;1"
    return "–" if math.isnan(share) else f"{100 * share:.0f}"


def fine_percent(share: float) -> str:
    """Percent of a small share without the sign: ``12``, ``1.2``, ``0.12``, ``<0.01``, escaped."""
    value = 100 * share
    if 0 < value < 0.005:
        return "&lt;0.01"
    digits = 0 if value >= 9.95 or value == 0 else 1 if value >= 0.995 else 2
    return f"{value:.{digits}f}"
