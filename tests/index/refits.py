"""Topics by two refits in place of twenty, which are most of a small build's time: for tests that
ask what becomes of topics, not how firm they are."""

from __future__ import annotations

from typing import Any

from dashboard.index.fitting import limits, topics


def few_refits(n_units: int, n_articles: int) -> dict[str, Any]:
    """The limits of a fit, but for the number of refits."""
    return {**limits.derive_limits(n_units, n_articles), "n_subsamples": 2}


def use_few_refits() -> None:
    """For the whole process: of a process that only builds."""
    topics.derive_limits = few_refits
