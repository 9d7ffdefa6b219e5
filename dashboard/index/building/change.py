"""Changing an index: add articles, take some out, find its topics anew.

Adding builds only the segments of what is new; topics, their names and the phrases that are counted
stay as they were fitted until they are asked for anew.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.corpus.corrections import Corrections
from dashboard.corpus.lines.clean_mode import CleanMode
from dashboard.corpus.readers.tables.assignments import read_assignments
from dashboard.corpus.report import Report
from dashboard.index.building.build import (
    count_segments,
    facts_of,
    find_topics,
    in_work,
    number_words,
    own_names_of,
    read_segments,
    refuse_empty,
    said_in,
    settings_of,
    size_of,
    spec_of,
    spool_into,
    stop_words,
    words_of_segments,
    write_features,
    write_numbers,
)
from dashboard.index.building.compaction import merge_small, rewrite_all
from dashboard.index.building.executors import Run, run_here
from dashboard.index.building.fit_sample import Fit
from dashboard.index.building.lexicon_build import grown_lexicon, with_new_flags
from dashboard.index.building.progress import Progress, Say, made_by
from dashboard.index.building.publish import Plan, complete, publish_segments, segments_of
from dashboard.index.building.regroup import said_by_hand
from dashboard.index.building.rename import given_names
from dashboard.index.index import Index, open_index
from dashboard.index.layers.registry import built_versions, layer_named
from dashboard.index.segments.rewrite import Kept
from dashboard.index.segments.stages import NAME_WEIGHTS
from dashboard.index.storage.container import Container, write_container
from dashboard.index.storage.folder import IndexFolderError, link
from dashboard.index.storage.workspace import STATUS, locked, workspace
from dashboard.index.terms.lexicon import Lexicon
from dashboard.index.terms.small_words import Uses, count_uses
from dashboard.index.topics.model_file import read_model
from dashboard.places import input_id


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
    their names stay, and new articles are assigned to them (an index without articles gets topics).
    Articles that are there already are counted as merged. Raises what :func:`build_index` raises,
    and ``IndexFolderError`` where there is no index."""
    began = time.monotonic()
    with _changing(out) as old:
        known = {key for segment in old.segments for key in segment.articles.merge_keys}
        how = (dict(mapping or {}), clean, said_in(corrections))
        sources = {source.name for source in old.sources}
        spec = spec_of("add", input_id(paths), old.fingerprint, how)
        with workspace(out, spec, size_of(paths)) as work:
            tell = Progress(progress, out / STATUS)
            read = spool_into(
                work, tell, paths, corrections, mapping, clean,
                lambda key: key.encode() in known, sources,
            )  # fmt: skip
            first = max((int(name) for name in old.segment_names), default=-1) + 1
            names = read_segments(work, read, run, tell, first)
            refuse_empty(read.report)
            facts = [facts_of(work, name) for name in names]
            tell.stage("numbering words", 0.6)
            fit = _number_and_assign(old, work, names, facts, tell)
            count_segments(work, names, run, tell)
            before = segments_of(old) if old.n_articles else {}
            plan = Plan(
                merge_small(work, {**before, **in_work(work, names)}, run),
                Report([*Report.from_dict(old.report).files, *read.report.files]),
                old.manifest["settings"],
                Counter(old.own_names) + own_names_of(facts),
                fit,
                old,
                old.manifest["topic_names"],
                said_by_hand(out, corrections),
            )
            return publish_segments(out, work, plan, run, tell, partial(made_by, facts, began, old))


def _number_and_assign(
    old: Index,
    work: Path,
    names: Sequence[str],
    facts: Sequence[Mapping[str, Any]],
    tell: Progress,
) -> Fit | None:
    """Write ``lexicon.bin``, the numbers of the words of segments ``names``, and the topics: those
    of ``old``, or of a fit where it has no article that could have any."""
    stop, own_names = stop_words(f["small_words"] for f in facts), own_names_of(facts)
    if not old.n_articles:
        random_state = old.manifest["settings"]["random_state"]
        lexicon = number_words(work, names, stop, own_names)
        return find_topics(work, names, lexicon, stop, own_names, random_state, tell)
    words = words_of_segments(work, names)
    arrays, numbers = grown_lexicon(old.lexicon, words, stop, own_names)
    write_container(work / "lexicon.bin", arrays)
    write_numbers(work, names, dict(zip(words.word, numbers.tolist(), strict=True)))
    for name in ("topics.bin", "topics.json"):
        link(old.folder / name, work / name)
    write_features(work)
    return None


