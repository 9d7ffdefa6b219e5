"""JSON and JSON Lines: wrapped, nested, broken and hostile."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.corpus.readers.json.records import looks_like_json, read_json
from dashboard.corpus.record import Reading, RefusedFile

TEXT = "The council voted on Tuesday to fund a new bridge across the river."
ARTICLES: list[dict[str, Any]] = [
    {"id": f"00{i}", "title": f"Vote {i}", "text": f"{TEXT} {i}", "date": "2024-05-16",
     "source": {"id": None, "name": "BBC News"}, "authors": [{"name": "Jane"}, {"name": "Joe"}]}
    for i in range(5)
]  # fmt: skip
LINES = "\n".join(json.dumps(article) for article in ARTICLES)


def read(data: Any, **mapping: str) -> Reading:
    if not isinstance(data, str | bytes):
        data = json.dumps(data)
    return read_json(data if isinstance(data, bytes) else data.encode(), "a.json", mapping or None)


def texts(reading: Reading) -> list[str]:
    return [record.text for record in reading.records]


def reasons(reading: Reading) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.reason) for problem in reading.problems]


WRAPPERS: dict[str, Any] = {
    "bare": ARTICLES,
    "articles": {"status": "ok", "totalResults": 5, "articles": ARTICLES},
    "data": {"pagination": {"limit": 5}, "data": ARTICLES},
    "data.articles": {"status": "ok", "data": {"articles": ARTICLES}},
    "response.docs": {"response": {"meta": {"hits": 5}, "docs": ARTICLES}},
    "articles.results": {"articles": {"results": ARTICLES, "totalResults": 5}},
    "Elasticsearch": {"hits": {"hits": [{"_id": a["id"], "_source": a} for a in ARTICLES]}},
    "keyed": {f"a{a['id']}": a for a in ARTICLES},
    "beside another list": {"tags": [{"name": "a"}, {"name": "b"}] * 9, "items": ARTICLES},
    "pandas, split": {"columns": list(ARTICLES[0]), "index": [0],
                      "data": [list(a.values()) for a in ARTICLES]},
    "pandas, list": {name: [a[name] for a in ARTICLES] for name in ("id", "title", "text")},
    "pandas, columns": {name: {str(i): a[name] for i, a in enumerate(ARTICLES)}
                        for name in ("id", "title", "text")},
}  # fmt: skip


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("indent", [None, 2])
def test_articles_are_found_in_wrappers(wrapper: str, indent: int | None) -> None:
    reading = read(json.dumps(WRAPPERS[wrapper], indent=indent))
    assert texts(reading) == [article["text"] for article in ARTICLES]
    assert [record.row for record in reading.records] == [1, 2, 3, 4, 5]
    assert reading.problems == []
    assert reading.format == "json"


def test_nested_values_are_columns() -> None:
    reading = read(ARTICLES)
    record = reading.records[0]
    assert (record.source, record.authors, record.date) == ("BBC News", "Jane; Joe", "2024-05-16")
    assert reading.columns["source"] == "source.name"
    assert reading.samples["authors"] == ["Jane; Joe"]
    assert record.fields["source"].evidence == "column source.name"


@pytest.mark.parametrize("data", [LINES, LINES + "\n", "\n" + LINES.replace("\n", "\r\n\r\n")])
def test_json_lines_whatever_the_name(data: str) -> None:
    reading = read(data)
    assert reading.format == "jsonl"
    assert (len(reading.records), reading.problems) == (5, [])


@pytest.mark.parametrize(
    "data",
    [
        "".join(json.dumps(article) for article in ARTICLES),
        LINES.replace("\n", ",\n"),
        "\n".join(json.dumps({"articles": ARTICLES[i : i + 1]}) for i in range(5)),
        "\x1e" + LINES.replace("\n", "\n\x1e"),
    ],
)
def test_kin_of_json_lines(data: str) -> None:
    assert len(read(data).records) == 5


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_encodings(encoding: str) -> None:
    data = json.dumps([{"title": "Café", "text": TEXT}], ensure_ascii=False)
    assert read(data.encode(encoding)).records[0].title == "Café"


def test_one_object_is_one_article() -> None:
    article = {"title": "Vote", "author": "Jane", "hostname": "e.com", "date": "2024-05-16",
               "text": TEXT, "source": "https://e.com/2024/05/16/vote", "source-hostname": "Post",
               "comments": [{"author": "A", "text": "First!"}, {"author": "B", "text": "No!"}],
    }  # fmt: skip
    (record,) = read(article).records
    assert (record.text, record.url, record.source) == (TEXT, article["source"], "Post")


def test_lists_of_texts_and_of_paragraphs() -> None:
    assert texts(read([TEXT, TEXT + " b"])) == [TEXT, TEXT + " b"]
    assert texts(read([{"title": "A", "text": [TEXT, "Second."]}])) == [f"{TEXT}\n\nSecond."]


def test_a_cut_off_last_line_is_said_and_the_others_kept() -> None:
    reading = read(LINES[:-40])
    assert (len(reading.records), reading.refused) == (4, 1)
    assert reasons(reading) == [(5, "line 5: the record is cut off (unexpected end)")]


@pytest.mark.parametrize("wrap", [False, True])
def test_a_cut_off_list_is_said_and_the_others_kept(wrap: bool) -> None:
    data = json.dumps({"status": "ok", "articles": ARTICLES} if wrap else ARTICLES)
    reading = read(data[:-60])
    assert (len(reading.records), reading.refused) == (4, 1)
    assert reasons(reading)[-1] == (5, "the record is cut off (unexpected end)")


@pytest.mark.parametrize("lines", [False, True])
def test_a_broken_record_is_named_and_the_others_kept(lines: bool) -> None:
    data = LINES if lines else json.dumps(ARTICLES)
    reading = read(data.replace('"Vote 2"', '"Vo"te 2"'))
    assert [record.title for record in reading.records] == ["Vote 0", "Vote 1", "Vote 3", "Vote 4"]
    assert reading.refused == 1
    assert reading.problems[0].row == 3
    assert "not valid JSON" in reading.problems[0].reason


def test_records_that_are_none() -> None:
    reading = read(f'[{{"title": "A", "text": "{TEXT}"}}, 7, null, [1]]')
    assert (len(reading.records), reading.refused) == (1, 3)


def test_duplicate_keys_are_said_and_the_last_is_read() -> None:
    reading = read('[{"text":"first body","text":"second body","title":"t"}]')
    assert texts(reading) == ["second body"]
    assert reasons(reading) == [(1, "duplicate key “text”: the last of its values is read")]


def test_half_characters_are_replaced_and_said() -> None:
    first = json.dumps({"title": "A", "text": TEXT})
    reading = read(first + '\n{"title":"bad \\ud800 half","text":"body \\ud83d\\ude00"}')
    assert reading.records[1].title == "bad \ufffd half"
    assert reading.records[1].text == "body \U0001f600"
    assert reasons(reading)[0][0] == 2
    assert reasons(reading)[0][1].startswith("line 2: half a character (a lone surrogate)")


def test_values_stay_as_they_are_written() -> None:
    data = '[{"id": 12345678901234567890, "title": 1.10, "text": 12, "source": true, "date": null}]'
    (record,) = read(data).records
    assert (record.title, record.text, record.source, record.date) == ("1.10", "12", "true", "")
    data = '{"id":"00123","date":"1","text":"12","title":"x"}\n{"text":"b","date":"2024-01-02"}'
    reading = read(data)
    assert [r.date_field.value for r in reading.records] == [None, "2024-01-02"]
    assert texts(read('[{"title": "A", "text": NaN}, {"text": "b"}]')) == ["b"]
    assert texts(read('[{"title": ' + "9" * 5000 + ', "text": "b"}]')) == ["b"]


def test_a_table_of_many_fields_is_read_without_them() -> None:
    records = [{"title": f"t{i}", "text": TEXT, **{f"k{i}_{j}": j for j in range(20)}}
               for i in range(2000)]  # fmt: skip
    reading = read("\n".join(json.dumps(record) for record in records))
    assert len(reading.records) == 2000
    assert reasons(reading)[-1][1].startswith("too many fields (more than 1,000 names)")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"[]", "no articles"),
        (b"{}", "no articles"),
        (b"12", "no articles"),
        (b"{not json", "not valid JSON"),
        (b'{"title": "A", "tex', "not valid JSON"),
        (b'[{"title": "A", "tex', "cut off"),
        (b'{"status": "error", "code": "apiKeyInvalid"}', "the columns are: status, code"),
        (b'[{"a": 1}]', "no column holds the text of articles; the columns are: a"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deep"),
        (b"PK\x03\x04" + bytes(2000), "binary"),
    ],
)
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFile, match=reason) as refused:
        read(data)
    assert refused.value.remedy
    assert refused.value.file_format in ("json", "jsonl")


def test_a_line_that_is_nested_too_deeply_is_one_refused_record() -> None:
    reading = read(LINES + "\n" + '{"a":' * 100_000 + "1" + "}" * 100_000)
    assert (len(reading.records), reading.refused) == (5, 1)
    assert "line 6: nested too deeply" in reading.problems[0].reason


def test_broken_nests_take_no_time() -> None:
    for data in ("[" + '{"a":1},{"b":[' * 50_000, '[{"text":"a"' + ',{"a":' * 50_000):
        with pytest.raises(RefusedFile):
            read(data)


def test_exports_without_text_are_refused_record_by_record() -> None:
    article = {"url": "https://e.com/1", "title": "T", "seendate": "20240516T091500Z",
               "domain": "e.com", "language": "English"}  # fmt: skip
    reading = read({"articles": [article]})
    assert (reading.records, reading.refused) == ([], 1)
    assert reading.problems[0].reason == "metadata only: the text needs fetching"
    assert reading.problems[0].remedy == "fetch https://e.com/1"


def test_newsapi_keeps_what_it_cut_and_refuses_what_it_left_out() -> None:
    article = {"source": {"id": None, "name": "BBC"}, "title": "T", "description": "d",
               "url": "https://e.com/1", "publishedAt": "2024-05-16T09:00:00Z"}  # fmt: skip
    reading = read({"status": "ok", "articles": [
        {**article, "content": TEXT + "… [+2000 chars]"}, {**article, "content": None}
    ]})  # fmt: skip
    assert texts(reading) == [TEXT + "…"]
    assert "truncated by the provider" in reading.problems[0].reason
    assert "metadata only" in reading.problems[1].reason


def test_the_users_mapping() -> None:
    data = [{"a": {"b": TEXT}, "c": "T", "text": "x"}]
    reading = read(data, text="a.b", title="c")
    assert (texts(reading), reading.records[0].title) == ([TEXT], "T")
    with pytest.raises(RefusedFile, match=r"the columns are: a\.b, c, text"):
        read(data, text="a")


@pytest.mark.parametrize(
    "head",
    [
        b'{"a": 1}',
        b'\xef\xbb\xbf[{"a": 1}]',
        b' \n[\n {"a":',
        b"[{}]",
        '{"a": 1}'.encode("utf-16"),
    ],
)
def test_json_is_recognised_by_its_content(head: bytes) -> None:
    assert looks_like_json(head, "a.txt")


@pytest.mark.parametrize("head", [b"", b"[1] A footnote", b"{\\rtf1", b"<html>", b"title,text"])
def test_other_text_is_no_json(head: bytes) -> None:
    assert not looks_like_json(head, "a.txt")
    assert looks_like_json(b"[[[[[", "a.json")
    assert looks_like_json(b'["a", "b"]', "a.jsonl")


def test_a_text_by_language_is_its_first() -> None:
    records = [
        {"title": {"en": "A"}, "text": {"en": f"{TEXT} 1"}},
        {"title": {"fr": "B"}, "text": {"fr": f"{TEXT} 2", "pt-BR": "Outro texto."}},
        {"title": {"de": None, "fr": "C"}, "text": {"de": None, "fr": f"{TEXT} 3"}},
    ]
    reading = read(records)
    assert texts(reading) == [f"{TEXT} 1", f"{TEXT} 2", f"{TEXT} 3"]
    assert [record.title for record in reading.records] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("created_utc", 1715850000),
        ("createdUtc", "1715850000"),
        ("date", {"$date": {"$numberLong": "1715850000000"}}),
        ("publishedAt", {"$date": "2024-05-16T09:00:00Z"}),
        ("published", {"seconds": "1715850000", "nanos": 5}),
        ("postDate", {"epochSecond": 1715850000, "nano": 0}),
        ("date", {"$numberLong": "1715850000"}),
    ],
)
def test_times_as_databases_write_them(name: str, value: Any) -> None:
    lines = [{"title": f"Vote {i}", "text": f"{TEXT} {i}", name: value} for i in range(3)]
    assert [record.date_field.value for record in read(lines).records] == ["2024-05-16"] * 3
