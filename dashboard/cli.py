"""The command line: check | build | info | export | app. It only translates arguments.

Standard output is data; progress, notices and errors go to standard error. Exit code 0 on success,
2 with one clear line for a usage or input error.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from dashboard.corpus.corrections import read_corrections
from dashboard.corpus.files.find import CorpusError
from dashboard.corpus.importing.read import read_report
from dashboard.corpus.limits import build_limits, limit_process
from dashboard.index.building.executors import RunError, pool_run, run_here
from dashboard.index.index import Index, open_index
from dashboard.index.storage.folder import IndexFolderError
from dashboard.measures import KEYWORD_TABLES, TABLES
from dashboard.scope import Scope
from dashboard.text.query import parse_excluded, parse_query
from dashboard.wording import bytes_in_words

APP = Path(__file__).resolve().parent.parent / "app.py"


class UsageError(ValueError):
    """The call's words are off; the message says which and what is expected."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    try:
        args = _parser().parse_args(argv)
        args.run(args)
    except (UsageError, CorpusError, IndexFolderError, RunError) as error:
        return _fail(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        return _fail(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))
    except MemoryError:
        limit = bytes_in_words(build_limits().memory_bytes)
        return _fail(f"the articles need more memory than there is ({limit} at most); split them")
    except KeyboardInterrupt:
        return _fail("stopped; the index is as it was before")
    return 0


def _fail(message: str) -> int:
    print("newsprism: " + " ".join(message.split()), file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m dashboard", description="Split one story into its sources.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    check = commands.add_parser("check", help="read articles and say what became of each")
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")
    check.add_argument("--json", action="store_true", help="the whole report, as JSON")
    _add_reading(check)
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="read articles and write an index folder")
    build.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="file or folder")
    build.add_argument("--out", type=Path, required=True, metavar="DIR", help="new or old index")
    how = build.add_mutually_exclusive_group()
    how.add_argument("--add", action="store_true", help="keep what the index has and its topics")
    how.add_argument(
        "--delete", action="append", default=[], metavar="ID", help="take an article out"
    )
    how.add_argument("--refit", action="store_true", help="find the topics of the index anew")
    how.add_argument(
        "--rename", action="append", default=[], metavar="ID=NAME", help="call a topic so"
    )
    how.add_argument(
        "--update", action="store_true", help="make what a newer version derives, without the files"
    )
    engine = build.add_mutually_exclusive_group()
    engine.add_argument("--workers", type=int, metavar="N", help="processes to build with")
    engine.add_argument("--scheduler", metavar="URL", help="a Dask cluster to build on")
    build.add_argument("--corrections", type=Path, help=argparse.SUPPRESS)
    build.add_argument("--limits", action="store_true", help=argparse.SUPPRESS)
    _add_reading(build)
    build.set_defaults(run=_build)

    info = commands.add_parser("info", help="say what an index holds")
    info.add_argument("index", type=Path, metavar="DIR")
    info.add_argument("--json", action="store_true", help="everything, as JSON")
    _add_cut(info)
    info.set_defaults(run=_info)

    export = commands.add_parser("export", help="print a page's table for any scope")
    export.add_argument("index", type=Path, metavar="DIR")
    export.add_argument("table", metavar="TABLE", help=", ".join(TABLES))
    export.add_argument("--source", action="append", default=[], metavar="S", help="name or id")
    export.add_argument("--topic", action="append", default=[], metavar="T", help="id or label")
    export.add_argument("--from", dest="date_from", metavar="D", help="YYYY-MM-DD, included")
    export.add_argument("--to", dest="date_to", metavar="D", help="YYYY-MM-DD, included")
    export.add_argument("--query", default="", metavar="Q", help="words an article must have")
    export.add_argument("--keyword", action="append", metavar="K", help="what trends counts")
    export.add_argument(
        "--relevance", type=float, metavar="L", help="rank topic_terms by relevance at λ, 0 to 1"
    )
    _add_cut(export)
    export.add_argument("--format", choices=["csv", "json", "parquet"], default="csv")
    export.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    export.set_defaults(run=_export)

    app = commands.add_parser("app", help="open the dashboard on files, folders or the seeds")
    app.add_argument("paths", nargs="*", metavar="PATH")
    app.set_defaults(run=_app)
    return parser


def _add_cut(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--topics", type=int, metavar="K", help="cut the tree of topics into so many"
    )


