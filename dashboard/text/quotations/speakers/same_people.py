"""Same people: one name for a speaker whom articles write in several ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

_MOST_LIKELY = 0.8  # of the uses of a surname that one full name has
_LEAST_USES = 3


def key_of(name: str) -> str:
    """What two writings of one name have in common."""
    key = name.casefold().replace("’", "'").replace(".", "")
    return key.removeprefix("the ").strip()


def shared_names(
    speakers: Sequence[str], common: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Of each speaker as its article calls it, the name that all articles share. ``speakers`` holds
    one for every use.

    Writings that differ in case, points or “the” are one, the most frequent; a surname by itself is
    the full name that has four fifths of its full uses, and at least three. “” stays. ``common``:
    of words that only begin a sentence, “Critics”, how they are written elsewhere.
    """
    uses = Counter(speakers)
    by_key: dict[str, Counter[str]] = defaultdict(Counter)
    for name, n in uses.items():
        by_key[key_of(name)][name] += n
    best = {key: min(names, key=lambda name: (-names[name], name)) for key, names in by_key.items()}
    surnames: dict[str, Counter[str]] = defaultdict(Counter)
    for key, names in by_key.items():
        parts = best[key].split()
        if len(parts) in (2, 3) and all(part[:1].isupper() for part in parts):
            for part in {parts[0], parts[-1]}:
                surnames[key_of(part)][key] += sum(names.values())
    found: dict[str, str] = {}
    for name in uses:
        key = key_of(name)
        full = surnames.get(key)
        single = " " not in name and name[:1].isupper() and not name.isupper()  # “FBI” is no one’s
        if full and single and name not in common:
            likely, n = min(full.items(), key=lambda item: (-item[1], item[0]))
            first = key_of(best[likely].split()[-1]) != key  # “Google” is more than “Google News”
            least = max(_LEAST_USES, sum(by_key[key].values()) if first else 0)
            if n >= max(least, _MOST_LIKELY * sum(full.values())):
                key = likely
        found[name] = common.get(best[key], best[key])
    return found


def short_forms(
    names: Sequence[str], articles: Sequence[int], forms: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """Of full names of which one has the short form of the other’s given name, “Bernie Sanders” and
    “Bernard Sanders”, the more frequent. ``articles``: of each name in ``names`` the article;
    ``forms``: of each given name the others for the same.

    Two are one only where no third has such a name, and no article says both: there they are two.
    """
    uses = Counter(names)
    by_last: dict[str, list[str]] = defaultdict(list)
    for name in uses:
        if len(parts := name.split()) == 2 and parts[0].casefold() in forms:
            by_last[parts[1].casefold()].append(name)
    pairs: dict[str, str] = {}
    for same in by_last.values():
        for name in same:
            own = forms[name.split()[0].casefold()]
            others = [o for o in same if o.split()[0].casefold() in own]
            if len(others) == 1:
                pairs[name] = others[0]
    pairs = {name: other for name, other in pairs.items() if pairs.get(other) == name}
    where: dict[str, set[int]] = defaultdict(set)
    for name, article in zip(names, articles, strict=True):
        if name in pairs:
            where[name].add(article)
    return {
        name: max(name, other, key=lambda one: (uses[one], one))
        for name, other in pairs.items()
        if where[name].isdisjoint(where[other])
    }
