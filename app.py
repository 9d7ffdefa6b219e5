"""Newsprism: the router and the frame; everything else is in ``dashboard``."""

from pathlib import Path

import streamlit as st

from dashboard.index.storage.container import DamagedFile
from dashboard.ui import drawing, frame, state
from dashboard.ui.choice import chips, filters

STATIC = Path(__file__).parent / "static"

st.set_page_config(
    page_title="Newsprism",
    page_icon="/app/static/favicon.svg",
    layout="wide",
)
st.html(STATIC / "style.css")

PAGES = [
    st.Page("dashboard/pages/overview.py", title="Overview", url_path="overview", default=True),
    st.Page("dashboard/pages/topics.py", title="Topics", url_path="topics"),
    st.Page("dashboard/pages/sources.py", title="Sources", url_path="sources"),
    st.Page("dashboard/pages/trends.py", title="Trends", url_path="trends"),
    articles := st.Page("dashboard/pages/articles.py", title="Articles", url_path="articles"),
    st.Page("dashboard/pages/corpus.py", title="Corpus", url_path="corpus"),
]

state.carriers()
drawing.preload()
page = st.navigation(PAGES, position="top")
view = frame.open_view()
st.logo(f"/app/static/logo-{view.mode}.svg", size="large")
if asked := state.asked_for():
    st.switch_page(articles, query_params=state.opening(asked))
try:
    filters.sidebar(view)
    notices = st.container()
    chips.show(view)
    page.run()
    with notices:
        frame.show_notices(state.notices())
except DamagedFile as error:
    frame.say_damaged(view, error)
