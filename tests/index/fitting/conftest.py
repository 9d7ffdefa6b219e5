"""How firm topics are is looked at here: with every refit."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module", autouse=True)
def _all_refits(all_refits: None) -> None:
    pass
