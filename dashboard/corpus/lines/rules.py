"""What a single line is by its own words alone, and the shapes that context decides on.

Nothing here needs the lines around: ``cleaning`` looks at those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dashboard.corpus.lines.openings import (
    MARKS,
    Mark,
    Rule,
    marked_rules,
    marks_in,
    unmarked_rules,
)
from dashboard.corpus.lines.phrases import (
    AMBIGUOUS,
    EXACT,
    LINK_HEADINGS,
    NETWORKS,
    SHARE_WORDS,
    TAB_NAMES,
    Verdict,
)
from dashboard.text.lines import MAX_CHARS, ascii_lines

__all__ = ["AMBIGUOUS", "LINK_HEADINGS", "TAB_NAMES", "Verdict", "judge", "marks_in"]


_SHARE_SPLIT = re.compile(r"[\s,|•·/_()-]+")
_LOGO_LINE = re.compile(
    r"(?:the )?(?P<brand>[^\W_a-z]\S{0,30}(?: (?:of|and|the|&|for|in|de|la|"
    r"[^\W_a-z]\S{0,30})){0,5})"
    r" (?:logo|Logo|LOGO)"
)
_NO_BRAND = re.compile(
    r"(?:^|\b)(?:new|old|a|an|its|his|her|their|our|this|no|company|site|header|footer)$", re.I
)
SPONSOR = re.compile(
    r"(?:supported|sponsored|presented|powered|brought to you|paid for|made possible) by:?|"
    r"in partnership with:?",
    re.I,
)
_PHRASE_WORDS = 6  # of a button, at most
_FIRST_WORDS = frozenset(phrase.split(" ")[0] for phrase in EXACT)
ICON = re.compile(r"[^\W\d][\w-]{0,20}(?: [\w-]{1,20})? icons?")
_SHORT = 90  # characters of a menu entry, at most
_MENU_SIGNS = "/|•·>»›"
_NO_MENU_POINT = re.compile(r"(?<=l)·(?=l)|(?<=[\u0370-\u03ff\u1f00-\u1fff])·(?= )", re.I)
_MENU_SPLIT = re.compile(r" ?[/|•·] ?")
# One sign between two words is a comparison or half a quotation, unless the first is "Home".
_BREADCRUMB = re.compile(
    r"[^>»›«‹/|]{1,40}(?:[>»›][^>»›«‹/|]{1,60}){2,6}(?<![.!?…。！？])"
    r"|(?:home|homepage|accueil|startseite|inicio|início|hem|hjem|главная|首页|首頁|ホーム)"
    r" ?(?:[>»›/|][^>»›«‹/|]{1,60}){1,6}(?<![.!?…。！？])",
    re.I,
)
# Without digits: a row of figures is a table of the article.
PIPE_MENU = re.compile(r"[^\W\d][^\d|•·]{0,24}(?:[|•·][^\d|•·]{1,24}){3,30}")
_CAPTION = re.compile(
    r"\([^()]{0,60}\b(?:AP|AFP|Reuters|REUTERS|Getty|EPA|Sputnik|Xinhua|TASS|Photos?|Images?|"
    r"Picture|Courtesy|"
    r"via|Alamy|Shutterstock|Bloomberg|Anadolu|file|File)\b[^()]{0,80}\)\.?$"
    r"|\b(?:Photo|Photograph|Image|Picture|Credit) ?(?:by|:|credit:|courtesy of) [^.]{2,80}\.?$"
    r"|(?:^| )(?:AP Photo|Getty Images|REUTERS)/[^.]{2,60}$|\bvia (?:Getty Images|AP|REUTERS|"
    r"Reuters)\)?$"
)
_CAPTION_NOUNS = ("hoto", "mage", "icture", "redit")
_CAPTION_MARKS = ("(", *_CAPTION_NOUNS, "via ", "REUTERS/")
BARE_ADDRESS = re.compile(r"(?<![\w@.])(?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,10}/\S{1,120}", re.I)

CLOCK_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")

# Reasons whose patterns are open at the end, so that a sentence can fit them.
_ABOUT_SITE = frozenset(
    ("account or subscription", "cookie notice", "copyright line", "legal line",
     "mailing-list footer")
)  # fmt: skip
_ABOUT_TEXT = frozenset(
    ("names the source", "photo credit", "mail header", "contributor credit", "relative date")
)
_SITE_WORDS = re.compile(
    r"©|\b(?:newsletters?|inbox|(?:un)?subscri\w+|web ?site|(?:our|this) site|e-?mails?|experience|"
    r"privacy|accept|consent|browser|partners|reproduc\w+|permissions?|rights|app|account|log ?in|"
    r"sign(?:ed)? in|register|podcasts?|whatsapp|telegram|alerts|updates|digest|briefing|free|"
    r"members?|journalism|unlimited|cancel|here|below|now|today|standards)\b",
    re.I,
)
_LABEL = re.compile(r"[^:：]{1,30}[:：] ?")
_CJK_LABEL = re.compile(r"(?!责)[\u3400-\u9fff]{2,6} ?[:：]")
_FUNCTION_WORDS = frozenset(
    "a an is are was were be been am has have had will would can could should must may might do "
    "does did not no never we i i'm it he she they you who what that itself himself herself "
    "themselves my your his her their our its me him them us".split()
)
_CREDIT_WORDS = frozenset(
    "and the of for in from at de la le van von der den di da to on by with via additional further "
    "reporting writing editing compiled edited courtesy handout file photo photos image images "
    "credit source staff agency".split()
)

_BULLETS = "•·▪◦●■◆►▶»>*-–—"
_STRIP_BULLET = re.compile(r"^[•·▪◦●■◆►▶»>*\-–—]{1,3}\s+")


def is_caption(text: str) -> bool:
    """True for the caption of a photo: it ends with the credit."""
    if len(text) > 700:
        return False
    tail = text[-160:]
    if tail[-1:] == "." and tail[-2:] != ").":  # then it is "Photo by …", without a stop inside
        last = tail[tail.rfind(".", 0, -1) + 1 :]
        if not any(map(last.__contains__, _CAPTION_NOUNS)):
            return False
    if not any(map(tail.__contains__, _CAPTION_MARKS)):
        return False
    return bool(_CAPTION.search(tail))


def is_bulleted(text: str) -> bool:
    """True for an item of a list that begins with a bullet or a dash."""
    return text[:1] in _BULLETS and bool(_STRIP_BULLET.match(text[:8]))


def strip_bullet(text: str) -> str:
    """Return ``text`` without the bullet before it."""
    return _STRIP_BULLET.sub("", text) if text[:1] in _BULLETS else text


def judge(
    text: str, marks: Sequence[Mark] = MARKS, ascii_text: bytes | None = None
) -> Verdict | None:
    """Return what a tidy line is by its own words, None when it may be content.

    ``marks`` are those of the text that it is in (``marks_in``), ``ascii_text`` is its
    ``ascii_lines`` if at hand. Lines of more than ``MAX_CHARS`` characters are never judged.
    """
    if not text or len(text) > MAX_CHARS:
        return None
    bare = strip_bullet(text) if text[0] in _BULLETS else text
    if len(bare) <= _SHORT and (verdict := _judge_short(text, bare, bare.casefold())):
        return verdict
    return _judge_by_pattern(bare, marks, ascii_text)


def _judge_short(text: str, bare: str, lowered: str) -> Verdict | None:
    verdict = EXACT.get(lowered) or EXACT.get(lowered.rstrip(" .:!>»→…|"))
    if verdict is not None:
        return verdict
    if _is_share_bar(lowered):
        return Verdict("boilerplate", "share button")
    if is_logo(bare):
        return Verdict("boilerplate", "logo")
    if _is_run_of_phrases(lowered):
        return Verdict("boilerplate", "navigation")
    if "·" in lowered:  # inside words it is Catalan's, behind them the Greek semicolon
        bare, lowered = _NO_MENU_POINT.sub("-", bare), _NO_MENU_POINT.sub("-", lowered)
    if not any(map(lowered.__contains__, _MENU_SIGNS)):
        return None
    parts = _MENU_SPLIT.split(lowered)
    if len(parts) > 1 and all(part in EXACT for part in parts):
        return EXACT[parts[0]]
    if PIPE_MENU.fullmatch(bare):
        return Verdict("boilerplate", "navigation")
    if text[0] not in "»›>" and _BREADCRUMB.fullmatch(bare):
        return Verdict("boilerplate", "breadcrumb")
    return None


def _judge_by_pattern(
    bare: str, marks: Sequence[Mark], ascii_text: bytes | None = None
) -> Verdict | None:
    fitting: Iterable[Rule] = unmarked_rules(bare)
    also = marked_rules(bare, ascii_lines(bare) if ascii_text is None else ascii_text, marks)
    if also:
        fitting = sorted(also.union(fitting))
    for rule in fitting:
        if rule.pattern.fullmatch(bare):
            return rule.verdict
    return None


def may_be_prose(text: str, reason: str, ends_sentence: bool) -> bool:
    """True when a line judged for ``reason`` may as well be a sentence of the article.

    What follows its label has verbs and pronouns, or ends a sentence that isn't all names.
    """
    if " " in text and text.casefold() in EXACT:
        return False
    if reason in _ABOUT_SITE:
        if _SITE_WORDS.search(text):
            return False
        if reason == "account or subscription":
            return True
        words = text.split()
    elif reason in _ABOUT_TEXT:
        if _CJK_LABEL.match(text):
            return True
        label = _LABEL.match(text)
        if label is None and reason == "contributor credit":
            return False  # names and nothing else, by its pattern
        words = text[label.end() :].split() if label else text.split()
    else:
        return False
    bare = [word.strip(".,;:!?…\"'“”‘’()") for word in words]
    # In capitals it is a name: "US", "IT".
    plain = (word.replace("’", "'") for word in bare if word == "I" or not word.isupper())
    if any(word.casefold() in _FUNCTION_WORDS for word in plain):
        return True
    return ends_sentence and any(
        word[:1].islower() and word not in _CREDIT_WORDS for word in bare if "@" not in word
    )


def _is_share_bar(lowered: str) -> bool:
    first = _SHARE_SPLIT.split(lowered, 1)[0]
    if first and first not in SHARE_WORDS:
        return False
    words = _SHARE_SPLIT.split(lowered)
    if (words[0] or words[-1]) not in SHARE_WORDS:
        return False
    words = [word for word in words if word]
    return all(word in SHARE_WORDS for word in words) and any(word in NETWORKS for word in words)


def _is_run_of_phrases(lowered: str) -> bool:
    """True for buttons in a row: "Advertisement Continue reading the main story"."""
    words = lowered.split(" ")
    if words[0] not in _FIRST_WORDS:
        return False
    start = 0
    while start < len(words):
        for stop in range(min(len(words), start + _PHRASE_WORDS), start, -1):
            phrase = " ".join(words[start:stop])
            if phrase in EXACT and phrase not in AMBIGUOUS:
                break
        else:
            return False
        start = stop
    return True


def is_logo(text: str) -> bool:
    """True for the alternative text of a logo ("Semafor Logo"), not a heading about one."""
    return bool(logo_brand(text))


def logo_brand(text: str) -> str:
    """Return the brand that a logo line names, "" when ``text`` is not a logo line."""
    match = _LOGO_LINE.fullmatch(text) if text[-4:] in ("logo", "Logo", "LOGO") else None
    return match["brand"] if match is not None and not _NO_BRAND.search(match["brand"]) else ""
