"""Overview: the front page of what is in view, with the way into each part."""

import streamlit as st

from dashboard.measures import findings
from dashboard.ui import articles, coverage, frame, sources, widgets
from dashboard.ui import topics as topic_sections
from dashboard.ui.components.dismiss import dismiss
from dashboard.ui.events import brief, stories
from dashboard.ui.missing import nothing

FIRST_NEWS, FIRST_STORIES, FIRST_ARTICLES = 3, 5, 6


def welcome() -> None:
    """What can be done here, for a first visit."""
    with st.container(border=True, key="np-welcome", gap="small"):
        st.markdown(
            "**New here?** Newsprism shows what a set of articles is about, how each source tells "
            "it, and how words change over time. Click a mark in a chart to filter to what it "
            "counts; the articles behind it are one click away. Every view has a link to share, "
            "and every table downloads as it is drawn."
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            widgets.page_link("topics", "What is it about? Topics →")
            widgets.page_link("sources", "Who tells it how? Sources →")
            widgets.page_link("corpus", "Bring your articles: Corpus →")
            dismiss("np-welcome", "Hide this")


view = frame.view()
if not nothing.is_empty(view):
    summary, topics = view.summary, view.measure("topics")
    every = view.over_all_topics().measure("topics")
    finding = view.kept("overview", lambda: findings.overview(summary, topics, len(every)))
    widgets.head(finding.title, finding.standfirst)
    welcome()
    st.space("small")

    left, right = st.columns([1.4, 1], gap="large")
    with left, st.container(gap="small"):
        st.header("In brief", anchor=False)
        brief.news(view, FIRST_NEWS)
        widgets.page_link("brief", "The whole brief →")
    with right, st.container(gap="small"):
        st.header("Stories", anchor=False)
        largest = view.measure("story_list", first=0, most=FIRST_STORIES)
        stories.story_rows(view, largest, "first-stories", here=False)
        if largest.empty:
            st.caption("No two articles in view tell of the same event.")
        widgets.page_link("stories", "All stories →")

    st.space("small")
    st.header("Worth a look", anchor=False)
    brief.findings(view)

    st.space("small")
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        coverage.coverage(view)
    with right:
        with st.container(gap=None):
            st.header("The articles", anchor=False)
            st.caption("In order of date")
        found = articles.listed(view, "articles", 0, FIRST_ARTICLES)
        articles.article_list(view, found, "first-articles")
        if summary.n_articles > FIRST_ARTICLES:
            widgets.page_link("articles", f"All {summary.n_articles:,} articles →")

    st.space("small")
    if view.measures_topics and summary.n_sources:
        sources.source_topics(view, topics)
    elif view.measures_topics and len(topics):  # of unknown sources
        topic_sections.shares(view, topics, every)
    st.space("small")
    coverage.import_report(view.index)
