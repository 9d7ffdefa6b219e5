"""Changing an index: add articles, take some out, find its topics anew.

Adding builds only the segments of what is new; topics, their names and the phrases that are counted
stay as they were fitted until they are asked for anew.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.corpus import CleanMode, Corrections, Report, spool
from dashboard.index import build
from dashboard.index.build import (
    count_segments,
    facts_of,
    find_topics,
    in_work,
    languages_of,
    made_by,
    own_names_of,
    read_segments,
    size_of,
    spec_of,
    spool_into,
    stop_words,
    write_features,
    write_numbers,
)  # fmt: skip
from dashboard.index.cache import input_id
from dashboard.index.container import Container, Strings, write_container
from dashboard.index.joint import Plan, publish_segments
from dashboard.index.lexicon import Lexicon, merge_words
from dashboard.index.lexicon_build import grown_lexicon
from dashboard.index.opened import Index, open_index
from dashboard.index.progress import Progress, Say
from dashboard.index.rewriting import Kept, rewrite_segment
from dashboard.index.runs import Run, run_here
from dashboard.index.segment_tokens import read_words
from dashboard.index.store import IndexFolderError, link
from dashboard.index.topic_tree import leaf_ranks
from dashboard.index.workspace import STATUS, workspace

#: Segments that are less than half full, before they are put together.
MOST_SMALL = 8


def add_articles(
    paths: Sequence[Path],
    out: Path,
    progress: Say | None = None,
    corrections: Corrections | None = None,
    mapping: Mapping[str, str] | None = None,
    clean: CleanMode = "auto",
    run: Run = run_here,
) -> dict[str, Any]:
    """Add what is new under ``paths`` to the index ``out``: only its segments are built; topics and
    their names stay, and new articles are assigned to them. Articles that are there already are
    counted as merged. Raises as :func:`build_index`, and where there is no index."""
    began = time.monotonic()
    old = open_index(out)
    known = {key for segment in old.segments for key in segment.articles.merge_keys}
    spec = spec_of(input_id(paths), old.fingerprint, dict(mapping or {}), clean)
    with workspace(out, spec, size_of(paths), old.fingerprint) as work:
        tell = Progress(progress, out / STATUS)
        read = spool_into(
            work, tell, paths, corrections, mapping, clean, lambda key: key.encode() in known
        )
        first = max((int(name) for name in old.segment_names), default=-1) + 1
        names = read_segments(work, read, run, tell, first)
        facts = [facts_of(work, name) for name in names]
        tell.stage("numbering words", 0.6)
        words = merge_words(read_words(Container(work / f"tokens-{n}.bin")) for n in names)
        arrays, numbers = grown_lexicon(
            old.lexicon, words, stop_words(languages_of(facts)), own_names_of(facts)
        )
        write_container(work / "lexicon.bin", arrays)
        number = dict(zip(words.word, numbers.tolist(), strict=True))
        for name in names:
            own = Strings.of(Container(work / f"tokens-{name}.bin"), "word")
            write_numbers(work, name, [number[w] for w in own])
        for name in ("topics.bin", "topics.json"):
            _link(old.folder / name, work / name)
        write_features(work)
        count_segments(work, names, run, tell)
        tell.stage("writing the index", 1.0)
        report = Report([*Report.from_dict(old.report).files, *read.report.files])
        segments = merge_small(old, work, {**_published(old), **in_work(work, names)})
        plan = Plan(
            segments,
            report,
            old.manifest["settings"],
            Counter(old.own_names) + own_names_of(facts),
            old=old,
        )
        return publish_segments(out, work, plan, made_by(facts, began, old))


def delete_articles(
    out: Path, article_ids: Collection[str], progress: Say | None = None, run: Run = run_here
) -> dict[str, Any]:
    """Take articles out of the index ``out``; their segments are written anew. Raises
    ``IndexFolderError`` for an id that is not there, and as :func:`build_index`."""
    began = time.monotonic()
    old = open_index(out)
    positions = {article_id: old.position(article_id) for article_id in article_ids}
    missing = sorted(i for i, position in positions.items() if position is None)
    if missing:
        raise IndexFolderError(f"{out} has no article {missing[0]}; nothing was taken out.")
    gone = np.zeros(old.n_articles, dtype=bool)
    gone[[p for p in positions.values() if p is not None]] = True
    spec = spec_of("delete", old.fingerprint, sorted(positions))
    with workspace(out, spec, 0, old.fingerprint) as work:
        tell = Progress(progress, out / STATUS)
        tell.stage("taking articles out", 0.9)
        _link(old.folder / "lexicon.bin", work / "lexicon.bin")
        parts: dict[str, list[Kept]] = {}
        for name, segment in zip(old.segment_names, old.segments, strict=True):
            kept = ~gone[segment.first_article : segment.first_article + len(segment.articles)]
            if kept.all():
                continue
            parts[name] = [Kept(*_published(old)[name], np.flatnonzero(kept))]
        segments = _rewritten(old, work, parts)
        report = Report.from_dict(old.report)
        made = {**made_by([], began, old), "n_deleted": int(gone.sum()) + n_deleted(old)}
        tell.stage("writing the index", 1.0)
        plan = Plan(segments, report, old.manifest["settings"], old.own_names, old=old)
        return publish_segments(out, work, plan, made)


def merge_small(
    old: Index, work: Path, segments: Mapping[str, tuple[Path, Path]]
) -> dict[str, tuple[Path, Path]]:
    """The segments; where more than ``MOST_SMALL`` are less than half full, these are put together
    to full ones, so that many small additions don't make a slow index."""
    full = spool.BATCH_RECORDS * build.BATCHES_A_SEGMENT
    sizes = {name: len(Container(articles)["row"]) for name, (articles, _) in segments.items()}
    small = [name for name, size in sizes.items() if size < full / 2]
    if len(small) <= MOST_SMALL:
        return dict(segments)
    lexicon, ranks = Lexicon(Container(work / "lexicon.bin")), leaf_ranks(old.tree)
    merged = {name: paths for name, paths in segments.items() if name not in small}
    number = max(map(int, segments))
    group: list[str] = []
    for name in [*small, ""]:
        if group and (not name or sum(sizes[n] for n in [*group, name]) > full):
            number += 1
            parts = [Kept(*segments[n], np.arange(sizes[n])) for n in group]
            merged |= in_work(work, [rewrite_segment(parts, work, f"{number:06d}", lexicon, ranks)])
            group = []
        group.append(name)
    return merged


