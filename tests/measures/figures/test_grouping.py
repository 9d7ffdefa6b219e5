"""Which two figures belong together: pairs of sentences written for this, that say one thing in two
values, or two things in words that are alike."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.index.counts.article_figures import FigureRows
from dashboard.index.layers.figures import NO_DAY
from dashboard.measures.figures.grouping import STATUSES, Origins, group_figures
from dashboard.text.figures.find import Figure, find_figures
from dashboard.text.figures.surroundings import DIRECTIONS
from dashboard.text.figures.units import KINDS

#: (one, the figure in it, other, its figure)
Pair = tuple[str, str, str, str]

ONE_THING: list[Pair] = [
    ("The ferry sank off Batangas at dawn, killing 41 people, the coast guard said.", "41 people",
     "At dawn the ferry sank off Batangas and 63 people were killed, the port said.", "63 people"),
    ("Police in Lyon said 120 marchers were arrested after windows were smashed.", "120 marchers",
     "After windows were smashed police in Lyon arrested 85 marchers.", "85 marchers"),
    ("The campaign has spent $30 million on advertising in the last weeks.", "$30 million",
     "On advertising the campaign spent $45 million in the last weeks.", "$45 million"),
    ("The poll found 38 percent of farmers approve of the levy on diesel.", "38 percent",
     "Of the levy on diesel 45 percent of farmers approve, the poll found.", "45 percent"),
    ("The mill will close and 400 workers lose their jobs, the union said.", "400 workers",
     "The union said 700 workers lose their jobs when the mill will close.", "700 workers"),
    ("The landslide buried 30 houses above the village, rescuers said.", "30 houses",
     "Rescuers said the landslide buried 55 houses above the village.", "55 houses"),
    ("The strike grounded 210 flights at the airport, the airline said.", "210 flights",
     "The airline said the strike grounded 340 flights at the airport.", "340 flights"),
    ("Repairs to the old bridge cost $12 million, the council was told.", "$12 million",
     "The council was told that repairs to the old bridge cost $19 million.", "$19 million"),
]  # fmt: skip
TWO_THINGS: list[Pair] = [
    ("The ferry sank off Batangas at dawn, killing 41 people, the coast guard said.", "41 people",
     "At dawn the ferry sank off Batangas and 63 people were injured.", "63 people"),
    ("The blast at the depot left 15 workers dead, the fire service said.", "15 workers",
     "The fire service said 40 workers were hurt in the blast at the depot.", "40 workers"),
    ("She needs 326 seats to form a government after the vote on Thursday.", "326 seats",
     "After the vote on Thursday she has 301 seats to form a government.", "301 seats"),
    ("A pollster forecast that her party would win 340 seats after the count.", "340 seats",
     "After the count her party had won 301 seats, a pollster said.", "301 seats"),
    ("The poll found 38 percent of farmers approve of the levy on diesel.", "38 percent",
     "Of the levy on diesel 52 percent of farmers disapprove, the poll found.", "52 percent"),
    ("Her rival took 37 percent of all votes in the primaries so far.", "37 percent",
     "Her rival took 46 percent of votes in the primaries of the north so far.", "46 percent"),
    ("The campaign raised $30 million for advertising in the last weeks.", "$30 million",
     "On advertising the campaign spent $45 million in the last weeks.", "$45 million"),
    ("The shelling in Kharkiv killed 14 people overnight, officials said.", "14 people",
     "Officials said the shelling in Odesa killed 22 people overnight.", "22 people"),
    ("The mill asked for $20 million in aid to keep its furnaces going.", "$20 million",
     "To keep its furnaces going the mill was given $50 million in aid.", "$50 million"),
    ("In total, 300 delegates are chosen in the spring round of contests.", "300 delegates",
     "In the spring round of contests 120 delegates are chosen by the north.", "120 delegates"),
    ("The minister and 12 other senators wrote the draft of the water law.", "12 other senators",
     "The draft of the water law was written by 20 senators and the minister.", "20 senators"),
    ("The factory added 400 jobs at its plant by the river last spring.", "400 jobs",
     "By the river last spring the factory cut 700 jobs at its plant.", "700 jobs"),
    ("The country exported 30 million tons of grain through the strait.", "30 million tons",
     "Through the strait the country imported 50 million tons of grain.", "50 million tons"),
    ("The two landslides buried 31 farmers in Lugo, Spain, and Braga, the rescuers said.",
     "31 farmers", "Rescuers said the landslide buried 19 farmers in Braga.", "19 farmers"),
    ("In both valleys the landslide buried 31 farmers, rescuers said.", "31 farmers",
     "Rescuers said the landslide buried 19 farmers in the valleys.", "19 farmers"),
    ("It was the worst landslide in Braga since one at the old mill buried 150 farmers.",
     "150 farmers", "The worst landslide in Braga at the old mill buried 141 farmers.",
     "141 farmers"),
    ("Gusts of 125 miles per hour from the storm tore the roof off the pier.",
     "125 miles per hour", "The storm tore the roof off the pier and carried it off for 107 miles.",
     "107 miles"),
    ("Milk at the dairy in the valley sells for $40 a barrel this spring.", "$40 a barrel",
     "This spring the dairy in the valley sells milk for $44.", "$44"),
    ("Jones took 40 percent of the early vote in Ohio, the count showed.", "40 percent",
     "The count showed that Jones took 55 percent of the early vote in Iowa.", "55 percent"),
]  # fmt: skip


def figure_in(sentence: str, text: str) -> Figure:
    found = find_figures(sentence, [(0, len(sentence))], "en")
    own = [f for f in found if sentence[f.start : f.end] == text]
    assert len(own) == 1, [sentence[f.start : f.end] for f in found]
    return own[0]


def rows_of(figures: list[Figure]) -> FigureRows:
    n = len(figures)
    units = sorted({f.unit for f in figures})
    columns: dict[str, np.ndarray] = {
        "sentence": np.zeros(n, np.int64),
        "kind": np.asarray([KINDS.index(f.kind) for f in figures]),
        "direction": np.asarray([DIRECTIONS.index(f.direction) for f in figures]),
        "first_day": np.full(n, NO_DAY),
        "last_day": np.full(n, NO_DAY),
        "confidence": np.asarray([round(100 * f.confidence) for f in figures]),
    }
    for name in ("low", "high", "step", "qualifier", "head", "role", "meant", "wording"):
        columns[name] = np.asarray([getattr(f, name) for f in figures])
    words = [(i, word, near) for i, f in enumerate(figures) for word, near in f.words]
    names = [(i, name) for i, f in enumerate(figures) for name in f.names]
    return FigureRows(
        np.arange(n),
        np.zeros(n, np.int64),
        np.asarray([units.index(f.unit) for f in figures]),
        units,
        columns,
        np.asarray([i for i, _, _ in words], np.int64),
        np.asarray([word for _, word, _ in words], np.uint32),
        np.asarray([near for _, _, near in words], np.bool_),
        np.asarray([i for i, _ in names], np.int64),
        np.asarray([name for _, name in names], np.uint32),
    )


def status(
    pair: Pair, days: tuple[int, int] = (100, 100), period: tuple[int, int] | None = None
) -> str:
    """``period``: that the first one states."""
    one, a, other, b = pair
    rows = rows_of([figure_in(one, a), figure_in(other, b)])
    if period:
        rows.columns["first_day"][0], rows.columns["last_day"][0] = period
    none = np.full(2, -1)
    grouped = group_figures(rows, Origins(np.arange(2), np.asarray(days), np.zeros(2, int), none))
    found = {STATUSES[i] for i in grouped.status.tolist()}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("pair", ONE_THING, ids=lambda pair: pair[1])
def test_one_thing_in_two_values_is_to_be_checked(pair: Pair) -> None:
    assert status(pair) == "different figures, check"


@pytest.mark.parametrize("pair", ONE_THING, ids=lambda pair: pair[1])
def test_the_other_value_on_another_day_is_a_later_figure(pair: Pair) -> None:
    assert status(pair, (100, 101)) == "later figure"


@pytest.mark.parametrize("pair", TWO_THINGS, ids=lambda pair: f"{pair[1]}, {pair[3]}")
def test_two_things_are_no_pair(pair: Pair) -> None:
    assert status(pair) == status(pair, (100, 104)) == "alone"


def test_one_value_of_two_things_does_not_agree() -> None:
    dead = "The ferry sank off Batangas at dawn, killing 41 people, the coast guard said."
    hurt = "At dawn the ferry sank off Batangas, injuring 41 people, the coast guard said."
    own = "At dawn the ferry sank off Batangas and 41 people were killed, the port said."
    assert status((dead, "41 people", own, "41 people")) == "agree"
    assert status((dead, "41 people", hurt, "41 people")) == "alone"


WORDS = "The ferry sank off Batangas at dawn, killing 41 people, the coast guard said."


def test_one_sentence_in_two_sources_is_one_wording() -> None:
    assert status((WORDS, "41 people", WORDS, "41 people")) == "same wording"


def test_a_third_in_its_own_words_makes_them_agree() -> None:
    own = "At dawn the ferry sank off Batangas and 41 people were killed, the port said."
    rows = rows_of([figure_in(text, "41 people") for text in (WORDS, WORDS, own)])
    none = np.full(3, -1)
    days, story = np.full(3, 100), np.zeros(3, int)
    grouped = group_figures(rows, Origins(np.arange(3), days, story, none))
    assert {STATUSES[i] for i in grouped.status.tolist()} == {"agree"}


def test_a_stated_year_far_from_the_other_article_keeps_values_apart() -> None:
    pair = ONE_THING[0]
    assert status(pair, (5000, 5000), (4900, 4990)) == "different figures, check"
    assert status(pair, (5000, 5000), (3000, 3364)) == "alone"
    assert status(pair, (5000, 5001), (3000, 3364)) == "alone"
