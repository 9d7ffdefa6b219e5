"""Dates of what lies behind a sentence: written for this, the date in brackets."""

from __future__ import annotations

import pytest

from dashboard.text.dates.background import is_background
from dashboard.text.dates.find import Reader
from tests.text.dates.test_comparisons import dates_in

BACKGROUND = """
The tour is the choir's first since its quarrel with the bishop in [March].
It was notable that the queen saw Lisbon for the first time since the harbour fire in early [1988].
No mayor has slept in the castle since Otto Vane lost the vote in [1964].
The flock has doubled since the shepherds' strike of [2011].
Wages had been flat since the mill was sold in [June 2014].
After her election in [2012], she had the archive opened.
The town named the bridge after him following the miner's death in [1966].
Few people owned a boat before the war in [1939].
He led the guild until his retirement in [2003].
The vote came two weeks after the landslide on [6 May 2019].
The fair opened just days before the regatta on [6 May 2019].
The new vault is larger than the one the bank built in [1994].
Compared with the mild winter of [2007] the snow was a burden.
Unlike the strike of [1986] this one was short.
Anna Kern, born in [1950], runs the only forge in the valley.
Born in [1950], she had seen two floods.
Under a [1996] law no boat may land there.
She showed the jury his [1984] diary.
They fear that the [2030] tournament will ruin the town.
He still lives off Marta Holm's [1998] novel.
""".strip().splitlines()
TOLD = """
Anna Kern was born in [1950] in a mill by the river.
The bridge has been closed since [2019].
He died after a long illness in [2012].
The council met after the vote on [Tuesday].
The shares fell after the bank said on [Friday] that it would close.
After the guards fled, the prison burned down in [1911].
It was her first visit since her speech in [October 2018], when she opened the bridge.
The choir has slept in barns since the fire and left for Rome on [6 May 2019].
The seat matters since the house will be empty in [May].
More than two hundred miners died in [1909].
In the [1976] ruling the court struck the law down.
Her party won the [2008] election with ease.
The guild was founded in [1402] by six weavers.
The mill burned down in [1996] and was rebuilt.
The guild has since found a letter that was posted in [1931].
It was the wettest month since 1987 in [April].
She spoke before the Harbour Council in [2011].
The bridge was closed for years until the council met in [May].
Every day after the storm the divers went down until [Thursday].
""".strip().splitlines()


def read(line: str) -> bool:
    (sentence, start, end), *_ = dates_in(line)
    date = sentence[start:end]
    is_day = date.endswith("day") or date.count(" ") == 2
    return is_background(sentence, start, end, "day" if is_day else "year")


@pytest.mark.parametrize("line", BACKGROUND)
def test_a_date_of_the_background_is_told(line: str) -> None:
    assert read(line)


@pytest.mark.parametrize("line", TOLD)
def test_a_date_of_what_is_told_is_none(line: str) -> None:
    assert not read(line)


def test_the_other_dates_of_the_sentence_stay() -> None:
    sentence = "On 16 May 2024 she made her first trip since her election in March 2024."
    ((_, _, dates),) = Reader(None, "en").read_passages([sentence], [[(0, len(sentence))]])
    assert [
        is_background(sentence, date.start, date.end, date.value.granularity) for date in dates
    ] == [False, True]


def test_a_language_without_words_has_none() -> None:
    assert not is_background("seit seiner Wahl im März 2012", 23, 27, "year", "de")
