"""Every page on no article, one article and the seeds; its numbers are those of export."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cli import main
from dashboard.index.index import open_index
from dashboard.index.storage.container import Container
from dashboard.library import indexes
from dashboard.library.indexes import ensure_index
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.drawn import figures, open_tables
from tests.pages.conftest import PAGES, VIEWS, list_rows

Open = Callable[..., AppTest]


def titles(app: AppTest) -> str:
    return " ".join(t.value for t in app.title)


@pytest.mark.parametrize("corpus", ["empty", "one", "seeds", "hostile"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs(open_page: Open, page: str, corpus: str) -> None:
    app = open_page(page, corpus)
    assert not app.exception
    assert len(app.title) == 1


def test_there_are_pages() -> None:
    assert {"corpus", "overview", "topics"} < set(PAGES)


@pytest.mark.parametrize("page", VIEWS)
def test_without_articles_a_page_says_what_to_bring(open_page: Open, page: str) -> None:
    app = open_page(page, "empty")
    assert "No articles yet" in titles(app)
    assert any("CSV" in m.value for m in app.markdown)


@pytest.mark.parametrize("page", VIEWS)
def test_everything_filtered_out_offers_a_way_back(open_page: Open, page: str) -> None:
    app = open_page(page, q="nosuchwordanywhere")
    assert "No article matches “nosuchwordanywhere”" in titles(app)
    next(b for b in app.button if "Show all articles" in b.label).click().run()
    assert not app.exception
    assert "No article matches" not in titles(app)


def test_a_misspelt_search_is_offered_what_it_may_have_meant(open_page: Open) -> None:
    app = open_page("articles", q="trede ties")
    button = next(b for b in app.button if b.label.startswith("trade ties"))
    n = int(re.findall(r"\((\d+)\)", button.label)[0])
    button.click().run()
    assert titles(app) == f"{n} of 5 articles with “trade” and “ties”"
    assert len(list_rows(app, "article-list")) == n


def test_filters_that_leave_nothing_together_can_go_one_by_one(
    open_page: Open, seeds_index: Any
) -> None:
    brief = next(s for s in seeds_index.sources if s.name == "Unnamed brief")
    app = open_page("articles", src=brief.source_id, to="2024-12-31", q="trade")
    assert titles(app) == "No article passes these filters"
    ways = [b.label for b in app.button if b.label.startswith("Remove the")]
    assert ways == ["Remove the sources (4 articles)", "Remove the dates (1 article)"]
    next(b for b in app.button if b.label == ways[1]).click().run()
    assert titles(app) == "1 of 5 articles with “trade”"


def test_rows_open_by_a_link_that_keeps_the_filters(open_page: Open) -> None:
    app = open_page("articles", q="trade")
    rows = list_rows(app, "article-list")
    assert len(rows) == 5
    for row in rows:
        assert row["href"] == f"articles?q=trade&article={row['open'][0]}"
        assert "trade" in [text.casefold() for text, marked in row["text"] if marked]
        assert row["by"]["facts"][-1].endswith(("match", "matches"))


def test_filters_take_nothing_from_the_corpus_page(open_page: Open) -> None:
    app = open_page("corpus", q="nosuchwordanywhere")
    assert not app.exception
    assert "5 articles" in titles(app)


def test_a_link_sets_the_filters(open_page: Open, seeds_index: Any) -> None:
    source = seeds_index.sources[1]
    app = open_page("articles", src=source.source_id, q="trade")
    assert "1 of 5 articles" in " ".join(c.value for c in app.caption)
    assert app.text_input(key="pick_q").value == "trade"


@pytest.mark.parametrize("page", ["overview", "corpus", "trends"])
def test_a_setting_that_cannot_be_used_is_a_line_and_the_page_is_there(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("NEWSPRISM_URL", "news.example.org/[x](http://x.test)")
    monkeypatch.setenv("NEWSPRISM_BUILD_MB", "2 GB")
    app = open_page(page)
    assert not app.exception
    said = [info.value for info in app.info]
    assert [text.split()[0] for text in said] == ["NEWSPRISM\\_URL", "NEWSPRISM\\_BUILD\\_MB"]
    assert "[x](http" not in said[0]
    assert app.title[0].value


@pytest.mark.parametrize(
    "path", ["~nobody-of-this-name/a", "/no/such", "/" + "a" * 5_000, "/dev/null"]
)
def test_a_corpus_that_cannot_be_opened_is_a_line(
    open_page: Open, corpora: dict[str, Path], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def build(child: indexes.Command, _out: Path) -> None:
        if main(child[0][3:]):
            raise indexes.BuildError("as the child said")

    monkeypatch.setattr(indexes, "_run_in_child", build)
    monkeypatch.setitem(corpora, "wrong", Path(path))
    app = open_page("overview", "wrong")
    assert not app.exception
    assert app.title[0].value
    assert not app.error


def test_unknown_values_give_a_notice_and_the_whole_view(open_page: Open) -> None:
    app = open_page("overview", src="no-such-outlet", topic="nothing", **{"from": "x"})
    said = " ".join(info.value for info in app.info)
    assert "1 source" in said
    assert "1 topic" in said
    assert "not a date" in said
    assert "all 5 articles" in " ".join(c.value for c in app.caption)


def test_an_article_of_a_link_that_is_not_here_is_said(open_page: Open) -> None:
    app = open_page("articles")
    app.query_params["article"] = "0000000000000000"
    app.run()
    assert any("article" in info.value for info in app.info)
    assert titles(app) == "5 articles"


def test_the_reader_shows_text_fields_and_lines_set_aside(
    open_page: Open, seeds_index: Any
) -> None:
    article = next(TABLES["articles"](seeds_index, Scope()).itertuples())
    app = open_page("articles")
    app.query_params["article"] = article.article_id
    app.run()
    assert not app.exception
    assert article.title in titles(app).replace("\\", "")
    body = " ".join(h.value if hasattr(h, "value") else str(h.proto) for h in app.get("html"))
    assert "np-text" in body
    lines = TABLES["lines"](seeds_index, Scope())
    aside = lines[
        (lines["article_id"] == article.article_id)
        & (lines["label"] != "keep")
        & (lines["text"].str.strip() != "")
    ]
    shown = [frame.value for frame in app.dataframe if "label" in frame.value.columns]
    assert len(shown[0]) == len(aside)


SCOPES = [
    {},
    {"src": "nikkei-asia~semafor"},
    {"q": "trade"},
    {"from": "2024-01-01", "to": "2024-12-31"},
]


def scope_of(params: dict[str, str]) -> Scope:
    return Scope(
        sources=tuple(filter(None, params.get("src", "").split("~"))),
        date_from=date.fromisoformat(params["from"]) if "from" in params else None,
        date_to=date.fromisoformat(params["to"]) if "to" in params else None,
        query=params.get("q", ""),
    )


@pytest.mark.parametrize("params", SCOPES)
def test_numbers_drawn_are_those_of_export(
    open_page: Open, seeds_index: Any, params: dict[str, str]
) -> None:
    """Bars of the topic chart and of topic × source against the tables that export prints."""
    topics = TABLES["topics"](seeds_index, scope_of(params))
    app = open_page("topics", **params)
    drawn = figures(app)[0]["data"][0]
    assert [row[0] for row in drawn["customdata"]] == topics["topic_id"].tolist()
    assert list(drawn["x"]) == pytest.approx(topics["share"].tolist())

    mixes = TABLES["source_topics"](seeds_index, scope_of(params))
    words = {(r.source_id, r.topic_id): r.share for r in mixes.itertuples()}
    bars = [
        (row[0], row[1], text)
        for trace in figures(app)[1]["data"]
        for row, text in zip(trace["customdata"], trace["text"], strict=True)
    ]
    assert {(s, t) for s, t, _ in bars} == set(words)
    for source, topic, text in bars:
        share = words[source, topic]
        assert text == ("&lt;1" if 0 < share < 0.005 else f"{100 * share:.0f}")


@pytest.mark.parametrize("params", SCOPES)
def test_tables_on_pages_are_the_rows_of_export(
    open_page: Open, seeds_index: Any, params: dict[str, str]
) -> None:
    scope = scope_of(params)
    expected = {
        "topics": ["topics", "source_topics", "topic_terms"],
        "sources": ["keyness", "source_topics"],
        "overview": ["articles", "source_topics"],
    }
    for page, names in expected.items():
        app = open_tables(open_page(page, **params))
        frames = [frame.value for frame in app.dataframe]
        for name in names:
            table = TABLES[name](seeds_index, scope)
            assert len(table), (page, name)
            assert any(same(frame, table) for frame in frames), (page, name)


def same(shown: pd.DataFrame, table: pd.DataFrame) -> bool:
    if list(shown.columns) != list(table.columns) or len(shown) != len(table):
        return False
    a, b = (pd.read_csv(io.StringIO(t.to_csv(index=False))) for t in (shown, table))
    try:
        pd.testing.assert_frame_equal(a, b)
    except AssertionError:
        return False
    return True


def test_articles_found_are_listed_by_relevance_or_date(open_page: Open, seeds_index: Any) -> None:
    def listed(app: AppTest) -> list[str]:
        return [row["open"][0] for row in list_rows(app, "article-list")]

    scope = Scope(query="trade sanctions OR oil")
    ranked, dated = (
        TABLES[n](seeds_index, scope)["article_id"].tolist() for n in ("search", "articles")
    )
    assert ranked != dated
    app = open_page("articles", q=scope.query)
    assert listed(app) == ranked
    app.segmented_control(key="pick_order").set_value("date").run()
    assert listed(app) == dated
    assert listed(open_page("articles", q=scope.query, order="date")) == dated
    assert not open_page("articles").segmented_control  # without a query, by date


def test_keywords_of_a_link_are_counted(open_page: Open, seeds_index: Any) -> None:
    asked = ["no limits", "trade"]

    def printed(figure: dict[str, Any]) -> list[str]:
        texts = [text for trace in figure["data"] for text in trace.get("text") or []]
        return sorted(re.sub(r"<[^>]*>|\s", "", text) for text in texts if text.strip())

    for nth, keyword in enumerate(asked, start=1):
        app = open_page("trends", kw="~".join(asked), nth=str(nth))
        together, by_source = figures(app)
        tables = {
            "trends_together": TABLES["trends_together"](seeds_index, Scope(), keywords=asked),
            "trends": TABLES["trends"](seeds_index, Scope(), keywords=[keyword]),
            "concordance": TABLES["concordance"](seeds_index, Scope(), keywords=[keyword]),
        }
        drawn_sources = {
            row[0] for trace in by_source["data"] for row in trace.get("customdata") or []
        }
        assert drawn_sources == set(tables["trends"]["source_id"])
        for figure, name in ((together, "trends_together"), (by_source, "trends")):
            assert printed(figure) == sorted(f"{n}" for n in tables[name]["count"] if n)
        frames = [frame.value for frame in open_tables(app).dataframe]
        for name, rows in tables.items():
            assert any(same(frame, rows) for frame in frames), (keyword, name)


@pytest.mark.parametrize(
    ("page", "params", "said"),
    [
        ("articles", {"q": "(trade OR oil"}, "a bracket is opened and not closed; add “)” where"),
        ("topics", {"q": "trade AND oil OR gas"}, "AND and OR stand side by side; put brackets"),
        ("trends", {"kw": "trade~s*"}, "“s*” is too short; write 2 letters or more"),
        ("sources", {"kw": "oil NOT gas"}, "a keyword is one thing"),
    ],
)
def test_what_cannot_be_looked_up_is_said(
    open_page: Open, page: str, params: dict[str, str], said: str
) -> None:
    app = open_page(page, **params)
    assert not app.exception
    assert [said in info.value.replace("\\", "") for info in app.info] == [True]


@pytest.mark.parametrize(
    ("corpus", "said"), [("lao", "by the dictionaries of ICU"), ("seeds", None)]
)
def test_the_report_says_what_parted_words_without_spaces(
    open_page: Open, corpora: dict[str, Path], tmp_path: Path, corpus: str, said: str | None
) -> None:
    text = "ທະນາຄານກາງຂຶ້ນດອກເບ້ຍ ແລະລັດຖະບານຈະກໍ່ສ້າງຖະໜົນໃໝ່ໃນນະຄອນຫຼວງ. " * 4
    (tmp_path / "lao.txt").write_text(text, encoding="utf-8")
    corpora["lao"] = tmp_path / "lao.txt"
    captions = [
        c.value for c in open_page("corpus", corpus).caption if "no space divides" in c.value
    ]
    assert [c.split(" are told apart ")[-1] for c in captions] == [f"{said}."] * bool(said)


def test_words_drawn_are_those_of_export(open_page: Open, seeds_index: Any) -> None:
    table = TABLES["keyness"](seeds_index, Scope())
    app = open_page("sources")
    for source, figure in zip(seeds_index.sources, figures(app), strict=False):
        rows = table[table["source"] == source.name].head(8)
        (bars,) = figure["data"]
        assert list(bars["x"]) == pytest.approx(rows["log_odds"].tolist())
        assert [row[0] for row in bars["customdata"]] == rows["term"].tolist()


def test_articles_drawn_are_those_of_export(open_page: Open, seeds_index: Any) -> None:
    table = TABLES["articles"](seeds_index, Scope())
    app = open_page("overview")
    marks = {
        row[0]: day
        for trace in figures(app)[0]["data"]
        for row, day in zip(trace["customdata"], trace["x"], strict=True)
    }
    assert {a: str(d)[:10] for a, d in marks.items()} == dict(
        zip(table["article_id"], table["date"], strict=True)
    )


def test_hostile_text_stays_text(open_page: Open) -> None:
    for page in PAGES:
        app = open_page(page, "hostile")
        assert not app.exception
        for element in [*app.title, *app.markdown, *app.caption, *app.header]:
            assert "![x](http" not in element.value
            assert "<script>" not in element.value
        for figure in figures(app):
            assert "<script>" not in json.dumps(figure)


@pytest.mark.parametrize("corpus", ["empty", "one", "seeds", "hostile"])
def test_the_corpus_page_accounts_for_every_record(open_page: Open, corpus: str) -> None:
    app = open_page("corpus", corpus)
    assert not app.exception
    n_kept = {"empty": 0, "one": 1, "seeds": 5, "hostile": 2}[corpus]
    assert f"{n_kept} article" in titles(app)
    said = "No records" if not n_kept else "1 record, kept" if n_kept == 1 else "all kept"
    assert any(c.value.endswith(said) for c in app.caption)


def test_an_index_opens_as_it_is_and_offers_no_copy(
    open_page: Open, corpora: dict[str, Path], seeds_index: Any
) -> None:
    corpora["index"] = seeds_index.folder.parent
    app = open_page("corpus", "index")
    assert not app.exception
    assert titles(app).replace("\\", "") == "Corpus: 5 articles"
    assert not [button for button in app.button if "copy to correct" in button.label]
    assert [b for b in open_page("corpus").button if "copy to correct" in b.label]


def test_damage_is_said_and_an_index_of_the_app_is_built_again(
    open_page: Open, corpora: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path))
    # As for a large corpus: each part is verified when it is first used.
    monkeypatch.setattr("dashboard.library.indexes.CHECKED_WHOLE", 0)
    (tmp_path / "texts").mkdir()
    shutil.copy(corpora["one"] / "strike.txt", tmp_path / "texts")
    corpora |= {"damaged": tmp_path / "texts"}
    built = ensure_index([tmp_path / "texts"])
    damage(built)
    app = open_page("overview", "damaged")
    assert not app.exception
    assert "This index is damaged" in titles(app)
    assert "source_of was changed" in " ".join(m.value.replace("\\", "") for m in app.markdown)
    next(b for b in app.button if b.label == "Build it again").click().run()
    assert not app.exception
    assert "damaged" not in titles(app)
    assert open_index(built).n_articles == 1

    damage(built)
    corpora |= {"damaged": built.rename(tmp_path / "given")}
    app = open_page("overview", "damaged")
    assert not app.exception
    assert "This index is damaged" in titles(app)
    assert not [b for b in app.button if b.label == "Build it again"]
    assert (tmp_path / "given" / "CURRENT").exists()


def damage(folder: Path) -> None:
    """Change a byte of ``source_of`` in the index."""
    with (open_index(folder).folder / "joint.bin").open("r+b") as handle:
        container = Container(Path(handle.name))
        handle.seek(container._start + container._entries["source_of"][2])
        byte = handle.read(1)
        handle.seek(-1, 1)
        handle.write(bytes([byte[0] ^ 1]))


def test_a_corpus_whose_reading_was_stopped_can_be_read(open_page: Open) -> None:
    from dashboard.library.corpora import create_corpus

    corpus = create_corpus("Stopped")
    app = open_page("overview", corpus_token=corpus.token)
    assert not app.exception
    assert titles(app) == "Your articles are not read yet"
    assert any(button.label == "Read them" for button in app.button)
