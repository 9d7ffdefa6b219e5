"""The user's own columns as groups of articles: which suit, their values, and those of each
article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from dashboard.corpus.own_columns import MOST_VALUES, NO_LABELS, TOO_MANY
from dashboard.corpus.parsing.addresses import is_web_address
from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.index.storage.container import Strings, pack_strings, with_prefix

MOST_KEPT = 12
_MOST_NUMBERS = 12  # different ones; more are measurements
_SMALL = 6  # values that a few articles may have, though hardly two share one
_NUMBER = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d.{0,40}")
_NONE, _NO_LABEL, _MANY = 0, MOST_VALUES + 1, MOST_VALUES + 2


class OwnColumns(Layer):
    """Arrays of a segment: ``names`` of its columns; ``values``, those of column ``i`` from
    ``first[i]`` on; ``codes`` (n_columns, n_articles) uint8: 0 for none, 201 for something that is
    no label, 202 for one of too many, else the number of the value from 1. Columns whose names
    differ in case are one, by the name that comes first.

    Joint, where there is any column: the same of the columns that are kept, most articles first,
    values with the most articles first, without 201 and 202; ``left_out`` names of the others and
    ``why``.
    """

    name: ClassVar[str] = "own_columns"
    version: ClassVar[int] = 1

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the columns of the articles."""
        n = len(segment.articles)
        numbers: dict[str, dict[str, int]] = {}
        codes: dict[str, NDArray[np.uint8]] = {}
        spelt: dict[str, str] = {}
        for row, own in enumerate(segment.articles.own_columns):
            for spelling, value in own.items():
                name = spelt.setdefault(spelling.casefold(), spelling)
                if name not in codes:
                    codes[name], numbers[name] = np.zeros(n, np.uint8), {}
                of = numbers[name]
                if value is None:
                    codes[name][row] = _NO_LABEL
                elif not value or (value not in of and len(of) == MOST_VALUES):
                    codes[name][row] = _MANY
                else:
                    codes[name][row] = of.setdefault(value, len(of) + 1)
        return _arrays({name: list(numbers[name]) for name in codes}, codes, n)

    def join(self, segments: Sequence[SegmentView]) -> Arrays:
        """The columns that can sort articles into groups; no arrays where no article has any."""
        own = [segment.layers[self.name] for segment in segments]
        spelt: dict[str, str] = {}
        for name in (name for each in own for name in Strings.of(each, "names")):
            spelt.setdefault(name.casefold(), name)
        names = list(spelt.values())
        if not names:
            return {}
        bounds = np.cumsum([0, *(each["codes"].shape[1] for each in own)]).tolist()
        codes: dict[str, NDArray[np.uint8]] = {}
        values: dict[str, list[str]] = {}
        why: dict[str, str] = {}
        for name in names:
            parts = [codes_in(each, name) for each in own]
            why[name] = _why_not(parts)
            if not why[name]:
                values[name], codes[name] = _joined(parts, bounds)
        kept = sorted(codes, key=lambda name: -int((codes[name] > 0).sum()))  # stable
        no_room = f"there is room for {MOST_KEPT}, and others are known of more articles"
        why |= dict.fromkeys(kept[MOST_KEPT:], no_room)
        kept = kept[:MOST_KEPT]
        left_out = {name: reason for name, reason in why.items() if reason}
        return {
            **_arrays({name: values[name] for name in kept}, codes, bounds[-1]),
            **with_prefix("left_out", pack_strings(list(left_out))),
            **with_prefix("why", pack_strings(list(left_out.values()))),
        }


_Part = tuple[list[str], NDArray[np.uint8]]  # of one segment: values and codes


def _arrays(
    values: Mapping[str, list[str]], codes: Mapping[str, NDArray[np.uint8]], n: int
) -> Arrays:
    first = np.cumsum([0, *map(len, values.values())]).astype(np.int64)
    return {
        **with_prefix("names", pack_strings(list(values))),
        **with_prefix("values", pack_strings([v for of in values.values() for v in of])),
        "first": first,
        "codes": np.asarray([codes[name] for name in values], np.uint8).reshape(len(values), n),
    }


def codes_in(arrays: Arrays, name: str) -> _Part:
    """The values of a column of a segment, in any case, and the code of each article."""
    names = [each.casefold() for each in Strings.of(arrays, "names")]
    if name.casefold() not in names:
        return [], np.zeros(arrays["codes"].shape[1], np.uint8)
    i, first = names.index(name.casefold()), arrays["first"]
    return Strings.of(arrays, "values")[int(first[i]) : int(first[i + 1])], arrays["codes"][i]


def _counted(parts: Sequence[_Part]) -> Counter[str]:
    """Articles of each value."""
    found: Counter[str] = Counter()
    for values, codes in parts:
        counts = np.bincount(codes, minlength=len(values) + 1)[1 : len(values) + 1]
        found.update({v: n for v, n in zip(values, counts.tolist(), strict=True) if n})
    return found


def _why_not(parts: Sequence[_Part]) -> str:
    """Why a column can't sort articles into groups, "" where it can."""
    counts = _counted(parts)
    n, n_values = counts.total(), len(counts)
    n_none = sum(int((codes == _NO_LABEL).sum()) for _, codes in parts)
    if n_values > MOST_VALUES or any((codes == _MANY).any() for _, codes in parts):
        return TOO_MANY
    if 10 * n_none > n + n_none:
        return NO_LABELS
    if n_values < 2:
        return "the same in every article that has it"
    if all(map(_DAY.fullmatch, counts)):
        return "dates"
    if all(map(is_web_address, counts)):
        return "web addresses"
    if n_values > _MOST_NUMBERS and all(map(_NUMBER.fullmatch, counts)):
        return f"numbers with more than {_MOST_NUMBERS} different values"
    if n_values > max(n // 2, min(_SMALL, n - 1)):
        return "hardly two articles share a value"
    return ""


def _joined(parts: Sequence[_Part], bounds: Sequence[int]) -> tuple[list[str], NDArray[np.uint8]]:
    counts = _counted(parts)
    order = sorted(counts, key=lambda value: (-counts[value], value))
    number = {value: i for i, value in enumerate(order, 1)}
    joined = np.zeros(bounds[-1], np.uint8)
    for (values, codes), start in zip(parts, bounds, strict=False):
        table = np.zeros(256, np.uint8)
        table[1 : len(values) + 1] = [number.get(value, 0) for value in values]
        joined[start : start + len(codes)] = table[codes]
    return order, joined
