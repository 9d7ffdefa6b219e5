"""What is only alleged, and what is told: sentences written for this, the date in brackets."""

from __future__ import annotations

import pytest

from dashboard.text.dates.allegations import is_alleged
from tests.text.dates.test_comparisons import dates_in

ALLEGED = """
The treasurer is accused of having burned the ledgers in [1998].
Two clerks accuse the abbot of selling the bell to a smuggler in [2009].
She accused him of fraud in the [1980s].
The captain has been charged with sinking his own boat in [May 2016].
He was charged with poisoning the well in [1971].
They are suspected of forging the will in [2003].
Her brother claims that she took the painting in [2001].
The lawsuit alleges the mill dumped dye into the river on [6 May 2019].
The abbot allegedly sold the bell in [2009].
The police are looking into the alleged theft in [2014].
The alleged bribe was offered on a Sunday and the alleged theft happened in [2014].
An allegation of arson in Turin, Italy, in [2012] ended his career.
There were allegations that he had burned the barn in [1990].
The clerk took the seal home in [2009], the prosecutors allege.
The clerk met the smuggler in [2009], according to the indictment.
""".strip().splitlines()
TOLD = """
In [March], two clerks accused the abbot of selling the bell.
Two clerks accused the abbot on [Friday] of selling the bell.
A man accused of burning the barn was arrested on [Tuesday].
The clerk, who is accused of theft, left the town in [2010].
He was charged with murder in [May 2016].
They accused him of pride on [Sunday].
She claimed in [2012] that the painting was hers.
A rebel group claimed responsibility for the blast on [6 May 2019].
Jobless claims rose by a tenth in [May 2016].
The alleged thief was arrested in [2014].
The allegations that ended his career in [1986] were false.
The abbot, who allegedly sold the bell, was arrested on [Monday].
They accuse the firm of greed in a lawsuit filed on [Monday].
She accused them of theft and left the country in [2009].
The vote was held in [2009] and nobody was accused.
The clerk took the seal home in [2009], the archive shows.
""".strip().splitlines()


@pytest.mark.parametrize("line", ALLEGED)
def test_what_is_alleged(line: str) -> None:
    sentence, start, end = dates_in(line)[-1]
    assert is_alleged(sentence, start, end)


@pytest.mark.parametrize("line", TOLD)
def test_what_is_told(line: str) -> None:
    sentence, start, end = dates_in(line)[-1]
    assert not is_alleged(sentence, start, end)


def test_a_language_without_words_has_none() -> None:
    assert not is_alleged("Er soll 2009 das Siegel verkauft haben.", 8, 12, "de")
