"""The state of a view, and its link: the only user of session_state and query_params.

Everything that makes up a view is a short text token in the URL (grammar in docs/url.md):

- *carried* parameters (filters and options that outlive a change of page) are each the value of
  a hidden text input bound to the URL. Streamlit keeps those in the link across pages;
- *plain* parameters (what is open on one page) are query parameters as such, and go with the page.

Widgets that people see hold no state: :func:`seed_widget` sets them before they are drawn, and
their callbacks write here. So a link, a click and the Back button all take the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.runtime.state import get_session_state

from dashboard.library.corpora import is_token
from dashboard.places import public_url
from dashboard.scope import PARAMS, SEPARATOR, Scope
from dashboard.ui.link.keywords import countable
from dashboard.ui.link.parameters import CARRIED, ORDERS, PAGES, PLAIN, length, written
from dashboard.ui.link.short import ids_there, lengthened, shortened
from dashboard.ui.text import plain

if TYPE_CHECKING:
    from dashboard.index.index import Index

_STATE = "np-state"  # the carried values as last written or read, cleaned
_NOTICES = "np-notices"
_ASKED = "np-asked"
_SAID = "np-said"
_SEEN = "np-seen"
_SHORTEN = "Shorten it, or use the command line: python -m dashboard export."
_DRAWN = "np-drawn"  # what each visible widget was last set to
_LISTS = "np-lists"  # of parameters that take ids: all there are


def carriers() -> None:
    """Draw the hidden inputs that hold something (each costs the browser 2 ms in every run) and
    read them. First thing after ``set_page_config``, every run."""
    held = [name for name in CARRIED if name in st.query_params or st.session_state.get(name)]
    with st.container(key="np-url"):
        for name in held:
            # Its label is hidden, so that the browser doesn't read it as Markdown.
            st.text_input(name, key=name, bind="query-params", label_visibility="collapsed")
    lost = [name for name in held if st.session_state.get(name) and name not in st.query_params]
    with get_session_state().query_params() as said:
        for name in lost:  # a run that goes to another page keeps them, but not in the address
            said.set_corrected_value(name, st.session_state[name], "string_value")
    st.session_state[_NOTICES] = st.session_state.pop(_SAID, [])
    st.session_state[_STATE] = {
        name: _checked(name, st.session_state.get(name) or "", CARRIED) for name in CARRIED
    }


def scope(index: Index) -> Scope:
    """What is selected. What the link asks for and can't have is added to :func:`notices`."""
    sizes = index.nodes.sizes
    wanted = option("k", allowed=[str(size) for size in sizes])
    n_topics = int(wanted) if wanted and int(wanted) != index.nodes.default_size else None
    state = st.session_state[_STATE]
    own = is_token(state["corpus"])
    if not own and state["corpus"] not in ("", index.corpus_id):
        notices().append(
            "This link was made for another corpus, or for an earlier version of this one; "
            "what it selects may differ here."
        )
    lists = st.session_state[_LISTS] = ids_there(index, n_topics)
    state.update({name: lengthened(state[name], every) for name, every in lists.items()})
    found, unknown = Scope.from_params({name: state[name] for name in PARAMS}, index, n_topics)
    notices().extend(unknown)
    # From here on only what is known: the next click doesn't carry the rest along.
    state.update(
        found.to_params(), corpus=state["corpus"] if own or not state["corpus"] else index.corpus_id
    )
    return found


def notices() -> list[str]:
    """What the link asks for and can't have, in words; complete once the page has run."""
    found: list[str] = st.session_state[_NOTICES]
    return found


def set_scope(**changes: str | date | Sequence[str] | None) -> None:
    """Change carried parameters; ``from_`` stands for ``from``. For callbacks only. However many
    change, it is one step for the Back button."""
    state = st.session_state[_STATE]
    for name, value in ((n.rstrip("_"), written(v)) for n, v in changes.items()):
        if length(_short(name, value)) > CARRIED[name]:
            say(f"That is more than a link can hold; your last change was left out. {_SHORTEN}")
        else:
            state[name] = value
    tokens = carried()
    # All are written, not only the changed ones: a second click may arrive before the browser
    # has heard of the first, and then brings the inputs' old values along.
    inputs = {name: st.session_state.get(name) for name in tokens}  # None: not drawn
    changed = [name for name, token in tokens.items() if (inputs[name] or "") != token]
    for name in changed:
        st.session_state[name] = tokens[name]
    # Streamlit tells the browser of each input that was drawn, which would be a step each. What it
    # holds for said already is not said again: the last one takes the others along.
    with get_session_state().query_params() as said:
        if changed:  # another list of articles begins with its first page
            said.discard_param_no_forward_msg("page")
        for name in changed[:-1]:
            if tokens[name]:
                said.set_with_no_forward_msg(name, tokens[name])
            else:
                said.discard_param_no_forward_msg(name)
    if changed and inputs[changed[-1]] is None:
        st.query_params[changed[-1]] = tokens[changed[-1]]


