"""What a click costs the server, and how long 1, 20 and 50 readers wait for it.

    python benchmarks/sessions.py [CORPUS] [--page NAME] [--readers 1 20 50] [--seconds 40]

Real WebSocket sessions speak to a real server (``streamlit run app.py -- CORPUS``). A click sets
the source filter, as Back does it; the clicks go round four selections that were all seen before.
Beside each page, in the same run, stands a plain one: the same figures, taken from the page's own
answers, drawn by ``st.plotly_chart`` in a script of ten lines, with the settings Streamlit has by
itself. Printed for both: processor milliseconds of the server and bytes sent for a rerun of a
single reader, then for each number of readers with some 5 s between their clicks the seconds from
click to last message (median, 95th percentile, longest), reruns that failed, and how busy the
server was.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("overview", "topics", "sources", "trends", "articles", "corpus")
SEEDS = ("nikkei-asia", "semafor", "unnamed-brief")  # sources of the default corpus
PATIENCE = 60  # seconds until a rerun counts as failed
THINKING = 5.0
ROUNDS = 5
PLAIN = """
import json
from pathlib import Path
import plotly.graph_objects as go
import streamlit as st

@st.cache_resource
def figures(view):
    return [go.Figure(f) for f in json.loads(Path(__file__).with_name(f"{view}.json").read_text())]

st.title("Plain")
names = json.loads(Path(__file__).with_name("views.json").read_text())
chosen = st.text_input("Sources", key="src")
for i, figure in enumerate(figures(names.index(chosen) if chosen in names else 0)):
    st.plotly_chart(figure, key=f"chart-{i}")
