"""The layer of dates: where they stand, what they lean on, and which sentences say something."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.counts.article_sentences import article_sentences
from dashboard.index.index import Index, open_index
from dashboard.text.dates.around import BASES
from dashboard.text.dates.spans import GRANULARITIES
from dashboard.text.dates.tense import TENSES

TEXT = (
    "The two ministers met on Thursday in Oslo and will meet again in June. "
    "The treaty of 16 May 1999 was signed in Oslo by both of them.\n\n"
    "Photo taken on May 2, 2019. Oslo, May 2020. "
    "The port was closed yesterday because the storm had broken its wall."
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("dates")
    rows = [
        ("One", "2019-05-20", TEXT),
        ("Two", "", TEXT.replace("ministers", "envoys")),
        ("Three", "2019-05-21", "Nothing that happened here is dated, and nobody says when."),
    ]
    lines = ["title,source,date,text", *(f'"{t}",Paper,{d},"{x}"' for t, d, x in rows)]
    (folder / "rows.csv").write_text("\n".join(lines), encoding="utf-8")
    build_index([folder / "rows.csv"], folder / "index")
    return open_index(folder / "index")


def found(index: Index, title: str) -> list[tuple[str, date, date, str, str, str, bool]]:
    rows = []
    (arrays,) = index.layer("timeline").segments
    (segment,) = index.segments
    sentences = index.layer("sentences").segments[0]
    for i in range(len(arrays["article"])):
        position = int(arrays["article"][i])
        if index.article_rows([position], ["title"])["title"][0] != title:
            continue
        passage = int(np.searchsorted(sentences["first"], arrays["sentence"][i], "right")) - 1
        passage -= int(segment.arrays["article_passages"][position])
        start, end = int(arrays["start"][i]), int(arrays["end"][i])
        assert any(a <= start < end <= b for a, b in article_sentences(index, position)[passage])
        rows.append((
            index.passages(position)[passage][start:end],
            arrays["first_day"][i].item(), arrays["last_day"][i].item(),
            GRANULARITIES[arrays["granularity"][i]], TENSES[arrays["tense"][i]],
            BASES[arrays["basis"][i]], bool(arrays["is_statement"][i]),
        ))  # fmt: skip
    return rows


def test_dates_lean_on_the_day_of_the_article(index: Index) -> None:
    by_article = "by the article's date"
    assert found(index, "One") == [
        ("Thursday", date(2019, 5, 16), date(2019, 5, 16), "day", "past", by_article, True),
        ("June", date(2019, 6, 1), date(2019, 6, 30), "month", "future", by_article, True),
        ("16 May 1999", date(1999, 5, 16), date(1999, 5, 16), "day", "past", "stated", True),
        ("May 2, 2019", date(2019, 5, 2), date(2019, 5, 2), "day", "", "stated", False),
        ("May 2020", date(2020, 5, 1), date(2020, 5, 31), "month", "", "stated", False),
        ("yesterday", date(2019, 5, 19), date(2019, 5, 19), "day", "past", by_article, True),
    ]


def test_an_undated_article_has_the_dates_that_say_their_year(index: Index) -> None:
    assert [row[0] for row in found(index, "Two")] == ["16 May 1999", "May 2, 2019", "May 2020"]


def test_a_text_without_dates_has_none(index: Index) -> None:
    assert found(index, "Three") == []


def test_only_statements_have_words(index: Index) -> None:
    (arrays,) = index.layer("timeline").segments
    lengths = np.diff(arrays["word_offsets"])
    assert arrays["is_statement"].sum() == 5
    assert (lengths > 0).tolist() == arrays["is_statement"].tolist()
    assert lengths.sum() == len(arrays["words"])
