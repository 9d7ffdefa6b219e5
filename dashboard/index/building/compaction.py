"""Merging small segments, and rewriting those that lose articles, by a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from dashboard.corpus.importing import spool
from dashboard.index.building import build
from dashboard.index.building.build import in_work
from dashboard.index.building.executors import Run
from dashboard.index.segments.rewrite import Kept, rewrite_segment
from dashboard.index.storage.container import Container

#: Segments that are less than half full, before they are put together.
MOST_SMALL = 8
_KEPT_PER_BYTE = 2  # of text: an article is kept as lines and as passages


def merge_small(
    work: Path, segments: Mapping[str, tuple[Path, Path]], run: Run
) -> dict[str, tuple[Path, Path]]:
    """The segments; where more than ``MOST_SMALL`` are less than half full, these are merged into
    full ones, so that many small additions don't make a slow index."""
    filled = {name: _filled(Container(articles)) for name, (articles, _) in segments.items()}
    small = [name for name, share in filled.items() if share < 0.5]
    if len(small) <= MOST_SMALL:
        return dict(segments)
    groups: list[list[str]] = [[]]
    for name in small:
        if groups[-1] and sum(filled[n] for n in [*groups[-1], name]) > 1:
            groups.append([])
        groups[-1].append(name)
    parts: dict[str, list[Kept]] = {}
    for number, group in enumerate(groups, max(map(int, segments)) + 1):
        sizes = [len(Container(segments[n][0])["row"]) for n in group]
        parts[f"{number:06d}"] = [
            Kept(*segments[n], np.arange(size)) for n, size in zip(group, sizes, strict=True)
        ]
    others = {name: paths for name, paths in segments.items() if name not in small}
    return {**others, **rewrite_all(work, parts, run)}


def _filled(articles: Container) -> float:
    """How full a segment is, 0 to 1: of records, or of text where articles are long."""
    n_bytes = int(articles["frame_sizes"].sum()) / _KEPT_PER_BYTE
    most = max(len(articles["row"]) / spool.BATCH_RECORDS, n_bytes / spool.BATCH_BYTES)
    return most / build.BATCHES_A_SEGMENT


def rewrite_all(
    work: Path, parts: Mapping[str, Sequence[Kept]], run: Run
) -> dict[str, tuple[Path, Path]]:
    """Segments made of parts of others; those that a run that was cut off made are kept."""
    todo = [
        (kept, work, name)
        for name, kept in parts.items()
        if not (work / f"counts-{name}.bin").exists()
    ]
    for _ in run(rewrite_segment, todo):
        pass
    return in_work(work, list(parts))
