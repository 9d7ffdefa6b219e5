"""Related words are found when an index is built, and anew when its articles change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.cli import main
from dashboard.index.index import open_index
from dashboard.index.layers.layer import MissingLayer
from dashboard.measures.related.related import related_words
from dashboard.scope import Scope

WORDS = [f"{a}{b}{c}q" for a in ("ba", "ko", "ri", "zu") for b in ("me", "lo", "fi") for c in "aeo"]


def rows(first: int, last: int) -> pd.DataFrame:
    """Articles in which “barca” and “goleta” take turns in one company."""
    texts = []
    for i in range(first, last):
        rng = np.random.default_rng(i)
        text = rng.choice(WORDS, 90).tolist()
        for at in range(5, 80, 15):
            around = rng.choice(["velando", "remando", "zarpando", "anclando"], 2, replace=False)
            text[at:at] = [around[0], ("barca", "goleta")[(i + at) % 2], around[1]]
        texts.append((f"Faro {i % 3}", f"2023-01-{1 + i % 28:02d}", " ".join(text) + "."))
    return pd.DataFrame(texts, columns=["source", "date", "text"])


def write_rows(folder: Path, first: int, last: int) -> str:
    """These articles as a table; its path."""
    path = folder / f"rows-{first}.csv"
    rows(first, last).to_csv(path, index=False)
    return str(path)


def kept(out: Path) -> dict[tuple[str, str], float]:
    """Pairs of terms by spelling, and their similarity."""
    index = open_index(out)
    arrays = index.layer("related").joint
    terms = index.lexicon.terms.take(arrays["compared"])
    return {
        (terms[a], terms[b]): similarity
        for a, b, similarity in zip(
            arrays["term"].tolist(), arrays["related"].tolist(), arrays["similarity"].tolist(),
            strict=True,
        )
    }  # fmt: skip


def test_additions_give_what_building_at_once_gives(tmp_path: Path) -> None:
    parts = [write_rows(tmp_path, 0, 70), write_rows(tmp_path, 70, 120)]
    once, twice = tmp_path / "once", tmp_path / "twice"
    assert main(["build", *parts, "--out", str(once)]) == 0
    assert main(["build", parts[0], "--out", str(twice)]) == 0
    assert open_index(twice).layer("related").joint["n_articles"].tolist() == [70]
    assert main(["build", parts[1], "--add", "--out", str(twice)]) == 0
    found, expected = kept(twice), kept(once)
    assert ("barca", "goleta") in expected
    assert found.keys() == expected.keys()
    for pair, similarity in expected.items():
        assert found[pair] == pytest.approx(similarity, abs=0.002), pair
    assert open_index(twice).layer("related").joint["n_articles"].tolist() == [120]
    open_index(twice).check()


def test_it_can_be_left_out_and_made_later(tmp_path: Path) -> None:
    out = tmp_path / "index"
    part = write_rows(tmp_path, 0, 60)
    assert main(["build", part, "--out", str(out), "--without", "related"]) == 0
    index = open_index(out)
    assert list(index.left_out) == ["related"]
    assert "rises" in index.layer_versions
    with pytest.raises(MissingLayer, match="related"):
        related_words(index, Scope(), ["barca"])
    assert main(["build", "--out", str(out), "--update"]) == 0
    assert "goleta" in related_words(open_index(out), Scope(), ["barca"])["related"].tolist()


def test_of_one_article_the_layer_is_there_and_empty(tmp_path: Path) -> None:
    assert main(["build", write_rows(tmp_path, 0, 1), "--out", str(tmp_path / "index")]) == 0
    assert kept(tmp_path / "index") == {}
