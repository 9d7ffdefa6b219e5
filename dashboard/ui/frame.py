"""The frame around every page: the corpus, the scope bar, the link, the notices."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.theme import Mode, SourceStyle
from dashboard.corpus.report import describe_counts
from dashboard.index.index import Index
from dashboard.index.storage.container import DamagedFile
from dashboard.index.storage.folder import IndexFolderError, is_index
from dashboard.index.topics.cut import TopicCut
from dashboard.library.corpora import UserCorpus, find_corpus, is_token
from dashboard.library.indexes import BuildError, given_index
from dashboard.library.jobs import JobStatus, build_status, start_build, stop_build
from dashboard.places import setting
from dashboard.scope import Scope
from dashboard.ui import cache, state
from dashboard.ui.drawing import Drawing, theme
from dashboard.ui.text import md, plain
from dashboard.ui.widgets import EN_SPACE, empty, head, rows_of, source_name
from dashboard.wording import MISSING, count

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
MOST_PILLS = 12  # more sources than that are picked from a searchable list


@dataclass(frozen=True)
class View:
    """What a page draws from: the corpus, what is selected, how sources look."""

    index: Index
    scope: Scope
    styles: Mapping[str, SourceStyle]  # by id of the source
    mode: Mode
    corpus: UserCorpus | None = None  # a user's own

    def measure(self, name: str, **options: Any) -> pd.DataFrame:
        """A measure of this scope, as ``export`` gives it; ``options`` are those of the measure."""
        return cache.measure(self.index, name, self.scope, **options)

    def drawing(self, name: str, draw: Callable[[], go.Figure], *options: object) -> Drawing:
        """The figure that ``draw`` makes of measures of this view, made once for all visitors.

        ``options``: all else that it depends on, as values that ``repr`` tells apart.
        """
        return self.drawings(name, lambda: {"": draw()}, *options)[""]

    def drawings(
        self, name: str, draw: Callable[[], Mapping[str, go.Figure]], *options: object
    ) -> dict[str, Drawing]:
        """Several figures made at once, by what ``draw`` calls them: see :meth:`drawing`."""
        key = repr((name, self.scope, self.mode, options)) + self._looks
        return cache.drawings(draw, self.index, key)

    @cached_property
    def _looks(self) -> str:
        return repr(list(self.styles.items()))

    @cached_property
    def summary(self) -> Any:
        """How many articles are in view and what is known of them: one row of ``summary``."""
        return next(rows_of(self.measure("summary")))

    @property
    def cut(self) -> TopicCut:
        """The topics, as many as the link asks for."""
        return self.scope.cut(self.index)

    @property
    def measures_topics(self) -> bool:
        """Whether topics return better than chance: if not, they are read and not measured."""
        return self.index.fit.beats_chance

    def over_all_topics(self) -> View:
        """The same view without its topic filter: what shares of topics are shares of."""
        return replace(self, scope=self.scope.without_topics())


def corpus_paths() -> tuple[Path, ...]:
    """What to open, articles or one index: the paths after ``--``, else the setting, else the
    seeds."""
    named = sys.argv[1:] or [p for p in setting("CORPUS").split(os.pathsep) if p]
    return tuple(Path(p).expanduser() for p in named) or (SEEDS,)


def _own_corpus() -> UserCorpus | None:
    """The corpus of a user's own that the link names; None for the default one."""
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
    scope = state.scope(index)
    styles = {s.source_id: SourceStyle(s.name, s.rank) for s in index.sources}
    opened = View(index, scope, styles, theme(), corpus)
    _VIEW.set(opened)
    return opened


def _default_corpus() -> Index:
    """What this dashboard was started on; its first visitor sees it being read."""
    place = st.empty()
    index = cache.open_corpus(
        corpus_paths(),
        lambda now: place.progress(
            now.share, text=md(f"Reading the articles: {now.describe()}", 200)
        ),
    )
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


