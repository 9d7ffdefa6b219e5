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
def test_what_is_no_address_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSPRISM_URL", text)
    with pytest.raises(ValueError, match="NEWSPRISM_URL"):
        places.public_url()
