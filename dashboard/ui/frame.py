"""The frame around every page: the corpus, what is drawn of it, the notices."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.parts.drawn import Drawn
from dashboard.charts.parts.theme import Mode, SourceStyle
from dashboard.index.building.progress import BuildStatus
from dashboard.index.counts.grouped import noun_of
from dashboard.index.counts.story_labels import story_labels, story_position
from dashboard.index.index import Index
from dashboard.index.storage.container import DamagedFile
from dashboard.index.storage.folder import IndexFolderError, is_index
from dashboard.index.topics.cut import TopicCut
from dashboard.library.corpora import UserCorpus, find_corpus, is_token
from dashboard.library.indexes import (
    BuildError,
    BuildStopped,
    given_index,
    resume_index,
    stop_index,
)
from dashboard.library.jobs import JobStatus, build_status, start_build, start_update, stop_build
from dashboard.measures import TABLES
from dashboard.measures.stop_list import hidden_words, without
from dashboard.places import DEMO, SITE, home_path, setting, wrong_settings
from dashboard.scope import UNKNOWN_VALUE, Scope
from dashboard.ui import cache, state
from dashboard.ui.components.drawing import Drawing, theme
from dashboard.ui.tables import rows_of
from dashboard.ui.text import md, plain
from dashboard.ui.widgets import empty, head
from dashboard.wording import count, in_quotes, searched

Made = TypeVar("Made")

SEEDS = SITE / "seeds"
GENERATED = (
    "These articles are generated, not news: outlets, people, places and events are invented, so "
    "that topics, stories, copies and trends have something to show."
)


@dataclass(frozen=True)
class View:
    """What a page draws from: the corpus, what is selected, which sources are told apart."""

    index: Index
    scope: Scope
    drawn: Drawn
    mode: Mode
    corpus: UserCorpus | None = None  # a user's own
    hidden: tuple[str, ...] = ()  # words that no table lists

    @property
    def styles(self) -> Mapping[str, SourceStyle]:
        """How sources look, by id: the same on a whole page."""
        return self.drawn.styles

    def of_drawn(self, table: pd.DataFrame) -> pd.DataFrame:
        """Without the sources that were chosen, but are of another part; where none is chosen all
        rows."""
        others = set(self.drawn.every) - set(self.drawn.ids) if self.drawn.chosen else set()
        return table[~table["source_id"].isin(others)]

    def measure(self, name: str, **options: Any) -> pd.DataFrame:
        """A measure of this scope, as ``export`` gives it; ``options`` are those of the measure."""
        rows = cache.measure(self.index, name, self.scope, **options)
        return without(rows, TABLES[name], self.hidden)

    def drawing(self, name: str, draw: Callable[[], go.Figure], *options: Hashable) -> Drawing:
        """The figure that ``draw`` makes of measures of this view: see :meth:`kept`."""
        return self.drawings(name, lambda: {"": draw()}, *options)[""]

    def drawings(
        self, name: str, draw: Callable[[], Mapping[str, go.Figure]], *options: Hashable
    ) -> dict[str, Drawing]:
        """Several figures made at once, by what ``draw`` calls them."""
        return self.kept(
            f"drawing {name}",
            lambda: {part: Drawing.of(figure) for part, figure in draw().items()},
            *options,
        )

    def kept(self, name: str, make: Callable[[], Made], *options: Hashable) -> Made:
        """What ``make`` gives of measures of this view, made once for all visitors: don't change
        it. ``options``: all that it depends on besides the view."""
        key = (name, self.scope, self.hidden, self.mode, self.drawn.ids, options)
        made: Made = cache.kept(self.index, key, make)
        return made

    def facets(self, name: str) -> dict[str, int]:
        """The choices of a filter with the articles that each would show."""
        return self.kept("facets", lambda: _by_filter(self.measure("facets"))).get(name, {})

    @cached_property
    def summary(self) -> Any:
        """How many articles are in view and what is known of them: one row of ``summary``."""
        return self.kept("summary", lambda: next(rows_of(self.measure("summary"))))

    @property
    def cut(self) -> TopicCut:
        """The topics, as many as the link asks for."""
        return self.scope.cut(self.index)

    @property
    def noun(self) -> str:
        """What is compared, in words: sources, groups of articles, or two sides."""
        return noun_of(self.index)

    @property
    def measures_topics(self) -> bool:
        """Whether topics return better than chance: if not, they are read and not measured."""
        return self.index.fit.beats_chance

    def over_all_topics(self) -> View:
        """The same view without its topic filter: what shares of topics are shares of."""
        return replace(self, scope=self.scope.without_topics())


def _by_filter(facets: pd.DataFrame) -> dict[str, dict[str, int]]:
    return {
        str(name): dict(zip(rows["choice"], rows["n_articles"].tolist(), strict=True))
        for name, rows in facets.groupby("filter", sort=False)
    }


def corpus_paths() -> tuple[Path, ...]:
    """What to open, articles or one index: the paths after ``--``, else the setting, else the
    seeds."""
    named = sys.argv[1:] or [p for p in setting("CORPUS").split(os.pathsep) if p]
    return tuple(map(home_path, named)) or (SEEDS,)


def is_demo(corpus: UserCorpus | None) -> bool:
    """Whether what is open is the demo: a visitor's own, or what this dashboard was started on."""
    return (
        bool(corpus.settings.get("demo"))
        if corpus
        else [p.resolve() for p in corpus_paths()] == [DEMO]
    )


def _own_corpus() -> UserCorpus | None:
    """The user's own corpus that the link names; None for the default one."""
    token = state.corpus_token()
    if not is_token(token):
        return None
    corpus = find_corpus(token)
    if corpus is None:
        state.forget_corpus()
        state.notices().append(
            "The corpus in this link is gone: a corpus that nobody opens for 30 days is removed. "
            "These are the articles of this dashboard."
        )
    return corpus


