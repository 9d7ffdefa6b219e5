"""Line labels: every line of a text is kept or set aside, with a reason; none is deleted.

``keep`` is the article; ``metadata`` says something about it (title, date, credits);
``boilerplate`` is the furniture of the page; ``aside`` may be of interest but isn't the article.
When in doubt a line is kept: losing content is worse than keeping a stray menu entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import count, pairwise, repeat, zip_longest
from types import MappingProxyType

from dashboard.corpus.article import CONTINUES, Label, Line
from dashboard.corpus.lines import page_text, rules
from dashboard.corpus.lines.restore import restore_prose, restore_subheadings
from dashboard.corpus.lines.tabs import HEADLINE_WORDS, TAB_WORDS, judge_icon_labels, judge_tabs
from dashboard.corpus.lines.title import (
    HEAD,
    find_title,
    first_line_title,
    judge_names,
    title_of_short_lines,
)
from dashboard.corpus.lines.units import Unit, split_units
from dashboard.corpus.parsing.bylines import LONGEST_BYLINE, is_byline, name_before_date
from dashboard.corpus.parsing.dates import MONTH_DAY, date_line
from dashboard.corpus.parsing.outlets import names_an_outlet
from dashboard.text.lines import MAX_CHARS, line_sketches

_BYLINE = rules.Verdict("metadata", "byline")


def clean_lines(
    raw: list[str],
    *,
    title: str = "",
    is_row: bool = False,
    repeated: Collection[str] = (),
    verdicts: Mapping[int, rules.Verdict] = MappingProxyType({}),
    units: list[Unit] | None = None,
) -> list[Line]:
    """Label the lines of one text.

    Parameters
    ----------
    raw : list of str
        The lines as read; an empty list gives an empty list.
    title : str
        The title if it is known already; then none is looked for in the text.
    is_row : bool
        The text is a cell of a table: no menu and no page is expected around it.
    repeated : collection of str
        Keys (``units.line_key``) of lines that other articles of the source have too.
    verdicts : mapping of int to Verdict
        What is known of some of ``raw`` already, by position (``inside.split_inside``).
    units : list of Unit, optional
        ``split_units(raw)`` if it is at hand; the labels are written into them.

    Returns
    -------
    list of Line
        One for each of ``raw``, numbered from 1.
    """
    units = split_units(raw) if units is None else units
    has_text = any(unit.is_paragraph for unit in units)
    _judge_alone(units)
    _judge_icons(units)
    restore_prose(units)
    for unit in units:
        if unit.first in verdicts:
            unit.set(*verdicts[unit.first])
    _judge_dates(units, has_text)
    restore_subheadings(units, has_text)
    if repeated:
        _judge_repeated(units, repeated)
    _judge_sponsors(units)
    if has_text:
        _judge_house_labels(units)
        _judge_photo_credits(units)
        _judge_around(units, title, is_row)
        judge_icon_labels(units)
    else:
        if title:
            find_title(units, title)
        else:
            title_of_short_lines(units)
        _judge_rest_of_furniture(units)
    _keep_something(units)
    _name_kept(units)
    return _as_lines(raw, units)


def _judge_around(units: list[Unit], title: str, is_row: bool) -> None:
    """Label what stands above and below a text: its title, tabs, names and links."""
    found = find_title(units, title)
    if not is_row:
        judge_tabs(units, found)
    if not found and not title:
        first_line_title(units)
    judge_names(units)
    _judge_doubled(units)
    _judge_link_lists(units)
    if not is_row:
        page_text.set_outside_aside(units)


def _judge_alone(units: list[Unit]) -> None:
    whole = "\n".join([unit.text for unit in units])
    marks = rules.marks_in(whole, b"\n".join([unit.ascii_text for unit in units]))
    of_long_lines = [mark for mark in marks if mark[2].longest > LONGEST_BYLINE]
    for unit in units:
        text = unit.text
        if len(text) <= LONGEST_BYLINE:
            verdict = rules.judge(text, marks, unit.ascii_text)
            if verdict is None and is_byline(text):
                verdict = _BYLINE
        elif len(text) <= MAX_CHARS:
            verdict = rules.judge(text, of_long_lines, unit.ascii_text)
        else:
            continue
        if verdict is not None:
            unit.set(*verdict)


def _judge_icons(units: list[Unit]) -> None:
    """A text has no two lines such as "Dek icon" but by a page's pictures."""
    icons = [unit for unit in units if unit.size <= 3 and rules.ICON.fullmatch(unit.text)]
    if len({unit.text for unit in icons}) > 1 or len(icons) > 2:
        for unit in icons:
            unit.set("boilerplate", "icon name")


