"""The five seeds, every line and field checked by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.corpus.importing.read import Corpus, read_corpus

# Lines that are not kept, by label; blank lines are left out. All others are the article.
NOT_KEPT = {
    "000": {"metadata": [1, 4, 6], "boilerplate": [3, 20]},
    "001": {"metadata": [1, 5, 7, 59], "boilerplate": [65]},
    "002": {"boilerplate": [1, 2, 3, 4]},
    "003": {"metadata": [1, 3], "boilerplate": [4, 24]},
    "004": {
        "metadata": [1, 16, 42, 51, 60],
        "boilerplate": [3, 4, 5, 6, 7, 9, 11, 13, 14, 18, 19, 20, 21, 23, 30, 31, 33, 35,
                        39, 40, 48, 49, 57, 58, 64, 65],
    },
}  # fmt: skip
REASONS = {
    ("000", 3): "image file name",
    ("000", 4): "photo credit",
    ("000", 20): "heading of links",
    ("001", 5): "web address",
    ("001", 9): "short line",
    ("001", 11): "photo caption",
    ("001", 27): "photo caption",
    ("001", 59): "contributor credit",
    ("001", 65): "mailing-list footer",
    ("002", 1): "tab label",
    ("002", 4): "tab label",
    ("002", 6): "subheading",
    ("003", 3): "date",
    ("003", 24): "share button",
    ("004", 3): "error message of a page",
    ("004", 9): "house label",
    ("004", 13): "sponsor's logo",
    ("004", 16): "names the sources cited",
    ("004", 18): "icon name",
    ("004", 33): "house label",
    ("004", 37): "subheading",
    ("004", 42): "names the source",
    ("004", 64): "logo",
}
XI_URL = (
    "https://asia.nikkei.com/Politics/International-relations/"
    "Xi-Jinping-and-Vladimir-Putin-agree-to-bolster-trade-amid-storms"
)
# What the texts alone give: (value, basis, line).
FIELDS = {
    "000": {
        "title": (
            "Xi and Putin meet as trade between Beijing and Moscow at all time high", "stated", 1
        ),
        "date": ("2023-10-23/..", "bounded", 8),
    },
    "001": {
        "title": (
            "Xi Jinping and Vladimir Putin agree to bolster trade amid 'storms'", "stated", 1
        ),
        "source": ("Nikkei Asia", "stated", 5),
        "original_source": ("Nikkei Asia", "stated", 5),
        "date": ("2024-05-16", "inferred", 11),
        "authors": (None, "unknown", 59),
        "url": (XI_URL, "stated", 5),
    },
    "002": {"date": ("2022-02-01/..", "bounded", 11)},
    "003": {
        "title": (
            "Seeking Further Support for War Effort, Putin talks with Xi in Beijing", "stated", 1
        ),
        "date": ("2024-05-16", "stated", 3),
    },
    "004": {
        "title": ("Putin and Xi meet in Beijing as countries deepen ties", "stated", 1),
        "source": ("Semafor", "inferred", 64),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def given(seeds_dir: Path) -> Corpus:
    return read_corpus([seeds_dir])


@pytest.fixture(scope="module")
def bare(seeds_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The seeds without their metadata.csv."""
    folder = tmp_path_factory.mktemp("bare")
    for path in seeds_dir.glob("*.txt"):
        shutil.copy(path, folder)
    return read_corpus([folder])


@pytest.mark.parametrize("seed", sorted(NOT_KEPT))
def test_every_line_has_the_label_given_by_hand(given: Corpus, seed: str) -> None:
    article = next(a for a in given.articles if a.file.startswith(seed))
    expected = {n: label for label, numbers in NOT_KEPT[seed].items() for n in numbers}
    for line in article.lines:
        label = expected.get(line.number, "keep") if line.text.strip() else "boilerplate"
        assert line.label == label, line
        assert line.reason


@pytest.mark.parametrize(("seed", "number"), sorted(REASONS))
def test_a_line_says_why(given: Corpus, seed: str, number: int) -> None:
    article = next(a for a in given.articles if a.file.startswith(seed))
    assert article.lines[number - 1].reason == REASONS[seed, number]


def test_lines_are_those_of_the_file(given: Corpus, seeds_dir: Path) -> None:
    for article in given.articles:
        text = (seeds_dir / article.file).read_text(encoding="utf-8")
        assert [line.text for line in article.lines] == text.splitlines()
        assert [line.number for line in article.lines] == list(range(1, len(article.lines) + 1))


@pytest.mark.parametrize("seed", sorted(FIELDS))
def test_fields_rest_on_the_text(bare: Corpus, seed: str) -> None:
    article = next(a for a in bare.articles if a.file.startswith(seed))
    found = {name: (f.value, f.basis, f.line) for name, f in article.fields.items()}
    expected = {name: (None, "unknown", None) for name in found} | FIELDS[seed]
    assert found == expected


def test_an_inferred_date_quotes_both_clues(bare: Corpus) -> None:
    evidence = bare.articles[1].fields["date"].evidence
    assert "May 16" in evidence
    assert "Thursday" in evidence
    assert "line 11" in evidence
    assert "October 2023" in evidence


def test_metadata_csv_goes_over_the_text_and_says_how_it_is_known(given: Corpus) -> None:
    fields = {article.file[:3]: article.fields for article in given.articles}
    assert {seed: f["date"].value for seed, f in fields.items()} == {
        "000": "2023-10-23",
        "001": "2024-05-16",
        "002": "2025-11-04",
        "003": "2024-05-16",
        "004": "2024-05-16",
    }
    assert {seed: f["source"].value for seed, f in fields.items()} == {
        "000": "CSIS summary",
        "001": "Nikkei Asia",
        "002": "Unnamed brief",
        "003": "Unnamed outlet",
        "004": "Semafor",
    }
    changed = {(s, name) for s, f in fields.items() for name in f if f[name].basis == "given"}
    assert changed == {
        ("000", "date"), ("000", "source"), ("002", "date"), ("002", "source"), ("002", "title"),
        ("003", "source"), ("004", "date"),
    }  # fmt: skip
    assert "outside knowledge" in fields["002"]["date"].evidence
    assert "outside knowledge" in fields["004"]["date"].evidence


def test_the_report_accounts_for_the_seeds(given: Corpus, bare: Corpus) -> None:
    assert given.report.totals == {"records": 5, "kept": 5, "quarantined": 0, "merged": 0}
    assert [file.problems for file in given.report.files] == [[]] * 6
    # Corrections don't change what an article is.
    assert [a.article_id for a in given.articles] == [a.article_id for a in bare.articles]
