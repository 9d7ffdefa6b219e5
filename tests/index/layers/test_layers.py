"""Layers: made once a segment, kept while they are right, made anew alone, missed in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from dashboard.corpus.importing import spool
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.building.change import (
    add_articles,
    delete_articles,
    find_topics_anew,
    update_layers,
)
from dashboard.index.building.executors import pool_run
from dashboard.index.building.progress import BuildStatus, read_status
from dashboard.index.building.rename import rename_topic
from dashboard.index.index import Index, open_index
from dashboard.index.layers import registry
from dashboard.index.layers.layer import Arrays, Layer, MissingLayer, SegmentView
from dashboard.index.layers.sentences import Sentences
from dashboard.index.storage.container import DamagedFile
from dashboard.index.storage.workspace import STATUS
from dashboard.measures.passages import sentences
from dashboard.scope import Scope
from tests.index.building.test_change import write_rows


class Letters(Layer):
    """Letters of each article; all of them together in the joint array."""

    name: ClassVar[str] = "letters"
    version: ClassVar[int] = 1
    made: ClassVar[list[int]] = []

    def extract(self, segment: SegmentView) -> Arrays:
        self.made.append(len(segment.articles))
        return {"letters": np.asarray([sum(map(len, p)) for p in segment.passages()])}

    def join(self, segments: Sequence[SegmentView]) -> Arrays:
        own = [segment.layers[self.name]["letters"] for segment in segments]
        return {"total": np.concatenate([np.zeros(0, np.int64), *own])}


class Longest(Layer):
    """The longest sentence of each segment: needs another layer, and reads the topics."""

    name: ClassVar[str] = "longest"
    version: ClassVar[int] = 1
    needs: ClassVar[tuple[str, ...]] = ("sentences",)
    reads_topics: ClassVar[bool] = True
    made: ClassVar[list[int]] = []

    def extract(self, segment: SegmentView) -> Arrays:
        self.made.append(len(segment.counts["slice_leaf"]))
        arrays = segment.layers["sentences"]
        return {"length": np.asarray([(arrays["end"] - arrays["start"]).max()])}


@pytest.fixture(autouse=True)
def _layers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "BATCH_RECORDS", 8)
    monkeypatch.setattr(build, "BATCHES_A_SEGMENT", 1)
    monkeypatch.setattr(registry, "LAYERS", (Sentences(), Letters(), Longest()))
    Letters.made.clear()
    Longest.made.clear()


def built(tmp_path: Path, numbers: range = range(24)) -> Path:
    build_index([write_rows(tmp_path / "rows.csv", numbers)], tmp_path / "index")
    return tmp_path / "index"


def assert_right(index: Index) -> None:
    """Every layer is what the articles give now, and all bytes are whole."""
    lengths = [sum(map(len, index.passages(p))) for p in range(index.n_articles)]
    assert index.layer("letters").joint["total"].tolist() == lengths
    table = sentences(index, Scope())
    assert len(table) > index.n_articles > 0
    passages = {
        f"{row.article_id}-{n:03d}": text
        for p in range(index.n_articles)
        for row in index.article_rows([p], ["article_id"]).itertuples()
        for n, text in enumerate(index.passages(p), 1)
    }
    assert all(passages[r.passage_id][r.start : r.end] == r.text for r in table.itertuples())
    assert len(index.layer("longest").segments) == len(index.segments)
    index.check()


def test_a_build_makes_each_layer_once_a_segment(tmp_path: Path) -> None:
    index = open_index(built(tmp_path))
    assert_right(index)
    assert sum(Letters.made) == index.n_articles == 24
    assert len(Letters.made) == len(Longest.made) == len(index.segments) == 3


def test_an_addition_reads_only_what_is_new(tmp_path: Path) -> None:
    out = built(tmp_path)
    Letters.made.clear()
    add_articles([write_rows(tmp_path / "more.csv", range(24, 30))], out)
    assert Letters.made == [6]
    assert_right(open_index(out))


def test_small_segments_put_together_have_their_layers(tmp_path: Path) -> None:
    out = built(tmp_path, range(3))
    for n in range(3, 14):
        add_articles([write_rows(tmp_path / f"{n}.csv", range(n, n + 1))], out)
    index = open_index(out)
    assert index.n_articles == 14 > len(index.segments)
    assert_right(index)


def test_taking_articles_out_makes_their_segments_anew(tmp_path: Path) -> None:
    out = built(tmp_path)
    first = open_index(out).article_rows([0], ["article_id"])["article_id"].tolist()
    Letters.made.clear()
    delete_articles(out, first)
    assert Letters.made == [7]
    assert_right(open_index(out))


def test_a_refit_makes_anew_only_what_reads_the_topics(tmp_path: Path) -> None:
    out = built(tmp_path)
    Letters.made.clear()
    Longest.made.clear()
    find_topics_anew(out, random_state=1)
    assert Letters.made == []
    assert len(Longest.made) == 3
    assert_right(open_index(out))


def test_a_new_name_for_a_topic_leaves_layers_alone(tmp_path: Path) -> None:
    out = built(tmp_path)
    Letters.made.clear()
    nodes = open_index(out).nodes.node_ids
    if nodes:
        rename_topic(out, nodes[0], "The harbour")
    assert_right(open_index(out))
    assert Letters.made == []


def test_a_new_version_is_made_alone_and_without_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = built(tmp_path)
    (tmp_path / "rows.csv").unlink()
    before = open_index(out)
    Letters.made.clear()
    Longest.made.clear()
    monkeypatch.setattr(Letters, "version", 2)
    with pytest.raises(MissingLayer, match="--update"):
        open_index(out).layer("letters")
    update_layers(out)
    index = open_index(out)
    assert_right(index)
    assert len(Letters.made) == 3
    assert Longest.made == []
    assert index.manifest["hashes"] == before.manifest["hashes"]
    assert update_layers(out) == registry.current_versions()
    assert open_index(out).fingerprint == index.fingerprint  # nothing was written again


def test_what_a_layer_needs_makes_it_anew_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = built(tmp_path)
    Letters.made.clear()
    Longest.made.clear()
    monkeypatch.setattr(Sentences, "version", 99)
    with pytest.raises(MissingLayer):
        open_index(out).layer("longest")
    update_layers(out)
    assert len(Longest.made) == 3
    assert Letters.made == []
    assert_right(open_index(out))


def test_an_index_without_layers_opens_and_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = registry.LAYERS
    monkeypatch.setattr(registry, "LAYERS", ())
    out = built(tmp_path)
    monkeypatch.setattr(registry, "LAYERS", wanted)
    index = open_index(out)
    assert index.n_articles == 24
    with pytest.raises(
        MissingLayer, match=rf"{out}: .*“sentences”.* build --out {out} --update"
    ) as said:
        index.layer("sentences")
    # What a page may say names neither folder nor command.
    assert (said.value.layer, said.value.where) == ("sentences", str(out))
    assert str(out) not in said.value.what
    assert "--update" not in said.value.what
    add_articles([write_rows(tmp_path / "more.csv", range(24, 26))], out)
    assert_right(open_index(out))


def test_a_layer_that_is_no_more_leaves_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = built(tmp_path)
    monkeypatch.setattr(registry, "LAYERS", (Sentences(),))
    update_layers(out)
    files = {path.name.split("-")[0] for path in open_index(out).folder.iterdir()}
    assert "sentences" in files
    assert not files & {"letters", "letters.bin", "longest"}


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    out = built(tmp_path)
    path = open_index(out).folder / "sentences-000000.bin"
    raw = bytearray(path.read_bytes())
    raw[-40] ^= 1
    path.write_bytes(raw)
    index = open_index(out)
    with pytest.raises(DamagedFile):
        index.check()


def test_a_build_that_was_cut_off_goes_on_with_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> Arrays:
        raise RuntimeError("cut off")

    rows, out = write_rows(tmp_path / "rows.csv", range(24)), tmp_path / "index"
    with monkeypatch.context() as patch:
        patch.setattr(Longest, "extract", broken)
        with pytest.raises(RuntimeError, match="cut off"):
            build_index([rows], out)
    assert len(Letters.made) == 3
    build_index([rows], out)
    assert len(Letters.made) == 3
    assert_right(open_index(out))


def test_processes_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "LAYERS", (Sentences(),))
    rows = write_rows(tmp_path / "rows.csv", range(24))
    made = []
    for name, run in (("one", None), ("two", pool_run(2))):
        build_index([rows], tmp_path / name, **({"run": run} if run else {}))
        folder = open_index(tmp_path / name).folder
        made.append({p.name: p.read_bytes() for p in folder.glob("sentences*")})
    assert len(made[0]) == 3
    assert made[0] == made[1]


def test_names_of_layers_are_no_names_of_other_files() -> None:
    taken = {"articles", "counts", "joint", "lexicon", "sums", "topics", "manifest", "names"}
    names = [layer.name for layer in registry.LAYERS]
    assert len(set(names)) == len(names)
    assert not taken & set(names)
    assert all("-" not in name for name in names)
    for at, layer in enumerate(registry.LAYERS):
        assert set(layer.needs) <= set(names[:at])


def test_sentences_of_nothing_have_their_columns(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("title,text\n,\n", encoding="utf-8")
    build_index([tmp_path / "rows.csv"], tmp_path / "index")
    table = sentences(open_index(tmp_path / "index"), Scope())
    assert table.columns.tolist() == [
        "article_id", "passage_id", "source_id", "source", "date", "sentence", "start", "end",
        "text",
    ]  # fmt: skip
    assert table.empty


def test_what_is_left_out_stays_out_until_an_update(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.csv", range(24))
    out = tmp_path / "index"
    build_index([rows], out, without=registry.left_out(["letters"]))
    index = open_index(out)
    assert index.left_out == ["letters"]
    assert len(index.layer("longest").segments) == len(index.segments)
    with pytest.raises(MissingLayer, match=r"was built without the layer “letters”.*--update"):
        index.layer("letters")
    add_articles([write_rows(tmp_path / "more.csv", range(24, 30))], out)
    delete_articles(out, open_index(out).article_rows([0], ["article_id"])["article_id"].tolist())
    find_topics_anew(out, random_state=1)
    assert Letters.made == []
    assert open_index(out).left_out == ["letters"]
    rows.unlink()
    update_layers(out)
    assert open_index(out).left_out == []
    assert_right(open_index(out))
    update_layers(out, without=["letters"])
    assert open_index(out).left_out == ["letters"]
    assert not [f for f in open_index(out).manifest["files"] if f.startswith("letters")]


def test_what_needs_a_layer_is_left_out_with_it() -> None:
    assert registry.left_out(["sentences"]) == ["sentences", "longest"]
    assert registry.left_out([]) == []
    with pytest.raises(KeyError):
        registry.left_out(["sentence"])


def test_an_index_of_much_text_opens_before_its_slow_layers_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there meanwhile is whole, and in the end it is what one build at once would be."""
    whole = open_index(built(tmp_path))
    monkeypatch.setattr(Letters, "slow", True)
    monkeypatch.setattr(build, "LARGE", 1)
    out, opened = tmp_path / "other", []

    def look(said: BuildStatus) -> None:
        if said.stage.startswith("finding letters"):
            status = read_status(out / STATUS)
            assert status is not None
            opened.append((status.can_open, status.share, open_index(out)))

    facts = build_index([tmp_path / "rows.csv"], out, look)
    can_open, share, early = opened[0]
    assert (can_open, share) == (True, 0.5)
    assert (early.n_articles, set(early.layer_versions)) == (24, {"sentences", "longest"})
    assert len(sentences(early, Scope())) == len(sentences(whole, Scope()))
    with pytest.raises(MissingLayer, match=r"has no layer “letters” yet") as missing:
        early.layer("letters")
    assert (missing.value.to_come, missing.value.on_purpose) == (True, False)
    late = open_index(out)
    assert_right(late)
    assert (late.manifest["to_come"], late.left_out) == ([], [])
    assert facts["layers"] == dict(late.layer_versions) == dict(whole.layer_versions)
    assert late.layer("letters").joint["total"].tolist() == (
        whole.layer("letters").joint["total"].tolist()
    )
    assert late.index_id == whole.index_id


def test_what_was_to_come_when_a_build_was_cut_off_comes_with_an_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Letters, "slow", True)
    monkeypatch.setattr(build, "LARGE", 1)

    def cut(said: BuildStatus) -> None:
        if said.stage.startswith("finding letters"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index([write_rows(tmp_path / "rows.csv", range(24))], tmp_path / "index", cut)
    assert open_index(tmp_path / "index").manifest["to_come"] == ["letters"]
    update_layers(tmp_path / "index")
    assert_right(open_index(tmp_path / "index"))
    assert open_index(tmp_path / "index").manifest["to_come"] == []
    Letters.made.clear()
    update_layers(tmp_path / "index")
    assert not Letters.made


def test_layers_left_out_are_not_to_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Letters, "slow", True)
    monkeypatch.setattr(build, "LARGE", 1)
    rows = write_rows(tmp_path / "rows.csv", range(24))
    build_index([rows], tmp_path / "index", without=["letters"])
    index = open_index(tmp_path / "index")
    assert (index.manifest["to_come"], index.left_out) == ([], ["letters"])
    assert not Letters.made
