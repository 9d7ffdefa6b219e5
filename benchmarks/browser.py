"""What a reader with a browser waits for: the first chart, the bytes of it, the repaint of a click.

    python benchmarks/browser.py [CORPUS] [--page NAME] [--sources ID ID ID]

Chromium opens each page of a real server, and beside it in the same run a plain page of the same
figures (see ``sessions.py``). Printed: seconds from the start of the server's process, with its
index built, to the first chart of the first visitor, for the Overview and for plain pages. For
both pages: seconds from the address being typed to the first chart, as a later visitor with an
empty browser sees it; megabytes of that load, as they came and as a proxy that compresses with
gzip would send them; milliseconds from a click to the last change in view (median) and of the whole
page (median and 95th percentile), in rounds of each in turn, and processor milliseconds of the
browser's main thread.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, Request, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.sessions import PAGES, PLAIN, ROOT, SEEDS, Server, serving, views, warmed
from tests.browser.conftest import CHROMIUM_ARGS
from tests.needs import chromium

ROUNDS, CLICKS = 4, 4
CHART = ".np-plot[data-drawn] .main-svg, .stPlotlyChart .main-svg"
#: Resolves with the milliseconds from the next press of a button or Enter to the last change of
#: the page before a second in which nothing changes: of all of it, and of what is in view.
WATCH = """() => new Promise(done => {
  let pressed = 0, timer;
  const seen = [];  // when, and what changed
  const main = document.querySelector('[data-testid=stApp]');
  const inView = target => {
    const { top, bottom, width } = (target.getBoundingClientRect ? target : target.parentElement)
      .getBoundingClientRect();
    return target.isConnected && width && top < innerHeight && bottom > 0;
  };
  const tell = () => {
    watcher.disconnect();
    const last = seen.findLast(({ changes }) =>
      [...new Set(changes.map(({ target }) => target))].some(inView)) ?? seen[0];
    done([seen.at(-1).at - pressed, last.at - pressed]);
  };
  const see = changes => {
    seen.push({ at: performance.now(), changes });
    clearTimeout(timer);
    timer = setTimeout(tell, 1000);
  };
  const watcher = new MutationObserver(changes => {
    const status = change => change.target.closest?.('[data-testid=stStatusWidget], header');
    if (pressed && !changes.every(status)) see(changes);
  });
  const start = event => {
    if (event.type === 'keydown' && event.key !== 'Enter') return;
    removeEventListener('pointerdown', start, true);
    removeEventListener('keydown', start, true);
    pressed = performance.now();
    watcher.observe(main, {subtree: true, childList: true, attributes: true, characterData: true});
    see([]);
  };
  addEventListener('pointerdown', start, true);
  addEventListener('keydown', start, true);
})"""


def first_chart(browser: Browser, url: str, *, charts: bool) -> tuple[float, float, float, Page]:
    """Open a page as a new visitor: seconds until its first chart (its title, where it has none),
    megabytes as they came and compressed, and the page."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    came: list[Request] = []
    page.on("requestfinished", lambda request: came.append(request))
    started = time.perf_counter()
    page.goto(url)
    page.wait_for_selector(CHART if charts else "h1", timeout=120_000)
    seconds = time.perf_counter() - started
    page.wait_for_timeout(1500)
    raw = sum(request.sizes()["responseBodySize"] for request in came)
    bodies = [response.body() for request in came if (response := request.response())]
    small = sum(min(len(body), len(gzip.compress(body, 6))) for body in bodies)
    return seconds, raw / 1e6, small / 1e6, page


