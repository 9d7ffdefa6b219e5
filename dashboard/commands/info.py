"""``info``: show what an index holds."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from dashboard.export import write
from dashboard.index.index import open_index
from dashboard.scope_arguments import add_cut, cut_of
from dashboard.wording import bytes_in_words


def add_info(info: argparse.ArgumentParser) -> None:
    info.add_argument("index", type=Path, metavar="DIR")
    info.add_argument("--json", action="store_true", help="everything, as JSON")
    add_cut(info)
    info.set_defaults(run=_info)


def _info(args: argparse.Namespace) -> None:
    index = open_index(args.index)
    cut = cut_of(index, args.n_topics)
    if args.json:
        topics = [asdict(topic) for topic in cut.topics]
        facts = {**index.manifest, "topics": topics, "report": index.report}
        write(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", None)
        return
    made, fit, days = index.made, index.fit, index.date_range
    rows = [
        ("index", f"{index.index_id} (format {index.format})"),
        ("corpus", index.corpus_id),
        ("articles", f"{index.n_articles:,}"),
        ("words", f"{index.n_words:,} in {index.n_passages:,} passages"),
        ("sources", ", ".join(s.name for s in index.sources[:20]) or "none known"),
        ("topics", ", ".join(t.label for t in cut.topics) or "none"),
        (
            "reliable",
            f"{fit.reliability} (0 to 1; shuffled text: {fit.reliability_of_shuffled_text})"
            if not fit.given
            else f"not known: the topics are given in {fit.given['file']}, not fitted",
        ),
        ("dates", f"{days[0]} to {days[1]}" if days else "none known"),
        ("undated", f"{index.n_undated:,}"),
        ("engine", made.engine),
        *[("segmenter", made.segmenter)] * bool(made.segmenter),
        (
            "built",
            f"in {made.seconds:.1f} s, {made.cpu_seconds:.1f} CPU s, "
            f"peak memory {bytes_in_words(made.peak_memory_bytes)}",
        ),
    ]
    write("".join(f"{name:<9} {value}\n" for name, value in rows), None)
