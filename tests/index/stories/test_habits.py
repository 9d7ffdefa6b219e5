"""What is told of a corpus: how late outlets are, and whether one tells an event again."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from dashboard.index.stories.calibration import centre_of
from dashboard.index.stories.habits import SURELY, Habits, habits_of
from dashboard.index.stories.likeness import FURTHEST, Likeness, Pairs, Tails

N_EVENTS, N_SOURCES = 200, 6


def corpus(late: int, dated: bool = True) -> tuple[Pairs, Likeness]:
    """Two articles of each event, the second up to ``late`` days after the first; each pair is
    surely alike, and no other."""
    first = np.arange(N_EVENTS)
    days = np.concatenate([first, first + first % (late + 1)])
    if dated:
        stamps = np.datetime64("2020-01-01") + days.astype("timedelta64[D]")
    else:
        stamps = np.full(2 * N_EVENTS, "NaT", "datetime64[D]")
    tail = np.full(2 * N_EVENTS, 0.1, np.float32)
    articles = Likeness(csr_matrix((2 * N_EVENTS, 1)), Tails(tail, tail, tail), stamps)
    sure = np.full(N_EVENTS, SURELY + 2, np.float32)
    return Pairs(first, first + N_EVENTS, sure - days[N_EVENTS:] + first, sure), articles


def sources(again: bool) -> np.ndarray:
    """A number of each article's source, ``again``: one for both articles of an event."""
    first = np.arange(N_EVENTS) % N_SOURCES
    return np.concatenate([first, first if again else (first + 1) % N_SOURCES])


def test_days_weigh_nothing_where_outlets_take_a_week() -> None:
    pairs, articles = corpus(late=7)
    habits = habits_of(pairs, articles, sources(again=True))
    assert habits.trust > 0.5
    assert habits.late[7] < 1 < 3 < habits.late[9]
    score = habits.scored(pairs, articles, sources(again=True)).score
    assert (score >= pairs.score).all()
    assert score.min() > pairs.score.min() + 2
    # What is a week apart is no affair there, so that it doesn't raise the score that is needed.
    assert centre_of(pairs, articles) < SURELY


def test_the_rule_stays_where_affairs_go_on() -> None:
    pairs, articles = corpus(late=FURTHEST)
    habits = habits_of(pairs, articles, sources(again=True))
    assert habits.trust == 0
    scored = habits.scored(pairs, articles, sources(again=True))
    assert np.array_equal(scored.score, pairs.score)


@pytest.mark.parametrize("dated", [True, False])
def test_a_source_that_tells_events_once_is_no_second_witness(dated: bool) -> None:
    pairs, articles = corpus(late=1, dated=dated)
    assert habits_of(pairs, articles, sources(again=True)).again == 0
    once = habits_of(pairs, articles, sources(again=False))
    assert once.again > 1
    # Two of the same source lose, two of different ones don't.
    of_one = pairs._replace(b=np.roll(pairs.b, 1))
    there, gone = (
        Habits(0.0, once.late, points).scored(of_one, articles, sources(again=False)).score
        for points in (0.0, once.again)
    )
    assert np.allclose((there - gone)[1:-1], once.again, atol=1e-4)
    plain = once._replace(trust=0.0).scored(pairs, articles, sources(again=False))
    assert np.array_equal(plain.score, pairs.score)


def test_nothing_is_told_by_unknown_sources_or_no_pairs() -> None:
    pairs, articles = corpus(late=1)
    unknown = np.full(2 * N_EVENTS, -1)
    assert habits_of(pairs, articles, unknown).again == 0
    none = Pairs(*(part[:0] for part in pairs))
    habits = habits_of(none, articles, unknown)
    assert habits.trust == habits.again == 0
    kept = Habits.of_packed(habits.packed())
    assert np.array_equal(kept.late, habits.late)
