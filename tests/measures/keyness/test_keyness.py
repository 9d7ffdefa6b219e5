"""Words that lean to sources, against another implementation that reads the texts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.statistics.inference import PRIOR_WORDS
from dashboard.scope import Scope
from dashboard.text.token_rule import tokenise

WORDS = [a + b + c for a in "ba ce di fo gu ha ki lo".split() for b in "mu ne pa ri".split()
         for c in "nrst"]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Ninety articles of three sources and of many lengths; Norte says “puerto” more often."""
    folder, random = tmp_path_factory.mktemp("keyness"), np.random.default_rng(8)
    rows = ["title,text,source,date,url"]
    for i in range(90):
        n = int(random.integers(60, 400))
        text = [str(w) for w in random.choice(WORDS, n)]
        burst = random.poisson(random.gamma(0.5, 8 if i % 3 == 0 else 0.5))
        for place in random.choice(n, min(int(burst), n), replace=False).tolist():
            text[place] = "puerto"
        sentences = [" ".join(text[k : k + 13]).capitalize() + "." for k in range(0, n, 13)]
        source = ("Norte", "Sur", "Este")[i % 3]
        rows.append(f"T{i},{' '.join(sentences)},{source},2024-01-{i % 28 + 1:02d},")
    (folder / "in.csv").write_text("\n".join(rows), encoding="utf-8")
    build_index([folder / "in.csv"], folder / "index", clean="never")
    return open_index(folder / "index")


def uses_by_article(index: Index, term: str) -> tuple[list[int], list[int], list[str]]:
    """Uses of a term in each article, its words, and its source."""
    wanted, uses, words = term.lower().split(), [], []
    for i in range(index.n_articles):
        read = [[t for t, _ in tokenise(passage)] for passage in index.passages(i)]
        words.append(sum(map(len, read)))
        uses.append(
            sum(
                tokens[k : k + len(wanted)] == wanted for tokens in read for k in range(len(tokens))
            )
        )
    return uses, words, [str(index.source_names[s]) for s in index.source_of]


def test_equal_to_another_implementation(index: Index) -> None:
    table = TABLES["keyness"](index, Scope())
    assert table["source"].nunique() == 3
    checked = 0
    for row in table.groupby("source").head(4).itertuples():
        y, words, names = uses_by_article(index, row.term)
        sides = [
            [
                (a, b)
                for a, b, name in zip(y, words, names, strict=True)
                if (name == row.source) is own
            ]
            for own in (True, False)
        ]
        (y_own, n_own), (y_rest, n_rest) = (
            [sum(each) for each in zip(*s, strict=True)] for s in sides
        )
        assert (row.n_group, row.n_rest) == (y_own, y_rest)
        assert row.rate_group == pytest.approx(1000 * y_own / n_own, rel=1e-12)
        assert row.df_group == sum(a > 0 for a, _ in sides[0])
        assert row.df_rest == sum(a > 0 for a, _ in sides[1])
        prior = PRIOR_WORDS * (y_own + y_rest) / (n_own + n_rest)
        odds = [
            (a + prior) / (n + PRIOR_WORDS - a - prior)
            for a, n in ((y_own, n_own), (y_rest, n_rest))
        ]
        delta = math.log(odds[0]) - math.log(odds[1])
        variance = 0.0
        for side, a, n in ((sides[0], y_own, n_own), (sides[1], y_rest, n_rest)):
            spread = math.fsum((k - a / n * w) ** 2 for k, w in side) * len(side) / (len(side) - 1)
            variance += max(spread, a + 0.5) / (a + 0.5) ** 2
        assert row.log_odds == pytest.approx(delta, abs=1e-9)
        assert row.ci_low == pytest.approx(delta - 1.959964 * math.sqrt(variance), abs=1e-9)
        assert row.ci_high == pytest.approx(delta + 1.959964 * math.sqrt(variance), abs=1e-9)
        checked += 1
    assert checked == 12


def test_q_is_near_that_of_many_deals(index: Index) -> None:
    table = TABLES["keyness"](index, Scope())
    row = table[table["term"] == "puerto"].iloc[0]
    assert row["source"] == "Norte"
    assert bool(row["distinguishable"])
    y, words, names = uses_by_article(index, "puerto")
    score, is_own = np.log1p(y), np.asarray(names) == "Norte"
    edge = np.quantile(words, 0.5)  # ninety articles are two classes by length
    for each in (np.asarray(words) < edge, np.asarray(words) >= edge):
        score[each] -= score[each].mean()
    random = np.random.default_rng(0)
    off = [score[random.permutation(is_own)].sum() for _ in range(20_000)]
    assert np.mean(np.asarray(off) >= score[is_own].sum()) < 1e-3


def test_what_only_one_article_has_is_flagged(index: Index) -> None:
    table = TABLES["keyness"](index, Scope())
    assert len(table) > 100
    assert ((table["flag"] == "one article") == (table["df_group"] == 1)).all()
    assert (table["stratum"] == "").all()


def test_no_statistic_on_single_articles(seeds_index: Index) -> None:
    table = TABLES["keyness"](seeds_index, Scope())
    assert len(table) > 100
    assert not table["distinguishable"].any()
    assert table["ci_low"].isna().all()
    assert (table["log_odds"] > 0).all()
