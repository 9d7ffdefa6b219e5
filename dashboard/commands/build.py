"""``build``: read articles and write an index folder, or change one."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from dashboard.arguments import say
from dashboard.commands.check import add_reading, mapping_of, refuse_missing
from dashboard.commands.outlive import first_to_end
from dashboard.commands.progress import shown_progress
from dashboard.corpus.corrections import read_corrections
from dashboard.corpus.limits import build_limits, limit_process
from dashboard.corpus.report import describe_counts
from dashboard.errors import UsageError
from dashboard.index.building.executors import pool_run, run_here
from dashboard.index.building.progress import Say
from dashboard.index.counts.own_columns import not_kept, own_columns
from dashboard.index.counts.topic_mix import n_without_topic
from dashboard.index.index import Index, open_index
from dashboard.index.layers.registry import LAYERS, left_out
from dashboard.index.layers.related import Related
from dashboard.index.layers.rises import Rises
from dashboard.index.layers.stories import Stories, joined
from dashboard.wording import bytes_in_words, count, join_words


def add_build(build: argparse.ArgumentParser) -> None:
    build.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="file or folder")
    build.add_argument("--out", type=Path, required=True, metavar="DIR", help="new or old index")
    how = build.add_mutually_exclusive_group()
    how.add_argument(
        "--add", action="store_true", help="add to the index; keep its articles and topics"
    )
    how.add_argument(
        "--delete", action="append", default=[], metavar="ID", help="remove an article"
    )
    how.add_argument("--refit", action="store_true", help="find the topics of the index again")
    how.add_argument(
        "--rename",
        action="append",
        default=[],
        metavar="ID=NAME",
        help="rename a topic; links to it keep working",
    )
    build.add_argument(
        "--topics-from",
        type=Path,
        metavar="FILE",
        help="use your own topics instead of finding some: a table with a row for each article "
        "(id or file, topic, weight); also with --refit",
    )
    how.add_argument(
        "--update",
        action="store_true",
        help="bring an index up to date with this version, without the articles' files",
    )
    build.add_argument(
        "--without",
        metavar="LAYERS",
        help="leave out what takes time, such as voices,figures; --update makes it later",
    )
    engine = build.add_mutually_exclusive_group()
    engine.add_argument("--workers", type=int, metavar="N", help="processes to build with")
    engine.add_argument("--scheduler", metavar="URL", help="a Dask cluster to build on")
    build.add_argument("--corrections", type=Path, help=argparse.SUPPRESS)
    build.add_argument("--limits", action="store_true", help=argparse.SUPPRESS)
    build.add_argument("--keep-empty", action="store_true", help=argparse.SUPPRESS)
    add_reading(build)
    build.set_defaults(run=_build)


def _build(args: argparse.Namespace) -> None:
    changes = bool(args.delete) or args.refit or bool(args.rename) or args.update
    if bool(args.paths) is changes:
        raise UsageError(
            "--delete, --refit, --rename and --update take no PATH"
            if changes
            else "name a PATH to read"
        )
    if args.topics_from and (args.add or args.delete or args.rename or args.update):
        raise UsageError("--topics-from goes with a new index or with --refit")
    if args.rename:
        _rename(args)
        return
    refuse_missing(args.paths)
    without = _left_out(args)
    mapping = mapping_of(args.map)
    run = _run_of(args)
    # Loads scikit-learn, which the other commands do without.
    from dashboard.index.building import build, change

    if args.limits:  # now that the libraries have reserved what they never use
        first_to_end()  # the dashboard looks on
        limits = build_limits()
        limit_process(limits.memory_bytes, limits.cpu_seconds)
    try:
        corrections = read_corrections(args.corrections) if args.corrections else None
    except ValueError as error:
        raise UsageError(str(error)) from None
    with shown_progress() as tell:
        if args.update:
            change.update_layers(args.out, tell, run, without)
        elif args.delete:
            change.delete_articles(args.out, args.delete, tell, run)
        elif args.refit:
            change.find_topics_anew(args.out, tell, run=run, topics_from=args.topics_from)
        else:
            own, empty = args.topics_from, args.keep_empty
            fresh = partial(build.build_index, keep_empty=empty, without=without, topics_from=own)
            make = change.add_articles if args.add else fresh
            make(
                args.paths,
                args.out,
                progress=tell,
                corrections=corrections,
                mapping=mapping,
                clean=args.clean,
                run=run,
            )
        index = with_whole(args.out, tell)
    if args.update:
        say(f"{args.out} is up to date, with {join_words(list(index.layer_versions))}")
        return
    _say_what_came(index, args)
    made = index.made
    speed = made.bytes_read / 1e6 / max(made.seconds, 0.01)
    say(
        f"index {index.index_id} in {args.out}: {index.n_articles:,} articles, "
        f"{index.n_words:,} words, {made.seconds:.1f} s, {speed:.1f} MB/s, peak memory "
        f"{bytes_in_words(made.peak_memory_bytes)}"
    )


def _say_what_came(index: Index, args: argparse.Namespace) -> None:
    """What was read, and what became of it."""
    _say_read(index)
    _say_given(index)
    if args.add and Stories.name in index.layer_versions:
        _say_joined(index)
    _say_own_columns(index)
    if args.add and not index.nodes.sizes:
        say(f"no topics yet; find some with: build --out {args.out} --refit")


def with_whole(out: Path, tell: Say | None = None) -> Index:
    """The opened index in ``out``, once it has the layers that are made of all articles together:
    what rose, and which words are related. No visitor waits for them."""
    from dashboard.index.building.build import LARGE
    from dashboard.index.building.publish import add_whole
    from dashboard.measures.keyness.keyness import warm_up
    from dashboard.measures.related.related import related_of
    from dashboard.measures.rises.bursts import rises_of

    opens = open_index(out).made.n_bytes >= LARGE
    add_whole(out, {Rises.name: rises_of, Related.name: related_of}, tell, opens=opens)
    index = open_index(out)
    warm_up(index)
    return index


def _left_out(args: argparse.Namespace) -> list[str]:
    """The layers that ``--without`` names, and those that need them."""
    if not args.without:
        return []
    if args.add or args.delete or args.refit:
        raise UsageError("--without goes with a new index or with --update; others keep theirs")
    try:
        out = left_out([name.strip() for name in args.without.split(",")])
    except KeyError as error:
        raise UsageError(
            f"--without: no layer is called {error.args[0]!r}; there are "
            + join_words([layer.name for layer in LAYERS])
        ) from None
    say("leaving out " + join_words(out))
    return out


def _say_read(index: Index) -> None:
    """What came in, and each problem with what to do about it."""
    say(describe_counts(index.report["totals"]))
    for file in index.report["files"]:
        for problem in file["problems"]:
            place = f", row {problem['row']}" if problem["row"] is not None else ""
            say(f"{file['file']}{place}: {problem['reason']} – {problem['remedy']}")


def _say_given(index: Index) -> None:
    """What came of the file of topics, and what it says nothing of."""
    if given := index.fit.given:
        aside = sum(given["set_aside"].values())
        why = join_words([f"{n:,}: {reason}" for reason, n in given["set_aside"].items()])
        say(
            f"topics given in {given['file']}: {count(given['n_rows'], 'row')}, {given['kept']:,} "
            f"kept, {aside:,} set aside" + f" ({why})" * bool(aside)
        )
    if given and (without := n_without_topic(index)):
        say(
            f"{without:,} of {count(index.n_articles, 'article')} have no topic there; "
            "to give them one: build --out DIR --refit --topics-from FILE"
        )


def _say_joined(index: Index) -> None:
    """What became of the new articles."""
    new = joined(index.layer(Stories.name).joint)
    articles = count(new.n_articles, "new article") if new.n_articles else "no new article"
    stories = count(new.n_stories, "story", "stories") if new.n_stories else "a story"
    founded = count(new.n_founded, "new story", "new stories") if new.n_founded else "no new story"
    say(f"{articles} joined {stories}; {founded}")


def _say_own_columns(index: Index) -> None:
    """Which of the user's own columns articles can be sorted by, and why not by the others."""
    if kept := own_columns(index):
        values = [f"{c.name} ({count(len(c.values), 'value')})" for c in kept.values()]
        say(f"your own columns, to filter and compare by: {join_words(values)}")
    for name, why in not_kept(index).items():
        say(f"column {name} is not kept: {why}")


def _rename(args: argparse.Namespace) -> None:
    from dashboard.index.building.rename import rename_topic

    for option in args.rename:
        topic, equals, name = option.partition("=")
        if not equals:
            raise UsageError(f"--rename takes ID=NAME, not {option!r}")
        say(f"{topic.strip()} is now called {rename_topic(args.out, topic.strip(), name)}")


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
        raise UsageError("--workers takes a number of 1 or more")
    return pool_run(args.workers) if args.workers else run_here
