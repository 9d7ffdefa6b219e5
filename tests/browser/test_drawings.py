"""Charts in a real browser: what a rerun leaves as it is, and the picture that can be saved."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import open_view, ready, source_pills

pytestmark = pytest.mark.browser


def plot(page: Page, key: str) -> Locator:
    """A chart, once it is drawn."""
    chart = page.locator(f".st-key-{key} .np-plot")
    expect(chart).to_have_attribute("data-drawn", "")
    return chart


def test_a_rerun_draws_only_the_figures_that_changed(page: Page) -> None:
    open_view(page, "/topics")
    plot(page, "topic_trends")
    charts = page.locator(".np-plot")
    charts.evaluate_all(
        """plots => plots.forEach(plot => {
          plot.times = 0;
          plot.on('plotly_afterplot', () => plot.times++);
        })"""
    )
    times = "plots => plots.map(plot => plot.times)"
    page.get_by_role("button", name="Show as list").first.click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    ready(page)
    assert set(charts.evaluate_all(times)) == {0}
    page.keyboard.press("Escape")
    source_pills(page).first.click()
    expect(page).to_have_url(re.compile(r"[?&]src="))
    ready(page)
    assert plot(page, "topics").evaluate("plot => plot.times") == 1


def test_what_ends_a_drag_is_no_click(page: Page) -> None:
    open_view(page, "/sources")
    shown = plot(page, "intervals")
    shown.scroll_into_view_if_needed()
    box = shown.locator(".nsewdrag").first.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.3 * box["width"], middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], middle, steps=8)
    page.mouse.up()
    source_pills(page).nth(1).click()  # whatever the drag did comes before
    expect(page).to_have_url(re.compile(r"[?&]src=[a-z-]+$"))
    ready(page)
    assert "topic=" not in page.url


def test_a_chart_has_its_place_before_it_is_drawn_and_follows_the_width(page: Page) -> None:
    page.route("**/app/static/drawing.js*", lambda route: None)  # never comes
    page.goto("/")
    place = page.locator(".st-key-coverage")
    expect(place).to_be_visible()
    height = "place => place.clientHeight"
    before = place.evaluate(height)
    page.unroute("**/app/static/drawing.js*")
    open_view(page, "/")
    chart = plot(page, "coverage")
    assert before == place.evaluate(height) == chart.evaluate(height)
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function(
        "plot => Math.abs(plot._fullLayout.width - plot.clientWidth) < 1",
        arg=chart.element_handle(),
    )
    assert chart.evaluate("plot => plot.clientWidth") < 390


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["/overview", "/topics", "/sources", "/trends?kw=trade"])
def test_a_place_is_as_tall_as_its_chart(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, path)
    expect(page.locator(".np-plot").first).to_be_visible()  # a chart may come after its page
    ready(page)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.np-plot')].every("
        "plot => plot.clientHeight === plot.closest('.stElementContainer').clientHeight)"
    )


@pytest.mark.parametrize("format_", ["PNG", "SVG"])
def test_a_picture_holds_title_chart_and_note(page: Page, tmp_path: Path, format_: str) -> None:
    open_view(page, "/sources")
    title = page.get_by_role("heading", name="Words each source uses more").inner_text()
    foot = page.locator(".st-key-np-foot-keyness")
    foot.get_by_role("button", name="Picture").click()
    with page.expect_download() as waiting:
        page.get_by_test_id("stPopoverBody").get_by_role("button", name=format_).click()
    saved = waiting.value
    assert saved.suggested_filename == f"keyness.{format_.lower()}"
    saved.save_as(tmp_path / "picture")
    data = (tmp_path / "picture").read_bytes()
    if format_ == "SVG":
        text = data.decode()
        assert text.startswith("<svg ")
        assert title in text
        assert "n = 5 articles" in text
        assert "Showing all 5 articles" in text
        assert "/sources?corpus=" in text  # the link
        assert "Newsprism 0.1.0, corpus " in text
        n_panels = page.locator("[class*=st-key-keyness-] .np-plot").count()
        assert n_panels == 5
        assert text.count('<svg x="') == n_panels
        assert "Nikkei Asia" in text
    else:
        assert data.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", data[16:24])
        assert width >= 960  # twice as fine as on screen
        assert height >= 400


DRAW_ALONE = """async ([text, width]) => {
  const draw = (await import('./app/static/drawing.js')).default;
  const parent = document.createElement('div');
  parent.style.width = `${width}px`;
  document.body.append(parent);
  const font = {size: 12};
  const layout = {
    height: 20, template: {layout: {font: {family: 'Libre Franklin'}}},
    annotations: [{name: 'fitted', text, font}, {text, font}],
  };
  let seen;
  const react = async (box, data, layout) => { seen = layout; box.on = () => {}; };
  const figure = '{"key": "alone"}\\n' + JSON.stringify({data: [], layout});
  draw({data: new TextEncoder().encode(figure), parentElement: parent}, Promise.resolve({react}));
  while (!parent.querySelector('[data-drawn]')) await new Promise(done => setTimeout(done, 10));
  return seen.annotations.map(label => label.text);
}"""


def test_a_label_is_cut_to_the_room_that_there_is(page: Page) -> None:
    open_view(page, "/overview")
    text = "AT&amp;T &lt;b&gt; and the White House press Secretary"
    assert page.evaluate(DRAW_ALONE, [text, 480]) == [text, text]
    cut, other = page.evaluate(DRAW_ALONE, [text, 140])
    assert other == text
    assert re.fullmatch(r"AT&amp;T &lt;b&gt; and [\w ]+…", cut)
    assert page.evaluate(DRAW_ALONE, [text, 44])[0] in ("AT&amp;T…", "AT&amp;…")
