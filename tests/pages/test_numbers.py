"""What a page says in numbers is what the tables of its scope hold, whatever the scope."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.index.storage.folder import publish
from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.text.query import as_keyword
from dashboard.ui.search import MOST_USES
from dashboard.wording import percent, rounded
from tests.drawn import figures
from tests.index.building.test_change import write_rows

Open = Callable[..., AppTest]
PAGES = ("overview", "topics", "sources", "trends")
#: Sizes that are no measure: of intervals, of what is drawn at most, of thresholds.
FIXED = {"95\u00a0%", "95", "±2", "2", "10,000"}
DAY = re.compile(r"(?:\d{1,2} )?[A-Z][a-z]{2} \d{4}|\d{4}-\w+(?:-\d\d)?|Q[1-4] \d{4}|\b20\d\d\b")
WORDS = dict(
    zip("three four five six seven eight nine ten eleven twelve".split(), range(3, 13), strict=True)
)


@pytest.fixture(scope="session")
def corpora(corpora: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    home = tmp_path_factory.mktemp("numbers")
    build_index([write_rows(home / "a.csv", range(140))], home / "x")
    shutil.copytree(home / "x", home / "unproven")
    index = open_index(home / "unproven")
    facts = {k: v for k, v in index.manifest.items() if k not in ("format", "files")}
    facts["fit"] = {**facts["fit"], "reliability_of_shuffled_text": 0.99, "reliability": 0.5}
    files = {file: index.folder / file for file in index.manifest["files"]}
    publish(home / "unproven", files, facts)
    return {**corpora, "many": home / "x", "unproven": home / "unproven"}


def said(app: AppTest) -> Iterator[str]:
    """Titles, standfirsts, captions and notes, without what is quoted from the text."""
    methods = {
        m.strip() for table in TABLES.values() for m in (table.method, *table.methods.values())
    }
    for element in [*app.title, *app.header, *app.caption, *app.markdown]:
        text = re.sub(r"\\(?=[^\w\s])", "", element.value)  # Markdown's escapes
        if element.value.strip() not in methods and "New Haven" not in text:  # of an article
            yield re.sub(r"“[^”]*”|!?\[[^]]*\](?:\([^)]*\))?", "", DAY.sub("", text))


def numbers(text: str) -> Iterator[str]:
    for found in re.finditer(r"±?\d[\d,]*(?:\.\d+)?(?:\u00a0%)?", text):
        yield found.group().rstrip(",")
    for found in re.findall(r"[A-Za-z]+", text):
        if found.lower() in WORDS:
            yield str(WORDS[found.lower()])


def held(table: pd.DataFrame) -> Iterator[float]:
    """Cells, sums over all rows and by key, rows, different values."""
    yield len(table)
    for name in table.columns:
        column = table[name].dropna()
        if pd.api.types.is_numeric_dtype(column) and column.dtype != bool:
            yield from column.tolist()
            yield column.sum()
            for key in ("source_id", "period", "topic_id", "keyword"):
                if key in table:
                    yield table.drop_duplicates(key)[name].sum()
                    yield from table.groupby(key, dropna=False)[name].sum().tolist()
                    yield float(table[table[key].isna()][name].sum())
        else:
            yield column.nunique()
            yield from column.value_counts().tolist()


def allowed(index: Index, scope: Scope, keyword: str) -> set[str]:
    names = ("summary", "articles", "topics", "source_topics", "topic_trends", "topic_tree",
             "topic_map", "keyness", "power", "coverage")  # fmt: skip
    tables = [TABLES[name](index, scope) for name in names]
    tables += [TABLES[name](index, scope, keywords=[keyword]) for name in ("trends", "concordance")]
    # As the page asks for it, which says how many rows that are.
    found = TABLES["concordance"](index, scope, keywords=[keyword], most=MOST_USES)
    tables.insert(-2, found)
    tables.append(found := TABLES["findings"](index, scope))
    tables.append(TABLES["story_list"](index, scope))
    values = [float(v) for table in tables for v in held(table)]
    values.append(index.nodes.n_leaves)
    values += [index.fit.reliability, index.fit.reliability_of_shuffled_text, index.n_articles]
    of_period = tables[-4].groupby("period")[["count", "n_words"]].sum()
    sizes = {rounded(v) for v in found["effect"]}
    rates = sizes | {rounded(v) for v in 1e4 * of_period["count"] / of_period["n_words"]}
    rose = map(as_keyword, TABLES["bursts"](index, Scope())["term"])  # what Trends begins with
    uses = TABLES["uses"](index, scope, keywords=[keyword, *rose])
    rates |= {rounded(v) for v in uses[["per_10k", "rate_low", "rate_high"]].to_numpy().ravel()}
    shown = rates | {f"{v:,.0f}" for v in values if v == round(v)} | {f"{v:.2f}" for v in values}
    # "under 1 %" is read as the number in it.
    return shown | {percent(v).removeprefix("under ") for v in values if 0 <= v <= 1.0001}


def random_scope(index: Index, rng: random.Random) -> dict[str, str]:
    params = {}
    if rng.random() < 0.5:
        params["src"] = "~".join(
            rng.sample([s.source_id for s in index.sources], rng.choice([1, 2]))
        )
    if rng.random() < 0.5:
        topics = [t.topic_id for t in index.cut().topics]
        params["topic"] = "~".join(rng.sample(topics, min(len(topics), rng.choice([1, 2]))))
    if rng.random() < 0.4:
        first, last = index.date_range
        middle = first + (last - first) * rng.random()
        params["from"] = (middle - timedelta(days=1)).isoformat()
    return params


@pytest.mark.parametrize("seed", range(5))
def test_every_number_of_a_page_is_in_a_table_of_its_scope(open_page: Open, corpora, seed) -> None:
    rng = random.Random(seed)
    index = open_index(corpora["many"])
    params = random_scope(index, rng)
    scope, unknown = Scope.from_params(params, index)
    assert not unknown
    known = allowed(index, scope, (index.keywords or [""])[0]) | FIXED
    for page in PAGES:
        app = open_page(page, "many", **params)
        assert not app.exception
        strange = [(n, text) for text in said(app) for n in numbers(text) if n not in known]
        assert not strange, (page, params)


@pytest.mark.parametrize("measure", ["per_10k", "share", "count"])
@pytest.mark.parametrize("asked", [["strike", "harbour"], ["strike", "new haven", "city", "said"]])
def test_every_number_about_several_keywords_is_in_a_table(
    open_page: Open, corpora: dict[str, Path], asked: list[str], measure: str
) -> None:
    index, scope = open_index(corpora["many"]), Scope()
    known = allowed(index, scope, asked[0]) | FIXED
    together = TABLES["trends_together"](index, scope, keywords=asked)
    of_all = together.groupby("keyword")[["n_with", "count"]].sum()
    known |= {f"{v:,.0f}" for v in together[["n_with", "n_articles", "count"]].to_numpy().ravel()}
    known |= {f"{v:,.0f}" for v in of_all.to_numpy().ravel()} | {
        rounded(v) for v in together["per_10k"]
    }
    known |= {percent(v) for v in together["share"]}
    known |= {str(together["period"].nunique())}  # in so many of them one leads
    app = open_page("trends", "many", kw="~".join(asked), measure=measure)
    assert not app.exception
    first = app.title[0].value + " " + app.markdown[0].value
    strange = [(n, text) for text in said(app) for n in numbers(text) if n not in known]
    assert not strange, first


@pytest.mark.parametrize("page", PAGES)
def test_topics_no_firmer_than_shuffled_text_are_drawn_without_shares(
    open_page: Open, page: str
) -> None:
    app = open_page(page, "unproven")
    assert not app.exception
    assert not [text for text in said(app) if "Share of" in text or "share of" in text]
    if page == "topics":
        assert app.title[0].value.endswith("to read\\, no shares to quote")
        assert not figures(app)
        assert any(button.label.startswith("Read the") for button in app.button)


def test_no_table_has_shares_of_topics_no_firmer_than_shuffled_text(corpora) -> None:
    index = open_index(corpora["unproven"])
    for name in ("topics", "source_topics", "topic_trends", "topic_tree", "article_topics"):
        table = TABLES[name](index, Scope())
        assert len(table)
        assert table["share"].isna().all()
    assert TABLES["topics"](open_index(corpora["many"]), Scope())["share"].sum() == pytest.approx(1)


@pytest.mark.parametrize("page", ["overview", "sources", "topics", "trends", "voices", "names"])
def test_a_picture_does_not_ask_to_be_clicked(open_page: Callable[..., AppTest], page: str) -> None:
    sent = [each.proto.bytes for each in open_page(page).get("bidi_component")]
    asked = [json.loads(each) for each in sent if each.startswith(b"{") and b'"caption"' in each]
    assert asked
    assert not [each["caption"] for each in asked if "click" in each["caption"].lower()]
