"""Related words: planted ones are found, in shuffled text hardly any; why not is said."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.cli import main
from dashboard.index.index import Index, open_index
from dashboard.measures.related import related as module
from dashboard.measures.related import windows
from dashboard.measures.related.related import related_words, why_none
from dashboard.measures.related.windows import compared_words, count_windows, sampled_articles
from dashboard.scope import Scope
from dashboard.text.token_rule import tokenise

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
N_ARTICLES, N_WORDS = 160, 70
PLANTED = [("barca", "goleta"), ("harina", "levadura"), ("fiebre", "tos")]


def invented(n: int) -> list[str]:
    """Words of no language."""
    rng = np.random.default_rng(4)
    letters = ["ba", "ko", "ri", "zu", "me", "lo", "fi", "ta", "nu", "pe", "xa", "vo"]
    found: dict[str, None] = {}
    while len(found) < n:
        found["".join(rng.choice(letters, 4)) + "q"] = None
    return list(found)


def rows(seed: int, *, shuffled: bool) -> pd.DataFrame:
    """Articles of invented words, in which the two words of each planted pair take turns among the
    same companions; ``shuffled``: the same words dealt to all places anew."""
    rng = np.random.default_rng(seed)
    words = invented(N_WORDS)
    company = [[f"{pair[0][:3]}{letter}ndo" for letter in "aeiou"] for pair in PLANTED]
    texts = []
    for i in range(N_ARTICLES):
        text = rng.choice(words, 100).tolist()
        for k, (pair, around) in enumerate(zip(PLANTED, company, strict=True)):
            for at in rng.choice(80, 4, replace=False).tolist():
                before, behind = rng.choice(around, 2, replace=False).tolist()
                text[at:at] = [before, pair[(i + k + at) % 2], behind]
        texts.append(text)
    if shuffled:
        every = rng.permutation([word for text in texts for word in text]).tolist()
        sizes = np.cumsum([0, *map(len, texts)])
        texts = [every[a:b] for a, b in pairwise(sizes)]
    return pd.DataFrame(
        {
            "source": [f"Faro {i % 4}" for i in range(N_ARTICLES)],
            "date": [f"2023-0{1 + i % 9}-{1 + i % 28:02d}" for i in range(N_ARTICLES)],
            "title": [f"Número {i}" for i in range(N_ARTICLES)],
            "text": [" ".join(text) + "." for text in texts],
        }
    )


def built(folder: Path, table: pd.DataFrame) -> Index:
    folder.mkdir(exist_ok=True)
    table.to_csv(folder / "rows.csv", index=False)
    assert main(["build", str(folder / "rows.csv"), "--out", str(folder / "index")]) == 0
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return built(tmp_path_factory.mktemp("planted"), rows(1, shuffled=False))


def test_planted_words_are_each_others_nearest(planted: Index) -> None:
    for pair in PLANTED:
        for word, other in (pair, pair[::-1]):
            found = related_words(planted, Scope(), [word])
            assert found["related"].iloc[0] == other, word
            assert found["word"].tolist() == [word] * len(found)
    every = related_words(planted, Scope(), [word for pair in PLANTED for word in pair])
    assert (every["similarity"] <= 1.001).all()
    assert (every["similarity_least"] >= 0.3).all()
    assert every["n_read"].unique().tolist() == [N_ARTICLES]


def test_of_shuffled_words_hardly_one_has_a_neighbour(tmp_path: Path) -> None:
    shares = []
    for seed in (1, 2):
        index = built(tmp_path / str(seed), rows(seed, shuffled=True))
        kept = index.layer("related").joint
        assert len(kept["compared"]) > N_WORDS
        shares.append(len(np.unique(kept["term"])) / len(kept["compared"]))
    assert np.mean(shares) <= 0.1


def test_the_articles_are_counted_in_scope(planted: Index) -> None:
    texts = rows(1, shuffled=False)
    for scope, read in ((Scope(), texts), (Scope(sources=("faro-1",)), texts.iloc[1::4])):
        first = related_words(planted, scope, ["barca"]).iloc[0]
        has = [read["text"].str.contains(word) for word in PLANTED[0]]
        counted = [int(has[0].sum()), int(has[1].sum()), int((has[0] & has[1]).sum())]
        assert [first["n_articles"], first["n_related"], first["n_both"]] == counted
        assert counted[0] > counted[2] > 0


def test_windows_are_those_of_reading_the_text(planted: Index) -> None:
    words, articles = compared_words(planted), sampled_articles(planted)
    place = {tuple(name.split()): i for i, name in enumerate(planted.lexicon.terms.take(words))}
    single = [i for name, i in place.items() if len(name) == 1]
    assert 0 < len(single) < len(place)
    longest = max(map(len, place))
    counted = count_windows(planted, words, articles)
    for half in (0, 1):
        pairs: Counter[tuple[int, int]] = Counter()
        for article in articles[half::2].tolist():
            passages = [[t for t, _ in tokenise(part)] for part in planted.passages(article)]
            text = [token for tokens in passages for token in tokens]
            ends = np.cumsum([len(tokens) for tokens in passages])
            for i, size in product(range(len(text)), range(1, longest + 1)):
                if i + size > ends[np.searchsorted(ends, i, side="right")]:
                    continue  # a phrase ends with its passage
                word = place.get(tuple(text[i : i + size]))
                for other in text[max(i - 5, 0) : i] + text[i + size : i + size + 5]:
                    context = place.get((other,))
                    if word is not None and context is not None and word != context:
                        pairs[word, context] += 1
        expected = np.zeros((len(words), len(single)))
        for (word, context), n in pairs.items():
            expected[word, single.index(context)] = n
        assert expected.sum() > 1_000
        assert np.array_equal(counted[half], expected)


def test_a_phrase_is_one_word(tmp_path: Path) -> None:
    table = rows(3, shuffled=False)
    table["text"] = "El Banco Central habla. " + table["text"].str.replace("barca", "Banco Central")
    index = built(tmp_path, table)
    words = compared_words(index)
    names = list(index.lexicon.terms.take(words))
    assert "banco central" in names
    found = related_words(index, Scope(), ["Banco Central"])
    assert found["related"].iloc[0] == "goleta"
    every = related_words(index, Scope(), ["banco", "central", "Banco Central", "goleta"])
    for keyword, rows_of in every.groupby("word"):
        said = [set(str(keyword).casefold().split())]
        for words_of in rows_of["related"].str.casefold().str.split().map(set):
            assert not [each for each in said if each <= words_of]
            assert not [each for each in said if words_of <= each]
            said.append(words_of)


def test_a_sample_of_the_articles_is_read_where_they_are_many(
    planted: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "MOST_ARTICLES", 100)
    sample = sampled_articles(planted)
    assert len(set(sample.tolist())) == 100
    assert module.related_of(planted)["n_articles"].tolist() == [100]
    monkeypatch.setattr(windows, "MOST_ARTICLES", 50)
    assert np.array_equal(sampled_articles(planted), sample[:50])


def test_it_is_said_why_there_are_none(planted: Index, tmp_path: Path) -> None:
    assert main(["build", str(SEEDS), "--out", str(tmp_path / "seeds")]) == 0
    seeds = open_index(tmp_path / "seeds")
    assert len(related_words(seeds, Scope())) == 0
    assert "in 20 articles to be compared, and this corpus has 5" in why_none(seeds, "China")
    for keyword, why in {
        "nirgends": "isn’t one word or phrase",
        "barc*": "isn’t one word or phrase",
        "barca OR goleta": "isn’t one word or phrase",
        "=barca": "isn’t one word or phrase",
        "Número": "in 0 articles",  # it stands in headlines only
    }.items():
        assert len(related_words(planted, Scope(), [keyword])) == 0
        assert why in why_none(planted, keyword), keyword
    kept = planted.layer("related").joint
    alone = np.setdiff1d(np.arange(len(kept["compared"])), kept["term"])
    word = planted.lexicon.terms[int(kept["compared"][alone[0]])]
    assert why_none(planted, word) == "none is near it in both halves of the articles"


def test_rare_words_and_stop_words_are_not_compared(tmp_path: Path) -> None:
    table = rows(2, shuffled=False)
    table.loc[:18, "text"] += " Relámpago."
    table["text"] += " The end of the day."
    index = built(tmp_path, table)
    assert "is in 19 articles; words are compared from 20 on" in why_none(index, "relámpago")
    assert "stop word" in why_none(index, "the")
