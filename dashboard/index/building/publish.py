"""Publishing: what all segments have in common, put together and made the current generation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.corpus.corrections import STORY_PARTS
from dashboard.corpus.report import Report
from dashboard.index.building.executors import Run
from dashboard.index.building.fit_sample import Fit
from dashboard.index.building.layers import make_layers
from dashboard.index.building.lexicon_build import recounted
from dashboard.index.building.listing import digest_of, list_sources, suggest_keywords
from dashboard.index.building.progress import Progress, Say
from dashboard.index.building.regroup import said_by_hand
from dashboard.index.building.sums_build import write_sums
from dashboard.index.counts.term_counts import warm_up
from dashboard.index.index import Index, Source, open_index
from dashboard.index.layers.by_hand import ByHand
from dashboard.index.layers.layer import Arrays
from dashboard.index.layers.registry import built_versions, current_versions
from dashboard.index.storage.articles import ArticleStore, id_number
from dashboard.index.storage.container import Container, write_container
from dashboard.index.storage.folder import publish
from dashboard.index.storage.workspace import STATUS, give_back, locked, workspace
from dashboard.index.terms.lexicon import Lexicon
from dashboard.index.topics.model import default_nodes
from dashboard.index.topics.model_file import NamedModel, read_model
from dashboard.index.topics.tree import n_leaves


@dataclass(frozen=True)
class Plan:
    """What to publish. ``segments``: by name, the files of articles and counts; ``fit``: of the
    topics, None where those of ``old``, the generation before, are kept; ``own_names``: see
    ``self_references``; ``topic_names``: that users gave, by id of the topic; ``by_hand``: what
    they said of stories and names; ``without``: layers that are not made, see
    ``registry.left_out``; ``to_come``: those that are made later, see ``complete``."""

    segments: Mapping[str, tuple[Path, Path]]
    report: Report
    settings: Mapping[str, Any]
    own_names: Mapping[str, float]
    fit: Fit | None = None
    old: Index | None = None
    topic_names: Mapping[str, str] = field(default_factory=dict)
    by_hand: ByHand = field(default_factory=dict)
    without: Sequence[str] = ()
    to_come: Sequence[str] = ()


def publish_segments(
    out: Path,
    work: Path,
    plan: Plan,
    run: Run,
    tell: Progress,
    made: Callable[[], Mapping[str, Any]],
) -> dict[str, Any]:
    """Make the layers, write what is joint to ``work`` and publish it with the segments; returns
    the facts, among them what ``made`` says at the end (how the build went)."""
    without = plan.without if plan.old is None else plan.old.left_out
    not_now = [*without, *plan.to_come]
    layers = make_layers(work, plan.segments, plan.old, run, tell, plan.by_hand, not_now)
    tell.stage("writing the index", 1.0)
    texts = [Container(path) for path, _ in plan.segments.values()]
    stores = [ArticleStore(each) for each in texts]
    counts = [Container(path) for _, path in plan.segments.values()]
    columns = {
        name: [v for s in stores for v in s.values(name, np.arange(len(s)))]
        for name in ("article_id", "source", "file", "row")
    }
    sources = list_sources(columns["source"], plan.old.sources if plan.old else ())
    lexicon_arrays = recounted(Container(work / "lexicon.bin"), counts)
    lexicon = Lexicon(lexicon_arrays)
    write_container(work / "final-lexicon.bin", lexicon_arrays)
    joint = join_arrays(stores, counts, columns, sources)
    write_container(work / "joint.bin", joint)
    files = {"lexicon.bin": work / "final-lexicon.bin", "joint.bin": work / "joint.bin"}
    for name, (articles, path) in plan.segments.items():
        files[f"articles-{name}.bin"], files[f"counts-{name}.bin"] = articles, path
    files |= layers
    (work / "report.json").write_text(json.dumps(plan.report.to_dict()), encoding="utf-8")
    (work / "names.json").write_text(json.dumps(plan.own_names, sort_keys=True), encoding="utf-8")
    for name in ("report.json", "names.json"):
        files[name] = work / name
    days = joint["days"][~np.isnat(joint["days"])]
    facts = {
        "corpus_id": digest_of(sorted(columns["article_id"])),
        "index_id": digest_of(
            [*(d.decode() for d in sorted(d for s in stores for d in s.digests)),
             json.dumps(plan.settings, sort_keys=True)]
        ),
        "hashes": hash_counts(lexicon, joint),
        "n_articles": len(columns["article_id"]),
        "n_passages": int(joint["slice_passages"].sum()),
        "n_words": int(joint["slice_words"].sum(dtype=np.int64)),
        "n_undated": int(np.isnat(joint["days"]).sum()),
        "first_day": str(days.min()) if len(days) else None,
        "last_day": str(days.max()) if len(days) else None,
        "sources": [asdict(s) for s in sources],
        "segments": list(plan.segments),
        "layers": built_versions(not_now),
        "left_out": list(without),
        "to_come": list(plan.to_come),
        "settings": dict(plan.settings),
        "stories": {part: dict(plan.by_hand.get(part, {})) for part in STORY_PARTS},
        "aliases": dict(plan.by_hand.get("aliases", {})),
        "families": dict(plan.by_hand.get("families", {})),
        "notes": dict(plan.by_hand.get("notes", {})),
        **_topic_facts(work, plan, counts, lexicon, files),
    }  # fmt: skip
    del columns  # what is large: sums need memory
    for segment in (*texts, *counts):
        segment.release()
    give_back()
    parents = Container(files["topics.bin"])["parents"]
    sizes = (len(sources), n_leaves(parents), len(lexicon.analysed))
    files |= write_sums(work, counts, joint, *sizes)
    give_back()
    facts["made"] = dict(made())
    publish(out, files, facts)
    warm_up(open_index(out))
    return {**facts, "report": plan.report.to_dict()}


def complete(
    out: Path,
    work: Path,
    old: Index,
    run: Run,
    tell: Progress,
    without: Sequence[str],
    made: Callable[[], Mapping[str, Any]] | None = None,
) -> None:
    """Publish the index ``old`` in ``out`` anew, with all layers but those ``without``. ``made``:
    how the build went, where this is its end."""
    by_hand = said_by_hand(out)
    layers = make_layers(work, segments_of(old), old, run, tell, by_hand, without)
    files = {
        file: old.folder / file
        for file in old.manifest["files"]
        if file.removesuffix(".bin").split("-")[0] not in old.layer_versions
    }
    facts = {k: v for k, v in old.manifest.items() if k not in ("format", "files")}
    facts |= {"layers": built_versions(without), "left_out": list(without), "to_come": []}
    if made is not None:
        facts["made"] = dict(made())
    publish(out, {**files, **layers}, facts)


def add_whole(
    out: Path,
    makes: Mapping[str, Callable[[Index], Arrays]],
    progress: Say | None = None,
    *,
    opens: bool = True,
) -> None:
    """Publish the index in ``out`` anew with these layers, of which ``makes`` gives the joint
    arrays, by name; without those that it has already, or was built without, and not at all where
    none is left. ``opens``: whether those who wait for the index may have it before. Raises
    ``IndexFolderError``."""
    versions = current_versions()
    with locked(out):
        index = open_index(out)
        missing = [
            layer
            for layer in makes
            if layer not in index.left_out and index.layer_versions.get(layer) != versions[layer]
        ]
        if not missing:
            return
        with workspace(out, f"{' '.join(missing)} {index.fingerprint}", 0) as work:
            tell = Progress(progress, out / STATUS, begin=0.98)
            tell.can_open = opens
            made = {}
            for i, layer in enumerate(missing, 1):
                tell.stage(f"finding {layer}".replace("_", " "), 0.98 + 0.02 * i / len(missing))
                made[f"{layer}.bin"] = work / f"{layer}.bin"
                write_container(made[f"{layer}.bin"], makes[layer](index))
            facts = {k: v for k, v in index.manifest.items() if k not in ("format", "files")}
            facts["layers"] = {**index.layer_versions, **{name: versions[name] for name in missing}}
            files = {file: index.folder / file for file in index.manifest["files"]}
            publish(out, {**files, **made}, facts)


def segments_of(index: Index) -> dict[str, tuple[Path, Path]]:
    """The segments of an index as ``Plan`` takes them."""
    return {
        name: (index.folder / f"articles-{name}.bin", index.folder / f"counts-{name}.bin")
        for name in index.segment_names
    }


def _topic_facts(
    work: Path,
    plan: Plan,
    counts: Sequence[Container],
    lexicon: Lexicon,
    files: dict[str, Path],
) -> dict[str, Any]:
    """Of topics and keywords, a new fit's or as they were; adds their ``files``."""
    fitted = plan.old is None or plan.fit is not None
    home = plan.old.folder if plan.old is not None and not fitted else work
    for name in ("topics.bin", "topics.json"):
        files[name] = home / name
    named = read_model(home)
    passages = np.zeros(named.model.n_leaves + 1, dtype=np.int64)
    words = np.zeros(named.model.n_leaves + 1, dtype=np.int64)
    for segment in counts:
        leaf = segment["slice_leaf"].astype(np.int64)
        np.add.at(passages, leaf, segment["slice_passages"])
        np.add.at(words, leaf, segment["slice_words"])
    if plan.old is not None and not fitted:
        kept = {name: plan.old.manifest[name] for name in ("keywords", "fit", "topic_changes")}
        kept["fit"] = _with_added(plan.old, sum(len(c["article_words"]) for c in counts), words)
    else:
        n_articles = sum(len(c["article_words"]) for c in counts)
        parts = [named.labels[node] for node in default_nodes(named.model)]
        kept = {
            "keywords": suggest_keywords(lexicon, parts, n_articles),
            "fit": _fit_facts(named, n_articles, words),
            "topic_changes": plan.fit.changes if plan.fit else [],
        }
    ids = set(named.node_ids)
    names = {i: name for i, name in plan.topic_names.items() if i in ids}
    return {"leaf_passages": passages.tolist(), "topic_names": names, **kept}


