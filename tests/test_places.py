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
