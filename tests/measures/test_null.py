"""Where nothing is there to find, nothing is found: sources given to articles at random."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import open_index
from dashboard.measures import TABLES, findings
from dashboard.scope import Scope

SYLLABLES = "ba ce di fo gu ha ki lo mu ne pa ri so tu ve wa".split()


@pytest.mark.parametrize(
    ("n_each", "finding"),
    [(3, "Too few articles"), (8, "The eight sources differ on no topic beyond chance")],
)
def test_random_sources_are_not_distinguishable(tmp_path: Path, n_each: int, finding: str) -> None:
    """Eight sources; each article has a subject of its own whose word it repeats."""
    rng = np.random.default_rng(5)
    words = [a + b + c for a in SYLLABLES for b in SYLLABLES[:6] for c in "nrst"]
    subjects, common = words[:40], words[40:]
    rows = ["title,text,source,date,url"]
    for i in range(8 * n_each):
        subject = subjects[int(rng.integers(len(subjects)))]
        text = [str(w) for w in rng.choice(common, 260)]
        for place in rng.choice(260, 18, replace=False):
            text[int(place)] = subject
        sentences = [" ".join(text[k : k + 13]).capitalize() + "." for k in range(0, 260, 13)]
        rows.append(f"T{i},{' '.join(sentences)},Source {i % 8},2024-01-{i % 28 + 1:02d},")
    path = tmp_path / "random.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    build_index([path], tmp_path / "index")
    index = open_index(tmp_path / "index")
    keyness = TABLES["keyness"](index, Scope())
    assert len(keyness) > 100
    assert keyness["distinguishable"].sum() == 0
    mixes = TABLES["source_topics"](index, Scope())
    said = findings.source_topics(mixes, TABLES["topics"](index, Scope()))
    assert finding in said


def test_a_real_difference_is_found(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    words = [a + b + c for a in SYLLABLES for b in SYLLABLES[:6] for c in "nrst"]
    rows = ["title,text,source,date,url"]
    for i in range(48):
        text = [str(w) for w in rng.choice(words, 260)]
        if i % 8 == 0:
            for place in rng.choice(260, 5, replace=False):
                text[int(place)] = "harbour"
        sentences = [" ".join(text[k : k + 13]).capitalize() + "." for k in range(0, 260, 13)]
        rows.append(f"T{i},{' '.join(sentences)},Source {i % 8},2024-01-{i % 28 + 1:02d},")
    path = tmp_path / "real.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    build_index([path], tmp_path / "index")
    keyness = TABLES["keyness"](open_index(tmp_path / "index"), Scope())
    clear = keyness[keyness["distinguishable"]]
    assert clear["term"].tolist() == ["harbour"]
    assert clear["source"].tolist() == ["Source 0"]


def test_articles_without_a_word_have_every_table(tmp_path: Path) -> None:
    rows = "".join(f"☃ {i},{'☃ ' * 20}{i},Source {i}\n" for i in range(3))
    (tmp_path / "signs.csv").write_text(f"title,text,source\n{rows}", encoding="utf-8")
    build_index([tmp_path / "signs.csv"], tmp_path / "index", clean="never")
    index = open_index(tmp_path / "index")
    n_rows = {name: len(table(index, Scope())) for name, table in TABLES.items()}
    assert n_rows["articles"] == 3
    assert n_rows["keyness"] == 0
