"""Bylines: lines that do nothing but say who wrote the text."""

from __future__ import annotations

import re

from .dates import find_date

_PART = r"(?:[^\W\d_a-z][\w'’-]{0,25}\.?|(?:[A-Z]\.){1,3})"
_PARTICLE = r"(?:de|del|della|di|da|dos|van|von|der|den|bin|al|el|la|le|ten|ter|abu|ibn|y)"
_NAME = rf"{_PART}(?: (?:{_PARTICLE} ){{0,2}}{_PART}){{1,4}}"
_NAMES = rf"{_NAME}(?:(?:, and |, | and | & | et | und | y ){_NAME}){{0,6}}"
_NAMES_ONLY = re.compile(_NAMES)
_OPENING = re.compile(
    r"(?P<by>(?:(?:written|words|story|text|report|analysis|opinion|commentary|article|reported"
    r"|posted|published|column) )?(?:by|By|BY)(?: ?: | )|(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|От|Автор:) )",
    re.I,
)
_LABELLED = re.compile(
    r"(?:the )?(?:authors?|byline|reporters?|writers?|columnist|correspondent) ?: ?", re.I
)
_ROLE = re.compile(
    r"(?:^|[\s,(|–—-]+)(?:(?:the )?(?:senior |chief |staff |special |foreign |guest |contributing |"
    r"associate |political |national |business |diplomatic |(?-i:[A-Z])\w{1,20} )*(?:writers?|reporters?|"
    r"correspondents?|editors?|contributors?|columnists?|bureau chief|analysts?|staff|news service|"
    r"opinion contributor|fellow|producer)(?: (?:at|for|of|in) [\w .&'’]{2,40})?)\)?$",
    re.I,
)
_AGENCIES = {
    "ap": "AP", "the associated press": "AP", "associated press": "AP", "reuters": "Reuters",
    "reuters staff": "Reuters", "afp": "AFP", "agence france-presse": "AFP", "xinhua": "Xinhua",
    "tass": "TASS", "bloomberg": "Bloomberg", "bloomberg news": "Bloomberg", "dpa": "dpa", "upi": "UPI",
    "kyodo": "Kyodo", "kyodo news": "Kyodo", "yonhap": "Yonhap", "ani": "ANI", "pti": "PTI", "ians": "IANS",
    "efe": "EFE", "ansa": "ANSA", "interfax": "Interfax", "anadolu": "Anadolu", "anadolu agency": "Anadolu",
    "ria novosti": "RIA Novosti", "king features": "King Features", "creators": "Creators",
    "creators syndicate": "Creators", "creators.com": "Creators", "the conversation": "The Conversation",
}  # fmt: skip
_NOT_NAMES = re.compile(
    r"\b(?:At|In|On|From|To|With|For|Of|How|Why|What|The|This|That|These|Those|Our|All|Any|No|Every|Numbers?|Design|Law|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|September|"
    r"October|November|December|Contrast|Comparison|Then|Now|Today|Night|Day|Air|Land|Sea|Way)\b"
)
_TAIL = re.compile(r"(?:,| [|–—·•/-]| in (?-i:[A-Z])).{1,80}$")
_PLACE = re.compile(r" in (?:the )?[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20}){0,2}(?=,| and | & |$)")
_OFFICE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|analyst|columnist|bureau chief|contributor|staff|producer"
    r"|journalist|BBC News)\b",
    re.I,
)
_REPORTING = re.compile(rf"[Rr]eporting by:? (?P<names>{_NAMES})")


def agency(text: str) -> str:
    """Return the name of a news agency for its spelling in ``text``, "" if it is none."""
    return _AGENCIES.get(text.strip(" .()[]").casefold(), "")


def names_in_byline(text: str) -> list[str]:
    """Return the authors that a byline names, [] when ``text`` is no byline.

    "By Jane Doe and John Roe, Staff Writers" has two; "By design, the vote was slow" none.
    """
    if len(text) > 200:
        return []
    match = _LABELLED.match(text) or _OPENING.match(text)
    if match is None:
        return []
    rest = text[match.end() :].strip(" :")
    found = find_date(rest)
    if found is not None:
        rest = rest[: found.start].rstrip(" ,|-–—·•(")
        rest = re.sub(r"(?:,? ?\b(?:on|published|updated|posted|mon|tue|wed|thu|fri|sat|sun)\w{0,8}[,:]?)+$", "",
                      rest, flags=re.I).rstrip(" ,|-–—·•(")  # fmt: skip
    if agency(rest):
        return [agency(rest)]
    return _names(rest)


def _names(rest: str) -> list[str]:
    if rest.isupper():
        rest = rest.title().replace(" And ", " and ")
    candidate = _ROLE.sub("", rest).strip(" ,|–—-")
    for _ in range(3):
        if _NAMES_ONLY.fullmatch(candidate) and not _NOT_NAMES.search(candidate):
            return re.split(r", and |, | and | & | et | und | y ", candidate)
        shorter = _TAIL.sub("", candidate)
        # What follows a comma or a bar is the outlet, the place or the office.
        if shorter == candidate or "." in candidate[len(shorter) :][2:-1].replace("U.S", ""):
            return []
        candidate = _ROLE.sub("", shorter).strip(" ,|–—-")
    return []


def is_byline(text: str) -> bool:
    """True for a line that does nothing but name the authors."""
    return bool(names_in_byline(text)) or bool(name_with_date(text))


def name_with_date(text: str) -> str:
    """Return the name in a line such as "Jane Doe - Nov 19, 2019, 10:31 pm CST", else ""."""
    if len(text) > 120:
        return ""
    found = find_date(text)
    if found is None:
        return ""
    name = text[: found.start].rstrip()
    if not name.endswith(("-", "–", "—", "|", "·", "•", ",")):
        return ""
    name = name.rstrip(" -–—|·•,")
    ok = _NAMES_ONLY.fullmatch(name) and not _NOT_NAMES.search(name) and len(name.split()) <= 4
    return name if ok else ""


def names_alone(text: str) -> list[str]:
    """Return the names in a line of nothing but names, places and offices, else [].

    Only its place tells a byline from a headline: "Amy Hawkins in Beijing and Pjotr Sauer".
    """
    if len(text) > 120:
        return []
    return _names(_PLACE.sub("", text))


def is_office(text: str) -> bool:
    """True for what stands under a byline: "China correspondent, BBC News"."""
    return len(text) <= 80 and bool(_OFFICE.search(text)) and not text.endswith((".", "?", "!"))


def reporting_credit(text: str) -> list[str]:
    """Return the reporters named by an agency's last line: "Reporting by A and B; editing by C"."""
    if len(text) > 300 or not re.match(r"\(?[Rr]eporting by", text):
        return []
    match = _REPORTING.search(text)
    return re.split(r", and |, | and | & ", match["names"]) if match else []
