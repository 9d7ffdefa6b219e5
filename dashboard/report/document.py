"""The report as one page of HTML: no script, no request, and the same bytes for the same index."""

from __future__ import annotations

import html
import json
import re

from dashboard.formats.citation import command_line, facts_of, scope_token
from dashboard.index.counts.story_labels import story_labels, story_position
from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.measures import TABLES
from dashboard.report import figures
from dashboard.report.proof import Evidence
from dashboard.report.sections import SECTIONS, Section
from dashboard.scope import Scope
from dashboard.wording import capital

META = "newsprism-report"
_STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:60em;margin:2em auto;padding:0 1em;color:#111;"
    "background:#fff}h1{font-size:1.7em;line-height:1.2}h2{font-size:1.2em;margin-top:2.2em;"
    "padding-top:.6em;border-top:1px solid #999}table{border-collapse:collapse;width:100%;"
    "font:13px/1.4 Helvetica,Arial,sans-serif}th,td{text-align:start;vertical-align:top;"
    "padding:.25em .6em .25em 0;border-bottom:1px solid #ddd}td.n,th.n{text-align:end;"
    "font-variant-numeric:tabular-nums}.q{font:15px/1.45 Georgia,serif;min-width:16em}"
    ".by,details{color:#555;font-size:.85em}.wide{overflow-x:auto}pre{white-space:pre-wrap;"
    "overflow-wrap:anywhere}svg{width:100%;height:auto;font:13px Helvetica,Arial,sans-serif}"
    "svg .label{text-anchor:end}svg .interval{stroke:#8a8f98;stroke-width:2}"
    "svg circle,svg rect{fill:#1f5fa8}@media print{body{margin:0;max-width:none}"
    "tr,svg{break-inside:avoid}h2{break-after:avoid}}"
)


def report_html(index: Index, scope: Scope) -> str:
    """The report of a scope. Every number and sentence carries what it is of: see
    :mod:`dashboard.report.proof`. A table that the index can't make is named with the reason."""
    facts = facts_of(index, scope)
    asked = {name: value for name, value in scope.to_params().items() if value}
    meta = json.dumps(
        {**facts, "params": asked, "n_topics": scope.n_topics}, ensure_ascii=True, sort_keys=True
    )
    title = _title(index, scope)
    head = [
        f"<h1>{html.escape(title)}</h1>",
        f'<p class="by">{html.escape(facts["in words"])}</p>',
    ]
    body = [_section(index, scope, section) for section in SECTIONS if _belongs(section, scope)]
    lines = "".join(
        f"<li>{html.escape(name)}: {html.escape(value)}</li>" for name, value in facts.items()
    )
    made = (
        f'<h2>How it was made</h2>\n<ul class="by">{lines}</ul>\n'
        f"<pre>{html.escape(command_line('report', scope))}\n"
        "python -m dashboard verify report.html INDEX</pre>"
    )
    text = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="{META}" content="{html.escape(meta)}">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join([*head, *body, made])
        + "\n</body></html>\n"
    )
    return text.encode("utf-8", "replace").decode()


def _belongs(section: Section, scope: Scope) -> bool:
    return not (scope.story and section.table == "story_list")


def _title(index: Index, scope: Scope) -> str:
    position = story_position(index, scope.story) if scope.story else None
    label = story_labels(index, (position,))[position] if position is not None else ""
    return f"Report: {label}" if label else "Report"


def _section(index: Index, scope: Scope, section: Section) -> str:
    """Title, figure, table and method of one table."""
    try:
        rows = section.rows(index, scope)
    except MissingLayer as error:
        return f'<h2>{section.title}</h2>\n<p class="by">Left out: {html.escape(error.what)}.</p>'
    if rows.empty:
        return f'<h2>{section.title}</h2>\n<p class="by">Nothing in scope.</p>'
    data = Evidence(
        index.corpus_id, scope_token(scope), section.table + section.derived, rows, section.options,
        section.quoted, section.percent,
    )  # fmt: skip
    title = section.title_of(rows) if section.title_of else section.title
    parts = [f"<h2{data.attributes(0, 'heading', title)}>{html.escape(title)}</h2>"]
    if section.figure == "bars":
        parts.append(figures.bars(data, "label", "share", "ci_low", "ci_high", html.escape(title)))
    elif section.figure == "columns":
        parts.append(figures.columns(data, "period", "n_articles", html.escape(title)))
    parts.append(_table(data, section))
    if method := TABLES[section.table].method.strip():
        told = "".join(f"<p>{_plain(each)}</p>" for each in method.split("\n\n"))
        parts.append(f"<details><summary>How is this computed?</summary>{told}</details>")
    return "\n".join(parts)


def _table(data: Evidence, section: Section) -> str:
    numeric = {c: data.rows[c].dtype.kind in "iufb" for c in section.columns}
    kinds = {
        c: ' class="q"' if c == section.quoted else ' class="n"' if numeric[c] else ""
        for c in section.columns
    }
    meanings = TABLES[section.table].columns
    heads = "".join(
        f'<th{kinds[c]} title="{html.escape(meanings.get(c, ""))}">'
        f"{html.escape(capital(c.removeprefix('n_').replace('_', ' ')))}</th>"
        for c in section.columns
    )
    lines = [
        "<tr>" + "".join(data.element("td", i, c, kinds[c]) for c in section.columns) + "</tr>"
        for i in range(len(data.rows))
    ]
    return f'<div class="wide"><table>\n<tr>{heads}</tr>\n' + "\n".join(lines) + "\n</table></div>"


def _plain(markdown: str) -> str:
    """A paragraph of a method: bold stays, the other marks of Markdown go."""
    text = html.escape(" ".join(markdown.split()))
    return re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", text).replace("`", "")
