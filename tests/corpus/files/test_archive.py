"""Archives: members in memory, with every limit counted as bytes come out."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.corpus import limits
from dashboard.corpus.files import archive as archives
from dashboard.corpus.files.archive import read_members
from dashboard.corpus.files.member import Member
from dashboard.corpus.importing import process as worker
from dashboard.corpus.importing.read import read_corpus
from dashboard.corpus.readers.registry import RefusedFile
from dashboard.corpus.readers.sniffing import archive_kind
from dashboard.corpus.report import FileReport

TEXT = "The council voted on Tuesday to fund a new bridge across the river. Number {}.\n"


def members(data: bytes) -> list[Member]:
    return list(read_members(io.BytesIO(data), archive_kind(data)))


def contents(data: bytes) -> dict[str, bytes]:
    return {member.name: member.data for member in members(data) if member.refused is None}


def refusals(data: bytes) -> dict[str, str]:
    return {m.name: m.refused.reason for m in members(data) if m.refused is not None}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def check(folder: Path, name: str, data: bytes) -> FileReport:
    path = folder / name
    path.write_bytes(data)
    report = read_corpus([path]).report
    report.check()
    (entry,) = report.files
    assert sorted(p.name for p in folder.iterdir()) == [name]
    return entry


PACKERS: list[Callable[[dict[str, bytes]], bytes]] = [
    zipped,
    lambda files: zipped(files, zipfile.ZIP_STORED),
    tarred,
    lambda files: tarred(files, "w:gz"),
    lambda files: tarred(files, "w:bz2"),
    lambda files: tarred(files, "w:xz"),
]


@pytest.mark.parametrize("pack", PACKERS)
def test_every_kind_gives_its_files_in_order(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    files = {"b.txt": b"b" * 100_000, "inner/a.txt": b"a", "inner/empty.txt": b""}
    assert list(contents(pack(files)).items()) == list(files.items())


@pytest.mark.parametrize("pack", PACKERS)
def test_hidden_files_and_folders_are_left_out(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    files = {"__MACOSX/._a.txt": b"x", ".git/config": b"x", "a/.DS_Store": b"x", "a/a.txt": b"y"}
    assert contents(pack(files)) == {"a/a.txt": b"y"}
    with pytest.raises(RefusedFile, match="empty"):
        members(pack({"__MACOSX/._a.txt": b"x"}))


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_file_is_one_member_without_a_name(
    compress: Callable[[bytes], bytes],
) -> None:
    data = bytes(range(256)) * 1000
    assert contents(compress(data)) == {"": data}
    # Two streams in a row are one file, and zeros after it are padding.
    assert contents(compress(data) + compress(b"more") + b"\0" * 512) == {"": data + b"more"}
    with pytest.raises(RefusedFile, match="incomplete"):
        members(compress(data)[:-9])
    with pytest.raises(RefusedFile, match=r"ratio|times its size"):
        members(compress(b"\0" * 3_000_000))


def test_paths_that_point_out_are_refused() -> None:
    names = ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "C:/evil.txt", "good.txt"]
    for pack in (zipped, tarred):
        data = pack({name: b"x" for name in names})
        assert list(contents(data)) == ["good.txt"]
        assert all("unsafe" in reason for reason in refusals(data).values())
        assert len(refusals(data)) == 4
    assert list(refusals(zipped({"..\\evil.txt": b"x"}))) == ["../evil.txt"]


def test_links_and_devices_are_refused() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "not supported" in refusals(buffer.getvalue())["link.txt"]
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"kind{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
    assert len(refusals(buffer.getvalue())) == 4
    assert all("not supported" in reason for reason in refusals(buffer.getvalue()).values())


def test_encrypted_members_are_refused_by_name() -> None:
    data = bytearray(zipped({"secret.txt": b"x" * 100}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusals(bytes(data))["secret.txt"]


def test_names_without_a_flag_are_utf_8_where_they_can_be() -> None:
    data = zipped({"zürich.txt": b"x"})
    for at in (data.index(b"PK\x03\x04") + 7, data.index(b"PK\x01\x02") + 9):
        assert data[at] & 8
        data = data[:at] + bytes([data[at] & ~8]) + data[at + 1 :]
    assert list(contents(data)) == ["zürich.txt"]


def test_of_two_members_with_one_name_both_are_read() -> None:
    # Written under another name first: the module warns of what is meant here.
    data = zipped({"a/b.txt": b"one", "a/c.txt": b"two"}).replace(b"a/c.txt", b"a/b.txt")
    assert contents(data) == {"a/b.txt": b"one", "a/b (2).txt": b"two"}


def test_sizes_that_lie_and_wrong_checksums() -> None:
    data = zipped({"a.txt": b"a" * 5000, "b.txt": b"good"})
    at = data.index(b"PK\x01\x02") + 24
    lie = data[:at] + struct.pack("<I", 10) + data[at + 4 :]
    assert contents(lie) == {"b.txt": b"good"}
    assert "damaged" in refusals(lie)["a.txt"]
    stored = zipped({"a.txt": b"a" * 5000}, zipfile.ZIP_STORED)
    flipped = stored.replace(b"aaaa", b"aaba", 1)
    assert "damaged" in refusals(flipped)["a.txt"]


def test_members_that_lie_over_each_other_are_refused() -> None:
    data = zipped({"a.txt": b"a" * 500, "b.txt": b"b" * 500}, zipfile.ZIP_STORED)
    second = data.rindex(b"PK\x01\x02") + 42
    overlapping = data[:second] + struct.pack("<I", 0) + data[second + 4 :]
    with pytest.raises(RefusedFile, match="over each other"):
        members(overlapping)


def test_limits_are_counted_as_bytes_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.corpus.files.member.MAX_MEMBER", 10_000)
    monkeypatch.setattr(limits, "LEAST_UNPACKED", 100_000)
    monkeypatch.setattr(limits, "MOST_TIMES", 0)
    noise = bytes(range(256)) * 30
    files = {"large.txt": noise * 2, **{f"{i:02}.txt": noise for i in range(20)}}
    for pack in (zipped, lambda files: zipped(files, zipfile.ZIP_STORED)):
        found = members(pack(files))
        assert found[0].refused is not None
        assert "too large" in found[0].refused.reason
        assert found[1].data == noise
        assert found[-1].unread > 1
        assert sum(len(member.data) for member in found) <= 100_000
        assert sum(max(member.unread, 1) for member in found) == 21
    found = members(tarred(files))
    assert found[0].refused is not None
    assert found[1].data == noise
    assert found[-1].refused is not None
    assert "expands" in found[-1].refused.reason


def test_too_regular_a_member_is_a_bomb() -> None:
    data = zipped({"bomb.txt": b"\0" * 3_000_000, "small.txt": b"\0" * 500_000})
    assert list(contents(data)) == ["small.txt"]
    assert "200 times" in refusals(data)["bomb.txt"]
    assert "200 times" in refusals(tarred({"bomb.txt": b"\0" * 30_000_000}, "w:gz"))["bomb.txt"]


@pytest.mark.parametrize("pack", PACKERS)
def test_more_members_than_allowed_are_counted(
    pack: Callable[[dict[str, bytes]], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    found = members(pack({f"{i}.txt": b"x" for i in range(8)}))
    assert [member.name for member in found] == ["0.txt", "1.txt", "2.txt", ""]
    assert found[-1].unread == 5


def test_what_came_out_whole_of_a_cut_tar_is_kept() -> None:
    files = {f"{i}.txt": bytes([65 + i]) * 3000 for i in range(4)}
    for data in (tarred(files)[: 3 * 3584 - 100], tarred(files)[: 2 * 3584], tarred(files)[:7700]):
        found = contents(data)
        assert found == {name: files[name] for name in list(found)}
        assert len(found) == 2
        assert any("incomplete" in reason for reason in refusals(data).values())
    noise = {f"{i}.txt": bytes((i * j * j) % 251 for j in range(90_000)) for i in range(1, 5)}
    packed = tarred(noise, "w:gz")
    cut = packed[: len(packed) * 2 // 3]
    assert contents(cut)
    assert "incomplete" in " ".join(refusals(cut).values())
    assert "incomplete" in refusals(tarred(files)[:1000])["0.txt"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"\0" * 100,
        zipped({"a.txt": b"a" * 500})[:-30],
        b"\x1f\x8b\x08\0nonsense",
        b"BZh91AY&SY" + b"\0" * 50,
        b"\xfd7zXZ\x00" + b"\0" * 50,
        b"\0" * 257 + b"ustar" + b"\xff" * 300,
    ],
    # Not by what they hold: in a zip is the time at which it was made.
    ids=["zip", "zip cut off", "gzip", "bzip2", "xz", "tar"],
)
def test_damaged_archives_are_refused(data: bytes) -> None:
    with pytest.raises(RefusedFile, match="damaged") as caught:
        members(data)
    assert caught.value.remedy


def test_an_archive_is_one_entry_with_its_members_inside(tmp_path: Path) -> None:
    files = {
        "BBC/one.txt": TEXT.format(1).encode() * 3,
        "Reuters/2024/two.txt": TEXT.format(2).encode() * 3,
        "three.txt": TEXT.format(3).encode() * 3,
        "table.csv": b"title,text\nBridge,The council voted for a bridge.\nEmpty,\n",
        "image.txt": b"\x89PNG\r\n\x1a\n\0\0",
        "deeper.zip": zipped({"x.txt": b"x"}),
    }
    path = tmp_path / "drop.zip"
    path.write_bytes(zipped(files))
    corpus = read_corpus([path])
    (entry,) = corpus.report.files
    assert (entry.file, entry.format) == ("drop.zip", "zip")
    assert (entry.records, entry.kept, entry.quarantined, entry.merged) == (5, 4, 1, 0)
    assert {a.file: a.fields["source"].value for a in corpus.articles} == {
        "drop.zip/BBC/one.txt": "BBC",
        "drop.zip/Reuters/2024/two.txt": "Reuters",
        "drop.zip/three.txt": None,
        "drop.zip/table.csv": None,
    }
    said = {problem.reason.partition(":")[0]: problem for problem in entry.problems}
    assert set(said) == {"table.csv", "image.txt", "deeper.zip"}
    assert said["table.csv"].row == 2
    assert "archive in an archive" in said["deeper.zip"].reason
    assert all(problem.remedy for problem in entry.problems)


def test_the_folder_that_was_packed_is_no_source(tmp_path: Path) -> None:
    path = tmp_path / "Corpus (1).zip"
    path.write_bytes(zipped({"corpus/a.txt": TEXT.encode(), "corpus/BBC/b.txt": TEXT.encode()}))
    sources = {a.file[-5:]: a.fields["source"].value for a in read_corpus([path]).articles}
    assert sources == {"a.txt": None, "b.txt": "BBC"}


def test_a_folder_on_the_disk_names_the_source_of_an_archive(tmp_path: Path) -> None:
    (tmp_path / "BBC").mkdir()
    (tmp_path / "BBC" / "may.tar.gz").write_bytes(tarred({"a.txt": TEXT.encode()}, "w:gz"))
    (article,) = read_corpus([tmp_path]).articles
    assert article.file == "BBC/may.tar.gz/a.txt"
    assert article.fields["source"].value == "BBC"


def test_metadata_inside_counts_for_its_folder(tmp_path: Path) -> None:
    files = {
        "metadata.csv": b"file,source\na.txt,Outer\nin/b.txt,Outer\nno.txt,X\n",
        "in/metadata.csv": b"file,title,source\nb.txt,Given title,Inner\n",
        "a.txt": TEXT.format(1).encode() * 3,
        "in/b.txt": TEXT.format(2).encode() * 3,
    }
    path = tmp_path / "drop.tar"
    path.write_bytes(tarred(files))
    corpus = read_corpus([path])
    given = {a.file: a.fields["source"].value for a in corpus.articles}
    assert given == {"drop.tar/a.txt": "Outer", "drop.tar/in/b.txt": "Inner"}
    assert corpus.articles[1].fields["title"].value == "Given title"
    (entry,) = corpus.report.files
    assert [(p.row, p.reason) for p in entry.problems] == [
        (3, "metadata.csv: there is no file no.txt")
    ]


def test_metadata_beside_an_archive_names_its_members(tmp_path: Path) -> None:
    (tmp_path / "drop.zip").write_bytes(zipped({"in/a.txt": TEXT.encode() * 3}))
    (tmp_path / "metadata.csv").write_text("file,source\ndrop.zip/in/a.txt,Given\n")
    (article,) = read_corpus([tmp_path]).articles
    assert article.fields["source"].value == "Given"


def test_a_compressed_table_and_a_cut_one(tmp_path: Path) -> None:
    table = b"title,text\n" + b"".join(
        f"Bridge {i},The council voted for bridge number {i * i}.\n".encode() for i in range(300)
    )
    entry = check(tmp_path, "news.csv.gz", gzip.compress(table))
    assert (entry.format, entry.kept) == ("csv", 300)
    entry = check(tmp_path, "news.csv.gz", gzip.compress(table)[:-300])
    assert (entry.kept, entry.records) == (0, 0)
    assert "incomplete" in entry.problems[0].reason


def test_unread_members_are_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 20)
    # Read here, not in the process that wouldn't know of the lower limit.
    monkeypatch.setattr(worker, "_is_risky", lambda *_: False)
    files = {f"{i:04}.txt": f"Bridge {i} was opened by the mayor.".encode() for i in range(23)}
    entry = check(tmp_path, "many.zip", zipped(files, zipfile.ZIP_STORED))
    assert (entry.records, entry.kept, entry.quarantined) == (23, 20, 3)
    assert "3 more files were not read" in entry.problems[-1].reason
