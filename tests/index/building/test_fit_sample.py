"""What of a fit an index keeps: phrases and words are ranked by one measure, articles."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from dashboard.index.building import fit_sample, lexicon_build
from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.index.terms.lexicon import STOP

MOST = 40
PHRASE = "Vila Nova"


@pytest.fixture(autouse=True)
def _few_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon_build, "MOST_ANALYSED", MOST)
    monkeypatch.setattr(lexicon_build, "_ROOM", 0)


def built(folder: Path, articles: Iterable[Iterable[str]]) -> Index:
    """The index of articles, each given by its paragraphs."""
    rows = [{"text": "\n\n".join(paragraphs)} for paragraphs in articles]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    build_index([folder / "a.jsonl"], folder / "index")
    return open_index(folder / "index")


def paragraph(words: Iterable[str], number: int) -> str:
    """Long enough to be a passage of its own, and no other's copy."""
    return f"Item{number:04d} {' '.join(words)} " + f"palavra{number:04d} " * 60


def articles_of(index: Index) -> tuple[dict[str, int], dict[str, int]]:
    """Articles of each term that is analysed, and of each other that could be."""
    lexicon = index.lexicon
    analysed = set(lexicon.analysed.tolist())
    inside: dict[str, int] = {}
    outside: dict[str, int] = {}
    for number, term in enumerate(lexicon.terms):
        if not lexicon.flags[number] & STOP and lexicon.doc_freq[number]:
            (inside if number in analysed else outside)[term] = int(lexicon.doc_freq[number])
    return inside, outside


def test_a_phrase_of_many_passages_of_one_article_is_not_put_before_words_of_many_articles(
    tmp_path: Path,
) -> None:
    common = [f"termo{'abcdefgh'[i % 8]}{'klmnopqr'[i // 8]}" for i in range(50)]
    index = built(
        tmp_path,
        [
            [paragraph([f"ontem em {PHRASE} caiu", common[0]], 100 + i) for i in range(12)],
            *[[paragraph(common, i)] for i in range(5)],
        ],
    )
    inside, outside = articles_of(index)
    assert len(inside) == MOST
    assert outside["vila nova"] == 1
    assert min(inside.values()) >= max(outside.values()) == 5


def test_a_phrase_counted_in_a_sample_is_ranked_by_its_articles_of_the_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit_sample, "MOST_FITTED", 100)
    monkeypatch.setattr(fit_sample, "SAMPLE", 40)
    common = [f"termo{'abcdefgh'[i % 8]}{'klmnopqr'[i // 8]}" for i in range(50)]
    index = built(
        tmp_path,
        [
            [paragraph([*(common if i < 60 else []), f"ontem em {PHRASE} caiu"], i)]
            for i in range(120)
        ],
    )
    inside, outside = articles_of(index)
    assert len(inside) == MOST
    assert inside["vila nova"] == 120
    assert set(outside.values()) == {1, 60}
