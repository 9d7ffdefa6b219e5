"""``import newsprism``: the same numbers as the pages, and a notebook that runs."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

import newsprism
from dashboard.index.index import Index
from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.text.query import UnreadableQuery

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "examples" / "seeds.ipynb"


@pytest.fixture(scope="module")
def corpus(seeds_index: Index) -> newsprism.Corpus:
    return newsprism.open(str(seeds_index.folder.parent))


def test_a_folder_of_articles_opens_as_an_index_does(corpus: newsprism.Corpus) -> None:
    again = newsprism.open(ROOT / "seeds")
    assert again.index.corpus_id == corpus.index.corpus_id
    assert len(again) == len(corpus) == 5
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        newsprism.open("nosuchfolder")


@pytest.mark.parametrize("name", ["topics", "keyness", "quotes", "articles"])
def test_a_table_is_that_of_the_pages(corpus: newsprism.Corpus, name: str) -> None:
    selected = corpus.select(query="trade")
    wanted = TABLES[name](corpus.index, Scope(query="trade"))
    pd.testing.assert_frame_equal(selected.table(name), wanted)
    assert len(corpus.scope.to_params()) > 3
    assert corpus.scope == Scope()  # it never changes


def test_options_and_names_that_are_not_there_are_refused(corpus: newsprism.Corpus) -> None:
    assert set(corpus.table("trends", keywords=["oil"])["keyword"]) == {"oil"}
    with pytest.raises(TypeError, match="topics takes no keywords"):
        corpus.table("topics", keywords=["oil"])
    with pytest.raises(KeyError, match="no table 'nosuch'"):
        corpus.table("nosuch")
    with pytest.raises(ValueError, match="no source 'Nobody'"):
        corpus.select(sources=["Nobody"])
    with pytest.raises(UnreadableQuery):
        corpus.select(query="(trade")
    source = corpus.index.sources[0]
    by_name, by_id = corpus.select(sources=source.name), corpus.select(sources=[source.source_id])
    assert by_name.scope == by_id.scope
    assert len(by_name) == source.n_articles


def test_a_corpus_says_what_it_is_and_never_as_markup(corpus: newsprism.Corpus) -> None:
    assert repr(corpus).startswith(f"<Corpus {corpus.index.corpus_id}: all 5 articles · 5 sources")
    shown = corpus.select(query='"<b>trade</b>" OR trade')._repr_html_()
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown
    assert "Nikkei Asia" in shown
    assert "<td>1</td>" in corpus._repr_html_()
    assert corpus.select(query="nosuchword")._repr_html_().endswith("</table>")


@pytest.mark.parametrize("query", ["", "trade", "nosuchword"])
def test_charts_are_figures_with_a_title(corpus: newsprism.Corpus, query: str) -> None:
    selected = corpus.select(query=query)
    figures = [selected.coverage(), selected.topics(), selected.source_topics()]
    figures += [selected.trends("oil"), selected.trends("oil", "trade", width="year")]
    assert all(isinstance(figure, go.Figure) for figure in figures)
    if query != "nosuchword":
        assert all(figure.layout.title.text for figure in figures)
        assert all(figure.data for figure in figures)


def test_several_keywords_are_one_chart_as_many_as_can_be_told_apart(
    corpus: newsprism.Corpus,
) -> None:
    figure = corpus.trends("oil", "trade")
    assert figure.layout.title.text == "“oil” and “trade” together"
    assert [trace.name for trace in figure.data] == ["oil", "trade"]
    for keywords in ((), ("oil", "trade", "yuan", "China", "Putin")):
        with pytest.raises(ValueError, match="one to 4 keywords"):
            corpus.trends(*keywords)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_table_is_saved_as_its_ending_says(
    corpus: newsprism.Corpus, kind: str, tmp_path: Path
) -> None:
    file = corpus.save("topics", tmp_path / f"topics.{kind}")
    read: Any = {"csv": pd.read_csv, "parquet": pd.read_parquet,
                 "jsonl": lambda path: pd.read_json(path, lines=True)}[kind]  # fmt: skip
    assert read(file)["label"].tolist() == corpus.table("topics")["label"].tolist()
    with pytest.raises(KeyError):
        corpus.save("topics", tmp_path / "topics.xyz")


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    assert (notebook["nbformat"], notebook["metadata"]["language_info"]["name"]) == (4, "python")
    names: dict[str, Any] = {}
    shown = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop()
            assert isinstance(last, ast.Expr)
            exec(compile(tree, str(NOTEBOOK), "exec"), names)
            shown.append(eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), names))
    assert len(shown) > 5
    assert shown[-1] is True
    assert not any(isinstance(each, pd.DataFrame) and each.empty for each in shown)
    assert sum(isinstance(each, go.Figure) for each in shown) == 2


def test_the_wheel_ships_it() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    assert "newsprism" in built["targets"]["wheel"]["packages"]
    assert "/newsprism" in built["targets"]["sdist"]["include"]


def test_importing_it_loads_neither_charts_nor_what_builds() -> None:
    code = (
        "import sys, newsprism\n"
        "print(*sorted({'sklearn', 'streamlit', 'plotly', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