def carried() -> dict[str, str]:
    """The carried parameters as a link has them; "" for what is not set."""
    return {name: _short(name, value) for name, value in st.session_state[_STATE].items()}


def _short(name: str, value: str) -> str:
    return shortened(value, st.session_state.get(_LISTS, {}).get(name, ()), CARRIED[name])


def toggle(name: str, value: str) -> None:
    """Add a token to a list parameter, or take it out. For callbacks only."""
    chosen = tokens(name)
    rest = [token for token in chosen if token != value]
    set_scope(**{name: rest if len(rest) < len(chosen) else [*chosen, value]})


def clear() -> None:
    """Remove every filter; options and the corpus stay. For callbacks only."""
    set_scope(**dict.fromkeys(PARAMS))


def option(name: str, default: str = "", allowed: Collection[str] | None = None) -> str:
    """A page option's value; one that is not ``allowed`` gives ``default`` and a notice."""
    if name in PLAIN:
        value = _checked(name, st.query_params.get(name, ""), PLAIN)
    else:
        value = st.session_state[_STATE][name]
    if value and allowed is not None and value not in allowed:
        notices().append(f"The link's “{name}” is unknown here and was ignored.")
        if name in CARRIED:
            st.session_state[_STATE][name] = ""
        return default
    return value or default


def tokens(name: str) -> list[str]:
    """The tokens of a list parameter (``src``, ``topic``, ``kw``), each once."""
    return list(dict.fromkeys(filter(None, map(plain, option(name).split(SEPARATOR)))))


def keywords() -> list[str]:
    """The keywords of the link that can be counted; of the others is said why not."""
    found, wrong = countable(tokens("kw"))
    notices().extend(wrong)
    return found


def set_option(name: str, value: str | Sequence[str] | None) -> None:
    """Write a page option. For callbacks only."""
    if name not in PLAIN:
        set_scope(**{name: value})
        return
    if name in ORDERS:
        with get_session_state().query_params() as said:
            said.discard_param_no_forward_msg("page")
    if token := written(value):
        st.query_params[name] = token
    else:
        st.query_params.pop(name, None)


def opening(article_id: str, passage: str = "") -> dict[str, str]:
    """The parameter that opens an article, at a passage: ``query_params`` of a page link."""
    return {"article": written([article_id, passage] if passage else [article_id])}


def opened() -> tuple[str, str]:
    """The open article's id and the passage to show first, as the link has them; else ``""``."""
    article_id, _, passage = option("article").partition(SEPARATOR)
    return article_id, passage


def open_article(article_id: str, passage: str = "") -> None:
    """Open an article on the page that reads it; ``""`` closes it. For callbacks only."""
    set_option("beside", None)
    set_option("article", opening(article_id, passage)["article"])


def ask_for(noun: str, parameters: dict[str, str]) -> None:
    """Ask for a page, with what is to be open on it, from a callback, which can't change to it."""
    st.session_state[_ASKED] = (noun, parameters)


def asked_for() -> tuple[str, dict[str, str]] | None:
    """The page asked for since the last run, and its parameters, once."""
    asked: tuple[str, dict[str, str]] | None = st.session_state.pop(_ASKED, None)
    return asked


def beside() -> list[str]:
    """The ids of the articles that stand beside the open one."""
    return [token for token in option("beside").split(SEPARATOR) if token]


def put_beside(key: str) -> None:
    """A click on a row of a list puts its article beside the open one. For callbacks only."""
    asked = st.session_state[key].open
    if asked:
        set_option("beside", asked[0])


