"""A side of a comparison as one value of the link: its filters, each with its name, ``~~`` between
them: ``src~cnn~fox~~dates~2016``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dashboard.measures.periods import period_days, period_of
from dashboard.scope import PARAMS, SEPARATOR, Scope
from dashboard.ui.link.short import lengthened, shortened

DATES = "dates"  # a period, or the first and the last day
_LIST = 34  # letters of a list of ids; a longer one is shortened
_BETWEEN, _NONE = SEPARATOR * 2, "_"


def written_side(scope: Scope, there: Mapping[str, Sequence[str]] = MappingProxyType({})) -> str:
    """The scope as a value of the link; "" where it filters nothing. ``there``: see
    :func:`ids_there`."""
    found = dict(scope.to_params())
    for name, ids in there.items():
        found[name] = shortened(found[name], ids, _LIST)
    period = period_of(scope.date_from, scope.date_to)
    days = (found.pop("from"), found.pop("to"))
    if any(days):
        found[DATES] = period or SEPARATOR.join(day or _NONE for day in days)
    query = " ".join(found["q"].replace(SEPARATOR, " ").split())
    found["q"] = query
    return _BETWEEN.join(f"{name}{SEPARATOR}{value}" for name, value in found.items() if value)


def read_side(
    text: str, there: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> dict[str, str]:
    """The link parameters of a scope that :func:`written_side` wrote; what it can't have written is
    left out."""
    found: dict[str, str] = {}
    for field in text.split(_BETWEEN):
        name, _, value = field.partition(SEPARATOR)
        if name == DATES:
            found |= _dates(value)
        elif name in PARAMS and value:
            found[name] = lengthened(value, there[name]) if name in there else value
    return found


def _dates(value: str) -> Mapping[str, str]:
    if SEPARATOR in value:
        ends = dict(zip(("from", "to"), value.split(SEPARATOR), strict=False))
        return {name: day for name, day in ends.items() if day != _NONE}
    try:
        first, last = (day.isoformat() for day in period_days(value))
    except ValueError:
        return {"from": value}  # of no meaning, which reading the scope says
    return {"from": first, "to": last}
