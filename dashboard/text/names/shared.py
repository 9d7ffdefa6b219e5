"""Shared names: one name for whom the articles of a corpus write in several ways, and its kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.text.names.find import plain
from dashboard.text.names.lexicon import NameWords
from dashboard.text.names.pieces import DESCRIBES, PLACED, SPEAKS, TITLED, UNSURE
from dashboard.text.quotations.speakers.names import is_outlet
from dashboard.text.quotations.speakers.same_people import key_of
from dashboard.text.word_lists import PARTICLES

KINDS = ("person", "organisation", "place", "unknown")

_MOST_LIKELY = 0.8  # of the uses of a surname that one full name has
_LEAST_USES = 3
_LONGER_IS_RARE = 5  # times as often is the shorter of “Hillary (Rodham) Clinton”
_MOST_SMALL = 0.5  # small uses against those with a capital: above, it is a word
_FEW_SMALL = 0.05
_MOST_ADJECTIVE = 0.4  # of the uses of “Bosnian” before a noun
_LEAST_SURE = 0.1
_LEAST_PLACED = 0.08
_LEAST_PERSON = 0.08
_BITS = {"unsure": UNSURE, "titled": TITLED, "placed": PLACED, "speaks": SPEAKS,
         "describes": DESCRIBES}  # fmt: skip


@dataclass
class Uses:
    """How often a name is used, and what was seen there, see ``pieces``."""

    n: int = 0
    unsure: int = 0
    titled: int = 0
    placed: int = 0
    speaks: int = 0
    describes: int = 0

    def add(self, other: Uses) -> None:
        """Both together."""
        for name in ("n", *_BITS):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @classmethod
    def of(cls, counts: Mapping[int, int]) -> Uses:
        """From the number of uses by their bits."""
        found = cls(sum(counts.values()))
        for name, bit in _BITS.items():
            setattr(found, name, sum(n for bits, n in counts.items() if bits & bit))
        return found


def shared_names(
    uses: Mapping[str, Uses],
    meant: Mapping[str, Mapping[str, int]],
    small: Mapping[str, int],
    words: NameWords,
) -> tuple[dict[str, str], dict[str, str]]:
    """Of each name as its article has it the name that all articles share, "" for what is no name
    or could be several; and the kind of each shared name, one of ``KINDS``.

    ``meant``: by a word that stands alone, which full names its articles mean by it, and how often;
    ``small``: how often a word, case folded, begins with a small letter.

    Writings that differ in case, points, hyphens or “the” are one, and so are middle initials and
    names that everybody knows by another one. A word by itself is the full name that four fifths of
    the articles mean by it that say the full name. Words that are small more often, adjectives of a
    nationality, and what only begins sentences are dropped.
    """
    one = _one_writing(uses, words)
    pooled: dict[str, Uses] = defaultdict(Uses)
    for name, own in uses.items():
        pooled[one[name]].add(own)
    full: dict[str, Counter[str]] = defaultdict(Counter)
    for word, names in meant.items():
        for name, n in names.items():
            full[plain(word)][one.get(name, name)] += n
    by_part: dict[str, Counter[str]] = defaultdict(Counter)
    for name, own in pooled.items():
        parts = name.split()
        if len(parts) > 1 and words.may_be_person(parts) and parts[-1].casefold() not in words.ends:
            for part in {plain(parts[0]), plain(parts[-1])}:
                by_part[part][name] += own.n
    found = {name: _settled(name, pooled, full, by_part, small, words) for name in pooled}
    found |= dict.fromkeys(_halves(pooled) & pooled.keys(), "")
    found |= _acronyms(pooled, full)
    total: dict[str, Uses] = defaultdict(Uses)
    for name, own in pooled.items():
        total[found[name]].add(own)
    given = _given_names(total, words)
    kinds = {name: _kind(name, own, given, words) for name, own in total.items() if name}
    return {name: found[one[name]] for name in uses}, kinds


def _key(name: str) -> str:
    return key_of(name).replace("-", " ")


def _one_writing(uses: Mapping[str, Uses], words: NameWords) -> dict[str, str]:
    """Of each writing the most frequent of its kind."""
    named = {name: words.other_names.get(name.casefold(), name) for name in uses}
    by_key: dict[str, Counter[str]] = defaultdict(Counter)
    for name, shown in named.items():
        by_key[_key(shown)][shown] += uses[name].n
    best = {
        k: min(c, key=lambda n: (n.isupper() and len(n) > 5, -c[n], n)) for k, c in by_key.items()
    }
    n_of = {key: sum(c.values()) for key, c in by_key.items()}
    longer: dict[str, list[str]] = defaultdict(list)
    for key in best:
        parts = key.split()
        if len(parts) > 2 and words.may_be_person(best[key].split()):
            longer[f"{parts[0]} {parts[-1]}"].append(key)
    same = {key: key for key in best}
    for short, keys in longer.items():
        if short not in best:
            continue
        keys.sort(key=lambda key: (-n_of[key], key))
        n = sum(n_of[key] for key in keys)
        for key in keys:
            if n_of[short] >= _LONGER_IS_RARE * n and len(key.split()) == 3:
                same[key] = short
        if n_of[short] < n and n_of[keys[0]] >= _MOST_LIKELY * n:
            same[short] = keys[0]  # “George Bush”
    for key in best:
        first, _, last = key.partition(" ")
        others = [
            o for n in words.nicknames.get(first, ()) if (o := f"{n} {last}") in best and last
        ]
        if others and same[key] == key:
            most = max(others, key=lambda other: (n_of[other], other))
            if (n_of[most], most) > (n_of[key], key):
                same[key] = same[most]
    return {name: best[same[_key(shown)]] for name, shown in named.items()}


def _settled(
    name: str,
    pooled: Mapping[str, Uses],
    full: Mapping[str, Mapping[str, int]],
    by_part: Mapping[str, Mapping[str, int]],
    small: Mapping[str, int],
    words: NameWords,
) -> str:
    """The name that is meant; “” for none."""
    own = pooled[name]
    parts = name.split()
    low = name.casefold()
    if own.n - own.unsure < _LEAST_SURE * own.n and not (
        len(parts) > 1 and own.n > 1 and words.may_be_person(parts)
        and small.get(parts[0].casefold(), 0) == 0
    ):  # fmt: skip
        return ""
    if len(parts) > 1:
        return name
    if not name.isupper() and small.get(low, 0) > _MOST_SMALL * own.n:
        return ""
    endings = tuple(words["nationality_endings"])
    if (
        low.endswith(endings)
        and own.describes > _MOST_ADJECTIVE * own.n
        and low not in words.places
    ):
        return ""
    if name.isupper() or low in words.places or own.placed >= _LEAST_PLACED * own.n > 1:
        return name
    said = full.get(plain(name), {}) or by_part.get(plain(name), {})
    n = sum(said.values())
    if said and n >= _LEAST_USES:
        likely = min(said, key=lambda full_name: (-said[full_name], full_name))
        if said[likely] >= _MOST_LIKELY * n:
            return likely
        if n >= own.n / 4:
            return ""  # one of several
    is_end = low in words.ends - words["alone"] and small.get(low, 0) > _FEW_SMALL * own.n
    return "" if low in words.given or is_end else name


def _halves(pooled: Mapping[str, Uses]) -> set[str]:
    """“Belt” and “Road”, where “Belt and Road” is named at least as often."""
    whole: Counter[str] = Counter()
    for name, own in pooled.items():
        parts = name.split()
        if "and" in parts[1:-1]:
            at = parts.index("and", 1)
            if at == 1:
                whole[parts[0]] += own.n
                whole[parts[2]] += own.n
    return {half for half, n in whole.items() if half in pooled and pooled[half].n <= n}


def _acronyms(pooled: Mapping[str, Uses], full: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Acronyms and what they stand for under one name, the more frequent of the two."""
    found = {}
    for name in pooled:
        said = full.get(plain(name), {}) if name.isupper() and " " not in name else {}
        n = sum(said.values())
        likely = min(said, key=lambda other: (-said[other], other), default="")
        if likely in pooled and n >= _LEAST_USES and said[likely] >= _MOST_LIKELY * n:
            shown = name if pooled[name].n >= pooled[likely].n else likely
            found[name] = found[likely] = shown
    return found


