"""The JSON-LD of a web page: which of its nodes is the page's own article."""

from __future__ import annotations

import html
import json
from typing import Any
from urllib.parse import urlsplit

from dashboard.corpus.article import tidy
from dashboard.corpus.parsing.addresses import host_of
from dashboard.corpus.parsing.titles import title_key

_MAX_JSON = 1_000_000
_MAX_NODES = 2000
_MAX_CHARS = 500
# From an article to what it is about or stands on; never to the articles listed beside it.
_PEOPLE = ("publisher", "author", "creator")
_INTO = ("@graph", "mainEntity", "mainEntityOfPage")


def article_node(tree: Any, url: str, metas: dict[str, list[str]]) -> dict[str, Any]:
    """Return the JSON-LD of the page's own article, {} if there is none or it isn't clear which."""
    nodes: list[tuple[int, dict[str, Any]]] = []
    named: dict[str, dict[str, Any]] = {}
    for i, script in enumerate(tree.iter("script")):
        kind = (script.get("type") or "").lower()
        if i < 500 and "ld+json" in kind and script.text and len(script.text) < _MAX_JSON:
            nodes.extend(_nodes(script.text, named))
    best = min((rank for rank, _ in nodes), default=0)
    own = [node for rank, node in nodes if rank == best]
    if len(own) > 1:
        same = [node for node in own if url and _is_about(node, url)]
        titles = {title_key(title) for title in metas.get("og:title", [])}
        same = same or [node for node in own if title_key(words_of(node.get("headline"))) in titles]
        days = {words_of(node.get("datePublished"))[:10] for node in own}
        own = same or (own if len(days) == 1 else [])
    return _resolved(own[0], named) if own else {}


def _resolved(node: dict[str, Any], named: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return an article whose publisher and authors are given in full where they are described
    elsewhere on the page; a reference to nothing is none."""

    def whole(value: Any) -> Any:
        if isinstance(value, list):
            return [one for item in value if (one := whole(item)) is not None]
        if not isinstance(value, dict) or set(value) - {"@id", "@type"} or "@id" not in value:
            return value
        mark = str(value["@id"])
        return named.get(mark) or (value if host_of(mark) else None)

    return {key: whole(value) if key in _PEOPLE else value for key, value in node.items()}


def _is_about(node: dict[str, Any], url: str) -> bool:
    return any(
        _same_page(url, words_of(node.get(key))) for key in ("url", "@id", "mainEntityOfPage")
    )


def _nodes(text: str, named: dict[str, dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Return the articles (0) and pages (1) of a script, in their order there.

    ``named`` gets what is described under a name of its own, to which others refer.
    """
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        stack = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return []
    nodes: list[tuple[int, dict[str, Any]]] = []
    for _ in range(_MAX_NODES):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node[:_MAX_NODES]))
        elif isinstance(node, dict):
            if isinstance(node.get("@id"), str) and node.get("name"):
                named.setdefault(node["@id"], node)
            kinds = node.get("@type")
            kinds = [
                kind
                for kind in (kinds if isinstance(kinds, list) else [kinds])
                if isinstance(kind, str)
            ]
            if any(
                kind.endswith(("Article", "Posting")) or kind in ("Report", "Review")
                for kind in kinds
            ):
                nodes.append((0, node))
            elif any(kind.endswith("WebPage") or kind == "CreativeWork" for kind in kinds):
                nodes.append((1, node))
            stack.extend(
                node[key] for key in reversed(_INTO) if isinstance(node.get(key), dict | list)
            )
    return nodes


def words_of(value: Any) -> str:
    """Return the words of a JSON-LD value: a string, or the name of a person or an organisation."""
    for _ in range(3):
        if isinstance(value, list) and value:
            value = value[0]
        elif isinstance(value, dict):
            parts = [value.get(key) for key in ("givenName", "familyName")]
            whole = " ".join(part for part in parts if isinstance(part, str))
            value = next(
                (value[key] for key in ("name", "@value") if value.get(key)),
                whole or value.get("@id") or value.get("url") or "",
            )
    return tidy(html.unescape(value[: _MAX_CHARS * 4])) if isinstance(value, str) else ""


def _same_page(one: str, other: str) -> bool:
    try:
        a, b = urlsplit(one), urlsplit(other)
    except ValueError:
        return False
    return host_of(one) == host_of(other) and a.path.strip("/") == b.path.strip("/")
