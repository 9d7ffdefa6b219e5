"""``python -m dashboard check``: the import report, for people and as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dashboard.cli import main

ROOT = Path(__file__).resolve().parent.parent

BODY = "The council voted on Tuesday to fund a new bridge across the river after months of debate."


def run(capfdbinary: pytest.CaptureFixture[bytes], *args: object) -> tuple[int, str, str]:
    code = main(["check", *map(str, args)])
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()


def test_a_report_for_people(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    rows = "".join(f"Bridge {i},{BODY if i > 2 else ''}\n" for i in range(1, 5))
    (tmp_path / "news.csv").write_text("title,text\n" + rows)
    (tmp_path / "photo\x1b[31m.png").write_bytes(b"\x89PNG")
    code, out, err = run(capfdbinary, tmp_path)
    assert (code, err) == (0, "")
    assert "news.csv (csv, utf-8)\n  4 records = 1 kept + 2 set aside + 1 merged" not in out
    assert "4 records = 2 kept + 2 set aside + 0 merged" in out
    assert "rows 1, 2, column text: empty text – " in out
    assert "columns: " in out
    assert "not read" in out
    assert "\x1b" not in out
    assert out.endswith("2 files: 4 records = 2 kept + 2 set aside + 0 merged\n")


def test_a_report_as_json(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    path = tmp_path / "drop.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/one.txt", BODY)
        archive.writestr("two.csv", f"title,text\nA,\nB,{BODY}\n")
    code, out, err = run(capfdbinary, path, "--json")
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert set(report) == {"files", "totals"}
    (entry,) = report["files"]
    assert {
        "file",
        "format",
        "encoding",
        "records",
        "kept",
        "quarantined",
        "merged",
        "problems",
    } <= set(entry)
    assert entry["headers"] == ["title", "text"]
    assert entry["file"] == "drop.zip"
    assert (entry["records"], entry["kept"], entry["quarantined"]) == (3, 2, 1)
    (problem,) = (p for p in entry["problems"] if p["row"] == 1)
    assert problem["reason"].startswith("two.csv: ")
    assert problem["column"] == "text"
    assert problem["remedy"]
    assert report["totals"] == {"records": 3, "kept": 2, "quarantined": 1, "merged": 0}


def test_one_entry_per_path_given(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "metadata.csv").write_text("file,source\na.txt,Post\nnowhere.txt,Post\n")
    (tmp_path / "hollow").mkdir()
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / ".DS_Store").write_text("x")
    names = ["a.txt", "b.txt", "hollow", "hidden"]
    code, out, _ = run(capfdbinary, *(tmp_path / name for name in names), "--json")
    assert code == 0
    entries = {entry["file"]: entry for entry in json.loads(out)["files"]}
    assert sorted(entries) == sorted(names)
    assert entries["a.txt"]["kept"] == 1
    # The file beside it isn't one of those given, but what is wrong with it is said.
    (problem,) = entries["a.txt"]["problems"]
    assert problem["reason"] == "metadata.csv: there is no file nowhere.txt"
    for name in ("hollow", "hidden"):
        assert entries[name]["records"] == 0
        (problem,) = entries[name]["problems"]
        assert problem["reason"].startswith("the folder is empty")
        assert problem["remedy"]


def test_the_exit_code_is_zero_whenever_there_is_a_report(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\0" * 100)
    assert run(capfdbinary, tmp_path / "bad.txt")[0] == 0
    code, out, err = run(capfdbinary, tmp_path / "bad.txt", tmp_path / "nowhere.txt")
    assert (code, out) == (2, "")
    assert "nowhere.txt" in err
    assert len(err.splitlines()) == 1


def test_columns_are_named_by_hand(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f"kopf,feld 1,feld 2\nA,x,{BODY}\n")
    code, out, _ = run(
        capfdbinary, path, "--json", "--map", "text=feld 2,title=kopf", "--map", "source=feld 1"
    )
    assert code == 0
    (entry,) = json.loads(out)["files"]
    assert entry["kept"] == 1
    assert entry["columns"] == {"text": "feld 2", "title": "kopf", "source": "feld 1"}
    for wrong in ("nonsense", "colour=red"):
        code, out, err = run(capfdbinary, path, "--map", wrong)
        assert (code, out) == (2, "")
        assert "--map" in err
        assert "text" in err


def test_cleaning_by_choice(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    path = tmp_path / "share.txt"
    path.write_text("Share on Facebook\nShare on Twitter\n")
    kept = {}
    for choice in ("always", "never"):
        code, out, _ = run(capfdbinary, path, "--json", "--clean", choice)
        assert code == 0
        kept[choice] = json.loads(out)["totals"]["kept"]
    assert kept == {"always": 0, "never": 1}
    assert run(capfdbinary, path, "--clean", "sometimes")[0] == 2


def test_a_limited_build_that_needs_more_memory_is_one_line(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(*args: object, **kwargs: object) -> None:
        raise MemoryError

    monkeypatch.setattr("dashboard.commands.build.limit_process", lambda *_: None)
    monkeypatch.setattr("dashboard.index.building.build.build_index", too_much)
    (tmp_path / "a.txt").write_text(BODY)
    code = main(["build", str(tmp_path / "a.txt"), "--out", str(tmp_path / "x"), "--limits"])
    out, err = capfdbinary.readouterr()
    assert (code, out) == (2, b"")
    assert "needs more memory than the process may have" in err.decode()
    assert len(err.splitlines()) == 1


def build(capfdbinary: pytest.CaptureFixture[bytes], *words: object) -> tuple[int, str]:
    code = main(["build", *map(str, words)])
    return code, capfdbinary.readouterr().err.decode()


def build_within(megabytes: int, *words: str) -> subprocess.CompletedProcess[str]:
    """A build in a process of its own, which may grow by so much once all is imported."""
    code = (
        f"import sys\n{BOUND.format(room=megabytes)}\n"
        "from dashboard.cli import main\nsys.exit(main(sys.argv[1:]))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, "build", *words],
        cwd=ROOT, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip


BOUND = """
import resource
import dashboard.index.building.build
with open('/proc/self/statm') as file:
    held = int(file.read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + {room} * 10**6,) * 2)
