"""What happens to what a number counts, and how it is meant: killed or wounded, needed or there."""

from __future__ import annotations

from zlib import crc32

from dashboard.text.figures.numbers import Tokens
from dashboard.text.figures.units import UnitFound
from dashboard.text.figures.words import MEANINGS, FigureWords

#: Bits of how a number is meant: what is needed, expected or asked for is no count of what is
#: there; a whole is no part, and what comes besides leaves something out.
WHOLE, BESIDES = MEANINGS["whole"], 16
_NEAR = 6  # tokens from a number to what happens to it
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
    return (crc32(role.encode()) if role else 0), bits


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
