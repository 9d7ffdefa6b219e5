"""The command line: data on standard output, one clear line and exit code 2 for an error."""

import json
import os
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from dashboard.cli import main
from dashboard.formats.bundles import BUNDLES
from dashboard.index.index import open_index
from dashboard.index.layers.stories import joined
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.index.building.test_change import write_rows
from tests.index.layers.test_stories import fires, write

ROOT = Path(__file__).parents[1]


@pytest.fixture
def index_dir(seeds_index):
    return str(seeds_index.folder.parent)


def run(capfdbinary, *args):
    code = main([str(a) for a in args])
    out, err = capfdbinary.readouterr()
    return code, out, err.decode()


#: They take twenty articles or a hundred, a second fit, articles that came after the first, copies,
#: a story, columns or notes of the user's own, months of articles, or an article like the first.
EMPTY_ON_SEEDS = {
    "topic_map", "topic_changes", "topic_drift", "copies", "additions", "own_columns", "notes",
    "bursts", "changes", "near_articles", "related_words",
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_every_table_in_every_format(capfdbinary, index_dir, table, tmp_path):
    command = ["export", index_dir, table, "--query", "trade"]
    code, out, err = run(capfdbinary, *command, "--format", "json")
    assert (code, err) == (0, "")
    records = json.loads(out)
    assert bool(records) is (table not in EMPTY_ON_SEEDS)
    code, out, _ = run(capfdbinary, *command)
    columns = out.decode().splitlines()[0].split(",")
    assert columns == list(TABLES[table](open_index(Path(index_dir)), Scope(query="trade")).columns)
    assert all(list(record) == columns for record in records)
    target = tmp_path / "t.parquet"
    code, out, _ = run(capfdbinary, *command, "--format", "parquet", "--out", target)
    assert (code, out) == (0, b"")
    assert len(pd.read_parquet(target)) == len(records)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_bundle_is_written_as_it_is(capfdbinary, index_dir, seeds_index, bundle, tmp_path):
    code, out, err = run(capfdbinary, "export", index_dir, bundle, "--query", "nosuchword")
    assert (code, err) == (0, "")
    assert out == BUNDLES[bundle].write(seeds_index, Scope(query="nosuchword"))


def test_a_database_is_written_into_the_file_named(capfdbinary, index_dir, tmp_path):
    file = tmp_path / "a.db"
    code, out, err = run(capfdbinary, "export", index_dir, "--sqlite", file, "--query", "trade")
    assert (code, out, err) == (0, b"", "")
    with closing(sqlite3.connect(file)) as database:
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert set(TABLES) <= names


def test_an_empty_table_is_an_empty_list(capfdbinary, index_dir):
    code, out, _ = run(
        capfdbinary, "export", index_dir, "articles", "--query", "nosuchword", "--format", "json"
    )
    assert (code, json.loads(out)) == (0, [])


def test_filters_by_name_or_id(capfdbinary, index_dir, seeds_index):
    source, topic = seeds_index.sources[1], seeds_index.cut().topics[0]
    outputs = [
        run(capfdbinary, "export", index_dir, "passages", "--source", s, "--topic", t)[1]
        for s, t in ((source.name, topic.label), (source.source_id, topic.topic_id))
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].count(source.name.encode()) > 0


@pytest.mark.parametrize(
    "args",
    [
        ["export", "{index}", "nosuchtable"],
        ["export", "{index}", "articles", "--source", "nosuch"],
        ["export", "{index}", "articles", "--from", "yesterday"],
        ["export", "{index}", "articles", "--query", "***"],
        ["export", "{index}", "articles", "--query", "(trade OR oil"],
        ["export", "{index}", "articles", "--query", "trade AND oil OR gas"],
        ["export", "{index}", "articles", "--query", "trade " * 4_000],
        ["export", "{index}", "articles", "--query", "--trade"],
        ["export", "{index}", "trends", "--keyword", "***"],
        ["export", "{index}", "trends", "--keyword", "trade NOT oil"],
        ["export", "{index}", "trends", "--keyword", "--format", "json"],
        ["export", "{index}", "articles", "--format", "xml"],
        ["export", "{index}"],
        ["export", "{index}", "articles", "--sqlite", "{tmp}/x.db"],
        ["export", "{index}", "--sqlite", "{tmp}/no/such/x.db"],
        ["export", "{index}", "matrix", "--format", "json"],
        ["export", "{index}", "texts", "--keyword", "trade"],
        ["export", "{index}", "articles", "--undated", "--from", "2024-01-01"],
        ["export", "{index}", "articles", "--keyword", "trade"],
        ["export", "{index}", "topics", "--relevance", "0.5"],
        ["export", "{index}", "topic_terms", "--relevance", "2"],
        ["export", "{index}", "topic_terms", "--relevance", "much"],
        ["export", "{index}", "topics", "--n-topics", "999"],
        ["export", "/no/such/folder", "articles"],
        ["info", "/no/such/folder"],
        ["build", "/no/such/file.txt", "--out", "{tmp}/x"],
        ["build", "{index}"],
        ["app", "/no/such/file.txt"],
        ["nosuchcommand"],
        [],
    ],
)
def test_errors_are_one_line(capfdbinary, index_dir, tmp_path, args):
    code, out, err = run(capfdbinary, *(a.format(index=index_dir, tmp=tmp_path) for a in args))
    assert code == 2
    assert out == b""
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        (["exprt", "DIR", "keyness"], "export"),
        (["export", "DIR", "keynes"], "keyness"),
        (["export", "DIR", "keyness", "--sorce", "Semafor"], "--source"),
        (["export", "DIR", "keyness", "--source", "Semafour"], "Semafor"),
        (["build", "--clean", "nevr", "x", "--out", "y"], "never"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(capfdbinary, index_dir, wrong, meant):
    args = [str(index_dir) if arg == "DIR" else arg for arg in wrong]
    code, out, err = run(capfdbinary, *args)
    assert code == 2
    assert not out
    assert err.rstrip().endswith(f"; did you mean {meant}?")


def test_a_refusal_says_what_to_do(capfdbinary, index_dir):
    _, _, err = run(capfdbinary, "export", index_dir, "search", "--query", "(trade OR oil")
    assert "--query '(trade OR oil': a bracket is opened and not closed; add “)” where" in err
    _, _, err = run(capfdbinary, "export", index_dir, "trends", "--keyword", "a* OR trade")
    assert "--keyword 'a* OR trade': “a*” is too short; write 2 letters or more" in err
    _, _, err = run(capfdbinary, "export", index_dir, "trends", "--keyword", "--oil")
    assert "after an equals sign" in err


@pytest.mark.parametrize(
    ("dashed", "plain"),
    [
        (["--query", "-trade"], ["--query=NOT trade"]),
        (["--query", '-"no limits" trade'], ["--query=trade -(no-limits)"]),
        (["--query", "-(trade OR oil)"], ["--query=-trade AND -oil"]),
    ],
)
def test_a_query_may_begin_with_a_dash(capfdbinary, index_dir, dashed, plain):
    first, second = (
        run(capfdbinary, "export", index_dir, "summary", *query, "--format", "json")
        for query in (dashed, plain)
    )
    assert first[0] == 0
    assert first == second
    assert first[1] != run(capfdbinary, "export", index_dir, "summary", "--format", "json")[1]


def test_a_keyword_may_begin_with_a_dash(capfdbinary, index_dir):
    code, out, _ = run(capfdbinary, "export", index_dir, "trends", "--keyword", "-oil")
    _, plain, _ = run(capfdbinary, "export", index_dir, "trends", "--keyword", "oil")
    assert code == 0
    assert b",'-oil," in out  # no spreadsheet runs it as a formula
    assert out == plain.replace(b",oil,", b",'-oil,")


def test_names_are_found_in_any_unicode_form(capfdbinary, tmp_path):
    (tmp_path / "a.csv").write_text(
        "source,text\nRzeczpospolita Łódź,Most zamknięto.\n", encoding="utf-8"
    )
    assert run(capfdbinary, "build", tmp_path / "a.csv", "--out", tmp_path / "x")[0] == 0
    name = unicodedata.normalize("NFD", "rzeczpospolita łódź")
    code, out, _ = run(capfdbinary, "export", tmp_path / "x", "passages", "--source", name)
    assert code == 0
    assert "Most zamknięto" in out.decode()


def test_build_refuses_a_folder_with_something_else(capfdbinary, seeds_dir, tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"x")
    code, _, err = run(capfdbinary, "build", seeds_dir, "--out", tmp_path)
    assert code == 2
    assert "not empty" in err
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.docx"]


def test_info(capfdbinary, index_dir):
    code, out, _ = run(capfdbinary, "info", index_dir)
    assert code == 0
    assert "articles  5" in out.decode()
    facts = json.loads(run(capfdbinary, "info", index_dir, "--json")[1])
    assert facts["n_articles"] == 5


def test_same_bytes_whatever_the_machine_says(seeds_dir, tmp_path):
    """Another hash seed, time zone, locale and order of files: byte-identical exports."""
    files = sorted(str(p) for p in seeds_dir.glob("*.txt"))
    settings = [
        (files, {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}),
        (files[::-1], {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8"}),
    ]
    # One process does it all: the build, then the exports.
    code = (
        "import sys\n"
        "from dashboard.cli import main\n"
        "out, *paths = sys.argv[1:]\n"
        "assert main(['build', *paths, '--out', out]) == 0\n"
        "for table in ('articles', 'topics', 'source_topics', 'keyness', 'trends'):\n"
        "    assert main(['export', out, table]) == 0\n"
    )
    exports = []
    for i, (paths, environment) in enumerate(settings):
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / str(i)), *paths],
            env={**os.environ, **environment}, cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        exports.append(done.stdout)
    assert exports[0].count(b"article_id") > 0
    assert exports[0] == exports[1]


def test_an_addition_to_an_index_without_topics_says_how_to_get_some(capfdbinary, tmp_path):
    (tmp_path / "a.txt").write_text("One short text about a harbour.", encoding="utf-8")
    write_rows(tmp_path / "b.csv", range(20))
    out = tmp_path / "x"
    assert run(capfdbinary, "build", tmp_path / "a.txt", "--out", out)[0] == 0
    _, _, err = run(capfdbinary, "build", tmp_path / "b.csv", "--out", out, "--add")
    assert "no topics yet" in err
    _, _, err = run(capfdbinary, "build", "--out", out, "--refit")
    assert "no topics yet" not in err
    assert len(open_index(out).cut().topics) > 1


def test_a_build_says_what_came_of_a_file_of_topics(capfdbinary, tmp_path):
    rows, topics = write_rows(tmp_path / "a.csv", range(40)), tmp_path / "topics.tsv"
    lines = ["file\trow\ttopic\tweight", *(f"a.csv\t{n}\tTopic {n % 3}\t1" for n in range(1, 31))]
    topics.write_text(
        "\n".join([*lines, "b.csv\t1\tFog\t1", "a.csv\t1\tFog\t.5"]), encoding="utf-8"
    )
    code, _, err = run(capfdbinary, "build", rows, "--out", tmp_path / "x", "--topics-from", topics)
    assert code == 0
    assert "topics given in topics.tsv: 32 rows, 30 kept, 2 set aside (1: no such article" in err
    assert "10 of 40 articles have no topic there; to give them one: build" in err
    _, out, _ = run(capfdbinary, "info", tmp_path / "x")
    assert b"not known: the topics are given in topics.tsv, not fitted" in out
    code, _, err = run(
        capfdbinary, "build", "--out", tmp_path / "x", "--refit", "--topics-from", rows
    )
    assert (code, len(err.splitlines())) == (2, 1)
    assert "it has no column of articles" in err
    for change in (["--add", rows], ["--update"], ["--rename", "a=b"]):
        command = ["build", *change, "--out", tmp_path / "x", "--topics-from", topics]
        code, _, err = run(capfdbinary, *command)
        assert (code, len(err.splitlines())) == (2, 1)
        assert "--topics-from goes with a new index or with --refit" in err


def test_an_addition_says_what_it_joined(capfdbinary, tmp_path):
    out = tmp_path / "x"
    write(tmp_path / "a.csv", fires(range(6), range(2)))
    _, _, err = run(capfdbinary, "build", tmp_path / "a.csv", "--out", out)
    assert "joined" not in err
    write(tmp_path / "b.csv", fires(range(6), range(2, 3)))
    _, _, err = run(capfdbinary, "build", tmp_path / "b.csv", "--out", out, "--add")
    told = joined(open_index(out).layer("stories").joint)
    assert told.n_articles > 1 < told.n_stories
    said = f"{told.n_articles} new articles joined {told.n_stories} stories; no new story"
    assert said in err
    _, _, err = run(capfdbinary, "build", tmp_path / "b.csv", "--out", out, "--add")
    assert "no new article joined a story; no new story" in err


def test_an_option_of_other_tables_is_said_to_be_that(capfdbinary, index_dir):
    _, _, err = run(capfdbinary, "export", index_dir, "summary", "--keyword", "trade")
    assert "--keyword is an option of collocates, concordance, uses, dispersion, wording, " in err
    assert "wording_uses, marks, related_words, bursts, changes, trends_together and trends" in err
    assert err.rstrip().endswith("trends, not of summary")
    _, _, err = run(capfdbinary, "export", index_dir, "topic_terms", "--relevance", "2")
    assert "--relevance takes a number from 0 to 1, not '2'" in err


def test_the_number_of_topics_by_its_old_name(capfdbinary, index_dir, seeds_index):
    size = str(seeds_index.nodes.sizes[-1])
    code, out, err = run(capfdbinary, "export", index_dir, "topics", "--n-topics", size)
    assert (code, err) == (0, "")
    code, same, err = run(capfdbinary, "export", index_dir, "topics", "--topics", size)
    assert (code, same) == (0, out)
    assert err == "--topics is now --n-topics; --topics still works\n"
    code, told, err = run(capfdbinary, "info", index_dir, "--topics", size)
    assert code == 0
    assert all(t.label in told.decode() for t in seeds_index.cut(int(size)).topics)


def test_a_build_without_voices_and_figures_says_so_and_gets_them_later(capfdbinary, tmp_path):
    out = tmp_path / "index"
    code, _, err = run(
        capfdbinary, "build", ROOT / "seeds", "--out", out, "--without", "voices, figures"
    )
    assert code == 0
    assert "leaving out" in err
    assert run(capfdbinary, "export", out, "quotes")[0] == 2
    code, brief, _ = run(capfdbinary, "brief", out)
    assert code == 0
    assert brief.decode().count("This index was built without “") == 2
    assert run(capfdbinary, "build", "--out", out, "--update")[0] == 0
    code, brief, _ = run(capfdbinary, "brief", out)
    assert "built without" not in brief.decode()
    assert len(run(capfdbinary, "export", out, "quotes")[1]) > 1000


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--without", "voice"], "no layer is called 'voice'"),
        (["--add", "--without", "voices"], "--update"),
    ],
)
def test_a_layer_that_cannot_be_left_out_is_refused(capfdbinary, tmp_path, options, said):
    code, _, err = run(capfdbinary, "build", ROOT / "seeds", "--out", tmp_path / "x", *options)
    assert code == 2
    assert said in err
    assert not (tmp_path / "x").exists()


def test_a_stop_list_leaves_words_out_of_tables_of_words(capfdbinary, index_dir):
    every = run(capfdbinary, "export", index_dir, "keyness", "--format", "json")[1]
    hidden = run(
        capfdbinary, "export", index_dir, "keyness", "--format", "json", "--hide", "Putin, Belt"
    )[1]
    terms = [row["term"] for row in json.loads(every)]
    left = [row["term"] for row in json.loads(hidden)]
    assert "Belt and Road" in terms
    assert left == [t for t in terms if not {"putin", "belt"} & set(t.lower().split())]


@pytest.mark.parametrize("what", [["articles"], ["matrix"], ["brief"]])
def test_a_stop_list_is_refused_where_it_would_do_nothing(capfdbinary, index_dir, what):
    code, _, err = run(capfdbinary, "export", index_dir, *what, "--hide", "Putin")
    assert code == 2
    assert "--hide is an option of " in err
