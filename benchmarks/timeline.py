"""Dates in running text and the timeline made of them: speed, and accuracy on annotated files.

    python benchmarks/timeline.py INDEX [--every N] [--timeml FOLDER]

INDEX is a folder that `python -m dashboard build` made. Measured are: of every N-th article,
finding the dates of its sentences; the whole layer; then, for the whole corpus, the entries of the
timeline and one page of it. Times are processor seconds of one process.

FOLDER holds TimeML files (`*.tml`: TimeBank, AQUAINT, the platinum set of TempEval-3, WikiWars made
TimeML). Each file's creation time is the day of the article, each line a passage. Printed are, over
the TIMEX3 of type DATE and TIME whose value is a calendar date, recall (an expression of ours
overlaps it), value accuracy of those found, and the F1 of values, which counts our spare
expressions against us. Durations, sets and PRESENT_REF are left out: a timeline does without them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.index.counts.article_sentences import article_sentences
from dashboard.index.index import Index, open_index
from dashboard.index.layers.layer import SegmentView
from dashboard.index.layers.timeline import Timeline
from dashboard.measures.events.entries import entries_of
from dashboard.measures.events.timeline import timeline
from dashboard.scope import Scope
from dashboard.text.dates.find import Reader
from dashboard.text.sentences import sentence_spans

CALENDAR = re.compile(r"\d{2,4}(-(\d\d(-\d\d(T.*)?)?|W\d\d(-WE)?|Q\d|H\d|SP|SU|FA|WI))?")
Span = tuple[int, int, str]


def seconds(work: Callable[[], object]) -> tuple[float, object]:
    began = time.process_time()
    made = work()
    return time.process_time() - began, made


def read_dates(index: Index, every: int) -> tuple[int, int, float]:
    """Articles, dates, and processor seconds for finding them (reading the texts apart)."""
    texts = []
    for position in range(0, index.n_articles, every):
        day = index.days[position]
        spans = article_sentences(index, position)
        texts.append((None if str(day) == "NaT" else day.item(), index.passages(position), spans))
    began, n = time.process_time(), 0
    for day, passages, spans in texts:
        reader = Reader(day)
        n += sum(len(dates) for _, _, dates in reader.read_passages(passages, spans))
    return len(texts), n, time.process_time() - began


def speed(index: Index, every: int) -> None:
    n, n_dates, took = read_dates(index, every)
    print(f"dates in text     {n / took:8,.0f} articles/s   {n_dates / n:.1f} dates an article")
    sentences = index.layer("sentences").segments
    took = 0.0
    for segment, own in zip(index.segments, sentences, strict=True):
        view = SegmentView(segment.articles, segment.arrays, index.lexicon, {"sentences": own})
        took += seconds(lambda view=view: Timeline().extract(view))[0]
    print(f"layer             {index.n_articles / took:8,.0f} articles/s")
    scope = Scope()
    took, entries = seconds(lambda: entries_of(index, scope))
    print(f"entries           {took:8.2f} s for {len(entries):,} of {entries.n_found:,} statements")
    timeline(index, scope, told=150, plans=False, first=0, most=20)
    took = seconds(lambda: timeline(index, scope, told=150, plans=False, first=20, most=20))[0]
    print(f"a page of 20      {1000 * took:8.0f} ms")


def annotated(path: Path) -> tuple[dt.date | None, str, list[Span]]:
    """Creation day, text, and the calendar dates of a TimeML file."""
    root = ElementTree.parse(path).getroot()
    created = root.find(".//*[@functionInDocument='CREATION_TIME']")
    value = created.get("value", "") if created is not None else ""
    day = dt.date.fromisoformat(value[:10]) if re.match(r"\d{4}-\d\d-\d\d", value) else None
    body = root.find("TEXT")
    parts: list[str] = []
    found: list[Span] = []

    def walk(node: ElementTree.Element) -> None:
        begin = sum(map(len, parts))
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")
        is_date = node.tag == "TIMEX3" and node.get("type") in ("DATE", "TIME")
        if is_date and CALENDAR.fullmatch(node.get("value", "")):
            found.append((begin, sum(map(len, parts)), node.get("value", "")))

    walk(root if body is None else body)
    return day, "".join(parts), found


def accuracy(folder: Path) -> None:
    n_gold = n_found = n_right = n_ours = n_spare = 0
    for path in sorted(folder.rglob("*.tml")):
        day, text, gold = annotated(path)
        reader, ours, start = Reader(day), [], 0
        for line in text.split("\n"):
            spans = sentence_spans(line)
            for _, number, dates in reader.read_passages([line], [spans]):
                begin = start + spans[number][0]
                ours += [(begin + d.start, begin + d.end, d.value.value) for d in dates]
            start += len(line) + 1
        for begin, end, value in gold:
            hits = [v for a, b, v in ours if a < end and begin < b]
            n_found += bool(hits)
            right = [
                v
                for v in hits
                if value in v.split("/") or (len(value) > 10 and v[:10] == value[:10])
            ]
            n_right += bool(right)
        n_spare += sum(all(b <= g[0] or g[1] <= a for g in gold) for a, b, _ in ours)
        n_gold, n_ours = n_gold + len(gold), n_ours + len(ours)
    if not n_gold:
        print(f"no TimeML in {folder}")
        return
    precision = n_right / max(n_found + n_spare, 1)
    recall = n_right / n_gold
    print(f"annotated dates {n_gold:,}, ours {n_ours:,}, without a counterpart {n_spare:,}")
    print(f"recall {n_found / n_gold:.3f}  value accuracy {n_right / max(n_found, 1):.3f}  "
          f"value F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--every", type=int, default=4)
    parser.add_argument("--timeml", type=Path)
    arguments = parser.parse_args()
    speed(open_index(arguments.index), arguments.every)
    if arguments.timeml:
        accuracy(arguments.timeml)


if __name__ == "__main__":
    main()
