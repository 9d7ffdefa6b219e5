"""Labels in context: the furniture of outlets that no seed has, and content that must stay."""

from __future__ import annotations

import pytest

from dashboard.corpus.article import join_paragraphs
from dashboard.corpus.lines.label import clean_lines

PARAGRAPH = "The two leaders signed a statement in Beijing, and trade between them has grown."
SECOND = "Most of the payments are settled in roubles and yuan, the president told reporters."
THIRD = "Banks in the region fear the sanctions that the United States may impose on them."


def labels(text: str) -> dict[str, str]:
    """Label by the text of each line that isn't blank."""
    lines = clean_lines(text.split("\n"))
    return {line.text.strip(): line.label for line in lines if line.text.strip()}


def reasons(text: str) -> dict[str, str]:
    lines = clean_lines(text.split("\n"))
    return {line.text.strip(): line.reason for line in lines if line.text.strip()}


def kept(text: str) -> list[str]:
    return join_paragraphs(clean_lines(text.split("\n")))


def test_a_broadcasters_page() -> None:
    text = f"""Home
News
Sport
Weather
Putin arrives in Beijing for talks with Xi
Published
16 May 2024
Share
By Laura Bicker
China correspondent, BBC News
{PARAGRAPH}
Image caption,
The two leaders inspected a guard of honour
Image source, Getty Images
"No limits"
{SECOND}
Related Topics
Russia
China
More on this story
What Putin wants from Xi
Published 2 days ago
How China sees the war
Copyright © 2024 BBC. The BBC is not responsible for external sites."""
    assert kept(text) == [
        PARAGRAPH, "The two leaders inspected a guard of honour", '"No limits"', SECOND
    ]  # fmt: skip
    found = reasons(text)
    assert found["Sport"] == "tab label"
    assert found["Putin arrives in Beijing for talks with Xi"] == "title"
    assert found["By Laura Bicker"] == "byline"
    assert found["What Putin wants from Xi"] == "listed under “More on this story”"


def test_an_agencys_report() -> None:
    text = f"""Putin, Xi pledge deeper ties
By Bernard Orr, Guy Faulconbridge and Andrew Osborn
May 16, 2024 1:01 PM GMT+8 Updated 2 hours ago

BEIJING, May 16 (Reuters) - {PARAGRAPH}

"We are friends," Xi said.

Reporting by Bernard Orr in Beijing and Guy Faulconbridge in Moscow; Editing by Michael Perry
Our Standards: The Thomson Reuters Trust Principles."""
    assert kept(text) == [f"BEIJING, May 16 (Reuters) - {PARAGRAPH}", '"We are friends," Xi said.']


def test_a_page_with_its_site_in_the_title() -> None:
    text = f"""Share on Facebook
World | Asia

Banks in China freeze Russian payments, sources say | Example Times

Banks in China freeze Russian payments, sources say

JANE DOE, SENIOR CORRESPONDENT
Posted: 16/05/2024

{PARAGRAPH}

ADVERTISEMENT

{SECOND}

READ MORE: Oil flows east
Sign up for our newsletter

(c) a list item
(d) another list item that ends here"""
    assert kept(text) == [
        PARAGRAPH, SECOND, "(c) a list item", "(d) another list item that ends here"
    ]  # fmt: skip
    assert reasons(text)["JANE DOE, SENIOR CORRESPONDENT"] == "byline"


def test_house_labels_grow_from_the_logos_brand() -> None:
    text = f"""The deal that nobody expected this week
Gazette Insider
INSIDER
Gazette Insider: What the week was about.
Supported by
Acme logo
{PARAGRAPH}
Gazette Logo"""
    assert kept(text) == [PARAGRAPH]


def test_interviews_keep_their_speakers() -> None:
    text = f"""A conversation about the war economy

Sean Illing

What has changed?

Jane Roe

{PARAGRAPH}

Sean Illing

Why?

Jane Roe

Because."""
    assert kept(text) == [line for line in text.split("\n")[1:] if line]


