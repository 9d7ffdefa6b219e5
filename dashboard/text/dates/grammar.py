"""The words and patterns of a language, as regular expressions that are tried where a word of
theirs begins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import re2

from dashboard.text.dates.places import NOTHING, Places

FOLDER = Path(__file__).parent
#: Numbers, written in figures.
_NUMBERS = {
    "day": r"(?:3[01]|[12]\d|0?[1-9])",
    "year": r"(?:1\d|20)\d\d",
    "y2": r"\d\d",
    "mm": r"(?:0\d|1[0-2])",
    "dd": r"(?:[0-2]\d|3[01])",
    "d1": r"\d{1,2}",
    "d2": r"\d{1,2}",
    "q": r"[1-4]",
    "n": r"\d{1,3}",
    "c": r"(?:1\d|2[01]|[1-9])",
    "decade": r"(?:(?:1[5-9]|20)\d0(?:'|’)?|['’‘]\d0)s",
}
#: What must follow such a number, or may not.
_ENDS = {
    "day": r"(?!\d)",
    "year": r"(?!\d|[.,]\d)",
    "y2": r"(?!\d)",
    "dd": r"(?!\d)",
    "decade": r"\b",
}
# What may not follow a number, or must follow a word, for it to be a date.
_LOOKS = {
    "{uncounted}": r"(?![\d%:]|[.,]\d| ?(?:%|percent|{counted})(?!\w)|-\w)",
    "{stop}": r"(?=[,.;:)”\"]|$| (?:and|but|in|at|on|when|with|to)\b)",
    "{stop_noun}": r"(?! (?:of|as)\b)",
    "{stop_mark}": r"(?=[,.;)])",
    "{nth}": r"(?:(?:st|nd|rd|th)\b)",
}
# The same for a first look, which finds more.
_LOOSE = {**dict.fromkeys(_LOOKS, ""), "{nth}": "(?:st|nd|rd|th)"}
#: Before a date stands a space, a bracket or a mark of quotation, so that letters inside a word are
#: passed by; not what makes a number an amount or a code.
_BEFORE = r"\s(\[“\"'‘’—–/„«"
_CLASS = re.compile(r"\{(\w+?)(\d?)\}")
_ARTICLE = re.compile(r"\[(\w+) \](!?)")
#: Letters, each with what may follow it; an empty one ends a word.
_Tree = dict[str, "_Tree"]
_MOST_KINDS = 200_000  # words of a corpus whose tense is kept
_DASH = "[-‐‑–—]"
_SPACE = "[ \u00a0\u202f]"


class Kinds(dict[str, str]):
    """Word → what it tells of tense: ``future``, ``past``, ``present``, ``be``, ``to come`` (with
    "to" after it) or "". Looked up once a word, up to a bound."""

    def __init__(self, words: Mapping[str, frozenset[str]], *, alone: bool = False) -> None:
        super().__init__()
        self._words, self._alone = words, alone

    def __missing__(self, word: str) -> str:
        found = self._kind(word)
        if len(self) < _MOST_KINDS:
            self[word] = found
        return found

    def _kind(self, written: str) -> str:
        words, word = self._words, written.casefold()
        is_verb = word in words.get("finite", ()) or word in words.get("future", ())
        if written[:1].isupper() and (not is_verb or word in words.get("capital_names", ())):
            return ""
        if not self._alone and word in words.get("to_come", ()):
            return "to come"
        if word in words.get("future", ()) or word.endswith(("'ll", "'d")):
            return "future"
        if word in words.get("be", ()):
            return "be"
        endings = tuple(words.get("past_ending", ()))
        is_past = len(word) > 3 and word.endswith(endings) and word not in words.get("not_past", ())
        if word in words.get("past", ()) or (endings and is_past):
            return "past"
        return "present" if word in words.get("finite", ()) else ""


#: Rule → (class, number of its group) of each class in it.
Groups = Mapping[str, list[tuple[str, int]]]


class Patterns(dict[str, tuple[re.Pattern[str], Groups]]):
    """First word in small letters, ``#`` for a figure → the pattern of its rules, with the classes
    and groups of each. Compiled when it is first looked up: all of them take a second. A word
    without rules has those of ``#``."""

    def __init__(self, rules: Mapping[str, list[str]]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, word: str) -> tuple[re.Pattern[str], Groups]:
        if word not in self._rules:
            return self["#"]
        found = self[word] = _compiled(self._rules[word])
        return found


