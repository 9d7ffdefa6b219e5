"""How a view is cited, and how its numbers are made again."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import import_module
from urllib.parse import urlencode

from dashboard.index.index import Index
from dashboard.scope import ONCE, Scope

#: By name, for the contracts: an import would stand for all that the package can load.
VERSION: str = import_module("dashboard").__version__
PROGRAM = "python -m dashboard"
#: In the place of the folder of an index, which is nobody's but the reader's.
INDEX = "INDEX"
_LATEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{c: f"\\{c}" for c in "{}$&#_%"},
}  # fmt: skip


def facts_of(index: Index, scope: Scope) -> dict[str, str]:
    """What numbers of a scope depend on: by name, in the order in which it is told."""
    return {
        "corpus": index.corpus_id,
        "index": index.index_id,
        "version": VERSION,
        "scope": scope_token(scope),
        "in words": scope.describe(index),
        "fingerprint": index.fingerprint,
    }


def scope_token(scope: Scope) -> str:
    """The scope as the parameters of a link; "all" where nothing is filtered."""
    params = {name: value for name, value in scope.to_params().items() if value}
    if scope.n_topics is not None:
        params["k"] = str(scope.n_topics)
    return urlencode(params, errors="replace") or "all"


def scope_arguments(scope: Scope) -> list[str]:
    """The options of ``export`` that select the same."""
    pairs: list[tuple[str, str]] = [
        *(("source", source) for source in scope.sources),
        *(("topic", topic) for topic in scope.topics),
        *([("from", scope.date_from.isoformat())] if scope.date_from else []),
        *([("to", scope.date_to.isoformat())] if scope.date_to else []),
        *([("query", scope.query)] if scope.query else []),
        *(("where", f"{name}={value}") for name, value in scope.where),
        *([("story", scope.story)] if scope.story else []),
        *([("copies", ONCE)] if scope.copies_once else []),
        *([("n-topics", str(scope.n_topics))] if scope.n_topics is not None else []),
    ]
    return [f"--{name}={value}" for name, value in pairs] + ["--undated"] * scope.undated


def command_line(command: str, scope: Scope, *more: str, index: str = INDEX) -> str:
    """The equal command line, for a POSIX shell. ``more``: what follows the index, before the
    options of the scope."""
    said = [index, *more, *scope_arguments(scope)]
    return " ".join([PROGRAM, command, *map(shlex.quote, said)])


def bibtex(title: str, facts: Mapping[str, str], link: str, day: date) -> str:
    """An entry for a bibliography. ``title``: untrusted; ``facts``: of :func:`facts_of`; ``day``:
    on which the view was seen."""
    key = f"newsprism-{facts['corpus'][:8]}-{facts['index'][:8]}"
    note = "; ".join(f"{name} {facts[name]}" for name in ("corpus", "index", "in words"))
    fields = {
        "title": f"{{{_latex(title)}}}",
        "author": "{Newsprism}",
        "howpublished": f"Newsprism {_latex(facts['version'])}",
        "year": str(day.year),
        "url": _address(link),
        "urldate": day.isoformat(),
        "note": _latex(note),
    }
    return _entry(key, ((name, value) for name, value in fields.items() if value))


def _entry(key: str, fields: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@misc{{{key},\n{lines}}}\n"


def _latex(text: str) -> str:
    line = " ".join(text.split())
    return "".join(_LATEX.get(letter, letter) for letter in line)


def _address(link: str) -> str:
    """An address in which no brace ends the field."""
    return re.sub(r"[{}\s\\]", lambda found: f"%{ord(found[0]):02X}", link)
