"""The demo corpus: the file is what the script writes, and what is planted in it is found."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from benchmarks import demo
from benchmarks.demo_events import EVENTS
from benchmarks.demo_words import OUTLETS, THEMES
from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.places import DEMO
from dashboard.scope import Scope

N_ARTICLES = 368


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    out = tmp_path_factory.mktemp("demo") / "index"
    build_index([DEMO], out)
    return open_index(out)


def test_the_file_is_what_the_script_writes_and_small() -> None:
    (file,) = DEMO.iterdir()
    data = file.read_bytes()
    assert gzip.decompress(data) == gzip.decompress(demo.written())
    assert len(data) < 1_000_000
    assert "generated-not-news" in file.name


def test_every_article_is_kept_and_says_what_is_unknown(index: Index) -> None:
    totals = index.report["totals"]
    assert (totals["records"], totals["kept"]) == (N_ARTICLES, N_ARTICLES)
    assert {source.name for source in index.sources} == set(OUTLETS)
    articles = TABLES["articles"](index, Scope())
    assert articles["source"].isna().sum() == N_ARTICLES // demo.UNSIGNED
    assert index.n_undated == N_ARTICLES // demo.UNDATED


def test_themes_are_found_as_topics(index: Index) -> None:
    topics = TABLES["topics"](index, Scope())
    assert (topics["kind"] == "theme").sum() >= len(THEMES)
    assert topics["share"].notna().all()
    assert len(TABLES["topic_map"](index, Scope())) == N_ARTICLES
    # The topic of most of an article's words, and the theme whose words it holds most of.
    cut, words = index.cut(), Counter[tuple[int, int]]()
    slices = (index.slice_article, cut.slice_topic, index.slice_words)
    for article, topic, n in zip(*(each.tolist() for each in slices), strict=True):
        words[article, topic] += n
    largest = {article: topic for (article, topic), _ in reversed(words.most_common())}
    pairs = Counter((topic, theme_of(index, article)) for article, topic in largest.items())
    best = {topic: max(n for (t, _), n in pairs.items() if t == topic) for topic, _ in pairs}
    assert sum(best.values()) / N_ARTICLES > 0.95


def theme_of(index: Index, article: int) -> str:
    text = " ".join(index.passages(article))
    return max(THEMES, key=lambda t: sum(text.count(w) for w in THEMES[t]["what"].split("|")))


def test_events_are_stories_of_several_outlets(index: Index) -> None:
    stories = TABLES["story_list"](index, Scope())
    for event in EVENTS:
        found = stories[stories["label"].str.startswith(event[2])]
        assert found["n_sources"].max() >= 3, event[2]


def test_reprints_rises_families_voices_and_figures_are_there(index: Index) -> None:
    copies = TABLES["copies"](index, Scope())
    assert (copies["kind"] == "same article").sum() >= 20
    assert {"Union Press"} <= {*copies["source_a"], *copies["source_b"]}
    families = TABLES["families"](index, Scope())
    assert families["family"].nunique() == len({family for family, *_ in OUTLETS.values()})
    assert {"doctors", "laboratories"} <= set(TABLES["bursts"](index, Scope())["term"])
    speakers = set(TABLES["quotes"](index, Scope())["speaker"].dropna())
    assert {"Greta Halloran", "Otto Lindqvist", "Clara Weiss"} <= speakers
    assert (TABLES["figures"](index, Scope())["status"] == "agree").sum() >= 20
    assert len(TABLES["timeline"](index, Scope())) >= 100
    leaning = TABLES["keyness"](index, Scope())
    marked = leaning[leaning["distinguishable"]]
    assert {"investors", "commuters", "listeners"} <= set(marked["term"])


def test_no_text_says_that_it_is_of_a_real_day_or_paper(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_bytes(gzip.decompress(demo.written()))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == N_ARTICLES
    assert all(row["text"].count("\n\n") >= 3 for row in rows)
    lengths = np.asarray([len(row["text"].split()) for row in rows])
    assert 100 < np.median(lengths) < 400
