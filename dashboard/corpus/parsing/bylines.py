"""Bylines: lines that do nothing but say who wrote the text."""

from __future__ import annotations

import re

from dashboard.corpus.parsing.dates import date_line, find_date

_PART = r"(?:[^\W\d_a-z][\w'’-]{1,25}\.?|(?:[A-Z]\.){1,3}|[A-Z](?= ))"
_PARTICLE = r"(?:de|del|della|di|da|dos|van|von|der|den|bin|al|el|la|le|ten|ter|abu|ibn|y)"
_NAME = rf"{_PART}(?: (?:{_PARTICLE} ){{0,2}}{_PART}){{1,4}}"
_NAME_ONLY = re.compile(_NAME)
_OPENING = re.compile(
    r"(?P<by>(?:(?:written|words|story|text|report|analysis|opinion|commentary|article|reported"
    r"|posted|published|column) )?by(?: ?: | )|(?:von|par|por|door|di|af|av|przez|автор:) )",
    re.I,
)
_LABELLED = re.compile(
    r"(?:the )?(?:authors?|byline|reporters?|writers?|columnist|correspondent"
    r"|autor(?:a|es|en|in|ka)?|auteurs?|autore|autori|autrice|verfasser(?:in)?|redactora?"
    r"|redakteur(?:in)?|redattore|författare|forfatter|skribent|kirjoittaja|автор[ыи]?|журналист"
    r"|συντάκτης|yazar|作者|記者|记者) ?[:：] ?",
    re.I,
)
_ROLE = re.compile(
    r"(?: (?:staff|senior|special|chief|contributing|deputy|associate|managing|executive|assistant"
    r"|science|health|environment|climate|political|politics|business|economics|technology|sports?"
    r"|education|legal|diplomatic|foreign|defen[cs]e|security|energy|transport|media|arts|culture"
    r"|religion|home|world|national|international)){0,3}"
    r" (?:writer|reporter|correspondent|editor|staff)s?$",
    re.I,
)
_OUTLET = re.compile(
    r"\b(?:News|Times|Post|Journal|Herald|Tribune|Gazette|Press|Magazine|Service|Network|Agency|Staff|Desk|Bureau"
    r"|Monitoring|Weekly|Daily|Today|Review|University|Institute|Center|Centre)\b"
)
_PIECES = re.compile(r" ?[,;|–—•·/()] ?| - ")
_AND = re.compile(r" (?:and|&|et|und|y) ")
_AGENCIES = {
    "ap": "AP", "the associated press": "AP", "associated press": "AP", "reuters": "Reuters",
    "reuters staff": "Reuters", "afp": "AFP", "agence france-presse": "AFP", "xinhua": "Xinhua",
    "tass": "TASS", "bloomberg": "Bloomberg", "bloomberg news": "Bloomberg", "dpa": "dpa",
    "upi": "UPI", "kyodo": "Kyodo", "kyodo news": "Kyodo", "yonhap": "Yonhap", "ani": "ANI",
    "pti": "PTI", "ians": "IANS", "efe": "EFE", "ansa": "ANSA", "interfax": "Interfax",
    "anadolu": "Anadolu", "anadolu agency": "Anadolu", "ria novosti": "RIA Novosti",
    "king features": "King Features", "king features syndicate": "King Features",
    "creators": "Creators", "creators syndicate": "Creators", "creators.com": "Creators",
    "the conversation": "The Conversation",
}  # fmt: skip
_NOT_NAMES = re.compile(
    r"\b(?:At|In|On|From|To|With|For|Of|How|Why|What|The|This|That|These|Those|Our|All|Any|No|"
    r"Every|Numbers?|Design|Law|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|September|"
    r"October|November|December|Contrast|Comparison|Then|Now|Today|Night|Day|Air|Land|Sea|Way)\b"
)
LONGEST_BYLINE = 200  # characters
_BEFORE_A_DATE = ("-", "–", "—", "|", "·", "•", ",")
_NAME_MARKS = (", ", " | ", " – ", " — ", " - ", " · ", " • ", "، ", "，")
_BEFORE_DATE = re.compile(
    r"(?:(?:,| )\b(?:on|published|updated|posted|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?"
    r"|sun)(?:day)?)[,:]?){1,3}$",
    re.I,
)
_PLACE = re.compile(r" in (?:the )?[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20}){0,2}(?=,| and | & |$)")
_OFFICE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|analyst|columnist|bureau chief|contributor|staff"
    r"|producer|journalist|BBC News)\b",
    re.I,
)


