"""Newsprism: the router and the frame; everything else is in ``dashboard``."""

from pathlib import Path

import streamlit as st

from dashboard.index.layers.layer import MissingLayer
from dashboard.index.storage.container import DamagedFile
from dashboard.ui import frame, state
from dashboard.ui.choice import chips, filters
from dashboard.ui.components import drawing
from dashboard.ui.components.scroll import scroll
from dashboard.ui.missing import layers

STATIC = Path(__file__).parent / "static"

st.set_page_config(
    page_title="Newsprism",
    page_icon="/app/static/favicon.svg",
    layout="wide",
)
st.html(STATIC / "style.css")

PAGES = [
    first := st.Page(
        "dashboard/pages/overview.py", title="Overview", url_path="first", default=True
    ),
    st.Page("dashboard/pages/topics.py", title="Topics", url_path="topics"),
    st.Page("dashboard/pages/sources.py", title="Sources", url_path="sources"),
    st.Page("dashboard/pages/trends.py", title="Trends", url_path="trends"),
    st.Page("dashboard/pages/timeline.py", title="Timeline", url_path="timeline"),
    articles := st.Page("dashboard/pages/articles.py", title="Articles", url_path="articles"),
    st.Page("dashboard/pages/corpus.py", title="Corpus", url_path="corpus"),
]
OTHER_NAMES = frame.other_names(PAGES)

state.carriers()
drawing.preload()
page = st.navigation([*PAGES, *OTHER_NAMES], position="top")
if page in OTHER_NAMES:
    st.switch_page(OTHER_NAMES[page], query_params={})
view = frame.open_view()
st.logo(f"/app/static/logo-{view.mode}.svg", size="large")
if asked := state.asked_for():
    st.switch_page(articles, query_params=state.opening(*asked))
opened, passage = state.opened() if page == articles else ("", "")
st.set_page_config(page_title=frame.tab_title(view, page.title, opened))
scroll(state.place(page.url_path), at_passage=bool(passage))
try:
    filters.sidebar(view)
    notices = st.container()
    chips.show(view)
    page.run()
    with notices:
        frame.show_notices(state.notices())
except MissingLayer as error:
    layers.say_missing(view, error)
except DamagedFile as error:
    frame.say_damaged(view, error)
