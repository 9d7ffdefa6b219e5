"""What no text has is set aside in tables whose texts count as clean, and what came in stays."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.corpus.article import Article
from dashboard.corpus.corrections import Corrections
from dashboard.corpus.importing.read import read_corpus
from dashboard.corpus.lines.clean_mode import CleanMode

BOX = " Ada Mary RoyTen towns to watch Overnight Quay: Dockers call a strike MORE"
LINES = (
    "next Image 1 of 3",
    "prev next Image 2 of 3",
    "prev Image 3 of 3",
    "",
    f"The budget is a disgrace, Mayor Ada Roy{BOX} of Harbour Town said on Tuesday, and "
    f"Councillor Bo Lind Bo Lind2031 in pictures MORE, who had voted for it, left the hall.",
    "",
    "The picture on the next page shows image 1 of 3, the council said, and it went on to vote.",
)
READ = (
    "The budget is a disgrace, Mayor Ada Roy of Harbour Town said on Tuesday, and Councillor Bo "
    "Lind, who had voted for it, left the hall."
)


def read(folder: Path, clean: CleanMode = "auto", said: Corrections | None = None) -> Article:
    rows = [{"title": "A strike", "text": "\n".join(LINES), "source": "Gazette"}]
    rows += [
        {"title": f"T{i}", "source": "Gazette", "text": f"The council voted {i} times on a bridge "
         "across the river, and residents said that the traffic had doubled since the spring."}
        for i in range(20)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(folder / "rows.csv", index=False)
    return read_corpus([folder / "rows.csv"], said, clean=clean).articles[0]


@pytest.mark.parametrize("clean", ["auto", "always"])
def test_a_sentence_goes_on_behind_a_box(tmp_path: Path, clean: CleanMode) -> None:
    article = read(tmp_path, clean)
    assert article.paragraphs == [READ, LINES[-1]]
    boxes = [line.text for line in article.lines if line.reason == "box of links"]
    assert boxes == [BOX, " Bo Lind2031 in pictures MORE"]
    pictures = [line.text for line in article.lines if line.reason == "gallery of pictures"]
    assert pictures == list(LINES[:3])
    numbers = sorted({line.number for line in article.lines})
    came_in = ["".join(x.text for x in article.lines if x.number == n) for n in numbers]
    assert came_in == list(LINES)


def test_a_box_comes_back_by_its_line(tmp_path: Path) -> None:
    article = read(tmp_path)
    number = next(line.number for line in article.lines if line.reason == "box of links")
    again = read(tmp_path, said=Corrections(lines={article.article_id: [number]}))
    assert "".join("".join(again.paragraphs).split()) == "".join("".join(LINES[4:]).split())


def test_texts_that_are_taken_as_they_are_have_none(tmp_path: Path) -> None:
    assert read(tmp_path, "never").paragraphs == [line for line in LINES if line]


def test_a_box_in_a_file_is_set_aside_with_the_number_of_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A strike\n\n" + "\n".join(LINES[4:]), encoding="utf-8")
    (article,) = read_corpus([tmp_path]).articles
    boxes = [line for line in article.lines if line.reason == "box of links"]
    assert (boxes[0].number, boxes[0].text) == (3, BOX)
    assert READ in article.paragraphs
