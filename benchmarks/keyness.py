"""Words that tell sources apart where nothing does, and words that should be found.

    python benchmarks/keyness.py INDEX [--splits N] [--picture FILE]

INDEX is a folder that `python -m dashboard build` made, with stories. Articles of one source (of
the next largest too where it has too few) are dealt at random to two sides: whatever is then found
at q < .05 is false. Beside this project's test (words and phrases, topics, within stories) two with
words as units: G² (Dunning 1993) and the z of log-odds with a Dirichlet prior (Monroe et al. 2008).
For within stories the articles are of whatever sources, from stories with several.

Power: a word of .5 uses per 1,000 words on one side and three times as many on the other, its
expected uses in each article gamma-distributed (shape .3: most articles have none, some a burst).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.index.counts.term_counts import term_counts
from dashboard.index.index import Index, Source, open_index
from dashboard.measures import TABLES, findings
from dashboard.measures.keyness.compared import Compared, compared
from dashboard.measures.keyness.covered import TermSums, covered, sides_of
from dashboard.measures.keyness.leaning import MAX_Q
from dashboard.measures.keyness.told import told
from dashboard.measures.keyness.uses import ArticleUses
from dashboard.measures.statistics.inference import (
    PRIOR_WORDS,
    benjamini_hochberg,
    log_odds,
    normal_p,
)
from dashboard.scope import Scope

SIZES = (15, 40, 150, 470)
POWER_SIZES = (60, 100, 150, 200, 300, 470)
RATE, TIMES, SHAPE = 0.5e-3, 3.0, 0.3
OURS = ("words and phrases", "topics", "within stories")
PEERS = ("G², words as units", "log-odds z, words as units")


class Halves(Index):
    """An index whose articles have other sources: A, B or unknown."""

    source_of: Any = None
    sums: Any = None

    @classmethod
    def of(cls, index: Index, source_of: NDArray[np.int64]) -> Halves:
        """The index with these sources."""
        made = object.__new__(cls)
        made.__dict__.update(index.__dict__)
        for name in ("source_names", "source_ids", "sums"):
            made.__dict__.pop(name, None)
        made.source_of, made.sums = source_of, None
        sizes = np.bincount(source_of[source_of >= 0], minlength=2).tolist()
        made.sources = [
            Source(x.lower(), x, n, i) for i, (x, n) in enumerate(zip("AB", sizes, strict=True), 1)
        ]
        return made


def pools(index: Index, n: int) -> NDArray[np.int64]:
    """Articles of the largest source, and of the next where it has fewer than ``n``."""
    sizes = np.bincount(index.source_of[index.source_of >= 0])
    order = np.argsort(-sizes, kind="stable")
    k = int(np.searchsorted(np.cumsum(sizes[order]), n)) + 1
    return np.flatnonzero(np.isin(index.source_of, order[:k]))


def storied(index: Index) -> NDArray[np.int64]:
    """Articles of stories that have several."""
    story_of = index.layer("stories").joint["story_of"]
    return np.flatnonzero(np.bincount(story_of)[story_of] > 1)


def split(index: Index, pool: NDArray[np.int64], n: int, random: np.random.Generator) -> Halves:
    """Up to ``n`` articles of the pool on each side."""
    n = min(n, len(pool) // 2)
    chosen = random.choice(pool, 2 * n, replace=False)
    source_of = np.full(index.n_articles, -1)
    source_of[chosen[:n]], source_of[chosen[n:]] = 0, 1
    return Halves.of(index, source_of)


def groups(halves: Halves) -> Compared:
    """Both sides."""
    found = compared(halves, Scope(), None)
    assert found is not None
    return found


def word_level(of: Compared) -> Iterator[int]:
    """How many words each of the ``PEERS`` finds."""
    counts = term_counts(of.index, of.selection, of.groups, 3)[:2]
    articles, words = of.words_of_articles()
    n_own, n_rest = np.bincount(of.index.source_of[articles], words, 2).tolist()
    kept = of.candidates & (counts.sum(axis=0) >= 2)
    own, rest = counts[:, kept].astype(float)
    expected = n_own / (n_own + n_rest) * (own + rest)
    other = own + rest - expected
    with np.errstate(divide="ignore", invalid="ignore"):
        g2 = 2 * (
            np.where(own > 0, own * np.log(own / expected), 0)
            + np.where(rest > 0, rest * np.log(rest / other), 0)
        )
    prior = PRIOR_WORDS * (own + rest) / (n_own + n_rest)
    spread = np.sqrt(1 / (own + prior) + 1 / (rest + prior))
    z = log_odds(own, rest, n_own, n_rest) / spread
    for each in (np.sqrt(np.maximum(g2, 0)), z):
        yield int((benjamini_hochberg(normal_p(each), len(each)) < MAX_Q).sum())


def found_in(of: Compared, storied_of: Compared) -> dict[str, int]:
    """How many words or topics each view and each peer finds in one split."""
    mixes = TABLES["source_topics"](of.index, Scope())
    by_article = mixes[mixes["interval_unit"] == "articles"]
    n_topics = len(findings.separating_topics(by_article)) if len(by_article) else 0
    return {
        OURS[0]: sum(int((each.q < MAX_Q).sum()) for each in covered(of)),
        OURS[1]: n_topics,
        OURS[2]: sum(int((each.q < MAX_Q).sum()) for each in told(storied_of) if each),
        **dict(zip(PEERS, word_level(of), strict=True)),
    }


def planted_is_found(of: Compared, random: np.random.Generator) -> bool:
    """Whether a word that one side uses three times as often is found among all others."""
    articles, words = of.words_of_articles()
    is_own = of.index.source_of[articles] == 0
    rate = RATE * np.where(is_own, TIMES, 1) * random.gamma(SHAPE, 1 / SHAPE, len(words))
    y = random.poisson(rate * words)
    at = np.flatnonzero(y)
    entries = ArticleUses(np.zeros(len(at), np.int64), at, y[at])
    sides = sides_of(of.groups[of.index.source_of[articles]], words, 3)
    others = next(covered(of))
    doc_freq = np.append(others.df_own + others.df_rest, len(at))
    sums = TermSums.of_uses(entries, sides, 1)
    planted = sums.leaning(0, np.zeros(1, int), np.zeros(1, int), doc_freq)
    if len(at) < others.least:
        return False
    tested = others.df_own + others.df_rest >= others.least
    p = np.append(others.p[tested], planted.p)
    return bool(benjamini_hochberg(p, others.n_tests + 1)[-1] < MAX_Q)


def draw(false: dict[int, dict[str, list[int]]], power: dict[int, float], file: Path) -> None:
    """The picture of the README."""
    from playwright.sync_api import sync_playwright
    from plotly.subplots import make_subplots

    titles = ("Splits with a false discovery", "True difference found (word at 3× the rate)")
    made = make_subplots(rows=1, cols=2, subplot_titles=titles, horizontal_spacing=0.12)
    tones = "#0b6e99", "#5aa9c9", "#9ccbe0", "#c0392b", "#e59866"
    colors = dict(zip((*OURS, *PEERS), tones, strict=True))
    for name, color in colors.items():
        share = [float(np.mean([k > 0 for k in false[size][name]])) for size in false]
        made.add_bar(
            x=[f"{size}" for size in false], y=share, name=name, marker_color=color,
            text=[f"{100 * each:g}" for each in share], textposition="outside",
            textfont_size=9, textangle=0,
            cliponaxis=False, row=1, col=1,
        )  # fmt: skip
    made.add_hline(y=0.05, line_dash="dot", line_color="#555", row=1, col=1)
    made.add_scatter(
        x=[*power], y=[*power.values()], mode="lines+markers+text", showlegend=False,
        line_color="#0b6e99", text=[f"{100 * each:g}" for each in power.values()],
        textposition="top left", cliponaxis=False, row=1, col=2,
    )  # fmt: skip
    for col in (1, 2):
        made.update_xaxes(title="articles a side", row=1, col=col)
        made.update_yaxes(range=[0, 1.08], tickformat=".0%", row=1, col=col)
    made.update_layout(
        template="simple_white", width=1100, height=440, margin={"t": 60, "b": 110},
        legend={"orientation": "h", "y": -0.28}, font={"size": 13},
    )  # fmt: skip
    page = made.to_html(include_plotlyjs=True, config={"displayModeBar": False})
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        tab = browser.new_page(viewport={"width": 1120, "height": 460}, device_scale_factor=2)
        tab.set_content(page)
        tab.wait_for_selector(".legend")
        tab.locator(".plotly-graph-div").screenshot(path=str(file))
        browser.close()


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--splits", type=int, default=200)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    index, random = open_index(options.index), np.random.default_rng(1)
    stories = storied(index)
    false: dict[int, dict[str, list[int]]] = {}
    for size in SIZES:
        pool = pools(index, 2 * size - 20)
        own = false[size] = {name: [] for name in (*OURS, *PEERS)}
        for _ in range(options.splits):
            of = groups(split(index, pool, size, random))
            for name, n in found_in(of, groups(split(index, stories, size, random))).items():
                own[name].append(n)
        for name, each in own.items():
            share, middle = np.mean([k > 0 for k in each]), np.median(each)
            print(
                f"{size:4} a side  {name:28} {share:6.1%} of splits, median {middle:.0f}",
                flush=True,
            )
    power = {}
    for size in POWER_SIZES:
        pool = pools(index, 2 * size - 20)
        found = [
            planted_is_found(groups(split(index, pool, size, random)), random)
            for _ in range(options.splits)
        ]
        power[size] = float(np.mean(found))
        print(f"{size:4} a side  planted word found in {power[size]:.1%}", flush=True)
    if options.picture:
        draw(false, power, options.picture)


if __name__ == "__main__":
    main()
