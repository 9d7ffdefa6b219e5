"""Small words follow the languages of the articles, each in its own."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import stopwordsiso

from dashboard.index.building.build import build_index, stop_words
from dashboard.index.index import open_index
from dashboard.index.terms.small_words import bare, count_uses, small_words
from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.text.token_arrays import read_tokens
from dashboard.text.token_rule import tokenise

SWEDISH = "Och det är inte så att jag har varit här förut men man kan ju aldrig veta"
ENGLISH = "The man in the kan of har said that his far aunt had sent a man to see it all"


def stop(*articles: tuple[str, str]) -> frozenset[str]:
    stream = read_tokens([text for _, text in articles])
    lengths = np.diff(stream.offsets)
    return stop_words(
        [count_uses(stream.vocabulary, stream.ids, lengths, [name for name, _ in articles])]
    )


def test_a_word_is_small_where_its_uses_are_in_such_articles() -> None:
    mixed = stop(*[("en", ENGLISH)] * 30, ("sv", SWEDISH))
    assert {"och", "är", "inte", "det", "jag", "the"} <= mixed  # one article of 31
    assert not {"man", "kan", "har"} & mixed  # words of the English articles
    assert "man" in stop(("en", ENGLISH), *[("sv", SWEDISH)] * 30)
    assert stop(("en", ENGLISH)) == stop() == stop_words([])


def test_parts_add_up() -> None:
    parts = [{"man": (3, 3), "och": (1, 1)}, {"man": (0, 4)}]
    assert {"man", "och"} & stop_words(parts) == {"och"}
    assert "the" in stop_words([])


MINORITIES = {
    "el": "Ο δήμος λέει ότι η γέφυρα θα μείνει κλειστή και ότι δεν ξέρει πότε θα ανοίξει ξανά, "
    "γιατί τα χρήματα είναι λίγα και το έργο μεγάλο.",
    "ha": "Hukumar ta ce an rufe gadar kuma ba ta san lokacin da za a bude ta ba, domin kudin ba "
    "su isa ba kuma aikin yana da yawa a can.",
    "hu": "A város azt mondja, hogy a híd zárva marad, és nem tudja, hogy mikor nyílik meg újra, "
    "mert kevés a pénz, de nagy a munka.",
    "id": "Kota mengatakan bahwa jembatan itu akan tetap ditutup dan mereka tidak tahu kapan akan "
    "dibuka lagi, karena uangnya sedikit dan pekerjaan itu besar.",
    "sl": "Mesto pravi, da bo most ostal zaprt in da ne ve, kdaj ga bodo spet odprli, ker je "
    "denarja malo, dela pa veliko.",
    "tr": "Belediye köprünün kapalı kalacağını ve ne zaman yeniden açılacağını bilmediğini, çünkü "
    "paranın az ama işin çok olduğunu söyledi.",
    "yo": "Ìlú náà sọ pé afárá náà yóò wà ní títì, wọn kò sì mọ ìgbà tí wọn yóò ṣí i, nítorí pé "
    "owó kò tó, iṣẹ́ sì pọ̀.",
}


def test_small_words_of_minorities_name_no_topic(tmp_path: Path) -> None:
    """Articles of seven languages, each 2 % of a corpus."""
    with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8") as handle:
        rows = csv.writer(handle)
        rows.writerow(["title", "date", "source", "text"])
        for n in range(43):
            place = ("quay", "school", "market", "tram")[n % 4]
            text = f"The council met at the {place} and said it would mend the {place} roof. "
            rows.writerow([f"Meeting {n}", "2024-05-02", "Post", (text + f"Vote {n}.\n\n") * 3])
        for name, text in MINORITIES.items():
            rows.writerow([f"Report {name}", "2024-05-03", "Post", (text + "\n\n") * 3])
    build_index([tmp_path / "a.csv"], tmp_path / "x", clean="never")
    index = open_index(tmp_path / "x")
    articles = index.article_rows(range(index.n_articles), ["title", "language"])
    found = dict(zip(articles["title"], articles["language"], strict=True))
    assert {name: found[f"Report {name}"] for name in MINORITIES} == {n: n for n in MINORITIES}
    shown = {
        token
        for term in TABLES["topic_terms"](index, Scope())["term"]
        for token, _ in tokenise(term)
    }
    every = frozenset[str]().union(*map(small_words, MINORITIES))
    assert {"market", "quay", "school", "tram"} & shown
    assert {token for token in shown if bare(token) in every} == set()


@pytest.mark.parametrize("language", sorted(set(stopwordsiso.langs()) - {"en"}))
def test_every_language_with_a_list_has_its_small_words(language: str) -> None:
    assert len(small_words(language)) > 20


def test_lists_that_came_damaged_are_mended() -> None:
    assert {"šiame", "už"} & small_words("lt")
    assert "și" in small_words("ro")
    assert small_words("nn") == small_words("no")
    assert small_words("xx") == frozenset()
