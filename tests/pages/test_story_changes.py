"""Stories corrected by hand on their page: renamed, split, merged, and written down."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.library.corpora import UserCorpus, create_corpus
from tests.index.layers.test_stories import fires, story_of, write

Open = Callable[..., AppTest]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserCorpus:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "cache"))
    made = create_corpus("Fires")
    rows = write(tmp_path / "rows.csv", fires(range(4)))
    made.add([("rows.csv", rows.read_bytes())])
    build_index([made.folder / "files"], made.index, corrections=None)
    return made


def stories(corpus: UserCorpus) -> tuple[Index, dict[str, list[str]]]:
    """The index as it is now, and the articles of each story, the largest first."""
    index = open_index(corpus.index)
    found: dict[str, list[str]] = {}
    for article, story in story_of(index).items():
        found.setdefault(story, []).append(article)
    return index, dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def written(corpus: UserCorpus) -> dict[str, dict[str, str]]:
    said: dict[str, dict[str, str]] = json.loads(corpus.corrections.read_text())["stories"]
    return said


def test_a_story_is_renamed(open_page: Open, corpus: UserCorpus) -> None:
    story = next(iter(stories(corpus)[1]))
    app = open_page("stories", corpus_token=corpus.token, story=story)
    next(box for box in app.text_input if box.label == "Name").input("Das große Feuer").run()
    press(app, "Rename")
    assert not app.exception
    assert app.title[0].value == "Das große Feuer"
    assert stories(corpus)[0].story_names == {story: "Das große Feuer"}
    assert written(corpus)["names"] == {story: "Das große Feuer"}


def test_articles_are_split_off(open_page: Open, corpus: UserCorpus) -> None:
    story, members = next(iter(stories(corpus)[1].items()))
    app = open_page("stories", corpus_token=corpus.token, story=story)
    box = next(b for b in app.multiselect if b.label == "Articles that belong elsewhere")
    box.set_value([members[0]]).run()
    press(app, "Split off")
    assert not app.exception
    after = story_of(stories(corpus)[0])
    assert after[members[0]] != story
    assert {after[i] for i in members[1:]} == {story}
    assert written(corpus)["articles"][members[0]] == after[members[0]]


def test_stories_are_merged(open_page: Open, corpus: UserCorpus) -> None:
    (story, members), (other, others), *_ = stories(corpus)[1].items()
    app = open_page("stories", corpus_token=corpus.token, story=story)
    box = next(b for b in app.multiselect if b.label == "Stories about the same event")
    box.set_value([other]).run()
    press(app, "Merge")
    assert not app.exception
    after = story_of(stories(corpus)[0])
    assert len({after[i] for i in [*members, *others]}) == 1


def test_a_split_of_nothing_is_explained(open_page: Open, corpus: UserCorpus) -> None:
    story = next(iter(stories(corpus)[1]))
    app = open_page("stories", corpus_token=corpus.token, story=story)
    before = story_of(stories(corpus)[0])
    press(app, "Split off")
    assert not app.exception
    shown = " ".join(e.value for e in [*app.toast, *app.warning, *app.info, *app.caption])
    assert "takes some of a story" in shown
    assert story_of(stories(corpus)[0]) == before