def agency(text: str) -> str:
    """Return the name of a news agency for its spelling in ``text``, "" if it is none."""
    return _AGENCIES.get(text.strip(" .()[]").casefold(), "")


def names_in_byline(text: str) -> list[str]:
    """Return the authors that a byline names, [] when ``text`` is not a byline.

    "By Jane Doe and John Roe, Staff Writers" has two; "By design, the vote was slow" none.
    """
    if len(text) > LONGEST_BYLINE:
        return []
    match = _LABELLED.match(text) or _OPENING.match(text)
    if match is None:
        return []
    rest = text[match.end() :].strip(" :")
    found = find_date(rest)
    if found is not None:
        rest = rest[: found.start].rstrip(" ,|-–—·•(")
        rest = _BEFORE_DATE.sub("", rest).rstrip(" ,|-–—·•(")
    if agency(rest):
        return [agency(rest)]
    return _names(rest)


def _names(rest: str) -> list[str]:
    """Return the names at the beginning of ``rest`` when nothing but their office follows."""
    if rest.isupper():
        rest = rest.title().replace(" And ", " and ")
    pieces = [piece.strip() for piece in _PIECES.split(_PLACE.sub("", rest))]
    pieces = [piece for piece in pieces if piece]
    # "A, B and C" are three; of "A, B" the second may well be a place.
    last = max((i for i, piece in enumerate(pieces) if _AND.search(f" {piece}")), default=0)
    names: list[str] = []
    for piece in pieces[: last + 1]:
        for name in _AND.split(_ROLE.sub("", piece.removeprefix("and "))):
            if not _is_name(name):
                return []
            names.append(name)
    office = pieces[last + 1 :]
    if len(office) > 4 or any(len(part.split()) > 6 or part.endswith(".") for part in office):
        return []
    return names


def _is_name(text: str) -> bool:
    if len(text) > 60 or _NOT_NAMES.search(text) or _OUTLET.search(text):
        return False
    return _NAME_ONLY.fullmatch(text) is not None


def without_role(text: str) -> str:
    """Return a name without the office behind it: "Ian Sample Science editor" is Ian Sample."""
    bare = _ROLE.sub("", text[:200])
    return bare if len(text) <= 200 and _is_name(bare) else text


def is_byline(text: str) -> bool:
    """True for a line that does nothing but name the authors."""
    return bool(names_in_byline(text)) or bool(name_with_date(text))


def name_with_date(text: str) -> str:
    """Return the name in a line such as "Jane Doe - Nov 19, 2019, 10:31 pm CST", else ""."""
    if len(text) > 120:
        return ""
    # A name has four words at most, and the sign after it may be a fifth.
    words = text.split(" ", 5)
    opening = text[: len(text) - len(words[5])] if len(words) > 5 else text
    if not any(map(opening.__contains__, _BEFORE_A_DATE)):
        return ""
    found = find_date(text)
    if found is None:
        return ""
    name = text[: found.start].rstrip()
    if not name.endswith(_BEFORE_A_DATE):
        return ""
    name = name.rstrip(" -–—|·•,")
    return name if _is_name(name) and len(name.split()) <= 4 else ""


def name_before_date(text: str) -> str:
    """Return the outlet or place in a line such as "La Voz del Puerto, martes 14 de mayo de 2024",
    else "": a name, a sign, and a date to the end."""
    if len(text) > 120 or find_date(text) is None:
        return ""
    for mark in _NAME_MARKS:
        head, found, tail = text.partition(mark)
        words = head.split()
        if found and 0 < len(words) <= 6 and date_line(tail) is not None:
            named = all(not word[0].islower() or len(word) <= 3 for word in words)
            return head if named and not any(char.isdigit() for char in head) else ""
    return ""


def names_alone(text: str) -> list[str]:
    """Return the names in a line of nothing but names, places and offices, else [].

    Only its place tells a byline from a headline: "Amy Hawkins in Beijing and Pjotr Sauer".
    """
    if len(text) > 120:
        return []
    return _names(text)


def is_office(text: str) -> bool:
    """True for what stands under a byline: "China correspondent, BBC News"."""
    return len(text) <= 80 and bool(_OFFICE.search(text)) and not text.endswith((".", "?", "!"))


def reporting_credit(text: str) -> list[str]:
    """Return the reporters named by an agency's last line: "Reporting by A and B; editing by C"."""
    if len(text) > 300 or not re.match(r"\(?[Rr]eporting by", text):
        return []
    first = re.split(r";|\.$|, (?:editing|writing)", text)[0]
    return _names(re.sub(r"^\(?[Rr]eporting by:? ", "", first).strip(" .)"))
