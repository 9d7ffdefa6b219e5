"""What is chosen is what is drawn, and looks the same on every chart and page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.link.parameters import CARRIED
from tests.drawn import figures

Open = Callable[..., AppTest]
OUTLETS = [f"Outlet {i:02d}" for i in range(30)]
IDS = [f"outlet-{i:02d}" for i in range(30)]
SUBJECTS = (
    "The harbour strike over wages goes on; dockers and the port authority talk about pay.",
    "The vaccine trial ended; doctors at the hospital report fewer patients with the virus.",
)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty outlets, the first with the most articles; a few without a date or a source."""
    rows = ["source,date,title,text"]
    for i, outlet in enumerate(OUTLETS):
        for k in range(2 + (i < 6)):
            day = date(2021 + k, 1 + i % 12, 3 + k)
            text = " ".join([SUBJECTS[(i + k) % 2], f"Number {i} of {k}."] * 6)
            rows.append(f'{outlet},{day},"Report {i} {k}","{text}"')
    rows.append(f'{OUTLETS[0]},,"No day","{SUBJECTS[0]} Without a day."')
    rows.append(f',2021-02-03,"No outlet","{SUBJECTS[1]} Without an outlet."')
    path = tmp_path_factory.mktemp("many") / "press.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture
def open_many(open_page: Open, corpora: dict[str, Path], many: Path) -> Open:
    corpora["many"] = many
    return lambda page, **params: open_page(page, "many", **params)


def looks(app: AppTest) -> Iterator[dict[str, tuple[Any, Any]]]:
    """Of each chart of sources, by id: colour and, where it has marks, their symbol."""
    for figure in figures(app):
        if "src" not in figure["layout"].get("meta", {}).get("keys", ()):
            continue
        found = {}
        for trace in figure["data"]:
            marker = trace.get("marker") or {}
            if trace.get("customdata") and trace["type"] == "scatter":
                source = next(row[0] for row in trace["customdata"] if any(row))
                color = trace.get("line", {}).get("color") or marker.get("line", {}).get("color")
                found[source] = (color, marker.get("symbol"))
        if found:
            yield found


TWELVE = IDS[29:17:-1]  # none of the largest


@pytest.mark.parametrize("page", ["sources", "trends"])
def test_twelve_that_are_chosen_are_drawn_and_differ(open_many: Open, page: str) -> None:
    app = open_many(page, src="~".join(TWELVE), kw="wages")
    assert not app.exception
    charts = list(looks(app))
    assert charts
    for chart in charts:
        assert list(chart) == TWELVE
        assert len({symbol for _, symbol in chart.values()}) == 12
    words = " ".join(each.value for each in app.caption)
    assert "Other sources" not in str(figures(app))
    assert not re.search(r"more sources|choose some", words)


def test_all_charts_of_topics_by_source_have_the_twelve(open_many: Open) -> None:
    app = open_many("topics", src="~".join(TWELVE))
    drawn = [
        list(dict.fromkeys(row[0] for trace in figure["data"] for row in trace["customdata"]))
        for figure in figures(app)
        if figure["layout"].get("meta", {}).get("keys") == ["src", "topic"]
    ]
    assert drawn == [TWELVE] * max(len(drawn), 1)


def test_one_source_more_recolours_none(open_many: Open) -> None:
    (three,) = looks(open_many("trends", src="~".join(TWELVE[:3]), kw="wages"))
    (four,) = looks(open_many("trends", src="~".join(TWELVE[:4]), kw="wages"))
    assert list(four) == TWELVE[:4]
    assert three.items() <= four.items()


def test_one_source_less_recolours_none(open_many: Open) -> None:
    (four,) = looks(open_many("trends", src="~".join(TWELVE[:4]), kw="wages"))
    (three,) = looks(open_many("trends", src="~".join(TWELVE[1:4]), kw="wages"))
    assert list(three) == TWELVE[1:4]
    assert three.items() <= four.items()


