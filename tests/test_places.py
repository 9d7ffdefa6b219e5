"""Where things are, and what makes an index another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import places


def test_a_word_list_is_code_that_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PACKAGE", tmp_path)
    code = places.code_id.__wrapped__
    (tmp_path / "text").mkdir()
    seen = [code()]
    for name in ("rule.py", "words_en.txt"):
        (tmp_path / "text" / name).write_text("one", encoding="utf-8")
        seen.append(code())
    (tmp_path / "text" / "words_en.txt").write_text("two", encoding="utf-8")
    seen.append(code())
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "page.py").write_text("one", encoding="utf-8")
    assert len(set(seen)) == 4
    assert code() == seen[-1]


@pytest.mark.parametrize("text", ["", "0", "-3", "many", "1.5", "10000000"])
def test_a_number_that_makes_no_sense_is_the_default(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_BUILD_MB", text)
    assert places.number_setting("BUILD_MB", 7) == 7


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", ""),
        ("https://news.example.org", "https://news.example.org"),
        (" https://example.org/news/ ", "https://example.org/news"),
        ("http://10.0.0.5:8501", "http://10.0.0.5:8501"),
        ("https://[::1]:8501/a", "https://[::1]:8501/a"),
    ],
)
def test_the_address_that_links_begin_with(
    text: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_URL", text)
    assert places.public_url() == address


@pytest.mark.parametrize(
    "text",
    [
        "news.example.org", "javascript:alert(1)", "ftp://example.org", "https://", "https:///a",
        "https://example.org/?a=1", "https://example.org/#a", "https://me:word@example.org",
        "https://example.org/<b>", "https://exa mple.org", "https://example.org:99999",
        "https://example.org\nx", "https://[::1",
    ],
)  # fmt: skip
def test_what_is_no_address_is_said_and_not_used(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_URL", text)
    assert places.public_url() == ""
    (said,) = places.wrong_settings()
    assert said.startswith("NEWSPRISM_URL is '")
    assert "\n" not in said


def test_settings_that_can_be_used_say_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    usable = {
        "URL": "https://example.org", "READER_MB": "500", "BUILD_MB": "", "ENGINE": "numpy",
        "READER_SECONDS": "9", "CACHE": str(tmp_path / "new" / "cache"),
    }  # fmt: skip
    for name, value in usable.items():
        monkeypatch.setenv(f"NEWSPRISM_{name}", value)
    assert places.wrong_settings() == []
    assert not (tmp_path / "new").exists()  # what only asks writes nothing


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("READER_MB", "2 GB"), ("READER_MB", "0"), ("BUILD_MB", "1" * 5_000), ("BUILD_MB", "-5"),
        ("READER_SECONDS", "1.5"), ("READER_SECONDS", "minute\nminute"), ("ENGINE", "cupy"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_has_a_line_that_says_what_to_write(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"NEWSPRISM_{name}", value)
    (said,) = places.wrong_settings()
    assert said.startswith(f"NEWSPRISM_{name} is {value[:80]!r}")
    assert "; write " in said
    assert "\n" not in said
    assert len(said) < 300


@pytest.mark.parametrize("value", ["{file}/cache", "/" + "a" * 999, "~nobody-of-this-name/é"])
def test_a_cache_that_cannot_be_written_is_said(
    value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("NEWSPRISM_CACHE", value.format(file=tmp_path / "file"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "~nobody-of-this-name").write_text("", encoding="utf-8")
    (said,) = places.wrong_settings()
    assert str(places.cache_folder()) in said
    assert "name a folder" in said


def test_home_is_known_and_a_stranger_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert places.home_path("~/news") == tmp_path / "news"
    assert places.home_path("~nobody-of-this-name/a") == Path("~nobody-of-this-name/a")
