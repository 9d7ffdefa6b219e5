"""Scope: words, masks, links."""

from datetime import date

import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import open_index
from dashboard.scope import UNDATED, UNKNOWN_SOURCE, Scope
from dashboard.wording import join_words, whose


def test_masks_are_shared_and_read_only(seeds_index):
    scope = Scope(query="trade")
    assert scope.article_mask(seeds_index) is Scope(query="trade").article_mask(seeds_index)
    for mask in (scope.article_mask(seeds_index), scope.slice_mask(seeds_index)):
        with pytest.raises(ValueError, match="read-only"):
            mask[0] = True


def test_everything(seeds_index):
    scope = Scope()
    assert scope.is_everything
    assert scope.article_mask(seeds_index).all()
    assert scope.describe(seeds_index).startswith("all 5 articles · 5 sources · ")


def test_round_trip(seeds_index):
    scope = Scope(
        (seeds_index.sources[0].source_id, seeds_index.sources[2].source_id),
        (seeds_index.cut().topics[1].topic_id,),
        date(2024, 1, 1),
        date(2025, 1, 1),
        'trade "no limits" é&~',
    )
    again, notices = Scope.from_params(scope.to_params(), seeds_index)
    assert again == scope
    assert notices == []


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"src": "nosuch"}, "all sources are shown"),
        ({"topic": "nosuch~x"}, "names 2 topics"),
        ({"from": "yesterday"}, "not a date"),
        ({"from": "2025-01-01", "to": "2024-01-01"}, "end before they start"),
        ({"q": "!!!"}, "no word"),
    ],
)
def test_unknown_values_give_a_notice_and_no_filter(seeds_index, params, expected):
    scope, notices = Scope.from_params(params, seeds_index)
    assert scope == Scope()
    assert len(notices) == 1
    assert expected in notices[0]
    assert "nosuch" not in notices[0]  # a link's text is never echoed


def test_sources_keep_the_order_in_which_they_were_chosen(seeds_index):
    ids = [s.source_id for s in seeds_index.sources]
    one, _ = Scope.from_params({"src": "~".join(ids[:2])}, seeds_index)
    other, notices = Scope.from_params({"src": "~".join([ids[1], ids[0], ids[1]])}, seeds_index)
    assert one.sources == (ids[0], ids[1])
    assert other.sources == (ids[1], ids[0])
    assert other.to_params()["src"] == f"{ids[1]}~{ids[0]}"
    assert not notices
    assert (one.article_mask(seeds_index) == other.article_mask(seeds_index)).all()


@pytest.fixture(scope="module")
def gaps(tmp_path_factory):
    """Five articles: two of no known source, two without a date."""
    place = tmp_path_factory.mktemp("gaps")
    rows = ["source,date,title,text"]
    for i, (source, day) in enumerate(
        [("A", "2024-01-02"), ("A", ""), ("", "2024-05-06"), ("", ""), ("B", "2024-07-08")]
    ):
        rows.append(f'{source},{day},Title {i},"Council {i} met. It voted on road {i}."')
    (place / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    build_index([place / "a.csv"], place / "index")
    return open_index(place / "index")


def test_the_unknown_source_and_the_undated_can_be_chosen(gaps):
    def found(params):
        scope, notices = Scope.from_params(params, gaps)
        assert not notices
        assert Scope.from_params(scope.to_params(), gaps)[0] == scope
        return int(scope.article_mask(gaps).sum())

    assert found({"src": UNKNOWN_SOURCE}) == 2
    assert found({"src": f"b~{UNKNOWN_SOURCE}"}) == 3
    assert found({"from": UNDATED}) == 2
    assert found({"src": UNKNOWN_SOURCE, "from": UNDATED}) == 1
    assert Scope(undated=True).selection(gaps).days is None


def test_no_unknown_source_where_all_are_known(seeds_index):
    scope, notices = Scope.from_params({"src": UNKNOWN_SOURCE}, seeds_index)
    assert scope == Scope()
    assert len(notices) == 1


def test_a_query_reads_headlines_too(seeds_index):
    # "storms" stands in one headline and one text, "Seeking" only in a headline.
    mask = Scope(query="seeking further support").article_mask(seeds_index)
    assert mask.sum() == 1


def test_join_words():
    assert [join_words(w) for w in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip


def test_who_published_says_nothing_of_what_there_is_none_of() -> None:
    assert whose(5, 0, ", 2.8 independent") == "5 sources, 2.8 independent"
    assert whose(5, 1) == "5 sources and 1 article of unknown source"
    assert whose(0, 2108) == "2,108 articles of unknown source"
    assert whose(0, 0) == "0 sources"