def row_opened(key: str, *, here: bool) -> None:
    """A click on a row of a list opens its article; ``here``: the list is on the page that reads
    articles."""
    asked = st.session_state[key].open
    if asked:
        open_article(*asked) if here else ask_for("articles", opening(*asked))


def corpus_token() -> str:
    """The corpus that the link names: an id, or the token of one that a user brought."""
    token: str = st.session_state[_STATE]["corpus"]
    return token


def open_corpus(token: str = "") -> None:
    """Go to the corpus of that token, ``""`` for the default, without filters. For callbacks."""
    set_scope(**{**dict.fromkeys([*PARAMS, "kw", "compare"]), "corpus": token})


def forget_corpus() -> None:
    """Leave the corpus of the link out of this run: it is not here."""
    st.session_state[_STATE]["corpus"] = ""


def corpora_seen() -> list[str]:
    """Tokens of the corpora that this visitor had open, in the order of first sight."""
    seen: list[str] = st.session_state.setdefault(_SEEN, [])
    token = corpus_token()
    if is_token(token) and token not in seen:
        seen.append(token)
    return seen


def times(what: str) -> int:
    """How often :func:`once_more` was called for it in this session."""
    number: int = st.session_state.get(f"np-times-{what}", 0)
    return number


def once_more(what: str) -> None:
    """Count; for keys of widgets that start afresh. For callbacks only."""
    st.session_state[f"np-times-{what}"] = times(what) + 1


def note(what: str, value: Any) -> None:
    """Keep something for this session that is not part of the view. For callbacks only."""
    st.session_state[f"np-note-{what}"] = value


def noted(what: str) -> Any:
    """What :func:`note` kept last; ``None`` when nothing was."""
    return st.session_state.get(f"np-note-{what}")


def say(message: str) -> None:
    """Leave a notice for the run that follows. For callbacks only."""
    st.session_state.setdefault(_SAID, []).append(message)


def seed_widget(key: str, value: Any) -> None:
    """Set a visible widget before it is drawn (without a default value of its own)."""
    drawn = st.session_state.setdefault(_DRAWN, {})
    # A quick Back and Forward: the browser still says what the run before is about to change.
    known = key in st.session_state and key in drawn
    if not known or [st.session_state[key], drawn[key]] != [value, value]:
        st.session_state[key] = value
    drawn[key] = value


def widget(key: str) -> Any:
    """What a visible widget holds now; ``None`` when it is not drawn."""
    return st.session_state.get(key)


def carry(name: str, key: str) -> None:
    """``on_change`` of a visible widget: its value becomes the parameter ``name``. Of a list what
    was chosen before comes first: its order gives sources their colours."""
    value = widget(key)
    if isinstance(value, list):
        before = [token for token in tokens(name) if token in value]
        value = [*before, *(token for token in value if token not in before)]
    set_option(name, value)


def clicked(chart_key: str) -> Any:
    """``customdata`` of the mark just clicked, a list; ``None`` when nothing was."""
    mark = (st.session_state.get(chart_key) or {}).get("click")
    return mark if isinstance(mark, list) else None


def brushed(chart_key: str) -> tuple[date, date] | None:
    """First and last day of the stretch of a time axis that was just dragged over."""
    stretch = (st.session_state.get(chart_key) or {}).get("brush")
    if not isinstance(stretch, list) or len(stretch) != 2:
        return None
    first, last = sorted(str(end)[:10] for end in stretch)
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:  # the lane of what has no date
        return None


def page_here() -> str:
    """The page that the address names; "" is the first one."""
    return str(urlsplit(st.context.url or "articles").path.rstrip("/").rpartition("/")[2])


def share_url(index: Index) -> str:
    """The absolute link to this view, with the corpus it was made on."""
    state = carried()
    if not is_token(state["corpus"]):
        state["corpus"] = index.corpus_id
    # Nothing is open on other pages, whatever the address says.
    plain = {name: option(name) for name in PAGES.get(page_here(), ())}
    params = {name: value for name, value in {**state, **plain}.items() if value}
    public = public_url()
    here = f"{public}/{page_here()}" if public else st.context.url or ""
    return f"{here}?{urlencode(params, errors='replace')}"


def _checked(name: str, value: str, limits: dict[str, int]) -> str:
    if length(value) <= limits[name]:
        return value
    notices().append(f"“{name}” is longer than a link can hold and was left out. {_SHORTEN}")
    return ""
