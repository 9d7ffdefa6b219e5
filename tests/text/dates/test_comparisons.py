"""What something is compared with is no event: sentences written for this, the date in brackets."""

from __future__ import annotations

import pytest

from dashboard.text.dates.comparisons import is_base
from dashboard.text.dates.find import Reader

BASES = """
Mills sold 60% more flour compared to the same period [two years earlier].
Sales at the mill were higher than [a year ago].
The river carried less water than in [2019].
The river carried less water than it did in [2019].
Turnout was 61 percent, compared with 58 percent in [2016].
Rents rose 4 percent from [a year earlier].
Rents rose to 900 euros from 850 euros in [March].
Traffic was up 12% from the same month [last year].
Traffic was up 12% from [last year].
The port shipped 9 million tons in [May 2020] or not, versus 7 million tons in [2018].
Burglaries fell by a third over the corresponding period of [2021].
Unemployment is at its lowest level since [1969].
It was the first eruption since [2010].
Prices have risen 30 percent since [2019].
Emissions must fall below [1990] levels, the panel said.
The dam held 3 percent less water than during the same quarter [last year].
Wheat cost twice as much as it had in the same three-month stretch of [2022].
The clinic treated 400 patients, compared with 1,200 patients in [2020].
Beer sales were weaker than [last summer].
""".strip().splitlines()
EVENTS = """
The mill burned down in [2019].
He died more than [a year ago] in a hospital in Turin.
Less than [two weeks ago] the council voted for the dam.
More than 200 people died in the mine in [2019].
The hall must open no later than [March 2030].
The minister was compared to a clown by a paper on [Tuesday].
The letter from [last year] was read to the jury.
She has worked for the harbour since [2010].
Since [2019] the bridge has been closed.
On the same day in [2019] the mayor resigned.
In [May] prices rose faster than wages did.
He left the firm in [2018] with more than 3 million euros.
The vote on [Friday] was the closest in the town's history.
The crew sailed from Genoa in [April 2012] with 40 passengers.
The bank raised its rate by half a point on [Wednesday].
A report from [Monday] names six towns.
The herd shrank from 40 million in 1990 to 30 million in [2013].
At the same time [last year] his rival refused to sign the treaty.
It was a song from 2008 that [last week] the choir sang again.
It was her first visit since [October 2018], when she opened the bridge.
The level of the lake sank in [August].
""".strip().splitlines()


def dates_in(line: str) -> list[tuple[str, int, int]]:
    """The sentence without brackets, and where what stood in them is."""
    found = []
    while "[" in line:
        start, end = line.index("["), line.index("]") - 1
        line = line.replace("[", "", 1).replace("]", "", 1)
        found.append((start, end))
    return [(line, start, end) for start, end in found]


@pytest.mark.parametrize("line", BASES)
def test_the_base_of_a_comparison_is_told(line: str) -> None:
    sentence, start, end = dates_in(line)[-1]
    assert is_base(sentence, start, end)


@pytest.mark.parametrize("line", EVENTS)
def test_what_happened_is_no_base(line: str) -> None:
    for sentence, start, end in dates_in(line):
        assert not is_base(sentence, start, end)


def test_a_date_that_is_compared_is_kept() -> None:
    sentence = "Sales rose 5 percent in May 2021 from a year earlier."
    read = Reader(None, "en").read_passages([sentence], [[(0, len(sentence))]])
    found = [date for _, _, dates in read for date in dates]
    assert len(found) == 2
    kept = [sentence[d.start : d.end] for d in found if not is_base(sentence, d.start, d.end)]
    assert kept == ["May 2021"]


def test_a_language_without_words_has_no_comparison() -> None:
    assert not is_base("Es waren mehr als 2019.", 18, 22, "de")
