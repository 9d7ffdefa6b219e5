import html

from dashboard.charts.parts import layout, traces
from dashboard.charts.parts.text import text_width
from dashboard.charts.parts.theme import figure


def test_row_label_escapes_and_stands_left_above_its_row() -> None:
    label = layout.row_label("<img src=x>", 40, "light", note="<b>2</b>")
    assert "<img" not in label["text"]
    assert "<b>" not in label["text"]
    assert (label["x"], label["xanchor"], label["yanchor"]) == (0, "left", "bottom")


def test_levels_stack_only_what_would_touch() -> None:
    assert layout.levels([0, 1, 2, 10], 5) == [0, 1, 2, 0]
    assert layout.levels([], 5) == []


def test_rows_are_a_pitch_apart_between_what_stands_above_and_below() -> None:
    rows = layout.RowPlaces(3, 40, first=30, below=6, top=24)
    assert rows.places == [54, 94, 134]
    assert rows.height == 150
    assert layout.RowPlaces(0, 40, first=30).places == []


def test_strokes_are_not_joined_to_each_other() -> None:
    trace = traces.strokes([[(0, 1), (2, 1)], [(5, 3), (5, 4), (6, 4)]], "#000000", 1)
    assert list(trace.x) == [0, 2, None, 5, 5, 6, None]
    assert list(trace.y) == [1, 1, None, 3, 4, 4, None]
    assert trace.connectgaps is False


def test_marks_keep_their_opacity_when_one_is_clicked() -> None:
    trace = traces.marks([1], [2], {"size": 9}, [["id"]], "%{customdata[0]}<extra></extra>")
    assert trace.unselected.marker.opacity == trace.selected.marker.opacity == 1
    assert trace.cliponaxis is False


def test_a_tick_is_a_round_number_not_above_the_top() -> None:
    assert [layout.round_below(top) for top in (1, 4.9, 5, 83)] == [1, 2, 5, 50]


def test_headings_stand_at_their_columns_and_below_them_the_rows_begin() -> None:
    edge, names = layout.headings(["Alpha", "<b>Beta</b>"], "light", shift=-6)
    assert [(name["x"], name["xshift"]) for name in names] == [(0, -6), (1, -6)]
    assert "<b>" not in names[1]["text"]
    lines = max(name["text"].count("<br>") + 1 for name in names)
    assert edge == 24 + 15 * lines


def test_names_are_turned_where_a_word_would_be_cut() -> None:
    names = ["Washington Times", "CNN (Web News)", "<b>Vox", "Politico", "Townhall", "The Hill"]
    edge, heads = layout.headings(names, "light", width=350)
    assert {head["textangle"] for head in heads} == {90}
    whole = [html.unescape(head["text"].replace("<br>", " ")) for head in heads]
    assert whole == names
    rows = [html.unescape(row) for head in heads for row in head["text"].split("<br>")]
    assert edge >= 20 + max(text_width(row, heads[0]["font"]["size"]) for row in rows)
    wide, upright = layout.headings(names, "light", width=620)
    assert all("textangle" not in head for head in upright)
    assert wide < edge
    assert [html.unescape(head["text"].replace("<br>", " ")) for head in upright] == names


def test_the_wide_form_goes_along_without_a_template_of_its_own() -> None:
    narrow, wide = figure("light", 90), figure("light", 60)
    layout.clickable(narrow, "topic").add_bar(x=[1], y=[2])
    made = layout.with_wide(narrow, wide)
    assert made.layout.meta["keys"] == ["topic"]
    form = made.layout.meta["wide"]
    assert form["layout"]["height"] == 60
    assert "template" not in form["layout"]


def test_a_label_with_its_note_fits_the_column() -> None:
    label = layout.column_label("q" * 90, 10, "light", note="tentative", strong=True)
    assert label["text"].count("q") == 35 - len("tentative") - 1  # and an ellipsis
    assert label["text"].startswith("<b>")
    assert label["xshift"] == -layout.COLUMN
    hostile = layout.column_label("<img src=x>", 10, "light", note="<b>2</b>", below=True)
    assert "<img" not in hostile["text"]
    assert "<b>2" not in hostile["text"]
