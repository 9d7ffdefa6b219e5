"""The story so far: which statements enter, which are one event, and in what order they come."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures.events import entries
from dashboard.measures.events.timeline import timeline, timeline_periods
from dashboard.scope import Scope

FLOOD = "The river Kelda burst its banks at Marrow on {} and flooded four hundred houses."
ARTICLES = [
    ("Northern Echo", "2021-03-11", FLOOD.format("Tuesday")),
    ("Harbour Post", "2021-03-12", "Four hundred houses at Marrow were flooded when the river "
     "Kelda burst its banks on 9 March. The mayor will open a new dyke on 1 October."),
    ("Valley Wire", "2021-04-02", FLOOD.format("March 9") + " Was it the dam of 1962? "
     "The dam had been finished in 1962 by engineers from the coast."),
    ("Copy Desk", "2021-04-03", FLOOD.format("March 9")),
    ("Harbour Post", "", "A court in Marrow fined the owner of the dam on 9 March 2021 for an "
     "oil spill in the harbour. It rained yesterday in the whole of the valley."),
    ("Northern Echo", "2021-03-20", "Photo taken on March 9, 2021 by a reader. This week, many "
     "people in the valley are tired of the rain and of promises."),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("timeline")
    rows = [f'{source},{day},T{i},"{text}"' for i, (source, day, text) in enumerate(ARTICLES)]
    lines = ["source,date,title,text", *rows]
    (folder / "rows.csv").write_text("\n".join(lines), encoding="utf-8")
    build_index([folder / "rows.csv"], folder / "index")
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def table(index: Index) -> pd.DataFrame:
    return timeline(index, Scope())


def test_entries_come_in_order_of_date(table: pd.DataFrame) -> None:
    dates = table.drop_duplicates("entry_id")["date"].tolist()
    assert dates == ["1962", "2021-03-09", "2021-03-09", "2021-10-01"]
    assert table["tense"].tolist()[-1] == "plan"
    assert set(table["tense"][:-1]) == {"past"}


def test_one_event_is_one_entry_with_each_source(table: pd.DataFrame) -> None:
    flood = table[table["sentence"].str.contains("Kelda")]
    assert flood["entry_id"].nunique() == 1
    assert set(flood["source"]) == {"Northern Echo", "Harbour Post", "Valley Wire", "Copy Desk"}
    assert set(flood["words"]) == {"Tuesday", "9 March", "March 9"}
    fine = table[table["sentence"].str.contains("court")]
    assert fine["entry_id"].iloc[0] not in set(flood["entry_id"])
    assert fine["published"].isna().all()
    assert fine["basis"].tolist() == ["stated"]


def test_a_copied_sentence_counts_once(table: pd.DataFrame) -> None:
    flood = table[table["sentence"].str.contains("Kelda")]
    assert set(flood["n_sources"]) == {2}  # three of the four have one wording
    assert set(flood["n_articles"]) == {2}


def test_questions_captions_states_and_the_undatable_stay_out(table: pd.DataFrame) -> None:
    assert not table["sentence"].str.contains("Was it|Photo|tired|yesterday").any()


def test_sentences_stand_in_their_passages(index: Index, table: pd.DataFrame) -> None:
    assert len(table) > 4
    for row in table.itertuples():
        position = index.position(row.article_id)
        assert position is not None
        passage = index.passages(position)[int(row.passage_id.rpartition("-")[2]) - 1]
        assert passage[row.start : row.end] == row.sentence
        assert row.words in row.sentence


def test_the_scope_and_the_options_choose(index: Index) -> None:
    of_one = timeline(index, Scope(sources=("valley-wire",)))
    assert set(of_one["source"]) == {"Valley Wire"}
    told = timeline(index, Scope(), told=1)
    assert told["entry_id"].nunique() == 1
    assert told["sentence"].str.contains("Kelda").all()
    assert set(timeline(index, Scope(), when="2021-03")["date"]) == {"2021-03-09"}
    assert set(timeline(index, Scope(), when="1962")["date"]) == {"1962"}
    page = timeline(index, Scope(), first=1, most=2)
    assert page.drop_duplicates("entry_id")["date"].tolist() == ["2021-03-09", "2021-03-09"]
    assert timeline(index, Scope(query="zebra")).empty


def test_periods_add_up_to_the_entries(index: Index, table: pd.DataFrame) -> None:
    periods = timeline_periods(index, Scope())
    assert all(re.fullmatch(r"\d{4}(-\d\d)?", period) for period in periods["period"])
    assert periods["n_past"].sum() + periods["n_plans"].sum() == table["entry_id"].nunique()
    assert periods["n_plans"].sum() == 1
    assert timeline_periods(index, Scope(query="zebra")).empty


def test_of_many_statements_a_part_is_read(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST_STATEMENTS", 3)
    monkeypatch.setattr(entries, "MOST_A_DATE", 3)
    few = entries.entries_of(index, replace(Scope(), n_topics=index.nodes.default_size))
    assert few.n_found == 7
    assert len(few.columns["article"]) == 3
    assert set(few.columns["first_day"].astype(str)) == {"2021-03-09"}


def test_seeds_tell_the_story(seeds_index: Index) -> None:
    found = timeline(seeds_index, Scope())
    dates = found.drop_duplicates("entry_id")["date"].tolist()
    assert dates == sorted(dates, key=lambda d: (d + "-01-01")[:10])
    assert {"2022-02", "2023", "2023-10", "2024-05-16", "2024-06", "2024-07"} <= set(dates)
    assert "2021-09" not in dates  # "compared to the same period two years earlier"
    # "The first since … in early 2022", "since his re-election in March", "since … on Oct. 7"
    assert not {"2022", "2024-03", "2023-10-07"} & set(dates)
    both = found.groupby("entry_id")["source"].nunique()
    assert (both > 1).sum() == 2  # the summit, and the record trade of 2023


REMARKS = [
    "In 1931, Ada Lund won her first race against Nils Brandt by a whole lap.",
    "Nils Brandt beat Ada Lund in 1931 on points, but the jury also liked his horse.",
    "In 1931, Lund took the northern valley against Brandt with two thirds of all ballots.",
]
ONE_EVENT = [
    "Ada Lund was wounded when the grandstand of Marrow collapsed in 1931.",
    "The grandstand at Marrow collapsed in 1931 and wounded Ada Lund and twelve others.",
    "In 1931 a collapsed grandstand wounded the racer Lund, whose fall at Marrow ended a career.",
]


def told(folder: Path, sentences: list[str]) -> pd.DataFrame:
    rows = [f'S{i},2020-03-0{i},T{i},"{text}"' for i, text in enumerate(sentences, 1)]
    (folder / "a.csv").write_text("\n".join(["source,date,title,text", *rows]), encoding="utf-8")
    build_index([folder / "a.csv"], folder / "index")
    return timeline(open_index(folder / "index"), Scope())


def test_names_alone_make_no_event_of_a_year(tmp_path: Path) -> None:
    assert told(tmp_path, REMARKS)["n_sources"].tolist() == [1, 1, 1]


def test_rare_words_besides_names_make_one(tmp_path: Path) -> None:
    found = told(tmp_path, ONE_EVENT + REMARKS[:1])
    assert sorted(found["n_sources"].tolist()) == [1, 3, 3, 3]


def test_what_is_alleged_is_told_apart(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        [
            "The treasurer is accused of having burned the ledgers of the mill in 1998.",
            "The mill of Marrow closed in 1998 after a flood and was never opened again.",
        ],
    )
    assert dict(zip(found["source"], found["tense"], strict=True)) == {
        "S1": "alleged",
        "S2": "past",
    }
    assert timeline_periods(open_index(tmp_path / "index"), Scope())["n_alleged"].tolist() == [1]


def test_dates_are_written_as_they_were_said(tmp_path: Path) -> None:
    said = {
        "in the 1990s": "199", "in the 19th century": "18", "in the winter of 2016": "2016-WI",
        "in the second quarter of 2011": "2011-Q2", "in the first half of 2012": "2012-H1",
        "between 2013 and 2015": "2013/2015", "in May 2017": "2017-05", "in 2018": "2018",
        "on 2 May 2019": "2019-05-02", "last weekend": "2021-W18-WE", "last week": "2021-W18",
    }  # fmt: skip
    text = " ".join(f"The council of Marrow sold a mill {words} to the town." for words in said)
    (tmp_path / "a.csv").write_text(f'date,title,text\n2021-05-11,Mills,"{text}"\n', "utf-8")
    build_index([tmp_path / "a.csv"], tmp_path / "index")
    found = timeline(open_index(tmp_path / "index"), Scope())
    assert dict(zip(found["words"], found["date"], strict=True)) == {
        words.removeprefix("in ").removeprefix("on "): value for words, value in said.items()
    }
