"""Kernels: the compiled engine gives what Python and numpy give, bit for bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.text import kernels
from dashboard.text import tokenise as token_reader
from dashboard.text.prepare import prepare
from dashboard.text.token_arrays import read_tokens
from dashboard.text.token_rule import TOKEN, count_words
from dashboard.text.tokenise import CompiledReader, count_each

needs_numba = pytest.mark.needs("numba")
ROOT = Path(__file__).resolve().parents[2]
FIELDS = ("ids", "offsets", "joined", "shape", "initial")
# What the rule treats specially, and what upsets careless readers of bytes.
TRICKY = st.sampled_from(
    [
        *"aBéİßΣςŉ²½1٣०.,'’ʼ‘-‑‐_!?…:;”。！北京カ々〇กำລາວហិម់हिन्दी́ﬁＧﷺ\u00ad😀𠀀 ",
        *"\u00a0\u2003\n\r\x1c\x00",
        *("\ud800", "\udc00", "U.S.", "1,036.5", "x.y.", "’s", "'S", "the ", "of ", "people"),
        *(
            "l'",
            "QU’",
            "dell'",
            "ſ'a",
            "C’h",
            "https://",
            "www.",
            "x.com",
            "/p",
            "@",
            "@a",
            "%20%20",
        ),
    ]
)
TEXT = st.one_of(st.lists(TRICKY, max_size=40).map("".join), st.text(max_size=40))


def both(monkeypatch: pytest.MonkeyPatch, call):
    """What ``call()`` gives on either engine, numba first."""
    with monkeypatch.context() as patch:
        patch.setattr(token_reader, "COMPILED_FROM", 0)
        patch.setattr(token_reader, "PART", 30)
        patch.delenv("NEWSPRISM_ENGINE", raising=False)
        fast = call()
        patch.setenv("NEWSPRISM_ENGINE", "numpy")
        return fast, call()


@needs_numba
@given(st.lists(TEXT, max_size=8), st.one_of(st.none(), st.integers(0, 8)))
def test_both_engines_read_the_same_tokens(texts: list[str], n_bodies: int | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fast, slow = both(patch, lambda: read_tokens(texts, n_bodies))
        assert fast.vocabulary == slow.vocabulary
        assert fast.surfaces == slow.surfaces
        for field in FIELDS:
            a, b = getattr(fast, field), getattr(slow, field)
            assert a.dtype == b.dtype, field
            assert a.tolist() == b.tolist(), field
        counts = both(patch, lambda: count_each(texts))
    assert counts[0].tolist() == counts[1].tolist() == np.diff(slow.offsets).tolist()


@needs_numba
def test_full_arrays_are_grown() -> None:
    text = " ".join(f"w{i}" for i in range(500)) + " " + "x" * 5_000 + " 北京大学" * 40
    reader = CompiledReader(n_spellings=2)
    parts = [reader.read([text, ""], 2) for _ in range(2)]
    known = reader.spellings()
    found = [m.group() for m in TOKEN.finditer(prepare(text))]
    assert known == list(dict.fromkeys(found))
    for raws, flags, ends in parts:
        assert [known[i] for i in raws] == found
        assert ends.tolist() == [len(raws), len(raws)] == [len(flags)] * 2
        assert len(raws) == count_words(text)


@pytest.mark.parametrize("setting", ["numpy", ""])
def test_the_setting_chooses_the_engine(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSPRISM_ENGINE", setting)
    fast = kernels.available() and not setting
    assert kernels.engine() == ("numba" if fast else "numpy")


def test_a_small_corpus_waits_for_no_compiler() -> None:
    code = (
        "import sys\n"
        "from dashboard.index.terms.fit_terms import count_terms\n"
        "from dashboard.text.token_arrays import read_tokens\n"
        "from dashboard.text.passages import split_passages\n"
        "count_terms(read_tokens(split_passages([['One two.'] * 100])[0]), frozenset())\n"
        "print('numba' in sys.modules)"
    )
    assert run(code, {}) == "False"


def test_without_a_folder_of_our_own_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    folder = tmp_path / "numba"
    folder.mkdir()
    folder.chmod(0o777)  # anyone could put code there
    code = "from dashboard.text import kernels\nprint(kernels._KEEP, kernels.engine() != '')"
    assert run(code, {"NEWSPRISM_CACHE": str(tmp_path)}) == "False True"


def test_without_numba_python_reads() -> None:
    code = (
        "import sys\n"
        "sys.modules['numba'] = None\n"
        "from dashboard.text import kernels, token_arrays, tokenise\n"
        "tokenise.COMPILED_FROM = 0\n"
        "print(kernels.available(), kernels.engine(), tokenise.count_each(['one', 'a b']))\n"
        "print(token_arrays.read_tokens(['b', 'a b']).ids)"
    )
    assert run(code, {}) == "False numpy [1 2]\n[1 0 1]"


def run(code: str, settings: dict[str, str]) -> str:
    environment = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", **settings}
    command = [sys.executable, "-c", code]
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()
