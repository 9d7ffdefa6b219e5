"""State as a page sees it, on a script that has nothing but the state."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.link import parameters


def script() -> None:
    import json
    from types import SimpleNamespace

    import streamlit as st

    from dashboard.ui import state

    index: Any = SimpleNamespace(
        corpus_id="c0ffee",
        n_articles=3,
        sources=[SimpleNamespace(source_id=s, n_articles=1) for s in ("bbc", "le-monde", "xinhua")],
        nodes=SimpleNamespace(sizes=range(2, 3), default_size=2),
        cut=lambda _: SimpleNamespace(
            topics=[SimpleNamespace(topic_id=t) for t in ("trade", "belt-and-road")],
            holding=lambda _: [],
        ),
    )
    state.carriers()
    scope = state.scope(index)
    state.seed_widget("pick_src", list(scope.sources))
    st.pills(
        "Sources",
        ["bbc", "le-monde", "xinhua"],
        selection_mode="multi",
        key="pick_src",
        on_change=state.carry,
        args=("src", "pick_src"),
    )
    st.button("trade", key="trade", on_click=state.toggle, args=("topic", "trade"))
    st.button("days", key="days", on_click=lambda: state.set_scope(from_="2024-05-16", to=None))
    st.button("clear", key="clear", on_click=state.clear)
    st.button("kw", key="kw_set", on_click=state.set_option, args=("kw", ["Xi & Putin ~ é", "a"]))
    st.button("read", key="read", on_click=state.open_article, args=("abc", "3"))
    st.button("close", key="close", on_click=state.open_article, args=("",))
    seen = {
        "scope": scope.to_params(),
        "kw": state.tokens("kw"),
        "measure": state.option("measure", "share", allowed=("share", "rate")),
        "opened": state.opened(),
        "url": state.share_url(index),
    }
    seen["notices"] = state.notices()
    st.text(json.dumps(seen))


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(script)


def seen(app: AppTest) -> dict[str, Any]:
    import json

    assert not app.exception
    return json.loads(app.text[0].value)


def test_nothing_in_the_link_is_everything(app: AppTest) -> None:
    found = seen(app.run())
    assert set(found["scope"].values()) == {""}
    assert found["notices"] == []
    assert (found["measure"], found["kw"], found["opened"]) == ("share", [], ["", ""])
    assert found["url"].endswith("?corpus=c0ffee")


def test_a_link_begins_with_the_address_that_the_host_names(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_URL", "https://example.org/news/")
    assert seen(app.run())["url"].startswith("https://example.org/news/")
    assert seen(app.run())["url"].endswith("?corpus=c0ffee")


def test_a_link_sets_the_scope_the_options_and_the_visible_widgets(app: AppTest) -> None:
    app.query_params.update(
        {"src": "xinhua~bbc", "from": "2024-01-01", "kw": "a~b", "measure": "rate"}
    )
    app.query_params["article"] = "abc~3"
    found = seen(app.run())
    assert found["scope"]["src"] == "xinhua~bbc"  # as they were chosen
    assert found["scope"]["from"] == "2024-01-01"
    assert (found["kw"], found["measure"], found["opened"]) == (["a", "b"], "rate", ["abc", "3"])
    assert app.button_group(key="pick_src").value == ["xinhua", "bbc"]


def test_what_is_unknown_is_said_and_gone_with_the_next_click(app: AppTest) -> None:
    app.query_params.update({"src": "bbc~nope", "measure": "nope", "corpus": "other"})
    found = seen(app.run())
    assert found["scope"]["src"] == "bbc"
    assert len(found["notices"]) == 3
    assert "nope" not in found["url"]
    found = seen(app.button(key="trade").click().run())
    assert found["notices"] == []
    assert (found["scope"]["src"], found["scope"]["topic"]) == ("bbc", "trade")


def test_a_value_too_long_for_a_link_is_left_out_and_said(app: AppTest) -> None:
    app.query_params["kw"] = "é" * 100
    found = seen(app.run())
    assert found["kw"] == []
    assert len(found["notices"]) == 1


def test_toggling_twice_is_where_it_began(app: AppTest) -> None:
    app.run()
    assert seen(app.button(key="trade").click().run())["scope"]["topic"] == "trade"
    assert seen(app.button(key="trade").click().run())["scope"]["topic"] == ""


def test_clear_removes_filters_and_keeps_options(app: AppTest) -> None:
    app.query_params["measure"] = "rate"
    app.run()
    app.button_group(key="pick_src").set_value(["bbc"]).run()
    app.button(key="days").click().run()
    found = seen(app.run())
    assert (found["scope"]["src"], found["scope"]["from"]) == ("bbc", "2024-05-16")
    found = seen(app.button(key="clear").click().run())
    assert set(found["scope"].values()) == {""}
    assert found["measure"] == "rate"
    assert app.button_group(key="pick_src").value == []


def test_a_separator_inside_a_token_does_not_split_it(app: AppTest) -> None:
    app.run()
    assert seen(app.button(key="kw_set").click().run())["kw"] == ["Xi & Putin é", "a"]


def test_an_article_opens_and_closes(app: AppTest) -> None:
    app.run()
    found = seen(app.button(key="read").click().run())
    assert found["opened"] == ["abc", "3"]
    assert found["url"].endswith("?corpus=c0ffee&article=abc~3")
    assert seen(app.button(key="close").click().run())["opened"] == ["", ""]


def test_a_second_click_before_the_browser_heard_of_the_first_keeps_both(app: AppTest) -> None:
    app.run()
    app.button_group(key="pick_src").set_value(["bbc"]).run()
    # The browser still sends the hidden input as it was before the first click.
    app.text_input(key="src").set_value("")
    found = seen(app.button(key="trade").click().run())
    assert (found["scope"]["src"], found["scope"]["topic"]) == ("bbc", "trade")


def test_a_full_link_stays_below_2000_characters() -> None:
    assert {name for names in parameters.PAGES.values() for name in names} == set(parameters.PLAIN)
    for names in parameters.PAGES.values():
        limits = {**parameters.CARRIED, **{name: parameters.PLAIN[name] for name in names}}
        assert sum(limits.values()) + sum(len(f"&{name}=") for name in limits) < 1900


def test_commas_of_a_typed_link_are_read(app: AppTest) -> None:
    app.query_params["kw"] = 'trade,ebola,"a, b"'
    app.query_params["src"] = "bbc,xinhua"
    app.run()
    found = seen(app)
    assert found["scope"]["src"] == "bbc~xinhua"
    assert found["notices"] == []