def scope_bar(view: View) -> None:
    """The filters in the sidebar, which are also the legend; the link; reset."""
    with st.sidebar:
        _source_filter(view)
        _topic_filter(view)
        _date_filter(view)
        state.seed_widget("pick_q", view.scope.query)
        st.text_input(
            "Articles with",
            key="pick_q",
            placeholder="trade “no limits” sanction*",
            on_change=lambda: state.carry("q", "pick_q"),
            help="Finds articles with all of these words. Quote a phrase, end a word with \\* for "
            "any ending, write OR between alternatives, - before a word to exclude; brackets hold "
            "together: (quay OR pier) AND NOT fire.",
        )
        with st.container(horizontal=True):
            with st.popover("Copy link", type="tertiary", icon=":material/link:"):
                st.caption("This link opens the same view for another person.")
                st.code(state.share_url(view.index), language=None, wrap_lines=True)
            st.button(
                "Reset",
                type="tertiary",
                on_click=state.clear,
                disabled=view.scope.is_everything,
            )


def scope_line(view: View) -> None:
    """The line above every page: what is selected, in words."""
    st.caption(f"Showing {md(view.scope.describe(view.index), 600)}")


def show_notices(notices: Sequence[str]) -> None:
    """What the link asked for in vain."""
    for notice in dict.fromkeys(notices):
        st.info(md(notice, 400), icon=":material/info:")


def is_empty(view: View) -> bool:
    """Whether nothing is in view; then says what to do."""
    if view.index.n_articles == 0:
        empty(
            "No articles yet",
            "No article could be read; the report below says why. Drop other files on "
            "the Corpus page, or open a folder of texts or a CSV file: streamlit run app.py -- "
            "PATH",
        )
        st.page_link("dashboard/pages/corpus.py", label="Corpus →")
        import_report(view.index)
        return True
    if not view.scope.article_mask(view.index).any():
        total = count(view.index.n_articles, "article")
        empty(
            "No article passes these filters",
            f"The corpus has {total}; together, the filters on the left exclude them all.",
            "Show all articles",
            state.clear,
        )
        return True
    return False


def import_report(index: Index) -> None:
    """What came in and what became of it, with every problem."""
    problems = [
        {"file": plain(f["file"]), **{k: p[k] for k in ("row", "column", "reason", "remedy")}}
        for f in index.report["files"]
        for p in f["problems"]
    ]
    line = describe_counts(index.report["totals"])
    with st.expander(line + (f" · {count(len(problems), 'note')}" if problems else "")):
        if problems:
            st.dataframe(pd.DataFrame(problems), hide_index=True, placeholder=MISSING)
        else:
            st.caption("No problem met.")


def _source_filter(view: View) -> None:
    index = view.index
    n_unknown = int((index.source_of < 0).sum())
    if index.sources:
        names = {s.source_id: s for s in index.sources}
        state.seed_widget("pick_src", list(view.scope.sources))
        if len(names) <= MOST_PILLS:
            st.pills(
                "Sources",
                list(names),
                selection_mode="multi",
                key="pick_src",
                format_func=lambda i: (
                    f"{source_name(view.styles[i], view.mode, 26)}{EN_SPACE}{names[i].n_articles:,}"
                ),
                on_change=lambda: state.carry("src", "pick_src"),
            )
        else:
            st.multiselect(
                "Sources",
                list(names),
                key="pick_src",
                placeholder=f"All {len(names):,} sources",
                format_func=lambda i: f"{plain(names[i].name, 60)} ({names[i].n_articles:,})",
                on_change=lambda: state.carry("src", "pick_src"),
            )
    if n_unknown:
        st.caption(f"{count(n_unknown, 'article')} of unknown source")


def _topic_filter(view: View) -> None:
    labels = {t.topic_id: t.label for t in view.cut.topics}
    if len(labels) > 1:
        state.seed_widget("pick_topic", list(view.scope.topics))
        st.multiselect(
            "Topics",
            list(labels),
            key="pick_topic",
            placeholder="All topics",
            format_func=lambda i: plain(labels[i], 60),
            on_change=lambda: state.carry("topic", "pick_topic"),
        )


def _date_filter(view: View) -> None:
    days = view.index.date_range
    if days is None or days[0] == days[1]:
        return
    first, last = days
    chosen = (_within(view.scope.date_from, days, first), _within(view.scope.date_to, days, last))
    state.seed_widget("pick_days", chosen)
    st.slider(
        "Dates",
        first,
        last,
        key="pick_days",
        format="D MMM YYYY",
        on_change=_dates_changed,
        args=(first, last),
    )


def _within(day: date | None, days: tuple[date, date], default: date) -> date:
    return min(max(day, days[0]), days[1]) if day else default


def _dates_changed(first: date, last: date) -> None:
    start, end = state.widget("pick_days")
    state.set_scope(from_=None if start == first else start, to=None if end == last else end)
