"""What is no speaker, what nobody says, and where a speaker is only “probably” the one."""

from __future__ import annotations

import pytest

from dashboard.text.quotations.speakers.same_people import shared_names
from dashboard.text.quotations.voices import Voice, find_voices
from dashboard.text.sentences import sentence_spans

SURE = 0.75


def voices_of(*passages: str) -> list[Voice]:
    return find_voices(passages, [sentence_spans(passage) for passage in passages])


def spoken(*passages: str) -> list[str]:
    """Who surely says something, in the order of the text."""
    return [
        voice.speaker
        for voice in voices_of(*passages)
        if voice.speaker and voice.confidence >= SURE and voice.kind not in ("phrase", "title")
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Emptying Quarry Lake will take weeks. Lake officials said it was “slower than hoped.”",
            "Lake officials",
        ),
        ("In her book The No Fuss Diet, O’Malley also wrote it off, saying “nobody eats it.”",
         "O’Malley"),
        ("Finch used harsh words for the board, saying it “never once” paid.", "Finch"),
        ("Finch said the two would come on Monday and would “tell us all about the dam.”", "Finch"),
        (
            "Orla Finch, R-Ely, blasted Liberals for the row and said it was “time for a start.”",
            "Orla Finch",
        ),
        (
            "After Tom Ode, D-Ely, spoke of the dam, Finch left, saying it was “much too late.”",
            "Finch",
        ),
        ("The judge said Ode’s constant tweets about it made it “hard to go on.”", "The judge"),
        ("Perhaps Lind is right. Lind said the dam was “too old to mend.”", "Lind"),
        ("Ode often interrupted the others, told them to stop saying “no more dams here.”", "Ode"),
        ("The boat was described by Ode as “a coffin with a sail.”", "Ode"),
        ("Finch stands by the plan, calling the other one “a gift to smugglers.”", "Finch"),
        ("It was a row she described as “four days of nonsense over a fence.”", "she"),
        ("The row his staff calls “a question that has no end” goes on.", "his staff"),
        (
            "As the Courier notes, in 1997 the envoy to Brenna called it “a very cold peace.”",
            "the envoy to Brenna",
        ),
        ("Orla Finch sang for an hour, and criticized the judges for “hearing nothing.”",
         "Orla Finch"),
        ("Police Superintendent Orla Finch said it was “too dark to see.”", "Orla Finch"),
        ("Finch, Ode and Lind said the dam was “a danger to us all.”", "Finch, Ode and Lind"),
        ("On Friday, Finch and Ode said the dam was “a danger to us all.”", "Finch and Ode"),
        (
            "The Board of Dams, Locks and Weirs said the gate was “older than the town.”",
            "The Board of Dams, Locks and Weirs",
        ),
        ("Her oldest friend, a retired diver, Tom Ode, told WQ News, “She never feared it.”",
         "Tom Ode"),
        ("A Liberal and some Greens said the vote was “over before it began.”",
         "A Liberal and some Greens"),
    ],
)  # fmt: skip
def test_a_name_has_no_word_too_many_and_none_too_few(text: str, speaker: str) -> None:
    found = [voice for voice in voices_of(text) if voice.kind in ("direct", "mixed")]
    assert [voice.written.split("Superintendent ")[-1] for voice in found] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said she had read “The Long Winter of the Gulls” twice.",
        "“It was late,” Orla Finch said on “Morning with Mara.” Then she left.",
        "Tom Ode, who wrote “Rivers of the North,” told the court that he had no boat.",
        "The dam was old, says Lena Ode, author of “Water and Stone: A History of Weirs.”",
        "The club said it would begin its “Clean Shores Now” campaign in May.",
        "Sailors are celebrating “Harbour Week” with songs.",
        "The ferry, called the “Lady Mara,” sank.",
        "WATCH MORE: ‘Ten gulls that nobody could catch, not even with bread’",
    ],
)
def test_a_title_or_a_name_is_said_by_nobody(text: str) -> None:
    *_, last = (voice for voice in voices_of(text) if text[voice.start - 1] in "“‘")
    assert last.confidence < SURE


