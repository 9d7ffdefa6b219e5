"""Columns of a table on the Corpus page: chosen, remembered, undone; corrections go round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cli import main
from dashboard.index.index import open_index
from dashboard.library import jobs
from dashboard.library.corpora import UserCorpus, create_corpus, write_json
from dashboard.library.indexes import build_command
from dashboard.ui.corpus import corrections
from dashboard.ui.corpus.corrections import metadata_csv

Open = Callable[..., AppTest]
SAID = "The dockers of the harbour voted on Tuesday to go on with their strike."
ROWS = "".join(
    f"Strike week {i},{SAID} It is week {i}.,*Summary* {i}: {SAID},Port News\n" for i in range(1, 5)
)
TABLE = f'headline,body,"summary, short",paper\n{ROWS}'


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path))
    # Builds run here and now instead of beside the page.
    for module in ("columns", "corrections"):
        monkeypatch.setattr(f"dashboard.ui.corpus.{module}.start_build", build)


def build(corpus: UserCorpus) -> None:
    command, _ = build_command(
        [corpus.folder / "files"],
        corpus.index,
        corrections=corpus.corrections,
        mapping=corpus.settings.get("mapping") or {},
    )
    assert main(command[command.index("build") :]) == 0


def corpus_of(name: str, **files: str) -> UserCorpus:
    corpus = create_corpus(name)
    corpus.add((f"{stem}.csv", text.encode()) for stem, text in files.items())
    build(corpus)
    assert jobs.build_status(corpus).state == "ready"
    return corpus


def boxes(app: AppTest) -> dict[str, str]:
    return {box.label: box.value for box in app.selectbox if (box.key or "").startswith("map_")}


def captions(app: AppTest) -> str:
    return " ".join(caption.value.replace("\\", "") for caption in app.caption)


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if label in button.label).click().run()


def test_a_column_is_chosen_from_the_files_own_and_remembered_for_the_same_ones(
    open_page: Open,
) -> None:
    first = corpus_of("First", a=TABLE)
    app = open_page("corpus", corpus_token=first.token)
    assert not app.exception
    assert boxes(app) == {
        "text": "body", "title": "headline", "source": "paper", "date": "", "url": "",
        "authors": "",
    }  # fmt: skip
    box = next(b for b in app.selectbox if b.label == "text")
    names = ["headline", "body", "summary, short", "paper"]
    assert list(box.options) == ["not in this file", *names]
    assert "Strike week 1" in captions(app)
    assert next(b for b in app.button if "Read again" in b.label).disabled

    box.set_value("summary, short").run()
    assert "*Summary* 1" in captions(app)  # the samples follow the choice, as text
    press(app, "Read again")
    assert not app.exception
    assert boxes(app)["text"] == "summary, short"
    assert "The columns are read as chosen." in captions(app)
    assert first.settings["mapping"] == {"text": "summary, short"}

    # The same visitor brings another table of these columns, in another order.
    second = corpus_of("Second", b='body,paper,headline,"summary, short"\n' + "".join(
        f"{SAID} Part {i},Post,Title {i},Short {i} {SAID}\n" for i in range(1, 4)
    ))  # fmt: skip
    app.text_input(key="corpus").set_value(second.token).run()
    assert not app.exception
    assert boxes(app)["text"] == "summary, short"
    assert "as you chose for “First”, which has the same columns" in captions(app)
    press(app, "Undo")
    assert boxes(app)["text"] == "body"
    assert "as you chose" not in captions(app)
    app.run()
    assert boxes(app)["text"] == "body"  # not taken up again

    # Another visitor's tables of the same columns are read by their names and values.
    stranger = corpus_of("Third", c=TABLE)
    assert boxes(open_page("corpus", corpus_token=stranger.token))["text"] == "body"


def test_a_table_without_text_can_be_mapped_where_it_was_refused(open_page: Open) -> None:
    corpus = corpus_of("Codes", a="code,amount\n" + "".join(f"{i},{i}\n" for i in range(5)))
    app = open_page("corpus", corpus_token=corpus.token)
    assert not app.exception
    assert set(boxes(app).values()) == {""}
    assert list(app.selectbox[0].options) == ["not in this file", "code", "amount"]


def test_corrections_of_rows_go_round_by_metadata_csv() -> None:
    twice = f"{TABLE}Strike week 1,{SAID} It is week 1.,*Summary* 1: {SAID},Port News\n"
    corpus = corpus_of("First", a=twice)
    before = open_index(corpus.index)
    rows = before.article_rows(before.by_date, ["row", "article_id"])
    ids = dict(zip(rows["row"], rows["article_id"], strict=True))
    write_json(
        corpus.corrections,
        {
            "articles": {ids[1]: {"date": "2024-03-05"}, ids[3]: {"title": "A new, better one"}},
            "sources": {"Port News": "The Port"},
        },
    )
    build(corpus)
    corrected = open_index(corpus.index)
    data = metadata_csv(corrected)
    assert data.decode().splitlines()[0] == "file,row,title,source,date,note"

    again = create_corpus("Again")
    again.add([("a.csv", twice.encode()), ("metadata.csv", data)])
    build(again)
    back = open_index(again.index)
    columns = ["article_id", "file", "row", "title", "source", "date", "date_basis"]
    assert back.article_rows(back.by_date, columns).equals(
        corrected.article_rows(corrected.by_date, columns)
    )
    assert back.report["totals"] == corrected.report["totals"]
    entry = next(f for f in back.report["files"] if f["file"] == "metadata.csv")
    assert entry["problems"] == []
    assert metadata_csv(back) == data


def test_the_page_asks_what_comes_first_in_a_date(open_page: Open) -> None:
    rows = "".join(f"Strike week {i},{SAID} It is week {i}.,0{i}/04/2024\n" for i in range(1, 4))
    corpus = corpus_of("Days", days=f"headline,body,date\n{rows}")

    def days() -> list[str]:
        index = open_index(corpus.index)
        return sorted(str(day)[:10] for day in index.article_rows(index.by_date, ["date"])["date"])

    app = open_page("corpus", corpus_token=corpus.token)
    ask = next(group for group in app.segmented_control if "What comes first" in group.label)
    assert "01/04/2024" in ask.label.replace("\\", "")
    ask.set_value("day").run()
    press(app, "Read again")
    assert not app.exception
    assert corpus.settings["mapping"] == {"order": "day"}
    assert days() == ["2024-04-01", "2024-04-02", "2024-04-03"]
    next(g for g in app.segmented_control if "What comes first" in g.label).set_value("month").run()
    press(app, "Read again")
    assert days() == ["2024-01-04", "2024-02-04", "2024-03-04"]


def test_outlets_are_counted_as_one_and_taken_apart_again(open_page: Open) -> None:
    names = ["Le Phare", "Le Phare", "Le Phare", "LE PHARE", "Le Phare (Radio)"]
    rows = "".join(f"{SAID} Part {i}.,{name}\n" for i, name in enumerate(names))
    corpus = corpus_of("Outlets", a=f"texte,journal\n{rows}")

    def counted() -> dict[str, int]:
        index = open_index(corpus.index)
        rows = index.article_rows(index.by_date, ["source"])
        return {str(name): int(n) for name, n in rows["source"].value_counts().items()}

    assert counted() == {"Le Phare": 4, "Le Phare (Radio)": 1}
    app = open_page("corpus", corpus_token=corpus.token)
    assert not app.exception
    assert "LE PHARE → Le Phare" in [m.value for m in app.markdown]
    press(app, "Keep apart")
    assert counted() == {"Le Phare": 3, "LE PHARE": 1, "Le Phare (Radio)": 1}

    press(app, "Count as one")
    assert not app.exception
    assert counted() == {"Le Phare": 4, "LE PHARE": 1}
    while any(button.label == "Undo" for button in app.button):
        press(app, "Undo")
    assert counted() == {"Le Phare": 4, "Le Phare (Radio)": 1}
    press(app, "They are two")
    assert counted() == {"Le Phare": 4, "Le Phare (Radio)": 1}
    assert not [button for button in app.button if button.label == "Count as one"]


def org_table(*orgs: str) -> str:
    rows = [
        f"Strike week {i},{SAID} It is week {i}.,{orgs[i % len(orgs)]},{'AB'[i % 2]}"
        for i in range(8)
    ]
    return "\n".join(["headline,body,Org,Desk", *rows])


def test_a_source_that_is_guessed_from_values_says_so(open_page: Open) -> None:
    app = open_page(
        "corpus", corpus_token=corpus_of("Guessed", a=org_table("Port News", "Daily Quay")).token
    )
    assert not app.exception
    assert boxes(app)["source"] == "Org"
    assert "Source is read from Org: guessed from its values." in captions(app)
    assert not [b for b in app.button if (b.key or "").startswith("ask_source")]


def test_where_no_column_is_the_source_one_click_says_which(open_page: Open) -> None:
    corpus = corpus_of("Asked", a=org_table("Alpha", "*Beta*"))
    app = open_page("corpus", corpus_token=corpus.token)
    labels = [b.label for b in app.button if (b.key or "").startswith("ask_source")]
    assert [label.replace("\\", "") for label in labels] == [
        "Org: Alpha, *Beta* …",
        "Desk: A, B …",
        "None of them",
    ]
    app.button(key="ask_source-Org").click().run()
    assert not app.exception
    assert boxes(app)["source"] == "Org"
    assert {s.name for s in open_index(corpus.index).sources} == {"Alpha", "*Beta*"}
    assert not [b for b in app.button if (b.key or "").startswith("ask_source")]


def test_none_of_the_columns_is_an_answer_too(open_page: Open) -> None:
    corpus = corpus_of("None", a=org_table("Alpha", "Beta"))
    app = open_page("corpus", corpus_token=corpus.token)
    app.button(key="ask_source-").click().run()
    assert boxes(app)["source"] == ""
    assert not [b for b in app.button if (b.key or "").startswith("ask_source")]


def dated(*cells: str) -> str:
    rows = [f"Strike week {i},{SAID} It is week {i}.,Port,{cell}" for i, cell in enumerate(cells)]
    return "\n".join(["headline,body,paper,date", *rows])


def edit_dates(
    monkeypatch: pytest.MonkeyPatch, corpus: UserCorpus, *values: str
) -> tuple[list[str], dict[str, str]]:
    """What is said when the first cells of the column of dates are edited and saved, and by row
    the dates that are kept."""
    said: list[str] = []
    edits = {"edited_rows": {str(i): {"date": value} for i, value in enumerate(values)}}
    monkeypatch.setattr("dashboard.ui.corpus.corrections.state.say", said.append)
    monkeypatch.setattr("dashboard.ui.corpus.corrections.state.widget", lambda _: edits)
    corrections._save_edits(corpus, open_index(corpus.index))
    kept = corrections.read_corrections(corpus.corrections).articles
    return said, {key: found["date"] for key, found in kept.items()}


def test_a_date_is_corrected_as_the_file_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = corpus_of("Days", a=dated("13/02/2023", "14/02/2023", "31/06/2023"))
    said, kept = edit_dates(monkeypatch, corpus, "03/04/2023", "30 June 2023", "2023-07-01")
    assert sorted(kept.values()) == ["2023-04-03", "2023-06-30", "2023-07-01"]
    assert said == [
        "Saved 3 corrections. Read “03/04/2023” as 3 Apr 2023 and “30 June 2023” as 30 Jun 2023."
    ]


def test_the_order_is_that_of_the_articles_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = corpus_of("Two", a=dated("02/13/2023"), b=dated("28/01/2023"))
    _, kept = edit_dates(monkeypatch, corpus, "03/04/2023", "03/04/2023")
    assert sorted(kept.values()) == ["2023-03-04", "2023-04-03"]


def test_a_date_that_is_none_or_two_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = corpus_of("Unclear", a=dated("2023-02-13", "2023-02-14", "2023-02-15", "2023-02-16"))
    said, kept = edit_dates(
        monkeypatch, corpus, "03/04/2023", "31/06/2023", "June 2023", "*soon* <b>"
    )
    assert kept == {}
    assert said == [
        "4 dates not saved: “03/04/2023” is ambiguous: it can be read as 2023-04-03 or 2023-03-04; "
        "“31/06/2023” is not a real date; “June 2023” is a month; an article needs a day; "
        "“*soon* <b>” can’t be read as a date."
    ]