def _fit_facts(named: NamedModel, n_articles: int, words: NDArray[np.int64]) -> dict[str, Any]:
    """The facts of a fit: how reliable it is, the limits it was made by, and how much text there
    was of each leaf, then of none, which drift is measured against; of topics that were given, what
    came of their file."""
    model, given = named.model, named.given
    return {
        "given": given and dict(given.facts),
        "reliability": None if given else round(model.overall, 4),
        "reliability_of_shuffled_text": None if given else round(model.null, 4),
        "settings": dict(model.settings),
        "n_articles": n_articles,
        "leaf_words": words.tolist(),
        "n_added": 0,
        "leaf_words_added": np.zeros_like(words).tolist(),
    }


def _with_added(old: Index, n_articles: int, words: NDArray[np.int64]) -> dict[str, Any]:
    """The facts of the fit, with what was added to ``old`` counted as added since. Nothing is added
    and taken out at once; what is taken out stays counted, as nobody knows when it came."""
    fit: dict[str, Any] = old.manifest["fit"]
    if n_articles <= old.n_articles:
        return fit
    before = np.bincount(
        old.slice_leaf.astype(np.int64) % len(words), old.slice_words, len(words)
    ).astype(np.int64)
    return {
        **fit,
        "n_added": fit["n_added"] + n_articles - old.n_articles,
        "leaf_words_added": (np.asarray(fit["leaf_words_added"]) + words - before).tolist(),
    }


