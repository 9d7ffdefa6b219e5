"""Build: read the corpus, number its words, find topics, count, publish.

The stages run over segments (see ``segments``) in a working folder beside the generations, which
stays when a build is cut off: the next build of the same input goes on with what is there.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from dashboard.corpus.corrections import Corrections
from dashboard.corpus.files.find import CorpusError
from dashboard.corpus.importing.batches import Outcome
from dashboard.corpus.importing.spool import Spool, spool_records
from dashboard.corpus.lines.clean_mode import CleanMode
from dashboard.corpus.parsing import language_model
from dashboard.corpus.readers.tables.assignments import Assignments, read_assignments
from dashboard.corpus.report import Problem, Report
from dashboard.files import remove_tree
from dashboard.index.building.executors import Run, run_here
from dashboard.index.building.fit_sample import Fit, fit_sample, places_of, read_sample
from dashboard.index.building.lexicon_build import new_lexicon, with_phrases
from dashboard.index.building.progress import Progress, Say, made_by
from dashboard.index.building.publish import Plan, complete, publish_segments
from dashboard.index.building.regroup import said_by_hand
from dashboard.index.building.rename import given_names
from dashboard.index.fitting.features import feature_of_each
from dashboard.index.fitting.given import match_articles
from dashboard.index.fitting.match import carry_over
from dashboard.index.index import open_index
from dashboard.index.layers.registry import built_versions, slow_layers
from dashboard.index.segments.stages import count_segment, read_segment
from dashboard.index.segments.tokens import read_words
from dashboard.index.storage.container import Container, DamagedFile, Strings, write_container
from dashboard.index.storage.folder import IndexFolderError, write_json
from dashboard.index.storage.workspace import STATUS, give_back, locked, workspace
from dashboard.index.terms.lexicon import STOP, Lexicon, Words, merge_words
from dashboard.index.terms.small_words import Uses, used_as_small
from dashboard.index.topics.model_file import NamedModel, read_model, write_model
from dashboard.places import input_id

BATCHES_A_SEGMENT = 2
#: Bytes of files from which on an index is published before its slow layers are made.
LARGE = 4 * 1024**2
#: How much of a build that is, as a rule.
TILL_IT_OPENS = 0.5
# scikit-learn's list has words that news is about, and the last name of Kim Jong Un.
NO_STOP_WORDS = frozenset("bill cry fire interest mill system un".split())


def build_index(
    paths: Sequence[Path],
    out: Path,
    progress: Say | None = None,
    corrections: Corrections | None = None,
    mapping: Mapping[str, str] | None = None,
    clean: CleanMode = "auto",
    run: Run = run_here,
    keep_empty: bool = True,
    without: Sequence[str] = (),
    topics_from: Path | None = None,
) -> dict[str, Any]:
    """Read ``paths`` and write the index folder ``out``; returns the facts of its manifest.

    ``progress`` is told each stage and how far it is; layers ``without`` (see ``left_out``) are not
    made; ``topics_from``: a file of the user's own topics in the place of those that a fit finds.
    The index of much text is published twice, first without its slow layers (see ``slow_layers``),
    so that it can be opened. Where no article could be read, an empty index is written, whose
    report says why; ``NothingRead`` is raised instead when ``keep_empty`` is false, and where
    ``out`` holds articles already. Raises ``CorpusError`` for a path that does not exist, what
    ``read_assignments`` raises, and ``IndexFolderError`` for an ``out`` that holds something else,
    where another build is at work, or where the disk is full. ``out`` is then as it was.
    """
    began = time.monotonic()
    said = read_assignments(topics_from) if topics_from else None
    settings = {"random_state": 0, "clean": clean, "mapping": dict(mapping or {})}
    settings |= settings_of(said)
    spec = spec_of("build", input_id(paths), settings, said_in(corrections), list(without))
    size = size_of(paths)
    to_come = slow_layers(without) if size >= LARGE else []
    with locked(out), workspace(out, spec, size) as work:
        tell = Progress(progress, out / STATUS)
        tell.part = TILL_IT_OPENS if to_come else 1.0
        spool = spool_into(work, tell, paths, corrections, mapping, clean)
        names = read_segments(work, spool, run, tell)
        if not keep_empty or _holds_articles(out):
            refuse_empty(spool.report)
        facts = [facts_of(work, name) for name in names]
        tell.stage("numbering words", 0.5)
        stop, own_names = stop_words(f["small_words"] for f in facts), own_names_of(facts)
        lexicon = number_words(work, names, stop, own_names)
        fit = find_topics(work, names, lexicon, stop, own_names, 0, tell, said=said)
        count_segments(work, names, run, tell)
        plan = Plan(
            in_work(work, names),
            spool.report,
            settings,
            own_names,
            fit,
            topic_names=given_names(out, fit.named),
            by_hand=said_by_hand(out, corrections),
            without=without,
            to_come=to_come,
        )
        return _published(out, work, plan, run, tell, partial(made_by, facts, began))


def _published(
    out: Path,
    work: Path,
    plan: Plan,
    run: Run,
    tell: Progress,
    made: Callable[[], Mapping[str, Any]],
) -> dict[str, Any]:
    """Publish, and again with the layers to come."""
    published = publish_segments(out, work, plan, run, tell, made)
    if plan.to_come:
        tell.part, tell.can_open = 1.0, True
        complete(out, work, open_index(out), run, tell, plan.without, made)
        published |= {"layers": built_versions(plan.without), "to_come": [], "made": made()}
    return published


class NothingRead(CorpusError):
    """None of what was given is an article; the message says what stands in the way."""


def _holds_articles(out: Path) -> bool:
    try:
        return open_index(out).n_articles > 0
    except (IndexFolderError, DamagedFile):
        return False


def refuse_empty(report: Report) -> None:
    """Raise ``NothingRead`` where the files hold no article that could be used."""
    totals = report.totals
    if totals["kept"] or totals["merged"]:
        return
    problems = [(file.file, problem) for file in report.files for problem in file.problems]
    said = "; ".join(f"{file}: {p.reason} – {p.remedy}" for file, p in problems[:3])
    more = f"; and {len(problems) - 3:,} more" if len(problems) > 3 else ""
    raise NothingRead(f"no article could be read. {said}{more}" if said else "no article is here")


def spec_of(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def said_in(corrections: Corrections | None) -> dict[str, Any]:
    """What the user said of articles, as plain data."""
    return asdict(corrections) if corrections else {}


def settings_of(said: Assignments | None) -> dict[str, Any]:
    """What an index remembers of the file of topics, nothing where they are found."""
    return {"topics_from": said.digest} if said else {}


def size_of(paths: Sequence[Path]) -> int:
    files = [p for path in paths for p in (path.rglob("*") if path.is_dir() else [path])]
    return sum(p.stat().st_size for p in files if p.is_file())


def spool_into(
    work: Path,
    tell: Progress,
    paths: Sequence[Path],
    corrections: Corrections | None,
    mapping: Mapping[str, str] | None,
    clean: CleanMode,
    is_known: Callable[[str], bool] | None = None,
    sources: Collection[str] = (),
) -> Spool:
    """The records in batches, or the batches that a build left which was cut off after this
    stage."""
    tell.stage("reading files", 0.15)
    done = work / "spool.json"
    if done.exists():
        saved = json.loads(done.read_text(encoding="utf-8"))
        return Spool(
            [work / name for name in saved["batches"]], Report.from_dict(saved["report"], False)
        )
    for left in work.iterdir():  # of a build that was cut off in this stage
        remove_tree(left) if left.is_dir() else left.unlink()
    spool = spool_records(
        paths, work, corrections, mapping, clean, is_known,
        lambda done, n: tell.step(done, n, done), sources,
    )  # fmt: skip
    if error := spool.report.mapping_error():
        raise CorpusError(error)
    write_json(done, {"batches": [b.name for b in spool.batches], "report": spool.report.to_dict()})
    return spool


def read_segments(work: Path, spool: Spool, run: Run, tell: Progress, first: int = 0) -> list[str]:
    """Run ``read_segment`` over groups of batches and complete the report; names in order."""
    tell.stage("reading articles", 0.45)
    tell.n_bytes = sum(batch.stat().st_size for batch in spool.batches)
    step = BATCHES_A_SEGMENT
    groups = [spool.batches[i : i + step] for i in range(0, len(spool.batches), step)]
    tasks = [(group, work, f"{first + i:06d}") for i, group in enumerate(groups)]
    todo = [task for task in tasks if not (work / f"read-{task[2]}.json").exists()]
    for _ in tell.over(run(read_segment, todo), len(todo)):
        give_back()
    language_model.forget()
    give_back()
    names = [name for *_, name in tasks]
    for name in names:
        spool.add(
            Outcome(o["file"], o["kept"], [Problem(**p) for p in o["problems"]])
            for o in facts_of(work, name)["outcomes"]
        )
    spool.report.check()
    return names


def number_words(
    work: Path, names: Sequence[str], stop: frozenset[str], own_names: Mapping[str, float]
) -> Lexicon:
    """The lexicon of all words, in their order, and for each segment the numbers of its own."""
    words = words_of_segments(work, names)
    write_numbers(work, names, {word: i for i, word in enumerate(words.word)})
    return Lexicon(new_lexicon(words, stop, own_names))


def find_topics(
    work: Path,
    names: Sequence[str],
    lexicon: Lexicon,
    stop: frozenset[str],
    own_names: Mapping[str, float],
    random_state: int,
    tell: Progress,
    old: NamedModel | None = None,
    said: Assignments | None = None,
) -> Fit:
    """Fit topics, or take those that are ``said``; writes ``topics.bin`` and, with the phrases
    found, ``lexicon.bin``. Fitted topics that ``old`` had keep their ids and names."""
    tell.stage("finding topics" if said is None else "taking the topics given", 0.75)
    given = match_articles(said, places_of(work, names)) if said else None
    sample = read_sample(work, names, lexicon)
    fit = fit_sample(sample, stop, own_names, random_state, given)
    if old is not None and old.given is None and given is None:
        named, changes = carry_over(old, fit.named)
        fit = replace(fit, named=named, changes=changes)
    before = _checksums(work)
    write_container(work / "lexicon.bin", with_phrases(lexicon, fit))
    write_model(work, fit.named)
    write_features(work)
    if before and before != _checksums(work):
        # What a build that was cut off counted by other topics.
        for counted in work.glob("counts-*.bin"):
            counted.unlink()
    # The counts of the texts that were fitted are large, and done with.
    fit = replace(fit, terms=fit.terms.take(np.zeros(0, dtype=np.int64)))
    give_back()
    return fit


def write_features(work: Path) -> None:
    """Write ``features.bin``: which feature of the topics each term counts towards."""
    lexicon = Lexicon(Container(work / "lexicon.bin"))
    feature_of = feature_of_each(
        read_model(work).model, list(lexicon.terms), (lexicon.flags & STOP) > 0
    )
    write_container(work / "features.bin", {"feature_of": feature_of.astype(np.int32)})


def _checksums(work: Path) -> list[str]:
    paths = [work / f"{name}.bin" for name in ("lexicon", "topics", "features")]
    return [Container(path).checksum for path in paths if path.exists()]


def count_segments(work: Path, names: Sequence[str], run: Run, tell: Progress) -> None:
    """Run ``count_segment`` over the segments that are not counted yet."""
    tell.stage("counting", 0.95)
    todo = [(work, n) for n in names if not (work / f"counts-{n}.bin").exists()]
    for _ in tell.over(run(count_segment, todo), len(todo)):
        give_back()


def stop_words(uses: Iterable[Uses]) -> frozenset[str]:
    """English stop words, and the small words of other languages that the articles use as such."""
    return (frozenset(ENGLISH_STOP_WORDS) - NO_STOP_WORDS) | used_as_small(uses)


def own_names_of(facts: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Names of outlets and authors, and in how many texts each may stand by itself."""
    return sum((Counter(f["names"]) for f in facts), Counter())


def facts_of(work: Path, name: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((work / f"read-{name}.json").read_text(encoding="utf-8"))
    return facts


def words_of_segments(work: Path, names: Sequence[str]) -> Words:
    """The words of all these segments."""
    return merge_words(read_words(Container(work / f"tokens-{name}.bin")) for name in names)


def write_numbers(work: Path, names: Sequence[str], number_of: Mapping[str, int]) -> None:
    """Write ``numbers-NAME.bin``: the lexicon's number of each word of a segment."""
    for name in names:
        words = Strings.of(Container(work / f"tokens-{name}.bin"), "word")
        numbers = np.asarray([number_of[word] for word in words], dtype=np.int32)
        write_container(work / f"numbers-{name}.bin", {"numbers": numbers})


def in_work(work: Path, names: Sequence[str]) -> dict[str, tuple[Path, Path]]:
    return {n: (work / f"articles-{n}.bin", work / f"counts-{n}.bin") for n in names}
