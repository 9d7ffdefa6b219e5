"""What a web page says about itself: JSON-LD, Open Graph and other meta elements, links."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from dashboard.corpus.article import Field, tidy
from dashboard.corpus.own_columns import LISTED, own_columns
from dashboard.corpus.parsing import titles
from dashboard.corpus.parsing.addresses import host_of, outlet_of
from dashboard.corpus.parsing.bylines import agency, names_in_byline
from dashboard.corpus.parsing.outlets import names_a_section, outlet_key
from dashboard.corpus.readers.web.json_ld import article_node, words_of
from dashboard.corpus.readers.web.markup import tree_text
from dashboard.corpus.readers.web.page_dates import page_date
from dashboard.text.lines import word_count

_MAX_CHARS = 500
_BYLINE_LINES, _BYLINE_WORDS = 8, 30  # below a title; a longer line is the text
_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title", "parsely-title", "title")
_SITES = ("og:site_name", "application-name", "dc.publisher", "citation_journal_title")
_AUTHORS = ("author", "article:author", "article:author_name", "og:article:author",
            "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator",
            "citation_author")  # fmt: skip
_SECTIONS = ("article:section", "og:article:section", "parsely-section")
_TITLE_REST = re.compile(r"\s[|–—·»:-]\s([^|]{2,60})$")
_SITE_PARTS = re.compile(r"\s[|–—»·:-]\s")
_TITLE_FIRST = re.compile(r"([^|–—»·:]{2,60}?)\s?[|–—»·:]\s(?=\S.{5})")
_NOT_NAMES = re.compile(
    r"https?:|www\.|[@\n]"
    r"|^(?:admin|editor|(?:web |news )?staff(?: reports?| writers?)?|none|null|n/a|author"
    r"|anonymous)$",
    re.I,
)


def page_fields(tree: Any, address: str = "", *, thorough: bool = True) -> dict[str, Field]:
    """Return what a page states about itself.

    Parameters
    ----------
    tree : lxml HtmlElement
        The page; it isn't changed.
    address : str
        Where it was saved from, "" if not known.
    thorough : bool
        Look for a date all over the page when its markup has none: slow on a huge page.

    Returns
    -------
    dict of str to Field
        Those of the article's fields that are known, each with the words it
        rests on; a date that can't be right is there as unknown, with the reason.
    """
    metas = _metas(tree)
    found = {"url": _url(tree, metas, address)}
    link = (found["url"].value or "") if found["url"] else ""
    node = article_node(tree, link, metas)
    found["source"] = _source(node, metas, link) or _site_of_title(tree)
    site = found["source"].value if found["source"] else None
    found["title"] = _title(tree, node, metas, site or "")
    found["authors"], found["original_source"] = _authors(tree, node, metas, site or "")
    stated = [
        (words_of(node.get(key)), f"JSON-LD {key}") for key in ("datePublished", "dateCreated")
    ]
    found["date"] = page_date(tree, stated, metas, link, thorough=thorough)
    return {name: field for name, field in found.items() if field is not None}


def page_section(tree: Any) -> dict[str, str | None]:
    """The part of its outlet that a page says it stands in, as the own column "section"; a page in
    several has none that sorts it."""
    metas = _metas(tree)
    said: Any = list(dict.fromkeys(v for name in _SECTIONS for v in metas.get(name, ())))
    said = said or article_node(tree, "", metas).get("articleSection")
    only = said[0] if isinstance(said, list) and len(said) == 1 else said
    return own_columns([("section", only if isinstance(only, str) else LISTED)] if only else [])


def _metas(tree: Any) -> dict[str, list[str]]:
    """Return the contents of the meta elements by name, in lower case, the first ones first."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = tidy(element.get("content", "")[: _MAX_CHARS * 4])
        for key in ("property", "name", "itemprop"):
            name = (element.get(key) or "").strip().lower()
            if name and content and len(metas.setdefault(name, [])) < 20:
                metas[name].append(content)
    return metas


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> tuple[str, str]:
    return next(((metas[name][0], name) for name in names if metas.get(name)), ("", ""))


def _absolute(url: str, base: str) -> str:
    """Return a web address in full, "" for what isn't one: "javascript:", "file:", "/" alone."""
    try:
        url = urljoin(base, url.strip())
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host_of(url) or " " in url:
        return ""
    return url[:2000]


def _url(tree: Any, metas: dict[str, list[str]], address: str) -> Field | None:
    og = _absolute(_first(metas, ("og:url", "twitter:url", "parsely-link"))[0], address)
    base = og or address
    links = [(link.get("href") or "", "canonical link") for link in tree.iter("link")
             if "canonical" in (link.get("rel") or "").lower().split()][:1]  # fmt: skip
    known = (*links, (og, "og:url"), (address, "address of the copy"))
    found = [(_absolute(url, base), how) for url, how in known if url]
    found = [(url, how) for url, how in found if url]
    # The front page as the address of an article is a mistake of the site's template.
    found.sort(key=lambda item: not urlsplit(item[0]).path.strip("/"))
    return Field(found[0][0], "stated", found[0][0], None, found[0][1]) if found else None