def click_source(page: Page, number: int) -> tuple[float, float]:
    """Press a source of the sidebar, or take it back."""
    waiting = page.evaluate_handle(f"() => ({{ done: ({WATCH})() }})")
    page.locator("[class*=st-key-pick_src] button[aria-pressed]").nth(number // 2).click()
    whole, in_view = waiting.evaluate("it => it.done")
    return whole, in_view


def type_source(page: Page, number: int, chosen: Sequence[str]) -> tuple[float, float]:
    """Write another selection into the plain page's field."""
    waiting = page.evaluate_handle(f"() => ({{ done: ({WATCH})() }})")
    page.locator(".st-key-src input").fill(chosen[(number + 1) % len(chosen)])
    page.locator(".st-key-src input").press("Enter")
    whole, in_view = waiting.evaluate("it => it.done")
    return whole, in_view


def worked(page: Page) -> Callable[[], float]:
    """What tells the processor milliseconds of the page's main thread from now on."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def until_now() -> float:
        found = session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(m["value"]) for m in found if m["name"] == "TaskDuration")

    return until_now


def measure(
    browser: Browser, page: str, ours: Server, plain: Server, chosen: Sequence[str]
) -> None:
    """Print the lines of a page for the second visitor and for clicks."""
    clicks: dict[str, Callable[[Page, int], tuple[float, float]]] = {
        "ours": click_source,
        "plain": lambda opened, number: type_source(opened, number, chosen),
    }
    paths = {"ours": f"{ours.url}/{'' if page == 'overview' else page}", "plain": plain.url}
    charts = page not in ("articles", "corpus")
    visits = {who: first_chart(browser, url, charts=charts) for who, url in paths.items()}
    waits: dict[str, list[tuple[float, float]]] = {who: [] for who in clicks}
    work: dict[str, float] = dict.fromkeys(clicks, 0)
    clocks = {who: worked(visit[3]) for who, visit in visits.items()}
    for turn in range(ROUNDS + 1):
        for who, click in clicks.items():
            before = clocks[who]()
            found = [click(visits[who][3], number) for number in range(CLICKS)]
            if turn:  # the first round is for what is not kept yet
                waits[who] += found
                work[who] += clocks[who]() - before
    for who, (seconds, raw, small, _) in visits.items():
        whole, in_view = (sorted(values) for values in zip(*waits[who], strict=True))
        print(
            f"{page:9} {who:6} {seconds:8.1f} {raw:7.1f} {small:10.1f} {median(in_view):7.0f}"
            f" {median(whole):5.0f} {whole[int(0.95 * (len(whole) - 1))]:5.0f}"
            f" {work[who] / len(whole):7.0f}",
            flush=True,
        )
    for *_, opened in visits.values():
        opened.context.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("--page", action="append", choices=PAGES)
    parser.add_argument("--sources", nargs=3, default=SEEDS, help="ids; those of the seeds")
    wanted = parser.parse_args(arguments)
    chosen = views(wanted.sources)
    corpus = str(wanted.corpus.resolve())
    with (
        tempfile.TemporaryDirectory(prefix="browser-") as name,
        ThreadPoolExecutor(1) as thread,
        sync_playwright() as playwright,
    ):
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGS)
        with serving(ROOT / "app.py", corpus, folder=ROOT, cache=folder) as ours:
            first_chart(browser, ours.url, charts=True)  # builds the index
        started = time.perf_counter()
        with serving(ROOT / "app.py", corpus, folder=ROOT, cache=folder) as ours:
            served = time.perf_counter() - started
            seconds = first_chart(browser, ours.url, charts=True)[0]
            print(f"start of the process to first chart: {served + seconds:.1f} s")
            print("page      which  chart s      MB compressed in view whole   p95 main ms")
            for page in wanted.page or PAGES:
                # Playwright has this thread's event loop.
                drawn = thread.submit(asyncio.run, warmed(ours, page, chosen)).result()[1]
                (folder / "plain.py").write_text(PLAIN)
                (folder / "views.json").write_text(json.dumps(chosen))
                for i, figures in enumerate(drawn):
                    (folder / f"{i}.json").write_text(json.dumps(figures))
                started = time.perf_counter()
                with serving(folder / "plain.py", folder=folder, cache=folder) as plain:
                    served = time.perf_counter() - started
                    seconds = first_chart(browser, plain.url, charts=True)[0]
                    print(f"… of the plain page of {page}: {served + seconds:.1f} s")
                    measure(browser, page, ours, plain, chosen)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
