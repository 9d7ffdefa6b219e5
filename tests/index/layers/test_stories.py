"""Stories: look-alike events apart, copies together, what is settled stays, what was said by hand
holds."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import numpy as np
import pytest

from dashboard.corpus.corrections import Corrections
from dashboard.corpus.importing import spool
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.building.change import (
    add_articles,
    delete_articles,
    find_topics_anew,
    update_layers,
)
from dashboard.index.building.regroup import merge_stories, rename_story, split_story
from dashboard.index.index import Index, open_index
from dashboard.index.layers.stories import BY_TEXT, Stories, joined
from dashboard.index.storage.folder import IndexFolderError
from dashboard.index.stories.grouping import part_pairs

TOWNS = "Arvika Bruneck Cadaqués Dunedin Esztergom Funchal Gyumri Hualien".split()
#: Sentences that any fire shares with any other.
COMMON = [
    "Firefighters worked through the night to bring the blaze under control.",
    "Nobody could say at first how the fire had started.",
    "Smoke could be seen from several miles away, witnesses said.",
    "Residents were told to keep their windows closed.",
    "The mayor thanked the crews for their work.",
    "Insurers will send assessors to the site this week.",
]


def fires(numbers: range, reports: range = range(3)) -> list[tuple[str, str, str, str]]:
    """Reports on one fire after another, each by several outlets, in much the same words."""
    rows = []
    for n in numbers:
        town, dead, name = TOWNS[n % 8], 11 + 7 * n, f"Ms. Kest{'aeiouy'[n % 6]}l{n}ova"
        own = [
            f"At least {dead} people died when a warehouse in {town} burned down.",
            f"The warehouse in {town} belonged to {name}, who sells furniture.",
            f"{name} said that the building in {town} had been inspected.",
            f"The dead, {dead} by the count of the police, were night workers in {town}.",
        ]
        for report in reports:
            rng = random.Random(f"{n}-{report}")
            text = [*rng.sample(own, 3), *rng.sample(COMMON, 3)]
            rng.shuffle(text)
            title = rng.choice([f"Fire in {town} kills {dead}", f"{dead} dead in {town} blaze"])
            day = "" if report == 2 else f"2023-{n % 12 + 1:02d}-{(3 * n) % 27 + 1 + report:02d}"
            rows.append((title, " ".join(text), f"Outlet {report}", day))
    return rows


def write(path: Path, rows: list[tuple[str, str, str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows([("title", "text", "source", "date"), *rows])
    return path


def built(tmp_path: Path, rows: list[tuple[str, str, str, str]]) -> Path:
    build_index([write(tmp_path / "rows.csv", rows)], tmp_path / "index")
    return tmp_path / "index"


def story_of(index: Index) -> dict[str, str]:
    """Article id → story id."""
    joint = index.layer("stories").joint
    ids = index.article_rows(np.arange(index.n_articles), ["article_id"])["article_id"]
    names = joint["story_id"][joint["story_of"]].tolist()
    return {i: name.decode() for i, name in zip(ids, names, strict=True)}


def towns_of(index: Index) -> list[set[str]]:
    """The towns that each story with several articles is about."""
    rows = index.article_rows(np.arange(index.n_articles), ["article_id", "title"])
    stories: dict[str, set[str]] = {}
    of = story_of(index)
    for row in rows.itertuples():
        stories.setdefault(of[row.article_id], set()).add(
            next(town for town in TOWNS if town in row.title)
        )
    return list(stories.values())


def test_look_alike_events_stay_apart(tmp_path: Path) -> None:
    index = open_index(built(tmp_path, fires(range(8))))
    assert all(len(towns) == 1 for towns in towns_of(index))
    assert len(towns_of(index)) <= 10
    joint = index.layer("stories").joint
    joined = np.bincount(joint["story_of"])[joint["story_of"]] > 1
    undated = np.isnat(index.days)
    assert (joint["basis"][joined & undated] & BY_TEXT).all()
    assert not (joint["basis"][~undated] & BY_TEXT).any()


#: What is said of any train that leaves the rails, here of two in one week.
ENTGLEIST = [
    "Ein Personenzug ist am {day} kurz vor {town} entgleist, mindestens {dead} Menschen starben.",
    "Bei {town} sprang ein Zug aus den Schienen; {dead} Reisende kamen ums Leben.",
    "Der Lokführer {driver} sagte der Polizei, die Bremsen hätten versagt.",
    "Rettungskräfte bargen Verletzte aus umgestürzten Waggons und brachten sie ins Krankenhaus.",
    "Die Strecke bleibt nach Angaben des Betreibers {owner} mehrere Tage gesperrt.",
    "Ermittler sicherten den Fahrtenschreiber und prüfen den Zustand der Schienen.",
    "Der Bahnhof von {town} wurde zur Sammelstelle für Angehörige, teilte {owner} mit.",
    "Anwohner aus {town} halfen, noch bevor die Feuerwehr eintraf.",
    "Ein Sprecher von {owner} sprach den Familien sein Beileid aus.",
]
ALLTAG = "Haushalt Ernte Theater Impfung Zölle Wahlkampf Fußball Rente Flughafen Mieten".split()


def derailments(reports: range = range(3)) -> list[tuple[str, str, str, str]]:
    events = [
        {"town": "Quedlinburg", "dead": 14, "driver": "Vossler", "owner": "Harzbahn", "day": 4},
        {"town": "Eichstätt", "dead": 31, "driver": "Brandauer", "owner": "Altmühlbahn", "day": 5},
    ]
    rows = []
    for n, event in enumerate(events):
        said = {**event, "day": ["Dienstag", "Mittwoch"][n]}
        for report in reports:
            rng = random.Random(f"{n} {report}")
            text = [ENTGLEIST[report % 2], *rng.sample(ENTGLEIST[2:], 4)]
            title = "Zug bei {town} entgleist" if report else "{dead} Tote bei Zugunglück"
            rows.append(
                (
                    title.format(**said),
                    " ".join(text).format(**said),
                    f"Blatt {report}",
                    f"2023-07-{event['day']:02d}",
                )
            )
    for n, word in enumerate(ALLTAG * 3):
        own = " ".join(f"{word.lower()}{'abcdefgh'[(n + k) % 8]}{k}teil" for k in range(12))
        day = f"2023-07-{n % 27 + 1:02d}"
        rows.append((f"{word} im Gespräch {n}", f"Über {word} wurde beraten. {own}.", "Bote", day))
    return rows


def events_of(index: Index) -> list[set[str]]:
    """Of the two derailments, those that each story tells of."""
    rows = index.article_rows(np.arange(index.n_articles), ["article_id", "date", "source"])
    of = story_of(index)
    stories: dict[str, set[str]] = {}
    for row in rows[rows["source"] != "Bote"].itertuples():
        stories.setdefault(of[row.article_id], set()).add(row.date)
    return sorted(stories.values(), key=sorted)


def test_two_events_told_in_the_same_words_are_two_stories(tmp_path: Path) -> None:
    out = built(tmp_path, derailments())
    assert events_of(open_index(out)) == [{"2023-07-04"}, {"2023-07-05"}]


def test_what_is_settled_is_not_set_apart_by_an_addition(tmp_path: Path) -> None:
    out = built(tmp_path, derailments())
    of = story_of(open_index(out))
    rows = open_index(out).article_rows(np.arange(len(of)), ["article_id", "source"])
    both = sorted({of[i] for i in rows[rows["source"] != "Bote"]["article_id"]})
    assert len(both) == 2
    kept = merge_stories(out, both)
    add_articles([write(tmp_path / "more.csv", derailments(range(3, 5)))], out)
    after = story_of(open_index(out))
    assert {after[i] for i in of if of[i] in both} == {kept}


def test_a_pair_that_only_perhaps_belongs_together_is_no_story() -> None:
    a, b = np.asarray([0, 2, 2, 3, 5]), np.asarray([1, 3, 4, 4, 6])
    likely = np.asarray([0.6, 0.6, 0.6, 0.6, 0.6], np.float32)
    labels, settled = np.asarray([0, 0, 2, 2, 2, 5, 5]), np.zeros(7, bool)
    settled[5:] = True
    assert part_pairs(labels, a, b, likely, 0.7, settled).tolist() == [0, 1, 2, 2, 2, 5, 5]
    assert part_pairs(labels, a, b, likely, 0.5, settled).tolist() == labels.tolist()


def test_the_order_of_files_and_the_segments_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = fires(range(8))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = story_of(open_index(built(tmp_path / "a", rows)))
    monkeypatch.setattr(spool, "BATCH_RECORDS", 8)
    monkeypatch.setattr(build, "BATCHES_A_SEGMENT", 1)
    index = open_index(built(tmp_path / "b", rows[::-1]))
    assert len(index.segments) == 3
    assert one == story_of(index)


def test_an_addition_leaves_what_is_settled_and_joins_it(tmp_path: Path) -> None:
    out = built(tmp_path, fires(range(6), range(2)))
    before = story_of(open_index(out))
    habits = open_index(out).layer("stories").joint["habits"]
    add_articles([write(tmp_path / "more.csv", fires(range(8), range(2, 3)))], out)
    index = open_index(out)
    assert np.array_equal(index.layer("stories").joint["habits"], habits)
    after = story_of(index)
    assert {i: after[i] for i in before} == before
    joint = index.layer("stories").joint
    assert int(joint["is_new"].sum()) == len(after) - len(before) == 8
    stories = [after[i] for i in after if i not in before]
    grown = set(stories) & set(before.values())
    assert len(grown) >= 4
    told = joined(joint)
    assert told.n_stories == len(grown)
    assert told.n_articles == sum(story in grown for story in stories)
    assert told.n_founded == sum(stories.count(s) > 1 for s in set(stories) - grown)
    assert all(len(towns) == 1 for towns in towns_of(index))


def test_taking_out_the_first_report_keeps_the_id(tmp_path: Path) -> None:
    out = built(tmp_path, fires(range(6)))
    before = story_of(open_index(out))
    founders = [i for i, story in before.items() if i.startswith(story)]
    several = [i for i in founders if list(before.values()).count(before[i]) > 1]
    delete_articles(out, several[:1])
    after = story_of(open_index(out))
    assert after == {i: story for i, story in before.items() if i != several[0]}
    # And when it is back, it finds its story.
    add_articles([write(tmp_path / "again.csv", fires(range(6)))], out)
    assert story_of(open_index(out)) == before


def test_a_refit_of_topics_leaves_stories_alone(tmp_path: Path) -> None:
    out = built(tmp_path, fires(range(6)))
    before = story_of(open_index(out))
    find_topics_anew(out, random_state=3)
    assert story_of(open_index(out)) == before


def test_a_new_version_groups_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = built(tmp_path, fires(range(4)))
    before = story_of(open_index(out))
    monkeypatch.setattr(Stories, "version", 99)
    update_layers(out)
    assert story_of(open_index(out)) == before


def test_copies_are_one_story_whatever_their_days(tmp_path: Path) -> None:
    rows = fires(range(6))
    title, text, _, _ = rows[0]
    long = " ".join(f"{text} {sentence}" for sentence in COMMON)
    rows += [
        (title, long, "Agency", "2023-01-05"),
        (title, long + " Ends.", "Weekly", "2023-06-09"),
    ]
    index = open_index(built(tmp_path, rows))
    table = index.article_rows(np.arange(index.n_articles), ["article_id", "source"])
    of = story_of(index)
    pair = table[table["source"].isin(["Agency", "Weekly"])]["article_id"]
    assert len(pair) == 2
    assert len({of[i] for i in pair}) == 1


def test_what_was_split_merged_and_named_by_hand_outlives_a_rebuild(tmp_path: Path) -> None:
    rows = fires(range(6))
    out = built(tmp_path, rows)
    of = story_of(open_index(out))
    large = max(set(of.values()), key=lambda story: (list(of.values()).count(story), story))
    members = [i for i in of if of[i] == large]
    assert len(members) > 1
    others = sorted(set(of.values()) - {large})
    new = split_story(out, large, members[:1])
    kept = merge_stories(out, others[:2])
    rename_story(out, kept, "Two fires")
    said = story_of(open_index(out))
    assert said[members[0]] == new != large
    assert {said[i] for i in members[1:]} == {large}
    assert {said[i] for i in of if of[i] in others[:2]} == {kept}
    assert open_index(out).story_names == {kept: "Two fires"}
    build_index([tmp_path / "rows.csv"], out)
    assert story_of(open_index(out)) == said
    assert open_index(out).story_names == {kept: "Two fires"}
    add_articles([write(tmp_path / "more.csv", fires(range(6, 8)))], out)
    assert {i: s for i, s in story_of(open_index(out)).items() if i in said} == said
    # From a file of corrections, in another place.
    stories = open_index(out).manifest["stories"]
    elsewhere = tmp_path / "elsewhere"
    build_index([tmp_path / "rows.csv"], elsewhere, corrections=Corrections(stories=stories))
    assert {i: s for i, s in story_of(open_index(elsewhere)).items() if i in members} == {
        i: said[i] for i in members
    }


def test_what_can_not_be_split_or_merged_is_refused(tmp_path: Path) -> None:
    out = built(tmp_path, fires(range(2)))
    story = story_of(open_index(out))
    some = next(iter(story.values()))
    with pytest.raises(IndexFolderError, match="no story"):
        split_story(out, "nowhere", ["x"])
    with pytest.raises(IndexFolderError, match="leaves some"):
        split_story(out, some, [i for i in story if story[i] == some])
    with pytest.raises(IndexFolderError, match="two stories"):
        merge_stories(out, [some, some])
    with pytest.raises(IndexFolderError, match="letters"):
        rename_story(out, some, "x" * 999)


def test_no_article_and_one_article(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("title,text\n,\n", encoding="utf-8")
    build_index([tmp_path / "rows.csv"], tmp_path / "none")
    assert story_of(open_index(tmp_path / "none")) == {}
    index = open_index(built(tmp_path, fires(range(1), range(1))))
    assert len(story_of(index)) == 1
    assert index.layer("stories").joint["basis"].tolist() == [0]