def test_the_thirteenth_is_a_part_of_its_own(open_many: Open) -> None:
    chosen = [*TWELVE, IDS[17]]
    app = open_many("trends", src="~".join(chosen), kw="wages")
    assert [list(chart) for chart in looks(app)] == [TWELVE]
    assert any("Sources 1 to 12 of 13" in each.value for each in app.caption)
    app.button(key="next-part").click().run()
    assert not app.exception
    assert [list(chart) for chart in looks(app)] == [[IDS[17]]]
    assert app.button(key="next-part").disabled


def test_a_chosen_source_without_articles_in_view_is_named(open_many: Open) -> None:
    link = {"src": f"{IDS[0]}~{IDS[1]}~{IDS[9]}", "from": "2023-01-01", "kw": "wages"}
    for page in ("trends", "topics"):
        app = open_many(page, **link)
        said = " ".join(each.value.replace("\\", "") for each in app.caption)
        assert f"No article in view: {OUTLETS[9]}." in said, page


def test_where_none_is_chosen_the_largest_are_drawn(open_many: Open) -> None:
    (chart,) = looks(open_many("trends", kw="wages"))
    assert list(chart)[:6] == IDS[:6]
    assert set(list(chart)[6:]) <= {"", None}  # the others added up, and the unknown one


def test_a_chip_takes_its_filter_away_and_leaves_the_others(open_many: Open) -> None:
    app = open_many(
        "articles", **{"src": f"{IDS[3]}~_", "from": "2021-01-01", "q": "harbour OR vaccine"}
    )
    keys = [b.key for b in app.button if (b.key or "").startswith("chip-")]
    assert keys == [f"chip-src-{IDS[3]}", "chip-src-_", "chip-dates", "chip-q", "chip-all"]
    assert all("![Remove]" in app.button(key=key).label for key in keys[:-1])
    app.button(key="chip-src-_").click().run()
    assert not app.exception
    assert app.session_state["src"] == IDS[3]
    assert app.session_state["from"] == "2021-01-01"
    app.button(key="chip-dates").click().run()
    assert (app.session_state["from"], app.session_state["q"]) == ("", "harbour OR vaccine")
    app.button(key="chip-all").click().run()
    assert [b.key for b in app.button if (b.key or "").startswith("chip-")] == []


def test_choices_say_what_they_would_show(open_many: Open) -> None:
    app = open_many("articles")
    sources = app.multiselect(key="pick_src")
    assert f"{OUTLETS[0]} (4)" in [re.sub("[\u2068\u2069]", "", o) for o in sources.options]
    assert any(
        option.startswith("Source unknown")
        for option in map(lambda o: re.sub("[\u2068\u2069]", "", o), sources.options)
    )
    dates = app.selectbox(key="pick_dates").options
    assert "Undated (1)" in dates
    assert "2023 (6)" in dates


def test_dates_are_typed_and_never_cross(open_many: Open) -> None:
    app = open_many("articles")
    app.date_input(key="pick_from").set_value(date(2022, 3, 1)).run()
    assert app.session_state["from"] == "2022-03-01"
    app.date_input(key="pick_to").set_value(date(2021, 5, 1)).run()
    assert not app.exception
    assert (app.session_state["from"], app.session_state["to"]) == ("", "2021-05-01")


def test_a_filter_to_few_articles_leaves_the_measure(open_many: Open) -> None:
    everything = open_many("trends", kw="wages").button_group(key="pick_measure").value
    few = open_many("trends", kw="wages", src=IDS[0]).button_group(key="pick_measure").value
    assert everything == few == "per_10k"


