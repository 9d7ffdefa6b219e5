"""The brief: every sentence verbatim, no part says a thing twice, empty parts say why."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.brief.brief import PARTS
from dashboard.measures.brief.document import brief_html, brief_json, brief_markdown
from dashboard.measures.brief.material import Material
from dashboard.measures.brief.news import SAME, overlap
from dashboard.measures.brief.reading import MOST_ARTICLES, read_articles
from dashboard.scope import Scope

FLOODS = {
    "A": """The river Elbe rose above nine metres in Dresden on Monday and flooded the old town.
Rescue workers took three thousand people to schools and sports halls, the city said.
The Zwinger closed its picture gallery and carried some forty paintings upstairs.
Insurers warned that damage from the flood could reach two billion euros in Saxony alone.
The dam at Malter is full, and engineers fear that it may overflow by Wednesday night.""",
    "B": """After rain the Elbe flooded the old town of Dresden when it rose above nine metres.
Trains between Dresden and Prague stopped running on Monday afternoon.
The flood could cause damage of two billion euros in Saxony, insurers warned in Munich.
More than three thousand people were taken to schools and to sports halls by rescue workers.
Pupils stayed at home, and the opera cancelled what it had planned for the week.""",
    "C": """The Elbe flooded the old town of Dresden on Monday, rising to more than nine metres.
Some three thousand people spent the night in sports halls and schools, rescue workers said.
The chancellor flew over the valley by helicopter and promised help within a week.
Engineers fear that the dam at Malter, which is full, may overflow on Wednesday.""",
}
QUAKE = """A strong earthquake shook Lisbon on Friday morning and broke windows in the Alfama.
The airport of Lisbon closed for two hours while engineers looked at its only runway.
{}"""


def write_articles(folder: Path, texts: dict[str, tuple[str, str]]) -> None:
    for name, (source, text) in texts.items():
        day = "2024-06-03" if "flood" in name else "2024-09-13"
        rows = [{"source": source, "date": day, "title": "", "text": text.replace("\n", "\n\n")}]
        pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Two events: a flood in three papers and an earthquake in one."""
    home = tmp_path_factory.mktemp("brief")
    (home / "in").mkdir()
    texts = {f"flood-{name}": (f"Paper {name}", text) for name, text in FLOODS.items()}
    texts["quake-a"] = ("Paper A", QUAKE.format("Nobody was hurt, the mayor of Lisbon said."))
    write_articles(home / "in", texts)
    build_index([home / "in"], home / "x")
    return open_index(home / "x")


@pytest.fixture(params=["seeds", "floods"])
def any_index(request: pytest.FixtureRequest) -> Index:
    name = {"seeds": "seeds_index", "floods": "index"}[request.param]
    found: Index = request.getfixturevalue(name)
    return found


def test_every_sentence_stands_where_the_row_says(any_index: Index) -> None:
    for table in ("brief", "omissions"):
        rows = TABLES[table](any_index, Scope())
        rows = rows[rows["sentence"].notna()]
        assert len(rows)
        for row in rows.itertuples():
            position = any_index.position(row.article_id)
            assert position is not None
            passage = any_index.passages(position)[int(row.passage_id[-3:]) - 1]
            assert passage[int(row.start) : int(row.end)] == row.sentence


def test_parts_come_in_order_and_an_empty_one_says_why(any_index: Index) -> None:
    rows = TABLES["brief"](any_index, Scope())
    assert list(dict.fromkeys(rows["part"])) == list(PARTS)
    empty = rows[rows["sentence"].isna()]
    assert empty["note"].str.endswith(".").all()
    assert (empty["rank"] == 0).all()
    assert (rows[rows["sentence"].notna()]["rank"] > 0).all()


def test_no_two_sentences_of_a_part_say_the_same(any_index: Index) -> None:
    material = Material.of(any_index, Scope())
    sentences, rarity = material.sentences, material.concepts.rarity
    text = {t: i for i, t in enumerate(sentences.text)}
    rows = TABLES["brief"](any_index, Scope())
    n_pairs = 0
    for part in ("news", "why"):
        chosen = [text[t] for t in rows[rows["part"] == part]["sentence"].dropna()]
        story = material.read.story[sentences.article]
        for k, a in enumerate(chosen):
            for b in chosen[:k]:
                if story[a] == story[b]:
                    n_pairs += 1
                    assert overlap(sentences, rarity, a, b) < SAME
    assert n_pairs


def test_a_sentence_that_dates_two_things_stands_once_in_the_story(tmp_path: Path) -> None:
    twice = "The ferry sank on 3 May 2021 and was raised on 9 June 2022, the harbour office said."
    texts = {
        "flood-a": ("Paper A", f"{twice}\nA court at Altona fined the owner on 4 March 2024."),
        "flood-b": ("Paper B", "Divers raised the sunken ferry on 9 June 2022, the office said."),
    }
    (tmp_path / "in").mkdir()
    write_articles(tmp_path / "in", texts)
    build_index([tmp_path / "in"], tmp_path / "x")
    index = open_index(tmp_path / "x")
    assert TABLES["timeline"](index, Scope())["sentence"].eq(twice).sum() == 2
    rows = TABLES["brief"](index, Scope())
    so_far = rows[rows["part"] == "so_far"]
    assert so_far["sentence"].eq(twice).sum() == 1
    assert so_far["sentence"].is_unique
    assert so_far["rank"].tolist() == list(range(1, len(so_far) + 1))
    assert so_far["sentence"].str.contains("fined the owner").any()


