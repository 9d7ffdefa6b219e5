"""Findings: true sentences of the numbers given."""

import math
from types import SimpleNamespace

import pandas as pd
import pytest

from dashboard.measures import findings
from dashboard.measures.statistics.mixes import separating_topics


def summary_of(days, sources):
    known = [d for d in days if d]
    top = max(known, key=known.count) if known else None
    return SimpleNamespace(
        n_articles=len(days),
        n_sources=len({s for s in sources if s}),
        n_unknown=sources.count(None),
        n_undated=days.count(None),
        n_days=len(set(known)),
        top_day=top,
        n_top_day=known.count(top),
        effective_sources=None,
        n_families=len({s for s in sources if s}),
    )


def topic_rows(rows):
    columns = ["topic_id", "label", "share", "n_passages", "reliability_word", "n_words"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(kind=["other" if t == "other" else "theme" for t in table["topic_id"]])


TOPICS = topic_rows(
    [("a", "Trade · yuan", 0.6, 6, "exploratory", 60), ("b", "War", 0.4, 4, "exploratory", 40)]
)


def test_overview_says_when_articles_crowd_on_a_day():
    summary = summary_of(["2024-05-16"] * 3 + ["2023-10-23", None], list("abcde"))
    found = findings.overview(summary, TOPICS)
    assert found.title == "Three of the five articles are from one day"
    assert "16 May 2024" in found.standfirst
    assert "60\u00a0%" in found.standfirst


@pytest.mark.parametrize(
    ("summary", "title"),
    [
        (summary_of(["2024-05-16"], ["a"]), "One article from one source"),
        (summary_of([None, None], ["a", None]), "Two articles from one source"),
        (summary_of([None, None], [None, None]), "Two articles"),
        (summary_of(["2024-05-16"] * 2, ["a", "b"]), "Both articles are from one day"),
    ],
)
def test_overview_of_small_corpora(summary, title):
    assert findings.overview(summary, topic_rows([])).title == title


def test_topics_are_called_themes_while_exploratory():
    assert findings.topics(TOPICS).title == "Two exploratory themes; “Trade · yuan” is the largest"
    stable = TOPICS.assign(reliability_word="stable")
    assert (
        findings.topics(stable).title
        == "“Trade · yuan” is the largest topic: 60\u00a0% of the words"
    )
    assert findings.topics(TOPICS.assign(reliability_word=["tentative", "stable"])).title == (
        "“Trade · yuan” (tentative) is the largest topic: 60\u00a0% of the words"
    )
    assert findings.topics(topic_rows([])).title == "Too little text for topics"


def mixes(*rows, unit="articles"):
    columns = ["source", "topic_id", "share", "residual", "q"]
    return pd.DataFrame(rows, columns=columns).assign(interval_unit=unit)


def test_sources_are_set_apart_only_when_their_articles_are():
    far = mixes(("x", "a", 0.2, -4.0, 0.001), ("y", "a", 0.7, 4.0, 0.001))
    assert findings.source_topics(far, TOPICS) == "The two sources differ on “Trade · yuan”"
    near = mixes(("x", "a", 0.2, -1.0, 0.3), ("y", "a", 0.4, 1.0, 0.3))
    assert (
        findings.source_topics(near, TOPICS) == "The two sources differ on no topic beyond chance"
    )
    few = mixes(("x", "a", 0.2, None, None), ("y", "a", 0.7, None, None), unit="passages")
    assert "Too few articles" in findings.source_topics(few, TOPICS)
    mixed = pd.concat([far, mixes(("z", "a", 0.0, None, None), unit="passages")])
    assert "two sources with enough articles" in findings.source_topics(mixed, TOPICS)
    assert separating_topics(near, TOPICS) == []


def test_the_clearest_topic_comes_first_and_other_never():
    table = mixes(
        ("x", "a", 0.2, -3.0, 0.01), ("y", "a", 0.7, 3.0, 0.01), ("x", "b", 0.2, -5.0, 0.001),
        ("x", "other", 0.1, 9.0, 0.0), ("x", "c", 0.1, 1.0, 0.4),
    )  # fmt: skip
    assert separating_topics(table, TOPICS) == ["b", "a"]


def test_keyness_without_a_clear_word_says_so():
    rows = pd.DataFrame(
        [("BBC", "oil", 0.1, math.log(4.1), 4, 1, False)],
        columns=["source", "term", "q", "log_odds", "n_group", "n_rest", "distinguishable"],
    )
    assert "too few to tell" in findings.keyness(rows, 5, 2).title
    clear = rows.assign(distinguishable=True, reference="the other")
    found = findings.keyness(clear, 5, 2)
    assert found.title == "BBC uses “oil” 4.1 times as often as the other"
    assert found.standfirst.startswith("It appears 4 times there and 1 time in the other.")
    assert "two sources" in findings.keyness(rows.iloc[:0], 5, 1).title


def test_the_title_names_the_first_word_of_a_chart_and_rather_one_that_others_use_too():
    """A list begins with what is sure to be used most often, which needn't have the least q."""
    rows = pd.DataFrame(
        [
            ("BBC", "Newshour", 0.0001, 9, 0),
            ("BBC", "second", 0.001, 9, 1),
            ("CBC", "rail", 0.02, 7, 1),
            ("CBC", "second", 0.002, 7, 1),
            ("DW", "first", 0.03, 7, 1),
        ],
        columns=["source", "term", "q", "n_group", "n_rest"],
    ).assign(distinguishable=True, reference="the 3 others", log_odds=math.log(7))
    assert findings.keyness(rows, 9, 4).title == (
        "CBC uses “rail” 7.0 times as often as the 3 others"
    )
    alone = rows[rows["source"] == "BBC"]
    assert findings.keyness(alone, 9, 4).title == (
        "BBC uses “second” 7.0 times as often as the 3 others"
    )
    assert findings.keyness(alone.head(1), 9, 4).title == "Only BBC uses “Newshour”"


def dated(rows):
    names = ["source", "n_dated", "quarter_day", "three_quarters_day"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(source_id=table["source"].str.lower())


def test_sources_of_other_times_are_warned_of():
    rows = dated(
        [
            ("BBC", 40, "2012-01-09", "2014-05-30"),
            ("CBC", 40, "2014-05-30", "2019-05-02"),
            ("DW", 40, "2016-02-01", "2016-02-20"),
            ("Few", 4, "2020-01-01", "2020-02-01"),
        ]
    )
    assert findings.other_times(rows, ["bbc", "cbc", "dw", "few"]) == (
        "Their dates differ: the middle half of BBC’s articles is from Jan 2012 to May 2014, of "
        "DW’s from Feb 2016. What differs may be the news of the day."
    )
    assert findings.other_times(rows, ["bbc", "cbc"]) == ""  # they share a day
    assert findings.other_times(rows, ["bbc", "few"]) == ""
    assert findings.other_times(rows.iloc[:0], ["bbc"]) == ""


def test_topics_no_firmer_than_shuffled_text_have_no_shares_to_quote():
    unproven = TOPICS.assign(share=math.nan)
    found = findings.topics(unproven)
    assert found.title == "Two themes to read, no shares to quote"
    assert "%" not in found.standfirst
    summary = summary_of(["2024-05-16", "2024-05-17"], ["a", "b"])
    said = findings.overview(summary, unproven).standfirst
    assert said.startswith("The text suggests two themes to read.")
    assert "%" not in said


def test_topics_are_counted_without_other_and_with_what_is_mixed():
    rows = topic_rows(
        [
            ("a", "Trade", 0.5, 60, "stable", 50),
            ("b", "War", 0.2, 40, "tentative", 20),
            ("c", "Odds · ends", 0.2, 30, "mixed", 20),
            ("other", "Other", 0.1, 9, "exploratory", 10),
        ]
    ).assign(kind=["theme", "theme", "mixed", "other"])
    said = findings.topics(rows).standfirst
    assert said == "Three topics, found in 139 passages: one stable, one tentative and one mixed."
    one, two = rows.iloc[[2]], rows.iloc[:2].assign(reliability_word="stable")
    assert findings.topics(one).standfirst == "One topic, mixed, found in 30 passages."
    assert findings.topics(two).standfirst == "Two topics, both stable, found in 100 passages."
    every = mixes(
        *(
            (source, topic, share, 4.0, 0.001)
            for source, shares in (("p", (0.6, 0.1, 0.3)), ("q", (0.1, 0.6, 0.1)))
            for topic, share in zip("abc", shares, strict=True)
        )
    )
    # What is no one theme says nothing of how sources differ.
    said = "The two sources differ on “Trade” and “War”"
    assert findings.source_topics(every, rows) == said


def test_a_topic_filter_is_what_the_title_speaks_of():
    chosen = TOPICS[TOPICS["topic_id"] == "b"]
    said = "“War” takes 40\u00a0% of all words of these sources and dates"
    assert findings.topics(chosen, n_topics=2).title == said
    summary = summary_of(["2024-05-16", "2024-05-17"], ["a", "b"])
    assert findings.overview(summary, chosen, n_topics=2).standfirst.startswith(said)


def test_other_alone_has_no_reliability_to_speak_of():
    other = topic_rows([("other", "Other", 0.1, 9, "exploratory", 10)])
    found = findings.topics(other, n_topics=3)
    assert found.title == "“Other” takes 10\u00a0% of all words of these sources and dates"
    assert found.standfirst == ""


def timeline_row(n_past, n_plans=0, n_shared=0, first=2019, last=2021, n_alleged=0):
    n = n_past + n_plans
    return SimpleNamespace(n_past=n_past, n_plans=n_plans, n_shared=n_shared, first=first,
                           last=last, n_alleged=n_alleged, n_statements=n, n_read=n)  # fmt: skip


@pytest.mark.parametrize(
    ("row", "title"),
    [
        (timeline_row(1, last=2019), "The story so far: one dated event, in 2019"),
        (timeline_row(4), "The story so far: four dated events, from 2019 to 2021"),
        (timeline_row(30, 5), "The story so far: 35 dated events, most of them from 2019 to 2021"),
        (timeline_row(0), "Nothing is dated here"),
    ],
)
def test_the_timeline_says_how_many_events_it_has(row, title):
    assert findings.timeline(row).title == title


def test_the_timeline_says_what_is_shared_and_what_was_ahead():
    said = findings.timeline(timeline_row(4, 1, 2)).standfirst
    assert said.startswith("Two are told by several sources. One was still ahead when told.")
    assert "several" not in findings.timeline(timeline_row(4)).standfirst
    assert "Three are only alleged." in findings.timeline(timeline_row(4, n_alleged=3)).standfirst
    assert "alleged" not in findings.timeline(timeline_row(4)).standfirst


def test_the_largest_topic_is_the_one_with_most_words_whatever_it_is():
    rows = topic_rows(
        [
            ("a", "Trade", 0.3, 6, "stable", 30),
            ("m", "People · time", 0.45, 4, "mixed", 45),
            ("t", "Sign up", 0.15, 4, "template", 15),
            ("other", "Other", 0.1, 1, "", 10),
        ]
    )
    rows["kind"] = ["theme", "mixed", "template", "other"]
    said = "“People · time” (mixed)"
    assert findings.topics(rows).title == f"{said} is the largest topic: 45\u00a0% of the words"
    overview = findings.overview(summary_of(["2024-05-16", None], ["a", "b"]), rows)
    assert f"three topics; the largest, {said}, takes 45\u00a0%" in overview.standfirst
    templates = rows[rows["kind"].isin(("template", "other"))]
    assert findings.topics(templates).title == "Too little text for topics"


def test_topics_without_a_word_in_view_are_not_counted():
    table = mixes(("A", "a", 0.9, 9.0, 0.0), ("B", "a", 0.1, -9.0, 0.0),
                  ("A", "b", 0.1, -9.0, 0.0), ("B", "b", 0.9, 9.0, 0.0))  # fmt: skip
    both = findings.source_topics(table, TOPICS)
    rows = topic_rows([*TOPICS.iloc[:, :6].to_numpy().tolist(), ("c", "Rail", 0, 0, "stable", 0)])
    assert findings.source_topics(table, rows) == both
