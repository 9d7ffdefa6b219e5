"""What a click on a mark does, the same on every chart: it selects what the mark counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.measures.periods import period_days
from dashboard.scope import UNDATED, UNKNOWN_SOURCE
from dashboard.text.query import as_keyword
from dashboard.ui import state


def follow(mark: Mapping[str, Any]) -> None:
    """Open the article of a mark, show its word in context, or filter to its source, topic and
    period; once more takes these filters back. ``mark``: what it selects, by the names of
    ``charts.layout.clickable``. For callbacks only."""
    if mark.get("article"):
        state.ask_for(mark["article"])
    elif mark.get("kw"):
        state.set_option("kw", [as_keyword(mark["kw"])])
    elif "" not in mark.values():  # several sources added up
        filters = _filters(mark)
        if all(state.option(name) == value for name, value in filters.items()):
            filters = dict.fromkeys(filters, "")
        state.set_scope(**filters)


def _filters(mark: Mapping[str, Any]) -> dict[str, str]:
    """Link parameters that leave what the mark counts."""
    found = {}
    if "src" in mark:
        found["src"] = UNKNOWN_SOURCE if mark["src"] is None else str(mark["src"])
    if "topic" in mark:
        found["topic"] = str(mark["topic"])
    if "period" in mark:
        if mark["period"] is None:
            found |= {"from": UNDATED, "to": ""}
        else:
            first, last = period_days(mark["period"])
            found |= {"from": first.isoformat(), "to": last.isoformat()}
    return found


def picked(chart_key: str, keys: tuple[str, ...]) -> dict[str, Any] | None:
    """The mark just clicked, by the names of what it selects; None when the click took a selection
    back."""
    cells = state.clicked(chart_key)
    return dict(zip(keys, cells, strict=False)) if cells else None
