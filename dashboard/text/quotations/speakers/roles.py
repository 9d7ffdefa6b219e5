"""Roles: what a speaker is: an official, an expert, a document, an agency, or unnamed."""

from __future__ import annotations

from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.names import is_outlet

#: From the most telling on.
ROLES = (
    "agency", "outlet", "document", "official", "expert", "person", "organisation", "unnamed",
    "unknown",
)  # fmt: skip


def role_of(speaker: str, written: str, described: str, words: SpeechWords) -> str:
    """The role of a speaker, by the name, as the text writes it, and how it is described; one of
    ``ROLES``, ``unknown`` where nobody is said to speak."""
    if not speaker:
        return "unknown"
    low = speaker.casefold().removeprefix("the ")
    if low in words.agencies:
        return "agency"
    lows = [w.strip(".,’'").casefold() for w in written.replace("’s", "").split()]
    head = next((i for i, w in enumerate(lows) if i and w in words["prepositions"]), len(lows))
    last = lows[head - 1] if lows else ""
    if any(phrase in f" {written.casefold()} " for phrase in words.agencies if " " in phrase):
        return "agency"
    named = speaker.split()[-1][:1].isupper()
    if is_outlet(speaker, words) or (last in words["outlet_words"] | words["the_outlet"]):
        return "outlet"
    if last in words["documents"]:
        return "document"
    said = {w.strip(".,’'").casefold() for w in f"{described} {written}".split()}
    if not named:
        unnamed = last in words["unnamed"] or last.endswith("s") or lows[:1] == ["a"]
        if last in words["pronouns"] | words["it"]:
            return "unknown"
        if last in words["bodies"] or (last in words["officials"] and not unnamed):
            return "official" if last in words["officials"] else "organisation"
        return "unnamed"
    if speaker.casefold() in words["capitals"]:
        return "official"
    if said & words["experts"] and not said & words["high_offices"]:
        return "expert"
    if said & words["officials"]:
        return "official"
    is_body = last in words["bodies"] or lows[:1] == ["the"]
    return (
        "organisation" if is_body or (len(speaker.split()) == 1 and speaker.isupper()) else "person"
    )


def carrier_of(channel: str, words: SpeechWords) -> tuple[str, str]:
    """The agency or outlet that a channel names, and which of the two it is; ("", "") for one that
    names neither, as “a statement” does."""
    parts = [part.strip(".,’'") for part in channel.split()]
    for part in parts:
        if part[:1].isupper() and part.casefold() in words.agencies:
            return words.agencies[part.casefold()], "agency"
    name = channel.removeprefix("the ").removeprefix("The ")
    if parts and parts[-1][:1].isupper() and is_outlet(name, words):
        agency = name.casefold() in words.agencies
        return name, "agency" if agency else "outlet"
    # “Chinese state television”
    return (name, "outlet") if name[:1].isupper() and is_outlet(name, words) else ("", "")
