"""The text of an article with what is marked in it, and what of that is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st

from dashboard.index.layers.layer import MissingLayer
from dashboard.measures.reading.marks import TextMark, marks_of
from dashboard.text.hits import find_spans
from dashboard.text.query import Keyword
from dashboard.ui import state
from dashboard.ui.frame import View
from dashboard.ui.text import html


class MarkLayer(NamedTuple):
    """A kind of marks: its letter in the link, how it is called, the sign at each mark, the layer
    of the index that it takes ("": none)."""

    letter: str
    title: str
    sign: str
    needs: str


LAYERS = {
    "query": MarkLayer("q", "Search", "", ""),
    "keywords": MarkLayer("k", "Keywords", "", ""),
    "topic": MarkLayer("t", "Topic words", "T", ""),
    "quotations": MarkLayer("s", "Quotations", "Q", "voices"),
    "figures": MarkLayer("f", "Figures", "F", "figures"),
    "names": MarkLayer("n", "Names", "N", "names"),
    "copies": MarkLayer("c", "Copies", "C", "copies"),
}
USUAL = "qk"
NONE = "-"


class Span(NamedTuple):
    """What is marked in a paragraph; ``title`` and ``link``: "" for none; untrusted."""

    start: int
    end: int
    layer: str
    title: str = ""
    link: str = ""


def shown() -> list[str]:
    """The layers that the link asks for; what it names besides is passed over."""
    letters = state.option("marks", USUAL)
    return [name for name, layer in LAYERS.items() if layer.letter in letters]


def picker(view: View, layers: Sequence[str]) -> None:
    """Which layers are shown, of those that the index has."""
    offered = [name for name, layer in LAYERS.items() if not layer.needs or _has(view, layer.needs)]
    state.seed_widget("pick_marks", [name for name in layers if name in offered])
    st.pills(
        "Mark in the text",
        offered,
        key="pick_marks",
        selection_mode="multi",
        format_func=lambda name: LAYERS[name].title,
        on_change=_picked,
    )


def _picked() -> None:
    picked = state.widget("pick_marks") or []
    letters = "".join(layer.letter for name, layer in LAYERS.items() if name in picked)
    state.set_option("marks", "" if letters == USUAL else letters or NONE)


def _has(view: View, layer: str) -> bool:
    try:
        view.index.layer(layer)
    except MissingLayer:
        return False
    return True


def found_in(view: View, position: int, layers: Sequence[str]) -> list[TextMark]:
    """The marks of an article in these layers, found once."""
    chosen = tuple(name for name in layers if name not in ("query", "keywords"))
    if not chosen:
        return []
    return view.kept(
        "marks", lambda: marks_of(view.index, view.cut, position, chosen), position, chosen
    )


def key(marks: Sequence[TextMark]) -> str:
    """What the signs mean, each as it looks in the text, with how many there are; as HTML."""
    n_of = Counter(mark.layer for mark in marks)
    parts = [
        f'<span><mark class="np-m np-m-{name} np-m-first">{html(LAYERS[name].title.lower())}</mark>'
        f" {n_of[name]:,}</span>"
        for name in LAYERS
        if n_of[name]
    ]
    return f'<div class="np-m-key">{"".join(parts)}</div>' if parts else ""


def links(view: View, position: int, article_id: str) -> Callable[[TextMark], str]:
    """Where a mark leads: to the page of the topic, speaker, name or figures, or to both articles
    side by side; "" where there is no such page."""
    carried = {name: token for name, token in state.carried().items() if token}
    story = _story_id(view, position)

    def link(mark: TextMark) -> str:
        if not mark.key:
            return ""
        page, more = {
            "topic": ("topics", {"detail": mark.key}),
            "quotations": ("voices", {"speaker": mark.key}),
            "names": ("names", {"name": mark.key}),
            "figures": ("figures", {"story": story} if story else {}),
            "copies": ("articles", {**state.opening(article_id), "beside": mark.key}),
        }[mark.layer]
        return f"{page}?{urlencode(carried | more, errors='replace')}"

    return link


def _story_id(view: View, position: int) -> str:
    try:
        joint = view.index.layer("stories").joint
    except MissingLayer:
        return ""
    number = int(joint["story_of"][position])
    return joint["story_id"][number].decode() if number >= 0 else ""


def in_paragraphs(
    paragraphs: Sequence[str],
    passages: Sequence[str],
    marks: Sequence[TextMark],
    link: Callable[[TextMark], str],
) -> list[list[Span]]:
    """The marks of passages at their places in the paragraphs that are shown: a passage is several
    paragraphs, or a part of one."""
    by_passage: dict[int, list[TextMark]] = {}
    for mark in marks:
        by_passage.setdefault(mark.passage, []).append(mark)
    found: list[list[Span]] = [[] for _ in paragraphs]
    for number, own in by_passage.items():
        first = 0
        for piece in passages[number].split("\n"):
            for paragraph, spans in zip(paragraphs, found, strict=True):
                shift = _shift(piece, paragraph)
                if shift is not None:
                    spans += _moved(own, first, len(piece), shift, len(paragraph), link)
            first += len(piece) + 1
    return [list(dict.fromkeys(spans)) for spans in found]


def _shift(piece: str, paragraph: str) -> int | None:
    """Where a piece begins in a paragraph, below 0 where the paragraph is a part of it; None where
    neither holds the other."""
    if not piece or not paragraph:
        return None
    if (at := paragraph.find(piece)) >= 0:
        return at
    return -at if (at := piece.find(paragraph)) >= 0 else None


def _moved(
    marks: Sequence[TextMark],
    first: int,
    length: int,
    shift: int,
    room: int,
    link: Callable[[TextMark], str],
) -> list[Span]:
    found = []
    for mark in marks:
        start = max(mark.start - first, 0) + shift
        end = min(mark.end - first, length) + shift
        start, end = max(start, 0), min(end, room)
        if start < end:
            title = f"{LAYERS[mark.layer].title}: {mark.what}" if mark.what else ""
            found.append(Span(start, end, mark.layer, title, link(mark)))
    return found


def word_spans(keywords: Mapping[str, Sequence[Keyword]], text: str) -> list[Span]:
    """Where the words of a search, or keywords, stand in a paragraph."""
    spans, taken = [], 0
    every = (
        (start, end, layer)
        for layer, own in keywords.items()
        for keyword in own
        for start, end in find_spans(keyword, text)
    )
    for start, end, layer in sorted(every):
        if start >= taken:
            spans.append(Span(start, end, layer))
            taken = end
    return spans


def marked(text: str, spans: Sequence[Span]) -> str:
    """A paragraph as HTML: between two places where a mark begins or ends, the marks there stand
    inside each other, the longest outside, and the shortest that leads somewhere is the link."""
    places = sorted({0, len(text), *(p for span in spans for p in (span.start, span.end))})
    parts = []
    for start, end in pairwise(places):
        own = [span for span in spans if span.start <= start and span.end >= end]
        own.sort(key=lambda span: (span.start - span.end, span.layer))
        piece = html(text[start:end])
        linked = next((span for span in reversed(own) if span.link), None)
        if linked:
            piece = f'<a class="np-m-link" href="{html(linked.link)}">{piece}</a>'
        for span in reversed(own):
            piece = f"<mark {_look(span, first=span.start == start)}>{piece}</mark>"
        parts.append(piece)
    return "".join(parts)


def _look(span: Span, *, first: bool) -> str:
    names = ["np-kw"] if not LAYERS[span.layer].sign else []
    names += ["np-m", f"np-m-{span.layer}", "np-m-first" if first else "np-m-more"]
    title = f' title="{html(span.title)}"' if span.title else ""
    return f'class="{" ".join(names)}"{title}'
