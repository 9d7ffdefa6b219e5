"""What tests of indexes share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.index.fitting import topics
from tests.index.refits import few_refits


@pytest.fixture(scope="module")
def quick_topics() -> Iterator[None]:
    """Builds of this module find their topics with fewer refits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(topics, "derive_limits", few_refits)
        yield