def delete_articles(
    out: Path, article_ids: Collection[str], progress: Say | None = None, run: Run = run_here
) -> dict[str, Any]:
    """Take articles out of the index ``out``; their segments are written anew. Raises
    ``IndexFolderError`` for an id that is not there, and what :func:`build_index` raises."""
    began = time.monotonic()
    with _changing(out) as old:
        positions = {article_id: old.position(article_id) for article_id in article_ids}
        missing = sorted(i for i, position in positions.items() if position is None)
        if missing:
            raise IndexFolderError(f"{out} has no article {missing[0]}; nothing was taken out.")
        gone = np.zeros(old.n_articles, dtype=bool)
        gone[[p for p in positions.values() if p is not None]] = True
        with workspace(out, spec_of("delete", old.fingerprint, sorted(positions)), 0) as work:
            tell = Progress(progress, out / STATUS)
            tell.stage("taking articles out", 0.9)
            for file in ("lexicon.bin", "topics.bin"):
                link(old.folder / file, work / file)
            segments = segments_of(old)
            parts: dict[str, list[Kept]] = {}
            for name, segment in zip(old.segment_names, old.segments, strict=True):
                kept = ~gone[segment.first_article : segment.first_article + len(segment.articles)]
                if not kept.any():
                    del segments[name]
                elif not kept.all():
                    parts[name] = [Kept(*segments[name], np.flatnonzero(kept))]
            segments |= rewrite_all(work, parts, run)
            report, settings = Report.from_dict(old.report), old.manifest["settings"]
            names = old.manifest["topic_names"]
            plan = Plan(segments, report, settings, old.own_names, old=old, topic_names=names,
                        by_hand=said_by_hand(out))  # fmt: skip
            made = partial(made_by, [], began, old, int(gone.sum()))
            return publish_segments(out, work, plan, run, tell, made)


def find_topics_anew(
    out: Path,
    progress: Say | None = None,
    random_state: int = 0,
    run: Run = run_here,
    topics_from: Path | None = None,
) -> dict[str, Any]:
    """Fit topics to the index ``out`` as it is now, or take those of the file ``topics_from``, and
    count again by the new ones; which words are names or small words is decided anew too. Raises
    ``IndexFolderError``, and what ``read_assignments`` raises."""
    began = time.monotonic()
    said = read_assignments(topics_from) if topics_from else None
    with _changing(out) as old:
        names, segments = old.segment_names, segments_of(old)
        spec = spec_of("topics", old.fingerprint, random_state, settings_of(said))
        with workspace(out, spec, 0) as work:
            tell = Progress(progress, out / STATUS)
            for name, (articles, counts) in segments.items():
                link(articles, work / f"articles-{name}.bin")
                link(counts, work / f"before-{name}.bin")
            stop, own_names = stop_words(_small_words_in(old)), _own_names_in(old)
            arrays = with_new_flags(
                Container(old.folder / "lexicon.bin"),
                [segment.arrays for segment in old.segments],
                stop,
                own_names,
            )
            named = read_model(old.folder)
            fit = find_topics(
                work, names, Lexicon(arrays), stop, own_names, random_state, tell, named, said
            )
            count_segments(work, names, run, tell)
            counted = {n: (segments[n][0], work / f"counts-{n}.bin") for n in names}
            settings = {**old.manifest["settings"], "random_state": random_state}
            settings.pop("topics_from", None)
            plan = Plan(
                counted,
                Report.from_dict(old.report),
                {**settings, **settings_of(said)},
                own_names,
                fit,
                old,
                given_names(out, fit.named)
                if fit.named.given or named.given
                else old.manifest["topic_names"],
                said_by_hand(out),
            )
            return publish_segments(out, work, plan, run, tell, partial(made_by, [], began, old))


def update_layers(
    out: Path,
    progress: Say | None = None,
    run: Run = run_here,
    without: Sequence[str] = (),
) -> Mapping[str, str]:
    """Make the layers that the index ``out`` lacks, or has of another version, without reading the
    articles' files; all else stays. Those ``without`` (see ``left_out``) are neither made nor kept.
    Returns the version of each layer. Raises ``IndexFolderError``."""
    versions = built_versions(without)
    with _changing(out) as old:
        had = {k: v for k, v in old.layer_versions.items() if not _is_whole(k)}
        if had == versions and list(old.left_out) == list(without):
            return versions
        with workspace(out, spec_of("layers", old.fingerprint, versions), 0) as work:
            complete(out, work, old, run, Progress(progress, out / STATUS), without)
    return versions


def _is_whole(layer: str) -> bool:
    try:
        return layer_named(layer).whole
    except KeyError:  # of another version
        return False


@contextmanager
def _changing(out: Path) -> Iterator[Index]:
    """The index as the last build left it, while no other can change it. Raises
    ``IndexFolderError``."""
    open_index(out)  # where there is none, nothing is written
    with locked(out):
        yield open_index(out)


def _small_words_in(index: Index) -> Iterator[Uses]:
    terms = list(index.lexicon.terms)
    for segment in index.segments:
        arrays = segment.arrays
        of_article = np.diff(arrays["offsets"][arrays["article_passages"]])
        yield count_uses(terms, arrays["ids"], of_article, segment.articles.column("language"))


def _own_names_in(index: Index) -> Counter[str]:
    """Names of outlets and authors of the articles that are there now, and the texts that each
    accounts for: see ``stages.names_of``."""
    names: Counter[str] = Counter()
    for segment in index.segments:
        for field, weight in NAME_WEIGHTS.items():
            found = segment.articles.values(field, np.arange(len(segment.articles)))
            for name, n in Counter(filter(None, found)).items():
                names[name] += weight * n
    return names
