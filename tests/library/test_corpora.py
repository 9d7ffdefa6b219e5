"""Users' corpora: found by their token only, stored under safe names, removed when unused."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from dashboard.library import corpora
from dashboard.library.corpora import (
    CorporaError,
    columns_key,
    create_corpus,
    find_corpus,
    remembered_mapping,
    remove_unused,
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path))


def test_a_corpus_is_found_by_its_token_only() -> None:
    corpus = create_corpus("Port strike")
    found = find_corpus(corpus.token)
    assert found is not None
    assert found.name == "Port strike"
    assert len({create_corpus("x").token for _ in range(5)}) == 5
    for token in ("", "..", "../corpora", corpus.token[:-1], corpus.token.upper(), "u" + "0" * 25):
        assert find_corpus(token) is None


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("a.txt", "a.txt"),
        ("bbc/a.txt", "bbc/a.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\news\\a.txt", "C_/news/a.txt"),
        ("/abs/a.txt", "abs/a.txt"),
        (".hidden", "hidden"),
        ("a\x00b|c.txt", "a_b_c.txt"),
        ("..", "unnamed"),
    ],
)
def test_names_stay_inside(name: str, stored: str) -> None:
    corpus = create_corpus("x")
    corpus.add([(name, b"text")])
    assert [p.relative_to(corpus.folder / "files").as_posix() for p in corpus.files] == [stored]


def test_too_much_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "MAX_BYTES", 10)
    corpus = create_corpus("x")
    corpus.add([("a", b"12345")])
    with pytest.raises(CorporaError, match="streamlit run"):
        corpus.add([("b", b"123"), ("c", b"123")])
    assert [p.name for p in corpus.files] == ["a"]


def test_nothing_is_replaced() -> None:
    corpus = create_corpus("x")
    corpus.add([("a.txt", b"one"), ("a?.txt", b"two"), ("a_.txt", b"three")])
    corpus.add([("a.txt", b"four"), ("a.txt", b"one")])
    assert sorted(p.read_bytes() for p in corpus.files) == [b"four", b"one", b"three", b"two"]
    assert all(p.suffix == ".txt" for p in corpus.files)


def test_unused_corpora_go() -> None:
    old, new = create_corpus("old"), create_corpus("new")
    os.utime(old.folder, (time.time() - 40 * 86_400,) * 2)
    remove_unused()
    assert find_corpus(old.token) is None
    assert find_corpus(new.token) is not None


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_nobody_else_can_list_the_tokens() -> None:
    folder = create_corpus("Port strike").folder
    assert [path.stat().st_mode & 0o777 for path in (folder, folder.parent)] == [0o700, 0o700]


def test_delete() -> None:
    corpus = create_corpus("x")
    corpus.add([("a.txt", b"text")])
    corpus.delete()
    assert find_corpus(corpus.token) is None


def test_a_mapping_is_remembered_for_the_same_columns_in_the_visitors_own_corpora() -> None:
    def key(*tables: list[str]) -> str:
        return columns_key({"files": [{"headers": headers} for headers in tables]})

    same = key(["body", "headline"])
    assert same == key(["headline", "body"]) == key([], ["body", "headline"], ["body", "headline"])
    assert same != key(["body", "headline", "desk"])
    assert key() == key([]) == key(["a"], ["b"]) == ""

    first, second, third = (create_corpus(name) for name in ("first", "second", "third"))
    first.change(mapping={"text": "body"}, columns_key=same)
    second.change(mapping={"text": "headline"}, columns_key=same)
    third.change(mapping={}, columns_key=same)
    assert remembered_mapping(same, [first, third]) == ({"text": "body"}, "first")
    assert remembered_mapping(same, [first, second]) == ({"text": "headline"}, "second")
    assert remembered_mapping(same, []) == remembered_mapping("", [first]) == ({}, "")
    # Names of columns, and of those the chosen ones only: no other name and no value is kept.
    assert "desk" not in (first.folder / "settings.json").read_text()


def test_what_is_left_of_a_deleted_corpus_is_named_opens_no_more_and_goes_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = create_corpus("Busy")
    corpus.add([("a.txt", b"text")])
    with monkeypatch.context() as patch:
        patch.setattr("dashboard.library.corpora.remove_tree", lambda folder: corpus.files)
        with pytest.raises(CorporaError, match=r"1 file could not be deleted yet.*a\.txt"):
            corpus.delete()
    assert corpus.folder.is_dir()
    assert find_corpus(corpus.token) is None
    remove_unused(time.time() + 120)
    assert not corpus.folder.exists()


@pytest.mark.parametrize(
    "name", ["con.txt", "Aux", "folder/nul.tar.gz", "COM1.csv", "a.txt. .", "b. "]
)
def test_names_that_windows_keeps_for_itself_are_others(name: str) -> None:
    corpus = create_corpus("Devices")
    corpus.add([(name, b"text")])
    [path] = corpus.files
    assert not path.name.endswith((".", " "))
    assert not re.fullmatch(r"(?i)(con|nul|aux|prn|com\d|lpt\d)(\..*)?", path.name)
