"""Write dashboard/corpus/parsing/calendar.txt: names of months and weekdays from Unicode's CLDR.

    python benchmarks/calendar_words.py

The names are read from babel, which trafilatura brings along. A test compares the file with what
this gives (``tests/corpus/parsing/test_calendar.py``).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.corpus.parsing.calendar import key

FILE = Path(__file__).parent.parent / "dashboard/corpus/parsing/calendar.txt"
# Languages that newspapers are printed in. The more read first: of a name that is two months'
# (listopad is November in Polish, October in Croatian) the first language's goes first.
LANGUAGES = (
    "en es fr de ru pt it ar zh ja hi id pl tr nl uk fa ko vi th ro cs el hu sv he fi da nb no sk"
    " bg hr sr bs lt lv et sl ca gl eu is sq mk be az ka hy kk ky uz tk tg tt mn bn ur pa gu mr ta"
    " te kn ml or as ne si my km lo ms fil af sw ha yo ig zu xh so am mt ga gd cy br lb fo fy eo mg"
    " ku ps sd rw yi nn ckb ug ti om"
).split()


def names(locale: Locale, what: str) -> Iterator[tuple[int, str]]:
    """The names of months or of days in a locale, each with its number."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in getattr(locale, what)[context][width].items():
                words = [word for word in key(name).split() if len(word) > 2] or [key(name)]
                if len(words) < 4 and not any(c.isdigit() for c in name) and len(key(name)) > 1:
                    yield number, "_".join(words)


def calendar() -> str:
    """The file: twelve lines of names of months, seven of weekdays from Monday on."""
    found: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    every = sorted(locale_identifiers())
    for language in LANGUAGES:
        for identifier in every:
            if identifier.split("_")[0] == language:
                locale = Locale.parse(identifier)
                for what in ("months", "days"):
                    for number, name in names(locale, what):
                        found[what, number].setdefault(name)
    lines = [" ".join(found["months", number]) for number in range(1, 13)]
    lines += [" ".join(found["days", number]) for number in range(7)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(calendar(), encoding="utf-8")