def hash_counts(lexicon: Lexicon, joint: Mapping[str, NDArray[Any]]) -> dict[str, str]:
    """Hashes of what was counted: of every word, and every phrase, with its articles and uses, and
    of every article with its words. They don't depend on the order of the input, the segments or
    who did the work; those of phrases depend on the fit."""
    phrases = set(lexicon.phrases.tolist())
    doc_freq, count = lexicon.doc_freq.tolist(), lexicon.count.tolist()
    digests = {"words": hashlib.sha256(), "phrases": hashlib.sha256()}
    # By spelling: numbers differ after additions.
    for i in sorted(range(len(lexicon)), key=lexicon.terms.raw):
        if count[i]:
            line = lexicon.terms.raw(i) + f"\0{doc_freq[i]}\0{count[i]}\n".encode()
            digests["phrases" if i in phrases else "words"].update(line)
    digests["articles"] = hashlib.sha256(np.ascontiguousarray(joint["id_numbers"]).tobytes())
    words = joint["article_words"][joint["id_order"]]
    digests["articles"].update(words.astype("<i8").tobytes())
    return {name: digest.hexdigest()[:16] for name, digest in digests.items()}


def join_arrays(
    stores: Sequence[ArticleStore],
    counts: Sequence[Mapping[str, NDArray[Any]]],
    columns: Mapping[str, list[Any]],
    sources: Sequence[Source],
) -> dict[str, NDArray[Any]]:
    """The arrays over all articles and slices: see :class:`dashboard.index.index.Index`."""
    position = {s.name: i for i, s in enumerate(sources)}
    days = np.concatenate([np.zeros(0, "datetime64[D]"), *(s.days for s in stores)])
    first_article = np.cumsum([0, *(len(s) for s in stores)])[:-1]
    first_slice = np.cumsum([0, *(len(c["slice_leaf"]) for c in counts)])[:-1]
    files, _ = pd.factorize(np.asarray([*columns["file"], None], dtype=object)[:-1], sort=True)
    rows = np.asarray([-1 if r is None else r for r in columns["row"]], dtype=np.int64)
    ids = columns["article_id"]
    numbers = np.asarray([id_number(i) for i in ids], dtype=np.int64)
    id_order = np.argsort(numbers, kind="stable")
    dated = np.where(np.isnat(days), np.datetime64("9999-12-31"), days)

    def joined(name: str, dtype: Any) -> NDArray[Any]:
        return np.concatenate([np.zeros(0, dtype), *(c[name] for c in counts)]).astype(dtype)

    return {
        "source_of": np.asarray(
            [-1 if name is None else position[name] for name in columns["source"]], dtype=np.int32
        ),
        "days": days,
        "article_words": joined("article_words", np.int32),
        "by_date": np.lexsort((numbers, rows, files, dated)).astype(np.int64),
        "first_article": first_article.astype(np.int64),
        "first_slice": first_slice.astype(np.int64),
        "slice_article": np.concatenate(
            [np.zeros(0, np.int32),
             *(c["slice_article"] + base for c, base in zip(counts, first_article, strict=True))]
        ).astype(np.int32),
        "slice_leaf": joined("slice_leaf", np.int16),
        "slice_words": joined("slice_words", np.int32),
        "slice_passages": joined("slice_passages", np.int32),
        "slice_squares": joined("slice_squares", np.float64),
        "slice_near": joined("slice_near", np.float16),
        "id_numbers": numbers[id_order],
        "id_order": id_order.astype(np.int64),
    }  # fmt: skip