"""
TEXT = "Der Stadtrat stimmte am Dienstag nach langer Debatte für eine neue Brücke.\n\n" * 30


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")
def test_a_small_text_needs_no_more_memory_than_it_has(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = build_within(400, str(tmp_path / "a.txt"), "--out", str(tmp_path / "i"))
    assert done.returncode == 0, done.stderr
    assert "1 article" in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")
def test_a_build_without_memory_leaves_what_was_there(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "i"
    assert build(capfdbinary, tmp_path / "a.txt", "--out", out)[0] == 0
    before = (out / "CURRENT").read_text()
    line = TEXT.replace("\n", " ") * 40
    (tmp_path / "b.txt").write_text(f"{line}\n" * 500, encoding="utf-8")  # 46 MB
    done = build_within(60, str(tmp_path / "b.txt"), "--out", str(out))
    assert done.returncode == 2
    assert "needs more memory" in done.stderr.splitlines()[-1]
    assert (out / "CURRENT").read_text() == before


def test_a_build_that_could_read_nothing_leaves_what_was_there(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 no text")
    out = tmp_path / "i"
    code, err = build(capfdbinary, tmp_path / "b.pdf", "--out", out)
    assert code == 2
    assert "b.pdf: " in err.splitlines()[-1]
    assert not (out / "CURRENT").exists()
    assert build(capfdbinary, tmp_path / "a.txt", "--out", out)[0] == 0
    before = (out / "CURRENT").read_text()
    for words in ([], ["--add"], ["--keep-empty"]):
        assert build(capfdbinary, tmp_path / "b.pdf", "--out", out, *words)[0] == 2
        assert (out / "CURRENT").read_text() == before


def test_the_report_says_what_was_guessed_and_what_to_name(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def said(*orgs: str) -> str:
        rows = [f"The council votes on bridge number {i}.,{orgs[i % 2]}" for i in range(8)]
        (tmp_path / "a.csv").write_text("\n".join(["text,Org", *rows]), encoding="utf-8")
        return run(capfdbinary, tmp_path / "a.csv")[1]

    assert "source = Org (guessed from its values)" in said("Daily Quay", "Port News")
    assert "no source: it may be Org (say so with --map source=…)" in said("Alpha", "Beta")