def _judge_dates(units: list[Unit], has_text: bool) -> None:
    """Date lines above and below the text are metadata; within it they head its parts."""
    paragraphs = [i for i, unit in enumerate(units) if unit.is_paragraph and not unit.label]
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (len(units), -1)
    dated = [
        i
        for i, unit in enumerate(units)
        if not unit.label and unit.size <= 20 and _is_date(unit.text, i, first)
    ]
    within = sum(first < i < last for i in dated)
    for i in dated:
        if first < i < last:
            continue
        # A chronology: the date above the first part heads it like those of the others.
        if within >= 2 and i == first - 1:
            continue
        if has_text or i <= 3:
            units[i].set("metadata", "date")
    for unit in units[: min(first, HEAD)]:
        match = None if unit.label or unit.size > 4 else MONTH_DAY.fullmatch(unit.text)
        if match is not None and has_text:
            unit.set("metadata", "date")


def _is_date(text: str, at: int, first: int) -> bool:
    """True for a line of a date, above the text with an outlet or a place before it; the first
    line of all may be a title of a place and a date."""
    if date_line(text) is not None:
        return True
    named = name_before_date(text) if at < first else ""
    return bool(named) and (at > 0 or names_an_outlet(named))


def _judge_repeated(units: list[Unit], repeated: Collection[str]) -> None:
    sketches = _sketches(frozenset(repeated))
    for unit in units:
        if not unit.label and unit.sketch in sketches and unit.key in repeated:
            unit.set("boilerplate", "repeated in other articles")


@lru_cache(maxsize=64)
def _sketches(repeated: frozenset[str]) -> frozenset[bytes]:
    return frozenset(line_sketches("\n".join(repeated)))


def _judge_sponsors(units: list[Unit]) -> None:
    """ "Supported by" takes the names below it along: a sponsor's logo is nobody's source."""
    for i, unit in enumerate(units):
        if unit.size > 5 or not (rules.SPONSOR.fullmatch(unit.text) or _heads_logo(units, i)):
            continue
        unit.set("boilerplate", "sponsor")
        for below in units[i + 1 : i + 3]:
            if below.reason == "logo":
                below.set("boilerplate", "sponsor's logo")
            else:
                break


def _heads_logo(units: Sequence[Unit], i: int) -> bool:
    """True for a line of few words, in any language, above the text and a logo that is an image
    and its alternative text."""
    below = units[i + 1 : i + 3]
    return (
        [unit.reason for unit in below] == ["logo", "logo"]
        and below[0].text == below[1].text
        and not units[i].label
        and units[i].is_short_label(TAB_WORDS)
        and not any(unit.is_paragraph for unit in units[:i])
    )


def _judge_house_labels(units: list[Unit]) -> None:
    """Lines built on the brand of a logo: "Semafor Signals", its tagline, "SIGNALS"."""
    brands = {
        rules.logo_brand(unit.bare).casefold()
        for unit in units
        if unit.label == "boilerplate" and unit.reason == "logo"
    } - {""}
    for brand in brands:
        labels = {brand}
        for unit in units:
            key = unit.text.casefold()
            starts = key.startswith(brand + " ") and unit.size <= TAB_WORDS
            if not unit.label and (starts or key == brand) and not unit.ends_sentence:
                unit.set("boilerplate", "house label")
                labels.update({key, key.removeprefix(brand).strip()})
        for unit in units:
            key = unit.text.casefold()
            tagline = key.partition(":")[0] in labels and ":" in key[:80] and unit.size <= 20
            if not unit.label and (key in labels or tagline):
                unit.set("boilerplate", "house label")