@dataclass(frozen=True)
class Grammar:
    """One language. ``values``: class → word in small letters → value; ``by_start``: a pattern for
    each first word; ``readings``: the reading of each rule, by the name of its group;
    ``articles``: the word that belongs to it where it stands before it; ``words``: class → all its
    words; ``kinds``, ``kinds_alone``: with "to" after it, or not; ``caption``: what captions say,
    for RE2 in UTF-8; ``places``: where a date may begin, after a space or a mark."""

    values: Mapping[str, Mapping[str, str]]
    words: Mapping[str, frozenset[str]]
    by_start: Patterns
    readings: Mapping[str, str]
    articles: Mapping[str, str]
    places: Places
    kinds: Kinds
    kinds_alone: Kinds
    caption: Any


@cache
def grammar_of(language: str) -> Grammar | None:
    """The grammar of a language by its ISO 639-1 code, None where there is none."""
    folder = FOLDER / language
    if not (folder / "patterns.txt").is_file() or not language.isalpha():
        return None
    classes = _read_classes(folder / "words.txt")
    rules: dict[str, list[str]] = defaultdict(list)
    readings: dict[str, str] = {}
    articles: dict[str, str] = {}
    starts: set[str] = set()
    loose: list[str] = []
    for number, (reading, written) in enumerate(_read_lines(folder / "patterns.txt")):
        name = f"r{number}"
        readings[name] = reading
        article = _ARTICLE.match(written)
        if article is not None:
            articles[name] = article[1]
            written = written[article.end() :]
        needed = (
            f"(?<={_letter(article[1][0], is_first=True)}{article[1][1:]} )"
            if article and article[2]
            else ""
        )
        compiled = f"{needed}(?P<{name}>{_compile(written, classes, number, _LOOKS, _ENDS)})"
        loose.append(_compile(written, classes, number, _LOOSE, {}))
        found = list(_starts(written, classes))
        starts.update(found)
        for head in dict.fromkeys(map(_head, found)):
            rules[head].append(compiled)
    values = {
        name: {word.casefold().rstrip("."): value for word, value in words.items()}
        for name, words in classes.items()
    }
    words = {name: frozenset(w.casefold() for w in own) for name, own in classes.items()}
    return Grammar(
        values,
        words,
        Patterns(dict(rules)),
        readings,
        articles,
        Places(_starting(starts), _BEFORE, loose),
        Kinds(words),
        Kinds(words, alone=True),
        re2.compile(_any_of(classes["caption"]).encode() or NOTHING.encode()),
    )


def _compiled(rules: list[str]) -> tuple[re.Pattern[str], Groups]:
    pattern = re.compile(f"(?:{'|'.join(rules)})(?![\\w])")
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, number in pattern.groupindex.items():
        word, _, rule = name.rpartition("_")
        if word:
            groups[f"r{rule}"].append((word, number))
    return pattern, groups


