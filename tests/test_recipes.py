"""The recipes of docs/development.md, followed on a copy of the checkout."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout in which all recipes were followed."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("dashboard", "docs", "seeds", "static", ".streamlit"):
        shutil.copytree(
            ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.png")
        )
    shutil.copy(ROOT / "app.py", copy)
    (copy / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "test_structure.py", copy / "tests")
    for follow in (a_measure, a_layer, a_reader, a_page):
        follow(copy)
    return copy


@pytest.fixture(scope="module")
def index(copy: Path) -> Path:
    run(copy, "-m", "dashboard", "build", "seeds", "--out", "index")
    return copy / "index"


def run(copy: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def insert(path: Path, after: str, line: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert after in text, path
    path.write_text(text.replace(after, after + line, 1), encoding="utf-8")


def test_every_file_that_a_recipe_names_is_there() -> None:
    page = (ROOT / "docs" / "development.md").read_text(encoding="utf-8")
    recipes = page.partition("## Recipes")[2].partition("## Tests")[0]
    assert recipes.count("**A ") == 8
    named = set(re.findall(r"`((?:dashboard|tests|docs)/[\w/]+\.\w+|app\.py)`", recipes))
    assert len(named) > 8
    for name in named:
        path = ROOT / name
        assert (path.parent.parent if "NAME" in name or "NOUN" in name else path).exists(), name


def a_measure(copy: Path) -> None:
    (copy / "dashboard" / "measures" / "days.py").write_text(
        """\"\"\"Days.\"\"\"

import pandas as pd

from dashboard.index.index import Index
from dashboard.measures.registry import table
from dashboard.scope import Scope


@table("days", row="a day with articles", columns={"day": "its date", "n_articles": "articles"})
def days(index: Index, scope: Scope) -> pd.DataFrame:
    \"\"\"Articles by day.\"\"\"
    found, counts = index.days_present
    return days.frame({"day": found.astype(str), "n_articles": counts})
""",
        encoding="utf-8",
    )


def test_a_measure_is_a_module(copy: Path, index: Path) -> None:
    run(copy, "docs/write_tables.py")
    page = (copy / "docs" / "tables.md").read_text(encoding="utf-8")
    assert "| `days` | a day with articles |" in page
    printed = run(copy, "-m", "dashboard", "export", str(index), "days").splitlines()
    assert printed[0] == "day,n_articles"
    assert len(printed) > 1


def a_layer(copy: Path) -> None:
    (copy / "dashboard" / "index" / "layers" / "letters.py").write_text(
        """\"\"\"Letters of each article.\"\"\"

from typing import ClassVar

import numpy as np

from dashboard.index.layers.layer import Arrays, Layer, SegmentView


class Letters(Layer):
    name: ClassVar[str] = "letters"
    version: ClassVar[int] = 1

    def extract(self, segment: SegmentView) -> Arrays:
        return {"letters": np.asarray([sum(map(len, p)) for p in segment.passages()])}
""",
        encoding="utf-8",
    )
    registry = copy / "dashboard" / "index" / "layers" / "registry.py"
    insert(registry, "from dashboard.index.layers.layer import Layer\n",
           "from dashboard.index.layers.letters import Letters\n")  # fmt: skip
    insert(registry, "    Sentences(),\n", "    Letters(),\n")


def test_a_layer_is_a_module_and_a_line(copy: Path, index: Path) -> None:
    code = (
        "from pathlib import Path; from dashboard import open_index\n"
        f"print(*open_index(Path({str(index)!r})).layer('letters').segments[0]['letters'])"
    )
    assert len(run(copy, "-c", code).split()) == 5


def a_reader(copy: Path) -> None:
    (copy / "dashboard" / "corpus" / "readers" / "telegram.py").write_text(
        """\"\"\"Telegrams: STOP ends a sentence.\"\"\"

from dashboard.corpus.record import Reading, Record


def read_telegram(data: bytes, file: str, folder: str) -> Reading:
    text = data.decode("ascii").replace(" STOP", ".")
    return Reading("telegram", records=[Record(file, None, text, folder=folder)])