def n_deleted(index: Index) -> int:
    """How many articles were taken out since the index was built."""
    return int(index.manifest["made"].get("n_deleted", 0))


def _rewritten(
    old: Index, work: Path, parts: Mapping[str, Sequence[Kept]]
) -> dict[str, tuple[Path, Path]]:
    """The segments of ``old``, those in ``parts`` made of these; one without articles goes."""
    segments = dict(_published(old))
    for name, kept in parts.items():
        if not any(len(part.rows) for part in kept):
            del segments[name]
            continue
        rewrite_segment(kept, work, name, old.lexicon, leaf_ranks(old.tree))
        segments[name] = in_work(work, [name])[name]
    return segments


def find_topics_anew(
    out: Path, progress: Say | None = None, random_state: int = 0, run: Run = run_here
) -> dict[str, Any]:
    """Fit topics to the index ``out`` as it is now, and count again by the new ones. Raises
    ``IndexFolderError``."""
    began = time.monotonic()
    old = open_index(out)
    names = old.segment_names
    spec = spec_of("topics", old.fingerprint, random_state)
    with workspace(out, spec, 0, old.fingerprint) as work:
        tell = Progress(progress, out / STATUS)
        for name, (articles, counts) in _published(old).items():
            _link(articles, work / f"articles-{name}.bin")
            _link(counts, work / f"before-{name}.bin")
        languages: Counter[str] = Counter()
        for segment in old.segments:
            languages.update(segment.articles.column("language"))
        settings = {**old.manifest["settings"], "random_state": random_state}
        fit = find_topics(
            work, names, old.lexicon, stop_words(languages), old.own_names, random_state, tell
        )
        count_segments(work, names, run, tell)
        tell.stage("writing the index", 1.0)
        segments = {n: (_published(old)[n][0], work / f"counts-{n}.bin") for n in names}
        plan = Plan(segments, Report.from_dict(old.report), settings, old.own_names, fit, old)
        return publish_segments(out, work, plan, made_by([], began, old))


def _published(old: Index) -> dict[str, tuple[Path, Path]]:
    return {
        n: (old.folder / f"articles-{n}.bin", old.folder / f"counts-{n}.bin")
        for n in old.segment_names
    }


def _link(path: Path, to: Path) -> None:
    if not to.exists():
        link(path, to)