def _read_lines(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, rest = line.partition(": ")
            yield name, rest


def _read_classes(path: Path) -> dict[str, dict[str, str]]:
    classes: dict[str, dict[str, str]] = defaultdict(dict)
    for name, words in _read_lines(path):
        for entry in words.split():
            word, _, value = entry.partition("=")
            classes[name][word.replace("_", " ")] = value
    return classes


def _compile(
    pattern: str,
    classes: Mapping[str, Mapping[str, str]],
    rule: int,
    looks: Mapping[str, str],
    ends: Mapping[str, str],
) -> str:
    for name, look in looks.items():
        pattern = pattern.replace(name, look)

    def group(match: re.Match[str]) -> str:
        name, second = match.groups()
        full = name + second
        if full in _NUMBERS:
            inner = _NUMBERS[full] + ends.get(full, "")
        elif name in _NUMBERS:
            inner = _NUMBERS[name] + ends.get(name, "")
        else:
            inner = _any_of(classes[name])
        return f"(?:{inner})" if name == "counted" else f"(?P<{full}_{rule}>{inner})"

    # Dashes and spaces first, while classes are still names.
    spaced = re.sub(r"(?<![\[\\])-(?![^\[]*\])", _DASH, pattern).replace(
        "[ -]", f"(?:{_SPACE}|{_DASH})"
    )
    spaced = re.sub(r" (?![^\[]*\])", _SPACE, spaced)
    spaced = re.sub(r"\(\?P<(\w+)>", rf"(?P<\1_{rule}>", spaced)
    return _CLASS.sub(group, spaced)


def _any_of(words: Iterable[str]) -> str:
    """One of these words as a pattern, the longest that fits, letter by letter: a small first
    letter may be a capital; "." at the end may be missing."""
    tree: _Tree = {}
    for word in words:
        for spelled in {word, word.removesuffix("."), word.replace(". ", " ")}:
            node = tree
            for i, letter in enumerate(spelled):
                node = node.setdefault(_letter(letter, is_first=not i), {})
            node[""] = {}
    return _branches(tree)


def _letter(letter: str, *, is_first: bool) -> str:
    if letter == "0":
        return r"\d"
    if letter in " -":
        return _SPACE if letter == " " else _DASH
    if is_first and letter.islower():
        return f"[{letter}{letter.upper()}]"
    return re.escape(letter)


def _branches(tree: _Tree) -> str:
    branches = [key + _branches(below) for key, below in sorted(tree.items()) if key]
    if not branches:
        return ""
    inner = branches[0] if len(branches) == 1 and "" not in tree else f"(?:{'|'.join(branches)})"
    return f"{inner}?" if "" in tree else inner


def _starts(pattern: str, classes: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """What a match may begin with: a word, or two where the second is a class as well; a figure is
    ``0``."""
    if pattern.startswith("(?:"):
        for option in pattern[3 : pattern.index(")")].split("|"):
            yield from _starts(option + pattern[pattern.index(")") + 1 :], classes)
        return
    if pattern.startswith("(?P<"):
        inside = pattern[pattern.index(">") + 1 : pattern.index(")")]
        yield from (option.partition(" ")[0] for option in inside.split("|"))
        return
    first = _CLASS.match(pattern)
    heads = _words_of(first, classes) if first else [re.split(r"[\\(\[{?, ]", pattern)[0]]
    rest = pattern[first.end() if first else len(heads[0]) :]
    second = _CLASS.match(rest[1:]) if rest.startswith(" ") else None
    follows = (
        [w for word in _words_of(second, classes) for w in [word.split()[0]]] if second else []
    )
    for head in heads:
        if " " in head or not follows:
            yield " ".join(head.split()[:2])
        else:
            yield from (f"{head} {word}" for word in follows)


def _words_of(found: re.Match[str] | None, classes: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The words of a class; a figure is ``0``."""
    if found is None:
        return []
    name, second = found.groups()
    if name + second in _NUMBERS or name in _NUMBERS:
        return ["0"] + (["'", "’", "‘"] if name == "decade" else [])
    return [word if word[0].isalpha() else "0" for word in classes[name]]


def _head(start: str) -> str:
    """The key of a start in ``by_start``."""
    word = re.match(r"[^\W\d_]+", start)
    return word[0].casefold() if word else "#"


def _starting(words: Collection[str]) -> re.Pattern[str]:
    """Where a date may begin, as group 1, from the sign before it on."""
    alone = {word for word in words if " " not in word}
    spelled = _any_of(
        word for word in words if word[0].isalpha() and word.split()[0] not in alone - {word}
    )
    return re.compile(rf"[{_BEFORE}](?=(\d|['’‘](?=\d0s)|(?:{spelled})(?![^\W\d_])))")