def _judge_photo_credits(units: list[Unit]) -> None:
    """A person or an address right under an image's name is who took or gave the picture."""
    for above, unit in pairwise(units):
        if unit.label or unit.size > 15 or unit.ends_sentence:
            continue
        named = (above.reason == "image file name") + ("|" in unit.text or " / " in unit.text)
        if named == 2 or (named and rules.BARE_ADDRESS.search(unit.text)):
            unit.set("metadata", "photo credit")


def _judge_doubled(units: list[Unit]) -> None:
    """A short line said twice in a row is an image's alternative text, or a stutter of the page."""
    for above, unit in pairwise(units):
        if unit.sketch != above.sketch or unit.label or unit.ends_sentence or unit.key != above.key:
            continue
        if above.label == "" and above.size <= TAB_WORDS:
            above.set("boilerplate", "said twice in a row")
        if above.label == "boilerplate":
            unit.set("boilerplate", "said twice in a row")
    long = [unit for unit in units if not unit.label and unit.size >= 12 and unit.is_paragraph]
    if len({unit.sketch for unit in long}) == len(long):
        return
    sketches = Counter(unit.sketch for unit in long)
    seen: set[str] = set()
    for unit in long:
        if sketches[unit.sketch] == 1:
            continue
        if unit.key in seen:
            unit.set("boilerplate", "said before in this text")
        seen.add(unit.key)


def _judge_link_lists(units: list[Unit]) -> None:
    """Headlines under "Related stories" and its like are other articles."""
    paragraph_seen = False
    under = ""
    for unit in units:
        if unit.is_paragraph and not unit.label:
            paragraph_seen, under = True, ""
        elif (
            unit.reason == "heading of links"
            and unit.text.casefold().strip(" :") in rules.LINK_HEADINGS
        ):
            under = unit.text if paragraph_seen else ""
        elif under and not unit.label:
            if unit.ends_sentence or unit.size > HEADLINE_WORDS:
                under = ""
            else:
                unit.set("aside", f"listed under “{under}”")


def _judge_rest_of_furniture(units: list[Unit]) -> None:
    """Without any text, labels among the furniture of a page are furniture too."""
    certain = sum(unit.label == "boilerplate" for unit in units)
    rest = [unit for unit in units if not unit.label]
    if certain >= 2 and all(unit.is_short_label(TAB_WORDS) for unit in rest):
        for unit in rest:
            unit.set("boilerplate", "tab label")


def _keep_something(units: list[Unit]) -> None:
    """A title over nothing is the text itself."""
    if any(not unit.label for unit in units):
        return
    for unit in units:
        if unit.reason == "title" and not unit.is_subject:
            unit.clear()
            return


def _name_kept(units: list[Unit]) -> None:
    """Say of each kept line what it is."""
    kept = [unit for unit in units if not unit.label]
    below: Unit | None
    for unit, below in zip_longest(kept, kept[1:]):
        if rules.is_caption(unit.text):
            reason = "photo caption"
        elif unit.is_paragraph:
            reason = "paragraph"
        elif unit.is_bulleted:
            reason = "list item"
        elif unit.ends_sentence:
            reason = "sentence"
        elif unit.text.endswith((":", "：")) and unit.size <= TAB_WORDS:
            reason = "speaker or label"
        elif below is not None and below.is_paragraph:
            reason = "subheading"
        else:
            reason = "short line"
        unit.set("keep", reason)


def _as_lines(raw: list[str], units: list[Unit]) -> list[Line]:
    labels: list[Label] = ["boilerplate"] * len(raw)
    reasons = ["blank line"] * len(raw)
    for unit in units:
        assert unit.label != ""
        first = unit.first
        labels[first], reasons[first] = unit.label, unit.reason
        for i in range(first + 1, unit.last + 1):
            labels[i] = unit.label
            reasons[i] = CONTINUES if unit.label == "keep" else unit.reason
    # Made one by one they would take twice as long.
    return list(map(tuple.__new__, repeat(Line), zip(count(1), raw, labels, reasons)))
