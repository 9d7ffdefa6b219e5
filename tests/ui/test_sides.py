"""A side of a comparison in the link."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.scope import Scope
from dashboard.ui.link.parameters import PLAIN, length
from dashboard.ui.link.sides import read_side, written_side

SLUGS = st.lists(st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)?", fullmatch=True), max_size=3,
                 unique=True).map(tuple)  # fmt: skip
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))
SCOPES = st.builds(
    Scope,
    sources=SLUGS,
    topics=SLUGS,
    date_from=DAYS,
    date_to=DAYS,
    query=st.sampled_from(["", "puerto OR muelle", '"tregua" -paz', "ñandú & 5 %"]),
    copies_once=st.booleans(),
    where=st.sampled_from([(), (("sesgo", "izquierda"), ("país", ""))]),
)


@given(SCOPES)
def test_what_is_written_is_read_again(scope: Scope) -> None:
    wanted = {name: value for name, value in scope.to_params().items() if value}
    found = {name: value for name, value in read_side(written_side(scope)).items() if value}
    assert found == wanted


@pytest.mark.parametrize(
    ("scope", "text"),
    [
        (Scope(), ""),
        (Scope(("cnn",), date_from=date(2016, 1, 1), date_to=date(2016, 12, 31)),
         "src~cnn~~dates~2016"),
        (Scope(date_from=date(2016, 4, 1), date_to=date(2016, 6, 30)), "dates~2016-Q2"),
        (Scope(date_to=date(2016, 4, 1)), "dates~_~2016-04-01"),
        (Scope(undated=True), "dates~undated~_"),
    ],
)  # fmt: skip
def test_it_is_short(scope: Scope, text: str) -> None:
    assert written_side(scope) == text
    assert length(text) == len(text)


@pytest.mark.parametrize("text", ["", "~~~~", "src", "corpus~x~~page~3", "~~src~"])
def test_what_it_can_not_have_written_is_left_out(text: str) -> None:
    assert read_side(text) == {}


def test_a_long_list_of_sources_fits() -> None:
    there = {"src": [f"periodico-de-la-ciudad-{i}" for i in range(200)]}
    scope = Scope(sources=tuple(there["src"][20:31]), date_from=date(2016, 1, 1))
    text = written_side(scope, there)
    assert length(text) <= PLAIN["a"]
    assert read_side(text, there) == {
        name: value for name, value in scope.to_params().items() if value
    }
