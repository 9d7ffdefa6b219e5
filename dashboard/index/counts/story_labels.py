"""Stories of an index: which is which, and what each is called."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.index.layers.stories import MAYBE


def story_position(index: Index, story_id: str) -> int | None:
    """The position of a story among those of the index, None for one that is not there. Raises
    ``MissingLayer``."""
    names = index.layer("stories").joint["story_id"]
    at = int(np.searchsorted(names, story_id.encode("ascii", "replace")))
    return at if at < len(names) and names[at].decode("ascii") == story_id else None


_INITIALS = 4  # letters: “NATO: …” names who speaks


@lru_cache(maxsize=8)
def story_labels(index: Index, stories: tuple[int, ...]) -> dict[int, str | None]:
    """What stories are called: the headline of the article that is most like the others by its
    headline's words, verbatim; of the earliest of equals, and of those that are “perhaps” of the
    story only where no other is. A name given by hand comes first."""
    given = index.story_names
    ids = index.layer("stories").joint["story_id"]
    story_of = index.layer("stories").joint["story_of"]
    wanted = np.zeros(len(ids), dtype=bool)
    wanted[list(stories)] = True
    chosen = index.by_date[wanted[story_of[index.by_date]]]
    titles = index.article_rows(chosen, ["title"])["title"].tolist()
    doubted = (index.layer("stories").joint["basis"][chosen] & MAYBE > 0).tolist()
    heads: dict[tuple[int, bool], list[str]] = {}
    for story, doubt, title in zip(story_of[chosen].tolist(), doubted, titles, strict=True):
        if isinstance(title, str):
            heads.setdefault((story, doubt), []).append(title)
    return {
        story: given.get(ids[story].decode("ascii"))
        or central(heads.get((story, False)) or heads.get((story, True), []))
        for story in stories
    }


def central(titles: list[str]) -> str | None:
    """The headline that shares most words with the others; None without one. One under a label in
    capitals, “OPINION: …”, “WATCH: …”, only where there is no other."""
    plain = [title for title in titles if not _labelled(title)]
    titles = plain or titles
    words = [set(title.casefold().split()) for title in titles]
    frequency: dict[str, int] = {}
    for own in words:
        for word in own:
            frequency[word] = frequency.get(word, 0) + 1
    scores = [sum(frequency[word] - 1 for word in own) / (len(own) + 4) ** 0.5 for own in words]
    return titles[scores.index(max(scores))] if titles else None


def _labelled(title: str) -> bool:
    label, colon, _ = title.partition(":")
    return bool(colon) and label.isalpha() and label.isupper() and len(label) > _INITIALS


def has_story(index: Index, story: str) -> bool:
    """Whether the index has stories, and one of that id."""
    try:
        return story_position(index, story) is not None
    except MissingLayer:
        return False
