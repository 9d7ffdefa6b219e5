"""The figures of articles, from their layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.index.index import Index

_COLUMNS = ("start", "end", "sentence", "low", "high", "step", "kind", "direction", "qualifier",
            "first_day", "last_day", "about", "said", "head", "role", "meant",
            "wording", "confidence")  # fmt: skip
_ADDED = ("passage", "article", "unit", "word", "near", "word_figure", "name",
          "name_figure")  # fmt: skip


@dataclass(frozen=True)
class FigureRows:
    """Arrays over figures in the order of articles and text: ``article`` (its position),
    ``passage`` and ``sentence`` (their numbers in the article, from 0), ``unit`` (position in
    ``units``), ``columns`` as the layer has them. ``word_figure``, ``word`` and ``near``: each
    word around a figure, and whether it stands next to it; ``name_figure`` and ``name``: each name
    near a figure."""

    article: NDArray[np.int64]
    passage: NDArray[np.int64]
    unit: NDArray[np.int64]
    units: list[str]
    columns: dict[str, NDArray[np.generic]]
    word_figure: NDArray[np.int64]
    word: NDArray[np.uint32]
    near: NDArray[np.bool_]
    name_figure: NDArray[np.int64]
    name: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.article)

    def __getitem__(self, name: str) -> NDArray[np.generic]:
        return self.columns[name]


def figure_rows(index: Index, articles: NDArray[np.bool_]) -> FigureRows:
    """The figures of these articles (n_articles,). Raises ``MissingLayer``."""
    parts: list[dict[str, NDArray[np.generic]]] = []
    numbers: dict[str, int] = {}
    n_before = 0
    for segment, arrays, sentences in zip(
        index.segments,
        index.layer("figures").segments,
        index.layer("sentences").segments,
        strict=True,
    ):
        first = segment.arrays["article_passages"]
        article = np.searchsorted(first, arrays["passage"], side="right") - 1
        chosen = np.flatnonzero(articles[article + segment.first_article])
        article = article[chosen]
        part = {name: arrays[name][chosen] for name in _COLUMNS}
        part["sentence"] = part["sentence"] - sentences["first"][first[article]]
        part["passage"] = arrays["passage"][chosen] - first[article]
        part["article"] = article + segment.first_article
        text = arrays["units"].tobytes().decode("utf-8", "surrogatepass")
        of = [numbers.setdefault(unit, len(numbers)) for unit in text.split("\n")]
        part["unit"] = np.asarray(of, np.int64)[arrays["unit"][chosen]]
        at, figure = _of_each(arrays["first_word"], chosen)
        part["word"], part["near"] = arrays["words"][at], arrays["near"][at]
        part["word_figure"] = figure + n_before
        at, figure = _of_each(arrays["first_name"], chosen)
        part["name"], part["name_figure"] = arrays["names"][at], figure + n_before
        n_before += len(chosen)
        parts.append(part)
    names = parts[0] if parts else (*_COLUMNS, *_ADDED)  # no segment: all articles are deleted
    nothing = [] if parts else [np.zeros(0, np.int64)]
    joined = {name: np.concatenate([*nothing, *(part[name] for part in parts)]) for name in names}
    own = {name: joined[name] for name in _COLUMNS}
    return FigureRows(
        joined["article"].astype(np.int64),
        joined["passage"].astype(np.int64),
        joined["unit"].astype(np.int64),
        list(numbers),
        own,
        joined["word_figure"].astype(np.int64),
        joined["word"].astype(np.uint32),
        joined["near"].astype(np.bool_),
        joined["name_figure"].astype(np.int64),
        joined["name"].astype(np.uint32),
    )


def _of_each(
    first: NDArray[np.int64], chosen: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places of what the chosen figures have, and the place among these of the one that has it."""
    begins, ends = first[chosen], first[chosen + 1]
    lengths = ends - begins
    at = np.arange(lengths.sum()) + np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
    return at, np.repeat(np.arange(len(chosen)), lengths)