_VIEW: ContextVar[View] = ContextVar("view")


def view() -> View:
    """What ``app.py`` opened for this run."""
    return _VIEW.get()


def open_view() -> View:
    """The corpus and scope of this run, once in it: pages take them from :func:`view`. An input
    that can't be opened ends the run with what happened and what to do."""
    corpus = _own_corpus()
    if corpus is not None:
        status = watch(corpus)
        if status.state in ("running", "waiting"):
            for notice in state.notices():
                state.say(notice)  # for the page that follows
            st.stop()
        if status.state == "failed":
            state.notices().append(status.text)
        if not is_index(corpus.index):
            if status.state == "failed":
                back = "Back to the articles of this dashboard"
                empty("Your articles could not be read", status.text, back, state.open_corpus)
            else:
                again = partial(start_build, corpus)
                empty("Your articles are not read yet", "Reading was stopped.", "Read them", again)
            st.stop()
    try:
        index = cache.open_folder(corpus.index) if corpus else _default_corpus()
    except IndexFolderError as error:
        if corpus is not None:  # written by an older version, or damaged
            start_build(corpus)
            st.rerun()
        empty("This index could not be opened", str(error))
        st.stop()
    except (BuildError, OSError) as error:
        empty(
            "This corpus could not be opened",
            f"{error}. Name a file or folder that exists after `streamlit run app.py --`, "
            f"or in the environment variable NEWSPRISM_CORPUS; without either the five seeds open.",
        )
        st.stop()
    if corpus and status.state == "ready" and index.manifest.get("to_come"):
        start_update(corpus)  # a build that was cut off
    if is_demo(corpus):
        state.notices().append(GENERATED)
    state.notices().extend(f"{said}." for said in wrong_settings())
    scope = state.scope(index)
    part = state.option("part", "1")
    drawn = Drawn(index, scope, max(int(part), 1) if part.isdecimal() else 1)
    hidden = hidden_words(state.option("hide"))
    opened = View(index, scope, drawn, theme(), corpus, hidden)
    _VIEW.set(opened)
    return opened


def _default_corpus() -> Index:
    """What this dashboard was started on; its first visitor sees it being read, and can stop it."""
    paths, place = corpus_paths(), st.empty()
    bars: list[Any] = []

    def say(now: BuildStatus) -> None:
        if not bars:
            with place.container():
                bars.append(st.empty())
                st.button("Stop", on_click=stop_index, args=(paths,), key="stop-first-build")
        bars[0].progress(now.share, text=md(f"Opening the corpus: {now.describe()}", 200))

    try:
        index = cache.open_corpus(paths, say)
    except BuildStopped as error:
        place.empty()
        again = partial(resume_index, paths)
        empty("The articles are not read yet", f"{error}.", "Read them", again)
        st.stop()
    place.empty()
    return index


def watch(corpus: UserCorpus) -> JobStatus:
    """Progress while the corpus is built; the page runs again when it is done."""
    status = build_status(corpus)
    if status.state in ("running", "waiting"):
        head("Reading your articles", "This page continues by itself when it is done.")

        @st.fragment(run_every=0.7)
        def poll() -> None:
            now = build_status(corpus)
            if now.state not in ("running", "waiting"):
                st.rerun()
            st.progress(now.share, text=md(now.text, 200))

        poll()
        st.button("Stop", on_click=stop_build, args=(corpus,))
    return status


def say_damaged(view: View, error: DamagedFile) -> None:
    """Damage that showed when the index was read: what, where, and the way on."""
    paths, folder = corpus_paths(), view.index.folder.parent
    what = f"A file of the index in {folder} has been altered or damaged: {error}."
    button: str | None = "Build it again"
    on_click: Callable[[], None] | None = None
    if view.corpus is not None:
        on_click = partial(start_build, view.corpus)
    elif given_index(paths) is None:
        cache.discard(paths)
    else:
        button = None
        what += f" Build it again: python -m dashboard build PATH --out {folder}"
    empty("This index is damaged", what, button, on_click)


def tab_title(view: View, page: str, article_id: str) -> str:
    """The name of the browser's tab: the article that is open, or the page, what it is about (a
    topic, keywords) and what is in view."""
    position = view.index.position(article_id) if article_id else None
    if position is not None:
        title = view.index.article_rows([position], ["title"])["title"].iloc[0]
        return f"{plain(title, 80) or page} · Newsprism"
    scope = view.scope
    if scope.is_everything:
        name = view.corpus.name if view.corpus else ""
        shown = plain(name, 60) or count(view.index.n_articles, "article")
    else:
        names = [view.styles[i].name for i in scope.sources[:2] if i in view.styles]
        labels = [view.cut.topic(i).label for i in scope.topics[:1]]
        names += [value or UNKNOWN_VALUE for _, value in scope.where[:2]]
        if scope.story and (place := story_position(view.index, scope.story)) is not None:
            names.append(story_labels(view.index, (place,))[place] or "one story")
        said = [*names, *labels, *([searched(scope.query)] if scope.query else [])]
        shown = plain(", ".join(said), 60) or ("copies once" if scope.copies_once else "some dates")
    about = [topic.label for topic in view.cut.topics if topic.topic_id == state.option("detail")]
    if page in ("Trends", "Concordance"):
        about = [in_quotes(keyword) for keyword in state.tokens("kw")[:2]]
    return f"{page}: {plain(', '.join([*about, shown]), 90)} · Newsprism"


def show_notices(notices: Sequence[str]) -> None:
    """What the link asked for and can't have."""
    for notice in dict.fromkeys(notices):
        st.info(md(notice, 400), icon=":material/info:")
