"""Lines that the articles of a source share."""

from __future__ import annotations

from dashboard.corpus.lines.repeats import repeated_lines

SIGN_OFF = "The views expressed here are those of the author and not of this house."


def body(n: int) -> list[str]:
    words = ["river", "bridge", "council", "school", "market", "harbour"]
    return [
        f"On day {n} the {words[n % 6]} was opened by the mayor, who spoke for {n} minutes.",
        f"Visitor number {n} said that the {words[(n + 1) % 6]} had changed more than anything.",
        f"Nobody could tell what year {n} would bring to the {words[(n + 2) % 6]} and its men.",
    ]


def texts(n: int, *extra: str) -> list[tuple[str | None, str]]:
    return [("Gazette", "\n".join([*body(i), *extra])) for i in range(n)]


def test_sentences_need_three_articles() -> None:
    assert repeated_lines(texts(2, SIGN_OFF)).get("Gazette") == frozenset()
    assert len(repeated_lines(texts(3, SIGN_OFF))["Gazette"]) == 1


def test_short_lines_need_two() -> None:
    assert repeated_lines(texts(2, "Gazette Extra"))["Gazette"] == {"gazette extra"}


def test_other_sources_do_not_count() -> None:
    both = [
        ("A", "\n".join([*body(1), "House line"])),
        ("B", "\n".join([*body(2), "House line"])),
    ]
    assert repeated_lines(both) == {}


def test_speakers_numbers_items_and_dates_are_left_alone() -> None:
    for line in ["Jane Doe:", "42", "• bread", "May 16, 2024"]:
        assert repeated_lines(texts(3, line))["Gazette"] == frozenset(), line
    talk = [
        ("Vox", "\n".join(["Sean Illing", body(i)[0], "Sean Illing", body(i)[1]])) for i in range(3)
    ]
    assert repeated_lines(talk)["Vox"] == frozenset()


def test_a_subheading_that_comes_now_and_then_stays() -> None:
    plain = [("Gazette", "\n".join(body(i))) for i in range(10)]
    headed = [
        ("Gazette", "\n".join([body(i)[0], "Background", *body(i)[1:]])) for i in range(20, 23)
    ]
    assert "background" not in repeated_lines(plain + headed)["Gazette"]
    assert "background" in repeated_lines(headed)["Gazette"]


def test_versions_of_one_article_keep_their_sentences() -> None:
    first = [f"Sentence number {n} of the report says what happened in the city." for n in range(8)]
    versions = [
        ("Gazette", "\n".join([*first, f"Update {n} came in late at night."])) for n in range(4)
    ]
    assert repeated_lines(versions)["Gazette"] == frozenset()


def test_no_articles() -> None:
    assert repeated_lines([]) == {}


def test_background_that_a_busy_newsroom_repeats_stays() -> None:
    background = "The bridge was closed for repairs after the flood, which killed three people."
    retold = [("Gazette", "\n".join([*body(i), background, *body(i + 50)])) for i in range(3)]
    others = [("Gazette", "\n".join(body(i))) for i in range(10, 50)]
    assert repeated_lines(retold + others)["Gazette"] == frozenset()
    closing = [("Gazette", "\n".join([*body(i), background])) for i in range(3)]
    assert len(repeated_lines(closing + others)["Gazette"]) == 1


def test_what_a_program_left_between_paragraphs_is_furniture() -> None:
    others = [("Gazette", "\n".join(body(i))) for i in range(10, 40)]
    for mark, known in [("[pullquote]", {"pullquote"}), ("Pullquote", set())]:
        marked: list[tuple[str | None, str]] = [
            ("Gazette", "\n".join([*body(i)[:2], mark, *body(i)[2:]])) for i in range(4)
        ]
        assert repeated_lines(marked + others)["Gazette"] == known