def _source(node: dict[str, Any], metas: dict[str, list[str]], url: str) -> Field | None:
    candidates = [_first(metas, _SITES[:1]), (words_of(node.get("publisher")), "JSON-LD publisher"),
                  _first(metas, _SITES[1:])]  # fmt: skip
    for name, how in candidates:
        name = name.removeprefix("@").strip()
        if "/" in name or (host_of(name) and " " not in name):
            named = outlet_of(name)  # "www.bbc.com" as a site's name
            if named:
                return Field(named, "stated", name, None, how)
        elif 1 < len(name) <= 80:
            return Field(name, "stated", name, None, how)
    outlet = outlet_of(url)
    return Field(outlet, "inferred", url, None, "host of the address") if outlet else None


def _site_of_title(tree: Any) -> Field | None:
    """Return the outlet that the title of a page has behind or before the article's own."""
    page = tree.find(".//title")
    whole = tidy(page.text or "") if page is not None else ""
    for head in list(tree.iter("h1"))[:1]:
        site = titles.site_of_page_title(whole, tidy(" ".join(head.itertext())))
        site = _SITE_PARTS.split(site)[-1]  # what stands before it is a section
        if site and not names_a_section(site):
            return Field(site, "inferred", whole[:_MAX_CHARS], None, "title of the page")
    return None


def _title(tree: Any, node: dict[str, Any], metas: dict[str, list[str]], site: str) -> Field | None:
    heads = [tidy(" ".join(head.itertext())) for head in list(tree.iter("h1"))[:2]]
    page = tree.find(".//title")
    others = [_first(metas, _TITLES[:-1]), (heads[0] if len(heads) == 1 else "", "h1"),
              (page.text or "" if page is not None else "", "title of the page")]  # fmt: skip
    headline = words_of(node.get("headline"))
    candidates = [(headline, "JSON-LD headline"), *others, _first(metas, _TITLES[-1:])]
    if _is_denied(headline, [name for name, _ in others]):
        candidates.append(candidates.pop(0))
    for name, how in candidates:
        title = tidy(html.unescape(name))[:_MAX_CHARS]
        if not title or title.casefold() == site.casefold():
            continue
        rest = _TITLE_REST.search(title[-80:])
        if rest and len(title) - len(rest[0]) > 5 and _is_site(rest[1], site):
            return Field(title[: -len(rest[0])].rstrip(), "stated", title, None, how)
        first = _TITLE_FIRST.match(title)
        if first and outlet_key(first[1]) == outlet_key(site):
            return Field(title[first.end() :], "stated", title, None, how)
        return Field(titles.split_outlet(title)[0], "stated", title, None, how)
    return None


def _is_denied(headline: str, others: list[str]) -> bool:
    """True for a headline that isn't what the page shows, where the page agrees on another one:
    some templates put a standfirst or a tagline there."""
    keys = [key for key in map(titles.title_key, others) if key]
    own = titles.title_key(headline)
    if not own or any(own in key or key in own for key in keys):
        return False
    return any(one in other for i, one in enumerate(keys) for other in keys[i + 1 :])


def _is_site(name: str, site: str) -> bool:
    a, b = (re.sub(r"\W+|^the ", "", text.casefold()) for text in (name, site))
    return bool(a and b) and (a == b or (len(min(a, b, key=len)) > 3 and (a in b or b in a)))


def _byline_below_title(tree: Any) -> list[str]:
    """Return the authors in the first lines below the article's heading, where no markup tells."""
    heads = list(tree.iter("h1"))
    if len(heads) != 1:
        return []
    lines = [line for line in tree_text(tree).split("\n") if line]
    title = tidy(" ".join(heads[0].itertext()))
    at = lines.index(title) if title in lines else len(lines)
    for line in lines[at + 1 : at + 1 + _BYLINE_LINES]:
        names = names_in_byline(line)
        if names:
            return names
        if word_count(line) > _BYLINE_WORDS:
            break
    return []


def _authors(
    tree: Any, node: dict[str, Any], metas: dict[str, list[str]], site: str
) -> tuple[Field | None, Field | None]:
    """Return who wrote it, and the agency it was taken from when only that is named."""
    written = node.get("author")
    people = written if isinstance(written, list) else [written]
    candidates = [([words_of(person) for person in people[:20]], "JSON-LD author")]
    candidates += [(metas.get(name, []), name) for name in _AUTHORS]
    elements = tree.xpath('//*[@rel="author" or @itemprop="author"]')[:3]
    candidates.append(
        ([tidy(" ".join(element.itertext())) for element in elements], "author element")
    )
    candidates.append((_byline_below_title(tree), "byline"))
    original: Field | None = None
    for words, how in candidates:
        names: list[str] = []
        for word in words:
            for name in names_in_byline(word) or re.split(
                r" and |, | & |; ?", word.removeprefix("By ")
            ):
                name = name.strip(" ,")
                wire = agency(name)
                if wire and wire.casefold() != site.casefold():
                    original = original or Field(wire, "stated", name, None, how)
                good = (
                    not wire
                    and 2 < len(name) <= 60
                    and len(name.split()) <= 6
                    and not _NOT_NAMES.search(name)
                )
                good = good and not (" " in name and name[0].islower())
                if good and name not in names and not _is_site(name, site):
                    names.append(name)
        if names:
            evidence = "; ".join(words)[:_MAX_CHARS]
            return Field("; ".join(names), "stated", evidence, None, how), original
    return None, original
