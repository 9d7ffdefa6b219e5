import numpy as np
import pytest
from numpy.typing import NDArray

from dashboard.charts.parts import theme
from dashboard.charts.parts.theme import SourceStyle
from tests.charts.conftest import id_of


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_template_has_the_colours_of_the_sources_in_order(mode: theme.Mode) -> None:
    colorway = theme.template(mode).layout.colorway
    assert list(colorway) == [theme.SOURCE_COLORS[mode][rank] for rank in range(1, 13)]


def test_colour_and_shape_travel_together_and_are_distinct() -> None:
    styles = [SourceStyle("x", rank) for rank in range(1, 13)]
    assert len({style.symbol for style in styles}) == theme.MOST_SOURCES == 12
    assert len({style.color("dark") for style in styles}) == 12


@pytest.mark.parametrize("rank", [-1, 0, 13])
def test_sources_that_are_not_drawn_and_unknown_ones_are_grey(rank: int) -> None:
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


@pytest.mark.parametrize("rank", range(14))
def test_pixel_mark_of_every_shape(rank: int) -> None:
    mark = theme.pixel_mark(SourceStyle("x", rank), 0, 0, "light")
    assert mark["fillcolor"] == SourceStyle("x", rank).color("light")
    assert ("path" in mark) == (mark["type"] == "path")


def _linear(color: str) -> NDArray[np.float64]:
    srgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


#: Linear RGB as people with no cones of one kind see it (Machado, Oliveira & Fernandes 2009).
SEEN = {
    "all": np.eye(3),
    "protan": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.052]],
    "deutan": [[0.3673, 0.8606, -0.2279], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]],
    "tritan": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]],
}


def _oklab(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ottosson 2020."""
    cones = [[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.63]]
    axes = [[0.2105, 0.7936, -0.0041], [1.978, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]]
    return np.cbrt(np.clip(linear, 0, 1) @ np.transpose(cones)) @ np.transpose(axes)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_stand_out_from_the_paper(mode: theme.Mode) -> None:
    for color in (*theme.SOURCE_COLORS[mode].values(), theme.OTHER_COLOR[mode]):
        luminance = [
            _linear(each) @ [0.2126, 0.7152, 0.0722] for each in (color, theme.INK[mode].paper)
        ]
        assert (max(luminance) + 0.05) / (min(luminance) + 0.05) >= 3, color


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("eyes", SEEN)
def test_colours_differ_for_all_eyes(mode: theme.Mode, eyes: str) -> None:
    colors = theme.SOURCE_COLORS[mode].values()
    seen = np.array([_oklab(_linear(color) @ np.transpose(SEEN[eyes])) for color in colors])
    apart = np.linalg.norm(seen[:, None] - seen, axis=2) + 9 * np.eye(len(colors))
    assert apart.min() > 0.07


def test_a_source_keeps_its_usual_number_and_one_more_changes_none_before_it() -> None:
    usual = {"big": 2}
    assert theme.numbered(["small", "big"], usual) == {"small": 1, "big": 2}
    assert theme.numbered(["a", "b", "big"], usual) == {"a": 1, "b": 2, "big": 3}
    chosen = [f"s{i}" for i in range(12)]
    numbers = theme.numbered(chosen, usual)
    assert sorted(numbers.values()) == list(range(1, 13))
    for n in range(12):
        assert theme.numbered(chosen[:n], usual).items() <= numbers.items()
