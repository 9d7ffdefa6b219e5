"""Furniture by its shape, in German."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.keyness.house_style import in_house_style
from dashboard.scope import Scope

SYLLABLES = "bar kel mon tis ru fah lin dor".split()
WORDS = [a + b for a in SYLLABLES for b in SYLLABLES]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Thirty articles each: the Kurier repeats a line and a template and uses “Gemeinde” in its
    sentences; the Bote has none of them."""
    folder, random = tmp_path_factory.mktemp("style"), np.random.default_rng(2)
    for i in range(60):
        kurier = i % 2 == 0
        lines = []
        for _ in range(8):
            words = [str(w) for w in random.choice(WORDS, 22)]
            if kurier:
                words[int(random.integers(22))] = "Gemeinde"
            lines.append(" ".join(words).capitalize() + ".")
        if kurier:
            lines.insert(3, "Bildergalerie")
            lines[5] += " Jetzt unseren kostenlosen Rundbrief gleich hier bestellen."
        name = "Kurier" if kurier else "Bote"
        text = "\n\n".join(lines)
        (folder / f"{i:02d}.txt").write_text(text, encoding="utf-8")
        with (folder / "metadata.csv").open("a", encoding="utf-8") as file:
            if not i:
                file.write("file,title,source,date\n")
            file.write(f"{i:02d}.txt,T{i},{name},2024-01-{i % 28 + 1:02d}\n")
    build_index([folder], folder / "index", clean="never")
    return open_index(folder / "index")


def test_furniture_is_found_by_its_shape(index: Index) -> None:
    table = TABLES["house_style"](index, Scope())
    own = table[table["source"] == "Kurier"].set_index("term")
    assert own.loc["Bildergalerie", "shape"] == "line"
    assert own.loc["Rundbrief", "shape"] == "template"
    assert own.loc["Rundbrief", "n_group"] == 30
    assert own.loc["Rundbrief", "share"] == 1
    assert "gemeinde" not in own.index.str.lower()
    assert table[table["source"] == "Bote"].empty


def test_furniture_is_not_what_a_source_is_about(index: Index) -> None:
    table = TABLES["keyness"](index, Scope())
    clear = table[table["distinguishable"] & (table["source"] == "Kurier")]
    assert clear["term"].str.lower().tolist() == ["gemeinde"]


def test_a_source_is_not_told_by_its_own_name(tmp_path: Path) -> None:
    """“Kurier” is only in one name, “Post” in two, and “XYZ” are initials."""
    random, rows = np.random.default_rng(3), []
    for i in range(90):
        source = ("Kurier online", "XYZ Neue Post", "Alte Post online")[i % 3]
        words = [str(w) for w in random.choice(WORDS, 90)]
        for said in ("Kurier", "XYZ", "Post") if i % 3 < 2 else ("Fluss",):
            words.insert(int(random.integers(80)), said)
        rows.append({"text": " ".join(words) + ".", "source": source, "title": f"T{i}"})
    pd.DataFrame(rows).to_csv(tmp_path / "rows.csv", index=False)
    build_index([tmp_path / "rows.csv"], tmp_path / "index", clean="never")
    index = open_index(tmp_path / "index")
    keyness, style = TABLES["keyness"](index, Scope()), TABLES["house_style"](index, Scope())
    names = style[style["shape"] == "name"]
    assert set(zip(names["source"], names["term"], strict=True)) == {
        ("Kurier online", "Kurier"), ("XYZ Neue Post", "XYZ"),
    }  # fmt: skip
    own = {s: " ".join(rows["term"]).split() for s, rows in keyness.groupby("source")}
    assert "Kurier" not in own["Kurier online"]
    assert "XYZ" in own["Kurier online"]
    assert "XYZ" not in own["XYZ Neue Post"]


CAPTIONS = (
    "{0} Nordbild",
    "{0} | Foto Süd {1}",
    "{0} (Lena Berg/Nordbild)",
    "Zur Bildstrecke mit {1}",
)


