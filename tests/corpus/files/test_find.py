"""Which files are met, and what they are called."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from dashboard.corpus.files.find import CorpusError, find_files, member_folder
from dashboard.corpus.importing.read import read_corpus


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


def test_folders_without_anything_to_read_are_named(tmp_path: Path) -> None:
    touch(tmp_path, "full/a.txt", "hidden/.DS_Store", "named/metadata.csv")
    (tmp_path / "empty").mkdir()
    folders = [tmp_path / name for name in ("full", "hidden", "named", "empty")]
    assert find_files(folders).empty == {
        "hidden": "the folder is empty (hidden files are not read)",
        "named": "the folder holds nothing but metadata.csv",
        "empty": "the folder is empty",
    }
    entries = read_corpus(folders).report.files
    said = [e.problems[0] for e in entries if e.format not in ("text", "metadata")]
    assert len(said) == 3
    assert all(problem.remedy for problem in said)
    assert find_files([tmp_path]).empty == {}


def test_metadata_beside_a_file_is_told_from_metadata_given(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", "metadata.csv")
    place = tmp_path / "metadata.csv"
    assert find_files([tmp_path / "a.txt"]).beside == {place}
    assert find_files([tmp_path]).beside == frozenset()
    assert find_files([tmp_path / "a.txt", place]).beside == frozenset()


@pytest.mark.parametrize(
    ("member", "archive", "folder"),
    [
        ("a.txt", "drop.zip", ""),
        ("BBC/a.txt", "drop.zip", "BBC"),
        ("BBC/2024/05/a.txt", "drop.zip", "BBC"),
        ("drop/a.txt", "drop.zip", ""),
        ("Drop/BBC/a.txt", "in/drop.tar.gz", "BBC"),
        ("drop/a.txt", "drop (2).zip", ""),
        ("2024/a.txt", "drop.zip", ""),
    ],
)
def test_folders_in_archives_name_sources(member: str, archive: str, folder: str) -> None:
    assert member_folder(member, archive) == folder


def test_folders_of_a_kind_of_file_are_no_sources(tmp_path: Path) -> None:
    for name in ("txt/a.txt", "Reuters/html/b.txt", "Reuters/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The mayor opened bridge {name} on Monday.", encoding="utf-8")
    assert [source for _, source in found(tmp_path)] == ["Reuters", "Reuters", ""]


@pytest.mark.parametrize(
    ("names", "sources"),
    [
        (("my articles/a.txt", "my articles/b.txt"), ["", ""]),
        (("my articles/CNN/a.txt", "my articles/b.txt"), ["CNN", ""]),
        (("Reuters/a.txt", "Reuters/b.txt"), ["Reuters", "Reuters"]),
        (("Gazette/a.txt", "Herald/b.txt"), ["Gazette", "Herald"]),
    ],
)
def test_the_folder_that_wraps_an_archive_is_no_source(
    tmp_path: Path, names: tuple[str, ...], sources: list[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "upload.zip", "w") as archive:
        for name in names:
            archive.writestr(name, f"The mayor opened bridge {name} on Monday.")
    assert [source for _, source in found(tmp_path / "upload.zip")] == sources


def test_a_folder_of_a_language_names_no_source(tmp_path: Path) -> None:
    for place in ("Der Bote/de", "en", "Der Bote/de-CH"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "a.txt").write_text("a")
    folders = {file.name: file.folder for file in find_files([tmp_path]).files}
    assert folders == {"Der Bote/de/a.txt": "Der Bote", "Der Bote/de-CH/a.txt": "Der Bote",
                       "en/a.txt": ""}  # fmt: skip


@pytest.mark.parametrize("ending", ["_files", "-Dateien", "_fichiers", "_файлы"])
def test_what_a_browser_puts_beside_a_page_is_not_read(tmp_path: Path, ending: str) -> None:
    (tmp_path / "Mill sold.html").write_text("<p>a</p>")
    beside = tmp_path / f"Mill sold{ending}"
    beside.mkdir()
    (beside / "ad.html").write_text("<p>b</p>")
    found = find_files([tmp_path])
    assert [file.name for file in found.files] == ["Mill sold.html"]
    assert found.of_pages == {f"Mill sold{ending}": "Mill sold.html"}


def test_a_folder_called_so_without_its_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "all_files").mkdir()
    (tmp_path / "all_files" / "a.txt").write_text("a")
    found = find_files([tmp_path])
    assert [(file.name, file.folder) for file in found.files] == [("all_files/a.txt", "")]
