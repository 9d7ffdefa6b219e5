from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.parts.theme import SourceStyle
from dashboard.charts.voices import citations, voices
from dashboard.ui.gestures import marks_of
from tests.charts.conftest import id_of, with_ids

Styles = dict[str, SourceStyle]
NOBODY = "No speaker given"


@pytest.fixture
def speakers() -> pd.DataFrame:
    rows = [
        ("Beta", "Ada Roy", 4, 6, 0),
        ("Alpha", "Ada Roy", 1, 1, 1),
        ("Alpha", "<b>Li & Co</b>", 2, 0, 3),
        ("Alpha", NOBODY, 8, 8, 0),
        ("Beta", "somebody else", 9, 9, 0),
        (None, "Ada Roy", 5, 5, 0),
    ]
    columns = ["source", "speaker", "n_articles", "n_quotes", "n_indirect"]
    return with_ids(pd.DataFrame(rows, columns=columns))


@pytest.fixture
def cited() -> pd.DataFrame:
    rows = [
        ("Alpha", "Tass", 3, 2.961, 0.61, 8.65, 1),
        ("Beta", "Tass", 1, 0.5, 0.0126, 2.79, 40),
        ("Beta", "Reuters", 12, 6.0, 3.1, 10.5, 40),
    ]
    columns = ["source", "cited", "count", "per_1k", "ci_low", "ci_high", "n_articles"]
    return with_ids(pd.DataFrame(rows, columns=columns))


def test_who_speaks_where_draws_the_rows_that_were_asked_for(
    speakers: pd.DataFrame, styles: Styles
) -> None:
    names = ["Ada Roy", "<b>Li & Co</b>", NOBODY]
    *bars, numbers = voices(speakers, names, styles, "light").data
    assert [trace.name for trace in bars] == ["Alpha", "Beta"]
    assert [[cells[1] for cells in trace.customdata] for trace in bars] == [names, ["Ada Roy"]]
    assert [text.strip() for text in numbers.text] == ["1", "2", "8", "4"]
    alpha, beta = bars
    # One scale for all columns.
    assert [round(x / alpha.x[0], 6) for x in (*alpha.x, *beta.x)] == [1, 2, 8, 4]


def test_a_mark_of_a_speaker_names_the_source_and_says_what_it_counts(
    speakers: pd.DataFrame, styles: Styles
) -> None:
    figure = voices(speakers, ["Ada Roy", "<b>Li & Co</b>"], styles, "dark").to_plotly_json()
    marks = marks_of(figure)
    assert [mark.keys for mark in marks] == [
        {"src": id_of("Alpha"), "speaker": "Ada Roy"},
        {"src": id_of("Alpha"), "speaker": "<b>Li & Co</b>"},
        {"src": id_of("Beta"), "speaker": "Ada Roy"},
    ]
    assert marks[0].words == "Ada Roy in Alpha · 1 article: 1 quotation, 1 time indirectly"
    assert "<b>Li" not in str(figure["data"][0]["customdata"][1][2])


def test_citations_are_drawn_by_their_rate_and_say_how_sure_it_is(
    cited: pd.DataFrame, styles: Styles
) -> None:
    figure = citations(cited, ["Reuters", "Tass"], styles, "light")
    alpha, beta, numbers = figure.data
    assert [text.strip() for text in numbers.text] == ["3", "12", "1"]
    assert alpha.x[0] / beta.x[0] == pytest.approx(2.961 / 6)
    assert marks_of(figure.to_plotly_json())[0].words == (
        "Tass in Alpha · 3 times in 1 article: 3.0 per 1,000 words, 95 % interval 0.61 to 8.7"
    )


def test_nothing_is_drawn_of_nothing(cited: pd.DataFrame, styles: Styles) -> None:
    assert not citations(cited, [], styles, "light").data
    assert not citations(cited[:0], ["Tass"], {}, "dark").data
