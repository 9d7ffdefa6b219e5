"""Stories: what happened, and who carried it."""

import streamlit as st

from dashboard.measures import TABLES
from dashboard.ui import articles, frame, state, tables, widgets
from dashboard.ui.corpus import story_changes
from dashboard.ui.events import stories
from dashboard.ui.missing import nothing
from dashboard.ui.reading.beside import MOST_BESIDE, beside_link
from dashboard.wording import capital, count, number

PER_PAGE = 20

view = frame.view()
if not nothing.is_empty(view):
    found = view.measure("story_list", smallest=1 if view.scope.story else 2)
    if view.scope.story and len(found):
        story = next(tables.rows_of(found))
        members = view.measure("stories")
        widgets.head(story.label or "A story without a headline", stories.standfirst(
            story, members
        ))  # fmt: skip
        st.button("All stories", icon=":material/arrow_back:", type="tertiary",
                  on_click=lambda: state.set_scope(story=None))  # fmt: skip
        st.header("How each put it", anchor=False)
        if len(members) > 1:
            st.caption("Words that most of the other headlines don’t have are marked.")
        stories.headlines(view, members)
        sides = stories.one_of_each(members)
        if len(sides) > 1:
            most = MOST_BESIDE + 1
            which = f"{number(most)} of the {number(len(sides))} " if len(sides) > most else ""
            widgets.page_link("articles", f"Read {which}side by side →", **beside_link(sides))
        added = view.measure("additions")
        if len(added):
            st.header("What each adds", anchor=False)
            st.caption("In order of date: sentences that say what no article before had said.")
            stories.new_sentences(view, added)
        st.header("Who carried it", anchor=False)
        coverage = view.measure("coverage_matrix")
        stories.carriers(view, coverage)
        widgets.foot("story", f"n = {count(len(members), 'article')}.",
                     TABLES["stories"].method + TABLES["coverage_matrix"].method,
                     members, "stories.csv")  # fmt: skip
        story_changes.change(view, story, members)
    else:
        several = capital(number(len(found), "story")) if len(found) == 1 else None
        title = several or (f"{len(found):,} stories" if len(found) else "No story")
        n_alone = view.summary.n_articles - int(found["n_articles"].sum())
        widgets.head(
            f"{title} told by more than one article",
            f"{capital(number(n_alone, 'article'))} {'stands' if n_alone == 1 else 'stand'} alone. "
            "Open a story to see who carried it and what each adds.",
        )
        first = 0
        if len(found) > PER_PAGE:
            first = (articles.page_picker(-(-len(found) // PER_PAGE)) - 1) * PER_PAGE
        shown = found.iloc[first : first + PER_PAGE]
        stories.story_rows(view, shown, "story-list")
        if len(found) > PER_PAGE:
            articles.page_picker(-(-len(found) // PER_PAGE), below=True)
        n = count(view.summary.n_articles, "article")
        widgets.foot(
            "stories",
            f"n = {n}. Independent: sources of one house, or with the same text, count as one.",
            TABLES["story_list"].method,
            found,
            "story_list.csv",
        )
        if len(shown):
            st.header("Who carried which", anchor=False)
            stories.matrix(
                view, view.measure("coverage_matrix", first=first, most=PER_PAGE), "coverage-matrix"
            )
            widgets.foot("coverage-matrix", "", TABLES["coverage_matrix"].method)
