"""What happens to what a number counts, and how it is meant: killed or wounded, needed or there."""

from __future__ import annotations

from zlib import crc32

from dashboard.text.figures.numbers import Tokens
from dashboard.text.figures.units import UnitFound
from dashboard.text.figures.words import MEANINGS, FigureWords

#: Bits of how a number is meant: what is needed, expected or asked for is no count of what is
#: there; a whole is no part, what comes besides leaves something out, what several places have
#: together isn't what one has, and what lies behind is what another number is held against.
WHOLE, BESIDES, SEVERAL, BEHIND = MEANINGS["whole"], 16, MEANINGS["several"], 64
_NEAR = 6  # tokens from a number to what happens to it
_PLACES = 16  # tokens from a number to the places that have it
_BACK = 14  # tokens from a number to the word that holds another against it
_HEDGE = 2  # tokens from "than" to the number that it hedges: more than 200
_NAMES = 7  # tokens from a number to the names that go with it
_BREAKS = frozenset('.;:!?()[]“”"–—')
_STOPS = _BREAKS | {","}  # ends of a clause


def role_and_meaning(tokens: Tokens, unit: UnitFound, words: FigureWords) -> tuple[int, int]:
    """CRC-32 of the role nearest to a number in its clause, of those in ``words.roles``, 0 without
    one, before the number where two are as near; what counts people may itself say it: 20 dead.
    And bits of how the number is meant, by the words of its clause."""
    role, away, bits = "", _NEAR, 0
    for side in (range(unit.first - 1, -1, -1), range(unit.end, len(tokens))):
        for distance, i in enumerate(side[:_NEAR]):
            small = tokens.small[i]
            if small in _STOPS or small[0].isdigit() or small in words.triggers:
                break
            if distance < away and small in words.roles:
                role, away = words.roles[small], distance
            if small in words.meanings:
                bits |= words.meanings[small] or words.meanings.get(
                    f"{small}-{tokens.word(i + 1)}", 0
                )
    within = tokens.small[unit.first : unit.end]
    for small in within:
        role = words.roles.get(small, role)
    opening = tokens.small[max(unit.first - 4, 0) : unit.first]  # "In total, 109"
    if "," in opening and any(words.has("whole", small) for small in opening):
        bits |= WHOLE
    ahead, behind = tokens.word(unit.first - 1), tokens.word(unit.end)
    beside = any(words.has("besides", small) for small in (ahead, *within, behind))
    if beside or any(words.has("besides_after", small) for small in within[1:]):
        bits |= BESIDES
    bits |= SEVERAL * _has_places(tokens, unit, words) | BEHIND * _is_behind(tokens, unit, words)
    return (crc32(role.encode()) if role else 0), bits


def _has_places(tokens: Tokens, unit: UnitFound, words: FigureWords) -> bool:
    """Whether the clause names two places together: "in Turin, Italy, and Padua". Not told where
    nouns have capitals anyway."""
    if words.nouns_capital:
        return False
    begin, end = max(unit.first - _PLACES, 0), min(unit.end + _PLACES, len(tokens))
    while begin < unit.first and any(s in _BREAKS for s in tokens.small[begin : unit.first]):
        begin += 1
    for i in range(begin, end):
        if i >= unit.end and tokens.small[i] in _BREAKS:
            return False
        if words.has("places", tokens.small[i]) and _are_joined(tokens, i + 1, words):
            return True
    return False


def _are_joined(tokens: Tokens, at: int, words: FigureWords) -> bool:
    """Whether names with "and" before the last of them begin there."""
    first = at
    while at < len(tokens) and (tokens.written[at][0].isupper() or tokens.small[at] == ","):
        at += 1
    joined = at > first and tokens.written[first][0].isupper() and words.has("and", tokens.word(at))
    # “In Turin on Monday and”: a comma after the name may begin another clause, an "and" too.
    return joined and at + 1 < len(tokens) and tokens.written[at + 1][0].isupper()


def _is_behind(tokens: Tokens, unit: UnitFound, words: FigureWords) -> bool:
    """Whether it stands after "since" or "compared with" in its clause: "the worst since an attack
    killed 150 people"."""
    for i in range(unit.first - 1, max(unit.first - 1 - _BACK, -1), -1):
        small = tokens.small[i]
        if small in _STOPS:
            return False
        if words.has("behind", small) and not (small == "than" and unit.first - i <= _HEDGE):
            return True
    return False


def names_near(
    tokens: Tokens, unit: UnitFound, said: tuple[int, int], words: FigureWords
) -> list[int]:
    """The tokens near a number that are part of a name: a capital letter inside its sentence, and
    not who says it. None where nouns have capitals anyway."""
    if words.nouns_capital:
        return []
    found = []
    for side in (range(unit.first - 1, unit.first - 1 - _NAMES, -1),
                 range(unit.end, unit.end + _NAMES)):  # fmt: skip
        for i in side:
            if not 0 < i < len(tokens) or tokens.small[i] in _BREAKS:
                break
            if (
                tokens.written[i][0].isupper()
                and not said[0] <= i < said[1]
                and not (tokens.small[i] in words.idle or tokens.small[i] in words.months)
            ):
                found.append(i)
    return found
