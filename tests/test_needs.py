"""The switch that makes a skip a failure."""

from __future__ import annotations

import pytest

from tests.needs import NEEDS, meet, required

Fault = (pytest.skip.Exception, pytest.fail.Exception)


@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        ("", pytest.skip.Exception),
        ("browser,dask", pytest.skip.Exception),
        ("browser, numba", pytest.fail.Exception),
    ],
)
def test_what_is_missing_is_skipped_or_fails_where_it_is_required(
    setting: str, fault: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_REQUIRE", setting)
    monkeypatch.setitem(NEEDS, "numba", lambda: "numba is at sea")
    with pytest.raises(Fault, match="numba is at sea") as caught:
        meet("numba")
    assert type(caught.value) is fault
    monkeypatch.setitem(NEEDS, "numba", lambda: "")
    meet("numba")


def test_a_name_that_would_require_nothing_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSPRISM_REQUIRE", "browser,numbas")
    with pytest.raises(pytest.UsageError, match="numbas is unknown"):
        required()
