"""Whether a table's texts need the line rules."""

from __future__ import annotations

import random
from collections.abc import Sequence

from dashboard.corpus.lines.clean_mode import SAMPLE, CleanMode, CleanSample, decide, is_clean
from dashboard.corpus.record import Record

CLEAN = [
    f"The council voted {i} to {i + 3} on Tuesday to fund a new bridge across the river. "
    "Residents said that traffic had doubled since 2019, while officials promised work.\n\n"
    "The mayor, who had opposed the plan for years, called it a fair compromise for all."
    for i in range(600)
]
DIRTY = [text + "\n\nShare on Facebook\nSubscribe to our newsletter" for text in CLEAN]


def sample(texts: list[str], titles: Sequence[str] = (), row: bool = True) -> CleanSample:
    made = CleanSample()
    for i, text in enumerate(texts):
        made.add(Record("a.csv", i + 1 if row else None, text, titles[i] if titles else ""))
    return made


def needs_cleaning(texts: list[str], titles: Sequence[str] = ()) -> bool:
    return not sample(texts, titles).is_clean()


def test_clean_texts_need_none_and_others_do() -> None:
    assert not needs_cleaning(CLEAN)
    assert needs_cleaning(DIRTY)
    assert not needs_cleaning(["", " \n"])


def test_a_few_lines_in_many_texts_are_no_reason() -> None:
    assert not needs_cleaning([*CLEAN[:199], DIRTY[199]])


def test_the_answer_depends_on_what_the_texts_are_not_on_their_order() -> None:
    mixed = CLEAN[:500] + DIRTY[500:]
    answers = set()
    for seed in range(3):
        shuffled = mixed[:]
        random.Random(seed).shuffle(shuffled)
        answers.add(needs_cleaning(shuffled))
    assert len(answers) == 1
    assert SAMPLE == 200


def test_known_titles_are_not_looked_for() -> None:
    texts = [f"Council votes on bridge number {i}\n{text}" for i, text in enumerate(CLEAN[:50])]
    assert needs_cleaning(texts)
    assert not needs_cleaning(texts, ["Bridge"] * 50)
    assert not needs_cleaning(texts, [text.partition("\n")[0] for text in texts])


def test_records_are_marked_by_mode() -> None:
    def marked(texts: list[str], mode: CleanMode, row: bool = True) -> bool:
        clean = decide(sample(texts, row=row), mode)
        return is_clean(Record("a.csv", 1 if row else None, texts[0]), clean)

    assert marked(CLEAN, "auto")
    assert not marked(DIRTY, "auto")
    assert not marked(CLEAN, "always")
    assert marked(DIRTY, "never")
    # A page or a pasted text always needs the rules, unless the user says otherwise.
    assert not marked(CLEAN[:1], "auto", row=False)
    assert marked(CLEAN[:1], "never", row=False)
    # So does what a page's reader took for the article: there are buttons inside it.
    assert not is_clean(Record("a.html", None, CLEAN[0], cleaned=True), "none")
    assert not is_clean(Record("a.xml", 1, CLEAN[0], cleaned=True), "rows")
    assert is_clean(Record("a.html", None, CLEAN[0], cleaned=True), "all")
    assert decide(CleanSample(), "auto") == "none"


def test_the_sample_is_the_same_whatever_comes_first() -> None:
    texts = [f"{i} {text}" for i, text in enumerate(CLEAN)]
    one, other = sample(texts), sample(texts[::-1] + texts[:7])
    assert one._chosen.keys() == other._chosen.keys()
    assert len(one._chosen) == SAMPLE
