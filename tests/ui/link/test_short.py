"""Long lists of ids in a link."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from dashboard.ui.link.parameters import CARRIED, length
from dashboard.ui.link.short import ALWAYS_HELD, lengthened, shortened

OUTLETS = [f"{town}-{kind}" for town in ("aarhus", "bern", "córdoba", "dubrovnik", "évora", "faro",
    "gdansk", "hull", "izmir", "jena") for kind in ("chronicle", "courier", "daily-post", "echo",
    "evening-standard", "gazette", "herald-tribune", "observer", "times", "weekly-mirror",
    "zeitung", "morning-star", "nachrichten", "tageblatt", "voz", "standard", "monitor", "globe",
    "sentinel", "argus", "inquirer", "register", "bulletin", "dispatch", "journal", "ledger",
    "examiner")]  # fmt: skip
LIMIT = CARRIED["src"]


@given(st.sets(st.sampled_from(OUTLETS[1:]), min_size=1), st.integers(20, 900))
def test_what_is_written_is_read(chosen: set[str], limit: int) -> None:
    token = "~".join(sorted(chosen, key=hash))
    short = shortened(token, OUTLETS, limit)
    assert set(lengthened(short, OUTLETS).split("~")) == chosen
    if short != token:
        assert length(short) <= limit < length(token)


def test_all_of_them_are_no_filter() -> None:
    assert shortened("~".join(OUTLETS), OUTLETS, LIMIT) == ""


@given(st.sets(st.sampled_from(OUTLETS), min_size=1))
def test_any_choice_of_so_many_fits(chosen: set[str]) -> None:
    assert len(OUTLETS) == ALWAYS_HELD
    assert length(shortened("~".join(chosen), OUTLETS, LIMIT)) <= LIMIT


def test_a_list_that_fits_is_left_as_it_is_and_in_its_order() -> None:
    assert shortened("faro-echo~bern-voz", OUTLETS, LIMIT) == "faro-echo~bern-voz"
    many = OUTLETS[40:10:-1]
    assert lengthened(shortened("~".join(many), OUTLETS, LIMIT), OUTLETS).split("~") == many


def test_all_but_a_few_can_be_read_by_people() -> None:
    most = "~".join(each for each in OUTLETS if not each.startswith("hull-t"))
    assert shortened(most, OUTLETS, LIMIT) == "!hull-times~hull-tageblatt"
    assert lengthened("!hull-times~hull-tageblatt", OUTLETS) == most


def test_ids_that_digests_cannot_tell_apart_are_spelled_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dashboard.ui.link.short._digest", lambda text: text[:3])
    chosen = ["bern-voz", "bern-echo", "faro", "izmir"]
    every = [*chosen, "hull", "jena", "gdansk", "aarhus", "évora"]
    short = shortened("~".join(chosen), every, 26)
    assert short == ".farizm~bern-voz~bern-echo"
    assert set(lengthened(short, every).split("~")) == set(chosen)


@pytest.mark.parametrize("token", [".", ".ab", "!", "!.", ".abcd~", "!~", "~", ".~~!"])
def test_what_is_no_list_names_nothing_that_is_there(token: str) -> None:
    found = lengthened(token, ["bbc", "xinhua"]).split("~")
    assert set(found) <= {"bbc", "xinhua", "", "!", ".", ".ab", ".abc", ".d", ".!"} | {token}


def test_an_id_that_came_later_is_among_all_but_a_few() -> None:
    assert lengthened("!bbc", ["bbc", "xinhua", "le-monde"]) == "xinhua~le-monde"
    assert lengthened("!bbc~gone", ["bbc", "xinhua"]) == "xinhua~gone"