def _given_names(total: Mapping[str, Uses], words: NameWords) -> frozenset[str]:
    """Given names: of the lists, and first words of two people or more with titles."""
    firsts: Counter[str] = Counter()
    for name, own in total.items():
        parts = name.split()
        if len(parts) < 2 or parts[0].casefold() in PARTICLES:
            continue
        if own.titled + own.speaks >= _LEAST_PERSON * own.n and words.may_be_person(parts):
            firsts[parts[0].casefold()] += 1
    return words.given | {first for first, n in firsts.items() if n > 1}


def _kind(name: str, own: Uses, given: frozenset[str], words: NameWords) -> str:
    parts = [part.casefold() for part in name.split()]
    n = max(own.n, 1)
    if name.casefold() in words.places:
        return "place"
    person = words.may_be_person(name.split()) or len(parts) == 1
    if len(parts) > 1 and parts[0] in given and person and parts[-1] not in words["organisations"]:
        return "person"
    head = parts[
        : min((parts.index(w) for w in words["small_inside"] if w in parts[1:]), default=0)
    ]
    if len(parts) > 1 and (head or parts)[-1] in words["places"]:
        return "place"
    if parts[-1] in words["organisations"] or not words["small_inside"].isdisjoint(parts):
        return "organisation"
    if is_outlet(name, words):
        return "organisation"
    if own.placed >= _LEAST_PLACED * n and own.placed > own.titled:
        return "place"
    if person and own.titled >= _LEAST_PERSON * n and not name.isupper():
        return "person"
    if name.isupper() and 1 < len(name) < 7:
        return "organisation"
    if len(parts) > 1 and person and own.speaks + own.titled > 0:
        return "person"
    return "unknown"
