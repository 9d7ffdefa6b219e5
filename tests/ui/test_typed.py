"""Names typed with commas between: what each is taken for."""

from __future__ import annotations

import pytest

from dashboard.ui.choice.typed import MOST_PIECES, read_names

NAMES = {
    "bbc": "BBC",
    "bbc-news": "BBC News",
    "cnn": "CNN (Web News)",
    "vox": "Vox",
    "post": "Post, The",
    "wp": "The Washington Post",
    "fox": "Fox and Friends",
    "nbc": "NBC",
    "msnbc": "MSNBC",
    "clarin": "Clarín",
    "renmin": "人民日报",
}


def taken(text: str) -> list[str]:
    return [piece.taken for piece in read_names(text, NAMES)]


@pytest.mark.parametrize(
    "text",
    [
        "cnn web, vox, clarin",
        "cnn web; vox;clarin;",
        "CNN (Web News)\nVox\n\nClarín",
        "1. cnn web\n2. vox\n3. clarin",
        "• CNN web\t• VOX\t• clarín",
        "cnn (web news) (1,234), Vox (234), Clarín (7)",
        "“cnn web”, 'vox', \"Clarín\"",
        "cnn web, vox and clarin",
        ", cnn web,, vox ,vox, clarin",
    ],
)
def test_names_are_told_apart(text: str) -> None:
    assert taken(text) == ["cnn", "vox", "clarin"]


def test_a_name_with_a_comma_or_an_and_is_one() -> None:
    assert taken("vox, post, the, fox and friends") == ["vox", "post", "fox"]
    assert taken("“Post, The”, vox") == ["post", "vox"]
    assert taken("人民日报, vox") == ["renmin", "vox"]


def test_the_very_name_wins_and_says_what_else_it_finds() -> None:
    (piece,) = read_names("bbc", NAMES)
    assert (piece.taken, piece.also) == ("bbc", ("bbc-news",))


def test_what_finds_several_is_never_guessed() -> None:
    (piece,) = read_names("post", NAMES)
    assert (piece.taken, piece.also, piece.near) == ("", ("post", "wp"), False)
    (alike,) = read_names("vox!", {"a": "Vox", "b": "VOX"})
    assert (alike.taken, alike.also) == ("", ("a", "b"))


def test_names_that_begin_so_come_first() -> None:
    (piece,) = read_names("news", {"a": "Renews", "b": "News One", "c": "All News"})
    assert piece.also == ("b", "c", "a")


def test_what_finds_nothing_names_what_is_spelt_alike() -> None:
    (near, nothing) = read_names("washinton post, foo", NAMES)
    assert (near.taken, near.also, near.near) == ("", ("wp",), True)
    assert (nothing.taken, nothing.also) == ("", ())


@pytest.mark.parametrize("text", ["", " , ;\n", "()", "“”", "(12)"])
def test_nothing_is_nothing(text: str) -> None:
    assert read_names(text, NAMES) == []


def test_a_whole_file_that_is_pasted_is_cut() -> None:
    assert len(read_names(",".join(f"x{i}" for i in range(100_000)), {"a": "A"})) == MOST_PIECES
    assert [p.taken for p in read_names("a", {})] == [""]