def test_the_news_hears_every_story_and_only_statements(index: Index) -> None:
    material = Material.of(index, Scope())
    rows = TABLES["brief"](index, Scope())
    news = rows[rows["part"] == "news"]
    assert {"2024-06-03", "2024-09-13"} == set(news["date"])
    assert news["sentence"].iloc[0].startswith(("The river Elbe", "The Elbe"))  # most sources
    alone = set(np.asarray(material.sentences.text)[material.sentences.is_statement])
    assert set(news["sentence"]) <= alone


def test_signals_are_carried_and_silences_are_not(index: Index) -> None:
    material = Material.of(index, Scope())
    assert material.themes
    for theme in material.themes:
        assert len(theme.carried) > 1
        assert not set(theme.carried) & set(theme.silent)
        whose = material.read.source[material.sentences.article[list(theme.carried.values())]]
        assert whose.tolist() == list(theme.carried)
    rows = TABLES["omissions"](index, Scope())
    damage = rows[rows["sentence"].str.contains("insurers warned", case=False)]
    assert damage["silent_source"].tolist() == ["Paper C"]
    assert damage["n_carriers"].tolist() == [2]
    assert (rows["expected"].between(0, 1)).all()
    # Of the earthquake one source tells alone: nobody is accused of not having it.
    assert not rows["sentence"].str.contains("Lisbon").any()


#: A story of four papers: two say a thing, the third something else, and the fourth the same in
#: words, a number or a year of its own.
LIGHTHOUSE = {
    "One": """The lighthouse at Skagen was sold on Friday to a museum, the harbour office said.
Visitors will climb the old stairs from the first of June, and a shop is planned below.""",
    "Two": """A museum bought the lighthouse at Skagen on Friday, the harbour office said.
Fishermen had hoped that their own club would have it, and some of them wept.""",
    "Three": """On Friday the harbour office at Skagen sold its lighthouse to a museum.
The price of the lighthouse was kept secret by the museum and the harbour office.""",
    "Four": """Skagen has sold its lighthouse to a museum, said the harbour office on Friday.
Nobody bid against it, although an hotel keeper from Frederikshavn had asked for the plans.""",
}
TOLD_OTHERWISE = {
    "Last winter 1,200 keepers wrote to parliament asking it to spare the remaining lamps.": (
        "The speaker of parliament counted 1,150 letters of complaint that had come by Christmas.",
        "The museum at Skagen paid on Friday with a loan, the harbour office said.",
    ),
    "The lens was ground in Paris in 1868 and came to the tower by sailing ship.": (
        "Some captain fetched the glass from Paris; his log of 1868 says that he feared for "
        "every single crate on the way to the tower.",
        "The museum at Skagen paid on Friday with a loan, the harbour office said.",
    ),
}


@pytest.mark.parametrize("theme", TOLD_OTHERWISE)
def test_who_tells_a_theme_otherwise_is_not_silent(tmp_path: Path, theme: str) -> None:
    (tmp_path / "in").mkdir()
    otherwise, apart = TOLD_OTHERWISE[theme]
    last = {"One": theme, "Two": f"{theme[:-1]}, a guide said.", "Three": apart, "Four": otherwise}
    texts = {f"flood-{n}": (f"Paper {n}", f"{LIGHTHOUSE[n]}\n{t}") for n, t in last.items()}
    write_articles(tmp_path / "in", texts)
    build_index([tmp_path / "in"], tmp_path / "x")
    rows = TABLES["omissions"](open_index(tmp_path / "x"), Scope())
    own = rows[rows["sentence"].isin([last["One"], last["Two"]])]
    assert own["silent_source"].tolist() == ["Paper Three"]


def test_a_short_source_is_expected_to_carry_less(index: Index) -> None:
    rows = TABLES["omissions"](index, Scope()).drop_duplicates("silent_source_id")
    by_length = rows.sort_values("n_words")
    assert by_length["expected"].is_monotonic_increasing


def test_one_source_alone_has_no_silences(index: Index) -> None:
    scope = Scope(sources=("paper-a",))
    rows = TABLES["brief"](index, scope).set_index("part")
    assert rows.loc["silent", "note"].startswith("Only one source")
    assert rows.loc["signals", "note"].startswith("Only one source")
    assert TABLES["omissions"](index, scope).empty
    assert TABLES["brief"](index, Scope(query="nosuchword")).empty


def test_what_is_read_is_bounded_and_counted(index: Index) -> None:
    read = read_articles(index, Scope(), most=2)
    assert len(read.articles) == 2
    assert read.n_in_scope == 4
    assert read.whole.tolist() == [False]
    every = read_articles(index, Scope(), most=MOST_ARTICLES)
    assert every.whole.all()
    # The story that most sources tell comes first, each source in turn.
    assert every.story.tolist() == [0, 0, 0, 1]
    assert len(np.unique(every.source[:3])) == 3


def test_documents_hold_every_sentence_and_no_markup_of_others(any_index: Index) -> None:
    rows = TABLES["brief"](any_index, Scope())
    title, scope = "<b>*Brief*</b>", "5 [articles](http://x)"
    page = brief_html(rows, title, scope, link="articles?article=")
    assert "<b>*" not in page
    assert "&lt;b&gt;*Brief*" in page
    text = brief_markdown(rows, title, scope)
    assert "# \\<b\\>\\*Brief\\*" in text
    assert "\\[articles\\]" in text
    made = json.loads(brief_json(rows, title, scope))
    said = [row["sentence"] for part in made["parts"] for row in part["sentences"]]
    assert [s for s in said if s] == rows["sentence"].dropna().tolist()
    for heading in PARTS.values():
        assert f"## {heading}" in text
        assert f"<h2>{heading}</h2>" in page
