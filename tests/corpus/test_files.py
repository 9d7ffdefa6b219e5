"""Which files are met, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.corpus import CorpusError, read_corpus


def found(*paths: Path) -> list[tuple[str, str]]:
    """Name and source of every article under ``paths``."""
    articles = read_corpus(paths).articles
    return [(article.file, article.fields["source"].value or "") for article in articles]


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def test_folders_are_walked_and_name_sources(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", "bbc/b.txt", "uk/the times/c.txt", "cnn/2024/05/d.txt", "2024/e.txt")
    assert found(tmp_path) == [
        ("2024/e.txt", ""),
        ("a.txt", ""),
        ("bbc/b.txt", "bbc"),
        ("cnn/2024/05/d.txt", "cnn"),
        ("uk/the times/c.txt", "the times"),
    ]


def test_hidden_files_are_skipped_unless_named(tmp_path: Path) -> None:
    touch(tmp_path, ".DS_Store", "Thumbs.db", ".git/x.txt", "__MACOSX/y.txt", "~$a.txt", "a.txt")
    assert [file.file for file in read_corpus([tmp_path]).report.files] == ["a.txt"]
    report = read_corpus([tmp_path / ".DS_Store"]).report
    assert [file.file for file in report.files] == [".DS_Store"]


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    touch(tmp_path, "one/a.txt", "two/a.txt", "two/b.txt")
    (tmp_path / "two" / "a.txt").write_text("other words", encoding="utf-8")
    paths = [tmp_path / "one", tmp_path / "two"]
    names = [name for name, _ in found(*paths)]
    assert names == ["b.txt", "one/a.txt", "two/a.txt"]
    assert [name for name, _ in found(*paths[::-1])] == names


def test_a_file_named_twice_is_one(tmp_path: Path) -> None:
    touch(tmp_path, "bbc/a.txt")
    paths = [tmp_path / "bbc" / "a.txt", tmp_path, tmp_path / "bbc"]
    assert found(*paths) == [("bbc/a.txt", "bbc")]


def test_a_missing_path_is_an_error_that_names_it(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    with pytest.raises(CorpusError, match=r"nowhere\.txt"):
        read_corpus([tmp_path / "a.txt", tmp_path / "nowhere.txt"])
    with pytest.raises(CorpusError, match="No path"):
        read_corpus([])


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    touch(tmp_path, "a/a.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "a" / "gone.txt").symlink_to(tmp_path / "nowhere")
    report = read_corpus([tmp_path / "a"]).report
    assert [(file.file, file.kept) for file in report.files] == [
        ("a.txt", 1),
        ("gone.txt", 0),
        ("loop", 0),
    ]
    assert "not followed" in report.files[2].problems[0].reason
