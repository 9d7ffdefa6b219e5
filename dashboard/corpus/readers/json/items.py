"""The objects of a JSON file, one at a time, whatever is wrapped around them or broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dashboard.corpus.decoding.window import LONGEST, Window
from dashboard.corpus.record import RefusedFile

_SPACE = re.compile(r"[ \t\n\r\x1e]*")
_ARRAY = re.compile(r"\[[ \t\n\r]{0,999}(?=\{)")
_FIRST_KEY = re.compile(r'\{[ \t\n\r]{0,999}"((?:[^"\\]|\\.){1,200})"')
_JSON_FORMAT = "json"
CUT_OFF = "the record is cut off (unexpected end)"
TOO_DEEP = "nested too deeply to be read"


@dataclass(slots=True)
class Item:
    """One record: its value, or why there is none.

    ``doubles`` are keys that came twice, ``line`` the line in JSON Lines.
    """

    number: int
    value: Any = None
    broken: str = ""
    doubles: list[str] = field(default_factory=list)
    line: int | None = None


class Decoder:
    """Decodes JSON with numbers as they are written, and remembers keys that come twice."""

    def __init__(self) -> None:
        self.doubles: list[str] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_int=str, parse_float=str,
            parse_constant=lambda name: None, strict=False,
        )  # fmt: skip

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs) and len(self.doubles) < 10:
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen and key not in self.doubles:
                    self.doubles.append(key)
                seen.add(key)
        return made

    def decode(self, text: str, position: int = 0) -> tuple[Any, int]:
        """Return the value at a position and where it ends.

        Raises
        ------
        json.JSONDecodeError, RecursionError
        """
        self.doubles = []
        value, end = self._decoder.raw_decode(text, position)
        return value, end


def skip_space(text: str, position: int) -> int:
    """Return the position of the next character that isn't white."""
    match = _SPACE.match(text, position)
    return match.end() if match else position


def is_json_lines(window: Window, decoder: Decoder) -> bool:
    """True when every line is a record: the first, or most of the first twenty, are whole."""
    start = skip_space(window.text, 0)
    window.line_end(start)
    text = window.text
    lines: list[str] = []
    while start < len(text) and len(lines) < 20:
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if text[start:stop].strip():
            lines.append(text[start:stop])
        start = stop + 1
    if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
        return False
    whole = 0
    for i, line in enumerate(lines):
        try:
            _, end = decoder.decode(line, skip_space(line, 0))
            whole += not line[end:].strip()
        except (json.JSONDecodeError, RecursionError, ValueError):
            pass
        if whole and not i:
            return True
    return 2 * whole >= len(lines)


def line_items(window: Window, decoder: Decoder) -> Iterator[Item]:
    """Yield the records of JSON Lines; a line that can't be read is a broken one."""
    start = number = line_number = 0
    while True:
        start -= window.slide(start)
        stop = window.line_end(start)
        if start >= len(window.text):
            return
        line = window.text[start:stop].strip(" \t\r\x1e\ufeff")
        start = stop + 1
        line_number += 1
        if not line:
            continue
        number += 1
        where = f"line {line_number}: "
        try:
            value, end = decoder.decode(line)
        except json.JSONDecodeError as error:
            yield Item(number, broken=where + _why(error, line))
            continue
        except RecursionError:
            yield Item(number, broken=where + TOO_DEEP)
            continue
        doubles = decoder.doubles
        while True:
            item = Item(number, value, doubles=doubles, line=line_number)
            rest = line[end:].strip(" ,")
            if not rest:
                yield item
                break
            # Several records in a line: programs that forget the line end.
            try:
                value, end = decoder.decode(rest)
            except (json.JSONDecodeError, RecursionError):
                item.broken = where + "something that is not JSON follows the record"
                yield item
                break
            yield item
            line, number = rest, number + 1


def _why(error: json.JSONDecodeError, text: str) -> str:
    at_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    return CUT_OFF if at_end else f"this is not valid JSON ({error.msg})"


def array_items(window: Window, position: int, decoder: Decoder) -> Iterator[Item]:
    """Yield the elements of the array that begins before ``position``, over broken ones.

    After a broken record the next one is looked for: an object that begins with the same key.
    """
    number = 0
    budget = 4 * window.size + 10_000
    following = _following(window.text, skip_space(window.text, position))
    was_broken = False
    while True:
        position -= window.slide(position)
        text = window.text
        position = skip_space(text, position)
        while text[position : position + 1] == ",":
            position = skip_space(text, position + 1)
        if position >= len(text):
            yield Item(number + 1, broken=CUT_OFF)
            return
        if text[position] == "]":
            again = _search(following, window, position) if was_broken else -1
            if again < 0:
                return
            position, text = again, window.text
        number += 1
        try:
            value, end = decoder.decode(text, position)
        except RecursionError:
            if number == 1:
                raise RefusedFile(
                    f"the file is {TOO_DEEP}", "export it again as a list of records", _JSON_FORMAT
                ) from None
            yield Item(number, broken=TOO_DEEP)
            return
        except json.JSONDecodeError as error:
            if _may_go_on(error, window) and window.grow():
                number -= 1
                continue
            was_broken = True
            yield Item(number, broken=_why(error, text))
            budget -= max(1, error.pos - position)
            again = _search(following, window, position + 1) if budget > 0 else -1
            if again < 0:
                return
            position = again
            continue
        if text[position] == '"':  # a list of bare texts is a list of articles too
            value = {"text": value}
        yield Item(number, value, doubles=decoder.doubles)
        position = skip_space(text, end)
        if text[position : position + 1] not in (",", "]", "{", ""):
            yield Item(number + 1, broken="something that is not JSON stands between the records")
            return


def _following(text: str, position: int) -> re.Pattern[str] | None:
    """Return what the beginning of a further record looks like, None for other arrays."""
    match = _FIRST_KEY.match(text, position)
    if match is None:
        return None
    space = r"[ \t\n\r]{0,999}"
    return re.compile(rf',{space}(?=\{{{space}"{re.escape(match[1])}"{space}:)')


def _may_go_on(error: json.JSONDecodeError, window: Window) -> bool:
    """True when what is wrong may be only that the window ends here."""
    at_end = error.pos >= len(window.text) - 20 or error.msg.startswith("Unterminated string")
    return at_end and len(window.text) < LONGEST


def _search(following: re.Pattern[str] | None, window: Window, position: int) -> int:
    """Return where the next record begins, in the window moved on as far as needed; -1 if none."""
    while following is not None:
        match = following.search(window.text, position)
        if match:
            return match.end()
        if window.at_end:
            break
        # What may be the beginning of the pattern stays in sight.
        position = max(position, len(window.text) - 4000)
        moved = window.slide(position)
        if not moved and not window.grow():
            break
        position -= moved
    return -1


def find_array(text: str) -> int:
    """Return the position within the first array of objects, -1 when there is none."""
    match = _ARRAY.search(text)
    return match.end() if match else -1