@pytest.mark.parametrize(
    "text",
    [
        "Ode burned all of his old claims that had lain in the attic.",
        "Those clumsy little seagull jokes “went too far” in the end.",
        "He sold the boat to Brenna, the buyer of so many Liberal Party emails.",
        "Such old pledges, the mayor said, have to be kept for years.",
        "In June, Finch announced a plan to cut the fees on boats that come from Brenna.",
        "The row says more about the despair of the board than it does about the dam.",
        "Last Monday, Tom Ode announced his retirement, which left the board shut for a year.",
        "Tom Ode told the courier in the talk published on Friday.",
        "As WQ News reported earlier this week, the dam, built in May, was shut by a judge.",
        "He knew of two rulings that Judge Ode wrote the opinions for when he was ill.",
        "Seconds after he had been named, Mayor Ode turned to the crowd and asked a question.",
        "Here is what Ms. Ode said last year, which pleased many.",
        "It has become a hot topic for journals, op-ed pages, and blogs.",
        "The vote is out on Ode, who leads his main rival, state Sen. Lars Lind, by nine.",
        "The town announced sting operations to catch divers who have exceeded the cap.",
        "The army had warned the other army before attacking the field, which is a base.",
        "Standing a block from the gate, the mayor said nothing about the dam.",
        "Likewise, states that used the fund to lower the price could sell the rest.",
        "Critics cited that clause as proof of the mayor’s plan.",
        "Orla Finch echoed that in a letter which called for calm.",
        "Ode says in a film that shows how his father built the dam.",
        "The reason that Finch is insisting on a vote is that nobody else wants one.",
        "About a tenth of the sailors over 60 reported using the old lamp.",
        "Seats are handed out according to the results in each town.",
        "The firm may change its prices at will and according to its mood.",
        "“It is done,” Tom Ode told WQ News before the gates had been opened.",
        "It’s unlikely to rain, admitted the oldest of them, although nobody could be sure.",
    ],
)
def test_nothing_is_said_in_other_words(text: str) -> None:
    assert not [v for v in voices_of(text) if v.kind == "indirect" and v.confidence >= SURE]


def test_what_is_said_by_another_voice_in_the_sentence_is_not_lost() -> None:
    (voice,) = voices_of("Two nurses at the clinic announced four new cases, the Valley Post said.")
    assert voice.speaker == "the Valley Post"
    (voice,) = voices_of("But according to the harbour board, the pier will stand.")
    assert voice.speaker == "the harbour board"


def test_a_relative_without_that_is_no_part_of_the_speaker() -> None:
    (voice,) = voices_of("Half of the divers they met said they were “tired and cold.”")
    assert voice.written == "Half of the divers"


def test_a_line_that_tells_an_audience_has_what_it_is_told() -> None:
    text = "Finch told the cheering crowd, which had waited since noon."
    assert not voices_of(text)
    (voice,) = voices_of("Finch told the board that the dam would hold.")
    assert voice.speaker == "Finch"


@pytest.mark.parametrize(
    "text",
    [
        "Key Liberals are rejecting calls to “drain the lake” before winter.",
        "The mayor called for a ban on “lake talk” in the council.",
        "Ode sued the town, citing the treaty that guarantees “free passage for all who fish.”",
        "One sailor read a sign that simply said “no more dams here.”",
        "The film showed the dam as a wreck, at odds with reports of “a marvel of the north.”",
        "The boats came with flags that said “no more dams.”",
        "The school is responding to the wish of its pupils to “drain” the lake.",
        "He saw a boat admired by Ode in a “most peculiar” way.",
        "Finch waited until Ode had left the room, saying it was “time to go home.”",
        "The level of the lake will be “lower” by spring, the board said.",
        "The season has been the wettest since 1950, suggesting that “floods” are near.",
    ],
)
def test_words_that_may_be_anybodys_are_a_doubt(text: str) -> None:
    (voice,) = (v for v in voices_of(text) if v.kind != "indirect")
    assert voice.confidence < SURE


def test_those_who_said_something_and_did_something_else_are_a_doubt() -> None:
    (voice,) = voices_of("Members who said they would vote for the dam have changed their minds.")
    assert voice.confidence < SURE


QUOTE = "“Nobody asked us about the dam,” {} said."


@pytest.mark.parametrize(
    ("before", "pronoun", "speaker"),
    [
        ("Judith Finch beat Peter Ode by nine votes.", "he", "Peter Ode"),
        ("Hurricane Mara was near. Peter Ode, the mayor, spoke at noon.", "he", "Peter Ode"),
        ("Peter Ode spoke at noon. He named Carl Lind as his heir.", "he", "Peter Ode"),
        ("Peter Ode left. The administration said it was for the best.", "he", "Peter Ode"),
        ("Officials told WQ News that Judith Finch would go. But she put it off.", "she",
         "Judith Finch"),
        ("While it rained, and the lake rose, Peter Ode says. It was cold.", "he", "Peter Ode"),
    ],
)  # fmt: skip
def test_whom_a_pronoun_means(before: str, pronoun: str, speaker: str) -> None:
    *_, voice = voices_of(before, QUOTE.format(pronoun))
    assert voice.speaker == speaker


def test_of_two_in_a_sentence_he_is_a_doubt() -> None:
    *_, voice = voices_of(
        "It was a surprise even to Peter Ode that Carl Lind won.", QUOTE.format("he")
    )
    assert voice.confidence < SURE