""",
        encoding="utf-8",
    )
    insert(
        copy / "dashboard" / "corpus" / "readers" / "sniffing.py",
        "    for format in (\n",
        '        Format("telegram", "a telegram", (".telegram",), "telegram", "read_telegram"),\n',
    )


def test_a_reader_is_a_module_and_a_line(copy: Path) -> None:
    (copy / "one.telegram").write_text("ARRIVED SAFELY STOP SEND MONEY STOP", encoding="ascii")
    said = run(copy, "-m", "dashboard", "check", "one.telegram")
    assert "one.telegram (telegram" in said
    assert "1 record = 1 kept" in said


def a_page(copy: Path) -> None:
    """A chart, a section, a page and the parameter it reads, as the recipes list them."""
    dashboard = copy / "dashboard"
    (dashboard / "charts" / "weekdays.py").write_text(
        """\"\"\"Articles by weekday.\"\"\"

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.theme import Mode, figure


def weekdays(coverage: pd.DataFrame, mode: Mode) -> go.Figure:
    \"\"\"A bar a weekday.\"\"\"
    days = pd.to_datetime(coverage["period"], errors="coerce").dt.day_name()
    counts = coverage["n_articles"].groupby(days).sum()
    fig = figure(mode, 200)
    fig.add_bar(x=counts.index.tolist(), y=counts.tolist())
    return fig
""",
        encoding="utf-8",
    )
    (dashboard / "ui" / "weekdays.py").write_text(
        """\"\"\"On which weekdays articles appear.\"\"\"

from dashboard.charts import weekdays as weekdays_charts
from dashboard.ui import state, widgets
from dashboard.ui.frame import View


def weekdays(view: View) -> None:
    \"\"\"A bar for each day of the week.\"\"\"
    table = view.measure("coverage")
    widgets.chart(
        view.drawing("weekdays", lambda: weekdays_charts.weekdays(table, view.mode)),
        key="weekdays",
        finding=f"Days of {state.option('week', 'any week')}",
        caption="Articles by weekday",
        note=f"n = {view.summary.n_articles:,} articles.",
        computed="Articles are counted by the weekday of their date.",
        table=table,
        filename="weekdays.csv",
    )
""",
        encoding="utf-8",
    )
    (dashboard / "pages" / "weekdays.py").write_text(
        """\"\"\"Weekdays: when articles appear.\"\"\"

from dashboard.ui import frame, weekdays, widgets
from dashboard.ui.missing import nothing

view = frame.view()
if not nothing.is_empty(view):
    widgets.head("Weekdays", "On which days articles appear.")
    weekdays.weekdays(view)
""",
        encoding="utf-8",
    )
    insert(
        copy / "app.py",
        '    "Over time": [',
        'page_of("weekdays"), ',
    )
    insert(dashboard / "ui" / "link" / "parameters.py", "PLAIN = {", '"week": 8, ')
    insert(dashboard / "ui" / "link" / "parameters.py", "PAGES = {", '"weekdays": ("week",), ')


def test_a_page_with_a_chart_and_a_link_parameter(copy: Path, index: Path) -> None:
    code = """
import json
from streamlit.testing.v1 import AppTest
app = AppTest.from_file('app.py', default_timeout=300)
app.run()
app.switch_page('dashboard/pages/weekdays.py')
app.query_params['week'] = 'W20'
app.run()
heads = [s.value for s in app.header]
drawn = [e for e in app.get('bidi_component') if b'\\n' in e.proto.bytes]
print(json.dumps([[e.value for e in app.exception], heads, len(drawn)]))
"""
    printed = run(copy, "-c", code, str(index)).splitlines()[-1]  # as after "app.py --"
    assert json.loads(printed) == [[], ["Days of W20"], 1]


def test_what_the_recipes_add_fits_the_ceilings(copy: Path) -> None:
    run(copy, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir=.", "tests/test_structure.py")
