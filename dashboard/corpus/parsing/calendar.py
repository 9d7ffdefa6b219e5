"""Names of months and weekdays in the languages of the world, from Unicode's CLDR.

``calendar.txt`` is written by ``benchmarks/calendar_words.py``: twelve lines of months, seven of
weekdays.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

# Forms that running text has and CLDR doesn't: cases, spellings without accents, short forms.
_MORE_MONTHS = (
    "janvārī jaanuaril enero ene",
    "februārī veebruaril febr fevr",
    "martā märtsil maerz mrz",
    "aprīlī aprillil",
    "maijā",
    "jūnijā juunil",
    "jūlijā juulil",
    "augustā augustil aout ago",
    "septembrī septembril sept",
    "oktobrī oktoobril",
    "novembrī novembril",
    "decembrī detsembril",
)
# What CLDR's patterns write to the name: in Basque, Mongolian and Kurdish.
_ENDINGS = {"ren": 5, "k": 5, "ын": 5, "a": 4, "ی": 3}  # each with the fewest letters before it
_MORE_DAYS = ("tues thứ_ba", "wednes thứ_tư", "thur thurs")


def key(name: str) -> str:
    """Return what all spellings of a name have in common: of one Unicode form, without capitals,
    the points of an abbreviation, vowel signs of Arabic, and with one i for the Turkish four."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("\u0307", "").replace("ı", "i")
    return unicodedata.normalize("NFC", folded).translate(_DROPPED).strip(" .׳")


_DROPPED = dict.fromkeys([*range(0x064B, 0x0653), 0x0640, 0x200C, 0x200D, 0x200E, 0x200F])


def _read() -> tuple[dict[str, tuple[int, ...]], dict[str, int]]:
    lines = (Path(__file__).parent / "calendar.txt").read_text(encoding="utf-8").splitlines()
    months: dict[str, tuple[int, ...]] = {}
    for number, (names, more) in enumerate(zip(lines[:12], _MORE_MONTHS, strict=True), 1):
        for name in {key(name.replace("_", " ")): None for name in [*names.split(), *more.split()]}:
            months[name] = (*months.get(name, ()), number)
    # Of two months the later: a name that Polish and Czech share is one's of theirs.
    months = {name: numbers[::-1] for name, numbers in months.items()}
    days: dict[str, int] = {}
    for number, names in enumerate(lines[12:]):
        for name in names.split():
            days.setdefault(key(name.replace("_", " ")), number)
    for number, more in enumerate(_MORE_DAYS, 1):
        days.update((key(name.replace("_", " ")), number) for name in more.split())
    return months, days


# Key of a name → the months, 1 to 12, that it is in some language; the likelier first.
MONTHS, DAYS = _read()


def month_numbers(name: str) -> tuple[int, ...]:
    """Return the months, 1 to 12, that a name may be, the likelier first; () for none."""
    found = MONTHS.get(key(name))
    if found is None and name[:1] == "ב":  # "in" is written to the name in Hebrew
        found = MONTHS.get(key(name[1:]))
    if found is None:
        word = key(name)
        stems = [word[: -len(end)] for end, least in _ENDINGS.items()
                 if word.endswith(end) and len(word) >= least + len(end)]  # fmt: skip
        found = next((MONTHS[stem] for stem in stems if stem in MONTHS), None)
    return found or ()


def day_number(name: str) -> int | None:
    """Return 0 (Monday) to 6 for the name of a weekday in any language, None for none."""
    return DAYS.get(key(name))