def test_he_is_the_one_who_says_something_in_the_sentence() -> None:
    text = (
        "When Carl Lind made the charge, Peter Ode said he had paid, though he said it “took long.”"
    )
    *_, voice = voices_of("Carl Lind and Peter Ode met.", text)
    assert voice.speaker == "Peter Ode"


def test_a_thing_that_is_named_before_is_nobody_he_can_be() -> None:
    *_, voice = voices_of("The outcry follows a report on Peter Ode.", QUOTE.format("he"))
    assert voice.speaker == "Peter Ode"


def test_mr_is_a_man() -> None:
    *_, voice = voices_of("Judith Ode and Peter Ode came by boat.", "“It was cold,” Mr. Ode said.")
    assert voice.speaker == "Peter Ode"
    *_, voice = voices_of("Peter Ode and Judith Ode came by boat.", "“It was cold,” Mrs. Ode said.")
    assert voice.speaker == "Judith Ode"


def test_a_president_is_not_the_wife_who_is_named_in_full() -> None:
    *_, voice = voices_of("Judith Ode waved. President Ode left.", "“It was cold,” Ode told us.")
    assert voice.speaker == "Ode"
    *_, voice = voices_of("President Judith Ode left.", "“It was cold,” President Ode told us.")
    assert voice.speaker == "Judith Ode"


def test_the_mark_of_a_genitive_is_no_part_of_a_name() -> None:
    *_, voice = voices_of("Peter Lings’ boat sank.", "“It was cold,” Lings told us.")
    assert voice.speaker == "Peter Lings"
    (voice,) = voices_of("“It was cold,” Valley News’ Peter Ode wrote.")
    assert voice.speaker == "Peter Ode"
    (voice,) = voices_of("“The rules are clear on that,” states Ode.")
    assert voice.speaker == "Ode"


def test_the_third_of_a_name_is_part_of_it() -> None:
    (voice,) = voices_of("Peter Ode III, a son of the singer, said the dam was safe.")
    assert voice.speaker == "Peter Ode III"
    signed = "“There is no sign that it has ever worked at all.” —Judith E. Ode, Valley Post"
    (voice,) = voices_of(signed)
    assert voice.speaker == "Judith E. Ode"


def test_a_party_and_a_date_are_not_in_the_way() -> None:
    text = "Senator Tom Ode, Democrat of Ely and chairman of the panel, said the dam was old."
    (voice,) = voices_of(text)
    assert voice.speaker == "Tom Ode"
    text = "It was late until the Courier reported Feb. 9, 2017 that the dam had in fact burst."
    (voice,) = voices_of(text)
    assert text[voice.start : voice.end].startswith("the dam had")


def test_where_what_is_said_ends() -> None:
    text = "Yet some say that even in the north, there are fears of a flood."
    (voice,) = voices_of(text)
    assert text[voice.start : voice.end].startswith("even in the north, there are fears")
    first, second = voices_of("Ode said the dam had burst, and Finch said that it was old.")
    assert (first.speaker, second.speaker) == ("Ode", "Finch")
    (voice,) = voices_of("A diver who would not give his name said he had seen the gate.")
    assert voice.speaker == "A diver"


def test_the_site_of_a_ministry_is_not_the_outlet_that_was_named() -> None:
    first = "ABC News asked about the pumps."
    *_, voice = voices_of(first, "The website of the ministry read, “All of the pumps are ours.”")
    assert voice.speaker == "The website of the ministry"


def test_spoken_helper_counts_only_what_is_sure() -> None:
    assert spoken("“We will stay,” Orla Finch said.") == ["Orla Finch"]
    assert spoken("Many believe that the lake will rise.") == []


def test_a_firm_is_not_the_one_of_its_services_that_speaks_now_and_then() -> None:
    shared = shared_names(["Corvia"] * 9 + ["Corvia Maps"] * 4 + ["Finch"] * 9 + ["Orla Finch"] * 4)
    assert (shared["Corvia"], shared["Finch"]) == ("Corvia", "Orla Finch")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to a Corvia poll taken in May, 61% of voters want a new dam.", "a Corvia poll"),
        ("A survey conducted in June found that few people like rain.", "A survey"),
        ("The gate was shut for a year, an aide briefed on the talks told Tass.", "an aide"),
        ("The men accused of theft said they were at home.", "The men"),
        (
            "The row was felt inside Quarry Gate where weary aides said they feared it.",
            "weary aides",
        ),
        ("He met two divers who officials said had left the lake.", "officials"),
        ("The town where the aides live said it would close the road.", "The town"),
    ],
)
def test_whose_verb_it_is_beside_participles_and_relatives(text: str, speaker: str) -> None:
    assert spoken(text) == [speaker]
