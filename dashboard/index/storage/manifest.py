"""How an index was made, by its manifest: values with names and types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any, Self


class _Facts:
    """A part of the manifest, without what newer versions added."""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Raises ``KeyError`` for a fact that is missing."""
        every = fields(cls)  # type: ignore[arg-type]
        there = [f.name for f in every if f.default is MISSING or f.name in said]
        return cls(**{name: said[name] for name in there})


@dataclass(frozen=True)
class MadeFacts(_Facts):
    """How the last build or change went, by ``engine``; ``n_bytes`` of text since the first build,
    ``bytes_read`` this time; ``cpu_seconds`` and ``peak_memory_bytes`` of this machine;
    ``segmenter``: what parted words that no space does, "" where there are none."""

    engine: str
    segmenter: str
    n_bytes: int
    bytes_read: int
    seconds: float
    cpu_seconds: float
    peak_memory_bytes: int


@dataclass(frozen=True)
class FitFacts(_Facts):
    """How the topics were found: ``reliability`` (0 to 1) of the whole, and of shuffled text, None
    where they were not found but ``given``, which holds what came of the file (see
    ``GivenTopics.facts``); the articles there were (``n_articles``) and that came since
    (``n_added``), with the words of each leaf, then of none."""

    reliability: float | None
    reliability_of_shuffled_text: float | None
    n_articles: int
    n_added: int
    leaf_words: Sequence[int]
    leaf_words_added: Sequence[int]
    given: Mapping[str, Any] | None = None

    @property
    def beats_chance(self) -> bool:
        """Whether topics return better than those of shuffled text; if not, none is asserted.
        True where there are none, and for those that were given."""
        found = len(self.leaf_words) > 1
        if self.reliability is None or self.reliability_of_shuffled_text is None:
            return True
        return not found or self.reliability > self.reliability_of_shuffled_text