def test_chronologies_keep_their_dates() -> None:
    text = f"""A timeline of the meetings

February 4, 2022

{PARAGRAPH}

March 21, 2023

{SECOND}

October 18, 2023

{THIRD}"""
    assert len(kept(text)) == 6


def test_list_articles_stay_whole() -> None:
    items = "\n".join(f"{n}. Country number {n}\nIt scored {n} points." for n in range(1, 60))
    text = f"Sixty places to see before you die\n\nShare\n{PARAGRAPH}\n{items}\nSubscribe"
    assert len(kept(text)) == 1 + 59 * 2
    bullets = "\n".join(f"• item {n}" for n in range(80))
    text = (
        f"Eighty items\n\n{PARAGRAPH}\n{bullets}\nAdvertisement\nShare\nSubscribe\nMore News\nMenu"
    )
    assert len(kept(text)) == 1 + 80


@pytest.mark.parametrize(
    "text",
    [
        "Putin and Xi met in Beijing on Thursday",
        "Yes.",
        "Q: Why did they meet?\nA: To sign.\nQ: And then?\nA: Dinner.",
        "The road goes on\nAnd on and on\n\nThe road goes on\nUntil the dawn",
        "Putin and Xi meet in Beijing\nTrade hits record high\nOil slips on fears\nFed holds",
        "- bread\n- butter\n- salt",
        "习近平同普京在北京举行会谈",
        "12\n34\n56",
        "Home\nIs where the heart is\nMore\nThan a house",
    ],
)
def test_short_texts_are_never_wiped_out(text: str) -> None:
    assert kept(text) == [line for line in text.split("\n") if line]


@pytest.mark.parametrize(
    ("title", "first", "second"),
    [
        (
            "习近平同普京举行会谈",
            "国家主席习近平十六日上午在北京人民大会堂同来华进行国事访问的俄罗斯总统普京举行会谈。",
            "普京表示，俄方愿同中方加强合作。",
        ),
        (
            "بوتين يلتقي شي في بكين",
            "التقى الرئيس الروسي فلاديمير بوتين نظيره الصيني شي جين بينغ في بكين اليوم الخميس.",
            "هل تنجح العلاقات بين البلدين في أصعب حالاتها؟",
        ),
        (
            "Путин прибыл в Пекин",
            "Президент России Владимир Путин прибыл в Пекин с визитом, который продлится два дня.",
            "Лидеры обсудят торговлю.",
        ),
        (
            "पुतिन बीजिंग पहुँचे आज",
            "रूस के राष्ट्रपति व्लादिमीर पुतिन दो दिन की राजकीय यात्रा पर बीजिंग पहुँचे।",
            "दोनों नेता व्यापार पर चर्चा करेंगे।",
        ),
    ],
)
def test_other_scripts(title: str, first: str, second: str) -> None:
    assert kept(f"{title}\n\n{first}\n\n{second}") == [first, second]


def test_wrapped_text_becomes_paragraphs() -> None:
    text = """A note on the visit

Vladimir Putin and Xi Jinping met in Beijing on Thursday, as Moscow and
Beijing deepen financial and trade ties between the two countries. The
visit was the first foreign trip of the Russian president since he began
his fifth term.

Trade between the two reached 240 billion dollars last year. Most of it
is settled in roubles and yuan, and the banks of both countries fear the
sanctions of the United States."""
    first, second = kept(text)
    assert first.startswith("Vladimir Putin and Xi")
    assert first.endswith("since he began his fifth term.")
    assert second.startswith("Trade between")


def test_menu_words_between_paragraphs_are_subheadings() -> None:
    text = f"Tech companies under fire again\n\n{PARAGRAPH}\n\nFacebook\n\n{SECOND}\n\nShare\nTweet"
    assert kept(text) == [PARAGRAPH, "Facebook", SECOND]


def test_the_title_may_be_known_already() -> None:
    lines = clean_lines(["Xi meets Putin", "Beijing was cold", PARAGRAPH], title="Xi meets Putin!")
    assert [line.label for line in lines] == ["metadata", "keep", "keep"]
    lines = clean_lines(["One, two", "three", "four", PARAGRAPH], title="Other", is_row=True)
    assert {line.label for line in lines} == {"keep"}


