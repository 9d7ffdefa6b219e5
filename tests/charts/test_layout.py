from dashboard.charts import layout


def test_row_label_escapes_and_stands_left_above_its_row() -> None:
    label = layout.row_label("<img src=x>", 40, "light", note="<b>2</b>")
    assert "<img" not in label["text"]
    assert "<b>" not in label["text"]
    assert (label["x"], label["xanchor"], label["yanchor"]) == (0, "left", "bottom")


def test_levels_stack_only_what_would_touch() -> None:
    assert layout.levels([0, 1, 2, 10], 5) == [0, 1, 2, 0]
    assert layout.levels([], 5) == []
