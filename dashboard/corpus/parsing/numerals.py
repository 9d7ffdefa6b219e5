"""Numbers of years, months and days that aren't written in figures."""

from __future__ import annotations

_TEN = "十"
#: What Chinese and Japanese count with; two zeros are in use.
DIGITS = "〇零一二三四五六七八九" + _TEN + "廿卅"
_VALUES = {digit: max(0, i - 1) for i, digit in enumerate(DIGITS)} | {"廿": 20, "卅": 30}
#: Era → what is added to a year of it. Meiji and older eras are before any article here.
ERAS = {"中華民國": 1911, "民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
#: Vietnamese words for months, which have no other names; the longer of two that begin alike first.
VIETNAMESE = {
    "mười hai": 12, "mười một": 11, "chạp": 12, "mười": 10, "chín": 9, "tám": 8, "bảy": 7,
    "sáu": 6, "năm": 5, "tư": 4, "ba": 3, "hai": 2, "giêng": 1, "một": 1,
}  # fmt: skip
ROMAN = {numeral: i for i, numeral in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
_MONTHS = VIETNAMESE | ROMAN


def number(written: str) -> int:
    """Return the number that figures of any script, or Chinese digits, write; 元 is 1.

    The characters must be of these: "二〇二四" is 2024, "十六" and "一六" are 16, "廿一" is 21.
    """
    if written == "元":
        return 1
    if written.isdecimal():
        return int(written)
    if not any(_VALUES[digit] >= 10 for digit in written):
        return int("".join(str(_VALUES[digit]) for digit in written))
    total = digit = 0
    for sign in written:
        value = _VALUES[sign]
        if value == 10:
            total, digit = total + 10 * (digit or 1), 0
        elif value > 10:
            total += value
        else:
            digit = value
    return total + digit


def counted_month(written: str) -> int:
    """Return the number of a month: figures, Chinese digits, Roman ones or a Vietnamese word."""
    return _MONTHS.get(written.casefold()) or number(written)
