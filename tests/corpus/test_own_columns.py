"""The user's own columns: kept from whatever a reader gives, as labels or not at all."""

import json

import openpyxl
import pandas as pd
import pytest

from dashboard.corpus.importing.read import read_corpus
from dashboard.corpus.own_columns import (
    LONGEST_LABEL,
    MOST_READ,
    MOST_VALUES,
    own_columns,
    own_label,
    without_many,
)

TEXT = "Le conseil municipal a voté le budget. Les écoles rouvrent lundi. "
ROWS = [
    {"titre": f"Le budget {i}", "texte": f"{TEXT}{i}.", "journal": "Le Quai", "région": region,
     "en ligne": i % 2 == 0, "thèmes": ["a", "b"], "lien_photo": f"https://x.fr/{i}.jpg"}
    for i, region in enumerate(["Nord", "Sud", None, "Nord"])
]  # fmt: skip


def _as_csv(path):
    rows = [{**row, "thèmes": json.dumps(row["thèmes"])} for row in ROWS]
    pd.DataFrame(rows).to_csv(path / "a.csv", index=False)


def _as_jsonl(path):
    lines = (json.dumps(row, ensure_ascii=False) for row in ROWS)
    (path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")


def _as_parquet(path):
    pd.DataFrame(ROWS).to_parquet(path / "a.parquet")


def _as_excel(path):
    book = openpyxl.Workbook()
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        book.active.append([*list(row.values())[:5], json.dumps(row["thèmes"]), row["lien_photo"]])
    book.save(path / "a.xlsx")


@pytest.mark.parametrize("write", [_as_csv, _as_jsonl, _as_parquet, _as_excel])
def test_every_table_gives_its_own_columns(tmp_path, write):
    write(tmp_path)
    corpus = read_corpus([tmp_path])
    own = [dict(article.own_columns) for article in corpus.articles]
    assert [each.get("région") for each in own] == ["Nord", "Sud", None, "Nord"]
    assert "région" not in own[2]
    assert [each["en ligne"].casefold() for each in own] == ["true", "false"] * 2
    assert [each["thèmes"] for each in own] == [None] * 4
    (report,) = corpus.report.files
    assert report.own_columns() == ["région", "en ligne", "thèmes"]
    assert report.unused == {"lien_photo": "web addresses"}
    assert "your own columns: région, en ligne, thèmes" in corpus.report.describe()


def test_front_matter_and_metadata_csv_give_them_too(tmp_path):
    (tmp_path / "a.md").write_text(
        f"---\ntitle: Der Haushalt\nRessort: Politik\ntags: [a, b]\n---\n\n{TEXT}\n",
        encoding="utf-8",
    )
    (tmp_path / "b.txt").write_text(f"{TEXT}\n\n{TEXT} Noch einmal.\n", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(
        "file,source,Ressort,Lager\na.md,Kurier,Stadt,links\nb.txt,Blatt,,rechts\n",
        encoding="utf-8",
    )
    corpus = read_corpus([tmp_path])
    own = {article.file: dict(article.own_columns) for article in corpus.articles}
    assert own == {
        "a.md": {"Ressort": "Stadt", "tags": None, "Lager": "links"},
        "b.txt": {"Lager": "rechts"},
    }
    told = [problem for file in corpus.report.files for problem in file.problems]
    assert {p.column for p in told if "one of your own" in p.reason} == {"Ressort", "Lager"}


def test_articles_numbers_dates_and_values_of_their_own_are_not_kept(tmp_path):
    rows = [
        {"id": f"n{i}", "text": f"{TEXT}{i}.", "date": f"2024-01-{1 + i % 28:02d}",
             "crawled_at": f"2024-01-{1 + i % 28:02d}",
         "hash": f"{i * 7919:x}", "Notiz": f"{TEXT * 3}{i}", "Land": "AT" if i % 2 else "CH"}
        for i in range(150)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False)
    (report,) = read_corpus([tmp_path]).report.files
    assert report.own_columns() == ["Land"]
    assert report.unused == {
        "id": "the articles' numbers",
        "crawled_at": "dates",
        "hash": "hardly two articles share a value",
        "Notiz": "long texts or lists",
    }


def test_labels_are_one_line_of_plain_text():
    assert own_label("  far \n right\0 ") == "far right"
    assert [own_label(said) for said in ("", "nan", "NULL", " – ")] == [""] * 4
    assert [own_label(said) for said in ("[1, 2]", '{"a": 1}', "x" * 101)] == [None] * 3
    assert own_label("e\u0301") == "é"
    assert len(own_label("x" * LONGEST_LABEL)) == LONGEST_LABEL


def test_a_record_has_so_many_columns_at_most():
    found = own_columns((f"c{i}", "x") for i in range(100))
    assert len(found) == MOST_READ
    assert own_columns([("", "x"), ("n" * 61, "x"), ("empty", "")]) == {}


def test_of_a_column_with_too_many_values_only_that_it_is_there_stays():
    records = [{"n": str(i), "side": "left"} for i in range(MOST_VALUES + 1)]
    assert without_many(records) == [{"n": "", "side": "left"}] * (MOST_VALUES + 1)
    assert without_many(records[1:]) == records[1:]


def test_pages_and_feeds_give_the_part_of_their_outlet(tmp_path):
    body = "".join(f"<p>{TEXT}{i} {TEXT}</p>" for i in range(6))
    head = "<title>Le budget – Le Quai</title>"
    ld = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "articleSection": %s}</script>'
    )
    for name, said in {
        "a": '<meta property="article:section" content="Économie">',
        "b": ld % '["Politique"]',
        "c": ld % '["Politique", "Monde"]',
        "d": "",
    }.items():
        page = f"<html><head>{head}{said}</head><body><article>{body}{name}</article></body></html>"
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    items = "".join(
        f"<item><title>Titre {i}</title><description>{TEXT * 5}{i}</description>{tags}</item>"
        for i, tags in enumerate(
            ("<category>Sport</category>", "<category>A</category><category>B</category>", "")
        )
    )
    feed = f'<rss version="2.0"><channel><title>Le Quai</title>{items}</channel></rss>'
    (tmp_path / "e.rss").write_text(feed, encoding="utf-8")
    found = read_corpus([tmp_path]).articles
    assert [(a.file, dict(a.own_columns)) for a in found] == [
        ("a.html", {"section": "Économie"}),
        ("b.html", {"section": "Politique"}),
        ("c.html", {"section": None}),
        ("d.html", {}),
        ("e.rss", {"category": "Sport"}),
        ("e.rss", {"category": None}),
        ("e.rss", {}),
    ]
