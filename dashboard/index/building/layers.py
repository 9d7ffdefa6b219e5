"""Making the layers of an index: only what is not there yet, by a run over segments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from dashboard.index.building.executors import Run
from dashboard.index.building.progress import Progress
from dashboard.index.index import Index
from dashboard.index.layers import registry
from dashboard.index.layers.by_hand import ByHand, said_arrays
from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.index.storage.articles import ArticleStore
from dashboard.index.storage.container import Container, write_container
from dashboard.index.storage.workspace import give_back
from dashboard.index.terms.lexicon import Lexicon

#: By name, the files of articles and counts.
Segments = Mapping[str, tuple[Path, Path]]
#: The arguments of ``extract_layer``.
Task = tuple[str, Path, Path, Path, Mapping[str, Path], Path]


def make_layers(
    work: Path,
    segments: Segments,
    old: Index | None,
    run: Run,
    tell: Progress,
    stories: ByHand | None = None,
    without: Collection[str] = (),
) -> dict[str, Path]:
    """The files of every layer but those ``without`` and those of the whole index, by name. Those
    of ``old``, the generation before, are taken where neither the layer nor the segment has changed
    since; what a build that was cut off left in ``work`` is taken too. ``stories``: what was said
    of them by hand."""
    files: dict[str, Path] = {}
    tasks: dict[str, list[Task]] = {}
    words = work / "lexicon.bin"
    if old is not None and not words.exists():
        words = old.folder / "lexicon.bin"
    layers = [each for each in registry.LAYERS if each.name not in without and not each.whole]
    for layer in layers:
        for name, paths in segments.items():
            kept = _kept(layer, name, paths, old)
            path = kept or work / _file(layer, name)
            files[_file(layer, name)] = path
            if layer.reads_topics and not kept:
                path.unlink(missing_ok=True)  # a build that was cut off may have had other topics
            if not path.exists():
                needs = {need: files[f"{need}-{name}.bin"] for need in layer.needs}
                tasks.setdefault(layer.name, []).append((layer.name, *paths, words, needs, path))
    if tasks:
        tell.stage("finding " + ", ".join(tasks).replace("_", " "), 0.99)
        for _ in tell.over(_in_order(run, tasks), sum(map(len, tasks.values()))):
            give_back()
    lexicon = Lexicon(Container(words))
    for layer in layers:
        views = [_view(layer, segments[name], lexicon, name, files) for name in segments]
        needed = {
            need: Container(files[f"{need}.bin"]) for need in layer.needs if f"{need}.bin" in files
        }
        if joint := layer.settle(views, _settled(layer, old, stories), needed):
            files[f"{layer.name}.bin"] = work / f"{layer.name}.bin"
            write_container(files[f"{layer.name}.bin"], joint)
        for view in views:
            view.counts.release()
    return files


def _in_order(run: Run, tasks: Mapping[str, Sequence[Task]]) -> Iterator[str]:
    """Those that need none of the others at once, then those that need these, and so on."""
    steps: dict[int, list[Task]] = {}
    step_of: dict[str, int] = {}
    for name, todo in tasks.items():
        needed = [step_of[need] for need in registry.layer_named(name).needs if need in step_of]
        step_of[name] = max(needed, default=-1) + 1
        steps.setdefault(step_of[name], []).extend(todo)
    for _, todo in sorted(steps.items()):
        yield from run(extract_layer, todo)


def extract_layer(
    layer: str, articles: Path, counts: Path, words: Path, needs: Mapping[str, Path], path: Path
) -> str:
    """Write what a layer makes of one segment to ``path``; returns its name. A stage like those of
    ``segments.stages``."""
    view = SegmentView(
        ArticleStore(Container(articles)),
        Container(counts),
        Lexicon(Container(words)),
        {name: Container(file) for name, file in needs.items()},
    )
    write_container(path, registry.layer_named(layer).extract(view))
    return path.name


def _kept(layer: Layer, name: str, paths: tuple[Path, Path], old: Index | None) -> Path | None:
    """The file that ``old`` has of this segment, where it is still right."""
    if old is None or old.layer_versions.get(layer.name) != registry.current_versions()[layer.name]:
        return None
    articles, counts = paths
    is_same = articles.parent == old.folder
    if layer.reads_topics:
        is_same = is_same and counts.parent == old.folder
    return old.folder / _file(layer, name) if is_same else None


def _settled(layer: Layer, old: Index | None, stories: ByHand | None) -> Arrays:
    """What ``old`` has found over all segments, by this version of the layer, and what of it was
    said by hand."""
    current = registry.current_versions()[layer.name]
    is_found = old is not None and old.layer_versions.get(layer.name) == current
    found = old.layer(layer.name).joint if old is not None and is_found else {}
    articles = (stories or {}).get("articles", {})
    return {**found, **said_arrays(articles)} if articles else found


def _view(
    layer: Layer,
    paths: tuple[Path, Path],
    lexicon: Lexicon,
    name: str,
    files: Mapping[str, Path],
) -> SegmentView:
    articles, counts = paths
    read: Sequence[str] = (*layer.needs, layer.name)
    return SegmentView(
        ArticleStore(Container(articles)),
        Container(counts),
        lexicon,
        {other: Container(files[f"{other}-{name}.bin"]) for other in read},
    )


def _file(layer: Layer, name: str) -> str:
    return f"{layer.name}-{name}.bin"
