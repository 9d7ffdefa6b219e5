"""Titles: what sites and mailing lists put around them, and when two are one."""

from __future__ import annotations

import re

_OUTLET_SUFFIX = re.compile(
    r" ?(?:[|·»]| [–—-]) (?P<site>(?:[A-Z][\w.'’&-]{0,20} ){0,3}(?:News|Times|Post|Journal|"
    r"Herald|Tribune|"
    r"Guardian|Gazette|Telegraph|Magazine|Review|Press|Network|Radio|TV|Today|Daily|Chronicle|"
    r"Reuters|BBC"
    r"|Bloomberg|CNN|NPR|Economist|Semafor|Axios|Politico|Independent|AP))$"
)
_LIST_PREFIX = re.compile(
    r"^(?:(?:subject|re|fwd?|aw|wg): ?|\[(?!\d)[\w .,&'’-]{2,30}\] ?){1,4}", re.I
)
_PAGE_TITLE_REST = re.compile(r" ?(?:[|–—»·]| - ) ?([^\W\d_a-z][^|]{1,40})$")


def strip_list_prefix(text: str) -> str:
    """Return a subject without what a mailing list puts before it: "[Salon] ", "Re: "."""
    return _LIST_PREFIX.sub("", text) or text


def split_outlet(text: str) -> tuple[str, str]:
    """Return a page's title and the outlet named after it ("Title - BBC News"), "" if none."""
    match = _OUTLET_SUFFIX.search(text[-80:])
    if match is None or len(text) - len(match[0]) < 12:
        return text, ""
    return text[: -len(match[0])].rstrip(), match["site"]


def title_key(text: str) -> str:
    """Return what is equal in two spellings of one title: letters and digits, no list prefix."""
    return " ".join(re.findall(r"\w+", strip_list_prefix(text).casefold()))


def site_of_page_title(one: str, other: str) -> str:
    """Return the site that the longer adds to the shorter ("Title | Site"), "" if it doesn't."""
    short, long = sorted((one, other), key=len)
    match = _PAGE_TITLE_REST.fullmatch(long[len(short) :]) if long.startswith(short) else None
    return match[1].strip() if match else ""
