"""``check``: read articles and report what became of each."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

from dashboard.corpus.importing.read import read_report
from dashboard.errors import UsageError
from dashboard.export import write


def add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")
    check.add_argument("--json", action="store_true", help="the whole report, as JSON")
    add_reading(check)
    check.set_defaults(run=_check)


def add_reading(parser: argparse.ArgumentParser) -> None:
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
        help="remove page furniture from the texts; auto: where a sample has some",
    )


def mapping_of(options: Sequence[str]) -> dict[str, str]:
    """``text=body,source=publication`` as a dict of field to column; later ones win."""
    if not options:
        return {}
    from dashboard.corpus.readers.tables.mapping import parse_mapping

    mapping: dict[str, str] = {}
    for option in options:
        try:
            mapping.update(parse_mapping(option))
        except ValueError as error:
            raise UsageError(f"--map: {error}") from None
    return mapping


def _check(args: argparse.Namespace) -> None:
    refuse_missing(args.paths)
    report = read_report(args.paths, mapping=mapping_of(args.map), clean=args.clean)
    if args.json:
        write(json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n", None)
    else:
        write(report.describe(), None)


def refuse_missing(paths: Sequence[Path]) -> None:
    missing = [path for path in paths if not os.path.lexists(path)]
    if missing:
        raise UsageError(f"{missing[0]}: no such file or folder")
