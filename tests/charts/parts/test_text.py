import pytest

from dashboard.charts.parts.text import (
    clean,
    escape,
    fine_percent,
    text_width,
    whole_percent,
    wrap,
)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (None, ""),
        ("  two\n\tlines \x00 ", "two lines"),
        ("a\u202eb\u2066c\u200bd\ufeff", "abcd"),
        ("\ud800x", "x"),
        ("line\u2028separator", "line separator"),
        ("Übergröße – 上海", "Übergröße – 上海"),
        (1986, "1986"),
    ],
)
def test_clean_leaves_one_display_line(raw: object, line: str) -> None:
    assert clean(raw) == line


def test_clean_cuts_with_an_ellipsis() -> None:
    assert clean("abcdef", 4) == "abc…"
    assert clean("abcd", 4) == "abcd"
    assert clean("ab cdef", 4) == "ab…"
    assert len(clean("x" * 1_000_000, 50)) == 50


def test_escape_leaves_no_markup_and_keeps_quotes() -> None:
    assert escape("<a href='x'>\"R&D\"</a>") == "&lt;a href='x'&gt;\"R&amp;D\"&lt;/a&gt;"


def test_escape_counts_characters_as_seen() -> None:
    assert escape("<<<<<", 4) == "&lt;&lt;&lt;…"


def test_wrap_fills_lines_and_cuts_the_last() -> None:
    assert wrap("South China Morning Post", 13, 2) == "South China<br>Morning Post"
    assert wrap("one two three four", 7, 2) == "one two<br>three…"
    assert wrap("Independent", 6, 3) == "Indep…"
    assert wrap("", 6) == ""


def test_wrap_gives_wide_letters_their_room() -> None:
    assert wrap("南华早报新闻", 8, 1) == "南华早…"


def test_widths_are_those_of_the_face_or_a_little_more() -> None:
    # Measured in Chromium, Libre Franklin at 100 px.
    measured = {"Washington": 562, "illness": 291, "NPR": 214, "2024": 253}
    for text, pixels in measured.items():
        assert pixels <= text_width(text, 100) <= 1.25 * pixels
    assert text_width("新华社", 12) == 36
    assert text_width("", 12) == 0


def test_percent_never_hides_a_little() -> None:
    assert [whole_percent(x) for x in (0.0, 0.004, 0.126, 1.0)] == ["0", "&lt;1", "13", "100"]
    assert whole_percent(float("nan")) == "–"


def test_small_shares_keep_two_figures() -> None:
    shares = (0.12, 0.0996, 0.012, 0.0012, 0.00012, 0.00001, 0.0)
    assert [fine_percent(s) for s in shares] == [
        "12", "10", "1.2", "0.12", "0.01", "&lt;0.01", "0",
    ]  # fmt: skip