def test_credits_programmes_and_cards_are_house_style(tmp_path: Path) -> None:
    """Of “Radio Eins” are the credits after a caption, its programme, and cards that name a person
    twice; “Hafen Club” is in as many of its articles, in sentences of its own."""
    random, rows = np.random.default_rng(5), []

    def sentence(more: str = "") -> str:
        words = [str(w) for w in random.choice(WORDS, 20)]
        words.insert(int(random.integers(4, 16)), more)
        return " ".join(filter(None, words)).capitalize().replace(more.capitalize(), more) + "."

    for i in range(120):
        lines = [sentence() for _ in range(6)]
        if i % 2:
            caption = CAPTIONS[i // 2 % 4]
            lines[2] = caption.format(sentence(), str(random.choice(WORDS)))
            lines[3] = sentence("Hafen Club")
            lines[4] = sentence("Frühe Stunde von Radio Eins" if i % 4 == 1 else "Frühe Stunde")
            lines[5] = sentence("Minister Otto Lang Otto Hermann Lang")
        rows.append(
            {"text": "\n\n".join(lines), "source": ("Bote", "Radio Eins")[i % 2], "title": f"T{i}"}
        )
    pd.DataFrame(rows).to_csv(tmp_path / "rows.csv", index=False)
    build_index([tmp_path / "rows.csv"], tmp_path / "index", clean="never")
    index = open_index(tmp_path / "index")
    style = TABLES["house_style"](index, Scope())
    own = style[style["source"] == "Radio Eins"]
    words = set(" ".join(own["term"]).lower().split())
    assert {"nordbild", "foto", "süd", "lena", "frühe", "stunde", "bildstrecke"} <= words
    assert {"hafen", "club"}.isdisjoint(words)
    told = TABLES["keyness"](index, Scope())
    told = set(" ".join(told[told["source"] == "Radio Eins"]["term"]).lower().split())
    assert {"hafen", "club"} <= told
    assert not told & {"nordbild", "foto", "lena", "frühe", "stunde", "bildstrecke"}


def test_pieces_of_lines_without_spaces_are_found_in_their_line(tmp_path: Path) -> None:
    """A piece by itself may be cut into other words than within its line."""
    text = "图|法新社记者摄影报道\n\n港口工人周二投票决定继续罢工。工会这样说。|新华社"
    rows = [{"text": text, "source": f"报{i % 2}", "title": f"题{i}"} for i in range(12)]
    pd.DataFrame(rows).to_csv(tmp_path / "rows.csv", index=False)
    build_index([tmp_path / "rows.csv"], tmp_path / "index", clean="never")
    (entries,) = open_index(tmp_path / "index").layer("house_style").segments
    assert len(entries["uses"])
    assert (entries["styled"].sum(axis=1) <= entries["uses"]).all()
    assert (entries["beside"] <= entries["uses"]).all()


def _sentences(random: np.random.Generator, said: str, n: int) -> list[str]:
    """Lines of the usual words, ``said`` within each, as it is."""
    lines = []
    for _ in range(n):
        words = [str(w) for w in random.choice(WORDS, 20)]
        words[0] = words[0].capitalize()
        words.insert(int(random.integers(4, 16)), said)
        lines.append(" ".join(words) + ".")
    return lines


def _built(tmp_path: Path, rows: list[dict[str, str]]) -> Index:
    pd.DataFrame(rows).to_csv(tmp_path / "rows.csv", index=False)
    build_index([tmp_path / "rows.csv"], tmp_path / "index", clean="never")
    return open_index(tmp_path / "index")


def test_buttons_before_captions_are_house_style(tmp_path: Path) -> None:
    """The Gazette has “Share Pin Print” and “SHUT” before captions, and “shut” in its sentences;
    of the Herald “Old Mayor Roy” begins lines, and stands within others as “the old mayor”."""
    random, rows = np.random.default_rng(7), []
    for i in range(80):
        lines = _sentences(random, "shut" if i % 2 else "the old mayor", 4)
        caption = " ".join(str(w) for w in random.choice(WORDS, 14)).capitalize()
        if i % 2:
            lines.insert(1, f"Share Pin Print {caption} in a photograph by the board.")
            lines.insert(3, f"SHUT {caption} speaks.")
        else:
            lines.insert(1, f"Old Mayor {caption} spoke to the board about it.")
        source = ("Herald", "Gazette")[i % 2]
        rows.append({"text": "\n\n".join(lines), "source": source, "title": f"T{i}"})
    index = _built(tmp_path, rows)
    style = TABLES["house_style"](index, Scope())
    found = {s: set(own["term"].str.lower()) for s, own in style.groupby("source")}
    assert {"share", "pin", "print"} <= set(" ".join(found["Gazette"]).split())
    assert "shut" not in found["Gazette"]  # in most of its uses a word of sentences
    assert not {"old", "mayor", "old mayor"} & found.get("Herald", set())
    told = TABLES["keyness"](index, Scope())
    told = set(told[told["source"] == "Gazette"]["term"].str.lower())
    assert "shut" in told
    assert not {"share", "pin", "print"} & set(" ".join(told).split())


def test_abbreviations_are_house_style_and_the_ends_of_sentences_are_not(tmp_path: Path) -> None:
    """The Gazette writes “Nordl.” and “Abg. Roy”, and ends sentences with “gesagt”; “Skt. Olav” is
    a place, and its name is no house's."""
    random, rows = np.random.default_rng(8), []
    for i in range(80):
        lines = _sentences(random, "Abg. Roy" if i % 2 else "Abgeordnete Roy", 3)
        lines += _sentences(random, "(U-Nordl.)" if i % 2 else "(U-Nordland)", 2)
        lines += _sentences(random, "Skt. Olav" if i % 2 else "Skt Olav", 2)
        lines = [line[:-1] + (" gesagt." if i % 2 else " gemeint.") for line in lines]
        source = ("Herald", "Gazette")[i % 2]
        rows.append({"text": " ".join(lines), "source": source, "title": f"T{i}"})
    index = _built(tmp_path, rows)
    style = TABLES["house_style"](index, Scope())
    short = style[style["shape"] == "abbreviation"]
    assert set(zip(short["source"], short["term"], strict=True)) == {
        ("Gazette", "Nordl"), ("Gazette", "Abg"), ("Gazette", "Skt"),
    }  # fmt: skip
    assert (short["share"] > 0.9).all()
    told = TABLES["keyness"](index, Scope())
    told = set(told[told["source"] == "Gazette"]["term"])
    assert "gesagt" in told
    assert not {"Nordl", "U-Nordl", "Abg", "Skt"} & told
    words = [["skt", "olav"], ["u", "nordl"]]
    phrases = [index.lexicon.find_phrase([*map(index.lexicon.find, each)]) for each in words]
    assert -1 not in phrases
    gazette = index.source_names.tolist().index("Gazette")
    assert in_house_style(index, gazette, np.asarray(phrases)).tolist() == [False, True]
