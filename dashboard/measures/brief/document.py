"""The brief as a document: Markdown, HTML that prints without a server, JSON."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboard.measures.brief.brief import PARTS
from dashboard.wording import show_day

#: Parts whose notes stand before the sentences: a date, a speaker.
_LED = ("so_far", "voices")
#: What would be markup at its place in Markdown.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$!])|^(\s*)([-+=]|\d+[.)])", re.MULTILINE)
_STYLE = (
    "body{font:17px/1.5 Georgia,serif;max-width:42em;margin:2em auto;padding:0 1em;color:#111}"
    "h1{font-size:1.6em;line-height:1.2}h2{font-size:1.1em;margin-top:2em;padding-top:.6em;"
    "border-top:1px solid #999}p{margin:.6em 0}.by,.note{color:#555;font-size:.85em}"
    ".note{font-style:italic}"
    "@media print{body{margin:0;max-width:none}h2{break-after:avoid}p{break-inside:avoid}}"
)


def brief_markdown(brief: pd.DataFrame, title: str, scope: str) -> str:
    """The brief as CommonMark, every sentence with its source and date. ``scope``: what it is of,
    in words."""
    lines = [f"# {_plain(title)}", "", _plain(scope), ""]
    for part, rows in _by_part(brief):
        lines += [f"## {PARTS[part]}", ""]
        note = ""
        for row in rows:
            if row["sentence"] is None:
                lines += [f"*{_plain(row['note'])}*", ""]
                continue
            if part == "signals" and row["note"] != note:
                lines += [""] * bool(note)
                note = row["note"]
                lines += [f"**{_plain(note)}** ({_plain(row['carried_by'])})", ""]
            if part in _LED:
                lines += [
                    f"- **{_plain(row['note'])}**: {_plain(row['sentence'])} ({_plain(_by(row))})"
                ]
                continue
            also = [_plain(each) for each in _beside(part, row)]
            lines += [f"- {_plain(row['sentence'])} ({'; '.join([_plain(_by(row)), *also])})"]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def brief_html(brief: pd.DataFrame, title: str, scope: str, link: str = "") -> str:
    """The brief as a page that needs no server and prints well. ``link``: address of the dashboard
    page for articles, to which the id is added; without it sentences carry no link."""
    body = [f"<h1>{html.escape(title)}</h1>", f'<p class="by">{html.escape(scope)}</p>']
    for part, rows in _by_part(brief):
        body.append(f"<h2>{html.escape(PARTS[part])}</h2>")
        note = ""
        for row in rows:
            if row["sentence"] is None:
                body.append(f'<p class="note">{html.escape(row["note"])}</p>')
                continue
            if part == "signals" and row["note"] != note:
                note = row["note"]
                who = html.escape(row["carried_by"])
                body.append(f'<p><b>{html.escape(note)}</b> <span class="by">{who}</span></p>')
            by = html.escape(" · ".join([_by(row), *_beside(part, row)]))
            if link:
                by = f'<a href="{html.escape(link + row["article_id"])}">{by}</a>'
            when = f"<b>{html.escape(row['note'])}</b> " if part in _LED else ""
            body.append(f'<p>{when}{html.escape(row["sentence"])} <span class="by">{by}</span></p>')
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}'
        f"</title><style>{_STYLE}</style></head>\n<body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


def brief_json(brief: pd.DataFrame, title: str, scope: str) -> str:
    """The brief as JSON: title, scope, and its parts with the rows of the table."""
    parts = [
        {"part": part, "title": PARTS[part], "sentences": rows} for part, rows in _by_part(brief)
    ]
    document = {"title": title, "scope": scope, "parts": parts}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


#: By the name of the format.
BRIEF_FORMATS = {"md": brief_markdown, "html": brief_html, "json": brief_json}


def _by_part(brief: pd.DataFrame) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for part, rows in brief.groupby("part", sort=False):
        found = rows.astype(object).where(rows.notna(), None).to_dict("records")
        yield str(part), [{str(name): value for name, value in row.items()} for row in found]


def _by(row: Mapping[str, Any]) -> str:
    when = show_day(date.fromisoformat(row["date"])) if row["date"] else "undated"
    return f"{row['source'] or 'source unknown'}, {when}"


def _beside(part: str, row: Mapping[str, Any]) -> list[str]:
    """What else is said of a sentence."""
    if part == "why" and row["carried_by"]:
        return [f"also {row['carried_by']}"]
    if part == "silent":
        return [str(row["note"])]
    return []


def _plain(text: str) -> str:
    """Text in which nothing is markup, on one line."""
    line = " ".join(str(text).split())
    return _MARKS.sub(lambda m: f"{m[2] or ''}\\{m[1] or m[3]}", line)