"""


@dataclass
class Server:
    """``streamlit run`` of a script, its address and its process."""

    url: str
    process: psutil.Process

    def spent(self) -> float:
        """Processor seconds of the server until now; of its children nothing."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def serving(
    script: Path,
    *arguments: str,
    folder: Path,
    cache: Path,
    python: str = sys.executable,
    before: Sequence[str] = (),
) -> Iterator[Server]:
    """Start the server and wait until it answers; stop it at the end. ``before``: a command that
    ends in becoming the one after it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*before, python, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    command += ["--browser.gatherUsageStats=false", "--", *arguments]
    environment = {**os.environ, "NEWSPRISM_CACHE": str(cache)}
    with (cache / "log.txt").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        while process.poll() is None:
            try:
                direct.open(url + "/_stcore/health", timeout=60).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        yield Server(url, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(60)


@dataclass
class Reader:
    """One session, as a browser holds it: what its widgets are, what it has kept of messages."""

    socket: ClientConnection
    page: str
    page_hash: str = ""
    widgets: dict[str, str] = field(default_factory=dict)  # by key, the id
    kept: dict[str, int] = field(default_factory=dict)  # hash of a message, run it was last used in
    runs: int = 0
    by_link: bool = False  # the filter is set as Back sets it; the plain page has an input for it
    figures: list[Any] = field(default_factory=list)

    async def run(self, src: str | None = None) -> tuple[float, int]:
        """Rerun with that source filter, ``None`` for the first run: seconds until the last
        message, and bytes received. Raises ``RuntimeError`` when the page shows an exception."""
        ask = BackMsg()
        ask.rerun_script.page_script_hash = self.page_hash
        ask.rerun_script.page_name = "" if self.page_hash else self.page
        ask.rerun_script.context_info.url = f"http://127.0.0.1/{self.page}"
        ask.rerun_script.context_info.color_scheme = "light"
        ask.rerun_script.cached_message_hashes.extend(self.kept)
        if src is not None and self.by_link:
            ask.rerun_script.query_string = urlencode({"src": src} if src else {})
            ask.rerun_script.is_history_navigation = True
        elif src is not None:
            state = ask.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self.widgets["src"], src
        self.runs += 1
        self.figures, received = [], 0
        started = time.perf_counter()
        await self.socket.send(ask.SerializeToString())
        while True:
            data = await asyncio.wait_for(self.socket.recv(), PATIENCE)
            received += len(data)
            if self._take(ForwardMsg.FromString(bytes(data))):
                self.kept = {h: at for h, at in self.kept.items() if at > self.runs - 3}
                return time.perf_counter() - started, received

    def _take(self, message: ForwardMsg) -> bool:
        """Whether it is the last one of a run."""
        kind = message.WhichOneof("type")
        if kind == "ref_hash" or message.metadata.cacheable:
            self.kept[message.ref_hash or message.hash] = self.runs
        if kind == "new_session":
            self.page_hash = message.new_session.page_script_hash
        if kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            what = element.WhichOneof("type")
            if what == "exception":
                raise RuntimeError(element.exception.message)
            if what == "text_input":
                self.widgets[element.text_input.id.rpartition("-")[2]] = element.text_input.id
            if what == "bidi_component":
                _, _, spec = element.bidi_component.bytes.partition(b"\n")
                self.figures += [json.loads(spec)] if spec else []
            if what == "plotly_chart":
                self.figures.append(json.loads(element.plotly_chart.spec))
        early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return kind == "script_finished" and not early


@dataclass
class Alone:
    """Reruns of a single reader: processor milliseconds of a rerun in each round; milliseconds and
    kilobytes of each rerun."""

    spent: list[float]
    waits: list[float]
    sizes: list[float]


def views(sources: Sequence[str]) -> list[str]:
    """The selections that clicks go round."""
    return ["", sources[0], "~".join(sources[:2]), sources[-1]]


async def opened(server: Server, page: str) -> Reader:
    where = f"ws{server.url[4:]}/_stcore/stream"
    reader = Reader(await connect(where, max_size=None, proxy=None, ping_interval=None), page)
    await reader.run()
    reader.by_link = "src" not in reader.widgets
    return reader


async def warmed(server: Server, page: str, chosen: Sequence[str]) -> tuple[Reader, list[Any]]:
    """A reader who has seen every selection, and the figures of each of them."""
    reader = await opened(server, page)
    drawn = []
    for src in [*chosen, *chosen]:
        reader.kept = {}
        await reader.run(src)
        drawn.append(reader.figures)
    await asyncio.sleep(0.5)
    return reader, drawn[len(chosen) :]


async def alone(
    servers: Mapping[str, Server], page: str, chosen: Sequence[str]
) -> dict[str, Alone]:
    """What a rerun costs when nobody else is there: rounds of each server in turn, so that what
    else the machine does falls on both."""
    readers = {who: (await warmed(server, page, chosen))[0] for who, server in servers.items()}
    found = {who: Alone([], [], []) for who in servers}
    for _ in range(ROUNDS):
        for who, server in servers.items():
            before = server.spent()
            for src in [*chosen, *chosen]:
                seconds, size = await readers[who].run(src)
                found[who].waits.append(1000 * seconds)
                found[who].sizes.append(size / 1000)
                await asyncio.sleep(0.2)  # what the server does after its last message counts too
            found[who].spent.append(1000 * (server.spent() - before) / (2 * len(chosen)))
    for reader in readers.values():
        await reader.socket.close()
    return found


async def together(
    server: Server, page: str, chosen: Sequence[str], readers: int, seconds: float
) -> dict[str, Any]:
    """Readers who click some 5 s after the answer; those whose first run is over count."""
    everyone = [await opened(server, page) for _ in range(readers)]
    waits: list[float] = []
    failed: list[str] = []
    end = time.perf_counter() + seconds
    chance = random.Random(1)

    async def read(reader: Reader) -> None:
        await asyncio.sleep(chance.uniform(0, THINKING))
        while time.perf_counter() < end:
            try:
                waits.append((await reader.run(chance.choice(chosen)))[0])
            except (RuntimeError, TimeoutError, OSError) as error:
                failed.append(repr(error))
                return
            await asyncio.sleep(chance.uniform(0.5 * THINKING, 1.5 * THINKING))

    before, started = server.spent(), time.perf_counter()
    await asyncio.gather(*map(read, everyone))
    busy = (server.spent() - before) / (time.perf_counter() - started)
    for reader in everyone:
        await reader.socket.close()
    ordered = sorted(waits)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return {
        "median": median(waits), "p95": p95, "longest": ordered[-1], "n": len(waits),
        "failed": failed, "busy": busy,
    }  # fmt: skip


def report(servers: Mapping[str, Server], page: str, chosen: Sequence[str], wanted: Any) -> None:
    """Print the lines of a page."""
    for who, one in asyncio.run(alone(servers, page, chosen)).items():
        line = f"{page:9} {who:6} {median(one.spent):7.0f} {median(one.waits):7.0f}"
        line += f" {median(one.sizes):7.0f}  "
        for readers in wanted.readers:
            many = asyncio.run(together(servers[who], page, chosen, readers, wanted.seconds))
            line += (
                f" {readers:3}: {many['median']:5.2f} {many['p95']:5.2f} {many['longest']:5.2f} s,"
                f" {len(many['failed'])} of {many['n']} failed, {many['busy']:.0%} busy;"
            )
            for error in sorted(set(many["failed"])):
                line += f" {error}"
        print(line, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("--page", action="append", choices=PAGES)
    parser.add_argument("--readers", nargs="*", type=int, default=[1, 20, 50])
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--sources", nargs=3, default=SEEDS, help="ids; those of the seeds")
    parser.add_argument("--no-plain", action="store_true")
    wanted = parser.parse_args(arguments)
    chosen = views(wanted.sources)
    print("page      which   cpu ms wait ms     kB   readers: median, p95, longest")
    with tempfile.TemporaryDirectory(prefix="sessions-") as name:
        folder = Path(name)
        corpus = str(wanted.corpus.resolve())
        with serving(ROOT / "app.py", corpus, folder=ROOT, cache=folder) as ours:
            for page in wanted.page or PAGES:
                servers = {"ours": ours}
                if wanted.no_plain:
                    report(servers, page, chosen, wanted)
                    continue
                _, drawn = asyncio.run(warmed(ours, page, chosen))
                (folder / "plain.py").write_text(PLAIN)
                (folder / "views.json").write_text(json.dumps(chosen))
                for i, figures in enumerate(drawn):
                    (folder / f"{i}.json").write_text(json.dumps(figures))
                with serving(folder / "plain.py", folder=folder, cache=folder) as plain:
                    report({**servers, "plain": plain}, page, chosen, wanted)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
