import pytest

from dashboard.charts import theme
from dashboard.charts.theme import SourceStyle
from tests.charts.conftest import id_of


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_template_has_the_colours_of_the_sources_in_order(mode: theme.Mode) -> None:
    colorway = theme.template(mode).layout.colorway
    assert list(colorway) == [theme.SOURCE_COLORS[mode][rank] for rank in range(1, 7)]


def test_colour_and_shape_travel_together_and_are_distinct() -> None:
    styles = [SourceStyle("x", rank) for rank in range(1, 7)]
    assert len({style.symbol for style in styles}) == 6
    assert len({style.color("dark") for style in styles}) == 6


@pytest.mark.parametrize("rank", [0, 7, 231])
def test_sources_beyond_the_sixth_and_unknown_ones_are_grey(rank: int) -> None:
    assert SourceStyle("x", rank).color("light") == theme.OTHER_COLOR["light"]


def test_style_for_none_and_unlisted(styles: dict[str, SourceStyle]) -> None:
    assert theme.style_for(styles, None).name == "Source unknown"
    assert theme.style_for(styles, "Nobody").color("light") == theme.OTHER_COLOR["light"]
    assert theme.style_for(styles, id_of("Alpha")).rank == 1


def test_all_sources_together_have_no_hue() -> None:
    assert SourceStyle(theme.ALL_SOURCES, 0).color("dark") == theme.INK["dark"].slate


def test_by_rank_puts_ranked_sources_first(styles: dict[str, SourceStyle]) -> None:
    alpha, beta = id_of("Alpha"), id_of("Beta")
    assert theme.by_rank(styles, ["zz", beta, alpha, "aa"]) == [alpha, beta, "aa", "zz"]


@pytest.mark.parametrize("rank", range(8))
def test_pixel_mark_of_every_shape(rank: int) -> None:
    mark = theme.pixel_mark(SourceStyle("x", rank), 0, 0, "light")
    assert mark["fillcolor"] == SourceStyle("x", rank).color("light")
    assert ("path" in mark) == (mark["type"] == "path")
