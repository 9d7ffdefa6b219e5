"""How much of an article is found in its web page, and how little else: word 4-grams.

    python benchmarks/pages.py FOLDER

FOLDER holds page_NNN.html.gz (as served), page_NNN.txt (the page as pasted text) and gold.json
({"page_NNN": {"article_body": "…"}}), the shape of scrapinghub's article-extraction-benchmark.
Precision and recall are averaged over the pages; F1 is that of the two averages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.corpus.article import join_paragraphs
from dashboard.corpus.lines.label import clean_lines
from dashboard.corpus.readers.web.html import read_html
from dashboard.corpus.record import RefusedFile

_WORD = re.compile(r"\w+")
_GRAM = 4


def grams(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words in ``text`` with their counts; a shorter text is one run."""
    words = _WORD.findall(text)
    starts = range(max(1, len(words) - _GRAM + 1)) if words else range(0)
    return Counter(tuple(words[i : i + _GRAM]) for i in starts)


def score(found: str, wanted: str) -> tuple[float, float]:
    """Return the precision and the recall of ``found``."""
    got, gold = grams(found), grams(wanted)
    shared = (got & gold).total()
    if not got:
        return (0.0, 0.0) if gold else (1.0, 1.0)
    return shared / got.total(), shared / gold.total() if gold else 1.0


def by_reader(page: bytes, pasted: str) -> str:
    try:
        return "\n\n".join(record.text for record in read_html(page, "page.html").records)
    except RefusedFile:
        return ""


def by_justext(page: bytes, pasted: str) -> str:
    import justext

    paragraphs = justext.justext(page, justext.get_stoplist("English"))
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def raw(page: bytes, pasted: str) -> str:
    return pasted


def by_lines(page: bytes, pasted: str) -> str:
    return "\n".join(join_paragraphs(clean_lines(pasted.split("\n"))))


METHODS: dict[str, Callable[[bytes, str], str]] = {
    "HTML: this reader": by_reader,
    "HTML: jusText": by_justext,
    "pasted text: raw": raw,
    "pasted text: cleaned": by_lines,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    pages = [
        (
            gzip.decompress((folder / f"{name}.html.gz").read_bytes()),
            (folder / f"{name}.txt").read_text(encoding="utf-8", errors="replace"),
            entry["article_body"],
        )
        for name, entry in sorted(gold.items())
    ]
    print(f"{len(pages)} pages")
    print(f"{'method':22} {'precision':>9} {'recall':>7} {'F1':>6} {'R < .9':>7} {'ms/page':>8}")
    for name, method in METHODS.items():
        method(*pages[0][:2])  # libraries are loaded on first use, which no page is charged for
        started = time.perf_counter()
        texts = [method(page, pasted) for page, pasted, _ in pages]
        spent = 1000 * (time.perf_counter() - started) / len(pages)
        scores = [score(text, body) for text, (_, _, body) in zip(texts, pages, strict=True)]
        precision, recall = (mean(column) for column in zip(*scores, strict=True))
        both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        low = sum(one < 0.9 for _, one in scores)
        print(f"{name:22} {precision:9.3f} {recall:7.3f} {both:6.3f} {low:7} {spent:8.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
