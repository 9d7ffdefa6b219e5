"""The layer of figures: rows that point to the text, the same from whatever segments."""

from __future__ import annotations

import numpy as np

from dashboard.index.counts.article_figures import figure_rows
from dashboard.index.index import Index
from dashboard.text.figures.units import KINDS


def test_the_seeds_have_their_figures_where_they_stand(seeds_index: Index) -> None:
    rows = figure_rows(seeds_index, np.ones(seeds_index.n_articles, np.bool_))
    texts = [
        seeds_index.passages(int(article))[int(passage)][start:end]
        for article, passage, start, end in zip(
            rows.article, rows.passage, rows["start"], rows["end"], strict=True
        )
    ]
    assert {"$240 billion", "60%", "42nd", "90%", "75 years"} <= set(texts)
    assert len(rows) == len(texts) < 15
    money = np.asarray(rows["kind"]) == KINDS.index("money")
    assert [rows.units[unit] for unit in rows.unit[money]] == ["USD", "USD"]
    assert len(rows.word) == len(rows.word_figure) == len(rows.near) > len(rows)
    assert rows.word_figure.max() == len(rows) - 1


def test_articles_that_are_not_asked_for_are_left_out(seeds_index: Index) -> None:
    none = figure_rows(seeds_index, np.zeros(seeds_index.n_articles, np.bool_))
    assert len(none) == len(none.word) == 0
    every = figure_rows(seeds_index, np.ones(seeds_index.n_articles, np.bool_))
    one = np.zeros(seeds_index.n_articles, np.bool_)
    one[every.article[-1]] = True
    rows = figure_rows(seeds_index, one)
    assert set(rows.article) == {every.article[-1]}
    assert rows["low"].tolist() == every["low"][every.article == every.article[-1]].tolist()
