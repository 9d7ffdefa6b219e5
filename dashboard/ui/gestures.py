"""What the marks of charts select, and what a click on one does: the same on every chart."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.index.counts.own_columns import read_where, write_where
from dashboard.measures.keyness.sides import A, B
from dashboard.measures.periods import period_days
from dashboard.scope import UNDATED, UNKNOWN_SOURCE
from dashboard.text.query import as_keyword
from dashboard.ui import state
from dashboard.ui.link.parameters import OPENS, PAGES

#: Pages all of whose charts compare by what the link says.
COMPARING = ("sources", "trends")
#: Marks of somebody quoted: the page lists these quotations.
SPOKEN = ("speaker", "cited")
#: What a page shows of what it filters to: options of the link that no filter is.
SHOWN = (*SPOKEN, "nth")
#: Traces whose data are a field, not marks.
GRIDS = ("heatmap", "contour")
#: What a click on a page asks to read there: the parameter, and the key of what shows it, which
#: takes what was chosen last; where several were chosen, that of ``TOGETHER`` if there is one.
READ = {
    "topics": ("topic", "np-passages-{}"),
    "voices": ("speaker", "pick_speaker"),
    "names": ("name", "pick_name"),
    "trends": ("kw", "np-chart-trends"),
}
TOGETHER = {"trends": "np-chart-together"}
_FIELD = re.compile(r"%\{(customdata|hovertext)(?:\[(\d+)\])?(?::([^}]*))?\}")
_EXTRA = re.compile(r"<extra>.*?</extra>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def follow(mark: Mapping[str, Any]) -> None:
    """Open the article of a mark, show its word in context, or filter to its source, topic and
    period, and list what its speaker says or show its keyword; once more takes these back.
    ``mark``: what it selects, by the names of ``charts.parts.layout.clickable``. For callbacks
    only."""
    if mark.get("article"):
        state.ask_for("articles", state.opening(mark["article"]))
    elif mark.get("kw"):
        state.set_option("kw", [as_keyword(mark["kw"])])
    elif "" not in mark.values():  # several sources added up
        shown = {name: str(mark[name]) for name in SHOWN if mark.get(name) is not None}
        if shown.get("nth") == "1":  # which needs no number
            shown["nth"] = ""
        chosen = _filters(mark) | shown
        if all(state.option(name) == value for name, value in chosen.items()):
            others = read_where(chosen.get("where", ""))[:-1]  # those of other columns stay
            chosen = dict.fromkeys(chosen, "") | ({"where": write_where(others)} if others else {})
        for name in shown:
            state.set_option(name, chosen.pop(name))
        state.set_scope(**chosen)


def place(page: str) -> str:
    """Where one is: the page and what is open on it, whatever is filtered. An open topic's list of
    passages stands at its end, and is turned there."""
    opens = set(OPENS) - {"page"} if state.option("detail") else OPENS
    open_there = [state.option(name) for name in PAGES.get(page, ()) if name in opens]
    return "|".join([page, *open_there])


def asked(page: str) -> dict[str, str]:
    """What a page was last asked to show, for ``scroll``; nothing on a page that lists nothing."""
    if page == "topics" and (topic := state.option("detail")):
        return {"asked": f"{topic} {state.option('page')}", "shown_at": f"np-passages-{topic}"}
    name, key = READ.get(page, ("", ""))
    chosen = state.tokens(name) if name else []
    if not chosen:
        return {}
    if len(chosen) > 1:
        key = TOGETHER.get(page, key)
    return {"asked": chosen[-1], "shown_at": key.format(chosen[-1])}


def _filters(mark: Mapping[str, Any]) -> dict[str, str]:
    """Link parameters that leave what the mark counts."""
    found = {}
    group = _group_of(mark) if "src" in mark else None
    if group:
        others = [pair for pair in read_where(state.option("where")) if pair[0] != group[0]]
        found["where"] = write_where([*others, group])
    elif "src" in mark and mark["src"] not in (A, B):  # a side is no filter
        found["src"] = UNKNOWN_SOURCE if mark["src"] is None else str(mark["src"])
    if "topic" in mark:
        found["topic"] = str(mark["topic"])
    if "period" in mark:
        if mark["period"] is None:
            found |= {"from": UNDATED, "to": ""}
        else:
            first, last = (day.isoformat() for day in period_days(mark["period"]))
            # The mark counts what is within the dates that are set already.
            found["from"] = max(state.option("from", first), first)
            found["to"] = min(state.option("to", last), last)
    return found


def _group_of(mark: Mapping[str, Any]) -> tuple[str, str] | None:
    """Column and value of a mark that stands for a group of articles."""
    if mark["src"] is None:
        column = state.option("compare") if state.page_here() in COMPARING else ""
        return (column, "") if column else None
    return next(iter(read_where(str(mark["src"]))), None)  # ids of sources have no colon


@dataclass(frozen=True)
class Mark:
    """``keys``: what it selects, by the names that ``layout.clickable`` gives; ``words``: what its
    hover box says, on one line, untrusted."""

    keys: Mapping[str, Any]
    words: str


def marks_of(figure: Mapping[str, Any]) -> list[Mark]:
    """The marks of a figure (as ``to_plotly_json`` gives it) that can be followed, in the order in
    which they are drawn, of several for the same thing the one that says most; none in a figure
    that is not ``layout.clickable``."""
    names: Sequence[str] = figure["layout"].get("meta", {}).get("keys", ())
    found: dict[tuple[Any, ...], str] = {}
    for trace in figure["data"] if names else ():
        template, boxes = trace.get("hovertemplate"), trace.get("hovertext")
        data = trace.get("customdata")
        if template is None or data is None or trace["type"] in GRIDS:
            continue
        texts = [boxes] * len(data) if isinstance(boxes, str) or boxes is None else boxes
        for cells, box in zip(data, texts, strict=True):
            # Gaps of a line hold nothing.
            if any(cell is not None for cell in cells):
                key = tuple(cells[: len(names)])
                found[key] = max(found.get(key, ""), _words(template, cells, box), key=len)
    return [Mark(dict(zip(names, key, strict=True)), words) for key, words in found.items()]


def _words(template: str, cells: Sequence[Any], box: object) -> str:
    def filled(field: re.Match[str]) -> str:
        name, position, form = field.groups()
        value = box if name == "hovertext" else cells[int(position)]
        return format(value, form) if form else str(value)

    lines = [_FIELD.sub(filled, line) for line in _EXTRA.sub("", template).split("<br>")]
    plain = [html.unescape(_TAG.sub(" ", line)) for line in lines]
    return " · ".join(" ".join(line.split()) for line in plain if line.strip())
