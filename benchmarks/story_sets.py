"""Sets of labelled articles for ``stories.py``, made of a table of news.

    python benchmarks/story_sets.py NEWS.parquet two-views|pieces|twins OUT.csv [--seed N]
        [--dense] [--words N] [--late DAYS] [--sources N]

NEWS.parquet: title, text, source, date and topic of each article. No set is as hard as real news
in every way; each takes its labels from what its articles don't show:

- ``two-views``: articles whose text from word 130 on is alike, of one topic and within two days;
  kept are the title and the first 100 words, and, of one of each event, its second hundred.
- ``pieces``: disjoint sentences of one article, given out to three; ``--dense``: of articles of the
  six most crowded topics; ``--late``: each article up to so many days after its event.
- ``twins``: two earthquakes and two arrests in one week, three reports each, among ``two-views``.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashboard.text.sentences import sentence_spans

Row = tuple[str, str, str, str, pd.Timestamp]
START, DENSER = pd.Timestamp("2015-01-01"), 25  # days are drawn together so many times
ALIKE, UNLIKE, SHOWN, HIDDEN = 0.2, 0.19, 100, 130
CROWDED = "elections politics white_house immigration healthcare coronavirus".split()
TOWNS = "Arvika Bruneck Dunedin Esztergom Funchal Gyumri Hualien Kotor Lugo Matera Nuuk".split()
NAMES = "Adeyemi Brandauer Castellano Dimitrov Eriksen Fontaine Grigoryan Halvorsen".split()
KINDS = {
    "quake": [
        "A magnitude {n}.{m} earthquake struck near {town} on {day}, killing {dead} people.",
        "At least {dead} people died after a strong quake shook {town} early {day}.",
        "Rescue teams searched through rubble for survivors as aftershocks rattled the region.",
        "The U.S. Geological Survey said that the tremor hit at a depth of {km} kilometers.",
        "Hospitals in {town} were overwhelmed by the wounded, and schools were closed.",
        "The government declared a state of emergency and sent the army to {town}.",
        "Officials warned that the death toll of {dead} could rise.",
        "Mayor {name} asked for tents, water and blankets.",
    ],
    "arrest": [
        "Police in {town} have arrested {name}, {dead}, on charges of fraud, they said {day}.",
        "{name} was taken into custody in {town} after an investigation that lasted weeks.",
        "Detectives said that the suspect was found at a house on Route {km}.",
        "Bail was set at ${km},000, according to court records.",
        "Prosecutors are expected to file formal charges this week.",
        "A lawyer for {name} declined to comment.",
        "Neighbors in {town} said that they were shocked by the news.",
        "Anyone with information is asked to call the {town} police department.",
    ],
}


def two_views(news: pd.DataFrame, rng: random.Random) -> list[Row]:
    """By average link on the cosine of what isn't shown; what could be of another event too is left
    out."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = news["text"].str.split()
    hidden = words.map(lambda all_words: " ".join(all_words[HIDDEN:700]))
    made = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2, max_df=0.2)
    rows = made.fit_transform(hidden)
    cosine = (rows @ rows.T).toarray()
    day = (news["date"] - START).dt.days.to_numpy()
    apart = np.abs(day[:, None] - day[None])
    topic = news["topic"].to_numpy()
    likeness = np.where(apart <= 2, cosine, 0) * np.where(topic[:, None] == topic[None], 1, 0.8)
    distance = 1 - likeness.clip(0, 1)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    event = fcluster(tree, 1 - ALIKE, "distance")
    other = np.where((event[:, None] == event[None]) | (apart > 4), 0, cosine).max(axis=1)
    made_rows: list[Row] = []
    days: dict[int, pd.Timestamp] = {}
    for i in np.flatnonzero((other < UNLIKE) & (np.bincount(event)[event] > 1)).tolist():
        is_first = event[i] not in days
        days.setdefault(event[i], START + pd.Timedelta(days=int(day[i]) // DENSER))
        parts = [(news["title"][i], words[i][:SHOWN], news["source"][i])]
        if is_first:
            more = words[i][SHOWN : 2 * SHOWN]
            parts.append((" ".join(more[:9]), more, "Another"))
        for title, shown, source in parts:
            shifted = days[event[i]] + pd.Timedelta(days=rng.randint(-1, 1))
            made_rows.append((f"e{event[i]}", title, " ".join(shown), source, shifted))
    return made_rows


def pieces(
    news: pd.DataFrame,
    rng: random.Random,
    n: int = 500,
    words: int = 60,
    late: int | None = None,
    n_sources: int = 3,
) -> list[Row]:
    """The first ``n`` articles that are long enough, in an order drawn by ``rng``. Each story by
    three of so many sources, dated to a day, or up to ``late`` days after its event."""
    made: list[Row] = []
    order = list(news.index)
    rng.shuffle(order)
    for i in order:
        text = news["text"][i]
        lines = [line[a:b] for line in text.split("\n") for a, b in sentence_spans(line)]
        lines = [line for line in lines if 6 <= len(line.split()) <= 60]
        rng.shuffle(lines)
        parts = [lines[k::3] for k in range(3)]
        if min(sum(len(line.split()) for line in part) for part in parts) < words:
            continue
        day = START + (news["date"][i] - START) // DENSER
        sources = rng.sample(range(n_sources), 3) if n_sources > 3 else range(3)
        for k, part in enumerate(parts):
            shown = " ".join(" ".join(part).split()[:words])
            title = " ".join(shown.split()[:9]) if k else news["title"][i]
            after = rng.randint(-1, 1) if late is None else rng.randint(0, late)
            shifted = day.normalize() + pd.Timedelta(days=after)
            made.append((f"p{i}", title, shown, f"Outlet {sources[k]}", shifted))
        if len(made) >= 3 * n:
            break
    return made


def twins(rng: random.Random) -> list[Row]:
    """Two events of each kind."""
    made: list[Row] = []
    for kind, sentences in KINDS.items():
        towns, names = rng.sample(TOWNS, 2), rng.sample(NAMES, 2)
        for k in range(2):
            day = START + pd.Timedelta(days=rng.randint(0, 3))
            said = {"town": towns[k], "name": names[k], "day": day.day_name(), "dead": 20 + 17 * k,
                    "n": 5 + k, "m": rng.randint(0, 9), "km": rng.randint(10, 99)}  # fmt: skip
            for report in range(3):
                text = [rng.choice(sentences[:2]), *rng.sample(sentences[2:], 4)]
                body = " ".join(text).format(**said)
                made.append((f"{kind}{k}", "", body, f"Outlet {report}", day))
    return made


def main() -> None:
    """Make one set."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("kind", choices=["two-views", "pieces", "twins"])
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dense", action="store_true")
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--late", type=int)
    parser.add_argument("--sources", type=int, default=3)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    news = pd.read_parquet(args.news)
    news["date"] = pd.to_datetime(news["date"], errors="coerce")
    is_good = news["date"].dt.year.between(2008, 2021) & (news["text"].str.count(r"\S+") > 330)
    news = news[is_good].reset_index(drop=True)
    if args.dense:
        news = news[news["topic"].isin(CROWDED)]
    if args.kind == "pieces":
        rows = pieces(news, rng, words=args.words, late=args.late, n_sources=args.sources)
    else:
        rows = two_views(news, rng)
    if args.kind == "twins":
        rows += twins(rng)
    rng.shuffle(rows)
    table = pd.DataFrame(rows, columns=["story", "title", "text", "source", "date"])
    table.to_csv(args.out, index=False)
    print(f"{len(table):,} articles, {table['story'].nunique():,} events, in {args.out}")


if __name__ == "__main__":
    main()
