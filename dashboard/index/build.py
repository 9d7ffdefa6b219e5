"""Build: read the corpus, number its words, find topics, count, publish; or add to an index.

The stages run over segments (see ``segments``) in a working folder beside the generations, which
stays when a build is cut off: the next build of the same input goes on with what is there.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import stopwordsiso
from numpy.typing import NDArray
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from dashboard.corpus import CleanMode, Corrections, spool_records
from dashboard.index.container import Container, Strings, write_container
from dashboard.index.fitting import Fit, fit_sample, read_sample
from dashboard.index.joint import publish_segments
from dashboard.index.lexicon import (
    INSIDE, NAME, SELF, STOP, Lexicon, Words, choose_analysed, merge_words, pack_lexicon,
)  # fmt: skip
from dashboard.index.runs import Run, run_here
from dashboard.index.segments import count_segment, read_segment, read_words
from dashboard.index.store import check_target
from dashboard.index.tokens import tokenise
from dashboard.index.topics import fold
from dashboard.index.words import DATE_WORDS, NEWS_WORDS

BATCHES_A_SEGMENT = 2
Progress = Callable[[str], None]


def build_index(
    paths: Sequence[Path],
    out: Path,
    progress: Progress | None = None,
    random_state: int = 0,
    corrections: Corrections | None = None,
    mapping: Mapping[str, str] | None = None,
    clean: CleanMode = "auto",
    run: Run = run_here,
) -> dict[str, Any]:
    """Read ``paths`` and write the index folder ``out``; returns the facts of its manifest.

    ``progress`` is told each stage. An input without any article gives an empty index, whose
    report says why. Raises ``CorpusError`` for a path that does not exist and
    ``IndexFolderError`` for an ``out`` that holds something else.
    """
    say = progress or (lambda stage: None)
    check_target(out)
    out.mkdir(parents=True, exist_ok=True)
    work = out / ".build"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        say("reading articles")
        spool = spool_records(paths, work, corrections, mapping, clean)
        names = read_segments(work, spool.batches, run)
        facts = [json.loads((work / f"read-{n}.json").read_text("utf-8")) for n in names]
        n_articles = sum(f["n_articles"] for f in facts)
        say(f"numbering the words of {n_articles:,} articles")
        words = number_words(work, names)
        stop = stop_words(sum((Counter(f["languages"]) for f in facts), Counter()))
        own_names = {word for f in facts for word in f["names"]}
        say("finding topics")
        sample = read_sample(work, names, words, n_articles)
        fit = fit_sample(sample, stop, own_names, random_state)
        write_container(work / "lexicon.bin", make_lexicon(words, fit, stop, own_names))
        write_topics(work, fit)
        say("counting")
        for _ in run(count_segment, [(work, name) for name in names]):
            pass
        say("writing the index")
        return publish_segments(out, work, names, fit, facts, spool.report, random_state)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def read_segments(work: Path, batches: Sequence[Path], run: Run) -> list[str]:
    """Run ``read_segment`` over groups of batches; names in order."""
    groups = [
        batches[i : i + BATCHES_A_SEGMENT] for i in range(0, len(batches), BATCHES_A_SEGMENT)
    ]
    tasks = [(group, work, f"{i:06d}") for i, group in enumerate(groups)]
    for _ in run(read_segment, tasks):
        pass
    return [name for *_, name in tasks]


def stop_words(languages: Mapping[str, int]) -> frozenset[str]:
    """English stop words, and those of the languages that a tenth of the articles or more are in:
    one French article must not take "force" and "comment" from the others."""
    total = sum(languages.values())
    others = [
        lang
        for lang, n in sorted(languages.items())
        if lang != "en" and n >= 0.1 * total and stopwordsiso.has_lang(lang)
    ]
    found = stopwordsiso.stopwords(others) if others else set()
    return frozenset(ENGLISH_STOP_WORDS) | {t for word in found for t, _ in tokenise(word)}


def number_words(work: Path, names: Sequence[str]) -> Words:
    """All words in their order, and for each segment the number of each of its words."""
    containers = [Container(work / f"tokens-{name}.bin") for name in names]
    words = merge_words(read_words(c) for c in containers)
    number = {word: i for i, word in enumerate(words.word)}
    for name, container in zip(names, containers, strict=True):
        own = [number[word] for word in Strings.of(container, "word")]
        write_container(
            work / f"numbers-{name}.bin", {"numbers": np.asarray(own, dtype=np.int32)}
        )
    return words


def make_lexicon(
    words: Words, fit: Fit, stop: frozenset[str], own_names: Collection[str]
) -> dict[str, NDArray[Any]]:
    """Words with their numbers, then the phrases that the fit found, in order."""
    n_words = len(words.word)
    phrases = sorted(fit.phrases, key=lambda numbers: [words.word[n] for n in numbers])
    terms = [*words.word, *(" ".join(words.word[n] for n in p) for p in phrases)]
    of_fit = {term: i for i, term in enumerate(fit.terms.term)}
    at = np.asarray([of_fit[term] for term in terms[n_words:]], dtype=np.int64)
    doc_freq = np.concatenate([words.doc_freq, fit.terms.doc_freq[at]])
    count = np.concatenate([words.count, fit.terms.count[at]])
    flags = np.zeros(len(terms), dtype=np.uint8)
    with np.errstate(invalid="ignore"):
        flags[:n_words] |= np.where(words.capital >= 0.5 * words.total, NAME, 0).astype(np.uint8)
    flags[n_words:] |= np.where(fit.terms.is_name[at], NAME, 0).astype(np.uint8)
    for i, term in enumerate(terms):
        if i < n_words and is_stop_word(term, stop):
            flags[i] |= STOP
        if term in fit.inside:
            flags[i] |= INSIDE
        if flags[i] & NAME and own_names.issuperset(term.split()):
            flags[i] |= SELF
    return pack_lexicon(
        terms,
        [*words.surface, *(fit.phrases[p] for p in phrases)],
        flags,
        doc_freq,
        count,
        [(0, n_words)],
        {n_words + i: p for i, p in enumerate(phrases)},
        choose_analysed(flags, doc_freq, count),
    )


def is_stop_word(word: str, stop: frozenset[str]) -> bool:
    """Whether a word can't tell what a text is about: small words, words of news writing and of
    dates, contractions, numbers."""
    return (
        word in stop
        or word in NEWS_WORDS
        or word in DATE_WORDS
        or len(word) < 2
        or "'" in word
        or not any(c.isalpha() for c in word)
    )


def write_topics(work: Path, fit: Fit) -> None:
    """What ``count_segment`` assigns passages with. INTERIM"""
    lexicon = Lexicon(Container(work / "lexicon.bin"))
    known = {t: i for i, t in enumerate(lexicon.terms)}
    feature_of = np.full(len(lexicon), -1, dtype=np.int32)
    folded = {}
    for f, t in enumerate(fit.model.features.tolist()):
        term = fit.terms.term[t]
        folded[fold(term) if " " not in term else term] = f
    for term, i in known.items():
        f = folded.get(fold(term) if " " not in term else term)
        if f is not None and not lexicon.flags[i] & STOP:
            feature_of[i] = f
    comps = fit.model.components
    n = np.linalg.norm(comps, axis=1, keepdims=True)
    write_container(work / "topics.bin", {
        "feature_of": feature_of,
        "components": (comps / np.where(n > 0, n, 1)).astype(np.float32),
    })
