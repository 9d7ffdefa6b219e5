"""The commands ``report``, one page of a scope, and ``verify``, which makes its numbers again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from dashboard.errors import NewsprismError, UsageError
from dashboard.export import write
from dashboard.index.index import Index, open_index
from dashboard.index.storage.folder import is_index
from dashboard.report.document import report_html
from dashboard.report.verify import meta_of, verify_report
from dashboard.scope_arguments import add_scope, scope_of
from dashboard.wording import count

MOST_NAMED = 100  # differences
LARGEST = 200 * 1024**2  # bytes of a report


class ReportDiffers(NewsprismError):
    """A report doesn't say what the index says."""

    exit_code = 1


def add_report(report: argparse.ArgumentParser) -> None:
    report.add_argument("index", type=Path, metavar="DIR")
    add_scope(report)
    report.add_argument("-o", "--out", type=Path, metavar="FILE", help="instead of standard output")
    report.set_defaults(run=_report)


def add_verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("report", type=Path, metavar="FILE", help="a page that report wrote")
    verify.add_argument(
        "index",
        type=Path,
        nargs="?",
        metavar="DIR",
        help="the index; default: the one found beside it",
    )
    verify.set_defaults(run=_verify)


def _report(args: argparse.Namespace) -> None:
    index = open_index(args.index)
    write(report_html(index, scope_of(index, args)), args.out)


def _verify(args: argparse.Namespace) -> None:
    if args.report.stat().st_size > LARGEST:
        raise UsageError(f"{args.report}: larger than any report")
    text = args.report.read_bytes().decode("utf-8", "replace")
    try:
        index = open_index(args.index) if args.index else _index_beside(args.report, text)
        n, differences = verify_report(text, index)
    except UsageError as error:
        raise UsageError(error.what, str(args.report), error.remedy) from None
    for difference in differences[:MOST_NAMED]:
        write(difference.describe() + "\n", None)
    if differences:
        raise ReportDiffers(
            f"{count(len(differences), 'difference')} from the index", str(args.report)
        )
    write(f"{args.report}: all {n:,} numbers and sentences are as the index has them\n", None)


def _index_beside(report: Path, text: str) -> Index:
    """The index that a report was made of, in its folder or in this one."""
    meta = meta_of(text)
    for folder in _folders(report):
        if is_index(folder):
            index = open_index(folder)
            if index.corpus_id == meta.get("corpus"):
                return index
    raise UsageError(
        "its index is not beside it", "", "name the folder of the index: verify FILE DIR"
    )


def _folders(report: Path) -> Iterator[Path]:
    for place in dict.fromkeys([report.resolve().parent, Path.cwd()]):
        yield place
        yield from sorted(child for child in place.iterdir() if child.is_dir())
