"""The command line that is told selects what the page shows; an entry for BibTeX is one."""

from __future__ import annotations

import re
import shlex
from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.cli import main
from dashboard.formats.citation import bibtex, command_line, facts_of, scope_token
from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope

SCOPES: list[dict[str, Any]] = [
    {},
    {"sources": ("the-quay", "_")},
    {"undated": True},
    {"date_from": date(2024, 1, 2), "date_to": date(2024, 2, 1)},
    {"query": "-strike (harbour OR \"pay 'day'\")"},
    {"query": "harbour $(rm) `x`"},
    {"where": (("bias", "left = wing"), ("bias", ""))},
    {"sources": ("the-quay",), "query": "pay", "copies_once": True},
]


@pytest.fixture(scope="module")
def quays(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("quays")
    rows = [
        {
            "source": ["The Quay", "Pier", ""][i % 3],
            "date": f"2024-0{1 + i % 3}-0{1 + i % 7}" if i % 4 else "",
            "bias": ["left = wing", "right", ""][i % 3 - 1],
            "text": f"The harbour number {i} is shut. "
            + ("The strike over pay goes on." if i % 2 else "Ships x wait outside for rm."),
        }
        for i in range(18)
    ]
    pd.DataFrame(rows).to_csv(folder / "rows.csv", index=False)
    build_index([folder / "rows.csv"], folder / "index")
    return open_index(folder / "index")


@pytest.mark.parametrize("chosen", SCOPES, ids=str)
def test_the_command_selects_the_same_articles(
    quays: Index, chosen: dict[str, Any], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    scope = Scope(**chosen)
    command = command_line("export", scope, "articles", index=str(quays.folder.parent))
    program, arguments = shlex.split(command)[:3], shlex.split(command)[3:]
    assert program == ["python", "-m", "dashboard"]
    assert main([*arguments, "--format", "jsonl"]) == 0
    printed = capfdbinary.readouterr().out.decode()
    wanted = TABLES["articles"](quays, scope)["article_id"].tolist()
    assert re.findall(r'"article_id": "(\w+)"', printed) == wanted
    assert wanted


def test_two_scopes_never_have_one_token() -> None:
    tokens = [scope_token(Scope(**chosen)) for chosen in SCOPES]
    assert tokens[0] == "all"
    assert len(set(tokens)) == len(tokens)
    assert scope_token(Scope(n_topics=7)) == "k=7"


def test_an_entry_holds_the_braces_and_marks_of_untrusted_text(quays: Index) -> None:
    facts = facts_of(quays, Scope(query="pay"))
    title = "100 % of {A} & B_1 \\input{x} ~ 北京"
    entry = bibtex(title, facts, "https://x.test/?q=a}b\\c d", date(2026, 11, 28))
    bare = re.sub(r"\\[{}]", "", entry)
    depth = 0
    for letter in bare:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
    assert r"100 \% of \{A\} \& B\_1 \textbackslash{}input\{x\} \textasciitilde{} 北京" in entry
    assert "url = {https://x.test/?q=a%7Db%5Cc%20d}" in entry
    assert f"corpus {quays.corpus_id}" in entry
    assert "urldate = {2026-11-28}" in entry
