"""Writes the part of ``tables.md`` that says what each table holds, from the registry:

    .venv/bin/python docs/write_tables.py

``--check`` writes nothing, and exits with 1 where the page is not up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.measures.registry import Table

from dashboard.measures import TABLES  # isort: skip

PAGE = Path(__file__).with_name("tables.md")
BEGIN = "<!-- tables: written by docs/write_tables.py -->"
END = "<!-- end of tables -->"


def overview() -> str:
    """A line a table: what a row is, and the options it takes."""
    lines = ["| Table | A row | Options |", "|---|---|---|"]
    for table in TABLES.values():
        flags = ", ".join(f"`{o.flag} {o.metavar}`" for o in table.options if o.flag)
        lines.append(f"| `{table.name}` | {table.row} | {flags} |")
    return "\n".join(lines)


def columns(table: Table[...]) -> str:
    """A line a column, with its meaning."""
    rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in table.columns.items())
    return f"### `{table.name}`\n\n| Column | Meaning |\n|---|---|\n{rows}"


def options() -> str:
    """A line an option of tables, with what it does."""
    found = {o.flag: o for table in TABLES.values() for o in table.options if o.flag}
    return "\n".join(f"- `{o.flag} {o.metavar}`: {o.help}" for o in found.values())


def page() -> str:
    """The page as it has to be."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    parts = [overview(), options(), *map(columns, TABLES.values())]
    return head + BEGIN + "\n\n" + "\n\n".join(parts) + "\n\n" + END + tail


def main() -> int:
    if "--check" in sys.argv:
        return int(page() != PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