def test_lines_of_other_articles_are_set_aside() -> None:
    lines = clean_lines([PARAGRAPH, SECOND, "Our house style"], repeated={"our house style"})
    assert [line.reason for line in lines][2] == "repeated in other articles"


def test_a_pull_quote_is_said_once() -> None:
    text = f"A headline of some words\n{PARAGRAPH}\n{SECOND}\n{THIRD}\n{SECOND}"
    assert kept(text) == [PARAGRAPH, SECOND, THIRD]


def test_text_of_furniture_only_has_nothing_left() -> None:
    text = """icon-facebook icon-twitter
Oops!
Something went wrong.
Executive Summary
The Story So Far
Why This Matters
Microsoft logo
More News"""
    assert kept(text) == []


def test_no_lines() -> None:
    assert clean_lines([]) == []
    assert [line.reason for line in clean_lines(["", "  "])] == ["blank line", "blank line"]


@pytest.mark.parametrize(
    "line",
    [
        "« C'est fini », a déclaré le maire.",
        "News > World > Asia",
        "Source: I never said that.",
        "Sources: two people in the room said no.",
        "Received: wisdom says…",
        "References: none of the old men agree.",
        "We use cookies in the kitchen.",
        "Copyright 2019 was a bad year",
        "Sign up for the army",
        "Image: a country at war with itself",
        "Editors: we are not for sale",
        "Subject: a boy of ten",
        "记者：今年扩建",
        "18:40",
    ],
)
def test_sentences_within_the_text_need_a_second_sign(line: str) -> None:
    text = f"A headline of some words\n\n{PARAGRAPH}\n\n{line}\n\n{SECOND}"
    assert kept(text) == [PARAGRAPH, line, SECOND]


def test_lines_about_the_text_are_found_within_it() -> None:
    lines = ["Source:  Nikkei Asia", "Additional reporting by Kenji Kawase in Hong Kong.",
             "Sign up for our daily newsletter"]  # fmt: skip
    text = "\n\n".join(["A headline of some words", PARAGRAPH, *lines, SECOND])
    assert kept(text) == [PARAGRAPH, SECOND]
    text = f"A headline of some words\n{PARAGRAPH}\nAdvertisement\n0:45\n{SECOND}"
    assert kept(text) == [PARAGRAPH, SECOND]


def test_liveblogs_keep_their_times() -> None:
    text = f"A headline of some words\n18:40\n{PARAGRAPH}\n12:30\n{SECOND}"
    assert kept(text) == ["18:40", PARAGRAPH, "12:30", SECOND]


@pytest.mark.parametrize(
    "head",
    [
        "Bridge Wars Return\nAda Byron\nLondon",
        "Bridge Wars\nAda Byron\nLondon",
        "Lentil Soup\nOnion\nSalt\nPepper",
        "Lentil Soup\nOnion\nSalt\nPepper\n\nCook the onion slowly first",
        "Grandmother's lentil soup\n\nServes 4\n2 cups lentils\n1 onion\nSalt",
        "Football results today\nLeeds 2\nHull 1\nYork 0",
        "Two lists of names found\nAda Byron\nJane Roe\nAnn Doe",
    ],
)
def test_short_lines_without_a_page_around_are_no_tabs(head: str) -> None:
    found = clean_lines(f"{head}\n\n{PARAGRAPH}".split("\n"))
    assert {line.label for line in found if line.text} <= {"keep", "metadata"}


@pytest.mark.parametrize(
    "head",
    [
        "Alpha\nBeta\nGamma\nDelta",
        "Executive Summary\nThe Story So Far\nGamma",
    ],
)
def test_tabs_have_a_second_sign(head: str) -> None:
    tabs = head.split("\n")
    page = "" if "Summary" in head else "Share this article\n"
    assert kept(f"{page}{head}\n{PARAGRAPH}") == [PARAGRAPH]
    assert {reasons(f"{page}{head}\n{PARAGRAPH}")[tab] for tab in tabs} == {"tab label"}