@pytest.mark.parametrize(
    ("left_out", "written"),
    [
        (IDS[4:7], "!outlet-04~outlet-05~outlet-06~_"),  # so few are named
        (IDS[::2], None),  # half of them: each as three letters
    ],
)
def test_a_long_choice_is_short_in_the_link(
    open_many: Open, monkeypatch: pytest.MonkeyPatch, left_out: list[str], written: str | None
) -> None:
    monkeypatch.setitem(CARRIED, "src", 60)
    chosen = [each for each in IDS if each not in left_out]
    app = open_many("articles")
    app.multiselect(key="pick_src").set_value(chosen).run()
    token = app.session_state["src"]
    assert not app.exception
    assert len(token) <= 60
    assert written in (None, token)
    assert app.button(key="chip-src").label.endswith(f"{len(chosen)} of 30 sources")
    again = open_many("sources", src=token)
    assert again.multiselect(key="pick_src").value == chosen
    assert again.session_state["src"] == token
    lines = {each.value for each in app.caption} & {each.value for each in again.caption}
    assert any(f"{len(chosen)} sources" in line for line in lines)
    app.multiselect(key="pick_src").set_value([*IDS, "_"]).run()
    assert app.session_state["src"] == ""  # everything is no filter
    assert app.multiselect(key="pick_src").value == []


def test_the_stop_list_of_the_link_holds_on_every_page(open_page: Open) -> None:
    usual = open_page("sources")
    assert "Mishustin" in str(figures(usual))
    app = open_page("sources", hide="mishustin,harbin")
    assert "Mishustin" not in str(figures(app))
    assert "Kremlin" in str(figures(app))
    (chip,) = (b for b in app.button if b.key == "chip-hide")
    assert "Without the words mishustin" in chip.label
    assert app.text_input(key="pick_hide").value == "mishustin, harbin"
    assert "chip-hide" in [b.key for b in open_page("trends", hide="mishustin").button]
    app.text_input(key="pick_hide").input("Kremlin; Taiwan").run()
    assert app.query_params["hide"] in ("kremlin,taiwan", ["kremlin,taiwan"])
    chip = next(b for b in app.button if b.key == "chip-hide")
    chip.click().run()
    assert "Mishustin" in str(figures(app))
    assert "hide" not in app.query_params


def test_twelve_sources_are_chosen_by_their_names_at_once(open_many: Open) -> None:
    app = open_many("articles", src=IDS[0])
    app.multiselect(key="pick_src").set_value([IDS[0], "outlet 29, 28; OUTLET-27"]).run()
    assert not app.exception
    assert app.session_state["src"] == "~".join([IDS[0], *IDS[29:26:-1]])
    assert not [b for b in app.button if (b.key or "").startswith("typed-src")]


def test_a_name_that_finds_several_or_none_is_said_and_chosen_by_hand(open_many: Open) -> None:
    app = open_many("articles")
    app.multiselect(key="pick_src").set_value(["outlet 1, outlet 05, outlt 07, <b>foo"]).run()
    assert not app.exception
    assert app.session_state["src"] == IDS[5]
    said = [c.value.replace("\\", "") for c in app.sidebar.caption]
    assert said == [
        "1 of 4 names are chosen.",
        "“outlet 1” finds 12 sources. Choose one of the first 6, or write more of the name:",
        "“outlt 07” finds no source. Did you mean:",
        "“<b>foo” finds no source.",
    ]
    app.button(key=f"typed-src-outlt 07-{IDS[7]}").click().run()
    assert app.session_state["src"] == f"{IDS[5]}~{IDS[7]}"
    assert "2 of 4 names are chosen." in [c.value for c in app.sidebar.caption]
    app.button(key="chip-all").click().run()  # what was said of it goes with the choice
    assert not app.exception
    assert not [b for b in app.button if (b.key or "").startswith("typed-src")]


def test_the_twelve_largest_are_one_click(open_many: Open) -> None:
    app = open_many("articles")
    app.button(key="pick-largest").click().run()
    chosen = app.session_state["src"].split("~")
    assert len(chosen) == 12
    assert set(IDS[:6]) < set(chosen)
    assert "pick-largest" not in [b.key for b in app.button]
