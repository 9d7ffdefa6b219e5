"""Newsprism: the router and the frame; everything else is in ``dashboard``."""

from typing import Any

import streamlit as st

from dashboard.places import PACKAGE, SITE
from dashboard.ui import frame, gestures, state
from dashboard.ui.choice import chips, filters, menu
from dashboard.ui.components import drawing
from dashboard.ui.components.scroll import scroll
from dashboard.ui.missing import instead

st.set_page_config(page_title="Newsprism", page_icon="/app/static/favicon.svg", layout="wide")
st.html(SITE / "static" / "style.css")


def page_of(noun: str, **more: Any) -> Any:
    return st.Page(PACKAGE / "pages" / f"{noun}.py", title=noun.capitalize(), **more)


first = page_of("overview", url_path=menu.FIRST, default=True)
articles, stories = page_of("articles"), page_of("stories")
#: By what one comes for; addresses don't depend on the group. The corpus stands by itself.
GROUPS = {
    "Read": [first, page_of("brief"), stories, articles, page_of("concordance")],
    "Compare": [page_of(noun) for noun in ("sources", "topics", "voices", "names", "figures")],
    "Over time": [page_of("trends"), page_of("timeline")],
    "": [page_of("corpus")],
}
OTHER_NAMES = menu.other_names([page for group in GROUPS.values() for page in group])

state.carriers()
drawing.preload()
page = st.navigation(menu.named(GROUPS, OTHER_NAMES), position="top")
if page in OTHER_NAMES:
    st.switch_page(OTHER_NAMES[page], query_params={})
st.logo(f"/app/static/logo-{drawing.theme()}.svg", size="large")  # there while an index is built
view = frame.open_view()
if asked := state.asked_for():
    st.switch_page({"articles": articles, "stories": stories}[asked[0]], query_params=asked[1])
opened, passage = state.opened() if page == articles else ("", "")
st.set_page_config(page_title=frame.tab_title(view, page.title, opened))
scroll(gestures.place(page.url_path), at_passage=bool(passage), **gestures.asked(page.url_path))
try:
    filters.sidebar(view)
    notices = st.container()
    chips.show(view)
    page.run()
    with notices:
        frame.show_notices(state.notices())
except instead.REASONS as error:
    instead.say(view, error)