def _cut_index(args: argparse.Namespace) -> Index:
    """The index of the call, with as many topics as it asks for."""
    index = open_index(args.index)
    if args.topics is None:
        return index
    try:
        return index.cut(args.topics)
    except ValueError as error:
        raise UsageError(f"--topics: {error}") from None


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="F=C",
        help="columns of tables, such as text=body,source=publication",
    )
    parser.add_argument(
        "--clean",
        choices=["auto", "always", "never"],
        default="auto",
        help="look for page furniture in the texts; auto: where a sample has some",
    )


def _mapping(options: Sequence[str]) -> dict[str, str]:
    """``text=body,source=publication`` as a dict of field to column; later ones win."""
    if not options:
        return {}
    from dashboard.corpus.readers.tables.columns import parse_mapping

    mapping: dict[str, str] = {}
    for option in options:
        try:
            mapping.update(parse_mapping(option))
        except ValueError as error:
            raise UsageError(f"--map: {error}") from None
    return mapping


def _check(args: argparse.Namespace) -> None:
    _refuse_missing(args.paths)
    report = read_report(args.paths, mapping=_mapping(args.map), clean=args.clean)
    if args.json:
        _write(json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n", None)
    else:
        _write(report.describe(), None)


def _refuse_missing(paths: Sequence[Path]) -> None:
    missing = [path for path in paths if not os.path.lexists(path)]
    if missing:
        raise UsageError(f"{missing[0]}: no such file or folder")


def _build(args: argparse.Namespace) -> None:
    changes = bool(args.delete) or args.refit or bool(args.rename) or args.update
    if bool(args.paths) is changes:
        raise UsageError(
            "--delete, --refit, --rename and --update take no PATH"
            if changes
            else "name a PATH to read"
        )
    if args.rename:
        _rename(args)
        return
    _refuse_missing(args.paths)
    mapping = _mapping(args.map)
    run = _run_of(args)
    if args.limits:
        limits = build_limits()
        limit_process(limits.memory_bytes, limits.cpu_seconds)
    # Loads scikit-learn, which the other commands do without.
    from dashboard.index.building import build, change

    try:
        corrections = read_corrections(args.corrections) if args.corrections else None
    except ValueError as error:
        raise UsageError(str(error)) from None
    if args.update:
        made = change.update_layers(args.out, _say, run)
        _say(f"{args.out} is up to date: {', '.join(made)}")
        return
    if args.delete:
        facts = change.delete_articles(args.out, args.delete, _say, run)
    elif args.refit:
        facts = change.find_topics_anew(args.out, _say, run=run)
    else:
        make = change.add_articles if args.add else build.build_index
        facts = make(
            args.paths,
            args.out,
            progress=_say,
            corrections=corrections,
            mapping=mapping,
            clean=args.clean,
            run=run,
        )
    totals = facts["report"]["totals"]
    _say(
        f"{totals['records']:,} records = {totals['kept']:,} articles kept + "
        f"{totals['quarantined']:,} set aside + {totals['merged']:,} merged"
    )
    for file in facts["report"]["files"]:
        for problem in file["problems"]:
            place = f", row {problem['row']}" if problem["row"] is not None else ""
            _say(f"{file['file']}{place}: {problem['reason']} – {problem['remedy']}")
    if args.add and len(facts["leaf_passages"]) == 1:
        _say(f"no topics yet: look for some with build --out {args.out} --refit")
    made = facts["made"]
    speed = made["bytes_read"] / 1e6 / max(made["seconds"], 0.01)
    _say(
        f"index {facts['index_id']} in {args.out}: {facts['n_articles']:,} articles, "
        f"{facts['n_words']:,} words, {made['seconds']:.1f} s, {speed:.1f} MB/s, peak memory "
        f"{bytes_in_words(made['peak_memory_bytes'])}"
    )


def _rename(args: argparse.Namespace) -> None:
    from dashboard.index.building.rename import rename_topic

    for option in args.rename:
        topic, equals, name = option.partition("=")
        if not equals:
            raise UsageError(f"--rename takes ID=NAME, not {option!r}")
        _say(f"{topic.strip()} is called {rename_topic(args.out, topic.strip(), name)}")


def _run_of(args: argparse.Namespace) -> Any:
    """Where the stages of a build run: here, in processes, or on a cluster."""
    if args.scheduler:
        try:
            from dashboard.index.building.distributed import cluster_run
        except ImportError:
            raise UsageError(
                "--scheduler needs Dask: pip install -r requirements-scale.txt"
            ) from None
        return cluster_run(args.scheduler)
    if args.workers is not None and args.workers < 1:
        raise UsageError("--workers takes a number from 1 on")
    return pool_run(args.workers) if args.workers else run_here


def _say(stage: str) -> None:
    print(stage, file=sys.stderr, flush=True)


def _info(args: argparse.Namespace) -> None:
    index = _cut_index(args)
    if args.json:
        topics = [asdict(topic) for topic in index.topics]
        facts = {**index.manifest, "topics": topics, "report": index.report}
        _write(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", None)
        return
    manifest = index.manifest
    days = index.date_range
    rows = [
        ("index", f"{index.index_id} (format {manifest['format']})"),
        ("corpus", index.corpus_id),
        ("articles", f"{manifest['n_articles']:,}"),
        ("words", f"{manifest['n_words']:,} in {manifest['n_passages']:,} passages"),
        ("sources", ", ".join(s.name for s in index.sources[:20]) or "none known"),
        ("topics", ", ".join(t.label for t in index.topics) or "none"),
        (
            "reliable",
            "{reliability} (0 to 1; shuffled text: {reliability_of_shuffled_text})".format(
                **manifest["fit"]
            ),
        ),
        ("dates", f"{days[0]} to {days[1]}" if days else "none known"),
        ("undated", f"{manifest['n_undated']:,}"),
        ("engine", manifest["made"]["engine"]),
        (
            "built",
            f"in {manifest['made']['seconds']:.1f} s, {manifest['made']['cpu_seconds']:.1f} CPU s, "
            f"peak memory {bytes_in_words(manifest['made']['peak_memory_bytes'])}",
        ),
    ]
    _write("".join(f"{name:<9} {value}\n" for name, value in rows), None)


def _export(args: argparse.Namespace) -> None:
    if args.table not in TABLES:
        raise UsageError(f"no table {args.table!r}; there are {', '.join(TABLES)}")
    index = _cut_index(args)
    if args.query.strip() and not (parse_query(args.query) or parse_excluded(args.query)):
        raise UsageError(f"--query {args.query!r} has no word that can be looked up")
    scope = Scope(
        sources=_pick("source", args.source, {s.source_id: s.name for s in index.sources}),
        topics=_pick("topic", args.topic, {t.topic_id: t.label for t in index.topics}),
        date_from=_day("--from", args.date_from),
        date_to=_day("--to", args.date_to),
        query=args.query,
    )
    options: dict[str, Any] = {}
    if args.table in KEYWORD_TABLES:
        options["keywords"] = args.keyword
    if args.relevance is not None:
        if args.table != "topic_terms" or not 0 <= args.relevance <= 1:
            raise UsageError("--relevance takes a number from 0 to 1, with topic_terms")
        options["relevance"] = args.relevance
    _write(render_table(TABLES[args.table](index, scope, **options), args.format), args.out)


def _pick(what: str, wanted: Sequence[str], known: dict[str, str]) -> tuple[str, ...]:
    """Ids for names or ids, in the index's order: the exact name first, then the id, then the name
    in any case. An unknown or ambiguous one is a usage error."""
    chosen = set()
    for value in wanted:
        alike = [i for i, name in known.items() if name.casefold() == value.casefold()]
        exact = [i for i, name in known.items() if name == value]
        found = exact or ([value] if value in known else alike)
        if not found:
            some = ", ".join(list(known)[:20]) or "none"
            raise UsageError(f"no {what} {value!r} in this index; there are: {some}")
        if len(found) > 1:
            raise UsageError(f"{what} {value!r} could be {' or '.join(found)}; name one by its id")
        chosen.add(found[0])
    return tuple(i for i in known if i in chosen)


def _day(option: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option} {text!r} is no date; write YYYY-MM-DD") from None


def render_table(table: pd.DataFrame, kind: str) -> bytes:
    """A measure as bytes of ``csv``, ``json`` (list of records) or ``parquet``; text is UTF-8."""
    if kind == "parquet":
        buffer = io.BytesIO()
        table.to_parquet(buffer, index=False)
        return buffer.getvalue()
    if kind == "csv":
        return table.to_csv(index=False, lineterminator="\n").encode("utf-8", "replace")
    records = table.astype(object).where(table.notna(), None).to_dict("records")
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _write(data: str | bytes, out: Path | None) -> None:
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    if out is not None:
        out.write_bytes(raw)
    else:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()


def _app(args: argparse.Namespace) -> None:
    _refuse_missing([Path(path) for path in args.paths])
    command: list[Any] = [sys.executable, "-m", "streamlit", "run", str(APP), "--", *args.paths]
    os.execv(sys.executable, command)
