"""The demo corpus: articles of an invented coast, generated and not news.

    .venv/bin/python benchmarks/demo.py demo/generated-not-news.csv.gz

Planted in it: seven themes; 29 events, each told by several outlets within two days in their own
words; texts of an agency that others reprint; outlets of one owner; words that an outlet prefers;
quotations, figures and dates; themes that rise and fade; some articles without a date or a source.
The same code gives the same bytes. What a page finds in it says nothing about any newspaper.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
import sys
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import demo_words as words
from benchmarks.demo_events import EVENTS

COLUMNS = ("title", "text", "source", "date", "authors", "family", "kind")
AGENCY = "Union Press"
N_FEATURES = 170  # articles on a theme that tell no event
UNDATED, UNSIGNED = 29, 61  # every so many articles have no date, no source
Row = dict[str, str]


def pick(rng: random.Random, choices: str) -> str:
    return rng.choice(choices.split("|"))


def in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def plain(rng: random.Random, theme: str, outlet: str) -> str:
    """A sentence on the theme, sometimes with whom the outlet likes to write of."""
    parts = words.THEMES[theme]
    who, do, what = (pick(rng, parts[name]) for name in ("who", "do", "what"))
    reason, same = pick(rng, words.REASONS), word_for(theme, outlet)
    liked, reaction = pick(rng, words.OUTLETS[outlet][2]), pick(rng, words.REACTIONS)
    form = rng.randrange(6)
    if form == 0:
        return f"{pick(rng, words.TIMES)} {who} {do} {what} {reason}."
    if form == 1:
        return f"{capital(liked)} {reaction} when {who} {do} {what}."
    if form == 2:
        return f"{capital(who)} {do} {what}, and {liked} {reaction}."
    if form == 3:
        return f"As for {what}, {who} {reaction} {reason}."
    if form == 4:
        other = pick(rng, parts["who"])
        return f"During the {same} {who} {do} {what}; {other} {reaction}."
    return f"{capital(reason)}, {who} {do} {what}, {pick(rng, parts['who'])} said."


def word_for(theme: str, outlet: str) -> str:
    """What this outlet calls the main thing of a theme."""
    options = words.THEMES[theme]["same"].split("|")
    return options[[*words.OUTLETS].index(outlet) % len(options)]


def paragraphs(rng: random.Random, theme: str, outlet: str, n: int) -> list[str]:
    return [" ".join(plain(rng, theme, outlet) for _ in range(rng.randint(2, 4))) for _ in range(n)]


def told(rng: random.Random, event: tuple[str, str, str, str, str, int, str], outlet: str) -> str:
    """An event in an outlet's words: what happened, its figure, who said what, and background."""
    theme, day, _, act, figure, speaker, quote = event
    parts, on = words.THEMES[theme], date.fromisoformat(f"2024-{day}")
    name, role = parts["people"].split("|")[speaker].split(", ", 1)
    facts = {
        "who": parts["who"].split("|")[speaker],
        "act": act, "figure": figure, "figure_c": capital(figure), "same": word_for(theme, outlet),
        "voice": f"{name}, {role}", "voice_c": f"{name}, {role},", "time": f"{on:%A}",
        "source": pick(rng, words.OUTLETS[outlet][2]), "reason": pick(rng, words.REASONS),
        "past": in_words(on - timedelta(days=30 + 10 * speaker)),
        "next": in_words(on + timedelta(days=21)),
        "did": pick(rng, parts["do"]), "what": pick(rng, parts["what"]),
    }  # fmt: skip
    lead, number, dated = (
        rng.choice(forms).format(**facts) for forms in (words.LEADS, words.FIGURES, words.DATED)
    )
    said = rng.choice((f"“{quote}” {name} said.", f"{name} put it so: “{quote}”"))
    body = paragraphs(rng, theme, outlet, rng.randint(2, 4))
    return "\n\n".join(
        [
            f"{capital(lead)} {plain(rng, theme, outlet)}",
            f"{number} {plain(rng, theme, outlet)}",
            f"{said} {plain(rng, theme, outlet)}",
            *body,
            f"{dated} {plain(rng, theme, outlet)}",
        ]
    )


def reprinted(rng: random.Random, text: str, outlet: str, theme: str) -> str:
    """The agency's text as another outlet prints it: shortened, or with a paragraph of its own."""
    parts = text.split("\n\n")
    kept = parts if rng.random() < 0.5 else parts[:-1]
    return "\n\n".join([*kept, f"{plain(rng, theme, outlet)} {plain(rng, theme, outlet)}"])


def articles() -> list[Row]:
    """All articles, by date."""
    rng = random.Random("newsprism demo")
    rows: list[Row] = []

    def add(title: str, text: str, outlet: str, day: date) -> None:
        family, kind, _ = words.OUTLETS[outlet]
        rows.append(
            {
                "title": title,
                "text": text,
                "source": outlet,
                "date": day.isoformat(),
                "authors": "" if outlet == AGENCY else pick(rng, words.BYLINES),
                "family": family,
                "kind": kind,
            }
        )

    others = [outlet for outlet in words.OUTLETS if outlet != AGENCY]
    for event in EVENTS:
        theme, day = event[0], date.fromisoformat(f"2024-{event[1]}")
        wire = told(rng, event, AGENCY)
        add(event[2], wire, AGENCY, day)
        for outlet in rng.sample(others, rng.randint(5, 7)):
            title = (
                f"{event[2]}: {pick(rng, words.THEMES[theme]['who'])} {pick(rng, words.REACTIONS)}"
            )
            on = day + timedelta(days=rng.choice((0, 0, 1, 1, 2)))
            is_reprint = rng.random() < 0.2
            text = reprinted(rng, wire, outlet, theme) if is_reprint else told(rng, event, outlet)
            add(title, text, outlet, on)
    days = {theme: [e[1] for e in EVENTS if e[0] == theme] for theme in words.THEMES}
    for n in range(N_FEATURES):
        theme, outlet = [*words.THEMES][n % len(words.THEMES)], rng.choice(others)
        near = date.fromisoformat(f"2024-{rng.choice(days[theme])}")
        on = near + timedelta(days=rng.randint(-9, 12))
        what, who = (pick(rng, words.THEMES[theme][name]) for name in ("what", "who"))
        text = "\n\n".join(paragraphs(rng, theme, outlet, rng.randint(4, 7)))
        add(f"{capital(who)} and {what}: a report {pick(rng, words.REASONS)}", text, outlet, on)
    rows.sort(key=lambda row: (row["date"], row["source"], row["title"]))
    for n, row in enumerate(rows, 1):
        row["date"] = "" if n % UNDATED == 0 else row["date"]
        if n % UNSIGNED == 0:
            row |= {"source": "", "family": "", "authors": ""}
    return rows


def written() -> bytes:
    """The file: a table in gzip."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(articles())
    return gzip.compress(table.getvalue().encode(), mtime=0)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(written())
